"""The workspace: facts become findings, and people correct, accept and ask where a number comes from."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from getpass import getuser
from typing import TYPE_CHECKING

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.lineage import Explanation
from touchstone.facts.reader import Moment
from touchstone.flow.carbon_quality import CarbonQuality
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.audit.audit import Acceptance
    from touchstone.audit.finding import Finding
    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.calc.carbon.inventory.coverage import Caution
    from touchstone.flow.demands import Demands
    from touchstone.flow.pathways import Pathways


class Workspace(CarbonQuality):
    """One folder: documents, facts, findings and what people accepted. Copying it copies everything."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        super().__init__(folder)
        self._findings = self.folder / "findings.json.zz"
        self._accepted = self.folder / "accepted.toml"

    def pathways(self) -> "Pathways":
        """The plant register, technologies and scenarios of this folder."""
        from touchstone.flow.pathways import Pathways

        return Pathways(self.folder)

    def demands(self) -> "Demands":
        """The targets, budgets and scores of this folder, and what was measured of them."""
        from touchstone.flow.demands import Demands

        return Demands(self.folder / "pathway")

    # --- 3. audit: facts become findings

    def audit(self, progress: Progress | None = None, today: date | None = None) -> "tuple[Finding, ...]":
        """Test all figures against each other; the findings are kept until the next audit.

        `today` is the day against which acceptances expire; the current day where none is given.
        """
        from touchstone.audit.accepted import load_accepted
        from touchstone.audit.audit import audit
        from touchstone.audit.kept import keep_findings

        accepted = load_accepted(self._accepted)
        findings = tuple(audit(list(self._readings(progress)), today or date.today(), accepted))
        keep_findings(self._findings, findings)
        return findings

    def findings(self) -> "tuple[Finding, ...]":
        """The findings of the last audit, most serious first; none before the first."""
        from touchstone.audit.kept import kept_findings

        return kept_findings(self._findings)

    def findings_of(self, fact: str) -> "tuple[Finding, ...]":
        """The findings of the last audit in which a fact takes part."""
        return tuple(finding for finding in self.findings() if fact in finding.facts)

    def _readings(self, progress: Progress | None) -> Iterator[tuple[Document, list[Fact]]]:
        """Each document once, however many names it has, with the facts that count in it."""
        from touchstone.read.intake import named

        names = {entry.hash: entry.name for entry in reversed(self.documents())}
        facts: dict[str, list[Fact]] = {hash: [] for hash in names}
        for fact in self.facts(source=list(names)):
            facts[fact.source].append(fact)
        for done, (hash, name) in enumerate(sorted(names.items(), key=lambda item: item[1]), 1):
            yield named(self.document(hash), name), facts[hash]
            if progress:
                progress(done, len(names), name)

    # --- 4. people: corrections, acceptances, explanations

    def correct(self, fact: str, value: Decimal, reason: str, half_width: Decimal | None = None) -> Fact:
        """Replace a value by hand, with a reason; the old one stays as a vintage."""
        return self.ledger.correct(fact, value, reason, half_width)

    def accept(
        self, finding: str, reason: str, until: date | None = None, by: str = "", today: date | None = None
    ) -> None:
        """Accept a finding in `accepted.toml`, until a last day; the next audit shows it as accepted.

        `by` is the name of the user of this machine where none is given; `today` the current day.

        Raises:
            TouchstoneError: no reason is given, or (UnreadableFile) the last day has passed.
        """
        from touchstone.audit.accepted import add_accepted
        from touchstone.audit.audit import Acceptance

        if until and until < (today or date.today()):
            raise _passed(finding, until)
        add_accepted(self._accepted, finding, Acceptance(reason, by.strip() or _user(), until))

    def acceptances(self, today: date | None = None) -> "dict[str, Acceptance]":
        """What people accepted and has not expired, of an audit or of activity data, by the id of the finding.

        Raises:
            UnreadableFile: ACCEPT-001, accepted.toml is not as it should be.
        """
        from touchstone.audit.accepted import load_accepted

        day = today or date.today()
        return {id: each for id, each in load_accepted(self._accepted).items() if each.counts(day)}

    def inventory_caution(
        self, account: "Account", as_of: Moment | None = None, progress: Progress | None = None
    ) -> "Caution":
        """What is to be known of an account before its total is believed: open errors of its data, missing lines, months without data."""
        from touchstone.calc.carbon.inventory.coverage import caution

        accepted = self.acceptances()
        return caution(
            account, (each for each in self.quality(as_of, progress).findings if each.id not in accepted)
        )

    def withdraw(self, finding: str) -> bool:
        """Take back the acceptance of a finding; False where there is none. The next audit shows it again."""
        from touchstone.audit.accepted import remove_accepted

        return remove_accepted(self._accepted, finding)

    def explain(self, id: str) -> Explanation:
        """Where a number comes from, down to the printed words and the evidence named for them; the beginning of an id will do.

        Raises:
            UnknownFact: no fact has this id, or several begin so.
        """
        return self._evidenced(self.ledger.explain(self.ledger.whole_id(id)))

    def _evidenced(self, tree: Explanation) -> Explanation:
        named = tuple((each.reference, each.day) for each in self.evidence_of(tree.fact))
        return replace(tree, evidence=named, parents=tuple(map(self._evidenced, tree.parents)))


def _passed(finding: str, until: date) -> UnreadableFile:
    return UnreadableFile(
        "ACCEPT-002", finding, f"a last day that has passed: {until}", "today or a later day", "nothing was accepted",
        "choose a later day, or none",
        zh=(f"有效期已过：{until}", "今天或以后的日期", "没有认可", "另选一个日期，或不填"),
    )  # fmt: skip


def _user() -> str:
    """The name of the user of this machine, "" where it has none."""
    try:
        return getuser()
    except (OSError, KeyError):
        return ""
