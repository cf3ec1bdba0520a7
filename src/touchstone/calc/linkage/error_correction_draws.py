"""Error-correction models drawn again: the estimated model run with its own residuals, and estimated anew.

All draws of a batch run side by side, one period at a time, and are estimated by the code that made the estimate.
"""

from typing import TYPE_CHECKING

from touchstone.calc.linkage.autoregression import run, steady
from touchstone.calc.linkage.error_correction import EXACT, Model
from touchstone.calc.linkage.reduced_rank import Ranked, equations, long_run, ranked
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.unfit import undrawable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROOM = 4_000_000
"""Numbers that one batch of draws may hold in its widest table."""


def drawn_models(given: Model, how: Resampling) -> Ranked:
    """Alpha, beta and covariance of each draw: arrays with the draws in front.

    Raises:
        UnusableSeries: the estimated model explodes, or a draw hardly moves and cannot be estimated.
    """
    import numpy as np

    rows, series = given.arranged.changes.shape
    weights, added, opening = _weights(given), _fixed(given), given.part.values[None, : given.form.lags]
    steady(given.part.names, weights, rows)
    left = given.fit.residuals - given.fit.residuals.mean(axis=0)
    picked = how.rows(rows)
    size = max(1, _ROOM // (rows * given.form.width(series)))
    found = []
    try:
        for start in range(0, how.resamples, size):
            levels = run(weights, opening, left[picked[start : start + size]] + added)
            solved = long_run(equations(levels, given.form))
            if solved.eigenvalues.max() >= EXACT:
                raise undrawable(given.part.names)
            found.append(ranked(solved, given.rank))
            np.linalg.cholesky(found[-1].covariance)
    except np.linalg.LinAlgError:
        raise undrawable(given.part.names) from None
    return Ranked(
        np.concatenate([one.loadings for one in found]),
        np.concatenate([one.relations for one in found]),
        np.concatenate([one.covariance for one in found]),
    )


def _weights(given: Model) -> "NDArray[np.float64]":
    """The model as an autoregression in levels: (K, N, N)."""
    import numpy as np

    lags, series, rank = given.form.lags, len(given.part.names), given.rank
    past = np.zeros((lags, series, series))
    past[0] += np.eye(series)
    long = given.ranked.loadings @ given.ranked.relations[:series].T
    past[0 if given.form.specification == "transitory" else lags - 1] += long
    short = given.fit.coefficients[rank : rank + series * (lags - 1)].reshape(lags - 1, series, series)
    past[:-1] += short.swapaxes(1, 2)
    past[1:] -= short.swapaxes(1, 2)
    return past


def _fixed(given: Model) -> "NDArray[np.float64]":
    """What the deterministic terms, inside and outside the relations, add to each row: (rows, N)."""
    series, rank = len(given.part.names), given.rank
    inside = given.arranged.levels[:, series:] @ given.ranked.relations[series:] @ given.ranked.loadings.T
    lagged = series * (given.form.lags - 1)
    outside = given.arranged.free[:, lagged:] @ given.fit.coefficients[rank + lagged :]
    return inside + outside
