"""The words of spillover results: choices, assumptions, and who transmits, in both languages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from touchstone.calc.linkage.convention import Convention, Forgetting
from touchstone.calc.linkage.lag_choice import lag_choices
from touchstone.calc.linkage.measures import Intervals, TableIntervals, net_of, total_of
from touchstone.calc.linkage.statement import Parameters, Span
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from touchstone.calc.linkage.resampling import Resampling

_CUT = Text(
    "净溢出的区间超出可能范围的部分已截去。",
    " Intervals of a net are cut off where no net can lie.",
)
_LEVEL = 0.05
"""A net below this is written as zero: nobody transmits."""


def choices(convention: Convention, lag: int) -> Parameters:
    """The convention as names and values; a lag that was searched for says how."""
    return (
        *lag_choices(lag, convention.lag),
        ("horizon", str(convention.horizon)),
        ("decomposition", convention.decomposition),
        ("normalisation", convention.normalisation),
        ("divisor", convention.divisor),
        ("explosive", convention.explosive),
    )


def forgetting_choices(how: Forgetting, prior_rows: int, held: int) -> Parameters:
    """The choices of a time-varying VAR, and in how many periods it would have exploded."""
    return (
        ("kappa1", str(how.kappa1)),
        ("kappa2", str(how.kappa2)),
        ("prior", how.prior),
        ("prior_rows", str(prior_rows)),
        ("prior_variance", how.prior_variance if how.prior == "ols" else "diagonal"),
        *((("tightness", str(how.tightness)),) if how.prior == "minnesota" else ()),
        ("centring", how.centring),
        ("covariance", how.covariance),
        ("explosive_periods_held", str(held)),
    )


def drawing(how: "Resampling", level: float, residuals: int = 0) -> Parameters:
    """How an interval was drawn: from so many residuals of a VAR, or from a filter where there are none."""
    if not residuals:
        return (
            ("interval", "spillover.filtered"), ("resamples", str(how.resamples)), ("seed", str(how.seed)), ("level", str(level)),
        )  # fmt: skip
    return (
        ("interval", "spillover.bootstrap"),
        *how.choices(residuals, circular=False),
        ("level", str(level)),
    )


def moment(period: str) -> Text:
    """A table of one period."""
    return Text(period, period)


def told(
    names: Sequence[str], table: "NDArray[np.float64]", when: Text, intervals: TableIntervals | None = None
) -> Text:
    """Total, and who transmits and receives most, in one sentence; another where an interval had to be cut off."""
    span = intervals.total if intervals else None
    total, count = float(total_of(table)), len(names)
    who = _who(names, net_of(table), intervals)
    cut = _CUT if intervals and intervals.cut else Text("", "")
    return Text(
        f"{when.zh}：{count}个序列的预测误差方差中有{total:.1f}%来自彼此的冲击{_spread(span).zh}；{who.zh}。{cut.zh}",
        f"{when.en}: {total:.1f} % of the forecast error variance of {count} series comes from each other's shocks"
        f"{_spread(span).en}; {who.en}.{cut.en}",
    )


def told_over(
    names: Sequence[str],
    periods: Sequence[str],
    tables: "NDArray[np.float64]",
    absent: int,
    intervals: TableIntervals | None,
) -> Text:
    """Where the total stands now, between what it has moved, and how many periods have no table."""
    totals = total_of(tables)
    now = told(names, tables[-1], moment(periods[-1]), intervals)
    low, high = int(totals.argmin()), int(totals.argmax())
    zh = (
        f"{now.zh}{len(periods)}期中总溢出指数最低{totals[low]:.1f}%（{periods[low]}），"
        f"最高{totals[high]:.1f}%（{periods[high]}）。"
    )
    en = (
        f"{now.en} Over {len(periods):,} periods the total was lowest at {totals[low]:.1f} % ({periods[low]}) "
        f"and highest at {totals[high]:.1f} % ({periods[high]})."
    )
    if absent:
        zh += f"另有{absent}期未能计算，原因逐期列出。"
        en += f" {absent:,} more could not be computed; each has its reason."
    return Text(zh, en)


def told_change(names: Sequence[str], before: str, now: str, difference: Intervals) -> Text:
    """By how much the total moved, whether chance alone could have done it, and whose net moved most."""
    span = difference.total
    up, low, high, level = points(span.point), points(span.low), points(span.high), f"{100 * span.level:.0f}"
    chance = span.low <= 0 <= span.high
    most = max(range(len(names)), key=lambda i: abs(difference.net[i].point))
    net = points(difference.net[most].point)
    return Text(
        f"{before}至{now}，总溢出指数变动{up}个百分点（{level}%区间{low}至{high}），"
        f"{'未超出偶然波动' if chance else '超出偶然波动'}；净溢出变动最大的是{names[most]}（{net}个百分点）。",
        f"From {before} to {now} the total moved by {up} points ({level} % interval {low} to {high}), "
        f"{'no more than chance alone would' if chance else 'more than chance alone would'}; the net of {names[most]} "
        f"moved most ({net} points).",
    )


def told_alert(
    period: str, total: float, threshold: float, quantile: float, history: int, since: str | None
) -> Text:
    """Whether the total stands above the quantile of its past, and since when."""
    level = f"{100 * quantile:g}"
    where = Text("高于" if since else "未超过", "above" if since else "not above")
    end = Text(f"发出预警，始于{since}", f"alert, since {since}") if since else Text("不预警", "no alert")
    return Text(
        f"{period}总溢出指数{total:.1f}%，{where.zh}自身历史{level}%分位数{threshold:.1f}%（此前{history}期）：{end.zh}。",
        f"{period}: total connectedness of {total:.1f} % is {where.en} the {level} % quantile of its own history, "
        f"{threshold:.1f} % ({history:,} periods before): {end.en}.",
    )


def _who(names: Sequence[str], net: "NDArray[np.float64]", intervals: Intervals | None) -> Text:
    """Who transmits and who receives most; where the interval of a net holds zero, that it cannot be told."""
    most, least = int(net.argmax()), int(net.argmin())
    if net[most] < _LEVEL:
        return Text("没有净溢出的序列", "no series transmits more than it receives")
    up, down = points(net[most]), points(net[least])
    if intervals is None:
        return Text(
            f"净溢出最多的是{names[most]}（{up}个百分点），净接受最多的是{names[least]}（{down}个百分点）",
            f"{names[most]} transmits most (net {up} points), {names[least]} receives most (net {down} points)",
        )
    giver, taker = intervals.net[most], intervals.net[least]
    if giver.low <= 0 <= taker.high:
        return Text(
            f"各序列谁净传导、谁净接受不能定论（点估计最高的是{names[most]}，{up}，区间{_ends(giver).zh}）",
            f"who transmits on balance cannot be told (the highest estimate is {names[most]}, {up}, interval {_ends(giver).en})",
        )
    return Text(
        f"净溢出最多的是{names[most]}（{up}个百分点，区间{_ends(giver).zh}），"
        f"净接受最多的是{names[least]}（{down}个百分点，区间{_ends(taker).zh}）",
        f"{names[most]} transmits most (net {up} points, interval {_ends(giver).en}), "
        f"{names[least]} receives most (net {down} points, interval {_ends(taker).en})",
    )


def _ends(span: Span) -> Text:
    low, high = points(span.low), points(span.high)
    return Text(f"{low}至{high}", f"{low} to {high}")


def _spread(span: Span | None) -> Text:
    """The interval behind a total, and the warning where the estimate lies beyond it."""
    if span is None:
        return Text("", "")
    low, high, level = span.low, span.high, 100 * span.level
    zh, en = f"{level:.0f}%区间{low:.1f}%至{high:.1f}%", f"{level:.0f} % interval {low:.1f} to {high:.1f} %"
    if span.point > span.high:
        zh += "，估计值高于区间：样本短而序列多时总溢出会被高估"
        en += (
            "; the figure lies above it, because a sample this short for so many series overstates the total"
        )
    return Text(f"（{zh}）", f" ({en})")


def points(value: float) -> str:
    """A difference with its sign: `+5.1`, `−0.5`, `0.0`.

    >>> points(5.13), points(-0.04), points(-1.26)
    ('+5.1', '0.0', '−1.3')
    """
    rounded = round(float(value), 1) + 0.0
    return "0.0" if rounded == 0 else f"{rounded:+.1f}".replace("-", "−")
