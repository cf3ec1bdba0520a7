"""Results: one spillover table, or one for every period.

Nothing in a result is missing silently: a window without a table stands in `absent` with its reason, and in no
array.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from touchstone.calc.linkage.batch import Absent
from touchstone.calc.linkage.measures import (
    TableIntervals,
    corrected_of,
    given_of,
    net_of,
    received_of,
    total_of,
)
from touchstone.calc.linkage.spillover_statement import moment, told
from touchstone.calc.linkage.statement import Statement
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Connectedness:
    """One spillover table.

    Attributes:
        names: N series.
        table: (N, N) percent; row i says from whose shocks the forecast error variance of series i comes.
        statement: sample, choices, assumptions and the plain sentence.
        intervals: None where none were asked for.
    """

    names: tuple[str, ...]
    table: "NDArray[np.float64]"
    statement: Statement
    intervals: TableIntervals | None = None

    @property
    def total(self) -> float:
        """Total connectedness index (TCI), percent."""
        return float(total_of(self.table))

    @property
    def corrected_total(self) -> float:
        """TCI N / (N - 1), percent: of the largest total that N series can reach."""
        return float(corrected_of(self.table))

    @property
    def from_(self) -> "NDArray[np.float64]":
        """(N,) received from others, percent of own variance."""
        return received_of(self.table)

    @property
    def to(self) -> "NDArray[np.float64]":
        """(N,) given to others, percent; may pass 100."""
        return given_of(self.table)

    @property
    def net(self) -> "NDArray[np.float64]":
        """(N,) to less from, points; positive is a net transmitter."""
        return net_of(self.table)

    @property
    def pairwise(self) -> "NDArray[np.float64]":
        """(N, N) what i gives to j less what j gives to i, points; row sums are `net`."""
        return self.table.T - self.table


@dataclass(frozen=True, slots=True, eq=False)
class RollingConnectedness:
    """Spillover tables over time.

    Attributes:
        names: N series.
        periods: M periods; a table is of the window that ends there, or of the filter at that period.
        tables: (M, N, N) percent, one for each of `periods`.
        absent: windows that could not be computed, by the period they end in; they are in neither `periods` nor `tables`.
        statement: sample, choices, assumptions and the plain sentence.
        real_time_from: first period from which every table rests on nothing later; None if there is none.
        intervals: of the last table; None where none were asked for.
    """

    names: tuple[str, ...]
    periods: tuple[str, ...]
    tables: "NDArray[np.float64]"
    absent: tuple[Absent, ...]
    statement: Statement
    real_time_from: str | None
    intervals: TableIntervals | None = None

    def __len__(self) -> int:
        return len(self.periods)

    @property
    def total(self) -> "NDArray[np.float64]":
        """(M,) total connectedness index, percent."""
        return total_of(self.tables)

    @property
    def corrected_total(self) -> "NDArray[np.float64]":
        """(M,) TCI N / (N - 1), percent."""
        return corrected_of(self.tables)

    @property
    def from_(self) -> "NDArray[np.float64]":
        """(M, N) received from others, percent."""
        return received_of(self.tables)

    @property
    def to(self) -> "NDArray[np.float64]":
        """(M, N) given to others, percent."""
        return given_of(self.tables)

    @property
    def net(self) -> "NDArray[np.float64]":
        """(M, N) to less from, points."""
        return net_of(self.tables)

    @property
    def pairwise(self) -> "NDArray[np.float64]":
        """(M, N, N) what i gives to j less what j gives to i, points."""
        return self.tables.transpose(0, 2, 1) - self.tables

    @property
    def latest(self) -> Connectedness:
        """The last table, with its intervals where they were asked for."""
        return self.at(self.periods[-1])

    def at(self, period: str) -> Connectedness:
        """The table of a period. Raises ValueError: it has none."""
        if period not in self.periods:
            raise ValueError(
                f"no table of {period}; there are {len(self.periods)} from {self.periods[0]} to {self.periods[-1]}\n"
                f"没有{period}的表；{self.periods[0]}至{self.periods[-1]}共{len(self.periods)}期"
            )
        place = self.periods.index(period)
        last = place == len(self.periods) - 1
        return self._one(self.tables[place], moment(period), self.intervals if last else None)

    def mean(self) -> Connectedness:
        """The average table, as papers print it where the table moves."""
        first, last = self.periods[0], self.periods[-1]
        when = Text(f"{first}至{last}平均", f"On average from {first} to {last}")
        return self._one(self.tables.mean(axis=0), when, None)

    def _one(
        self, table: "NDArray[np.float64]", when: Text, intervals: TableIntervals | None
    ) -> Connectedness:
        sentence = told(self.names, table, when, intervals)
        return Connectedness(self.names, table, replace(self.statement, sentence=sentence), intervals)
