"""Why an indicator is not in an index: each cause once, by one code, with the remedy that fits it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    from touchstone.calc.index.recipe import Indicator
    from touchstone.facts.fact import Fact

_SHOWN = 6


def other_units(indicator: "Indicator", there: "Mapping[str, Sequence[Fact]]") -> UnusableSeries:
    """INDEX-014: figures of an indicator are printed in units that cannot be converted into that of the recipe."""
    due = indicator.series.unit
    zh, en = [], []
    for spelled, facts in there.items():
        periods = sorted(fact.period or "" for fact in facts)
        some = periods[0] if len(periods) == 1 else f"{periods[0]}..{periods[-1]}"
        zh.append(f"{some}共{len(facts)}个数字的单位为“{spelled or '无'}”")
        en.append(f"{len(facts)} figures of {some} in {spelled or 'no unit'}")
    return UnusableSeries(
        "INDEX-014", indicator.key, "; ".join(en), f"figures in {due}, or in a unit that converts into it",
        "the indicator was left out; its later months would have been missing",
        f"correct the unit in the source, or declare the unit of the recipe; a new spelling of {due} belongs into data/units.toml",
        zh=("；".join(zh), f"单位为“{due}”或可换算为它", "未计入该指标，否则其后各期会缺失", f"改正来源中的单位，或更正方案的单位；“{due}”的新写法应补入data/units.toml"),
    )  # fmt: skip


def joined(key: str, periods: Sequence[str]) -> UnusableSeries:
    """INDEX-015: January and February are only published together, and the recipe declares no rule to take them apart."""
    some = ", ".join(periods[:_SHOWN]) + (f" … ({len(periods)})" if len(periods) > _SHOWN else "")
    return UnusableSeries(
        "INDEX-015", key, f"January and February are published together only: {some}", "a value for either month, or a declared split",
        "the indicator was left out", 'declare split = "pmi", "working-days", "last-year" or "state-space" for it in the recipe',
        zh=(f"1、2月只有合计数：{some}", "两个月各有数值，或声明拆分规则", "未计入该指标", '在方案中为该指标声明split = "pmi"、"working-days"、"last-year"或"state-space"'),
    )  # fmt: skip


def late(key: str, day: date, recipe: str) -> UnusableSeries:
    """INDEX-016: a calibration does not know an indicator that has a series now."""
    return UnusableSeries(
        "INDEX-016", key, f"the calibration of {day} was made without it", "a weight and a scale of a calibration", "the indicator was left out",
        f"calibrate again: touchstone index {recipe} --recalibrate",
        zh=(f"{day}的标定未包含该指标", "标定给出的权重与尺度", "未计入该指标", f"重新标定：touchstone index {recipe} --recalibrate"),
    )  # fmt: skip


def brief(key: str, since: str, until: str, there: int, needed: int) -> UnusableSeries:
    """INDEX-017: an indicator has too few changes in the sample of the calibration."""
    return UnusableSeries(
        "INDEX-017", key, f"{there} changes from {since} to {until}", f"at least {needed} in the sample of the calibration",
        "the indicator was left out of the calibration",
        "supply a longer history, or move scaling.since and scaling.until of the recipe",
        zh=(f"{since}至{until}只有{there}期变动", f"标定样本内至少{needed}期", "标定未包含该指标", "补充更长的历史，或调整方案的scaling.since与scaling.until"),
    )  # fmt: skip


def not_above_zero(key: str, period: str, printed: str, made: bool) -> UnusableSeries:
    """SERIES-005 of an indicator, by what was printed; `made` says that preparation or adjustment made it of that."""
    en = (
        f"{printed}, of which preparation and adjustment make a value that is not above zero"
        if made
        else printed
    )
    zh = f"{printed}，整理与调整后不大于零" if made else printed
    return UnusableSeries(
        "SERIES-005", f"{key} {period}", en, "values above zero", "the indicator was left out; the others go on",
        "correct the figure in the source; for what may be negative say positive = false and kind = \"spread\" in the recipe",
        zh=(zh, "大于零的数值", "未计入该指标，其余照常计算", '改正来源中的数字；可为负者在方案中写positive = false、kind = "spread"'),
    )  # fmt: skip


def no_base_level(recipe: str, base: str, first: str, last: str) -> UnusableSeries:
    """INDEX-018: an index has no level in the period that is to be its base."""
    return UnusableSeries(
        "INDEX-018", f"{recipe} chain.base", f"{base}; levels run from {first} to {last}", "a period that has a level", "the index was not computed",
        "name a year or period between these two as chain.base, or supply longer series",
        zh=(f"{base}；指数自{first}至{last}", "有指数的时期", "没有计算指数", "把chain.base改为两者之间的年份或时期，或补充更长的序列"),
    )  # fmt: skip
