"""What changed since last week: two windows that share most of their rows, and what chance alone would change.

Source: "spillover.change" in data/methods/spillover.toml.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least, checked_level
from touchstone.calc.linkage.bootstrap import resampled_tables
from touchstone.calc.linkage.connectedness import Connectedness
from touchstone.calc.linkage.convention import CONVENTION, Convention
from touchstone.calc.linkage.lag_choice import lag_of
from touchstone.calc.linkage.measures import Intervals, net_of, total_of
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, several
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling, basic_span
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.spillover_statement import choices, drawing, told_change
from touchstone.calc.linkage.statement import Statement, sample_of
from touchstone.calc.linkage.unfit import long_enough
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The table now and `back` periods ago, and what moved.

    Attributes:
        before, now: the tables of the two windows, each with its own intervals.
        difference: total and net, now less before, in points; the intervals are those of the change.
    """

    before: Connectedness
    now: Connectedness
    difference: Intervals
    statement: Statement

    @property
    def beyond_chance(self) -> bool:
        """Whether an unchanging linkage would rarely show such a change of the total."""
        return not self.difference.total.low <= 0 <= self.difference.total.high


def spillover_change(
    given: Panel,
    convention: Convention = CONVENTION,
    window: int = 200,
    back: int = 5,
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> Change:
    """What changed between the last window of a panel and the window `back` periods earlier.

    Args:
        back: periods between the two windows; a week is 5 of trading days and 1 of weeks.

    Raises:
        UnusableSeries: the panel is shorter than a window and `back` periods, or as `spillover` for a window.
    """
    several(given)
    at_least("window", window, 1)
    at_least("back", back, 1)
    checked_level(level)
    lag = lag_of(given, convention.lag)
    rows = convention.rows(window, lag)
    purpose = Text(f"相隔{back}期的两个窗口", f"two windows {back} periods apart")
    long_enough(given.names, len(given), rows + back, purpose)
    both = given.between(len(given) - rows - back, len(given))
    fixed = replace(convention, lag=lag)
    before = spillover(both.between(0, rows), fixed, resampling, level)
    now = spillover(both.between(back, len(both)), fixed, resampling, level)
    then, later = resampled_tables(both, lag, convention, resampling, slice(0, rows), slice(back, None))
    difference = moved(now.table, before.table, later, then, level)
    statement = Statement(
        "spillover.change",
        sample_of(both),
        (
            *choices(convention, lag), ("window", str(window)), ("rows_in_window", str(rows)), ("back", str(back)),
            *drawing(resampling, level, len(both) - lag),
        ),
        assumptions("spillover.change", f"spillover.{convention.decomposition}"),
        told_change(given.names, both.periods[rows - 1], both.periods[-1], difference),
    )  # fmt: skip
    return Change(before, now, difference, statement)


def moved(
    now: "NDArray[np.float64]", before: "NDArray[np.float64]", later: "NDArray[np.float64]", then: "NDArray[np.float64]",
    level: float,
) -> Intervals:  # fmt: skip
    """How total and net moved between two tables, with intervals from pairs of tables (B, N, N) of paths on which nothing
    changed; `then` may be one table, where all paths begin at it."""
    net, by_chance = net_of(now) - net_of(before), net_of(later) - net_of(then)
    total, total_by_chance = total_of(now) - total_of(before), total_of(later) - total_of(then)
    return Intervals(
        basic_span(total, total + total_by_chance, level),
        tuple(basic_span(p, p + drawn, level) for p, drawn in zip(net, by_chance.T, strict=True)),
    )
