"""Series that cannot carry a calculation: what several methods refuse, each cause once and by one code."""

from collections.abc import Sequence
from decimal import Decimal

from touchstone.errors import UnusableSeries

_SHOWN = 6


def two_values(key: str, period: str, one: Decimal, other: Decimal) -> UnusableSeries:
    """The refusal of a series of which one publication gives two values for a period."""
    return UnusableSeries(
        "SERIES-001", f"{key} {period}", f"{one} and {other} in one publication", "one value a period",
        "the series was not used", "remove the repeated row, or correct the period of one of the two",
        zh=(f"同一份资料中有{one}和{other}两个数值", "每期一个数值", "没有采用这一序列", "删去重复行，或改正其中一个的时期"),
    )  # fmt: skip


def gaps(key: str, periods: Sequence[str]) -> UnusableSeries:
    """The refusal of a series with periods that nobody published."""
    some = ", ".join(periods[:_SHOWN]) + (f" … ({len(periods)})" if len(periods) > _SHOWN else "")
    return UnusableSeries(
        "SERIES-002", f"{key} {periods[0]}", f"no value in {some}", "a value in every period of the sample",
        "this was not computed; nothing was filled", "supply the periods, or start the sample behind the last of them",
        zh=(f"以下时期没有数值：{some}", "样本内每期都有数值", "没有计算，也没有填补", "补充这些时期的数值，或把样本起点放在其后"),
    )  # fmt: skip


def too_short(key: str, there: int, needed: int, purpose_zh: str, purpose_en: str) -> UnusableSeries:
    """The refusal of a series with too few values for a purpose."""
    return UnusableSeries(
        "SERIES-003", key, f"{there} values", f"at least {needed} for {purpose_en}",
        "this was not computed", "supply a longer history, or leave the series out of the recipe",
        zh=(f"只有{there}个数值", f"{purpose_zh}至少需要{needed}个", "没有计算这一项", "补充更长的历史，或从方案中去掉这一序列"),
    )  # fmt: skip


def constant(key: str, periods: Sequence[str]) -> UnusableSeries:
    """The refusal of a series that never moves."""
    return UnusableSeries(
        "SERIES-004", f"{key} {periods[0]}..{periods[-1]}", "the same value in every period", "a series that moves",
        "the series was not used", "look whether a value was carried forward by hand; else leave the series out of the recipe",
        zh=("各期数值完全相同", "有变动的序列", "没有采用这一序列", "检查是否人为沿用了旧值；否则从方案中去掉这一序列"),
    )  # fmt: skip


def negative(key: str, period: str, value: float, zero: bool) -> UnusableSeries:
    """The refusal of a value that what is measured cannot have."""
    least, zh = ("zero or more", "不小于零") if zero else ("more than zero", "大于零")
    return UnusableSeries(
        "SERIES-005", f"{key} {period}", f"{value:g}", least, "the series was not used",
        "correct the sign or the figure in the source; a difference or balance belongs under another measure",
        zh=(f"{value:g}", zh, "没有采用这一序列", "改正来源中的符号或数值；差额类数据应归入另一指标"),
    )  # fmt: skip


def not_finite(key: str, period: str, value: float) -> UnusableSeries:
    """The refusal of a value that is no number anybody can have measured."""
    return UnusableSeries(
        "SERIES-007", f"{key} {period}", f"{value:g}", "a finite number", "the series was not used",
        "correct the figure in the source, or look where it was divided by zero",
        zh=(f"{value:g}", "有限的数值", "没有采用这一序列", "改正来源中的数值，或查找何处除以了零"),
    )  # fmt: skip


def two_units(key: str, period: str, units: Sequence[str]) -> UnusableSeries:
    """The refusal of facts that are printed in several units, or with several base years, as one series."""
    return UnusableSeries(
        "SERIES-006", f"{key} {period}", f"units {', '.join(units)}", "one unit, and one base year, throughout",
        "the series was not used", "import each unit or base year as a series of its own, and link them by a declared factor",
        zh=(f"单位有{'、'.join(units)}", "始终同一单位、同一基期", "没有采用这一序列", "把不同单位或基期分列为不同序列，并按声明的系数衔接"),
    )  # fmt: skip
