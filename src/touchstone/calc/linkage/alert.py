"""Alert when total connectedness passes a quantile of its own history, looking at nothing later.

Source: "spillover.alert" in data/methods/spillover.toml.
"""

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least, refused
from touchstone.calc.linkage.connectedness import RollingConnectedness
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.spillover_statement import told_alert
from touchstone.calc.linkage.statement import Statement
from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class TotalAlert:
    """The total of each period beside the threshold that its own past set.

    Attributes:
        periods: M periods that have enough history.
        totals: (M,) percent.
        thresholds: (M,) percent, the quantile of the totals before each period.
        quantile: of the history, such as 0.95.
        statement: says whether the last period raises the alert, and since when.
    """

    periods: tuple[str, ...]
    totals: "NDArray[np.float64]"
    thresholds: "NDArray[np.float64]"
    quantile: float
    statement: Statement

    @property
    def raised(self) -> "NDArray[np.bool_]":
        """(M,) whether a period's total lies above its threshold."""
        return self.totals > self.thresholds

    @property
    def now(self) -> bool:
        """Whether the last period raises the alert."""
        return bool(self.raised[-1])


def total_alert(rolling: RollingConnectedness, quantile: float = 0.95, minimum: int = 100) -> TotalAlert:
    """Compare the total of each period with the quantile of all totals before it.

    Args:
        minimum: periods of history before the first comparison. Only periods that rest on nothing later count
            (`RollingConnectedness.real_time_from`).

    Raises:
        UnusableSeries: no period rests on its past alone, or there are no more than `minimum`.
    """
    import numpy as np

    if not 0 < quantile < 1:
        raise refused("quantile", quantile, "must lie between 0 and 1", "应在0与1之间")
    at_least("minimum", minimum, 1)
    start = _first(rolling)
    totals, periods = rolling.total[start:], rolling.periods[start:]
    if len(totals) <= minimum:
        raise _too_young(rolling, len(totals), minimum)
    thresholds = _thresholds(totals, quantile, minimum)
    now, held = totals[minimum:], periods[minimum:]
    calm = np.flatnonzero(~(now > thresholds))
    since = held[int(calm[-1]) + 1 if len(calm) else 0] if now[-1] > thresholds[-1] else None
    statement = Statement(
        "spillover.alert",
        rolling.statement.sample,
        (*rolling.statement.parameters, ("quantile", str(quantile)), ("minimum_history", str(minimum))),
        (*assumptions("spillover.alert"), *rolling.statement.assumptions),
        told_alert(held[-1], float(now[-1]), float(thresholds[-1]), quantile, len(totals) - 1, since),
    )
    return TotalAlert(held, now, thresholds, quantile, statement)


def _thresholds(totals: "NDArray[np.float64]", quantile: float, minimum: int) -> "NDArray[np.float64]":
    """Quantile of all values before each place, from the place that has `minimum` of them before it."""
    import numpy as np

    past, found = sorted(totals[:minimum].tolist()), []
    for value in totals[minimum:].tolist():
        below, part = divmod(quantile * (len(past) - 1), 1)
        low, high = past[int(below)], past[min(int(below) + 1, len(past) - 1)]
        found.append(low + part * (high - low))
        insort(past, value)
    return np.array(found)


def _first(rolling: RollingConnectedness) -> int:
    if rolling.real_time_from is not None:
        return rolling.periods.index(rolling.real_time_from)
    raise UnusableSeries(
        "LINK-106", ", ".join(rolling.names), "totals that all rest on later data (a lag, mean or prior from the whole sample)",
        "totals that could be known in their period", "no alert was computed",
        "state the lag as a number, and take windows, or a prior and a mean of the first rows (centring=\"prior\", prior_window)",
        zh=("全部指数都用到了后来的数据（滞后阶数、均值或先验取自全样本）", "当期即可得到的指数", "没有计算预警", "直接给定滞后阶数，并改用滚动窗口，或只用最初若干行确定均值与先验（centring=\"prior\"并设prior_window）"),
    )  # fmt: skip


def _too_young(rolling: RollingConnectedness, found: int, minimum: int) -> UnusableSeries:
    return UnusableSeries(
        "LINK-107", ", ".join(rolling.names), f"{found} periods with a total", f"more than {minimum} periods of history",
        "no alert was computed", "wait for more history, or lower the minimum and say so",
        zh=(f"有指数的时期{found}个", f"历史多于{minimum}期", "没有计算预警", "等待更长历史，或降低最短历史并予以说明"),
    )  # fmt: skip
