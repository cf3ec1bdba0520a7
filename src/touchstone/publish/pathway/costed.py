"""From curves of abatement costs to what is drawn of them: steps of one technology or contract put together, cheapest first."""

from collections.abc import Sequence
from itertools import pairwise

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.deployment.macc import Macc as Steps
from touchstone.calc.pathway.deployment.macc import Measure as Step
from touchstone.calc.pathway.deployment.sweep import Step as Cut
from touchstone.facts.text import Text
from touchstone.publish.pathway.macc import Macc, Measure
from touchstone.publish.pathway.target import both

TONNE = Text("t CO₂e/年", "t CO₂e a year")
PRICE = Text("元/t CO₂e", "yuan/t CO₂e")


def taken_of(given: Compiled, step: Step) -> Text:
    """What a step takes up: the measure or process that is new in it, or the contract."""
    if step.line is None:
        return given.scenario.contracts[given.case.contracts[step.after]]
    before, after = given.states[step.before], given.states[step.after]
    new = [
        each for each in (after.process, *after.measures) if each not in (before.process, *before.measures)
    ]
    return new[0].name if new else after.process.name


def retrospective(given: Compiled, steps: Steps, price: float) -> Macc:
    """The curve with the steps of all lines that take up the same put together; each bar's cost is their mean."""
    sums: dict[Text, tuple[float, float]] = {}
    for each in steps.measures:
        name = taken_of(given, each)
        avoided, cost = sums.get(name, (0.0, 0.0))
        sums[name] = (avoided + each.avoided, cost + each.cost)
    bars = tuple(
        Measure(name, avoided, cost / avoided) for name, (avoided, cost) in sums.items() if avoided > 0
    )
    title = both("costs.retrospective", year=steps.year)
    return Macc(title, "retrospective", TONNE, PRICE, bars, price or None)


def integrated(given: Compiled, steps: Sequence[Cut], y: int, price: float) -> Macc:
    """The curve of optimal plans under ever tighter caps: what each step avoids in a year, at the cost of its last tonne."""
    bars = tuple(
        Measure(
            both("costs.cut", share=f"{100 * now.cut:.0f}"),
            float(before.emissions[y] - now.emissions[y]),
            float(now.marginal[y]),
        )
        for before, now in pairwise(steps)
    )
    title = both("costs.integrated", year=given.scenario.years[y])
    return Macc(title, "integrated", TONNE, PRICE, bars, price or None)
