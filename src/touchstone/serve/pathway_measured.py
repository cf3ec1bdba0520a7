"""Targets joined to what was measured (stated values, the inventory, documents) and to what scenarios make of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.course import Progress
from touchstone.calc.target.foreseen import Foreseen, foreseen
from touchstone.calc.target.measured import from_facts
from touchstone.calc.target.progress import progress
from touchstone.calc.target.stated import Stated, sentence_of, stated
from touchstone.calc.target.target import Target, Targets
from touchstone.calc.target.tracked import tracked
from touchstone.errors import TouchstoneError, UnusableDeclaration
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.flow import Workspace
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_asked import asked_of

if TYPE_CHECKING:
    from touchstone.flow.demands import Demands


@dataclass(frozen=True, slots=True)
class Judged:
    """A target with its progress and what each scenario makes of it."""

    progress: Progress
    scenarios: tuple[Foreseen, ...]

    @property
    def target(self) -> Target:
        """The target itself."""
        return self.progress.target


@dataclass(frozen=True, slots=True)
class Kept:
    """All targets of a workspace, judged; refused: what of its files could not be read."""

    judged: tuple[Judged, ...]
    refused: tuple[UnusablePathway, ...]


def judged(
    demands: "Demands", account: Account | None, speaks: str, facts: Iterable[Fact], sentence: "Sentence", pathways: Iterable[Pathway]
) -> Kept:  # fmt: skip
    """Every target, with progress and scenarios.

    Args:
        account: of all years, None for none; speaks: ISO code of the place that inventory and documents speak for, "" for none.

    Raises:
        UnusablePathway: TARGET-001, a file is no TOML; TARGET-008, a year has two values.
    """
    known, (series, refused) = demands.targets(), demands.measured()
    every = tuple(pathways)
    rows = tracked(known.targets, account, series, speaks)
    told = tuple(facts) if speaks else ()
    rows = tuple(_by_documents(row, told, sentence, speaks) for row in rows)
    return Kept(
        tuple(Judged(row, tuple(foreseen(row.target, each) for each in every)) for row in rows),
        (*known.refused, *refused),
    )


def _by_documents(row: Progress, facts: tuple[Fact, ...], sentence: "Sentence", speaks: str) -> Progress:
    """The progress, by what documents report where nothing else was measured; only of targets for all products, since sentences name none."""
    target = row.target
    if row.measured or target.place != speaks or target.products:
        return row
    found = from_facts(
        facts, "emissions" if target.indicator == "peak" else target.indicator, sentence, speaks
    )
    return progress(target, found) if found else row


class Sentence:
    """The sentence a fact stands in, by the documents of a workspace; one that is not at hand is told by its quote."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, Document | None] = {}

    def __call__(self, fact: Fact) -> str:
        """The words."""
        if fact.source not in self._known:
            try:
                self._known[fact.source] = self._workspace.document(fact.source)
            except TouchstoneError:
                self._known[fact.source] = None
        return sentence_of(self._known[fact.source], fact)


def in_documents(workspace: Workspace, kept: Targets, sentence: Sentence) -> tuple[Stated, ...]:
    """The targets that the documents of a workspace state, each with what we keep of it."""
    return stated(workspace.facts(status="target"), kept.targets, sentence)


def account_of(carbon: Carbon, query: Mapping[str, str]) -> Account | None:
    """The inventory of a workspace, of all years; None where it has none. Its potentials are those asked for, else of its last year's methods."""
    try:
        if not carbon.inventory.lines:
            return None
    except UnusableDeclaration:
        return None
    asked = asked_of(query, carbon)
    return Account(carbon.inventory, carbon.organisation, carbon.library, carbon.methods, asked_set=asked.set)
