"""The page of chances: when a plan peaks if things turn out otherwise, how likely each target is met, and what it hangs on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.outcome import FixedPlan
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import Design, design, sample
from touchstone.calc.pathway.chance.sensitivity import Sensitivity, sensitivity
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.pathway import KINDS, Pathway
from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.pathway.slim import slimmed
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.futures import fan_of, histogram_of, importance_of
from touchstone.publish.pathway.pen import figure
from touchstone.publish.pathway.shown import course_name, targets
from touchstone.serve.pathway_asked import Asked, asked_of
from touchstone.serve.pathway_plans_page import kept_plan, optimised
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import drawn, name_of, nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

DRAWS = (2000, 10000)
BEFORE = 2030
"""The year before which China's non-ferrous metals are to peak (plan of 2022-11-10)."""
RESULTS = ("peak.year", "peak.height", "emissions", "emissions.cumulative", "cost")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a scenario, whose plan of it, how many draws and from which seed, and before which year the peak shall be."""

    key: str
    plan: str
    draws: int
    seed: int
    before: int


def chances_page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    """The chances of one scenario's plan: that of its own rules, or the least-cost one if it was worked out."""
    stock = shelf.stock.pathways()
    try:
        asked = asked_of(chosen[:1], {}, stock)
        question = _question(asked, query)
        shown = _common(stock, asked, question)
        found = planned(stock, question)
        outcome, of = drawn_of(stock, question, found)
    except Refusal as problem:
        return nothing(stock, problem)
    peaks = outcome.peaks()
    before = peaks.before(question.before)
    chances = [outcome.met(rule.key) for rule in found.given.case.rules]
    shown |= {
        "name": course_name(found, True),
        "kind": outcome.kind,
        "said": {name: figure(100 * each.share, lang, 3) for name, each in (("before", before), ("not_yet", peaks.not_yet), ("already", peaks.already))},
        "error": figure(100 * before.error, lang, 2),
        "fan": drawn(fan_of(found, outcome), lang),
        "histogram": drawn(histogram_of(outcome, question.before), lang),
        "targets": targets(found, [each.share for each in chances]),
        "importance": _importance(stock, question, found, of, query["result"], lang) if query.get("result") else None,
        "results": RESULTS,
        "result": query.get("result", ""),
        "drivers": [(row.get("name") or {"zh": row["key"], "en": row["key"]}, declared(row), row["where"]) for row in found.given.scenario.drivers],
    }  # fmt: skip
    return Page(
        "pathway_chances.html", shown, lambda: chances_told(question, outcome), lambda: _rows(outcome)
    )


def declared(row: Mapping[str, Any]) -> str:
    """A driver as it was declared: what it moves, its distribution and how far it spreads."""
    return ", ".join(
        f"{field} = {value}"
        for field, value in row.items()
        if field not in ("key", "name", "where", "source")
    )


def planned(stock: PathwayStock, question: Question) -> Pathway:
    """The plan that is asked about. Raises UnusablePathway: PATHWAY-019, no least-cost plan was worked out yet."""
    if question.plan == "projection":
        return stock.projected(question.key)
    kept = kept_plan(stock, question.key)
    if kept is None:
        raise refusal("PATHWAY-019", question.key, scenario=question.key)
    return optimised(stock, question.key, kept)


def drawn_of(stock: PathwayStock, question: Question, found: Pathway) -> tuple[FixedPlan, Design]:
    """The plan in all futures. Raises UnusablePathway: CHANCE-013, the scenario declares no driver; what is wrong with one."""

    def make() -> tuple[FixedPlan, Design]:
        drivers, together = drivers_of(found.given.scenario)
        case, plan = slimmed(found.given.case, found.plan)
        of = design(drivers, case.years, together, len(projects(case, plan)))
        return simulate(case, plan, sample(of, question.draws, question.seed)), of

    return stock.made(("chances", question), make)


def _question(asked: Asked, query: Mapping[str, str]) -> Question:
    plan = plan_asked(query.get("plan", "projection"), "plan")
    return Question(
        asked.first, plan, _whole(query, "draws", DRAWS[0], 100, 100_000), _whole(query, "seed", 1, 0, 2**31 - 1), _whole(query, "before", BEFORE, 1950, 2200)
    )  # fmt: skip


def plan_asked(said: str, where: str) -> str:
    """Whose plan is asked about. Raises UnusablePathway: PATHWAY-018, neither the projection's nor the least-cost one."""
    if said not in KINDS:
        raise refusal("PATHWAY-018", where, found=said, known=", ".join(KINDS))
    return said


def _whole(query: Mapping[str, str], name: str, preset: int, low: int, high: int) -> int:
    said = query.get(name, "") or str(preset)
    if not (said.isascii() and said.isdigit() and len(said) < 12 and low <= int(said) <= high):
        raise refusal("PATHWAY-015", name, found=said, low=low, high=high)
    return int(said)


def _common(stock: PathwayStock, asked: Asked, question: Question) -> dict[str, Any]:
    return {
        "question": question,
        "choices": [(key, name_of(stock, key)) for key in stock.usable],
        "has_optimum": kept_plan(stock, asked.first) is not None,
        "draws": DRAWS,
        "synthetic": stock.synthetic,
    }


def _importance(
    stock: PathwayStock, question: Question, found: Pathway, of: Design, result: str, lang: str
) -> tuple[str, str] | None:
    """Which driver a result hangs on, drawn; None where nothing does."""
    if result not in RESULTS:
        raise refusal("PATHWAY-018", "result", found=result, known=", ".join(RESULTS))
    year = min(max(question.before, found.years[0]), found.years[-1])
    try:
        made: Sensitivity = stock.made(
            ("sensitivity", question, year),
            lambda: sensitivity(
                found.given.case, found.plan, of, year, question.seed, futures=128, orders=24
            ),
        )
    except Refusal:
        return None
    names = {
        row["key"]: Text(**row["name"]) if row.get("name") else Text(row["key"], row["key"])
        for row in found.given.scenario.drivers
    }
    drawing = importance_of(made, f"emissions.{year}" if result == "emissions" else result, names)
    return drawn(drawing, lang) if drawing else None


def chances_told(question: Question, outcome: FixedPlan) -> dict[str, Any]:
    """Chances as JSON, each with its standard error."""
    peaks = outcome.peaks()
    return {
        "scenario": question.key, "plan": question.plan, "kind": {"zh": outcome.kind.zh, "en": outcome.kind.en}, "draws": len(outcome),
        "seed": question.seed, "points": outcome.points, "drivers": list(outcome.drivers),
        "peak_before": {"year": question.before, **_chance(peaks.before(question.before))},
        "peak_not_yet": _chance(peaks.not_yet), "peak_already": _chance(peaks.already),
        "peak_years": [{"year": year, **_chance(each)} for year, each in peaks.distribution],
        "rules": [{"rule": each.rule.key, **_chance(outcome.met(each.rule.key))} for each in outcome.rules],
        "emissions": _rows(outcome),
    }  # fmt: skip


def _chance(each: Any) -> dict[str, float]:
    return {"share": each.share, "standard_error": each.error}


def _rows(outcome: FixedPlan) -> list[dict[str, Any]]:
    """Quantiles of emissions by year, t CO2e."""
    levels = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    fan = outcome.fan("emissions", levels)
    return [
        {
            "year": int(year),
            **{f"q{round(100 * level):02d}_t_co2e": float(fan[q, y]) for q, level in enumerate(levels)},
        }
        for y, year in enumerate(outcome.years)
    ]
