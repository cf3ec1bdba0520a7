"""Where a time-varying VAR starts: coefficients, how sure of them, and the residual covariance.

Source: "spillover.tvp" in data/methods/spillover.toml; the forms are those of the R package ConnectednessApproach
(BayesPrior, MinnesotaPrior, UninformativePrior), the variance of `ols` optionally in its textbook form.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.convention import Forgetting
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.regression import lagged
from touchstone.calc.linkage.var import Divisor, factor, fit_var

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOOSE = 4.0
"""Variance of every coefficient of the `loose` prior."""


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """The state before the first observation; K = N p regressors, those of the first lag first.

    Attributes:
        mean: (N, K), one row an equation.
        variance: (N K, N K), coefficients in the order of the rows of `mean`, symmetric.
        covariance: (N, N) of the residuals.
    """

    mean: "NDArray[np.float64]"
    variance: "NDArray[np.float64]"
    covariance: "NDArray[np.float64]"


def prior_of(given: Panel, lag: int, how: Forgetting, divisor: Divisor) -> Prior:
    """The prior from the rows it may look at.

    Raises:
        UnusableSeries: a series does not move in them or others determine it, or too few for `ols`; see `fit_var`.
    """
    import numpy as np

    width = len(given.names)
    if how.prior == "ols":
        return _least_squares(given, lag, how, divisor)
    factor(given, 0)
    by_lag = how.tightness / np.arange(1, lag + 1) ** 2 if how.prior == "minnesota" else np.full(lag, _LOOSE)
    return Prior(
        mean=np.zeros((width, width * lag)),
        variance=np.diag(np.tile(np.repeat(by_lag, width), width)),
        covariance=np.cov(given.values, rowvar=False),
    )


def _least_squares(given: Panel, lag: int, how: Forgetting, divisor: Divisor) -> Prior:
    import numpy as np

    model = fit_var(given, lag, divisor)
    width = len(given.names)
    past = lagged(given.values, lag)
    root = np.linalg.inv(np.linalg.qr(past - past.mean(axis=0), mode="r"))
    around = np.eye(width) if how.prior_variance == "unit" else model.covariance
    variance = np.kron(around, root @ root.T)
    return Prior(
        mean=model.coefficients.transpose(1, 0, 2).reshape(width, -1),
        variance=(variance + variance.T) / 2,
        covariance=model.covariance,
    )
