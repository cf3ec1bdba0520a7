"""What pages ask of a workspace, joined: findings by fact, verdicts by document, documents at hand.

A page makes one `Shelf`, reads from it, and drops it; nothing here outlives a request except the
last documents opened, which never change because they are named by the hash of their bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from touchstone.audit.finding import Finding
from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.flow import Entry, Workspace
from touchstone.publish.case import Case, by_seriousness, cases, worst
from touchstone.publish.tally import counted
from touchstone.serve.carbon_stock import Carbon, Version, version_of
from touchstone.serve.pricebook import Book

if TYPE_CHECKING:
    from touchstone.serve.pathway_stock import PathwayStock

_OPEN_DOCUMENTS = 8


class Stock:
    """The workspace that is served, the problems of its last reading, and the documents lately opened."""

    def __init__(self, workspace: Workspace, problems: Iterable[UnreadableFile] = ()) -> None:
        self.workspace = workspace
        self.problems = tuple(problems)
        self._open: dict[str, Document] = {}
        self._book: tuple[tuple[int, int], Book] | None = None
        self._carbon: tuple[Version, Carbon] | None = None
        self._pathways: tuple[Version, PathwayStock] | None = None

    def document(self, hash: str) -> Document:
        """A document by its hash; the last few are kept."""
        if hash not in self._open:
            found = self.workspace.document(hash)
            while len(self._open) >= _OPEN_DOCUMENTS:
                self._open.pop(next(iter(self._open)), None)
            self._open[hash] = found
        return self._open[hash]

    def book(self) -> Book:
        """The quotes; put together anew only after the ledger or the workspace's quotations have changed."""
        own = self.workspace.folder / "quotations.toml"
        held = (self.workspace.ledger.last_write(), own.stat().st_mtime_ns if own.exists() else 0)
        if self._book is None or self._book[0] != held:
            self._book = (held, Book(self.workspace))
        return self._book[1]

    def carbon(self) -> Carbon:
        """The inventory and its factors and methods; another one after the ledger, the organisation or a method has changed."""
        held = version_of(self.workspace)
        if self._carbon is None or self._carbon[0] != held:
            self._carbon = (held, Carbon(self.workspace))
        return self._carbon[1]

    def pathways(self) -> "PathwayStock":
        """The register, technologies and scenarios; others after one of their files has changed."""
        from touchstone.serve.pathway_stock import PathwayStock

        files = self.workspace.pathways()
        held = files.version()
        if self._pathways is None or self._pathways[0] != held:
            self._pathways = (held, PathwayStock(files))
        return self._pathways[1]


class Shelf:
    """One look at the workspace, for one page."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        self.workspace = stock.workspace

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, most serious first."""
        return by_seriousness(self.workspace.findings())

    @cached_property
    def documents(self) -> list[Entry]:
        """The entries of the documents read."""
        return list(self.workspace.documents())

    @cached_property
    def names(self) -> dict[str, str]:
        """Document hash -> name."""
        return {entry.hash: entry.name for entry in self.documents}

    def name(self, hash: str) -> str:
        """The name of a document; one that a newer reading has replaced still has its own, and a derived fact has none."""
        if not hash:
            return ""
        return self.names.get(hash) or self.stock.document(hash).source.name

    def knows(self, hash: str) -> bool:
        """Whether a document of this hash was ever read."""
        return hash in self.workspace.ledger.editions()

    @cached_property
    def findings_by_fact(self) -> dict[str, list[Finding]]:
        """Fact id -> its findings, most serious first."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for fact in dict.fromkeys(finding.facts):
                found.setdefault(fact, []).append(finding)
        return found

    def verdict(self, fact: str) -> str:
        """The worst verdict on a fact, or "untested"."""
        return worst(finding.verdict for finding in self.findings_by_fact.get(fact, ()))

    def failing(self, fact: str) -> int:
        """How many findings of a fact fail."""
        return sum(finding.verdict == "fails" for finding in self.findings_by_fact.get(fact, ()))

    @cached_property
    def counted(self) -> list[Finding]:
        """The findings that tallies count, most serious first."""
        return counted(self.findings)

    @cached_property
    def tally(self) -> Counter[str]:
        """How many findings of each verdict."""
        return Counter(f.verdict for f in self.counted)

    @cached_property
    def tallies(self) -> defaultdict[str, Counter[str]]:
        """Document hash -> how many findings of each verdict concern it."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for finding in self.counted:
            for source in set(finding.sources):
                found[source][finding.verdict] += 1
        return found

    def facts(self, ids: Iterable[str]) -> dict[str, Fact]:
        """Facts by id; ids the ledger does not hold are left out."""
        wanted = list(dict.fromkeys(ids))
        return {fact.id: fact for fact in self.workspace.facts(ids=wanted)} if wanted else {}

    def cases(self, findings: list[Finding]) -> list[Case]:
        """Findings with their evidence."""
        ids = [i for f in findings for i in (*f.facts, *(h.fact for h in f.heals))]
        return cases(findings, self.facts(ids), self.stock.document)
