"""The digest: other figures of the week's documents, each with the printed sentence and the document it stands in.

Which ones is declared in data/bulletins/digest.toml; nothing in them is worked out or reworded.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span
from touchstone.facts.quotation import Quotations
from touchstone.facts.quoted import PRICES
from touchstone.facts.text import Text, capital
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.bulletin.week import Week
from touchstone.publish.dates import period
from touchstone.publish.format import amount, measure
from touchstone.publish.report.report import Sentence

RULE = "bulletin.digest"
_UNNAMED = 2
"""Parts of a lead whose subject has no name: how much, and when."""
_FILE = Path(__file__).parents[2] / "data" / "bulletins" / "digest.toml"
_END = re.compile(r"[。！？!?\n]|(?<=[a-z0-9)%])\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class DigestRule:
    """What is repeated: see data/bulletins/digest.toml."""

    count: int
    recent: int
    longest: int
    measures: tuple[str, ...]
    kinds: tuple[str, ...]
    nobody: frozenset[str]


@cache
def digest_rule() -> DigestRule:
    """The rule that comes with Touchstone."""
    given = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return DigestRule(
        given["count"], given["recent"], given["longest"], tuple(given["measures"]), tuple(given["kinds"]),
        frozenset(given["nobody"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of the digest and the sentence of the document that it stands in."""

    fact: Fact
    printed: str

    def sentence(self, number: int) -> Sentence:
        """What is printed of it, with the number of its source."""
        zh, en = (self._lead(lang) for lang in ("zh", "en"))
        text = Text(f"{zh}“{self.printed}”", f"{en}“{self.printed}”")
        return Sentence(capital(text), "quoted", (self.fact.id,), RULE, str(number))

    def _lead(self, lang: str) -> str:
        """What, how much, when; a subject without a name is left to the printed sentence, and in Chinese the whole."""
        parts = list(_parts(self.fact, lang))
        if lang == "zh":
            return f"{'，'.join(parts)}：" if len(parts) > _UNNAMED else ""
        return f"{', '.join(parts)}: "


def digest(
    facts: Iterable[Fact], week: Week, known: Quotations, document: Callable[[str], Document]
) -> list[Told]:
    """Other figures read in the week, the most telling first.

    Args:
        facts: facts of the documents of the week.
        week: its quotes are told elsewhere and not here, nor is a sentence that restates one.
        known: the quotations of the workspace.
        document: gives a document by its hash.
    """
    rule = digest_rule()
    prices = _told(week)
    wanted = (f for f in facts if _fits(f, week, rule) and not _is_elsewhere(f, week, known, prices))
    ordered = sorted(wanted, key=lambda fact: (rule.measures.index(fact.measure), fact.source, _place(fact)))
    chosen: list[Told] = []
    seen: set[object] = set()
    for fact in ordered:
        printed = _printed(fact, document(fact.source))
        keys = {(fact.source, printed), (fact.subject, fact.measure, fact.period, fact.value)}
        if len(chosen) < rule.count and len(printed) <= rule.longest and not seen & keys:
            chosen.append(Told(fact, printed))
            seen |= keys
    return chosen


def _told(week: Week) -> set[tuple[str, Decimal]]:
    """What is told of prices: the commodity and each end, as printed here and as in the source."""
    quotes = [quote for quotes in week.quoted.values() for quote in quotes]
    every = (*quotes, *(week.as_printed[q.facts[0]] for q in quotes if q.facts[0] in week.as_printed))
    return {(q.quotation.commodity, value) for q in every for value in (q.low, q.high)}


def _is_elsewhere(fact: Fact, week: Week, known: Quotations, told: set[tuple[str, Decimal]]) -> bool:
    """Whether a price is told in its table and sentence, or was refused there: it is no other figure."""
    if fact.measure not in PRICES:
        return False
    quotation = known.of(fact)
    place = f"{week.names.get(fact.source, fact.source[:12])} {quotation.code} {fact.period}"
    is_quote = quotation.code in week.layout.quotations() and frequency(fact.period or "") == "D"
    return is_quote or place in week.refused or (quotation.commodity, fact.value) in told


def _fits(fact: Fact, week: Week, rule: DigestRule) -> bool:
    if fact.status != "reported" or fact.measure not in rule.measures or not fact.unit or not fact.period:
        return False
    if fact.locator is None or fact.locator.row is not None or not _names_something(fact, rule):
        return False
    last = span(fact.period)[1]
    return timedelta(0) <= week.day - last <= timedelta(days=rule.recent)


def _names_something(fact: Fact, rule: DigestRule) -> bool:
    """Whether the words of the subject name a thing: a metal, a product, an indicator that is more than a measure."""
    return any(found.code not in rule.nobody for found in vocabulary().find(fact.subject_words, rule.kinds))


def _place(fact: Fact) -> int:
    return fact.locator.start if fact.locator else 0


def _printed(fact: Fact, document: Document) -> str:
    """The sentence of the document that the figure stands in."""
    assert fact.locator
    block = document.blocks[fact.locator.block]
    words = document.text[block.start : block.end]
    at = fact.locator.start - block.start
    ends = [0, *(found.end() for found in _END.finditer(words)), len(words)]
    first = max(end for end in ends if end <= at)
    return words[first : min(end for end in ends if end > at)].strip()


def _parts(fact: Fact, lang: str) -> Iterator[str]:
    """What, how much, when; a subject the vocabulary has no name for is left to the printed sentence."""
    known = vocabulary().name(fact.subject, lang)
    if known != fact.subject:
        yield (
            f"{known}{measure(fact.measure, lang)}"
            if lang == "zh"
            else f"{known}, {measure(fact.measure, lang)}"
        )
    yield amount(fact, lang)
    yield period(fact.period, lang)
