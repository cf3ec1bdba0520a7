"""One figure a series and period: a row that repeats another is noted, two that contradict each other are both left out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.read.sources.fault import Faults
from touchstone.read.sources.figures import Figures
from touchstone.read.sources.layout import Kind
from touchstone.read.sources.number import Number
from touchstone.read.sources.transcript import Line

_ENDS = (".low", ".high", ".mean")
_Quoted = tuple[tuple[str, ...], str]
When = tuple[str, date | None]
"""The period of a figure, and the day it was published: another day makes another vintage, no repeat."""


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one cell, and what it is a value of."""

    column: int
    words: str
    kind: Kind
    number: Number


class Repeats:
    """Adds figures of rows, in their order; remembers which periods each series has."""

    def __init__(self, figures: Figures, faults: Faults) -> None:
        self._figures, self._faults = figures, faults
        self._seen: dict[tuple[str, ...], dict[When, int]] = defaultdict(dict)

    def series(self) -> int:
        """How many series there are: low and high of one price are one."""
        return len({_quoted(series) for series, periods in self._seen.items() if periods})

    def add(self, line: Line, values: list[Value], when: When) -> None:
        """Add the values of a row.

        Where a series has a value of this period already and it is equal, the row is noted. Where it is another one,
        nothing says which is meant: all that both rows say of that price, low and high, is left out.
        """
        while values:  # more than once where two columns of one row are one series
            batch = {value.kind.series: value for value in reversed(values)}
            values = [value for value in values if batch[value.kind.series] is not value]
            self._batch(line, list(batch.values())[::-1], when)

    def _batch(self, line: Line, values: list[Value], when: When) -> None:
        if not any(when in self._seen.get(value.kind.series, ()) for value in values):
            self._take(line, values, when)
            return
        prices: dict[_Quoted, list[Value]] = defaultdict(list)
        for value in values:
            prices[_quoted(value.kind.series)].append(value)
        differing: dict[int, list[Value]] = defaultdict(list)
        same: set[int] = set()
        for several in prices.values():
            before = {
                v.column: at for v in several if (at := self._seen[v.kind.series].get(when)) is not None
            }
            rows = [self._figures.row(at) for at in before.values()]
            if any(self._differs(v, before[v.column]) for v in several if v.column in before):
                differing[min(rows)] += several
            else:
                same.update(rows)
                self._take(line, [v for v in several if v.column not in before], when)
        for row, several in differing.items():
            self._contradicted(line, several, when, row)
        if same and not differing:
            self._faults.add(
                "SOURCE-028", line, values[0].column, 0, first=min(same) + 1, row=line.number + 1
            )

    def _take(self, line: Line, values: Iterable[Value], when: When) -> None:
        for value in values:
            at = self._figures.add(line, value.column, value.words, value.kind, value.number, *when)
            self._seen[value.kind.series][when] = at

    def _differs(self, value: Value, at: int) -> bool:
        return self._figures.is_dropped(at) or self._figures.value(at) != value.number.value

    def _contradicted(self, line: Line, values: list[Value], when: When, row: int) -> None:
        """Leave out both rows' values; one problem for the two rows."""
        left, said = len(values), []
        for value in values:
            for series in self._of_one_price(value.kind.series):
                at = self._seen[series].get(when)
                left += at is not None and self._figures.drop(at)
            at = self._seen[value.kind.series].get(when)
            if at is not None and self._figures.value(at) != value.number.value:
                said.append(f"{self._figures.words(at)} / {value.words}")
        shown = ", ".join(said) or ", ".join(value.words for value in values)
        self._faults.add(
            "SOURCE-022",
            line,
            values[0].column,
            left,
            period=when[0],
            first=row + 1,
            row=line.number + 1,
            values=shown,
        )

    def _of_one_price(self, series: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """The series of all ends of the price that one series is an end of."""
        stem = _quoted(series)[1]
        return [s for end in ("", *_ENDS) if (s := (*series[:-1], stem + end)) in self._seen]


def _quoted(series: tuple[str, ...]) -> _Quoted:
    """A series without the end of the range it is."""
    measure = series[-1]
    end = next((end for end in _ENDS if measure.endswith(end)), "")
    return series[:-1], measure.removesuffix(end)
