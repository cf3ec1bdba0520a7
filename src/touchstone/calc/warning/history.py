"""A series against its own past: the calendar norm and the rank of each value, from nothing but what came before.

Source: "warning.own_history" in data/methods/warning.toml.
"""

from bisect import bisect_left, bisect_right, insort
from collections import deque
from typing import TYPE_CHECKING

from touchstone.facts.period import span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEASONS = 5
"""Fewest earlier values of a calendar month (or quarter) before its norm is taken off."""


def season_of(period: str) -> int:
    """The calendar month in which a period begins, 1 to 12; years have one season only.

    >>> season_of("2022-Q3"), season_of("2022-11-21"), season_of("2022")
    (7, 11, 1)
    """
    return span(period)[0].month


def norms(values: "NDArray[np.float64]", seasons: "NDArray[np.int64]") -> "NDArray[np.float64]":
    """What the calendar adds to each value by its own past: (T,).

    The mean of the earlier values of the season less the mean of all earlier values; zero until the season has `SEASONS`
    values. Missing values enter neither.
    """
    import numpy as np

    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    everyone = _mean_before(filled, known)
    found = np.zeros(len(values))
    for season in np.unique(seasons):
        rows = np.flatnonzero(seasons == season)
        own, count = _mean_before(filled[rows], known[rows]), np.cumsum(known[rows]) - known[rows]
        found[rows] = np.where(count >= SEASONS, own - everyone[rows], 0.0)
    return found


def _mean_before(filled: "NDArray[np.float64]", known: "NDArray[np.bool_]") -> "NDArray[np.float64]":
    """(T,) the mean of the known values before each row; 0 before the first."""
    import numpy as np

    total = np.concatenate([[0.0], np.cumsum(filled)[:-1]])
    count = np.cumsum(known) - known
    return total / np.maximum(count, 1)


def ranks(values: "NDArray[np.float64]", least: int) -> "NDArray[np.float64]":
    """The share of earlier values below each value, (T,) from 0 to 1; equal ones count half.

    nan where the value is missing or fewer than `least` values came before it.

    >>> import numpy as np
    >>> ranks(np.array([1.0, 2.0, 2.0, 0.0, 9.0]), 2).tolist()
    [nan, nan, 0.75, 0.0, 1.0]
    """
    import numpy as np

    found, past = np.full(len(values), np.nan), []
    for t, value in enumerate(values.tolist()):
        if value != value:
            continue
        if len(past) >= least:
            found[t] = (bisect_left(past, value) + bisect_right(past, value)) / (2 * len(past))
        insort(past, value)
    return found


def edge(past: "NDArray[np.float64]", share: float, upwards: bool, inclusive: bool) -> float:
    """The value past which `ranks` calls a value beyond a share of these: what is above it (below it) is, what is not up to it is not.

    >>> import numpy as np
    >>> past = np.arange(1.0, 11.0)
    >>> edge(past, 0.9, True, True), edge(past, 0.1, False, True), edge(past, 0.9, True, False)
    (9.0, 2.0, 10.0)
    """
    import numpy as np

    ordered, ranks_between = np.sort(past), np.arange(len(past) + 1) / len(past)
    if upwards:
        below = np.searchsorted(ranks_between, share, "left" if inclusive else "right")
        return float(ordered[min(max(below, 1), len(past)) - 1])
    below = np.searchsorted(ranks_between, share, "right" if inclusive else "left") - 1
    return float(ordered[min(below, len(past) - 1)])


def running_quantiles(
    values: "NDArray[np.float64]", share: float, least: int, window: int
) -> "NDArray[np.float64]":
    """The quantile of the last `window` values up to and with each, (T,), by linear interpolation.

    nan until there are `least`; missing values are not among them.

    >>> import numpy as np
    >>> running_quantiles(np.array([1.0, 3.0, 2.0]), 0.5, 2, 2).tolist()
    [nan, 2.0, 2.5]
    """
    import numpy as np

    found, ordered, past = np.full(len(values), np.nan), [], deque[float]()
    for t, value in enumerate(values.tolist()):
        if value == value:
            insort(ordered, value)
            past.append(value)
            if len(past) > window:
                del ordered[bisect_left(ordered, past.popleft())]
        if len(ordered) >= max(least, 1):
            place = share * (len(ordered) - 1)
            below = int(place)
            above = min(below + 1, len(ordered) - 1)
            found[t] = ordered[below] + (place - below) * (ordered[above] - ordered[below])
    return found
