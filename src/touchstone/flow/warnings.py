"""Early warning: prices and balances become lights, and the rules behind them are held against what came true."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchstone.errors import LedgerError, Refusal, UnknownSeries
from touchstone.facts.fact import Fact
from touchstone.facts.memory import Memory
from touchstone.facts.query import moment
from touchstone.facts.reader import Moment
from touchstone.facts.restored import restored
from touchstone.facts.text import Text
from touchstone.flow.indices import Indices
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.calc.warning.backtest import Backtest
    from touchstone.calc.warning.kept import KeptWall, Turn
    from touchstone.calc.warning.override import Override
    from touchstone.calc.warning.rule import Material, Wanted
    from touchstone.calc.warning.rulebook import Book
    from touchstone.flow.watched import Watched

_TRIED = ("M", "D", "W", "Q")
"""Frequencies that cards are made at, the first of them the one that is summed up; of years there are too few."""
_VINTAGES = 120
"""Vintages of a series: ten years of months."""
_WALL, _CARDS, _OVERRIDES = "wall.json.zz", "cards.json.zz", "overrides.toml"
_EDITION = "warning.wall/4"
"""Of the code that works lights out: another one asks every answer anew."""


class Warnings(Indices):
    """The lights of one folder."""

    def rulebook(self) -> "Book":
        """The rules that come with Touchstone; those of the folder `warning/rules` of the workspace go before them."""
        from touchstone.calc.warning.rulebook import book

        return book(self.folder / "warning" / "rules")

    @staticmethod
    def today() -> date:
        """The day a wall is of where none is given."""
        return date.today()

    # --- the lights

    def warnings(
        self, day: date | None = None, as_of: Moment | None = None, progress: Progress | None = None,
        mode: str | None = None, by: str = "touchstone warning",
    ) -> "KeptWall":  # fmt: skip
        """The lights of every material, as known on a day; those of today are kept, and what turned opens its matters.

        Args:
            day: only what had been published by then counts; today where none is given.
            as_of: the ledger as it stood then.
            mode: severity or direction for all; None takes each material's own.
            by: who opens the matters.

        A wall of the past, or read in another mode, is given and not kept, so that no page shows the past as now.
        """
        now = day is None and as_of is None and mode is None
        until = moment(as_of)
        made = self._wall(day or (until.date() if until else self.today()), as_of, mode, progress)
        if now:
            made = self._turned(made, by)
            self._keep(_WALL, asdict(made))
            self._record(made)
        return made

    def _wall(
        self, day: date, as_of: Moment | None, mode: str | None, progress: Progress | None
    ) -> "KeptWall":
        from touchstone.calc.warning.kept import Course, KeptWall, courses
        from touchstone.calc.warning.light import Light, aged, wall

        book, known = self.rulebook(), self._watched(day, as_of)
        tried, (overrides, refused) = self.cards(), self.overrides()
        cards = tried.cards if tried else ()
        lights: list[Light] = []
        lines: list[Course] = []
        said = [*known.refused, *(_text(each) for each in (*book.refused, *refused))]
        for done, material in enumerate(book.materials, 1):
            own = [each for each in cards if each.material == material.key]
            hands = [each for each in overrides if each.material == material.key and each.holds(day)]

            def make(material: Any = material, own: Any = own, hands: Any = hands) -> Any:
                found = wall([material], known.series, cards=own, overrides=hands, day=day, mode=mode)
                told = {
                    "lights": list(map(asdict, found.lights)),
                    "courses": list(map(asdict, courses([material], known.series))),
                    "refused": [asdict(_text(each)) for each in found.refused],
                }
                return json.loads(json.dumps(told, default=_plain))

            standing = [
                (each.rule, each.frequency, each.event, each.standing, each.worthless) for each in own
            ]
            depends = [material, standing, hands, mode, *_inputs(known, [material])]
            if hands:
                depends.append(day)
            kept = self._memory().answer(_EDITION, depends, make)
            lights += (aged(light, day) for light in restored(tuple[Light, ...], kept["lights"]))
            lines += restored(tuple[Course, ...], kept["courses"])
            said += restored(tuple[Text, ...], kept["refused"])
            if progress:
                progress(done, len(book.materials), material.name.en)
        strange = {each.material for each in overrides} - {each.key for each in book.materials}
        said += [_text(_no_light(name, day)) for name in sorted(strange)]
        return KeptWall(day, datetime.now(UTC), tuple(lights), tuple(lines), tuple(dict.fromkeys(said)))

    def _turned(self, made: "KeptWall", by: str) -> "KeptWall":
        """The wall with its turns, each with the matter it opened; what the register refuses is told with the wall.

        A turn whose matter was refused stays among the turns, and is asked for again with every wall.
        """
        from touchstone.desk.light_changes import asks, open_matters

        before = self.kept_wall()
        found = self.changes(before, made) if before else ()
        there = {each.material for each in made.lights}
        known = [turn for turn in before.turns if turn.material in there] if before else []
        known = [turn for turn in known if asks(turn)] if found else known
        opened, refused = open_matters(self.dispatch(), self.rulebook(), dict.fromkeys((*known, *found)), by)
        return replace(made, turns=opened, refused=(*made.refused, *map(_text, refused)))

    def _record(self, made: "KeptWall") -> None:
        """The scores of the lights go to the ledger with the figures they stand on."""
        from touchstone.calc.warning.light_facts import MEASURES, light_facts
        from touchstone.desk.light_changes import code_of
        from touchstone.facts.derived import fresh

        codes = {each.key: code_of(each) for each in self.rulebook().materials}
        known = self.facts(status="derived", measure=list(MEASURES.values()))
        if new := fresh(light_facts(made.lights, codes), known):
            self.ledger.append(new)

    def changes(self, before: "KeptWall", after: "KeptWall") -> "tuple[Turn, ...]":
        """The lights that turned between two walls."""
        from touchstone.calc.warning.kept import turns

        return turns(before.lights, after.lights)

    def kept_wall(self) -> "KeptWall | None":
        """The wall as it was worked out last; None before the first. Raises LedgerError: it cannot be read."""
        from touchstone.calc.warning.kept import KeptWall

        return self._kept(_WALL, KeptWall)

    # --- the cards

    def backtest(
        self, materials: Sequence[str] | None = None, progress: Progress | None = None
    ) -> "Backtest":
        """Try the rules of these materials (all where none is named), by day, week, month and quarter, on the history there is.

        What was tried before is remembered by its inputs. The cards of all materials are kept; those of some are given only.

        Raises:
            UnknownSeries: a material that is not under watch.
        """
        from touchstone.calc.warning.backtest import backtest, joined
        from touchstone.calc.warning.realtime import vintages
        from touchstone.flow.watched import watched

        known = {each.key: each for each in self.rulebook().materials}
        for strange in [each for each in materials or () if each not in known]:
            raise _not_watched(strange, known)
        chosen = [known[each] for each in materials or known]
        facts, memory = self._read(None), self._memory()
        series = watched(self.rulebook().materials, facts, self.today()).series
        then = vintages(self._revised(), facts, _VINTAGES)

        def tried(of: "Sequence[Material]") -> "Backtest":
            first, *others = (backtest(of, series, every, memory, vintages=then) for every in _TRIED)
            return joined(first, others)

        for done, material in enumerate(chosen, 1):
            tried([material])
            if progress:
                progress(done, len(chosen), material.name.en)
        found = tried(chosen)
        if not materials:
            self._keep(_CARDS, asdict(found))
        return found

    def cards(self) -> "Backtest | None":
        """The cards of the last back-test; None before the first. Raises LedgerError: they cannot be read."""
        from touchstone.calc.warning.backtest import Backtest

        return self._kept(_CARDS, Backtest)

    # --- lights set by hand

    def overrides(self) -> "tuple[tuple[Override, ...], tuple[Refusal, ...]]":
        """The lights set by hand (`warning/overrides.toml`), and the rows that nobody can answer for."""
        from touchstone.desk.light_overrides import read_overrides

        return read_overrides(self.folder / "warning" / _OVERRIDES)

    def override(self, given: "Override") -> None:
        """Set a light by hand; the next wall shows it.

        Raises:
            UnreadableFile: WARN-015, nobody answers for it; WARN-016, there is no such light.
        """
        from touchstone.desk.light_overrides import add_override

        if given.material not in {each.key for each in self.rulebook().materials}:
            raise _no_light(given.material, given.since)
        add_override(self.folder / "warning" / _OVERRIDES, given)

    # --- what both read and keep

    def _watched(self, day: date, as_of: Moment | None) -> "Watched":
        from touchstone.flow.watched import watched

        return watched(self.rulebook().materials, self._read(as_of), day)

    def _revised(self) -> "Iterable[tuple[str, str, Wanted]]":
        """The series of which vintages are looked for: quotes of a day are not revised."""
        return (each for each in self.rulebook().wanted() if each[1] != "D")

    def _read(self, as_of: Moment | None) -> list[Fact]:
        """The facts that any rule could read."""
        materials = self.rulebook().materials
        every = [each for material in materials for each in material.series]
        subjects, measures = ({getattr(each, name) for each in every} for name in ("subject", "measure"))
        return list(self.facts(subject=sorted(subjects), measure=sorted(measures), as_of=as_of))

    def _memory(self) -> Memory:
        return Memory(self.folder / "memory.sqlite")

    def _file(self, name: str) -> Path:
        return self.folder / "warning" / name

    def _keep(self, name: str, plain: Any) -> None:
        from touchstone.facts.library import write_whole

        text = json.dumps(plain, ensure_ascii=False, default=_plain)
        write_whole(self._file(name), zlib.compress(text.encode(), 1))

    def _kept(self, name: str, kind: Any) -> Any:
        path = self._file(name)
        if not path.exists():
            return None
        try:
            plain = json.loads(zlib.decompress(path.read_bytes()))
        except (OSError, zlib.error, ValueError) as error:
            command = "touchstone warning" if name == _WALL else "touchstone backtest"
            raise LedgerError(
                f"{name} cannot be read ({error}); delete it and make it anew: {command}\n{name}无法读取，请删除后重新计算：{command}"
            ) from error
        try:
            return restored(kind, plain)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None  # kept by another version, in another form: it is worked out anew


def _inputs(known: "Watched", materials: "Iterable[Material]") -> list[object]:
    """All that lights of these materials depend on: their series with the facts behind them."""
    found: list[object] = []
    for material in materials:
        for key, each in known.series.items():
            if key.partition(".")[0] == material.key:
                found += [key, each.unit, each.periods, each.values, each.facts]
    return found


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no plain value")


def _text(problem: Refusal) -> Text:
    return Text(problem.text("zh"), problem.text("en"))


def _no_light(material: str, day: date) -> Refusal:
    from touchstone.calc.warning.unfit import no_light

    return no_light(f"override {material}", day)


def _not_watched(material: str, known: Iterable[str]) -> UnknownSeries:
    names = ", ".join(known)
    return UnknownSeries(
        f"{material!r} is not under watch; there are {names}\n没有监测“{material}”；现有：{names}"
    )
