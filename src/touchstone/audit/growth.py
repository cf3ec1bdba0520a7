"""Growth of cumulative figures: the weighted mean of the rates, and the levels of the year before."""

from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.chain import Step, growth_of, steps
from touchstone.audit.figure import Figure, number, show, with_unit
from touchstone.audit.finding import Finding
from touchstone.audit.interval import HUNDRED, Interval, corners
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.verdict import compare
from touchstone.facts.text import Text

REVISED = Text(
    "若不修订此前各月，增速不可能如此变化。",
    "Without a revision of earlier months the rate could not move this far.",
)


@rule(
    "weighted_growth",
    zh="累计增速相符",
    en="growth rates agree",
    zh_meaning="累计增速是各期增速以上年水平为权数的加权平均。",
    en_meaning="A cumulative growth rate is the mean of its parts' rates, weighted by the levels of the year before.",
)
def weighted_growth(case: Case) -> Iterator[Finding]:
    """One finding for each step whose earlier, piece and later rates are all printed."""
    for step, rates in case.once("rated", lambda: list(_rated(case))):
        yield _weighted(step, rates)


@rule(
    "base_chain",
    zh="上年基数相符",
    en="levels of the year before add up",
    zh_meaning="由增速倒推的上年累计也应相加相符。",
    en_meaning="The levels of the year before, implied by the growth rates, add up as well.",
)
def base_chain(case: Case) -> Iterator[Finding]:
    """One finding for each step whose earlier, piece and later rates are all printed."""
    for step, rates in case.once("rated", lambda: list(_rated(case))):
        yield _base(step, rates)


Rates = tuple[Figure, Figure, Figure]


def _rated(case: Case) -> Iterator[tuple[Step, Rates]]:
    for chain in steps(case):
        for step in chain:
            levels = (step.earlier, step.piece, step.later)
            found = [growth_of(case, p, f) for p, f in zip(step.pages, levels, strict=True)]
            rates = [r for r in found if r and r.span.low > -HUNDRED]
            if len(rates) == len(levels) and all(f.is_positive for f in levels):
                yield step, (rates[0], rates[1], rates[2])


def _mean_growth(level_a: Decimal, level_b: Decimal, rate_a: Decimal, rate_b: Decimal) -> Decimal:
    before = level_a / (1 + rate_a / HUNDRED) + level_b / (1 + rate_b / HUNDRED)
    return ((level_a + level_b) / before - 1) * HUNDRED


def _before(level: Decimal, rate: Decimal) -> Decimal:
    return level / (1 + rate / HUNDRED)


def _sum_before(level_a: Decimal, level_b: Decimal, rate_a: Decimal, rate_b: Decimal) -> Decimal:
    return _before(level_a, rate_a) + _before(level_b, rate_b)


def _weighted(step: Step, rates: Rates) -> Finding:
    used = [step.earlier, step.piece, rates[0], rates[1]]
    found = compare(_mean_growth, [f.face for f in used], [f.span for f in used], rates[2].span)
    name, period = named(step.later), step.later.fact.period
    computed = f"{number(found.face)}% {show(found.computed)}"
    stated = f"{SIGNS[found.verdict]} {rates[2].printed} {rates[2].interval_printed}"
    parts = f"{step.earlier.printed} ({rates[0].printed}), {step.piece.printed} ({rates[1].printed})"
    return report(
        "weighted_growth",
        [step.earlier, rates[0], rates[1], step.piece, rates[2]],
        Text(
            f"{name.zh}：{period} 增速 = 各期增速的加权平均",
            f"{name.en}: growth of {period} = weighted mean of its parts",
        ),
        Text(f"加权平均 {parts} = {computed} {stated}", f"weighted mean of {parts} = {computed} {stated}"),
        found,
        note=REVISED if found.verdict == "fails" else None,
    )


def _base(step: Step, rates: Rates) -> Finding:
    used = [step.earlier, step.piece, rates[0], rates[1]]
    stated: Interval = corners(_before, step.later.span, rates[2].span)
    found = compare(_sum_before, [f.face for f in used], [f.span for f in used], stated)
    name, scale, unit = named(step.later), step.later.scale, step.later.fact.unit
    whole = number(_before(step.later.face, rates[2].face) / scale)
    left = f"{step.earlier.printed}/(1+{rates[0].printed}) + {step.piece.printed}/(1+{rates[1].printed})"
    sums = (
        f"{with_unit(number(found.face / scale), unit)} {show(found.computed, scale)} {SIGNS[found.verdict]}"
    )
    right = f"{step.later.printed}/(1+{rates[2].printed}) = {with_unit(whole, unit)} {show(stated, scale)}"
    return report(
        "base_chain",
        [step.earlier, rates[0], step.piece, rates[1], step.later, rates[2]],
        Text(
            f"{name.zh}：{step.later.fact.period} 的上年基数",
            f"{name.en}: the year before {step.later.fact.period}",
        ),
        Text(f"{left} = {sums} {right}", f"{left} = {sums} {right}"),
        found,
        note=REVISED if found.verdict == "fails" else None,
    )
