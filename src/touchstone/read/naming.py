"""The full name of a measure: what a change is a change of, and what a bare amount goes on about."""

import re

from touchstone.facts.period import frequency, year_before
from touchstone.read.measure import Around, Rule, base_measure, is_change
from touchstone.read.subject import noun
from touchstone.read.walk import AMOUNTS, Walk

_BOTH_RATES = re.compile(r"(同比|环比)[和、及](同比|环比)分别")
_TRADED = re.compile(r"[涨跌]|收[于报盘]|closed|settled")
_TO_A_PRICE = re.compile(r"\s(?:higher |lower )?(?:to|at) (?:US)?[$€£]?\d")
_YEARLY = 3
"""Sentences for which 同比 holds, where none says otherwise."""
_FLOWS = frozenset(("output", "import", "export", "sales", "consumption", "money", "energy"))
_NO_BASE = frozenset(("count", "duration", "distance", "other", "change", "yoy", "mom", "rank", "rate"))


def is_of_the_day(kind: str, measure: str, around: Around, walk: Walk) -> bool:
    """A change of a price, a rate that 涨 or 跌 tells, and an amount told between prices are of the day of the prices."""
    if (
        measure.startswith("price")
        or measure.endswith("change")
        and (_TRADED.search(around.gap) or _TO_A_PRICE.match(around.after))
    ):
        return True
    return kind in ("mass", "percent") and walk.last is not None and walk.last.measure.startswith("price")


def named(rule: Rule, kind: str, around: Around, walk: Walk, sentence: int) -> str:
    """Fill the * of a rule with what the change is a change of; a later clause keeps the year before."""
    if not rule.measure.startswith("*"):
        if walk.last and not rule.words.pattern and not noun(around.gap):
            return _continued(rule.measure, kind, walk)
        if rule.measure == "mass" and (named := base_measure(around.sentence)) in AMOUNTS:
            return named or "mass"
        of_which = around.sentence.lstrip().startswith("其中")
        if rule.measure == "mass" and walk.amount and (of_which or walk.amount_sentence == sentence):
            return walk.amount
        return rule.measure
    tail = rule.measure[2:]
    if kind == "points":
        tail = "change"
    if both := _BOTH_RATES.search(around.gap):
        walk.rates = ["yoy" if word == "同比" else "mom" for word in both.groups()]
        tail = walk.rates[0]
    if tail == "yoy":
        walk.yoy_sentence = sentence
    base = (
        base_measure(around.clause)
        or (walk.last and walk.last.measure.split(".")[0])
        or base_measure(around.sentence)
    )
    if tail == "change" and kind == "percent" and walk.base is None and _goes_on_yearly(base, walk, sentence):
        tail = "yoy"
    return f"{base}.{tail}" if base and base not in _NO_BASE else tail


def _goes_on_yearly(base: str | None, walk: Walk, sentence: int) -> bool:
    """Whether a rate without a base is year on year like one just told; a price moves from day to day."""
    return walk.yoy_sentence >= 0 and sentence - walk.yoy_sentence <= _YEARLY and base != "price"


def by_base(measure: str, kind: str, period: str | None, base: str | None) -> str:
    """A percentage against the same period of the year before is year on year, however it was put."""
    against = period and base == year_before(period)
    return (
        f"{measure.removesuffix('change')}yoy"
        if against and kind == "percent" and measure.endswith("change")
        else measure
    )


def grown(measure: str, walk: Walk) -> str:
    """A sum from January on that grows without a base named grows against the year before."""
    whole = _is_sum(walk.period) or bool(walk.period and walk.period == walk.default)
    if walk.base is None and walk.since is None and whole and measure.split(".")[0] in _FLOWS:
        return measure.removesuffix("change") + "yoy"
    return measure


def _continued(measure: str, kind: str, walk: Walk) -> str:
    """A clause without a noun of its own (至93.2万吨) goes on about what the last figure measured."""
    assert walk.last is not None
    spoken = walk.last.measure.removesuffix(".change").removesuffix(".yoy").removesuffix(".mom")
    if walk.last_kind == kind and not is_change(walk.last.measure):
        return spoken
    return spoken if measure == "mass" and spoken.split(".")[0] in AMOUNTS else measure


def is_cumulative(period: str | None, around: Around) -> bool:
    """Whether an amount is a sum so far: by the word 累计, or by a period from January on."""
    return bool(re.search("累计|现已|迄今", around.clause)) or _is_sum(period)


def _is_sum(period: str | None) -> bool:
    """Whether a period runs from January over several months."""
    return bool(
        period and "/" in period and frequency(period.partition("/")[0]) == "M" and period[5:7] == "01"
    )
