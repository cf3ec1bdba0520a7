"""What is read from spillover tables: total, from, to, net; for one table or a stack of them.

A table (..., N, N) is in percent: row i says from whose shocks the forecast error variance of series i comes.
Source: "spillover.measures" in data/methods/spillover.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.convention import Normalisation
from touchstone.calc.linkage.resampling import basic_span
from touchstone.calc.linkage.statement import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals of the total and of each series' net, in the order of the series."""

    total: Span
    net: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TableIntervals(Intervals):
    """Intervals of everything that is read from one table, in the order of the series.

    Attributes:
        given, received: of each series, to and from all others.
        cells: of each share; row i, column j as in the table.
        cut: whether the interval of a net reached further than a net can, and was cut off there.
    """

    given: tuple[Span, ...]
    received: tuple[Span, ...]
    cells: tuple[tuple[Span, ...], ...]
    cut: bool


def total_of(tables: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Share of all forecast error variance that comes from other series, percent: (...,)."""
    import numpy as np

    whole = tables.sum(axis=(-2, -1))
    return 100 * (whole - np.trace(tables, axis1=-2, axis2=-1)) / whole


def corrected_of(tables: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The total times N / (N - 1), percent: of the largest total that N series can reach (...,)."""
    series = tables.shape[-1]
    return total_of(tables) * series / (series - 1)


def received_of(tables: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """What each series receives from the others, row sums without the diagonal: (..., N)."""
    import numpy as np

    return tables.sum(axis=-1) - np.diagonal(tables, axis1=-2, axis2=-1)


def given_of(tables: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """What each series gives to the others, column sums without the diagonal: (..., N)."""
    import numpy as np

    return tables.sum(axis=-2) - np.diagonal(tables, axis1=-2, axis2=-1)


def net_of(tables: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """What each series gives less what it receives: (..., N), in sum zero."""
    return tables.sum(axis=-2) - tables.sum(axis=-1)


def sampling_intervals(
    table: "NDArray[np.float64]", drawn: "NDArray[np.float64]", level: float, normalisation: Normalisation
) -> TableIntervals:
    """The intervals of a table from the drawn tables (B, N, N); basic ones, because a short sample biases the total. So they
    need not contain the estimate itself, and would reach beyond what can be: both ends are cut off there. A share lies
    between 0 and 100, and so does the sum of a row or a column that is normalised; of N - 1 shares that are not, up to
    100 (N - 1).
    """
    many = 100.0 * (len(table) - 1)
    given = 100.0 if normalisation == "column" else many
    received = 100.0 if normalisation == "row" else many
    nets = _each(net_of(table), net_of(drawn), level)
    within = tuple(_within(one, -received, given) for one in nets)
    return TableIntervals(
        _within(basic_span(total_of(table), total_of(drawn), level), 0.0, 100.0),
        within,
        tuple(_within(one, 0.0, given) for one in _each(given_of(table), given_of(drawn), level)),
        tuple(_within(one, 0.0, received) for one in _each(received_of(table), received_of(drawn), level)),
        tuple(
            tuple(_within(one, 0.0, 100.0) for one in _each(row, drawn[:, place], level))
            for place, row in enumerate(table)
        ),
        within != nets,
    )


def _each(points: "NDArray[np.float64]", drawn: "NDArray[np.float64]", level: float) -> tuple[Span, ...]:
    """Of each of K points, from draws (B, K)."""
    return tuple(basic_span(point, draws, level) for point, draws in zip(points, drawn.T, strict=True))


def _within(one: Span, least: float, most: float) -> Span:
    low, high = (min(max(end, least), most) for end in (one.low, one.high))
    return Span(low, one.point, high, one.level)
