"""A finding with its evidence: the facts it speaks of, each in the sentence it was printed in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from touchstone.audit.finding import VERDICTS, Finding
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.publish.format import dash, number, with_unit
from touchstone.publish.marked import Context, context


@dataclass(frozen=True, slots=True)
class Evidence:
    """One printed place: its first fact, the document's name, and the words around."""

    fact: Fact
    document: str
    context: Context


@dataclass(frozen=True, slots=True)
class Remedy:
    """A figure that would heal the finding if it lay between `low` and `high`."""

    fact: Fact
    low: str
    high: str

    def text(self, lang: str) -> str:
        """The values that would do, with their unit; words (rises, the other unit) stay as they are."""
        low, high = (_bare(end, self.fact.unit) for end in (self.low, self.high))
        try:
            ends = [number(Decimal(end), lang) for end in (low, high)]
        except InvalidOperation:
            return self.low if self.low == self.high else f"{self.low}{dash(lang)}{self.high}"
        both = ends[0] if low == high else f"{ends[0]}{dash(lang)}{ends[1]}"
        return with_unit(both, self.fact.unit, lang)


@dataclass(frozen=True, slots=True)
class Case:
    """A finding, the places it rests on (facts of one sentence together), and its remedies.

    `loose` are quotes whose fact is not at hand (a derived figure, an older ledger).
    """

    finding: Finding
    evidence: tuple[Evidence, ...]
    loose: tuple[str, ...]
    heals: tuple[Remedy, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of the documents it rests on."""
        return tuple(dict.fromkeys(item.document for item in self.evidence))


def cases(
    findings: Iterable[Finding], facts: Mapping[str, Fact], document: Callable[[str], Document]
) -> list[Case]:
    """Join findings with facts (by id) and documents (by hash); the order of findings is kept."""
    return [_case(finding, facts, document) for finding in findings]


def by_seriousness(findings: Iterable[Finding]) -> list[Finding]:
    """Most serious first: by verdict, then severity, then id (so that the order never wavers)."""
    rank = {verdict: i for i, verdict in enumerate(VERDICTS)}
    return sorted(findings, key=lambda f: (rank[f.verdict], -f.severity, f.id))


def worst(verdicts: Iterable[str]) -> str:
    """The most serious of some verdicts; "untested" for none."""
    present = set(verdicts)
    return next((verdict for verdict in VERDICTS if verdict in present), "untested")


def _case(finding: Finding, facts: Mapping[str, Fact], document: Callable[[str], Document]) -> Case:
    known = [facts[i] for i in dict.fromkeys(finding.facts) if i in facts]
    evidence: list[Evidence] = []
    for fact in known:
        shown = any(fact in piece.facts for item in evidence for piece in item.context.pieces)
        if fact.locator is not None and not shown:
            source = document(fact.source)
            same = tuple(f for f in known if f.source == fact.source and f is not fact)
            evidence.append(Evidence(fact, source.source.name, context(source, (fact, *same))))
    loose = [q for i, q in zip(finding.facts, finding.quotes, strict=False) if i not in facts and q]
    heals = [Remedy(facts[h.fact], h.low, h.high) for h in finding.heals if h.fact in facts]
    return Case(finding, tuple(evidence), tuple(loose), tuple(heals))


def _bare(text: str, unit: str) -> str:
    """A number without the unit it may have been written with, and with a minus a decimal can read."""
    return text.removesuffix(unit).strip().replace("\N{MINUS SIGN}", "-").replace(",", "")
