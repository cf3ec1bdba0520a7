"""Builder: puts blocks one after the other into one text, so that every offset is exact.

Blocks are separated by a line end, the rows of a table too; the cells of a row by a tab.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Block, Cell

# A cell is one line: what a table is cut at must not occur inside it.
_LINE_ENDS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_CONTENTS = frozenset(("目录", "目次", "contents", "tableofcontents"))
"""Headings that are no title."""
_IN_CELL = str.maketrans(dict.fromkeys(_LINE_ENDS, " "))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: the text, its blocks, its title, and what it had to leave out."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    left_out: tuple[UnreadableFile, ...] = ()


@dataclass(slots=True)
class GridCell:
    """One cell before it has a place in the text; `raw` as in `Cell`."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    raw: str | None = None


class Builder:
    """Collects blocks in reading order; `reading()` gives the text with exact offsets."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    def add(self, kind: str, text: str, level: int = 0, where: str = "") -> None:
        """Append one block that is not a table; a block without visible text is left out."""
        text = text.strip()
        if text:
            start = self._open()
            self._write(text)
            self._blocks.append(Block(kind, start, self._length, level, where))

    def table(self, cells: Iterable[GridCell], where: str = "") -> None:
        """Append a table; `cells` in any order, one per place; a table without visible text is left out."""
        ordered = sorted(cells, key=attrgetter("row", "column"))
        if not any(cell.text.strip() for cell in ordered):
            return
        start, placed, line = self._open(), [], 0
        for row, members in groupby(ordered, key=attrgetter("row")):
            self._write("\n" if placed and row > line else "")
            line = row
            for number, cell in enumerate(members):
                self._write("\t" if number else "")
                placed.append(self._place(cell))
        self._blocks.append(Block("table", start, self._length, 0, where, tuple(placed)))

    def reading(self, title: str = "", left_out: Iterable[UnreadableFile] = ()) -> Reading:
        """All blocks so far; the title is the first heading where none is given."""
        text = "".join(self._pieces)
        headings = (text[block.start : block.end] for block in self._blocks if block.kind == "heading")
        named = (" ".join(words.split()) for words in (title, *headings))
        title = next(
            (words for words in named if words and words.replace(" ", "").lower() not in _CONTENTS), ""
        )
        return Reading(text, tuple(self._blocks), title, tuple(left_out))

    def _open(self) -> int:
        if self._blocks:
            self._write("\n")
        return self._length

    def _place(self, cell: GridCell) -> Cell:
        start = self._length
        self._write(cell.text.translate(_IN_CELL).strip())
        return Cell(cell.row, cell.column, start, self._length, cell.row_span, cell.column_span, cell.raw)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
