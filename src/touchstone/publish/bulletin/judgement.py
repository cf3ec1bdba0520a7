"""The editor's judgement: sentences a person writes beside the computed ones, under a name.

They come from a small file. Their numbers are read like those of any document and looked for among the quotes and
moves of the week; one that is not there is told to the editor, and the sentence is printed as written.

    week = 2020-10-09
    by = "the editor's name"

    [metal.se]
    zh = "…"
    en = "…"

    [outlook]
    zh = "…"
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from touchstone.errors import Refusal, UnknownUnit, UnreadableFile
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.facts.unit import unit
from touchstone.publish.bulletin.layout import Layout
from touchstone.publish.bulletin.week import Told, Week
from touchstone.publish.report.report import Sentence
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

_Size = tuple[Fraction, object]
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})$")


class UnverifiedFigure(Refusal):
    """A sentence of the editor says a figure that no quote and no move of the week bears out."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the editor writes of a week.

    Attributes:
        by: the name it is signed with.
        metals: by code of the metal; a text may be in one language only, the other is "".
        outlook: of the market as a whole, None where nothing is written.
        week: a day of the week it is written for, None where the file does not say.
    """

    by: str
    metals: Mapping[str, Text] = field(default_factory=dict)
    outlook: Text | None = None
    week: date | None = None

    def sentence(self, metal: str) -> Sentence | None:
        """What is written of a metal."""
        return self._signed(self.metals.get(metal))

    def overall(self) -> Sentence | None:
        """What is written of the market as a whole."""
        return self._signed(self.outlook)

    def _signed(self, text: Text | None) -> Sentence | None:
        return Sentence(text, "written", by=self.by) if text else None


def judgement(path: Path, day: date, layout: Layout) -> Judgement:
    """Read the file of the editor.

    Args:
        path: the file.
        day: the day of the issue; the file must be of its week.
        layout: whose metals may be spoken of.

    Raises:
        UnreadableFile: no TOML, no name, another week, a metal the bulletin does not have, a text in no language.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        found = Judgement(
            _name(given["by"]),
            {code: _text(code, row) for code, row in _table("metal", given.get("metal", {})).items()},
            _text("outlook", given["outlook"]) if "outlook" in given else None,
            _day(given["week"]) if "week" in given else None,
        )
        _check(found, set(given), day, layout)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        reason = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise UnreadableFile(
            "BULLETIN-003", path.name, reason, "week, by, and texts [metal.se], [outlook] with zh or en",
            "no bulletin was made", "correct the file",
            zh=(reason, "week、by，以及含zh或en的[metal.se]、[outlook]", "没有编制周报", "改正该文件"),
        ) from error  # fmt: skip
    return found


def _name(given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        raise ValueError("by is empty: a judgement is signed")
    return given.strip()


def _table(where: str, given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError(f"{where} is {given!r}, expected a table with zh, en or both")
    return given


def _text(where: str, given: object) -> Text:
    row = _table(where, given)
    if any(not isinstance(words, str) for words in row.values()):
        raise ValueError(f"{where}: zh and en are texts in quotation marks")
    zh, en = (" ".join(row.get(lang, "").split()) for lang in ("zh", "en"))
    if set(row) - {"zh", "en"} or not (zh or en):
        raise ValueError(f"{where}: a text has zh, en or both")
    return Text(zh, en)


def _day(given: object) -> date:
    if isinstance(given, date):
        return given
    if isinstance(given, str) and (found := _WEEK.match(given)):
        return date.fromisocalendar(int(found[1]), int(found[2]), 5)
    raise ValueError(f"week is {given!r}, expected a date or a week such as 2020-W41")


def _check(found: Judgement, keys: set[str], day: date, layout: Layout) -> None:
    if unknown := keys - {"week", "by", "metal", "outlook"}:
        raise ValueError(f"{', '.join(sorted(unknown))} means nothing here")
    if unknown := set(found.metals) - {metal.code for metal in layout.metals}:
        raise ValueError(f"metal {', '.join(sorted(unknown))} is not in the layout")
    if found.week and found.week.isocalendar()[:2] != day.isocalendar()[:2]:
        raise ValueError(f"it is written for the week of {found.week}, the issue is of {day}")


def unverified(found: Judgement, week: Week) -> Iterator[UnverifiedFigure]:
    """The figures of the editor that the week does not bear out, each with its sentence.

    A price is borne out by an end or the mean of a quotation of that metal, a change by one that goes the same way, in
    any size of the unit. The sentence on the market as a whole may speak of any.
    """
    of_metal = {metal.code: metal.quotations for metal in week.layout.metals}
    for code, text in found.metals.items():
        yield from _unverified(text, _said_of(week, of_metal[code]), code, week.day)
    if found.outlook:
        yield from _unverified(found.outlook, _said_of(week, week.told), "outlook", week.day)


@dataclass(frozen=True, slots=True)
class _Said:
    """What may be said, in base units with what they measure: prices, and changes with their sign."""

    prices: frozenset[_Size]
    changes: frozenset[_Size]

    def bears_out(self, fact: Fact) -> bool:
        """Whether all values of a figure may be said; one that is no change has no direction to be wrong."""
        values = [_size(value, fact.unit) for value in (fact.value, fact.value_high) if value is not None]
        if fact.measure.endswith("change"):
            return all(value in self.changes for value in values)
        unsigned = {(abs(size), kind) for size, kind in self.changes}
        return all((abs(size), kind) in self.prices | unsigned for size, kind in values)


def _unverified(text: Text, known: _Said, where: str, day: date) -> Iterator[UnverifiedFigure]:
    for words in filter(None, (text.zh, text.en)):
        spans: set[tuple[int, int]] = set()
        for fact in read_figures(read_bytes(words.encode(), f"judgement-{day}.txt")):
            span = (fact.locator.start, fact.locator.end) if fact.locator else (0, 0)
            if fact.form == "digit" and span not in spans and not known.bears_out(fact):
                spans.add(span)
                yield _refused(fact, words, where)


def _said_of(week: Week, codes: Iterable[str]) -> _Said:
    told = [week.told[code] for code in codes if code in week.told]
    moved = (_size(fact.value, fact.unit) for each in told for fact in _changes(each))
    quotes = (quote for each in told for quote in week.quoted[each.quote.quotation.code])
    ends = (_size(value, quote.unit) for quote in quotes for value in (quote.low, quote.high, quote.mean))
    return _Said(frozenset(ends), frozenset(moved))


def _changes(told: Told) -> tuple[Fact, ...]:
    return told.source_of_change.facts() if told.source_of_change else ()


def _size(value: Decimal, printed: str) -> _Size:
    """A value in the base unit, and what it measures; the unit as printed where it is not known."""
    try:
        known = unit(printed)
    except UnknownUnit:
        return Fraction(value), printed
    return Fraction(value) * known.factor, known.dimension


def _refused(fact: Fact, words: str, where: str) -> UnverifiedFigure:
    return UnverifiedFigure(
        "BULLETIN-004", f"judgement {where}", f"“{fact.quote}” in “{words}”", "a price or a change of this week's quotes",
        "the sentence is printed as written", "check the figure, or leave it out",
        zh=(f"“{words}”中的“{fact.quote}”", "本周报价中的价格或涨跌", "该句照原样刊出", "核对该数字，或删去"),
    )  # fmt: skip
