"""Search: the sentences and figures that hold all the words asked for."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.ledger import Ledger

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that holds all the words: `text` is `Document.text[start:end]`; `facts` the figures in it."""

    hash: str
    name: str
    start: int
    end: int
    text: str
    facts: tuple[str, ...]


def passages(ledger: Ledger, words: str, limit: int = 50) -> Iterator[Passage]:
    """Sentences that hold every word, whatever the case, at most `limit` of a document.

    Words are separated by spaces; Chinese is matched as written. In order of document and place.
    """
    sought = [_pattern(word) for word in sorted(words.split(), key=len, reverse=True)]
    names = {reading.hash: reading.name for reading in reversed(ledger.readings())} if sought else {}
    for hash, name in sorted(names.items(), key=lambda item: item[1]):
        document = ledger.document(hash)
        if places := list(islice(_places(document.text, sought), limit)):
            yield from _with_figures(document, name, places, ledger.facts(source=hash))


def search(ledger: Ledger, words: str, limit: int = 50) -> list[Fact]:
    """At most `limit` figures known by all words; where there are none, those in sentences that hold them all.

    A figure is known by its subject, measure, place, period, unit and value, in either language, and
    by its quote; those of the very value come first, then those of the subject.
    """
    if not words.split() or limit < 1:
        return []
    if known := list(ledger.matching(words, limit)):
        return known
    inside = (id for passage in passages(ledger, words, limit) for id in passage.facts)
    ids = list(islice(dict.fromkeys(islice(inside, 2 * limit)), limit))
    placed = {fact.id: fact for fact in ledger.facts(ids=ids)}
    return [placed[id] for id in ids]


def _pattern(word: str) -> re.Pattern[str]:
    """A word as it is, whatever the case; a number is not part of a longer one."""
    before, after = (r"(?<![\d.,])" if word[0].isdigit() else ""), (r"(?!\d)" if word[-1].isdigit() else "")
    return re.compile(before + re.escape(word) + after, re.IGNORECASE)


def _places(text: str, words: list[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """Where the sentences are that hold all words, the longest of which comes first."""
    longest, *others = words
    at = 0
    while found := longest.search(text, at):
        start, at = _bounds(text, found.start())
        if all(other.search(text, start, at) for other in others):
            yield start, at


def _bounds(text: str, inside: int) -> tuple[int, int]:
    """The sentence around a place: from after the last full stop to the end of the next one."""
    start = max(text.rfind(mark, 0, inside) for mark in "。；！？\n") + 1
    found = _SENTENCE.match(text, start)
    return start, max(found.end() if found else 0, inside + 1)


def _with_figures(
    document: Document, name: str, places: list[tuple[int, int]], facts: Iterable[Fact]
) -> Iterator[Passage]:
    placed = sorted((fact.locator.start, fact.id) for fact in facts if fact.locator)
    starts = [start for start, _ in placed]
    for start, end in places:
        inside = placed[bisect_left(starts, start) : bisect_left(starts, end)]
        yield Passage(
            document.source.hash, name, start, end, document.text[start:end], tuple(id for _, id in inside)
        )
