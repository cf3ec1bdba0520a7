"""Regression whose errors follow the airline model, by conditional least squares: for where X-13 does not run.

Source: "seasonal.stl" in data/methods/seasonal.toml.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COARSE, _FINE = (0.0, 0.3, 0.6, 0.9), (-0.2, -0.1, 0.0, 0.1, 0.2)
_LARGEST = 0.9
_PARAMETERS = 3
"""The two of the moving average, and the variance."""


@dataclass(frozen=True, slots=True, eq=False)
class Airline:
    """A fitted regression.

    Attributes:
        coefficients: (k,), by the regressors.
        a, b: moving average at lag 1 and at lag of a year, from 0 to 0.9.
        aicc: of the conditional likelihood.
    """

    coefficients: "NDArray[np.float64]"
    a: float
    b: float
    aicc: float


def airline(values: "NDArray[np.float64]", regressors: "NDArray[np.float64]", every: int) -> Airline:
    """Fit y on the regressors, (T,) on (T, k), by the a and b of a grid that leave the smallest sum of squares.

    Raises:
        numpy.linalg.LinAlgError: a regressor does not move in the sample, or is a combination of others.
    """
    import numpy as np

    both = np.column_stack([values, regressors])
    changed = np.diff(both, axis=0)
    changed = changed[every:] - changed[:-every]
    coarse = _best(changed, every, [(a, b) for a in _COARSE for b in _COARSE])
    near = [(coarse[0] + a, coarse[1] + b) for a in _FINE for b in _FINE]
    a, b, coefficients, squares = _best(
        changed, every, [(a, b) for a, b in near if max(a, b) <= _LARGEST and min(a, b) >= 0]
    )
    n, k = len(changed), regressors.shape[1] + _PARAMETERS
    likelihood = -0.5 * n * (log(2 * pi * squares / n) + 1)
    return Airline(coefficients, a, b, -2 * likelihood + 2 * k * n / (n - k - 1))


def _best(
    changed: "NDArray[np.float64]", every: int, points: Iterable[tuple[float, float]]
) -> "tuple[float, float, NDArray[np.float64], float]":
    tried = [(a, b, *_least_squares(_filtered(changed, a, b, every))) for a, b in points]
    return min(tried, key=lambda each: each[3])


def _filtered(changed: "NDArray[np.float64]", a: float, b: float, every: int) -> "NDArray[np.float64]":
    """What the moving average leaves to be explained: nothing is known of the errors before the first."""
    import numpy as np
    from scipy.signal import lfilter

    year = np.zeros(every + 1)
    year[0], year[-1] = 1, -b
    once = lfilter([1], [1, -a], changed, axis=0)
    return np.asarray(lfilter([1], year, np.asarray(once), axis=0))


def _least_squares(filtered: "NDArray[np.float64]") -> "tuple[NDArray[np.float64], float]":
    import numpy as np

    y, x = filtered[:, 0], filtered[:, 1:]
    coefficients, _, rank, _ = np.linalg.lstsq(x, y, rcond=1e-9)
    if rank < x.shape[1]:
        raise np.linalg.LinAlgError("a regressor is a combination of others")
    return np.asarray(coefficients, dtype=np.float64), float(((y - x @ coefficients) ** 2).sum())
