"""A panel: several series over the same periods, checked once so that no method meets a gap or a constant.

What cannot carry a calculation is refused here by name. Nothing is filled, dropped or clipped silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLLINEAR = 1e-10
"""Smallest share of the largest singular value of the standardised panel that still counts as rank."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Series side by side.

    Attributes:
        names: N series, in the order of the columns (it matters for a Cholesky ordering).
        periods: T period codes, ascending and without repetition.
        values: (T, N) float64, finite; in logs, returns or levels, as the caller says.
    """

    names: tuple[str, ...]
    periods: tuple[str, ...]
    values: "NDArray[np.float64]"

    def __len__(self) -> int:
        return len(self.periods)

    def chosen(self, names: Sequence[str]) -> "Panel":
        """The panel of some of its series, in the order asked for. Raises ValueError: no such series."""
        return Panel(tuple(names), self.periods, self.values[:, [self.names.index(name) for name in names]])

    def between(self, start: int, end: int) -> "Panel":
        """Rows from `start` up to, not including, `end`."""
        return Panel(self.names, self.periods[start:end], self.values[start:end])


def panel(names: Sequence[str], periods: Sequence[str], values: "NDArray[np.float64]") -> Panel:
    """Check and build a panel.

    Args:
        values: (T, N) numbers in the order of `periods` and `names`.

    Raises:
        UnusableSeries: a value is missing or infinite, a period repeats or goes back, a series is constant,
            or one series is a combination of others. The message names the series and the period.
    """
    import numpy as np

    array = np.ascontiguousarray(values, dtype=np.float64)
    if array.shape != (len(periods), len(names)):
        raise ValueError(f"values have shape {array.shape}, expected {(len(periods), len(names))}")
    _in_order(periods)
    _no_gaps(names, periods, array)
    _moving(names, array)
    _independent(names, array)
    return Panel(tuple(names), tuple(periods), array)


def long_enough(given: Panel, needed: int, purpose: str, zh: str) -> None:
    """Refuse a panel with fewer than `needed` rows for a purpose named in both languages.

    Raises:
        UnusableSeries: it is shorter.
    """
    if len(given) >= needed:
        return
    raise UnusableSeries(
        "LINK-005", ", ".join(given.names), f"{len(given)} common periods", f"at least {needed} for {purpose}",
        "this result was not computed", "take a longer sample, fewer series or a shorter window",
        zh=(f"共同时期{len(given)}个", f"{zh}至少需要{needed}个", "没有计算这一项", "加长样本、减少序列或缩短窗口"),
    )  # fmt: skip


def _in_order(periods: Sequence[str]) -> None:
    for before, after in pairwise(periods):
        if before < after:
            continue
        raise UnusableSeries(
            "LINK-001", after, f"{after} behind {before}", "each period once, in ascending order",
            "no panel was built", "sort the periods, and keep one value of each",
            zh=(f"{after}排在{before}之后", "每个时期一次，由早到晚", "没有建立数据面板", "按时期排序，每期只留一个值"),
        )  # fmt: skip


def _no_gaps(names: Sequence[str], periods: Sequence[str], values: "NDArray[np.float64]") -> None:
    import numpy as np

    for row, column in np.argwhere(~np.isfinite(values))[:1]:
        where = f"{names[column]} {periods[row]}"
        count = int((~np.isfinite(values)).sum())
        raise UnusableSeries(
            "LINK-002", where, f"no value here ({count} missing in all)", "a value in every period of the panel",
            "no panel was built; nothing was filled", "take the common periods, or leave the series out",
            zh=(f"此处没有数值（共缺{count}个）", "面板中每一期都有数值", "没有建立数据面板，也没有填补", "只取共同时期，或去掉这一序列"),
        )  # fmt: skip


def _moving(names: Sequence[str], values: "NDArray[np.float64]") -> None:
    for name, column in zip(names, values.T, strict=True):
        if len(column) and (column != column[0]).any():
            continue
        raise UnusableSeries(
            "LINK-003", name, "the same value in every period", "a series that moves",
            "no panel was built", "leave the series out, or take a sample in which it moves",
            zh=("各期数值完全相同", "有变动的序列", "没有建立数据面板", "去掉这一序列，或换一段有变动的样本"),
        )  # fmt: skip


def _independent(names: Sequence[str], values: "NDArray[np.float64]") -> None:
    """Name the first series that the ones before it already determine."""
    import numpy as np

    centred = values - values.mean(axis=0)
    scaled = centred / np.sqrt((centred**2).sum(axis=0))
    diagonal = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))
    for name, left in zip(names, diagonal, strict=False):
        if left > _COLLINEAR:
            continue
        raise UnusableSeries(
            "LINK-004", name, "a combination of the series before it", "series none of which determines another",
            "no panel was built", f"leave {name} out, or one of the series it repeats",
            zh=("是前面几个序列的线性组合", "各序列互不决定", "没有建立数据面板", f"去掉{name}，或去掉与它重复的序列"),
        )  # fmt: skip
