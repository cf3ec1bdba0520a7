"""Search: the sentences and figures that hold all the words asked for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.ledger import Ledger

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence of a document that holds all the words, and the figures in it.

    `start` and `end` are its place in `Document.text`; for a figure that was made and not printed
    `hash` is its source, `text` its subject, and the place is empty.
    """

    hash: str
    name: str
    start: int
    end: int
    text: str
    facts: tuple[str, ...]


def search(ledger: Ledger, words: str, limit: int = 50) -> list[Hit]:
    """At most `limit` sentences and figures that hold every one of the words, whatever the case.

    Words are separated by spaces; Chinese is matched as written. Sentences come in order of
    document and place, then the figures known by subject or measure under those words.
    """
    sought = words.split()
    if not sought or limit < 1:
        return []
    names = {reading.hash: reading.name for reading in reversed(ledger.readings())}
    hits: list[Hit] = []
    for hash, name in sorted(names.items(), key=lambda item: item[1]):
        document = ledger.library.document(hash)
        places = list(_places(document, sought, limit - len(hits)))
        if places:
            hits += _sentences(document, name, places, ledger.facts(source=hash))
        if len(hits) >= limit:
            return hits
    told = {fact for hit in hits for fact in hit.facts}
    known = (fact for fact in ledger.matching(sought, limit + len(told)) if fact.id not in told)
    return (hits + [_figure(fact, names.get(fact.source, "")) for fact in known])[:limit]


def _places(document: Document, words: Sequence[str], limit: int) -> Iterator[tuple[int, int]]:
    """Where the sentences are that hold all words; none when one word is nowhere in the text."""
    rare, *others = [re.compile(re.escape(word), re.IGNORECASE) for word in sorted(words, key=len, reverse=True)]
    at = 0
    while limit and (found := rare.search(document.text, at)):
        start, at = _bounds(document.text, found.start())
        if all(other.search(document.text, start, at) for other in others):
            yield start, at
            limit -= 1


def _bounds(text: str, inside: int) -> tuple[int, int]:
    """The sentence around a place: from after the last full stop to the end of the next one."""
    start = max(text.rfind(mark, 0, inside) for mark in "。；！？\n") + 1
    found = _SENTENCE.match(text, start)
    return start, max(found.end() if found else 0, inside + 1)


def _sentences(
    document: Document, name: str, places: list[tuple[int, int]], facts: Sequence[Fact]
) -> Iterator[Hit]:
    placed = sorted((fact.locator.start, fact.id) for fact in facts if fact.locator)
    starts = [start for start, _ in placed]
    for start, end in places:
        inside = placed[bisect_left(starts, start) : bisect_right(starts, end - 1)]
        text = document.text[start:end].strip()
        yield Hit(document.source.hash, name, start, end, text, tuple(id for _, id in inside))


def _figure(fact: Fact, name: str) -> Hit:
    start, end = (fact.locator.start, fact.locator.end) if fact.locator else (0, 0)
    words = (fact.subject_words or fact.subject, fact.measure, fact.place, fact.period, fact.quote)
    return Hit(fact.source, name, start, end, " ".join(filter(None, words)), (fact.id,))
