"""The document page: the text as read, every figure marked in its place by its worst verdict."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from touchstone.facts.document import Block, Cell, Document
from touchstone.facts.fact import Fact
from touchstone.publish.case import worst
from touchstone.publish.export import fact_row
from touchstone.publish.marked import Piece, pieces
from touchstone.serve.figure import panel
from touchstone.serve.leaves import Part, leaf_of, leaves
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text; a marked one has the fact it opens and the worst verdict on its facts."""

    text: str
    fact: str | None = None
    verdict: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A table cell with its marks; spans are cut at the edge of the leaf."""

    cell: Cell
    row_span: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A part of a block ready to print: `marks` of a text, `rows` of a table."""

    block: Block
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()


def reading(shelf: Shelf, hash: str, figure: str | None, leaf: int | None) -> Page:
    """One leaf of a document, with the panel of `figure` where one is asked for.

    The leaf is the one asked for, or the one the figure stands on, or the first.
    """
    document = shelf.stock.document(hash)
    facts = list(shelf.workspace.facts(source=hash))
    cut = leaves(document, facts)
    chosen = next((fact for fact in facts if fact.id == figure), None)
    if leaf is None:
        leaf = leaf_of(cut, chosen) if chosen else 0
    leaf = min(max(leaf, 0), len(cut) - 1)
    inside = _by_block(facts)
    shown = [_shown(shelf, document, inside.get(part.block, []), part, figure) for part in cut[leaf]]
    return Page(
        "document.html",
        {
            "document": document,
            "entry": next((e for e in shelf.documents if e.hash == hash), None),
            "blocks": shown,
            "chinese": bool(_CHINESE.search(document.text)),
            "leaf": leaf,
            "leaves": len(cut),
            "tally": shelf.tallies[hash],
            "stops": _stops(shelf, facts),
            "verdict_of": shelf.verdict,
            "panel": panel(shelf, chosen) if chosen else None,
            "figure": figure,
            "figures": len(facts),
        },
        lambda: _data(shelf, document, facts),
        lambda: _figures(shelf, facts),
    )


def _by_block(facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.locator is not None:
            found.setdefault(fact.locator.block, []).append(fact)
    return found


def _shown(
    shelf: Shelf, document: Document, facts: Sequence[Fact], part: Part, here: str | None
) -> ShownBlock:
    block = document.blocks[part.block]
    if part.rows is None:
        return ShownBlock(block, _marks(shelf, pieces(document.text, part.start, part.end, facts), here))
    in_order = sorted((f for f in facts if f.locator), key=_start)
    rows: dict[int, list[ShownCell]] = {row: [] for row in part.rows}
    for cell in block.cells:
        if cell.row in part.rows:
            first = bisect_left(in_order, cell.start, key=_start)
            inside = in_order[first : bisect_left(in_order, cell.end, first, key=_start)]
            marks = _marks(shelf, pieces(document.text, cell.start, cell.end, inside), here)
            rows[cell.row].append(ShownCell(cell, min(cell.row_span, part.rows.stop - cell.row), marks))
    return ShownBlock(block, (), tuple(tuple(sorted(r, key=lambda c: c.cell.column)) for r in rows.values()))


def _start(fact: Fact) -> int:
    return fact.locator.start if fact.locator else -1


def _marks(shelf: Shelf, cut: Sequence[Piece], here: str | None) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for piece in cut:
        if not piece.facts:
            marks.append(Mark(piece.text))
            continue
        verdicts = {fact.id: shelf.verdict(fact.id) for fact in piece.facts}
        gravest = worst(v for v in verdicts.values() if v != "untested")
        chosen = here if here in verdicts else next(i for i, v in verdicts.items() if v == gravest)
        marks.append(Mark(piece.text, chosen, gravest, here in verdicts))
    return tuple(marks)


def _stops(shelf: Shelf, facts: Sequence[Fact]) -> list[Fact]:
    """The figures a careful reader would stop at, in reading order, one a place."""
    stops: dict[tuple[int, int], Fact] = {}
    for fact in facts:
        if fact.locator is not None and shelf.verdict(fact.id) in ("fails", "edge", "revised", "warning"):
            stops.setdefault((fact.locator.start, fact.locator.end), fact)
    return [stops[place] for place in sorted(stops)]


def _data(shelf: Shelf, document: Document, facts: Sequence[Fact]) -> dict[str, Any]:
    return {
        "source": document.source,
        "text": document.text,
        "blocks": document.blocks,
        "figures": _figures(shelf, facts),
    }


def _figures(shelf: Shelf, facts: Sequence[Fact]) -> list[dict[str, object]]:
    return [{"verdict": shelf.verdict(fact.id), **fact_row(fact)} for fact in facts]
