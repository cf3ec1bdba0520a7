"""What changed since last week in a VAR whose coefficients drift, and what chance alone would change.

Both tables share every observation but the last few. The filter is set back to where it stood then; from there it meets
observations drawn from its own forecast of that day: the coefficients and the covariance stay, and the shocks are its own
past errors, each in units of the covariance of its time, in runs as long as the step back. What the tables move by on
such paths is chance. Source: "spillover.tvp_change" in data/methods/spillover.toml.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least, checked_level
from touchstone.calc.linkage.change import Change, moved
from touchstone.calc.linkage.convention import CONVENTION, FORGETTING, Convention, Forgetting
from touchstone.calc.linkage.decomposition import tables
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling
from touchstone.calc.linkage.spillover_statement import told_change
from touchstone.calc.linkage.statement import Statement
from touchstone.calc.linkage.tvp import Filtering, filtering_of, tvp_connectedness
from touchstone.calc.linkage.tvp_var import State, filtered, stepped
from touchstone.calc.linkage.unfit import long_enough
from touchstone.calc.linkage.var import Dynamics
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def tvp_change(
    given: Panel,
    convention: Convention = CONVENTION,
    forgetting: Forgetting = FORGETTING,
    back: int = 5,
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> Change:
    """What changed between the last period of a panel and the one `back` periods earlier.

    Args:
        back: periods between the two tables, and the length of the runs of errors drawn; a week is 5 of trading days.
        resampling: draws and seed; its block is not used.

    Raises:
        UnusableSeries: as `tvp_connectedness`, or fewer than `back` periods behind the rows of the prior.
    """
    at_least("back", back, 1)
    checked_level(level)
    moving = tvp_connectedness(given, convention, forgetting)
    filtering = filtering_of(given, convention, forgetting)
    purpose = Text(f"先验之后另有{back}期", f"the rows of the prior and {back} periods more")
    long_enough(given.names, len(given), filtering.ahead + back, purpose)
    before, now = moving.at(given.periods[-1 - back]), moving.latest
    later = _by_chance(filtering, convention, forgetting, back, resampling)
    difference = moved(now.table, before.table, later, before.table, level)
    statement = Statement(
        "spillover.tvp_change",
        moving.statement.sample,
        (
            *moving.statement.parameters, ("back", str(back)), ("interval", "spillover.tvp_change"),
            ("block", str(back)), ("resamples", str(resampling.resamples)), ("seed", str(resampling.seed)), ("level", str(level)),
        ),
        assumptions("spillover.tvp_change", "spillover.tvp"),
        told_change(given.names, given.periods[-1 - back], given.periods[-1], difference),
    )  # fmt: skip
    return Change(before, now, difference, statement)


def _by_chance(
    filtering: Filtering, convention: Convention, forgetting: Forgetting, back: int, how: Resampling
) -> "NDArray[np.float64]":
    """Tables (B, N, N) of the last period, had the last `back` observations come from the forecast before them."""
    import numpy as np

    centred, lag, hold = filtering.centred, filtering.lag, convention.explosive == "refuse"
    rows = len(centred) - back
    start = filtered(centred.between(0, rows), lag, filtering.prior, forgetting, hold).last
    shocks = _shocks(filtering)
    firsts = how.dice().integers(0, len(shocks) - back + 1, how.resamples)
    ends = [
        _after(start, centred.values[rows - lag : rows], shocks[first : first + back], forgetting, hold)
        for first in firsts
    ]
    covariances = np.array([end.covariance for end in ends])
    roots = np.asarray(np.linalg.cholesky(covariances), dtype=np.float64)
    return tables(Dynamics(np.array([end.used for end in ends]), roots), convention)


def _shocks(filtering: Filtering) -> "NDArray[np.float64]":
    """The errors of the filter's forecasts behind the rows of the prior, (some, N), each freed of the covariance before it;
    of all rows where fewer than the prior's lie behind them."""
    import numpy as np

    values, lag, path = filtering.centred.values, filtering.lag, filtering.path
    behind = filtering.ahead if len(values) >= 2 * filtering.ahead else lag
    past = np.stack([values[behind - 1 - j : len(values) - 1 - j] for j in range(lag)], axis=1)
    errors = values[behind:] - np.einsum("tpij,tpj->ti", path.coefficients[behind - 1 : -1], past)
    roots = np.linalg.cholesky(path.covariance[behind - 1 : -1])
    return np.asarray(np.linalg.solve(roots, errors[..., None])[..., 0], dtype=np.float64)


def _after(
    start: State, before: "NDArray[np.float64]", shocks: "NDArray[np.float64]", how: Forgetting, hold: bool
) -> State:
    """The state behind observations made of these shocks; the coefficients and covariance they are made with stay."""
    import numpy as np

    root = np.linalg.cholesky(start.covariance)
    state = replace(start, variance=start.variance.copy())
    for shock in shocks:
        now = np.einsum("pij,pj->i", start.used, before[::-1]) + root @ shock
        state, _ = stepped(state, before, now, how, hold)
        before = np.vstack([before[1:], now])
    return state
