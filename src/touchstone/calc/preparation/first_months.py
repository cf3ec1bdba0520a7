"""January and February apart: the National Bureau of Statistics publishes them together.

Four declared rules. Every rule gives January a share of the combined figure; January is rounded to the digit that was
printed, and February is what is left, so the two add up exactly. Both are estimates and say so. Source:
"preparation.split.*" in data/methods/seasonal.toml.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.preparation.prepared import Flag, Prepared, derived, places, what
from touchstone.calc.preparation.refused import not_combined, nothing_to_split_by, out_of_range, unknown_rule
from touchstone.calc.preparation.state_space import january_of
from touchstone.calc.seasonal.trading import working_days
from touchstone.calc.timeseries import TimeSeries
from touchstone.facts.conversion import rounded
from touchstone.facts.fact import Fact
from touchstone.facts.period import span
from touchstone.facts.text import Text

RULES = ("pmi", "working-days", "last-year", "state-space")
Share = tuple[Fraction, tuple[Fact, ...], Text]
"""The share of January, the facts it stands on besides the combined one, and the sentence that says how."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a split goes by; each rule takes its own.

    Attributes:
        pmi: purchasing managers' index by month, for "pmi".
        months: January and February of the year before by month, for "last-year".
        series: the monthly series, nan in the months to be split, for "state-space".
        combined: the combined figures of other years, for "state-space".
    """

    pmi: Mapping[str, Fact] | None = None
    months: Mapping[str, Fact] | None = None
    series: TimeSeries | None = None
    combined: tuple[Fact, ...] = ()


def split_first_months(combined: Fact, rule: str, evidence: Evidence | None = None) -> Prepared:
    """Take a figure of January and February apart.

    Args:
        combined: of a period like 2022-01/2022-02.
        rule: "pmi": by the ratio of the two purchasing managers' indices; "working-days": by days worked, make-up days
            included; "last-year": by last year's amounts per day; "state-space": by a structural model of the series
            that is told the sum.
        evidence: what the rule goes by.

    Returns:
        Two facts, January and February, of status estimated; their sum is the combined value, digit by digit.

    Raises:
        UnusableSeries: no such rule (PREP-004), not a combined figure (PREP-005), the evidence is not there (PREP-003), or
            it gives one of the months nothing (PREP-009).
    """
    if rule not in RULES:
        raise unknown_rule(rule, RULES)
    months = _months(combined)
    share, parents, how = _SHARE[rule](combined, evidence or Evidence(), *months)
    if not 0 < share < 1:
        raise out_of_range(what(combined), combined.period or "", float(share))
    first = rounded(Fraction(combined.value) * share, places(combined.value))
    amounts = first, combined.value - first
    method, stands_on = f"preparation.split.{rule}", (combined, *parents)
    half = combined.half_width
    facts = tuple(
        derived(method, combined, combined.measure, month, value, half, stands_on, status="estimated")
        for month, value in zip(months, amounts, strict=True)
    )
    ids = tuple(fact.id for fact in stands_on)
    flags = [Flag(month, "estimated", how, ids) for month in months]
    for month, value, part in zip(months, amounts, (share, 1 - share), strict=True):
        if not value:
            flags.append(_coarse(combined, month, part))
    return Prepared(method, facts, tuple(flags), ())


def _coarse(combined: Fact, month: str, part: Fraction) -> Flag:
    """What is said of a month that has an amount, but none that the printed digits can tell."""
    amount = f"{float(Fraction(combined.value) * part):.2g}"
    return Flag(
        month, "coarse",
        Text(f"合计数{combined.value} {combined.unit}位数太少：{month}应约为{amount}，取整后为0",
             f"the combined figure of {combined.value} {combined.unit} has too few digits: {month} would be about {amount}, and is 0 when rounded"),
        (combined.id,),
    )  # fmt: skip


def _months(combined: Fact) -> tuple[str, str]:
    period = combined.period or ""
    year = period[:4]
    if period != f"{year}-01/{year}-02":
        raise not_combined(what(combined), period)
    return f"{year}-01", f"{year}-02"


def _by_pmi(combined: Fact, evidence: Evidence, january: str, february: str) -> Share:
    zh, en = "1月和2月的采购经理指数", "the purchasing managers' index of both months"
    one, two = _both(combined, "pmi", evidence.pmi, january, february, zh, en)
    first, second = Fraction(one.value), Fraction(two.value)
    if first + second <= 0:
        raise out_of_range(what(combined), combined.period or "", float("nan"))
    how = Text(
        f"按1月、2月制造业PMI之比（{one.value}：{two.value}）拆分",
        f"taken apart by the ratio of the manufacturing PMI of the two months ({one.value} to {two.value})",
    )
    return first / (first + second), (one, two), how


def _by_days_worked(combined: Fact, evidence: Evidence, january: str, february: str) -> Share:
    (first, known), (second, too) = working_days(january), working_days(february)
    if not (known and too):
        zh, en = "国务院当年的放假通知", "the notice of the State Council for the year"
        raise nothing_to_split_by(what(combined), combined.period or "", "working-days", zh, en)
    how = Text(
        f"按工作日（{first}天：{second}天，含调休）拆分",
        f"taken apart by days worked ({first} to {second}, make-up days included)",
    )
    return Fraction(first, first + second), (), how


def _by_last_year(combined: Fact, evidence: Evidence, january: str, february: str) -> Share:
    year = int(january[:4]) - 1
    months = f"{year}-01", f"{year}-02"
    zh, en = "上年1月和2月的数值", "January and February of the year before"
    before = _both(combined, "last-year", evidence.months, *months, zh, en)
    first, second = (
        Fraction(fact.value) / _days(then) * _days(now)
        for fact, then, now in zip(before, months, (january, february), strict=True)
    )
    if first + second <= 0:
        raise out_of_range(what(combined), combined.period or "", float("nan"))
    how = Text(
        f"按{year}年1月、2月的日均数之比拆分；春节所在月份不同会使其失真",
        f"taken apart by the amounts per day of {year}; it misleads where Spring Festival falls into the other month",
    )
    return first / (first + second), before, how


def _by_model(combined: Fact, evidence: Evidence, january: str, february: str) -> Share:
    if evidence.series is None:
        raise nothing_to_split_by(
            what(combined), combined.period or "", "state-space", "月度序列", "the monthly series"
        )
    if not combined.value:
        raise out_of_range(what(combined), combined.period or "", float("nan"))
    estimate = january_of(evidence.series, combined, evidence.combined)
    how = Text(
        "按带求和约束的结构时间序列模型拆分",
        "taken apart by a structural time series model that is told the sum",
    )
    return Fraction(estimate) / Fraction(combined.value), evidence.combined, how


_SHARE: dict[str, Callable[[Fact, Evidence, str, str], Share]] = {
    "pmi": _by_pmi,
    "working-days": _by_days_worked,
    "last-year": _by_last_year,
    "state-space": _by_model,
}


def _both(
    combined: Fact, rule: str, given: Mapping[str, Fact] | None, first: str, second: str, zh: str, en: str
) -> tuple[Fact, Fact]:
    if not given or first not in given or second not in given:
        raise nothing_to_split_by(what(combined), combined.period or "", rule, zh, en)
    return given[first], given[second]


def _days(month: str) -> int:
    start, _ = span(month)
    return monthrange(start.year, start.month)[1]
