"""Indices of business conditions: what was published becomes an index, its reasons, and its record in real time."""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.facts.memory import Memory
from touchstone.facts.query import moment
from touchstone.facts.reader import Moment
from touchstone.flow.monitor import Monitor
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.calc.index.calibration import Calibration
    from touchstone.calc.index.kept import KeptIndex
    from touchstone.calc.index.preparing import Indicators
    from touchstone.calc.index.recipe import Recipe
    from touchstone.calc.index.vintage import Vintages
    from touchstone.calc.seasonal.choice import KeptModel
    from touchstone.facts.fact import Fact


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an index is asked for: only what was published, or recorded, by then counts."""

    recipe: "Recipe"
    published_by: date | None = None
    as_of: Moment | None = None

    @property
    def now(self) -> bool:
        return self.published_by is None and self.as_of is None

    @property
    def day(self) -> date:
        """The day whose models are in force."""
        until = moment(self.as_of)
        days = [day for day in (self.published_by, until.date() if until else None) if day]
        return min(days) if days else date.today()


class Indices(Monitor):
    """The indices of one folder."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        super().__init__(folder)
        self.memory = Memory(self.folder / "memory.sqlite")

    # --- indices

    def index_recipes(self) -> "dict[str, Recipe]":
        """The recipes of indices by key: those of the folder `index` of the workspace, then those that come with Touchstone."""
        from touchstone.calc.index.recipe_file import recipes

        return recipes(self.folder / "index")

    def index(
        self, recipe: str, published_by: date | None = None, as_of: Moment | None = None, progress: Progress | None = None,
        computed: datetime | None = None,
    ) -> "KeptIndex":  # fmt: skip
        """Compute an index; the result is kept until the next time, unless it is of the past.

        Args:
            recipe: key of a file of data/index, or of the folder `index` of the workspace.
            published_by: only what had been published by this day counts.
            as_of: the ledger as it stood then, and the models in force that day.
            progress: told how many series are adjusted, of how many, and the key.
            computed: the moment written on the result; now where none is given.

        The calibration is made once and kept beside the result; delete `index/<key>.calibration.toml` to make another. Levels are
        kept as derived facts, marked synthetic where any figure behind them is.

        Raises:
            UnknownSeries: there is no such recipe.
            UnusableSeries: INDEX-011 none of its series is there; as `index_of` otherwise.
        """
        from touchstone.calc.index.index import index_of
        from touchstone.calc.index.keeping import kept_index, level_facts
        from touchstone.calc.index.kept import write_kept
        from touchstone.facts.derived import fresh

        asked = _Asked(self._recipe(recipe), published_by, as_of)
        facts = self._index_facts(asked)
        given = self._indicators(asked, facts, progress)
        index = index_of(asked.recipe, given.adjusted, self._calibration(asked, facts, given))
        made_up = any(each.synthetic for each in given.ready.values())
        levels = level_facts(asked.recipe, index, {fact.id: fact for fact in facts}, made_up)
        printed = self.facts(subject=asked.recipe.subject, measure="index", as_of=as_of)
        told = "" if as_of is None else str(as_of)
        result = kept_index(
            asked.recipe,
            index,
            given,
            levels,
            printed,
            self.memory,
            computed or datetime.now(UTC),
            published_by,
            told,
        )
        if asked.now:
            held = self.facts(subject=asked.recipe.subject, rule=f"index.{asked.recipe.form}")
            self.ledger.append(fresh(levels, held))
            write_kept(self._index_file(recipe, "json.zz"), result)
        return result

    def index_keys(self) -> tuple[str, ...]:
        """The recipes of which an index is kept."""
        found = (path.name.removesuffix(".json.zz") for path in (self.folder / "index").glob("*.json.zz"))
        return tuple(sorted(key for key in found if "." not in key))

    def kept_index(self, recipe: str) -> "KeptIndex":
        """The index of a recipe as it was computed last. Raises UnknownSeries: there is none; LedgerError: it is damaged."""
        from touchstone.calc.index.kept import read_index
        from touchstone.calc.index.unfit import never_computed

        if recipe not in self.index_keys():
            raise never_computed(recipe)
        return read_index(self._index_file(recipe, "json.zz"))

    def index_vintages(
        self, recipe: str, days: Sequence[date], progress: Progress | None = None
    ) -> "Vintages":
        """The index as it was known on each of these days, in order; kept beside the index for its page.

        The levels of all days stand on one calibration. Raises as `index`, but a single day that cannot be computed is named.
        """
        from touchstone.calc.index.kept import write_kept
        from touchstone.calc.index.vintage import vintages

        now = _Asked(self._recipe(recipe))
        facts = self._index_facts(now)
        kept = self._calibration(now, facts, None)

        def known(day: date) -> "dict[str, object]":
            found = self._indicators(_Asked(now.recipe, day), facts, None).adjusted
            if progress:
                progress(days.index(day) + 1, len(days), day.isoformat())
            return dict(found)

        made = vintages(now.recipe, known, days, kept)  # type: ignore[arg-type]
        write_kept(self._index_file(recipe, "vintages.json.zz"), made)
        return made

    def kept_vintages(self, recipe: str) -> "Vintages | None":
        """The vintages computed last, None where there are none. Raises LedgerError: they are damaged."""
        from touchstone.calc.index.kept import read_vintages

        path = self._index_file(recipe, "vintages.json.zz")
        return read_vintages(path) if path.exists() else None

    def index_calibration(self, recipe: str) -> "Calibration":
        """The calibration of a recipe: the one kept, or one made now and kept. Raises as `index`."""
        asked = _Asked(self._recipe(recipe))
        return self._calibration(asked, self._index_facts(asked), None)

    def index_sample(self, recipe: str) -> str:
        """The id of the synthetic sample that comes with a recipe, "" for none."""
        from touchstone.read.sources.declaration import shipped

        return sample if (sample := f"{recipe}-sample") in shipped() else ""

    def _recipe(self, key: str) -> "Recipe":
        from touchstone.calc.index.unfit import no_recipe

        known = self.index_recipes()
        if key not in known:
            raise no_recipe(key, tuple(known))
        return known[key]

    def _index_facts(self, asked: _Asked) -> "list[Fact]":
        from touchstone.calc.index.unfit import unsupplied

        series = [each.series for each in asked.recipe.indicators]
        subjects, measures = (sorted({getattr(s, what) for s in series}) for what in ("subject", "measure"))
        wanted = {(s.subject, s.measure, s.place, s.unit) for s in series}
        every = self.facts(subject=subjects, measure=measures, as_of=asked.as_of)
        found = [fact for fact in every if (fact.subject, fact.measure, fact.place, fact.unit) in wanted]
        if not found:
            names = [each.name for each in asked.recipe.indicators]
            raise unsupplied(asked.recipe.key, names, self.index_sample(asked.recipe.key))
        return found

    def _indicators(self, asked: _Asked, facts: "list[Fact]", progress: Progress | None) -> "Indicators":
        """The indicators, adjusted by the models in force; those identified now are kept with the day."""
        from touchstone.calc.index.kept import read_plain, write_kept
        from touchstone.calc.index.preparing import prepare, synthetic
        from touchstone.calc.seasonal.choice import model_of

        path = self._index_file(
            asked.recipe.key, "models.json.zz", synthetic(asked.recipe, facts, asked.published_by)
        )
        held = read_plain(path)
        force: dict[str, KeptModel] = {
            row["key"]: model_of(row["model"]) for row in held if row["day"] <= asked.day.isoformat()
        }
        given = prepare(asked.recipe, facts, asked.published_by, self.memory, force, progress)
        new = [
            {"day": asked.day.isoformat(), "key": key, "model": asdict(model)}
            for key, model in given.models.items()
            if force.get(key) != model
        ]
        if asked.now and new:
            write_kept(path, [*held, *new])
        return given

    def _calibration(self, asked: _Asked, facts: "list[Fact]", given: "Indicators | None") -> "Calibration":
        """The calibration kept; or one made of all that is known now, so that it is the same whatever day is asked about first."""
        from touchstone.calc.index.calibration import calibrate, calibration_of
        from touchstone.calc.index.preparing import synthetic
        from touchstone.facts.library import write_whole

        path = self._index_file(
            asked.recipe.key, "calibration.toml", synthetic(asked.recipe, facts, asked.published_by)
        )
        if path.exists():
            return calibration_of(path.read_text(encoding="utf-8"), path.name)
        now = _Asked(asked.recipe)
        if given is None or not asked.now:
            given = self._indicators(now, self._index_facts(now), None)
        made = calibrate(asked.recipe, given.adjusted, date.today())
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, made.text().encode())
        return made

    def _index_file(self, recipe: str, end: str, made_up: bool = False) -> Path:
        """A file of an index; what was learned from made-up figures is kept apart, and never used for others."""
        return self.folder / "index" / f"{recipe}{'.synthetic' if made_up else ''}.{end}"
