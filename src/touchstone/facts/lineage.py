"""Lineage: where a number comes from, down to the printed words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact

_AROUND = 60
"""Characters shown before and after the quote."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One fact and how it came about.

    `before`, `quote`, `after` are the printed words and those around them; `document` and `where`
    name the document and the place in it; `reason` is set for a correction; `parents` explain the
    facts it was made from. `missing` lists parents that the ledger does not hold. `evidence` is number
    and day of the documents that are named for the figure, and that nobody read.
    """

    fact: Fact
    document: str = ""
    title: str = ""
    where: str = ""
    before: str = ""
    quote: str = ""
    after: str = ""
    reason: str | None = None
    parents: tuple["Explanation", ...] = field(default=())
    missing: tuple[str, ...] = ()
    evidence: tuple[tuple[str, date | None], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The tree as plain values, ready for JSON; numbers are text, as printed."""
        fact = self.fact
        return {
            "id": fact.id, "subject": fact.subject, "measure": fact.measure, "place": fact.place,
            "period": fact.period, "value": str(fact.value), "unit": fact.unit,
            "low": str(fact.low), "high": str(fact.high), "status": fact.status, "rule": fact.rule,
            "source": fact.source, "document": self.document, "title": self.title, "where": self.where,
            "before": self.before, "quote": self.quote, "after": self.after, "reason": self.reason,
            "published": fact.published.isoformat() if fact.published else None,
            "recorded": fact.recorded.isoformat() if fact.recorded else None,
            "parents": [parent.to_dict() for parent in self.parents], "missing": list(self.missing),
            "evidence": [{"number": number, "day": day.isoformat() if day else None} for number, day in self.evidence],
        }  # fmt: skip


def explain(
    fact: Fact,
    find: Callable[[str], Fact | None],
    document: Callable[[str], Document | None],
    reason: Callable[[str], str | None],
    seen: frozenset[str] = frozenset(),
) -> Explanation:
    """The tree of a fact: its own printed words, then its parents', as deep as they go.

    `find`, `document` and `reason` look up a fact, a document and the reason of a correction. A
    fact that is its own ancestor (which only a damaged ledger holds) is listed as missing.
    """
    seen |= {fact.id}
    found = {id: None if id in seen else find(id) for id in fact.parents}
    parents = tuple(
        explain(parent, find, document, reason, seen) for parent in found.values() if parent is not None
    )
    missing = tuple(id for id, parent in found.items() if parent is None)
    read = document(fact.source)
    if read is None or not _stands(fact, read):
        name, title = (read.source.name, read.source.title) if read else ("", "")
        return Explanation(
            fact, name, title, quote=fact.quote, reason=reason(fact.id), parents=parents, missing=missing
        )
    assert fact.locator
    before, quote, after = _surroundings(read, fact)
    block = read.blocks[fact.locator.block] if 0 <= fact.locator.block < len(read.blocks) else None
    return Explanation(
        fact, read.source.name, read.source.title, block.where if block else "", before, quote, after,
        reason(fact.id), parents, missing,
    )  # fmt: skip


def _stands(fact: Fact, document: Document) -> bool:
    """Whether the words are where the fact says; not so after another edition of the rules cut the text anew."""
    return fact.locator is not None and document.text[fact.locator.start : fact.locator.end] == fact.quote


def _surroundings(document: Document, fact: Fact) -> tuple[str, str, str]:
    """The words before, of, and after the quote, within its block."""
    assert fact.locator
    start, end = fact.locator.start, fact.locator.end
    low, high = 0, len(document.text)
    if 0 <= fact.locator.block < len(document.blocks):
        low, high = document.blocks[fact.locator.block].start, document.blocks[fact.locator.block].end
    before = document.text[max(low, start - _AROUND) : start]
    after = document.text[end : min(high, end + _AROUND)]
    return " ".join(before.split()), document.text[start:end], " ".join(after.split())
