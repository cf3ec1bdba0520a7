"""A panel: several series over the same periods, checked once so that no method meets a gap or a constant.

What cannot carry a calculation is refused here by name. Nothing is filled, dropped or clipped silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import among
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
        among(("series", "序列"), names, self.names)
        return Panel(tuple(names), self.periods, self.values[:, [self.names.index(name) for name in names]])

    def between(self, start: int, end: int) -> "Panel":
        """Rows from `start` up to, not including, `end`."""
        return Panel(self.names, self.periods[start:end], self.values[start:end])


def panel(names: Sequence[str], periods: Sequence[str], values: "NDArray[np.float64]") -> Panel:
    """Check and build a panel.

    Args:
        values: (T, N) numbers in the order of `periods` and `names`.

    Raises:
        UnusableSeries: values that are no numbers or of another shape, a name or a period that repeats, periods that go
            back or are no text, a value that is missing or infinite, a series that is constant, or a combination of others.
            The message names the series and the period.
    """
    array = _numbers(names, periods, values)
    _each_once(names)
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
        "nothing was computed", "add the series that it may move with",
        zh=(f"{len(given.names)}个序列", "两个或更多序列", "没有计算", "加入可能与之联动的序列"),
    )  # fmt: skip


def _numbers(names: Sequence[str], periods: Sequence[str], values: object) -> "NDArray[np.float64]":
    """The values as an array of one row a period and one column a series."""
    import numpy as np

    due = f"({len(periods)}, {len(names)})"
    try:
        array = np.ascontiguousarray(values, dtype=np.float64)
        found, found_zh = f"shape {array.shape}", f"形状为{array.shape}"
    except (TypeError, ValueError) as error:
        array, found, found_zh = np.empty(0), f"values that are no numbers ({error})", f"不是数值（{error}）"
    if array.shape == (len(periods), len(names)):
        return array
    raise UnusableSeries(
        "LINK-013", ", ".join(map(str, names)), found, f"numbers of shape {due}: a row for each period, a column for each series",
        "no panel was built", "give one number for each period and series; transpose the table if its rows are series",
        zh=(found_zh, f"形状为{due}的数值：每期一行，每个序列一列", "没有建立数据面板", "每期每个序列给一个数值；若按行存放序列，请转置"),
    )  # fmt: skip


def _each_once(names: Sequence[str]) -> None:
    if twice := [name for name in dict.fromkeys(names) if list(names).count(name) > 1]:
        raise UnusableSeries(
            "LINK-014", ", ".join(map(str, twice)), "a series named more than once", "each series once",
            "no panel was built", "give each series a name of its own, and ask about two different ones",
            zh=("同名序列不止一个", "每个序列只出现一次", "没有建立数据面板", "为每个序列取不同名称，并选两个不同的序列"),
        )  # fmt: skip


def _in_order(periods: Sequence[str]) -> None:
    for period in periods:
        if not isinstance(period, str):
            raise UnusableSeries(
                "LINK-015", str(period), f"a period that is no text ({type(period).__name__})", "period codes, which are text",
                "no panel was built", "write periods as 2020-10-09, 2020-10 or 2020; number rows as 0001, 0002",
                zh=(f"时期不是文本（{type(period).__name__}）", "时期代码，即文本", "没有建立数据面板", "时期写作2020-10-09、2020-10或2020；行号写作0001、0002"),
            )  # fmt: skip
    for before, after in pairwise(periods):
        if before < after:
            continue
        raise UnusableSeries(
            "LINK-001", after, f"{after} behind {before}", "each period once, in ascending order; periods are compared as text",
            "no panel was built", "sort the periods, and keep one value of each; write 2020-01-09 and not 2020-1-9, row numbers as 0009, 0010",
            zh=(f"{after}排在{before}之后", "每个时期一次，由早到晚；时期按文本比较", "没有建立数据面板",
                "按时期排序，每期只留一个值；写作2020-01-09而不是2020-1-9，行号写作0009、0010"),
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
    """Refuse what stands still, and what is so small that its digits are lost."""
    import numpy as np

    least = np.finfo(np.float64).tiny
    still = [
        name
        for name, column in zip(names, values.T, strict=True)
        if (column == column[:1]).all() or np.abs(column).max() < least
    ]
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
