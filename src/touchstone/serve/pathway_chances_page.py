"""The page of chances: when a plan peaks if things turn out otherwise, how likely each target is met, and what it hangs on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.outcome import FixedPlan, Outcomes
from touchstone.calc.pathway.chance.peak import Chance
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.robust import robust
from touchstone.calc.pathway.chance.sample import Design, design, sample
from touchstone.calc.pathway.chance.sensitivity import Sensitivity, sensitivity
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.pathway import KINDS, Pathway
from touchstone.calc.pathway.plan import decisions
from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.pathway.slim import slimmed
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.fan import Fan
from touchstone.publish.pathway.futures import fan_of, fans_of, histogram_of, importance_of
from touchstone.publish.pathway.pen import figure, share
from touchstone.publish.pathway.shown import course_name, targets
from touchstone.publish.pathway.target import both
from touchstone.serve.pathway_asked import MOST, Asked, asked_of
from touchstone.serve.pathway_drivers import drivers_said, names_of
from touchstone.serve.pathway_drivers import name_of as driver_name
from touchstone.serve.pathway_plans_page import kept_plan, older_plans, optimised
from touchstone.serve.pathway_robust import drawn_alike, regret_of, robust_said, robust_told
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


@dataclass(frozen=True, slots=True)
class Answer:
    """A scenario's plan in many futures."""

    question: Question
    found: Pathway
    outcome: FixedPlan
    of: Design


def chances_page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    """The chances of up to four scenarios' plans: those of their own rules, or the least-cost ones if they were worked out."""
    stock, result = shelf.stock.pathways(), query.get("result", "")
    try:
        asked, question = _asked(stock, chosen, query)
    except Refusal as problem:
        return nothing(stock, problem)
    common = _common(stock, asked, question) | {"result": result}
    driven = [key for key in asked.keys if stock.compiled(key).scenario.drivers]
    try:
        every = [_answered(stock, replace(question, key=key)) for key in driven or asked.keys]
        first = every[0]
        weights = _importance(stock, question, first.found, first.of, result, lang) if result else None
    except Refusal as problem:
        problems = [problem, *problem.also]
        told = {"problems": [each.text("en") for each in problems]}
        return Page("pathway_chances.html", common | {"problems": problems}, told, [], 404)
    standing = _compared(stock, question, every, asked, lang)
    shown = common | {
        "kind": first.outcome.kind,
        "single": _sentence(first, lang),
        "fans": [drawn(each, lang) for each in _fans(every)],
        "histograms": [drawn(histogram_of(each.outcome, question.before, course_name(each.found, True)), lang) for each in every],
        "table": _table(every, lang) if len(every) > 1 else None,
        "targets": targets(first.found, [first.outcome.met(rule.key).share for rule in first.found.given.case.rules]),
        "importance": weights,
        "drivers": _drivers(every),
        "robust": standing,
    }  # fmt: skip
    return Page("pathway_chances.html", shown, lambda: _told(every, standing), lambda: _every_row(every))


def _asked(stock: PathwayStock, chosen: list[str], query: Mapping[str, str]) -> tuple[Asked, Question]:
    """What an address asks for: the first scenario that declares a driver where it names none; the question is about the first of them that does."""
    named = [key for key in chosen if key] or [key for key in stock.usable if key not in _undriven(stock)][:1]
    asked = asked_of(named, {}, stock)
    driven = [key for key in asked.keys if key not in _undriven(stock)]
    return asked, replace(_question(asked, query), key=(*driven, asked.first)[0])


def _undriven(stock: PathwayStock) -> tuple[str, ...]:
    """Scenarios without a driver, or that cannot be used: they have no chances of their own."""
    return tuple(
        key for key, each in stock.usable.items() if isinstance(each, Refusal) or not each.scenario.drivers
    )


def _drivers(every: list[Answer]) -> list[tuple[list[Text], list[dict[str, Any]]]]:
    """Drivers once for all scenarios that declare or inherit the same ones."""
    alike: dict[str, list[Answer]] = {}
    for each in every:
        alike.setdefault(repr(each.found.given.scenario.drivers), []).append(each)
    return [
        (
            [each.found.given.scenario.name for each in same],
            drivers_said(
                same[0].found.given.scenario.drivers, same[0].of.drivers, names_of(same[0].found.given)
            ),
        )
        for same in alike.values()
    ]


def _answered(stock: PathwayStock, question: Question) -> Answer:
    found = planned(stock, question)
    return Answer(question, found, *drawn_of(stock, question, found))


def _sentence(answer: Answer, lang: str) -> dict[str, str]:
    peaks = answer.outcome.peaks()
    before = peaks.before(answer.question.before)
    parts = {"before": before, "not_yet": peaks.not_yet, "already": peaks.already}
    said = {name: figure(100 * each.share, lang, 3) for name, each in parts.items()}
    return said | {"error": figure(100 * before.error, lang, 2)}


def _fans(every: list[Answer]) -> list[Fan]:
    """All in one drawing where their years are alike; else one for each."""
    if len(every) > 1 and len({each.found.years for each in every}) == 1:
        return [fans_of([(each.found, each.outcome) for each in every])]
    return [fan_of(each.found, each.outcome) for each in every]


def _table(every: list[Answer], lang: str) -> dict[str, Any]:
    """Chances of every scenario in one table: of the peak, and of each target that one of them has."""
    before = every[0].question.before
    peaks = [each.outcome.peaks() for each in every]
    rows: list[tuple[Text, list[tuple[str, str] | None]]] = [
        (both("chances.peak_before", year=before), [_cell(each.before(before), lang) for each in peaks]),
        (both("chances.peak_never"), [_cell(each.not_yet, lang) for each in peaks]),
        (both("chances.peak_already"), [_cell(each.already, lang) for each in peaks]),
    ]
    names = {aim.key: aim.name for each in every for aim in each.found.given.scenario.aims}
    for key, name in names.items():
        ruled = [any(rule.rule.key == key for rule in each.outcome.rules) for each in every]
        cells = [
            _cell(each.outcome.met(key), lang) if has else None
            for each, has in zip(every, ruled, strict=True)
        ]
        rows.append((name, cells))
    return {"heads": [course_name(each.found, True) for each in every], "rows": rows}


def _cell(each: Chance, lang: str) -> tuple[str, str]:
    return share(each.share, lang), figure(100 * each.error, lang, 2)


def _compared(
    stock: PathwayStock, question: Question, every: list[Answer], asked: Asked, lang: str
) -> dict[str, Any] | None:
    """The plans in the same futures, of those too that declare no driver; why not, where that cannot be; None of one alone."""
    answered = [each.question.key for each in every]
    others = [key for key in asked.keys if key not in answered]
    if len(asked.keys) < 2:
        return None
    try:
        plans = [each.found for each in every]
        plans += [planned(stock, replace(question, key=each)) for each in others]
        key = ("robust", question, tuple((each.key, decisions(each.plan)) for each in plans))
        found = stock.made(key, lambda: robust(drawn_alike(plans, question.draws, question.seed)))
    except Refusal as problem:
        return {"problem": problem}
    return robust_said(found, plans, lang) | {
        "problem": None,
        "drawing": drawn(regret_of(found, plans), lang),
        "told": robust_told(found),
    }


def planned(stock: PathwayStock, question: Question) -> Pathway:
    """The plan that is asked about. Raises UnusablePathway: PATHWAY-019, no least-cost plan was worked out yet; PATHWAY-023, of an older case only."""
    if question.plan == "projection":
        return stock.projected(question.key)
    kept = kept_plan(stock, question.key)
    if kept is None and (older := older_plans(stock, question.key)):
        raise refusal("PATHWAY-023", ", ".join(older), scenario=question.key)
    if kept is None:
        raise refusal("PATHWAY-019", question.key, scenario=question.key)
    return optimised(stock, question.key, kept)


def drawn_of(stock: PathwayStock, question: Question, found: Pathway) -> tuple[FixedPlan, Design]:
    """The plan in all futures. Raises UnusablePathway: CHANCE-013, the scenario declares no driver; what is wrong with one."""

    def make() -> tuple[FixedPlan, Design]:
        drivers, together = drivers_of(found.given.scenario)
        case, plan = slimmed(found.given.case, found.plan, (each.technology for each in drivers))
        of = design(drivers, case.years, together, len(projects(case, plan)))
        return simulate(case, plan, sample(of, question.draws, question.seed)), of

    return stock.made(("chances", question, decisions(found.plan)), make)


def _question(asked: Asked, query: Mapping[str, str]) -> Question:
    plan = plan_asked(query.get("plan", "projection"), "plan")
    return Question(
        asked.first, plan, whole_of(query, "draws", DRAWS[0], 100, 100_000), whole_of(query, "seed", 1, 0, 2**31 - 1),
        whole_of(query, "before", BEFORE, 1950, 2200),
    )  # fmt: skip


def plan_asked(said: str, where: str) -> str:
    """Whose plan is asked about. Raises UnusablePathway: PATHWAY-018, neither the projection's nor the least-cost one."""
    if said not in KINDS:
        raise refusal("PATHWAY-018", where, found=said, known=", ".join(KINDS))
    return said


def whole_of(query: Mapping[str, str], name: str, preset: int, low: int, high: int) -> int:
    """A whole number of an address; `preset` where it is not there. Raises UnusablePathway: PATHWAY-015, it is none, or beyond its bounds."""
    said = query.get(name, "") or str(preset)
    if not (said.isascii() and said.isdigit() and len(said) < 12 and low <= int(said) <= high):
        raise refusal("PATHWAY-015", name, found=said, low=low, high=high)
    return int(said)


def _common(stock: PathwayStock, asked: Asked, question: Question) -> dict[str, Any]:
    return {
        "question": question,
        "asked": asked,
        "most": MOST,
        "choices": [(key, name_of(stock, key), key in asked.keys) for key in stock.usable],
        "undriven": _undriven(stock),
        "problems": [],
        "has_optimum": kept_plan(stock, question.key) is not None,
        "draws": DRAWS,
        "results": RESULTS,
        "synthetic": stock.synthetic,
    }


def _importance(
    stock: PathwayStock, question: Question, found: Pathway, of: Design, result: str, lang: str
) -> tuple[str, str] | None:
    """Which driver a result hangs on, drawn; None where nothing does."""
    if result not in RESULTS:
        raise refusal("PATHWAY-018", "result", found=result, known=", ".join(RESULTS))
    year = found.year_from(question.before)
    try:
        made: Sensitivity = stock.made(
            ("sensitivity", question, year, decisions(found.plan)),
            lambda: sensitivity(
                found.given.case, found.plan, of, year, question.seed, futures=128, orders=24
            ),
        )
    except Refusal:
        return None
    names = {row["key"]: driver_name(row) for row in found.given.scenario.drivers}
    drawing = importance_of(made, f"emissions.{year}" if result == "emissions" else result, names)
    return drawn(drawing, lang) if drawing else None


def _told(every: list[Answer], standing: Mapping[str, Any] | None) -> Any:
    """One scenario by itself; several in a list, with the comparison of their plans."""
    told = [chances_told(each.question, each.outcome) for each in every]
    return told[0] if standing is None else {"scenarios": told, "robust": standing.get("told")}


def _every_row(every: list[Answer]) -> list[dict[str, Any]]:
    return [{"scenario": each.question.key, **row} for each in every for row in rows_of(each.outcome)]


def chances_told(question: Question, outcome: Outcomes) -> dict[str, Any]:
    """Chances as JSON, each with its standard error."""
    peaks = outcome.peaks()
    return {
        "scenario": question.key, "plan": question.plan, "kind": {"zh": outcome.kind.zh, "en": outcome.kind.en}, "draws": len(outcome),
        "seed": question.seed, "points": outcome.points, "drivers": list(outcome.drivers),
        "peak_before": {"year": question.before, **_chance(peaks.before(question.before))},
        "peak_not_yet": _chance(peaks.not_yet), "peak_already": _chance(peaks.already),
        "peak_years": [{"year": year, **_chance(each)} for year, each in peaks.distribution],
        "rules": [{"rule": each.rule.key, **_chance(outcome.met(each.rule.key))} for each in outcome.rules],
        "emissions": rows_of(outcome),
    }  # fmt: skip


def _chance(each: Any) -> dict[str, float]:
    return {"share": each.share, "standard_error": each.error}


def rows_of(outcome: Outcomes) -> list[dict[str, Any]]:
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
