"""From pathways to the report of a scenario (`paper.Paper`): what was assumed, what comes of it, how sure it is, what targets cost, how it was made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING
from touchstone.calc.pathway.case import INDICATORS, MISSED, Floats
from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.deployment.conflict import LEAST, Wish
from touchstone.calc.pathway.deployment.macc import macc
from touchstone.calc.pathway.deployment.result import Deployed, digest
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.technology import SYNTHETIC
from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.pathway.assumed import assumptions
from touchstone.publish.pathway.costed import retrospective
from touchstone.publish.pathway.futures import fan_of, histogram_of
from touchstone.publish.pathway.paper import Compared, Paper, Result
from touchstone.publish.pathway.pen import amount, figure, share
from touchstone.publish.pathway.reasons import wedged
from touchstone.publish.pathway.shown import (
    course_name,
    courses,
    milestones,
    peak_said,
    plant_map,
    product_name,
    stacked,
    targets,
)
from touchstone.publish.pathway.target import Conflict, Shadow, both
from touchstone.publish.words import LANGUAGES

BINDING = 0.5
"""Yuan below which a price is the solver's rounding."""
_TONNES, _CARBON = Text("t", "t"), Text("t CO₂e", "t CO₂e")
_YUAN = Text("亿元", "100 million yuan")


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is made of besides the pathway itself; whatever is None was not worked out, and the report says so.

    Attributes:
        deployed, wishes: of a least-cost plan: what is known of it, and what conflicts in it. outcome: the plan in many futures.
        before: the year before which the peak is asked for. against: other pathways it is compared with, the reference first.
        day: of the report; stood: as of when its inputs were read; versions: of what worked it out.
    """

    day: date
    stood: str
    versions: str
    before: int
    deployed: Deployed | None = None
    wishes: tuple[Wish, ...] | None = None
    outcome: Outcomes | None = None
    against: tuple[Pathway, ...] = field(default=())


def paper_of(found: Pathway, told: Told) -> Paper:
    """The report of a pathway."""
    outcome = told.outcome
    chances = [outcome.met(rule.key).share for rule in found.given.case.rules] if outcome else []
    every = (found, *told.against)
    return Paper(
        scenario=course_name(found, True),
        day=told.day,
        stood=told.stood,
        synthetic=is_made_up(found),
        summary=tuple(_summary(found, told)),
        assumptions=tuple(assumptions(found.given, found.plan)),
        years=tuple(found.years[y] for y in milestones(found.years)),
        results=tuple(_results(found)),
        kind=outcome.kind if outcome else both("pathway_reported.no_chances"),
        method=tuple(_method(found, told)),
        limits=(*(both(f"pathway_reported.limit_{n}") for n in range(1, 5)), *found.told),
        made=tuple(_made(found, told)),
        drawings=_drawings(found, told),
        targets=targets(found, chances),
        shadows=shadows_of(found, told.deployed) if told.deployed else (),
        no_shadows=_no_shadows(told.deployed),
        conflicts=conflicts_of(found, told.wishes) if told.wishes is not None else None,
        scenarios=tuple(course_name(each, True) for each in every) if told.against else (),
        compared=tuple(_compared(every)) if told.against else (),
    )


def is_made_up(found: Pathway) -> bool:
    """Whether a line or a value of a technology is made up."""
    values = (value for each in found.given.catalogue.values() for value in each.values)
    return any(line.source == SYNTHETIC for line in found.given.register.lines) or any(
        value.tag == SYNTHETIC for value in values
    )


def shadows_of(found: Pathway, deployed: Deployed) -> tuple[Shadow, ...]:
    """What each target costs in the years in which it binds, yuan of that year for a unit of its numerator."""
    if deployed.prices is None:
        return ()
    names = {aim.key: aim.name for aim in found.given.scenario.aims}
    return tuple(
        Shadow(
            names[rule.key], found.years[y], float(deployed.prices.rules[r, y]), _numerator(rule.indicator)
        )
        for r, rule in enumerate(found.given.case.rules)
        for y in np.flatnonzero(np.nan_to_num(deployed.prices.rules[r]) > BINDING)
    )


def conflicts_of(found: Pathway, wishes: tuple[Wish, ...]) -> tuple[Conflict, ...]:
    """What cannot be had together: each wish with the years in which it gives way if all others hold."""
    names = [_wish_name(found, each) for each in wishes]
    return tuple(
        Conflict(
            name,
            found.years[y],
            float(wish.gives[y]),
            _wish_unit(found, wish),
            tuple(each for each in names if each is not name),
        )
        for name, wish in zip(names, wishes, strict=True)
        for y in np.flatnonzero(wish.gives > LEAST * max(float(wish.gives.max()), 1.0))
    )


def costs_of(found: Pathway) -> dict[str, float]:
    """Discounted costs by kind, yuan; what is below a millionth of all of them is the solver's rounding."""
    counts = found.given.case.discounted()
    sums = {name: float((values * counts).sum()) for name, values in found.accounts.costs.items()}
    least = ROUNDING * sum(map(abs, sums.values()))
    return {name: value if abs(value) > least else 0.0 for name, value in sums.items()}


def _wish_name(found: Pathway, wish: Wish) -> Text:
    if wish.rule is None:
        return both(
            "pathway_reported.supplied", product=product_name(found.given.case.products[wish.product or 0])
        )
    key = found.given.case.rules[wish.rule].key
    return next(aim.name for aim in found.given.scenario.aims if aim.key == key)


def _wish_unit(found: Pathway, wish: Wish) -> Text:
    return _TONNES if wish.rule is None else _numerator(found.given.case.rules[wish.rule].indicator)


def _numerator(indicator: str) -> Text:
    unit = MISSED.get(indicator, INDICATORS[indicator]).replace("CO2", "CO₂")
    return Text(unit, unit)


def _summary(found: Pathway, told: Told) -> Iterator[Text]:
    emitted, years = found.accounts.emissions, found.years
    yield both("pathway_reported.peak", said=peak_said(found))
    for each in told.against:
        yield both("pathway_reported.peak_of", name=course_name(each, True), said=peak_said(each))
    ends = {name: _each(float(emitted[y]), _CARBON) for name, y in (("first", 0), ("last", -1))}
    yield both("pathway_reported.course", since=years[0], until=years[-1], **ends)
    asked = [each for each in found.held if not np.isnan(each.rule.limit).all()]
    if asked:
        yield both("pathway_reported.met", met=sum(each.met for each in asked), n=len(asked))
    cost = sum(costs_of(found).values())
    yield both("pathway_reported.cost", cost=_each(cost / 1e8, _YUAN), year=years[0])
    if told.outcome is not None:
        peaks = told.outcome.peaks()
        shares = {
            name: _share(value)
            for name, value in (("share", peaks.before(told.before).share), ("never", peaks.not_yet.share))
        }
        error = figure(100 * peaks.before(told.before).error, "en", 2)
        yield both(
            "pathway_reported.chance",
            year=told.before,
            error=error,
            kind=told.outcome.kind,
            n=len(told.outcome),
            **shares,
        )
    if told.deployed is not None:
        deployed = told.deployed
        gap = _share(deployed.gap) if np.isfinite(deployed.gap) else both("pathway_reported.unproven")
        yield both("pathway_reported.gap", status=both(f"plans.status_{deployed.status}"), gap=gap)


def _results(found: Pathway) -> Iterator[Result]:
    case, made, plan = found.given.case, found.accounts, found.plan
    yield _result(found, both("pathway_shown.emissions"), _CARBON, made.emissions)
    for scope, values in found.emissions_by("scope").items():
        yield _result(
            found, both("pathway_reported.part", name=both(f"pathway_shown.scope_{scope}")), _CARBON, values
        )
    supply = made.output.sum(0) + plan.recycled.sum(0)
    yield _result(
        found,
        both("pathway_reported.intensity"),
        Text("t CO₂e/t", "t CO₂e/t"),
        _ratio(made.emissions, supply),
    )
    for k, product in enumerate(case.products):
        name = product_name(product)
        yield _result(found, both("pathway_reported.output", product=name), _TONNES, found.output()[k])
        for what, values in (("recycled", plan.recycled[k]), ("outside", plan.outside[k])):
            if values.any():
                yield _result(found, both(f"pathway_reported.{what}", product=name), _TONNES, values)
    gigawatts = Text("GWh", "GWh")
    for c, contract in enumerate(case.contracts):
        name = both("pathway_reported.bought", contract=found.given.scenario.contracts[contract])
        yield _result(found, name, gigawatts, plan.power[:, c].sum(0) / 1e3)
    green = _ratio((made.power * made.renewable[case.supply]).sum(0), made.power.sum(0))
    yield _result(found, both("pathway_reported.renewable"), Text("%", "%"), 100 * green)
    stands = plan.standing.sum((0, 1))
    yield _result(found, both("pathway_reported.capacity"), Text("吨/年", "t/a"), stands)
    best = np.einsum("pty,pt->y", plan.standing, case.benchmark.astype(float))
    yield _result(found, both("pathway_reported.benchmark"), Text("%", "%"), 100 * _ratio(best, stands))
    yield _result(found, both("pathway_reported.yearly"), _YUAN, made.cost / 1e8)
    for kind, values in made.costs.items():
        if values.any():
            yield _result(
                found, both("pathway_reported.part", name=both(f"plans.cost_{kind}")), _YUAN, values / 1e8
            )


def _result(found: Pathway, name: Text, unit: Text, values: Floats) -> Result:
    chosen = (float(values[y]) for y in milestones(found.years))
    return Result(name, unit, tuple(value if np.isfinite(value) else None for value in chosen))


def _drawings(found: Pathway, told: Told) -> dict[str, tuple[Drawing, ...]]:
    emissions: list[Drawing] = [courses([found, *told.against])]
    if told.outcome is not None:
        emissions += [fan_of(found, told.outcome), histogram_of(told.outcome, told.before)]
    emissions += [stacked(found, "product"), stacked(found, "scope")]
    made: dict[str, tuple[Drawing, ...]] = {"emissions": tuple(emissions)}
    alike = [each for each in told.against if each.years == found.years]
    if alike:
        made["levers"] = (wedged(alike[0], found),)
    year = next((n for n, each in enumerate(found.years) if each >= told.before), len(found.years) - 1)
    steps = macc(found.given.case, year)
    if steps.measures:
        made["costs"] = (retrospective(found.given, steps, float(found.given.case.carbon_price[year])),)
    made["plants"] = (plant_map(found, found.years[0], lambda line: ""),)
    return made


def _compared(every: Sequence[Pathway]) -> Iterator[Compared]:
    """What each scenario comes to in the end and altogether, side by side."""
    years = sorted(set.intersection(*(set(each.years) for each in every)))
    for year in {y: None for y in (2030, *years[-1:]) if y in years}:
        values = [float(each.accounts.emissions[each.years.index(year)]) for each in every]
        yield Compared(both("pathway_reported.emitted", year=year), _CARBON, values)
    yield Compared(both("pathway_reported.height"), _CARBON, [each.peak.height for each in every])
    sums = [float(each.accounts.emissions @ each.given.case.weight) for each in every]
    yield Compared(both("pathway_reported.cumulative"), _CARBON, sums)
    yield Compared(
        both("pathway_reported.sum"), _YUAN, [sum(costs_of(each).values()) / 1e8 for each in every]
    )


def _method(found: Pathway, told: Told) -> Iterator[Text]:
    yield both("pathway_reported.method_accounts")
    yield both(f"pathway_reported.method_{found.kind}")
    if told.outcome is not None:
        yield both("pathway_reported.method_chance")
    if told.against:
        yield both("why.method")
    yield both("pathway_reported.method_macc")


def _made(found: Pathway, told: Told) -> Iterator[tuple[Text, str]]:
    yield (
        both("pathway_reported.made_scenario"),
        " ← ".join(reversed(found.given.scenario.line or (found.key,))),
    )
    yield both("pathway_reported.made_case"), digest(found.given.case)
    if told.deployed is not None:
        made = told.deployed
        yield (
            both("pathway_reported.made_solver"),
            f"{made.solver}; {made.level}; {made.method}; {made.status}",
        )
        yield both("pathway_reported.made_solver_seed"), str(made.seed)
    if told.outcome is not None:
        yield both("pathway_reported.made_draws"), f"{len(told.outcome)}; {told.outcome.points}"
        yield both("pathway_reported.made_seed"), str(told.outcome.seed)
    yield both("pathway_reported.made_versions"), told.versions


def _no_shadows(deployed: Deployed | None) -> Text:
    if deployed is None:
        return NO_WORDS
    return both("pathway_reported.no_prices" if deployed.prices is None else "pathway_reported.none_binds")


def _share(value: float) -> Text:
    return Text(*(share(value, lang) for lang in LANGUAGES))


def _each(value: float, unit: Text) -> Text:
    return Text(*(amount(value, unit, lang) for lang in LANGUAGES))


def _ratio(top: Floats, under: Floats) -> Floats:
    return np.divide(top, under, out=np.full_like(top, np.nan), where=under > 0)
