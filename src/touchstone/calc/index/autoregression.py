"""The past of one indicator as its forecast: an autoregression whose length AICc chooses.

Source: "index.forecast" in data/methods/index.toml.
"""

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST = 6
"""Lags tried at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """An autoregression of moves: `order` lags, the `next` move it forecasts, and its residuals, (T,) with nan."""

    order: int
    next: float
    residuals: "NDArray[np.float64]"


def past_of(moved: "NDArray[np.float64]", least: int) -> Past | None:
    """Fit by least squares, with a constant, the lags 0 to 6 that AICc likes best; None with fewer than `least` moves.

    Args:
        moved: (T,) moves, nan where absent; the forecast is of the period after the last of them, in as many steps as it takes.

    All lengths are compared on the same rows. Rows that touch a gap are left out.
    """
    import numpy as np

    lags = np.column_stack([_lagged(moved, lag) for lag in range(_MOST + 1)])
    rows = np.isfinite(lags).all(axis=1)
    own, count = lags[rows], int(rows.sum())
    if count < least - _MOST:
        return None
    fits: list[Any] = [np.linalg.lstsq(_design(own, p), own[:, 0], rcond=None)[0] for p in range(_MOST + 1)]
    scores = [_aicc(own[:, 0] - _design(own, p) @ fit, p + 2, count) for p, fit in enumerate(fits)]
    order = int(np.argmin(scores))
    residuals = np.full(len(moved), np.nan)
    residuals[rows] = own[:, 0] - _design(own, order) @ fits[order]
    return Past(order, _ahead(moved, fits[order]), residuals)


def _aicc(left: "NDArray[np.float64]", parameters: int, count: int) -> float:
    size = float(left @ left) / count
    if size <= 0:
        return float("-inf")
    return count * log(size) + 2 * parameters + 2 * parameters * (parameters + 1) / (count - parameters - 1)


def _ahead(moved: "NDArray[np.float64]", fit: "NDArray[np.float64]") -> float:
    """The forecast of the period after the last row; one step at a time; an absent lag counts as the mean."""
    import numpy as np

    order = len(fit) - 1
    last = int(np.flatnonzero(np.isfinite(moved))[-1])
    known = [float(each) for each in moved[max(0, last - order + 1) : last + 1]] if order else []
    known = [each if each == each else float(np.nanmean(moved)) for each in known]
    for _ in range(len(moved) - last):
        recent = known[::-1][:order]
        known.append(float(fit[0] + sum(b * x for b, x in zip(fit[1:], recent, strict=True))))
    return known[-1]


def _design(lags: "NDArray[np.float64]", order: int) -> "NDArray[np.float64]":
    import numpy as np

    return np.column_stack([np.ones(len(lags)), lags[:, 1 : order + 1]])


def _lagged(moved: "NDArray[np.float64]", lag: int) -> "NDArray[np.float64]":
    import numpy as np

    return np.concatenate([np.full(lag, np.nan), moved[: len(moved) - lag]])
