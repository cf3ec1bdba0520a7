"""The static spillover table of Diebold and Yilmaz, 2009 (Cholesky) and 2012 (generalised).

Sources: "spillover.generalised", "spillover.cholesky", "spillover.bootstrap" in data/methods/spillover.toml.
"""

from touchstone.calc.linkage.allowed import checked_level
from touchstone.calc.linkage.autoregression import explosive
from touchstone.calc.linkage.bootstrap import resampled_tables
from touchstone.calc.linkage.connectedness import Connectedness
from touchstone.calc.linkage.convention import CONVENTION, Convention
from touchstone.calc.linkage.decomposition import tables
from touchstone.calc.linkage.lag_choice import lag_of
from touchstone.calc.linkage.measures import sampling_intervals
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, several
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling
from touchstone.calc.linkage.spillover_statement import choices, drawing, told
from touchstone.calc.linkage.statement import Statement, sample_of
from touchstone.calc.linkage.unfit import unstable
from touchstone.calc.linkage.var import factor, solved
from touchstone.facts.text import Text


def spillover(
    given: Panel,
    convention: Convention = CONVENTION,
    resampling: Resampling | None = RESAMPLING,
    level: float = 0.95,
) -> Connectedness:
    """The spillover table of a whole panel.

    Args:
        given: returns, log volatilities or other stationary series; two or more.
        resampling: how the intervals of total and net are drawn; None draws none, and neither does a VAR that
            explodes where the convention keeps it.

    Raises:
        UnusableSeries: fewer than two series, too few rows, a series that does not move or that others
            determine, or a VAR that explodes (unless the convention keeps it).
    """
    several(given)
    checked_level(level)
    lag = lag_of(given, convention.lag)
    dynamics = solved(factor(given, lag), len(given.names))
    explodes = bool(explosive(dynamics.coefficients))
    if explodes and convention.explosive == "refuse":
        raise unstable(given.names, given.periods)
    table = tables(dynamics, convention)
    intervals, drawn = None, ()
    if resampling and not explodes:
        [redrawn] = resampled_tables(given, lag, convention, resampling, slice(None))
        intervals = sampling_intervals(table, redrawn, level, convention.normalisation)
        drawn = drawing(resampling, level, len(given) - lag)
    first, last = given.periods[0], given.periods[-1]
    when = Text(f"{first}至{last}", f"From {first} to {last}")
    method = f"spillover.{convention.decomposition}"
    statement = Statement(
        method,
        sample_of(given),
        (*choices(convention, lag), *drawn),
        assumptions(method),
        told(given.names, table, when, intervals),
    )
    return Connectedness(given.names, table, statement, intervals)
