"""Samples that cannot carry a calculation: what more than one method refuses, each cause once and by one code.

A refusal names the series and, where the caller has them, the first and last period of the sample.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLLINEAR = 1e-10
"""Smallest part of a column, of its own length, that the columns before it may leave over."""
HALF_THE_DIGITS = 1e-7
"""The same where squares of what is left over are formed: those of less are lost."""


def long_enough(names: Sequence[str], rows: int, needed: int, purpose: Text) -> None:
    """Let pass a sample of at least `needed` rows; the purpose stands behind "at least n for".

    Raises:
        UnusableSeries: it is shorter.
    """
    rows = max(rows, 0)
    if rows >= needed:
        return
    raise UnusableSeries(
        "LINK-005", ", ".join(names), f"{rows} usable periods", f"at least {needed} for {purpose.en}",
        "this result was not computed", "take a longer sample, fewer series, fewer lags or a shorter window",
        zh=(f"可用时期{rows}个", f"{purpose.zh}至少需要{needed}个", "没有计算这一项", "加长样本、减少序列、减少滞后阶数或缩短窗口"),
    )  # fmt: skip


def determined(
    columns: "NDArray[np.float64]", corner: "NDArray[np.float64]", least: float = COLLINEAR
) -> "NDArray[np.bool_]":
    """Which columns, (T, k), the ones before them determine: (k,).

    Args:
        corner: the triangle of their orthogonal decomposition, or of what regressors leave of them; with fewer than k
            rows where T is less.
        least: part of a column, of its own length, that must be left over.
    """
    import numpy as np

    left, own = np.zeros(columns.shape[1]), np.abs(np.diagonal(corner))
    left[: len(own)] = own
    return left <= least * np.sqrt((columns**2).sum(axis=0))


def flagged(names: Sequence[str], columns: "NDArray[np.bool_]") -> list[str]:
    """The series that flagged columns belong to, each once; columns are the series over and over, lag by lag."""
    import numpy as np

    return [names[i] for i in dict.fromkeys((np.flatnonzero(columns) % len(names)).tolist())]


def constant(names: Sequence[str], periods: Sequence[str]) -> UnusableSeries:
    """The refusal of series that do not move in a sample."""
    return UnusableSeries(
        "LINK-003", _where(names, periods), "the same value in every period, or in all but those that serve as lags",
        "series that move in every sample that is fitted", "this sample was not used",
        "take a longer sample or window, or leave the series out while it is only carried over",
        zh=("各期数值完全相同，或只在充当滞后项的几行里变动", "每个拟合样本中序列都有变动", "没有采用这一样本", "加长样本或窗口，或在价格只是沿用期间去掉这一序列"),
    )  # fmt: skip


def dependent(names: Sequence[str], periods: Sequence[str] = ()) -> UnusableSeries:
    """The refusal of series that other series, or the lags, determine in a sample."""
    return UnusableSeries(
        "LINK-004", _where(names, periods), "a combination of the other series or of lags",
        "series and lags none of which the others determine", "this sample was not used",
        "leave out the series that repeats another (a price converted from it, a sum), or take a sample in which both move",
        zh=("是其他序列或滞后项的线性组合", "各序列和滞后项互不决定", "没有采用这一样本", "去掉与其他序列重复的序列（由其换算的价格、合计），或换一段各序列都有变动的样本"),
    )  # fmt: skip


def unstable(names: Sequence[str], periods: Sequence[str]) -> UnusableSeries:
    """The refusal of a sample whose vector autoregression explodes."""
    return UnusableSeries(
        "LINK-103", _where(names, periods), "a vector autoregression with a root outside the unit circle",
        "a stable one: its forecast error variance has a limit", "no shares were computed for this sample",
        "use returns or log differences, a longer window or fewer lags; explosive=\"keep\" computes them all the same",
        zh=("向量自回归有单位圆外的根", "平稳的向量自回归：其预测误差方差有极限", "没有计算这一样本的分解", "改用收益率或对数差分，加长窗口或减少滞后阶数；如仍要计算，设explosive=\"keep\""),
    )  # fmt: skip


def out_of_range(names: Sequence[str], period: str) -> UnusableSeries:
    """The refusal of an observation that leaves a filter no digits."""
    return UnusableSeries(
        "LINK-108", f"{', '.join(names)} {period}", "an observation out of all proportion to those before it",
        "observations of one order of magnitude", "no table was computed",
        "look for a wrong unit or decimal point there, or use returns instead of levels that explode",
        zh=("该期观测值与此前的数量级完全不同", "各期观测值数量级相当", "没有计算关联度", "检查该处单位或小数点是否有误，或以收益率代替爆炸增长的水平值"),
    )  # fmt: skip


def undrawable(names: Sequence[str]) -> UnusableSeries:
    """The refusal of a sample whose draws cannot be estimated: in some of them a price stands still."""
    return UnusableSeries(
        "LINK-210", ", ".join(names), "drawn samples in which a price stands still",
        "a sample that moves often enough to be drawn from", "no interval was computed, and so no result is given",
        "take a longer sample, a lower frequency, or leave out the price that hardly moves",
        zh=("重抽样本中有价格没有变动", "变动足够频繁、可以重抽样的样本", "没有计算区间，因此不给出结果", "加长样本、降低频率，或去掉几乎不动的价格"),
    )  # fmt: skip


def _where(names: Sequence[str], periods: Sequence[str]) -> str:
    return " ".join([", ".join(names), *([f"{periods[0]}..{periods[-1]}"] if periods else [])])
