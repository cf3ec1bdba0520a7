"""What preparation refuses, each cause once and by one code."""

from collections.abc import Iterable
from decimal import Decimal

from touchstone.errors import UnusableSeries


def no_month_before(what: str, period: str, before: str) -> UnusableSeries:
    """The refusal of a month whose cumulative figure has none to be taken from."""
    return UnusableSeries(
        "PREP-001", f"{what} {period}", f"no cumulative figure to the end of {before} that counts", f"the cumulative figures to {before} and to {period}",
        "this month was not derived", f"supply the cumulative figure to {before}, or the figure of the month itself",
        zh=(f"没有可用的截至{before}的累计数", f"截至{before}和截至{period}的累计数", "没有推算这一月", f"补充截至{before}的累计数，或当月数"),
    )  # fmt: skip


def units_differ(what: str, period: str, units: Iterable[str]) -> UnusableSeries:
    """The refusal of figures in two units that would have to be subtracted or multiplied."""
    listed = ", ".join(units)
    return UnusableSeries(
        "PREP-002", f"{what} {period}", f"units {listed}", "one unit throughout", "this period was not derived",
        "convert one of the two by data/units.toml before",
        zh=(f"单位有{listed}", "单位一致", "没有推算这一期", "先按data/units.toml换算成同一单位"),
    )  # fmt: skip


def nothing_to_split_by(what: str, period: str, rule: str, needed_zh: str, needed_en: str) -> UnusableSeries:
    """The refusal of a split whose rule lacks what it goes by."""
    return UnusableSeries(
        "PREP-003", f"{what} {period}", f"rule {rule!r} without {needed_en}", needed_en, "January and February were not taken apart",
        "supply it, or declare another rule: pmi, working-days, last-year, state-space",
        zh=(f"规则“{rule}”缺少{needed_zh}", needed_zh, "没有拆分1月和2月", "补充所缺数据，或声明另一规则：pmi、working-days、last-year、state-space"),
    )  # fmt: skip


def unknown_rule(rule: str, known: Iterable[str]) -> UnusableSeries:
    """The refusal of a rule of splitting that is not known."""
    listed = ", ".join(known)
    return UnusableSeries(
        "PREP-004", "rule of splitting", repr(rule), listed, "January and February were not taken apart", "take one of those listed",
        zh=(f"“{rule}”", f"{listed}之一", "没有拆分1月和2月", "改用所列规则之一"),
    )  # fmt: skip


def not_combined(what: str, period: str) -> UnusableSeries:
    """The refusal of a figure that is not one of January and February together."""
    return UnusableSeries(
        "PREP-005", f"{what} {period}", f"a figure of {period}", "a figure of January and February together (2022-01/2022-02)",
        "it was not taken apart", "pass the combined figure of the two months",
        zh=(f"{period}的数值", "1—2月合计（2022-01/2022-02）", "没有拆分", "应给出1—2月合计数"),
    )  # fmt: skip


def no_base(what: str, period: str, base: str) -> UnusableSeries:
    """The refusal of a growth rate that has no level a year before to grow from."""
    return UnusableSeries(
        "PREP-006", f"{what} {period}", f"no level of {base}, neither published nor chained", "a level of the same period a year before",
        "this period was not chained", f"supply the level of {base}, or the growth rates that lead to it",
        zh=(f"没有{base}的水平值（公布的或链接的）", "上年同期的水平值", "没有链接这一期", f"补充{base}的水平值，或通向该期的增长率"),
    )  # fmt: skip


def impossible_growth(what: str, period: str, growth: Decimal) -> UnusableSeries:
    """The refusal of a fall by everything or more."""
    return UnusableSeries(
        "PREP-007", f"{what} {period}", f"growth of {growth} %", "growth of more than -100 %", "this period was not chained",
        "correct the rate in the source",
        zh=(f"增长率{growth}%", "大于-100%的增长率", "没有链接这一期", "改正来源中的增长率"),
    )  # fmt: skip


def not_a_rate(what: str, period: str, unit: str) -> UnusableSeries:
    """The refusal of a growth that is not in percent."""
    return UnusableSeries(
        "PREP-008", f"{what} {period}", f"growth in {unit or 'no unit'}", "growth in percent (%)", "this period was not chained",
        "state the rate in percent",
        zh=(f"增长率单位为“{unit}”", "以百分数（%）表示的增长率", "没有链接这一期", "改用百分数"),
    )  # fmt: skip


def out_of_range(what: str, period: str, share: float) -> UnusableSeries:
    """The refusal of a split that gives one month all, or more than all."""
    return UnusableSeries(
        "PREP-009", f"{what} {period}", f"a share of January of {share:.3f}", "a share between 0 and 1",
        "January and February were not taken apart", "look at the figures the rule goes by, or declare another rule",
        zh=(f"1月份额为{share:.3f}", "0与1之间的份额", "没有拆分1月和2月", "检查规则所依据的数据，或声明另一规则"),
    )  # fmt: skip
