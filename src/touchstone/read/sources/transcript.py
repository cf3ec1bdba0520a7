"""A transcript: the rows of a source's tables as the text of a document, every cell with its exact offsets.

A long table is kept as text and no longer as cells from some row on: a page shows it line by line, each
figure is still marked in its place, and the memory a document needs does not grow with its cells.
"""

from dataclasses import dataclass

from touchstone.facts.document import Block, Cell
from touchstone.read.grid import cell_address
from touchstone.read.sources.table import Row

_CELLS = 60_000
"""Cells a document keeps one by one."""
_LINES = 500
"""Rows of a block that has no cells."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row in its place.

    `words` are its cells as they stand in the text, and `starts` where; `block` and `row` say where that is in
    the document, `number` is the row of the sheet, from 0; `broken` as in `Row`.
    """

    number: int
    words: dict[int, str]
    starts: dict[int, int]
    block: int
    row: int
    broken: bool = False


class Transcript:
    """Collects rows in order; `text()` and `blocks()` are what a document needs of them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._lines: list[str] = []
        self._length = self._kept = 0
        self._blocks: list[Block] = []
        self._title = ""
        self._begin(0)

    def sheet(self, title: str) -> None:
        """Begin another sheet."""
        self._end()
        self._title = title

    def line(self, row: Row) -> Line:
        """Add one row; a row without words has no place in the text."""
        words = {column: " ".join(cell.split()) for column, cell in row.cells.items()}
        words = {column: cell for column, cell in words.items() if cell}
        starts: dict[int, int] = {}
        if words:
            if self._full():
                self._end()
            if not self._rows:
                self._begin(row.number)
            at = self._length
            for column, cell in words.items():
                starts[column] = at
                at += len(cell) + 1
            self._add(row, words, starts)
        return Line(row.number, words, starts, len(self._blocks), row.number - self._top, row.broken)

    def text(self) -> str:
        """All rows, a line each, cells separated by tabs."""
        self._gather()
        return "\n".join(self._pieces)

    def blocks(self) -> tuple[Block, ...]:
        """The tables."""
        self._end()
        return tuple(self._blocks)

    def _add(self, row: Row, words: dict[int, str], starts: dict[int, int]) -> None:
        if self._kept < _CELLS:
            for column, start in starts.items():
                end = start + len(words[column])
                self._cells.append(Cell(row.number - self._top, column, start, end, raw=row.raw.get(column)))
            self._kept += len(starts)
        line = "\t".join(words.values())
        self._lines.append(line)
        if len(self._lines) >= _LINES:
            self._gather()
        self._length += len(line) + 1
        self._rows += 1
        self._bottom, self._right = row.number, max(self._right, *words)

    def _gather(self) -> None:
        """Some long strings take less room than many short ones."""
        if self._lines:
            self._pieces.append("\n".join(self._lines))
            self._lines = []

    def _full(self) -> bool:
        """Whether the next row needs another block: cells are no longer kept, or the block is long enough."""
        if self._cells:
            return self._kept >= _CELLS
        return self._rows >= _LINES

    def _begin(self, top: int) -> None:
        self._top = self._bottom = top
        self._start = self._length
        self._rows = self._right = 0
        self._cells: list[Cell] = []

    def _end(self) -> None:
        if self._rows:
            mark = f"{self._title}!" if self._title else ""
            corners = f"{cell_address(self._top, 0)}:{cell_address(self._bottom, self._right)}"
            self._blocks.append(
                Block("table", self._start, self._length - 1, 0, mark + corners, tuple(self._cells))
            )
        self._begin(self._bottom + 1)
