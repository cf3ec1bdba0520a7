"""Spillover in every window of a panel, all windows at once.

Sources: "spillover.generalised" and "spillover.cholesky" in data/methods/spillover.toml. How windows share their
sums: window.py.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least, checked_level
from touchstone.calc.linkage.autoregression import explosive
from touchstone.calc.linkage.batch import Absent
from touchstone.calc.linkage.connectedness import RollingConnectedness
from touchstone.calc.linkage.convention import CONVENTION, Convention
from touchstone.calc.linkage.decomposition import tables
from touchstone.calc.linkage.lag_choice import lag_of
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, several
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.spillover_statement import choices, drawing, told_over
from touchstone.calc.linkage.statement import Statement, sample_of
from touchstone.calc.linkage.unfit import long_enough, unstable
from touchstone.calc.linkage.var import rows_needed, solved
from touchstone.calc.linkage.window import Stretch, stretches
from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def rolling_spillover(
    given: Panel,
    convention: Convention = CONVENTION,
    window: int = 200,
    resampling: Resampling | None = None,
    level: float = 0.95,
) -> RollingConnectedness:
    """The spillover table of every window.

    Args:
        window: rows of a window, lags included (`Convention.reduced` takes the lags off).
        resampling: how the intervals of the last window are drawn; None draws none.

    Returns:
        One table for each window that can be computed; the others stand in `absent` with their reason: a series
        that does not move in that window, or that others determine there, or a VAR that explodes.

    Raises:
        UnusableSeries: fewer than two series, a panel shorter than a window, a window too short for so many series and
            lags, or no window at all that can be computed.
    """
    several(given)
    at_least("window", window, 1)
    checked_level(level)
    lag = lag_of(given, convention.lag)
    rows = convention.rows(window, lag)
    _room(given, rows, lag)
    stacked, absent = _all_windows(given, lag, rows, convention)
    without = {period for each in absent for period in each.what}
    periods = tuple(period for period in given.periods[rows - 1 :] if period not in without)
    intervals, drawn = None, ()
    if resampling:
        end = given.periods.index(periods[-1]) + 1
        fixed = replace(convention, lag=lag)
        intervals = spillover(given.between(end - rows, end), fixed, resampling, level).intervals
        drawn = drawing(resampling, level, rows - lag) if intervals else ()
    method = f"spillover.{convention.decomposition}"
    statement = Statement(
        method,
        sample_of(given),
        (*choices(convention, lag), ("window", str(window)), ("rows_in_window", str(rows)), *drawn),
        assumptions(method),
        told_over(given.names, periods, stacked, len(absent), intervals),
    )
    known_then = periods[0] if convention.lag == lag else None
    return RollingConnectedness(given.names, periods, stacked, absent, statement, known_then, intervals)


def _room(given: Panel, rows: int, lag: int) -> None:
    """Refuse a window too short for its VAR, or a panel shorter than one window."""
    needed = rows_needed(len(given.names), lag)
    if rows < needed:
        raise UnusableSeries(
            "LINK-105", ", ".join(given.names), f"a window of {rows} rows",
            f"at least {needed} rows for {len(given.names)} series with {lag} lags", "no window was computed",
            "take a longer window, fewer series or fewer lags",
            zh=(f"窗口{rows}行", f"{len(given.names)}个序列、滞后{lag}阶至少需要{needed}行", "没有计算任何窗口", "加长窗口，减少序列或滞后阶数"),
        )  # fmt: skip
    long_enough(given.names, len(given), rows, Text(f"一个{rows}行的窗口", f"one window of {rows} rows"))


def _all_windows(
    given: Panel, lag: int, rows: int, convention: Convention
) -> tuple["NDArray[np.float64]", tuple[Absent, ...]]:
    """The tables there are, and the windows that have none. Raises UnusableSeries: no window has one."""
    import numpy as np

    found, absent = [], []
    for stretch in stretches(given, lag, rows):
        computed, refused = _computed(given, stretch, convention, rows)
        found.append(computed)
        for place, why in sorted(refused.items()):
            absent.append(Absent((given.periods[stretch.first + place + rows - 1],), why))
    stacked = np.concatenate(found)
    if not len(stacked):
        raise absent[0].why
    return stacked, tuple(absent)


def _computed(
    given: Panel, stretch: Stretch, convention: Convention, rows: int
) -> tuple["NDArray[np.float64]", dict[int, UnusableSeries]]:
    """Tables of the windows of a stretch that have one, and why the others have none."""
    import numpy as np

    dynamics = solved(stretch.triangles, len(given.names))
    refused = dict(stretch.refused)
    if convention.explosive == "refuse":
        for place in map(int, np.flatnonzero(explosive(dynamics.coefficients))):
            start = stretch.first + place
            refused.setdefault(place, unstable(given.names, given.periods[start : start + rows]))
    kept = [place for place in range(len(stretch.triangles)) if place not in refused]
    return tables(dynamics.among(kept) if refused else dynamics, convention), refused
