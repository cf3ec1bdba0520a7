"""Files that leave pathways: results as an IAMC table, workbook or JSON, and the report of a scenario in every format and both languages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version

from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.chance.sample import Design
from touchstone.calc.pathway.chance.sensitivity import Sensitivity, sensitivity
from touchstone.calc.pathway.chance.swing import swung
from touchstone.calc.pathway.deployment.result import Deployed, digest
from touchstone.calc.pathway.deployment.sweep import Step
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.plan import decisions
from touchstone.calc.pathway.slim import slimmed
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.flow.pathway_plans import Plans
from touchstone.publish.pathway.book import book, document
from touchstone.publish.pathway.iamc import iamc, to_wide
from touchstone.publish.pathway.paper import scenario_report
from touchstone.publish.pathway.reported import Told, is_made_up, paper_of
from touchstone.publish.pathway.results import rows_of, scenario_name
from touchstone.publish.pathway.target import both
from touchstone.publish.report.report import Report
from touchstone.publish.words import word
from touchstone.serve.pathway_chances_page import BEFORE, Question, drawn_of, planned
from touchstone.serve.pathway_plans_page import kept_plan, optimised, plan_name
from touchstone.serve.pathway_robust import must_be_of_its_years
from touchstone.serve.pathway_stock import PathwayStock

MODEL = "Touchstone"
EXPORTS = ("csv", "xlsx", "json")
REPORT_STEPS = {False: 2, True: 6}
"""How often `report_of` says that a step is done, without chances and with."""
_FUTURES, _ORDERS = 128, 24
"""Futures and orders from which a report tells what results hang on: as the page of chances does."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is asked for: whose plan, before which year the peak shall be, and how many futures from which seed (0 for none)."""

    plan: str = "projection"
    before: int = BEFORE
    draws: int = 0
    seed: int = 1


def export_of(
    stock: PathwayStock, keys: Sequence[str], wanted: Wanted, form: str, day: date, lang: str
) -> tuple[bytes, int]:
    """Results of scenarios, and of the least-cost plans that are kept of them, in one of `EXPORTS`, with quantiles where futures are asked for.

    Raises:
        UnusablePathway: what is wrong with a scenario; CHANCE-013, futures are asked for and no driver is declared. UnusableTable: as `exported`.
    """
    every, prices, outcomes = list[Pathway](), dict[str, Deployed](), dict[str, Outcomes]()
    for key in dict.fromkeys(keys):
        every.append(stock.projected(key))
        if (kept := saved_plan(stock, key)) is not None:
            every.append(optimised(stock, key, kept))
            prices[scenario_name(every[-1])] = kept
    if wanted.draws:
        for each in every:
            question = Question(each.key, each.kind, wanted.draws, wanted.seed, each.years[0])
            outcomes[scenario_name(each)] = drawn_of(stock, question, each)[0]
    return exported(every, prices, outcomes, form, day, lang)


def exported(
    every: Sequence[Pathway],
    prices: Mapping[str, Deployed],
    outcomes: Mapping[str, Outcomes],
    form: str,
    day: date,
    lang: str,
) -> tuple[bytes, int]:
    """Results in one of `EXPORTS`, and how many rows the format has no place for.

    Args:
        prices, outcomes: by `scenario_name`, of the pathways that have them.

    Raises:
        UnusableTable: EXCHANGE-001, the code list has no name for a product; EXCHANGE-005, a name begins like a formula.
    """
    rows = []
    for each in every:
        name = scenario_name(each)
        known = prices[name].prices if name in prices else None
        rows += rows_of(each, outcomes.get(name), known)
    if form == "csv":
        table = iamc(rows, MODEL)
        return to_wide(table).encode(), table.left_out
    about = _about(every, outcomes)
    if form == "json":
        return document(rows, {name.en: value for name, value in about}).encode(), 0
    return book(rows, f"{MODEL} {version('touchstone')}", about, day, lang), 0


def _about(every: Sequence[Pathway], outcomes: Mapping[str, Outcomes]) -> list[tuple[Text, str]]:
    said = []
    for each in every:
        name = scenario_name(each)
        said.append(
            (
                both("pathway_shown.of_kind", name=Text(name, name), kind=both("pathway_reported.made_case")),
                digest(each.given.case),
            )
        )
        if name in outcomes:
            drawn = outcomes[name]
            told = both(
                "pathway_shown.of_kind", name=Text(name, name), kind=both("pathway_reported.made_seed")
            )
            said.append((told, f"{drawn.seed}; {len(drawn)}; {drawn.kind.en}"))
    said.append((both("pathway_reported.made_versions"), versions()))
    if any(map(is_made_up, every)):
        said.append(
            (
                both("pathway_book.about"),
                " / ".join(word("pathway_paper.synthetic", lang) for lang in ("zh", "en")),
            )
        )
    return said


def report_of(
    stock: PathwayStock,
    keys: Sequence[str],
    wanted: Wanted,
    day: date,
    cuts: Sequence[Step] = (),
    between: Callable[[], None] = lambda: None,
) -> Report:
    """The report of the first scenario against the others; with its least-cost plan where one is kept.

    Args:
        cuts: optimal plans under ever tighter caps, where they were worked out. between: called between the steps; what it raises ends them.

    Raises:
        UnusablePathway: what is wrong with a scenario; PATHWAY-019, the least-cost plan is asked about and none is kept; PATHWAY-021, one has
            other years than the first; CHANCE-013, futures are asked for and no driver is declared.
    """
    between()
    first, *others = dict.fromkeys(keys)
    question = Question(first, wanted.plan, wanted.draws, wanted.seed, wanted.before)
    deployed = saved_plan(stock, first)
    optimum = optimised(stock, first, deployed) if deployed is not None else None
    found = optimum if wanted.plan == "optimum" and optimum is not None else planned(stock, question)
    wishes = None if deployed is None else deployed.wishes
    against = tuple(stock.projected(key) for key in others)
    must_be_of_its_years(found, against)
    told = Told(
        day, datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), versions(), wanted.before, optimum, deployed, wishes, cuts=tuple(cuts),
        against=against,
    )  # fmt: skip
    if wanted.draws:
        told = _drawn(stock, question, found, told, between)
    between()
    return scenario_report(paper_of(found, told))


def saved_plan(stock: PathwayStock, key: str) -> Deployed | None:
    """The best plan that is kept of a scenario as it stands, of whole lines only where there is no other."""
    return kept_plan(stock, key) or Plans(stock.files.folder / "plans").kept(
        plan_name(key, "whole"), stock.compiled(key).case
    )


def _drawn(
    stock: PathwayStock, question: Question, found: Pathway, told: Told, between: Callable[[], None]
) -> Told:
    """What is known of a pathway, with its many futures and what they hang on."""
    outcome, of = drawn_of(stock, question, found)
    between()
    year = found.year_from(question.before)
    case, plan = slimmed(found.given.case, found.plan, (each.technology for each in of.drivers))
    weighed = _weighed(stock, question, found, of, year)
    between()
    told = replace(told, outcome=outcome, weighed=weighed, swung=swung(case, plan, of, year))
    if told.optimum is None or told.optimum is found:
        return told
    between()
    own, _ = drawn_of(stock, replace(question, plan="optimum"), told.optimum)
    return replace(told, optimum_outcome=own)


def _weighed(
    stock: PathwayStock, question: Question, found: Pathway, of: Design, year: int
) -> Sensitivity | None:
    """What results hang on; None where no driver moves any."""
    case, plan = found.given.case, found.plan
    try:
        return stock.made(
            ("sensitivity", question, year, decisions(plan)),
            lambda: sensitivity(case, plan, of, year, question.seed, futures=_FUTURES, orders=_ORDERS),
        )
    except Refusal:
        return None


def versions() -> str:
    """What worked the results out."""
    return "; ".join(f"{name} {version(name)}" for name in ("touchstone", "numpy", "highspy"))
