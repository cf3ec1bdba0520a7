"""Extreme volatility (NEXQ): whether days above their own conditional 95 % quantile crowd together.

The conditional quantile is m(x) + s(x) q: location and scale are local regressions of the return on the return before
it, q is the quantile of what they leave, with a generalised Pareto tail. Source: "warning.nexq" in
data/methods/warning.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GRID = 61
"""Points at which the local regressions are solved; between them they are straight lines."""


@dataclass(frozen=True, slots=True)
class Extremes:
    """What NEXQ chooses.

    Attributes:
        share: of days expected above the quantile: 0.05.
        days: D, in which extreme days are counted: 60.
        least: returns there must be before the first quantile.
        window: returns a quantile is estimated from, the latest.
        refit: days for which an estimate serves.
        tail: share of the residuals the Pareto tail is fitted to.
    """

    share: float = 0.05
    days: int = 60
    least: int = 250
    window: int = 1000
    refit: int = 20
    tail: float = 0.10


def nexq(price: "NDArray[np.float64]", how: Extremes) -> "NDArray[np.float64]":
    """Z of each day, (T,): how many deviations the extreme days of the last D exceed what chance brings.

    Args:
        price: (T,) of the days that were quoted, above zero.
    """
    import numpy as np

    above = extreme_days(price, how)
    known = ~np.isnan(above)
    total = np.cumsum(np.where(known, above, 0.0))
    count = np.cumsum(known)
    found = np.full(len(price), np.nan)
    rows = np.arange(how.days, len(price))
    whole = rows[count[rows] - count[rows - how.days] == how.days]
    extreme = total[whole] - total[whole - how.days]
    found[whole] = (extreme - how.share * how.days) / np.sqrt(how.days * how.share * (1 - how.share))
    return found


def extreme_days(price: "NDArray[np.float64]", how: Extremes) -> "NDArray[np.float64]":
    """1 where the return lies above its conditional quantile, 0 where not, nan where there is no quantile yet: (T,)."""
    import numpy as np

    returns = np.full(len(price), np.nan)
    returns[1:] = np.diff(np.log(price))
    found = np.full(len(price), np.nan)
    for first in range(1 + how.least, len(price), how.refit):
        past = returns[max(1, first - how.window) : first]
        rows = np.arange(first, min(first + how.refit, len(price)))
        limit = _limit(past, returns[rows - 1], how)
        if limit is not None:
            found[rows] = np.where(np.isnan(returns[rows]) | np.isnan(limit), np.nan, returns[rows] > limit)
    return found


def _limit(
    past: "NDArray[np.float64]", before: "NDArray[np.float64]", how: Extremes
) -> "NDArray[np.float64] | None":
    """The conditional quantile of the returns that follow `before`; None where the past hardly moves."""
    import numpy as np

    x, y = past[:-1], past[1:]
    whole = ~(np.isnan(x) | np.isnan(y))
    x, y = x[whole], y[whole]
    spread = x.std() if len(x) else 0.0
    if len(x) < how.least // 2 or spread <= 0:
        return None
    grid = np.linspace(float(np.quantile(x, 0.01)), float(np.quantile(x, 0.99)), _GRID)
    width = 1.06 * spread * len(x) ** -0.2
    weight = np.exp(-0.5 * ((x[None, :] - grid[:, None]) / width) ** 2)
    middle = _line(weight, x[None, :] - grid[:, None], y)
    left = y - np.interp(x, grid, middle)
    scale = np.sqrt(np.maximum(weight @ left**2 / weight.sum(axis=1), 1e-4 * left.var()))
    if not (scale > 0).all():
        return None
    standard = left / np.interp(x, grid, scale)
    return np.interp(before, grid, middle) + np.interp(before, grid, scale) * tail_quantile(
        standard, 1 - how.share, how.tail
    )


def _line(
    weight: "NDArray[np.float64]", distance: "NDArray[np.float64]", y: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """The local linear regression at each point of the grid."""
    import numpy as np

    near, far = (weight * distance).sum(axis=1), (weight * distance**2).sum(axis=1)
    total, determinant = weight.sum(axis=1), weight.sum(axis=1) * far - near**2
    own, cross = weight @ y, (weight * distance) @ y
    return np.where(
        determinant > 0, (far * own - near * cross) / np.where(determinant > 0, determinant, 1), own / total
    )


def tail_quantile(values: "NDArray[np.float64]", level: float, tail: float) -> float:
    """The quantile of a sample by a generalised Pareto distribution fitted to its upper `tail`, by weighted moments."""
    import numpy as np

    ordered = np.sort(values)
    number = max(int(tail * len(ordered)), 5)
    floor = ordered[-number - 1]
    over = ordered[-number:] - floor
    first = over.mean()
    second = (over * (1 - (np.arange(1, number + 1) - 0.35) / number)).mean()
    if first <= 2 * second or second <= 0:
        return float(np.quantile(values, level))
    shape = 2 - first / (first - 2 * second)
    size = 2 * first * second / (first - 2 * second)
    ratio = (1 - level) * len(ordered) / number
    if abs(shape) < 1e-9:
        return float(floor - size * np.log(ratio))
    return float(floor + size / shape * (ratio**-shape - 1))
