"""From pathways to the report of a scenario (`paper.Paper`): what comes of it, how sure it is, what it costs, and from what it was worked out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.chance.sensitivity import Sensitivity
from touchstone.calc.pathway.chance.swing import Swung
from touchstone.calc.pathway.deployment.conflict import Wish
from touchstone.calc.pathway.deployment.macc import macc
from touchstone.calc.pathway.deployment.result import Deployed, digest
from touchstone.calc.pathway.deployment.sweep import Step
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.technology import SYNTHETIC
from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.pathway.assumed import assumptions
from touchstone.publish.pathway.basis import Assumption, refs, titled
from touchstone.publish.pathway.costed import integrated, retrospective
from touchstone.publish.pathway.drivers import driver_name
from touchstone.publish.pathway.fan_key import MOST
from touchstone.publish.pathway.futures import fan_of, histogram_of, importance_of, tornado_of
from touchstone.publish.pathway.numbers import compared, hows, results
from touchstone.publish.pathway.paper import Paper
from touchstone.publish.pathway.priced import conflicts_of, shadows_of
from touchstone.publish.pathway.proven import provisos
from touchstone.publish.pathway.reasons import wedged
from touchstone.publish.pathway.short import verdicts_of
from touchstone.publish.pathway.shown import course_name, courses, milestones, plant_map, stacked, targets
from touchstone.publish.pathway.summed import aimed, cheapest, ended, peaked, proof, remark, spent, to_do
from touchstone.publish.pathway.target import Target, both
from touchstone.publish.pathway.worked import done
from touchstone.publish.report.report import Paragraph

_WEIGHED = ("peak.year", "emissions")
"""Results whose drivers are drawn."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is made of besides the pathway itself; whatever is None was not worked out, and the report says so.

    Attributes:
        optimum, deployed, wishes: a least-cost plan, which may be the pathway itself; what is known of it, and what conflicts in it.
        outcome: the pathway in many futures; optimum_outcome: the least-cost plan in the same; weighed, swung: what its results hang on.
        cuts: optimal plans under ever tighter caps. against: other pathways it is compared with, the reference first.
        before: the year before which the peak is asked for. day: of the report; stood: as of when its inputs were read; versions: of what
            worked it out.
    """

    day: date
    stood: str
    versions: str
    before: int
    optimum: Pathway | None = None
    deployed: Deployed | None = None
    wishes: tuple[Wish, ...] | None = None
    outcome: Outcomes | None = None
    optimum_outcome: Outcomes | None = None
    weighed: Sensitivity | None = None
    swung: Swung | None = None
    cuts: tuple[Step, ...] = ()
    against: tuple[Pathway, ...] = field(default=())


def paper_of(found: Pathway, told: Told) -> Paper:
    """The report of a pathway."""
    outcome, rows = told.outcome, assumptions(found.given, found.plan)
    every, made, works = _beside(found, told), tuple(results(found)), done(found)
    aims = _targets(found, outcome, rows)
    own = told.optimum is None or told.optimum is found
    optimum = told.optimum
    summary: tuple[Paragraph, ...] = (
        peaked(found, told.against, outcome, told.before, rows), *aimed(aims, rows), spent(found, told.against, rows), to_do(works, rows),
        cheapest(found, optimum, told.deployed, outcome if own else told.optimum_outcome, told.before),
    )  # fmt: skip
    return Paper(
        scenario=course_name(found, True),
        day=told.day,
        stood=told.stood,
        synthetic=is_made_up(found),
        summary=summary,
        assumptions=rows,
        years=tuple(found.years[y] for y in milestones(found.years)),
        results=made,
        kind=outcome.kind if outcome else both("pathway_reported.no_chances"),
        method=tuple(_method(found, told)),
        limits=(*(both(f"pathway_reported.limit_{n}") for n in range(1, 5)), *_remarks(found)),
        made=tuple(_made(found, told)),
        drawings=_drawings(found, told),
        targets=aims,
        works=works,
        optimum=(proof(told.deployed), *provisos(optimum, told.deployed))
        if optimum and told.deployed
        else (),
        optimum_works=None if own or optimum is None else done(optimum),
        shadows=shadows_of(optimum, told.deployed) if optimum and told.deployed else (),
        no_shadows=_no_shadows(told.deployed),
        conflicts=conflicts_of(optimum, told.wishes) if optimum and told.wishes is not None else None,
        missed=tuple(map(ended, verdicts_of(optimum, told.deployed))) if optimum and told.deployed else (),
        scenarios=tuple(course_name(each, True) for each in every) if len(every) > 1 else (),
        compared=tuple(compared(every)) if len(every) > 1 else (),
        hows=hows(rows, made),
    )


def is_made_up(found: Pathway) -> bool:
    """Whether a line or a value of a technology is made up."""
    values = (value for each in found.given.catalogue.values() for value in each.values)
    return any(line.source == SYNTHETIC for line in found.given.register.lines) or any(
        value.tag == SYNTHETIC for value in values
    )


def _beside(found: Pathway, told: Told) -> list[Pathway]:
    """The pathway, its own optimum where it is not that itself, and what it is compared with."""
    own = [told.optimum] if told.optimum is not None and told.optimum is not found else []
    return [found, *own, *told.against]


def _targets(found: Pathway, outcome: Outcomes | None, rows: Sequence[Assumption]) -> tuple[Target, ...]:
    """Targets with their chances, the titles of what states them (clauses stand in the annex), and the numbers of their sources."""
    chances = [outcome.met(rule.key).share for rule in found.given.case.rules] if outcome else []
    aims = {aim.name: aim for aim in found.given.scenario.aims}
    return tuple(
        replace(
            each,
            source=titled(aims[each.name].document),
            refs=refs(rows, "target", about=aims[each.name].key),
        )
        for each in targets(found, chances)
    )


def _drawings(found: Pathway, told: Told) -> dict[str, tuple[Drawing, ...]]:
    emissions: list[Drawing] = [courses(_beside(found, told)[:MOST])]
    if told.outcome is not None:
        emissions += [fan_of(found, told.outcome), histogram_of(told.outcome, told.before)]
    emissions += [stacked(found, "product"), stacked(found, "scope")]
    made: dict[str, tuple[Drawing, ...]] = {"emissions": tuple(emissions)}
    alike = [each for each in told.against if each.years == found.years]
    if alike:
        made["levers"] = (wedged(alike[0], found),)
    if drivers := tuple(_of_drivers(found, told)):
        made["drivers"] = drivers
    if costs := tuple(_of_costs(found, told)):
        made["costs"] = costs
    made["plants"] = (plant_map(found, found.years[0], lambda line: ""),)
    return made


def _of_drivers(found: Pathway, told: Told) -> Iterator[Drawing]:
    names = {row["key"]: driver_name(row) for row in found.given.scenario.drivers}
    if told.swung is not None:
        yield tornado_of(told.swung, names)
    if told.weighed is not None:
        for result in told.weighed.results:
            if result.partition(".20")[0] in _WEIGHED and (
                drawing := importance_of(told.weighed, result, names)
            ):
                yield drawing


def _of_costs(found: Pathway, told: Told) -> Iterator[Drawing]:
    year = found.years.index(found.year_from(told.before))
    price, steps = float(found.given.case.carbon_price[year]), macc(found.given.case, year)
    if steps.measures:
        yield retrospective(found.given, steps, price)
    if len(told.cuts) > 1:
        yield integrated(found.given, told.cuts, year, price)


def _method(found: Pathway, told: Told) -> Iterator[Text]:
    yield both("pathway_reported.method_accounts")
    yield both(f"pathway_reported.method_{found.kind}")
    if told.deployed is not None and found.kind != "optimum":
        yield both("pathway_reported.method_optimum")
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


def _remarks(found: Pathway) -> Iterator[Text]:
    """What must be known of values nobody stated."""
    return (remark(found.given, each) for each in found.told)
