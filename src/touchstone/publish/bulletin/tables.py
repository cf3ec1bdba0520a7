"""The price tables: every day of the week that was really quoted, low and high side by side, the unit where it belongs.

A quotation without a quote in the week has no column. A price whose printed unit contradicts its quotation keeps the
printed unit in its head, with a mark and a note.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.publish.bulletin.layout import Column, PriceTable
from touchstone.publish.bulletin.week import Week
from touchstone.publish.bulletin.written import day, digits, ends
from touchstone.publish.report.report import Cell, Sentence, Table

_DATE, _UNIT = Text("日期", "Date"), Text("单位", "Unit")
_NOT_QUOTED = Text("—", "\N{EN DASH}")
_UPRIGHT = 20
"""Columns of prices that fit on a page in upright format."""
_MARK = "*"
"""A note's mark: stars, which a reader of tables takes for no part of a word."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A column with what was quoted in it: one quotation in one unit."""

    column: Column
    unit: str
    quotes: Mapping[date, Quote]


def price_tables(table: PriceTable, week: Week, notes: Mapping[str, Sentence]) -> list[Table]:
    """The tables of one market: one for each part that has a quote.

    Args:
        table: the layout.
        week: the quotes.
        notes: what is to be said of a quotation below the table, by its code.
    """
    parts = [list(_columns(part, week)) for part in table.parts]
    made = [_table(table, part, week, notes) for part in parts if part]
    return made[:1] + [replace(each, caption=_continued(table.caption)) for each in made[1:]]


def _continued(caption: Text) -> Text:
    return Text(f"{caption.zh}（续）", f"{caption.en} (continued)")


def _columns(part: tuple[Column, ...], week: Week) -> Iterator[_Quoted]:
    """The columns that have a quote; one whose unit changed within the week is two."""
    for column in part:
        by_unit: dict[str, dict[date, Quote]] = {}
        for quote in week.quoted.get(column.quotation, ()):
            by_unit.setdefault(quote.unit, {})[quote.day] = quote
        yield from (_Quoted(column, unit, quotes) for unit, quotes in by_unit.items())


def _table(table: PriceTable, part: list[_Quoted], week: Week, notes: Mapping[str, Sentence]) -> Table:
    days = sorted({each for quoted in part for each in quoted.quotes})
    below = _below([each.column.quotation for each in part], notes)
    marks = {code: mark for mark, (codes, _) in below.items() for code in codes}
    body = [_row(table, part, each, week) for each in days]
    if table.unit == "row":
        body.append(_units(table, part, week))
    return Table(
        table.caption,
        (_head(table, part, week, marks),),
        tuple(body),
        tuple((mark, sentence) for mark, (_, sentence) in below.items()),
        wide=len(part) * _width(table) > _UPRIGHT,
    )


def _below(codes: list[str], notes: Mapping[str, Sentence]) -> dict[str, tuple[list[str], Sentence]]:
    """The notes of a table by their marks, each with the quotations it is of: what is true of several is said once."""
    told: dict[Text, list[str]] = {}
    for code in dict.fromkeys(codes):
        if code in notes:
            told.setdefault(notes[code].text, []).append(code)
    return {
        _MARK * (n + 1): (several, _together([notes[code] for code in several]))
        for n, several in enumerate(told.values())
    }


def _together(same: list[Sentence]) -> Sentence:
    """One sentence for several of the same words, standing on the facts of all."""
    return replace(same[0], facts=tuple(dict.fromkeys(id for each in same for id in each.facts)))


def _width(table: PriceTable) -> int:
    return 2 if table.pairs else 1


def _head(table: PriceTable, part: list[_Quoted], week: Week, marks: Mapping[str, str]) -> tuple[Cell, ...]:
    heads = (
        Cell(_head_words(table, each, week), columns=_width(table), note=marks.get(each.column.quotation, ""))
        for each in part
    )
    return (Cell(_DATE), *heads)


def _head_words(table: PriceTable, quoted: _Quoted, week: Week) -> Text:
    head, unit = quoted.column.head, week.layout.unit(quoted.unit)
    return Text(f"{head.zh}（{unit.zh}）", f"{head.en} ({unit.en})") if table.unit == "head" else head


def _row(table: PriceTable, part: list[_Quoted], on: date, week: Week) -> tuple[Cell, ...]:
    cells = [Cell(day(on, week.is_over_new_year))]
    for each in part:
        cells += _prices(table, each.quotes.get(on))
    return tuple(cells)


def _prices(table: PriceTable, quote: Quote | None) -> list[Cell]:
    """The cells of one quote; a dash where the day has none, never an empty cell or a zero."""
    if quote is None:
        return [Cell(_NOT_QUOTED, columns=_width(table))]
    if table.pairs and quote.is_range:
        pair = zip((quote.low, quote.high), quote.facts, strict=False)
        return [Cell(digits(value), (fact,), number=True) for value, fact in pair]
    return [Cell(ends(quote), quote.facts[:2], columns=_width(table), number=not quote.is_range)]


def _units(table: PriceTable, part: list[_Quoted], week: Week) -> tuple[Cell, ...]:
    """The row of units: one cell over all neighbours that have the same."""
    runs = ((unit, len(list(several))) for unit, several in groupby(part, key=lambda each: each.unit))
    return (
        Cell(_UNIT),
        *(Cell(week.layout.unit(unit), columns=count * _width(table)) for unit, count in runs),
    )
