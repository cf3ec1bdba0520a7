"""Figures of a table as columns, the way a ledger takes facts in bulk: no object for each of a million figures."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.facts.arrays import days, integers, places, texts
from touchstone.facts.columns import PLACES, schema, table_of
from touchstone.facts.document import Source
from touchstone.facts.fact import Fact, fact_id
from touchstone.read.sources.layout import Kind
from touchstone.read.sources.number import Number
from touchstone.read.sources.transcript import Line

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 8_192
"""Figures that wait before they become columns."""
_PRINTED = ("id", "period", "quote", "value", "half_width")


class Figures:
    """Collects figures in order; `table()` gives their facts in the ledger's schema."""

    def __init__(self, source: Source, rule: str) -> None:
        self._source, self._rule = source, rule
        self._packed: list[pa.Table] = []
        self._dropped: set[int] = set()
        self._begin()

    def add(
        self, line: Line, column: int, words: str, kind: Kind, number: Number, period: str, published: date | None
    ) -> int:  # fmt: skip
        """Add the figure of one cell, and give its place in order; its id is the hash of all that makes it what it is."""
        at = len(self._packed) * _AT_ONCE + len(self._of)
        place = self._kinds.get(kind)
        if place is None:
            place = self._kinds[kind] = len(self._patterns)
            self._patterns.append(self._pattern(kind))
        start = line.starts[column]
        end, value, half_width = start + len(words), str(number.value), str(number.half_width)
        id = fact_id(self._patterns[place].id, start, end, period, value, half_width)
        self._of.append(place)
        self._printed.append((id, period, words, value, half_width))
        self._published.append(published)
        self._places.append((line.block, start, end, line.row, column))
        if len(self._of) >= _AT_ONCE:
            self._pack()
        return at

    def words(self, at: int) -> str:
        """The words of a figure as printed."""
        return self._cell(at)[0]

    def row(self, at: int) -> int:
        """The row of a figure, from 0."""
        return self._cell(at)[1]

    def value(self, at: int) -> Decimal:
        """The value of a figure."""
        return self._cell(at)[2]

    def drop(self, at: int) -> bool:
        """Take a figure out again; False where it was taken out before."""
        is_new = at not in self._dropped
        self._dropped.add(at)
        return is_new

    def is_dropped(self, at: int) -> bool:
        """Whether a figure was taken out."""
        return at in self._dropped

    def _cell(self, at: int) -> tuple[str, int, Decimal]:
        pack, place = divmod(at, _AT_ONCE)
        if pack == len(self._packed):
            return self._printed[place][2], self._places[place][3], Decimal(self._printed[place][3])
        words, row, value = (
            self._packed[pack].column(name)[place].as_py() for name in ("quote", "row", "value")
        )
        return words, row, Decimal(value)

    def table(self) -> "pa.Table":
        """The facts, in the order in which they were added."""
        import pyarrow as pa

        self._pack()
        whole = pa.concat_tables(self._packed) if self._packed else table_of([])
        if not self._dropped:
            return whole
        kept = [at not in self._dropped for at in range(whole.num_rows)]
        return whole.filter(pa.array(kept, type=pa.bool_()))

    def _pattern(self, kind: Kind) -> Fact:
        """What the facts of a kind share, as a fact without a figure; its id is the hash of all of it."""
        source, rule = self._source.hash, self._rule
        said = (kind.subject, kind.measure, kind.place, kind.unit, kind.status, kind.words)
        return Fact(
            id=fact_id(source, rule, *said), subject=kind.subject, measure=kind.measure, period=None, value=Decimal(0),
            unit=kind.unit, half_width=Decimal(0), source=source, locator=None, rule=rule, subject_words=kind.words,
            place=kind.place, status=kind.status,
        )  # fmt: skip

    def _begin(self) -> None:
        self._kinds: dict[Kind, int] = {}
        self._patterns: list[Fact] = []
        self._of: list[int] = []
        self._printed: list[tuple[str, str, str, str, str]] = []
        self._places: list[tuple[int, int, int, int, int]] = []
        self._published: list[date | None] = []

    def _pack(self) -> None:
        """The waiting figures as columns: those of their kinds, with what is each figure's own."""
        import numpy as np

        if not self._of:
            return
        table = table_of(self._patterns).take(places(np.array(self._of, dtype=np.int64)))
        own = dict(zip(_PRINTED, map(texts, zip(*self._printed, strict=True)), strict=True))
        own |= dict(zip(PLACES, map(integers, zip(*self._places, strict=True)), strict=True))
        for name, column in (*own.items(), ("published", days(self._published))):
            table = table.set_column(schema().get_field_index(name), schema().field(name), column)
        self._packed.append(table)
        self._begin()
