"""When the price of a material began to move more or less than before: what a threshold calibrated across it may not survive.

Source: "linkage.changepoint" in data/methods/econometrics.toml, of absolute log changes.
"""

from dataclasses import dataclass

from touchstone.calc.linkage.changepoint import change_points
from touchstone.calc.linkage.panel import panel
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.timeseries import TimeSeries

_SMALLEST = 2
"""Years a stretch must last."""
_DRAWS = Resampling(resamples=99)


@dataclass(frozen=True, slots=True)
class Break:
    """A change in how much a price moves: the first period of the new stretch, and the mean absolute log change of both."""

    material: str
    first: str
    before: float
    after: float


def breaks(material: str, price: TimeSeries, year: int, evaluated: int) -> tuple[Break, ...]:
    """The breaks before the evaluation part.

    Args:
        price: above zero; periods without a value are passed over.
        year: periods of a year.
        evaluated: periods at the end that are not looked at.

    Raises:
        UnusableSeries: fewer than two stretches, or a price that never moves.
    """
    import numpy as np

    rows = np.flatnonzero(~np.isnan(price.values))[: max(len(price) - evaluated, 0)]
    moves = np.abs(np.diff(np.log(price.values[rows])))
    periods = [price.periods[row] for row in rows[1:]]
    given = panel((material,), periods, moves[:, None])
    found = change_points(given, material, smallest=_SMALLEST * year, resampling=_DRAWS)
    return tuple(Break(material, each.first, each.before, each.after) for each in found.points)
