"""A figure of its own: the fact in words, the identities it takes part in, its twins elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.facts.fact import Fact
from touchstone.publish.case import Case
from touchstone.publish.explained import evidence_said, rule_in_words
from touchstone.publish.export import fact_row, finding_data
from touchstone.publish.format import measure, name
from touchstone.publish.marked import Context, context
from touchstone.serve.activity_named import Activity, activity_named
from touchstone.serve.reply import Page
from touchstone.serve.series import address
from touchstone.serve.shelf import Shelf

_TWINS, _CASES = 12, 12


@dataclass(frozen=True, slots=True)
class Panel:
    """What opens from a figure.

    Attributes:
        fact: the figure.
        others: facts printed with the same words in the same place (the other end of a range).
        verdict: the worst one on it.
        document: the name of its document.
        context: the sentence or row it stands in.
        cases: the identities it takes part in, most serious first, with `more` not shown.
        twins: the same subject, measure, period and place elsewhere, with the name of the document.
        parents: the facts it was made from.
        series: the address of its series, None for a figure without a period.
        activity: its names, where it is a value of activity data.
        evidence: number and day of the documents that its file names for it, where it is one, corrected by hand or not.
    """

    fact: Fact
    others: tuple[Fact, ...]
    verdict: str
    document: str
    context: Context
    cases: tuple[Case, ...]
    more: int
    twins: tuple[tuple[Fact, str], ...]
    parents: tuple[Fact, ...]
    series: str | None
    activity: Activity | None = None
    evidence: tuple[tuple[str, date | None], ...] = ()

    def subject(self, lang: str) -> str:
        """What the figure is about, in words."""
        return str(getattr(self.activity.subject, lang)) if self.activity else name(self.fact.subject, lang)

    def measure(self, lang: str) -> str:
        """What was measured, in words."""
        return (
            str(getattr(self.activity.measure, lang)) if self.activity else measure(self.fact.measure, lang)
        )

    def stands_on(self, lang: str) -> str:
        """The documents that its file names for it, "" for none."""
        return evidence_said(self.evidence, lang)

    def read_by(self, lang: str) -> str:
        """How the figure was read, in words."""
        return (
            str(getattr(self.activity.rule, lang)) if self.activity else rule_in_words(self.fact.rule, lang)
        )


def panel(shelf: Shelf, fact: Fact) -> Panel:
    """Gather what opens from a figure."""
    findings = shelf.findings_by_fact.get(fact.id, [])
    around = Context("", (), ())
    others: tuple[Fact, ...] = ()
    if fact.locator is not None:
        same = [f for f in shelf.workspace.facts(source=fact.source) if f.id != fact.id]
        others = tuple(f for f in same if f.locator == fact.locator)
        around = context(shelf.stock.document(fact.source), (fact, *others))
    return Panel(
        fact,
        others,
        shelf.verdict(fact.id),
        shelf.name(fact.source),
        around,
        tuple(shelf.cases(findings[:_CASES])),
        max(0, len(findings) - _CASES),
        _twins(shelf, fact),
        tuple(shelf.facts(fact.parents).values()),
        address(fact.subject, fact.measure, fact.place, fact.unit) if fact.period else None,
        activity_named(shelf, fact),
        tuple((each.reference, each.day) for each in shelf.workspace.evidence_of(fact)),
    )


def figure(shelf: Shelf, id: str) -> Page:
    """The page of one figure."""
    fact = shelf.workspace.fact(id)
    gathered = panel(shelf, fact)
    return Page("figure.html", {"panel": gathered}, _data(shelf, gathered), [_row(gathered)])


def fragment(shelf: Shelf, id: str) -> Page:
    """The panel alone, for the script of the document page."""
    page = figure(shelf, id)
    return Page("panel_only.html", page.shown, page.data, page.rows)


def _twins(shelf: Shelf, fact: Fact) -> tuple[tuple[Fact, str], ...]:
    if fact.period is None:
        return ()
    alike = shelf.workspace.facts(
        subject=fact.subject, measure=fact.measure, period=fact.period, place=fact.place
    )
    others = [f for f in alike if f.id != fact.id and f.place == fact.place]
    return tuple((f, shelf.name(f.source)) for f in others[:_TWINS])


def _data(shelf: Shelf, shown: Panel) -> dict[str, Any]:
    return {
        **fact_row(shown.fact),
        "verdict": shown.verdict,
        "document": shown.document,
        "where": shown.context.where,
        "findings": [finding_data(case.finding) for case in shown.cases],
        "twins": [fact_row(fact) for fact, _ in shown.twins],
        "lineage": shelf.workspace.explain(shown.fact.id).to_dict(),
    }


def _row(shown: Panel) -> dict[str, object]:
    return {"verdict": shown.verdict, "document": shown.document, **fact_row(shown.fact)}
