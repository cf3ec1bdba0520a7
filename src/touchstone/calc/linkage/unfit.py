"""Refusals of samples that cannot carry a vector autoregression: still, dependent or explosive series."""

from collections.abc import Sequence

from touchstone.calc.linkage.panel import Panel, long_enough, panel
from touchstone.errors import UnusableSeries


def constant(given: Panel, names: Sequence[str]) -> UnusableSeries:
    """The refusal of series that do not move in this sample."""
    return UnusableSeries(
        "LINK-101", _where(given, names), "no movement, or only in the rows that serve as lags",
        "series that move in every sample that is fitted", "this sample was not fitted",
        "take a longer sample or window, or leave the series out while it is only carried over",
        zh=("没有变动，或只在充当滞后项的几行里变动", "每个拟合样本中序列都有变动", "没有拟合这一样本", "加长样本或窗口，或在价格只是沿用期间去掉这一序列"),
    )  # fmt: skip


def dependent(given: Panel, names: Sequence[str]) -> UnusableSeries:
    """The refusal of series that the other series, or the lags, determine in this sample."""
    return UnusableSeries(
        "LINK-102", _where(given, names), "a combination of the other series or of their lags",
        "series none of which the others determine", "this sample was not fitted",
        f"leave out {', '.join(names)}, or what it repeats (a price converted from another one, a sum)",
        zh=("是其他序列或其滞后项的线性组合", "各序列互不决定", "没有拟合这一样本", f"去掉{'、'.join(names)}，或去掉与之重复的序列（由另一价格换算的价格、合计）"),
    )  # fmt: skip


def unstable(given: Panel) -> UnusableSeries:
    """The refusal of a sample whose vector autoregression explodes."""
    return UnusableSeries(
        "LINK-103", _where(given, given.names), "a vector autoregression with a root outside the unit circle",
        "a stable one: its forecast error variance has a limit", "no shares were computed for this sample",
        "use returns or log differences, a longer window or fewer lags; explosive=\"keep\" computes them all the same",
        zh=("向量自回归有单位圆外的根", "平稳的向量自回归：其预测误差方差有极限", "没有计算这一样本的分解", "改用收益率或对数差分，加长窗口或减少滞后阶数；如仍要计算，设explosive=\"keep\""),
    )  # fmt: skip


def _where(given: Panel, names: Sequence[str]) -> str:
    return f"{', '.join(names)} {given.periods[0]}..{given.periods[-1]}"


def out_of_range(given: Panel, row: int) -> UnusableSeries:
    """The refusal of an observation that leaves a filter no digits."""
    return UnusableSeries(
        "LINK-108", f"{', '.join(given.names)} {given.periods[row]}", "an observation out of all proportion to those before it",
        "observations of one order of magnitude", "no table was computed",
        "look for a wrong unit or decimal point there, or use returns instead of levels that explode",
        zh=("该期观测值与此前的数量级完全不同", "各期观测值数量级相当", "没有计算关联度", "检查该处单位或小数点是否有误，或以收益率代替爆炸增长的水平值"),
    )  # fmt: skip


def usable(given: Panel) -> None:
    """Refuse a panel of fewer than two series, or with gaps: nothing can spill over, and nothing is filled.

    Raises:
        UnusableSeries: there are fewer, or a value is missing.
    """
    import numpy as np

    if not np.isfinite(given.values).all():
        panel(given.names, given.periods, given.values)
    if len(given.names) > 1:
        return
    raise UnusableSeries(
        "LINK-104", ", ".join(given.names), f"{len(given.names)} series", "two series or more",
        "no spillover table was computed", "add the series that it may move with",
        zh=(f"{len(given.names)}个序列", "两个或更多序列", "没有计算溢出表", "加入可能与之联动的序列"),
    )  # fmt: skip


def enough_for_window(given: Panel, rows: int, needed: int, lag: int) -> None:
    """Refuse a window too short for its VAR, or a panel shorter than one window.

    Raises:
        UnusableSeries: the window has fewer than `needed` rows, or the panel fewer than `rows`.
    """
    if rows < needed:
        raise UnusableSeries(
            "LINK-105", ", ".join(given.names), f"a window of {rows} rows",
            f"at least {needed} rows for {len(given.names)} series with {lag} lags", "no window was computed",
            "take a longer window, fewer series or fewer lags",
            zh=(f"窗口{rows}行", f"{len(given.names)}个序列、滞后{lag}阶至少需要{needed}行", "没有计算任何窗口", "加长窗口，减少序列或滞后阶数"),
        )  # fmt: skip
    long_enough(given, rows, f"one window of {rows} rows", f"一个{rows}行的窗口")
