"""Connectedness of a time-varying parameter VAR: a table for every period, without a window.

Source: "spillover.tvp" in data/methods/spillover.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import checked_level
from touchstone.calc.linkage.connectedness import RollingConnectedness
from touchstone.calc.linkage.convention import CONVENTION, FORGETTING, Convention, Forgetting
from touchstone.calc.linkage.decomposition import tables
from touchstone.calc.linkage.lag_choice import lag_of
from touchstone.calc.linkage.measures import TableIntervals, sampling_intervals
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, several
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.spillover_statement import (
    choices,
    drawing,
    forgetting_choices,
    told_over,
)
from touchstone.calc.linkage.statement import Statement, sample_of
from touchstone.calc.linkage.tvp_prior import Prior, prior_of
from touchstone.calc.linkage.tvp_var import Filtered, filtered
from touchstone.calc.linkage.unfit import long_enough, out_of_range
from touchstone.calc.linkage.var import Dynamics, scales
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AT_ONCE = 256
"""Periods decomposed together."""


@dataclass(frozen=True, slots=True, eq=False)
class Filtering:
    """A panel and what the filter made of it.

    Attributes:
        centred: the panel without its mean, in the unit of the prior.
        lag: number of lags.
        ahead: rows the prior looks at.
        prior: what it began from.
        path: what it knows at each period.
    """

    centred: Panel
    lag: int
    ahead: int
    prior: Prior
    path: Filtered


def filtering_of(given: Panel, convention: Convention, forgetting: Forgetting) -> Filtering:
    """Run the filter over a panel. Raises UnusableSeries: as `tvp_connectedness`."""
    several(given)
    lag = lag_of(given, convention.lag)
    ahead = len(given) if forgetting.prior_window is None else convention.rows(forgetting.prior_window, lag)
    purpose = Text(f"先验所用的{ahead}行", f"the {ahead} rows of the prior")
    long_enough(given.names, len(given), ahead, purpose)
    centred = _centred(given, ahead, forgetting)
    prior = prior_of(centred.between(0, ahead), lag, forgetting, convention.divisor)
    path = filtered(centred, lag, prior, forgetting, hold=convention.explosive == "refuse")
    return Filtering(centred, lag, ahead, prior, path)


def tvp_connectedness(
    given: Panel,
    convention: Convention = CONVENTION,
    forgetting: Forgetting = FORGETTING,
    resampling: Resampling | None = None,
    level: float = 0.95,
) -> RollingConnectedness:
    """The spillover table of every period of a panel, from a VAR whose coefficients drift.

    Args:
        convention: `reduced` takes the lag off the rows of the prior; an explosive update is held back by
            `explosive="refuse"`: the coefficients before it stand for that period.
        resampling: draws for the intervals of the last period; None draws none.

    Returns:
        One table for each period; nothing is lost at the start, but the tables up to the end of the prior's rows
        rest on it: `real_time_from` is the first period that knows nothing later.

    Raises:
        UnusableSeries: fewer than two series, a panel shorter than the prior's rows, an `ols` prior that cannot be
            fitted to them, or an observation out of all proportion.
    """
    checked_level(level)
    filtering = filtering_of(given, convention, forgetting)
    lag, ahead, path = filtering.lag, filtering.ahead, filtering.path
    stacked = _decomposed(given, path, convention)
    intervals = _drawn(path, stacked[-1], convention, forgetting, resampling, level) if resampling else None
    honest = forgetting.centring == "prior" and ahead < len(given) and convention.lag == lag
    statement = Statement(
        "spillover.tvp",
        sample_of(given),
        (
            *choices(convention, lag), *forgetting_choices(forgetting, ahead, path.held),
            *(drawing(resampling, level) if resampling else ()),
        ),
        assumptions("spillover.tvp"),
        told_over(given.names, given.periods, stacked, 0, intervals),
    )  # fmt: skip
    return RollingConnectedness(
        given.names, given.periods, stacked, (), statement, given.periods[ahead - 1] if honest else None, intervals
    )  # fmt: skip


def _centred(given: Panel, ahead: int, how: Forgetting) -> Panel:
    """Without mean, and in units of its spread where the prior follows the unit; the other priors depend on it."""
    import numpy as np

    mean, spread = scales(given.values[:ahead])
    if how.centring == "sample":
        mean = given.values.mean(axis=0)
    follows = how.prior == "ols" and how.prior_variance == "residual"
    unit = np.where(spread > 0, spread, 1.0) if follows else 1.0
    return Panel(given.names, given.periods, (given.values - mean) / unit)


def _decomposed(given: Panel, path: Filtered, convention: Convention) -> "NDArray[np.float64]":
    import numpy as np

    try:
        roots = np.asarray(np.linalg.cholesky(path.covariance), dtype=np.float64)
    except np.linalg.LinAlgError:
        first = int(np.argmin(np.linalg.eigvalsh(path.covariance)[:, 0] > 0))
        raise out_of_range(given.names, given.periods[first]) from None
    parts = [slice(first, first + _AT_ONCE) for first in range(0, len(path.covariance), _AT_ONCE)]
    found = [tables(Dynamics(path.coefficients[p], roots[p]), convention) for p in parts]
    return np.concatenate(found)


def _drawn(
    path: Filtered,
    table: "NDArray[np.float64]",
    convention: Convention,
    forgetting: Forgetting,
    how: Resampling,
    level: float,
) -> TableIntervals:
    """Intervals of the last table from the filtered distribution; source: "spillover.filtered" in the data file."""
    import numpy as np
    from scipy.stats import invwishart

    dice = how.dice()
    latest = path.coefficients[-1]
    lag, width, _ = latest.shape
    middle = latest.transpose(1, 0, 2).ravel()
    drawn = dice.multivariate_normal(middle, path.variance, how.resamples, "ignore", method="eigh")
    coefficients = drawn.reshape(-1, width, lag, width).transpose(0, 2, 1, 3)
    rows, left = len(path.covariance), 1 - forgetting.kappa2
    known = min(rows, 1 / left) if left else rows
    covariance = invwishart(known + width + 1, known * path.covariance[-1]).rvs(how.resamples, dice)
    roots = np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)
    return sampling_intervals(
        table, tables(Dynamics(coefficients, roots), convention), level, convention.normalisation
    )
