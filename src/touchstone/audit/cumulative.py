"""Cumulative figures: January to n, plus month n+1, is January to n+1; and the whole chain at once."""

from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.chain import Step, steps, wholes
from touchstone.audit.figure import Figure, number, with_unit
from touchstone.audit.finding import Finding, Healing
from touchstone.audit.interval import total
from touchstone.audit.report import SIGNS, healing, named, report, restated, sum_text
from touchstone.audit.rule import rule
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.text import Text


@rule(
    "cumulative",
    zh="累计相符",
    en="cumulative adds up",
    zh_meaning="上期累计加本期应等于本期累计。",
    en_meaning="The cumulative figure of last period plus this period is the cumulative of this period.",
)
def cumulative(case: Case) -> Iterator[Finding]:
    """One finding for each step of each chain, and for each period whose months or quarters are all printed."""
    for chain in steps(case):
        for step in chain:
            yield _finding("cumulative", [step.earlier, step.piece], step.later)
    for parts, whole in wholes(case):
        yield _finding("cumulative", parts, whole, stepped=False)


@rule(
    "cumulative_joint",
    zh="累计链相符",
    en="cumulative chain adds up",
    zh_meaning="首个累计加其后各期应等于最后的累计；逐步都勉强成立时，合起来未必成立。",
    en_meaning="The first cumulative and all periods after it make the last; steps that pass alone may fail together.",
)
def cumulative_joint(case: Case) -> Iterator[Finding]:
    """One finding for each run of two or more unbroken steps."""
    for chain in steps(case):
        for run in _runs(chain):
            if len(run) > 1:
                parts = [run[0].earlier, *(step.piece for step in run)]
                yield _finding("cumulative_joint", parts, run[-1].later)


def _runs(chain: list[Step]) -> Iterator[list[Step]]:
    run: list[Step] = []
    for step in chain:
        if run and run[-1].later is not step.earlier:
            yield run
            run = []
        run.append(step)
    yield run


def _finding(rule_id: str, parts: list[Figure], later: Figure, stepped: bool = True) -> Finding:
    """`stepped`: the first part is a cumulative figure, which may have been restated."""
    found = compare(
        lambda *x: sum(x, Decimal(0)), [p.face for p in parts], [p.span for p in parts], later.span
    )
    found = restated(found, [*parts, later])
    scale, unit = later.scale, later.fact.unit
    sum_is = f"{with_unit(number(found.face / scale), unit)} [{number(found.computed.low / scale)}, "
    left = f"{sum_text(parts)} = {sum_is}{number(found.computed.high / scale)}]"
    right = f"{SIGNS[found.verdict]} {later.printed} {later.interval_printed}"
    name = named(later)
    periods = " + ".join(str(p.fact.period) for p in parts)
    return report(
        rule_id,
        [*parts, later],
        Text(f"{name.zh}：{periods} = {later.fact.period}", f"{name.en}: {periods} = {later.fact.period}"),
        Text(f"{left} {right}", f"{left} {right}"),
        found,
        note=_note(found, parts, later) if found.half_units and stepped else None,
        heals=_heals(parts, later) if found.half_units else (),
    )


def _note(found: Judgement, parts: list[Figure], later: Figure) -> Text:
    gap = (later.face - found.face) / later.scale
    size, first = with_unit(number(gap), later.fact.unit), parts[0].fact.period
    size = size if gap < 0 else f"+{size}"
    return Text(
        f"若此前（{first}）累计经修订 {size}，则相符；否则有一个数字有误。",
        f"Would hold if the earlier cumulative ({first}) was restated by {size}; otherwise one figure is wrong.",
    )


def _heals(parts: list[Figure], later: Figure) -> tuple[Healing, ...]:
    whole = total([p.span for p in parts])
    mended = [healing(later, whole.low, whole.high)]
    for part in parts:
        need = later.span - total([p.span for p in parts if p is not part])
        if need.low > 0:
            mended.append(healing(part, need.low, need.high))
    return tuple(mended)
