"""What is read from spillover tables: total, from, to, net; for one table or a stack of them.

A table (..., N, N) is in percent: row i says from whose shocks the forecast error variance of series i comes.
Source: "spillover.measures" in data/methods/spillover.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def total_of(tables: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Share of all forecast error variance that comes from other series, percent: (...,)."""
    import numpy as np

    whole = tables.sum(axis=(-2, -1))
    return 100 * (whole - np.trace(tables, axis1=-2, axis2=-1)) / whole


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


def sampling_intervals(table: "NDArray[np.float64]", drawn: "NDArray[np.float64]", level: float) -> Intervals:
    """Intervals of a table from the drawn tables (B, N, N); basic ones, because a short sample biases the total. So they
    need not contain the estimate itself; a total is cut off at 0 and 100.
    """
    total = basic_span(total_of(table), total_of(drawn), level)
    return Intervals(
        Span(max(total.low, 0.0), total.point, min(total.high, 100.0), level),
        tuple(basic_span(*pair, level) for pair in zip(net_of(table), net_of(drawn).T, strict=True)),
    )
