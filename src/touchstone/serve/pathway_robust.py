"""Plans of scenarios in the same futures: which to take when nobody knows what comes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.outcome import FixedPlan
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.robust import Robust
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.pathway.slim import slimmed
from touchstone.publish.pathway.pen import alike, share
from touchstone.publish.pathway.regret import Regret, Row
from touchstone.publish.pathway.target import both

MEASURES = ("expected", "tail", "regret", "regret_high", "regret_most")
YUAN = 1e8


def drawn_alike(every: Sequence[Pathway], draws: int, seed: int) -> dict[str, FixedPlan]:
    """Every plan in the same futures: those of the drivers that the first scenario declares.

    Raises:
        UnusablePathway: CHANCE-013, the first declares none; PATHWAY-021, years differ; and as `drivers_of` and `simulate` do.
    """
    first = every[0]
    must_be_of_its_years(first, every)
    drivers, together = drivers_of(first.given.scenario)
    named = {each.technology for each in drivers}
    slim = {each.key: slimmed(each.given.case, each.plan, named) for each in every}
    most = max(len(projects(*pair)) for pair in slim.values())
    drawn = sample(design(drivers, first.given.case.years, together, most), draws, seed)
    return {key: simulate(*pair, drawn) for key, pair in slim.items()}


def must_be_of_its_years(first: Pathway, others: Iterable[Pathway]) -> None:
    """Raises UnusablePathway: PATHWAY-021, one of the others has other years than the first, so that they cannot be laid side by side."""
    for each in others:
        if each.years != first.years:
            raise refusal("PATHWAY-021", each.key, first=first.key, second=each.key)


def robust_said(found: Robust, every: Sequence[Pathway], lang: str) -> dict[str, Any]:
    """For a page: a row for each plan, what is best by each measure, and the drawing."""
    names = {each.key: each.given.scenario.name for each in every}
    ruled = {each.key: bool(each.given.case.rules) for each in every}
    rows = [
        {
            "name": names[each.plan],
            "values": values,
            "best": share(each.best.share, lang),
            "meets": share(each.meets.share, lang) if ruled[each.plan] else None,
        }
        for each, values in zip(found.standings, alike_money(found, MEASURES, lang), strict=True)
    ]
    return {
        "rows": rows, "measures": MEASURES,
        "choices": [(measure, names[found.choice(measure)]) for measure in ("expected", "tail", "regret_most")],
    }  # fmt: skip


def alike_money(found: Robust, measures: Sequence[str], lang: str) -> list[list[str]]:
    """For each plan what it costs by each measure, 100 million yuan, all with the same decimals."""
    said = alike([getattr(each, measure) / YUAN for each in found.standings for measure in measures], lang, 6)
    return [said[n : n + len(measures)] for n in range(0, len(said), len(measures))]


def regret_of(found: Robust, every: Sequence[Pathway]) -> Regret:
    """The drawing of regrets."""
    names = {each.key: each.given.scenario.name for each in every}
    rows = tuple(
        Row(names[each.plan], each.regret / YUAN, each.regret_high / YUAN, each.regret_most / YUAN)
        for each in found.standings
    )
    return Regret(both("robust.drawing"), both("robust.unit"), rows)


def robust_told(found: Robust) -> list[dict[str, Any]]:
    """As JSON, in yuan."""
    return [asdict(each) for each in found.standings]
