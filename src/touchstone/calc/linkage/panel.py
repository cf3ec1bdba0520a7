"""A panel: several series over the same periods, checked once so that no method meets a gap or a constant.

What cannot carry a calculation is refused here by name. Nothing is filled, dropped or clipped silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from touchstone.calc.linkage.unfit import constant, dependent, determined, flagged
from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
    _moving(names, periods, array)
    _independent(names, periods, array)
    return Panel(tuple(names), tuple(periods), array)


def checked(given: Panel, *names: str) -> Panel:
    """The panel of these series, checked anew: a part of a good panel may be constant, and one may be built unchecked.

    Raises:
        UnusableSeries: see `panel`.
    """
    part = given.chosen(names) if names else given
    return panel(part.names, part.periods, part.values)


def several(given: Panel) -> None:
    """Let pass a panel, checked anew, of two series or more: one alone has nothing to be linked with.

    Raises:
        UnusableSeries: there are fewer, or see `panel`.
    """
    if len(checked(given).names) > 1:
        return
    raise UnusableSeries(
        "LINK-104", ", ".join(given.names), f"{len(given.names)} series", "two series or more",
        "no spillover table was computed", "add the series that it may move with",
        zh=(f"{len(given.names)}个序列", "两个或更多序列", "没有计算溢出表", "加入可能与之联动的序列"),
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


def _moving(names: Sequence[str], periods: Sequence[str], values: "NDArray[np.float64]") -> None:
    still = [name for name, column in zip(names, values.T, strict=True) if (column == column[:1]).all()]
    if still:
        raise constant(still, periods)


def _independent(names: Sequence[str], periods: Sequence[str], values: "NDArray[np.float64]") -> None:
    """Refuse series that the ones before them determine. Each is first divided by its largest value: squares of tiny
    prices would be nothing."""
    import numpy as np

    unit = values / np.abs(values).max(axis=0)
    unit -= unit.mean(axis=0)
    repeated = determined(unit, np.asarray(np.linalg.qr(unit, mode="r")))
    if repeated.any():
        raise dependent(flagged(names, repeated), periods)
