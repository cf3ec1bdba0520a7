"""What a read of the ledger gives: facts as a sequence, and a series with its vintages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, overload

from touchstone.facts.arrays import places
from touchstone.facts.columns import facts_of, table_of
from touchstone.facts.fact import Fact
from touchstone.facts.period import span

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True, slots=True, eq=False)
class Facts(Sequence[Fact]):
    """Facts in a fixed order. They stay columns until asked for one by one."""

    table: "pa.Table"

    def __len__(self) -> int:
        return self.table.num_rows

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> "Facts": ...
    def __getitem__(self, index: int | slice) -> "Fact | Facts":
        if isinstance(index, slice):
            import numpy as np

            return Facts(self.table.take(places(np.arange(*index.indices(len(self)), dtype=np.int64))))
        place = range(len(self))[index]
        return next(facts_of(self.table.slice(place, 1)))

    def __iter__(self) -> Iterator[Fact]:
        return facts_of(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facts) and self.table.equals(other.table)

    def __hash__(self) -> int:
        return hash(tuple(self.table.column("id").to_pylist()))

    def to_arrow(self) -> "pa.Table":
        """The facts as an Arrow table; decimals are text, as printed; `recorded` is UTC."""
        return self.table

    def to_pandas(self) -> "pd.DataFrame":
        """The facts as a data frame, one row each; `number` is `value` as a float."""
        return _frame(self.table)


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What makes facts one series, how many periods it has (`n`), and the first and last of them."""

    subject: str
    measure: str
    place: str | None
    unit: str
    n: int
    first: str
    last: str


@dataclass(frozen=True, slots=True, eq=False)
class Series(Sequence[Fact]):
    """One point a period, each the latest vintage of that period.

    `vintages` are all the facts the points were chosen from, superseded ones too, by period and
    from oldest to newest.
    """

    subject: str
    measure: str
    place: str | None
    points: tuple[Fact, ...]
    vintages: tuple[Fact, ...]

    def __len__(self) -> int:
        return len(self.points)

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, index: int | slice) -> Fact | tuple[Fact, ...]:
        return self.points[index]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.points)

    def at(self, period: str) -> Fact | None:
        """The point of a period code, or None."""
        return next((point for point in self.points if point.period == period), None)

    def to_arrow(self) -> "pa.Table":
        """The points as an Arrow table, in order of period."""
        return table_of(self.points)

    def to_pandas(self) -> "pd.DataFrame":
        """The points as a data frame, one row a period."""
        return _frame(self.to_arrow())


def unknown_series(
    subject: str, measure: str, place: str | None, unit: str | None, keys: Sequence[SeriesKey]
) -> str:
    """That there is no such series, and the nearest of those there are."""
    asked = _written(subject, measure, place, unit)
    known = {_written(k.subject, k.measure, k.place, k.unit if unit else None): None for k in keys}
    near = get_close_matches(asked, known, n=3, cutoff=0.5)
    hint = f"; the nearest are {', '.join(near)}" if near else ""
    return f"no series {asked}{hint}; series_keys() lists all"


def _written(subject: str, measure: str, place: str | None, unit: str | None) -> str:
    parts = [
        repr(subject),
        repr(measure),
        *([f"place={place!r}"] if place else []),
        *([f"unit={unit!r}"] if unit else []),
    ]
    return f"({', '.join(parts)})"


def latest(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The newest fact of each period, in order of period."""
    return tuple({fact.period: fact for fact in by_vintage(facts)}.values())


def by_vintage(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts that have a period, by period, and within one from the oldest vintage to the newest.

    Newer is: published later (an unknown day is the oldest), recorded later, further down the text.
    """
    return tuple(sorted((fact for fact in facts if fact.period), key=_age))


def _age(fact: Fact) -> tuple[Any, ...]:
    assert fact.period
    try:
        start, end = span(fact.period)
    except ValueError:  # a period of another calendar: kept, sorted by its words
        start = end = date.min
    return (
        start, end, fact.period, fact.published or date.min,
        fact.recorded or datetime.min.replace(tzinfo=UTC),
        fact.locator.start if fact.locator else -1, fact.id,
    )  # fmt: skip


def _frame(table: "pa.Table") -> "pd.DataFrame":
    frame = table.to_pandas()
    frame["number"] = table.column("value").cast("float64").to_numpy()
    return frame
