"""One pass over the rows of a table: facts, each with the cell it was printed in; what is faulty is told and left out."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Source
from touchstone.facts.period import to_date
from touchstone.facts.rate_size import RATE, KnownRates
from touchstone.facts.unit import format_unit
from touchstone.facts.vocabulary import vocabulary
from touchstone.read.sources.declaration import Declaration, Rows
from touchstone.read.sources.fault import Faults
from touchstone.read.sources.figures import Figures
from touchstone.read.sources.heads import Heads
from touchstone.read.sources.layout import Kind, Layout, Long, Wide
from touchstone.read.sources.number import number
from touchstone.read.sources.repeats import Repeats, Value
from touchstone.read.sources.transcript import Line

if TYPE_CHECKING:
    import pyarrow as pa

_POSITIVE = ("price", "exchange_rate", "index")
"""Measures, with the levels that are finer than them, whose values are above zero."""


class RowReader:
    """Reads the rows of one sheet, once, in order.

    Attributes:
        layout: of the table, once the heads are read.
        rows: rows that hold data; series: how many series they tell of.
        missing: cells that say that there is no value.
    """

    layout: Layout

    def __init__(self, source: Source, by: Declaration, where: str, rates: KnownRates) -> None:
        self._by, self._where, self._rates = by, where, rates
        self._faults = Faults(where)
        self._periods: dict[str, str | None] = {}
        self._figures = Figures(source, by.rule)
        self._repeats = Repeats(self._figures, self._faults)
        self._dates = self._values = 0
        self._days: int | None = None
        self._day: date | None = source.published
        self.rows = self.series = self.missing = 0

    def read(self, lines: Iterator[Line]) -> None:
        """Read the heads, then every row. Raises UnreadableFile: the heads are not as declared."""
        heads = Heads(self._head(lines), self._by, self._where)
        self._dates = heads.need(self._by.dating.column)
        self._days = heads.need(self._by.published.column) if self._by.published else None
        declared = self._by.layout
        if isinstance(declared, Rows):
            self.layout = Long(heads, declared, self._by, self._faults)
        else:
            dates = [self._dates, *([] if self._days is None else [self._days])]
            self.layout = Wide(heads, declared, dates, self._where)
        for line in lines:
            self._row(line)
        self.series = self._repeats.series()

    def left_out(self) -> tuple[UnreadableFile, ...]:
        """What was left out, when all rows are read."""
        return (*self.layout.left_out, *self._faults.refusals(self.rows, self._values))

    def table(self) -> "pa.Table":
        """The facts of all rows."""
        return self._figures.table()

    def _head(self, lines: Iterator[Line]) -> Line:
        """The row of the heads; an empty one where the sheet ends before it."""
        row = self._by.header - 1
        return next((line for line in lines if line.number >= row), Line(row, {}, {}, 0, 0))

    def _row(self, line: Line) -> None:
        """One row; without a value in any column it is a note or a blank, not data."""
        if not (line.broken or any(column in line.words for column in self.layout.columns)):
            return
        self.rows += 1
        words = line.words.get(self._dates, "")
        period = self._period(words)
        if line.broken:
            self._faults.add("SOURCE-027", line, 0)
        elif period is None:
            forms = " / ".join(form.text for form in self._by.dating.forms)
            self._faults.add("SOURCE-021", line, self._dates, words=words, forms=forms)
        elif self._dated(line) and (kinds := self._kinds(line)):
            read = map(self._value, (line,) * len(kinds), self.layout.columns, kinds)
            ordered = self._in_order(line, [value for value in read if value])
            sized = [value for value in ordered if self._is_of_its_size(line, value, period)]
            for when in dict.fromkeys(_period_of(value, period) for value in sized):
                own = [value for value in sized if _period_of(value, period) == when]
                self._repeats.add(line, own, (when, self._day))

    def _dated(self, line: Line) -> bool:
        """Take the day a row was published from its column; an empty cell is a day nobody knows."""
        if self._days is None or self._by.published is None:
            return True
        words = line.words.get(self._days, "")
        day = None if words in self._by.missing else self._by.published.period(words)
        if day is None and words not in self._by.missing:
            forms = " / ".join(form.text for form in self._by.published.forms)
            self._faults.add("SOURCE-021", line, self._days, words=words, forms=forms)
            return False
        self._day = date.fromisoformat(day) if day else None
        return True

    def _kinds(self, line: Line) -> Sequence[Kind] | None:
        """What the values of a row are of; a row that only says that there are none need not say of what."""
        cells = [line.words.get(column, "") for column in self.layout.columns]
        empty = sum(cell in self._by.missing for cell in cells)
        self.missing += empty
        return self.layout.kinds(line) if empty < len(cells) else None

    def _period(self, words: str) -> str | None:
        if words not in self._periods:
            self._periods[words] = self._by.dating.period(words)
        return self._periods[words]

    def _value(self, line: Line, column: int, kind: Kind) -> Value | None:
        """The value of a cell; None where it is missing, or a fault."""
        words = line.words.get(column, "")
        if words in self._by.missing:
            return None
        self._values += 1
        found = number(words.removesuffix("%") if kind.unit == "%" else words, kind.decimals)
        if found is None:
            marks = ", ".join(sorted(self._by.missing - {""})) or ("an empty cell", "空单元格")
            self._faults.add("SOURCE-020", line, column, words=words, missing=marks)
            return None
        if found.value <= 0 and not self._by.signed and _is_positive(kind.measure):
            measure = vocabulary().term(kind.measure)
            self._faults.add("SOURCE-024", line, column, words=words, measure=(measure.en, measure.zh))
            return None
        return Value(column, words, kind, found)

    def _in_order(self, line: Line, values: list[Value]) -> list[Value]:
        """The values without those whose low end is above their high end."""
        ends = {(v.kind.series[:-1], v.kind.measure): v for v in values}
        for low in values:
            stem, _, end = low.kind.measure.rpartition(".")
            high = ends.get((low.kind.series[:-1], f"{stem}.high")) if end == "low" else None
            if high and low.number.value > high.number.value:
                self._faults.add("SOURCE-023", line, low.column, 2, low=low.words, high=high.words)
                values = [value for value in values if value not in (low, high)]
        return values

    def _is_of_its_size(self, line: Line, value: Value, period: str) -> bool:
        """A rate of exchange may be declared for 100 units and printed for one."""
        kind = value.kind
        if kind.measure != RATE:
            return True
        doubt = self._rates.doubt(value.number.value, kind.unit, period)
        if doubt:
            found, due = ((said.en, said.zh) for said in (doubt.found, doubt.due))
            printed = (format_unit(kind.unit, "en"), kind.unit)
            self._faults.add(
                "RATE-005", line, value.column, words=value.words, unit=printed, size=found, due=due
            )
        return doubt is None


def _period_of(value: Value, period: str) -> str:
    """What is counted from the start of the year is about the span from there."""
    return to_date(period) if value.kind.measure.endswith(".cumulative") else period


@cache
def _is_positive(measure: str) -> bool:
    return measure.partition(".")[0] in _POSITIVE and not vocabulary().term(measure).change
