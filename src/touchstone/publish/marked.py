"""Text with its figures marked: the pieces a page prints, plain and marked in turn.

A mark carries every fact printed in its place (a price range is two facts with one quote), so
marks never overlap and the pieces together are the text, unchanged.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.facts.document import Block, Cell, Document
from touchstone.facts.fact import Fact, Locator

_STOP = re.compile(r"[。！？；\n]|[.!?;](?=\s)")
_REACH = 140


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `facts` are those printed in it, empty for plain text."""

    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A figure where it stands: the place in the user's words, column heads, and the text around."""

    where: str
    heads: tuple[str, ...]
    pieces: tuple[Piece, ...]


def pieces(text: str, start: int, end: int, facts: Iterable[Fact]) -> tuple[Piece, ...]:
    """Cut `text[start:end]` into plain and marked pieces.

    `facts` may come in any order and may lie outside or overlap; overlapping ones share a mark.
    """
    cut: list[Piece] = []
    at = start
    for left, right, group in _groups(start, end, facts):
        if left > at:
            cut.append(Piece(text[at:left]))
        cut.append(Piece(text[left:right], tuple(group)))
        at = right
    if at < end:
        cut.append(Piece(text[at:end]))
    return tuple(cut)


def context(document: Document, facts: tuple[Fact, ...]) -> Context:
    """The sentence (or table row) in which the first of `facts` stands, with all of them marked.

    All must be of this document; those in another sentence are left out.
    """
    first = facts[0].locator
    if first is None:
        return Context("", (), ())
    block = document.blocks[first.block]
    if block.cells and first.row is not None:
        return Context(block.where, column_heads(document, block, first), _row(document, block, first, facts))
    start, end = sentence(document.text, block, first)
    return Context(block.where, (), pieces(document.text, start, end, facts))


def sentence(text: str, block: Block, place: Locator) -> tuple[int, int]:
    """Where the sentence around `place` begins and ends, at most 140 characters either way."""
    start = max(block.start, place.start - _REACH)
    for stop in _STOP.finditer(text, start, place.start):
        start = stop.end()
    limit = min(block.end, place.end + _REACH)
    stop = _STOP.search(text, place.end, limit)
    end = stop.end() if stop else limit
    while start < place.start and text[start].isspace():
        start += 1
    return start, end


def column_heads(document: Document, block: Block, place: Locator) -> tuple[str, ...]:
    """The words above a cell, top to bottom: header cells that cover its column."""
    above = [c for c in block.cells if c.row < (place.row or 0) and _covers(c, place.column or 0)]
    texts = [" ".join(document.text[c.start : c.end].split()) for c in above]
    heads = [t for t in texts if t and not re.fullmatch(r"[\d\s.,%~—–\-+−]+", t)]
    return tuple(dict.fromkeys(heads))


def _row(document: Document, block: Block, place: Locator, facts: tuple[Fact, ...]) -> tuple[Piece, ...]:
    cells = [c for c in block.cells if c.row <= (place.row or 0) < c.row + c.row_span]
    own = [c for c in cells if _covers(c, place.column or 0)]
    around = [c for c in cells if abs(c.column - (place.column or 0)) <= 3 or c.column == 0]
    cut: list[Piece] = []
    for cell in sorted({*around, *own}, key=lambda c: c.column):
        if cut:
            cut.append(Piece(" │ "))
        cut.extend(pieces(document.text, cell.start, cell.end, facts))
    return tuple(cut)


def _covers(cell: Cell, column: int) -> bool:
    return cell.column <= column < cell.column + cell.column_span


def _groups(start: int, end: int, facts: Iterable[Fact]) -> list[tuple[int, int, list[Fact]]]:
    inside = [
        (max(place.start, start), min(place.end, end), fact)
        for fact in facts
        if (place := fact.locator) is not None and place.start < end and place.end > start
    ]
    groups: list[tuple[int, int, list[Fact]]] = []
    for left, right, fact in sorted(inside, key=lambda part: (part[0], -part[1])):
        if groups and left < groups[-1][1]:
            before = groups[-1]
            groups[-1] = (before[0], max(before[1], right), [*before[2], fact])
        else:
            groups.append((left, right, [fact]))
    return groups
