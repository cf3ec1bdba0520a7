"""Prices that rise or fall out of the ordinary: the FAO's indicator of price anomalies, the residual of a seasonal trend,
and spikes.

Sources: "warning.ipa", "warning.residual" and "warning.spike" in data/methods/warning.toml.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STILL = 1e-9
"""Standard deviations below this are those of prices that do not move: nothing can be measured against them."""
_NORMAL = 1.4826
"""What a median absolute deviation is multiplied by to be the standard deviation of a normal distribution."""


def ipa(
    price: "NDArray[np.float64]", seasons: "NDArray[np.int64]", year: int, share: float = 0.4, years: int = 5
) -> "NDArray[np.float64]":
    """The indicator of price anomalies: (T,), in standard deviations.

    Args:
        price: (T,) above zero, nan where missing.
        seasons: (T,) which period of the year each is.
        year: periods of a year, 12 or 4; the shorter growth is over a quarter of it.
        share: a of IPA = a Zq + (1 - a) Za.
        years: fewest earlier years of the same season.

    Mean and deviation of each season are of the earlier years only.
    """
    short = scored(growth(price, max(year // 4, 1)), seasons, years)
    return share * short + (1 - share) * scored(growth(price, year), seasons, years)


def growth(price: "NDArray[np.float64]", periods: int) -> "NDArray[np.float64]":
    """The compound growth rate over so many periods, a rate a period: (T,); nan at the start."""
    import numpy as np

    found = np.full(len(price), np.nan)
    found[periods:] = (price[periods:] / price[:-periods]) ** (1 / periods) - 1
    return found


def scored(rates: "NDArray[np.float64]", seasons: "NDArray[np.int64]", years: int) -> "NDArray[np.float64]":
    """How many deviations each rate lies above the mean of its season in earlier years: (T,).

    The year y of Y weighs y: mean = sum w x / sum w, variance = sum w (x - mean)^2 / (sum w (Y - 1) / Y).
    """
    import numpy as np

    found = np.full(len(rates), np.nan)
    for season in np.unique(seasons):
        rows = np.flatnonzero((seasons == season) & ~np.isnan(rates))
        if len(rows) <= years:
            continue
        x, count = rates[rows], np.arange(1.0, len(rows) + 1)
        weight = np.cumsum(count)
        mean = np.cumsum(count * x) / weight
        spread = np.cumsum(count * x * x) / weight - mean**2
        variance = np.maximum(spread, 0) * count / np.maximum(count - 1, 1)
        deviation = np.sqrt(variance)
        known = (count[:-1] >= years) & (deviation[:-1] > _STILL)
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = (x[1:] - mean[:-1]) / deviation[:-1]
        found[rows[1:]] = np.where(known, scores, np.nan)
    return found


def residual(
    price: "NDArray[np.float64]", seasons: "NDArray[np.int64]", window: int
) -> "NDArray[np.float64]":
    """How many standard errors the log price lies above what the seasonal trend of the window before it leads to: (T,).

    The logarithm is regressed on a line and a constant for each season over the `window` periods before each; a window
    with a missing value, or in which the price keeps to its trend exactly, gives none.
    """
    import numpy as np

    y = np.log(price)
    kinds = np.unique(seasons)
    dummies = (seasons[:, None] == kinds).astype(float)
    found = np.full(len(y), np.nan)
    rows = _whole(y, window)
    if not len(rows) or window <= len(kinds) + 1:
        return found
    past = rows[:, None] + np.arange(-window, 0)
    time = (np.arange(window) - window) / window
    design = np.concatenate([np.broadcast_to(time[None, :, None], (*past.shape, 1)), dummies[past]], axis=2)
    fit = np.linalg.pinv(design) @ y[past][:, :, None]
    left = y[past] - (design @ fit)[:, :, 0]
    error = np.sqrt((left**2).sum(axis=1) / (window - design.shape[2]))
    ahead = np.concatenate([np.zeros((len(rows), 1)), dummies[rows]], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (y[rows] - (ahead * fit[:, :, 0]).sum(axis=1)) / error
    found[rows] = np.where(error > _STILL, score, np.nan)
    return found


def _whole(y: "NDArray[np.float64]", window: int) -> "NDArray[np.int64]":
    """The rows that have a value, and a value in each of the `window` rows before them."""
    import numpy as np

    count = np.concatenate([[0], np.cumsum(~np.isnan(y))])
    rows = np.arange(window, len(y))
    return rows[count[rows + 1] - count[rows - window] == window + 1]


def spikes(price: "NDArray[np.float64]", window: int) -> "NDArray[np.float64]":
    """How many robust deviations the last log change lies from the median of the `window` changes before it: (T,).

    A window with fewer than half of its changes, or in which most did not move, gives none.
    """
    import numpy as np

    change = np.full(len(price), np.nan)
    change[1:] = np.diff(np.log(price))
    found = np.full(len(price), np.nan)
    for t in np.flatnonzero(~np.isnan(change)):
        past = change[max(t - window, 0) : t]
        past = past[~np.isnan(past)]
        if len(past) * 2 < window:
            continue
        middle = np.median(past)
        deviation = _NORMAL * np.median(np.abs(past - middle))
        if deviation > _STILL:
            found[t] = (change[t] - middle) / deviation
    return found
