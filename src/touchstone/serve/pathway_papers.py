"""Files that leave pathways: results as an IAMC table, workbook or JSON, and the report of a scenario in every format and both languages."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version

from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.deployment.conflict import conflict
from touchstone.calc.pathway.deployment.result import Deployed, digest, misses
from touchstone.calc.pathway.deployment.rules import mix_of
from touchstone.calc.pathway.pathway import Pathway
from touchstone.facts.text import Text
from touchstone.publish.pathway.book import book, document
from touchstone.publish.pathway.iamc import iamc, to_wide
from touchstone.publish.pathway.paper import scenario_report
from touchstone.publish.pathway.reported import Told, is_made_up, paper_of
from touchstone.publish.pathway.results import rows_of, scenario_name
from touchstone.publish.pathway.target import both
from touchstone.publish.report.report import Report
from touchstone.publish.words import word

MODEL = "Touchstone"
EXPORTS = ("csv", "xlsx", "json")


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
    found: Pathway,
    day: date,
    before: int,
    deployed: Deployed | None = None,
    outcome: Outcomes | None = None,
    against: Sequence[Pathway] = (),
) -> Report:
    """The report of a pathway; of a least-cost plan with its prices and what conflicts in it.

    Raises:
        UnusablePathway: what is wrong with the case.
    """
    wishes = None
    if deployed is not None:
        case = found.given.case
        wishes = conflict(case, mix_of(case, deployed.plan)) if misses(case, deployed.plan) else ()
    stood = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    told = Told(day, stood, versions(), before, deployed, wishes, outcome, tuple(against))
    return scenario_report(paper_of(found, told))


def versions() -> str:
    """What worked the results out."""
    return "; ".join(f"{name} {version(name)}" for name in ("touchstone", "numpy", "highspy"))
