"""A VAR whose coefficients drift: the Kalman filter with forgetting, dense but aware of its structure.

The measurement matrix is a Kronecker product of the unit matrix with the lags, so the filter never forms it: one pass
over the state's variance gives all products. That variance itself is a Kronecker product only before the first
observation; from then on it mixes residual covariances of different periods, and nothing short of all of it is exact.
Source: "spillover.tvp" in data/methods/spillover.toml.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from touchstone.calc.linkage.autoregression import explosive
from touchstone.calc.linkage.convention import Forgetting
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.tvp_prior import Prior
from touchstone.calc.linkage.unfit import out_of_range
from touchstone.calc.linkage.var import UNTHREADED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OPENING = 0.1
"""Share of an observation's own square that stands for a residual where lags are still missing."""
_PULL = 0.99
"""What an explosive step leaves of the coefficients of the step before it."""
_MIRROR = 16
"""Steps after which the variance is made symmetric again: forgetting lets an asymmetry of rounding grow."""


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What the filter carries from one period to the next.

    Attributes:
        mean: (N, K) coefficients, each row an equation, K = N p.
        used: (p, N, N) the coefficients that tables are made from; those of an earlier period after an explosive step.
        variance: (N K, N K) of the coefficients, forgetting for the next step done.
        covariance: (N, N) of the residuals.
    """

    mean: "NDArray[np.float64]"
    used: "NDArray[np.float64]"
    variance: "NDArray[np.float64]"
    covariance: "NDArray[np.float64]"


@dataclass(frozen=True, slots=True, eq=False)
class Filtered:
    """What the filter knows at each of T periods.

    Attributes:
        coefficients: (T, p, N, N); the prior's in the first p periods.
        covariance: (T, N, N) of the residuals.
        variance: (N K, N K) of the coefficients at the last period, K = N p.
        held: periods in which the update was explosive, so that the coefficients before it stood.
        last: the state behind the last period.
    """

    coefficients: "NDArray[np.float64]"
    covariance: "NDArray[np.float64]"
    variance: "NDArray[np.float64]"
    held: int
    last: State


def filtered(given: Panel, lag: int, prior: Prior, how: Forgetting, hold: bool) -> Filtered:
    """Run the filter over a centred panel.

    Args:
        hold: keep the coefficients of the step before where an update is explosive.

    Raises:
        UnusableSeries: an observation so far out that the variance loses all its digits.
    """
    import numpy as np

    values = given.values
    rows, width = values.shape
    coefficients = np.empty((rows, lag, width, width))
    covariances = np.empty((rows, width, width))
    state, held = State(prior.mean, _by_lag(prior.mean, lag), prior.variance.copy(), prior.covariance), 0
    for row, now in enumerate(values):
        if row < lag:
            if row:
                state = replace(state, covariance=_decayed(state.covariance, _OPENING, now, how.kappa2))
        else:
            try:
                state, exploded = stepped(state, values[row - lag : row], now, how, hold, row == lag)
            except np.linalg.LinAlgError:
                raise out_of_range(given.names, given.periods[row]) from None
            held += exploded
            if row % _MIRROR == 0:
                state = replace(state, variance=(state.variance + state.variance.T) / 2)
        coefficients[row], covariances[row] = state.used, state.covariance
    return Filtered(coefficients, covariances, state.variance * how.kappa1, held, state)


def stepped(
    state: State, before: "NDArray[np.float64]", now: "NDArray[np.float64]", how: Forgetting, hold: bool, first: bool = False
) -> tuple[State, bool]:  # fmt: skip
    """The state after an observation (N,) that follows the p rows `before`, and whether the update exploded and was held.

    The variance of the state given is used up: it becomes, in place, that of the state returned.
    """
    past = before[::-1].ravel()
    moved, covariance = _observed(state.variance, state.mean, state.covariance, past, now, how, first)
    if hold and explosive(_by_lag(moved, len(before))):
        return State(_PULL * state.mean, state.used, state.variance, covariance), True
    return State(moved, _by_lag(moved, len(before)), state.variance, covariance), False


def _observed(
    variance: "NDArray[np.float64]",
    mean: "NDArray[np.float64]",
    covariance: "NDArray[np.float64]",
    past: "NDArray[np.float64]",
    now: "NDArray[np.float64]",
    how: Forgetting,
    first: bool,
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Coefficients and covariance after an observation; the variance of the coefficients is updated in place."""
    error = now - mean @ past
    size, shock = (_OPENING, now) if first else (1.0, error)
    predicted = _decayed(covariance, size, shock, how.kappa2)
    moved = mean + _update(variance, predicted, past, error, how.kappa1)
    if how.covariance == "predicted":
        return moved, predicted
    return moved, _decayed(covariance, 1.0, now - moved @ past, how.kappa2)


def _update(
    variance: "NDArray[np.float64]",
    covariance: "NDArray[np.float64]",
    past: "NDArray[np.float64]",
    error: "NDArray[np.float64]",
    kappa: float,
) -> "NDArray[np.float64]":
    """How one observation moves the coefficients, (N, K); the variance becomes, in place, that of the next step.

    With F the measurement matrix and C C' = F R F' + Q, the rows W = C^-1 F R give the step W' C^-1 e and the variance
    R - W' W, over kappa for the next step. It is taken off in strips that stay in the processor's cache.
    """
    import numpy as np

    width, span = len(covariance), len(past)
    reach = np.einsum("i,aij->aj", past, variance.reshape(width, span, -1))
    spread = covariance + reach.reshape(width, width, span) @ past
    root = np.linalg.inv(np.linalg.cholesky((spread + spread.T) / 2))
    whitened = root @ reach
    strip = max(1, UNTHREADED // whitened.size)
    for first in range(0, len(variance), strip):
        part = variance[first : first + strip]
        part -= whitened[:, first : first + strip].T @ whitened
        part /= kappa
    return ((root @ error) @ whitened).reshape(width, span)


def _decayed(
    covariance: "NDArray[np.float64]", size: float, shock: "NDArray[np.float64]", kappa: float
) -> "NDArray[np.float64]":
    """kappa of the covariance, the rest from the square of one shock."""
    import numpy as np

    return kappa * covariance + (1 - kappa) * size * np.outer(shock, shock)


def _by_lag(mean: "NDArray[np.float64]", lag: int) -> "NDArray[np.float64]":
    """Coefficients (N, N p) as (p, N, N)."""
    return mean.reshape(len(mean), lag, -1).transpose(1, 0, 2)
