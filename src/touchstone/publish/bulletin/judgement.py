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
            {code: _text(code, row) for code, row in given.get("metal", {}).items()},
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


def _text(where: str, row: dict[str, Any]) -> Text:
    zh, en = (" ".join(str(row.get(lang, "")).split()) for lang in ("zh", "en"))
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

    A figure is borne out by an end, the mean or the change of a quotation of that metal, in the unit written. The
    sentence on the market as a whole may speak of any.
    """
    of_metal = {metal.code: metal.quotations for metal in week.layout.metals}
    for code, text in found.metals.items():
        yield from _unverified(text, _figures(week, of_metal[code]), code, week.day)
    if found.outlook:
        yield from _unverified(found.outlook, _figures(week, week.told), "outlook", week.day)


def _unverified(
    text: Text, known: set[tuple[Decimal, str]], where: str, day: date
) -> Iterator[UnverifiedFigure]:
    for words in filter(None, (text.zh, text.en)):
        for fact in read_figures(read_bytes(words.encode(), f"judgement-{day}.txt")):
            values = {abs(value) for value in (fact.value, fact.value_high) if value is not None}
            if fact.form == "digit" and not all((value, _code(fact)) in known for value in values):
                yield _refused(fact, words, where)


def _figures(week: Week, codes: Iterable[str]) -> set[tuple[Decimal, str]]:
    """What may be said: value without its sign, and unit."""
    told = [week.told[code] for code in codes if code in week.told]
    facts = (fact for each in told for fact in _changes(each))
    known = {(abs(fact.value), _code(fact)) for fact in facts}
    for each in told:
        for quote in week.quoted[each.quote.quotation.code]:
            known |= {(value, unit(quote.unit).code) for value in (quote.low, quote.high, quote.mean)}
    return known


def _changes(told: Told) -> tuple[Fact, ...]:
    return told.source_of_change.facts() if told.source_of_change else ()


def _code(fact: Fact) -> str:
    try:
        return unit(fact.unit).code
    except UnknownUnit:
        return fact.unit


def _refused(fact: Fact, words: str, where: str) -> UnverifiedFigure:
    return UnverifiedFigure(
        "BULLETIN-004", f"judgement {where}", f"“{fact.quote}” in “{words}”", "a price or a change of this week's quotes",
        "the sentence is printed as written", "check the figure, or leave it out",
        zh=(f"“{words}”中的“{fact.quote}”", "本周报价中的价格或涨跌", "该句照原样刊出", "核对该数字，或删去"),
    )  # fmt: skip
