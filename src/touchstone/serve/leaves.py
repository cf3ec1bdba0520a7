"""A document cut into leaves: the pages of a long text, each light enough to open at once.

A leaf holds whole paragraphs and table rows; only a single paragraph longer than a leaf is cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from touchstone.facts.document import Block, Document
from touchstone.facts.fact import Fact

_LEAF = 30_000
"""About how many bytes of HTML a leaf has."""
_MARK, _CELL, _PARAGRAPH = 150, 18, 12


@dataclass(frozen=True, slots=True)
class Part:
    """A block or a part of one: characters `start` to `end`, and for a table its `rows`."""

    block: int
    start: int
    end: int
    rows: range | None = None

    def holds(self, fact: Fact) -> bool:
        """Whether the fact is printed here."""
        place = fact.locator
        if place is None or place.block != self.block:
            return False
        if self.rows is not None and place.row is not None:
            return place.row in self.rows
        return self.start <= place.start < self.end


def leaves(document: Document, facts: Sequence[Fact]) -> list[list[Part]]:
    """The parts of each leaf, in reading order; an empty document is one empty leaf."""
    marks: dict[tuple[int, int], int] = {}
    for fact in facts:
        if fact.locator is not None:
            key = (fact.locator.block, fact.locator.row or 0)
            marks[key] = marks.get(key, 0) + 1
    made: list[list[Part]] = [[]]
    room = _LEAF
    for part, cost in _parts(document, marks):
        if made[-1] and cost > room:
            made.append([])
            room = _LEAF
        made[-1].append(part)
        room -= cost
    return made


def leaf_of(all_leaves: list[list[Part]], fact: Fact) -> int:
    """Which leaf a fact is on, from 0."""
    for number, parts in enumerate(all_leaves):
        if any(part.holds(fact) for part in parts):
            return number
    return 0


def _parts(document: Document, marks: dict[tuple[int, int], int]) -> Iterator[tuple[Part, int]]:
    for index, block in enumerate(document.blocks):
        if block.cells:
            yield from _table(document, index, block, marks)
            continue
        marked = marks.get((index, 0), 0) * _MARK
        for start in range(block.start, block.end, _LEAF // 3):
            end = min(block.end, start + _LEAF // 3)
            yield Part(index, start, end), _weight(document.text, start, end) + _PARAGRAPH + marked


def _table(
    document: Document, index: int, block: Block, marks: dict[tuple[int, int], int]
) -> Iterator[tuple[Part, int]]:
    rows: dict[int, int] = {}
    for cell in block.cells:
        weight = _weight(document.text, cell.start, cell.end) + _CELL
        rows[cell.row] = rows.get(cell.row, 0) + weight
    first, total, last = 0, 0, 0
    for last in sorted(rows):
        cost = rows[last] + marks.get((index, last), 0) * _MARK
        if total and total + cost > _LEAF:
            yield Part(index, block.start, block.end, range(first, last)), total
            first, total = last, 0
        total += cost
    yield Part(index, block.start, block.end, range(first, last + 1)), total


def _weight(text: str, start: int, end: int) -> int:
    return len(text[start:end].encode())
