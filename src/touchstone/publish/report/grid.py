"""Where the cells of a table stand: their columns once spans are counted, and how wide each column is.

All writers lay tables out by this, so a table with holes or overlaps is refused once, by name.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.report import refused
from touchstone.publish.report.report import Cell, Table
from touchstone.publish.report.said import words
from touchstone.publish.scale import text_width

_HEAD_WRAPS, _WORDS_WRAP = 4.5, 12.0
"""Width in em a column of a head, or of words in the body, would like; beyond it lines are broken."""
_LONGEST = 40.0
"""Width in em up to which a column of long words takes what room is left."""
_PADDING = 0.9
_SHORT = 10
"""Characters up to which a label at the left stays on one line: a date."""
_PIECES = re.compile(r"（[^（）]{1,8}）|[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+")
"""What a line is not broken in: a unit in brackets, one Chinese character, or a word."""
_WHOLE = 16
"""Rows up to which a table is not broken over pages."""
_LARGEST, _SMALLEST = 9.0, 5.5
"""Sizes of type in tables, in points."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell where it stands; `row` and `column` from 0, `heads` whether it heads what is under it."""

    row: int
    column: int
    cell: Cell
    heads: bool

    def centred(self) -> bool:
        """Whether its words are set in the middle: heads, and what covers several columns."""
        return self.heads or (not self.cell.number and self.cell.columns > 1)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table laid out: its rows of places, how many of them are the head, how many columns, whether it is broken over pages however short."""

    rows: tuple[tuple[Place, ...], ...]
    head: int
    columns: int
    flows: bool = False

    def whole(self) -> bool:
        """Whether it is short enough to be kept on one page, and is to be."""
        return len(self.rows) <= _WHOLE and not self.flows

    def widths(self, lang: str) -> list[float]:
        """The width each column would like, in em; `(columns,)`."""
        return self._widths(lang, _liked)

    def fit(self, lang: str, room: float) -> tuple[float, list[float]]:
        """Size of type and widths of the columns, in points; the widths fill `room`.

        No figure and no word is broken where the smallest type allows it; what room is left goes to
        the columns that would like more.
        """
        needed, liked = self._widths(lang, _needed), self._widths(lang, _liked)
        size = min(_LARGEST, max(_SMALLEST, room / sum(needed)))
        wish = sum(liked) - sum(needed)
        share = 1.0 if wish <= 0 else min(1.0, max(0.0, room / size - sum(needed)) / wish)
        widths = [a + share * (b - a) for a, b in zip(needed, liked, strict=True)]
        longer = [max(0.0, a - b) for a, b in zip(self._widths(lang, _unbroken), liked, strict=True)]
        if share == 1.0 and sum(longer) > 0:
            more = min(1.0, max(0.0, room / size - sum(widths)) / sum(longer))
            widths = [width + more * each for width, each in zip(widths, longer, strict=True)]
        return round(size, 2), [round(width * room / sum(widths), 2) for width in widths]

    def _widths(self, lang: str, width: Callable[[Place, str], float]) -> list[float]:
        """Widths that give every cell its `width`; what spans columns widens them evenly."""
        found = [_PADDING] * self.columns
        for place in sorted((p for row in self.rows for p in row), key=lambda p: p.cell.columns):
            covered = range(place.column, place.column + place.cell.columns)
            missing = width(place, lang) + _PADDING - sum(found[c] for c in covered)
            for c in covered:
                found[c] += max(0.0, missing) / len(covered)
        return found


def lay_out(table: Table, where: str) -> Grid:
    """Find the column of every cell.

    Raises:
        UnwritableReport: REPORT-003, the cells of head or body do not fill a rectangle.

    A row of the body that begins like the head is a head itself: halves of a wide table stand on each other.
    """
    if not table.head or not table.head[0]:
        raise refused.table_misfit(where, 1, 0)
    columns, first = sum(cell.columns for cell in table.head[0]), table.head[0][0].text
    rows: list[tuple[Place, ...]] = []
    for part, heads in ((table.head, True), (table.body, False)):
        free = [0] * columns
        top = len(rows)
        for row, cells in enumerate(part, top):
            rows.append(tuple(_row(cells, row, free, heads or _heads(cells, first), where)))
            free = [left - 1 for left in free]
        if any(left > 0 for left in free):
            raise refused.table_misfit(where, len(rows), columns)
    return Grid(tuple(rows), len(table.head), columns, table.flows)


def _heads(cells: tuple[Cell, ...], first: Text) -> bool:
    """Whether a row of the body begins as the head does, and has no figure."""
    return bool(cells) and cells[0].text == first and bool(first.zh) and not any(c.number for c in cells)


def _row(cells: Iterable[Cell], row: int, free: list[int], heads: bool, where: str) -> Iterable[Place]:
    """The places of one row; `free` counts for each column the rows that cells above still cover."""
    columns = len(free)
    for cell in cells:
        column = next((c for c in range(columns) if free[c] <= 0), columns)
        covered = range(column, column + cell.columns)
        if min(cell.columns, cell.rows) < 1 or covered.stop > columns or any(free[c] > 0 for c in covered):
            raise refused.table_misfit(where, row + 1, columns)
        for c in covered:
            free[c] = cell.rows
        yield Place(row, column, cell, heads)
    if any(left <= 0 for left in free):
        raise refused.table_misfit(where, row + 1, columns)


def _liked(place: Place, lang: str) -> float:
    """The width of a cell with its words in few lines."""
    wraps = _HEAD_WRAPS if place.heads else _WORDS_WRAP
    return max(_needed(place, lang), min(_printed(place, lang), wraps * place.cell.columns))


def _unbroken(place: Place, lang: str) -> float:
    """The width of a cell with its words in one line, up to a limit; a head goes on being broken."""
    return _liked(place, lang) if place.heads else min(_printed(place, lang), _LONGEST * place.cell.columns)


def _needed(place: Place, lang: str) -> float:
    """The width of a cell with lines broken wherever they can be: a figure and a date nowhere."""
    text = words(place.cell.text, lang)
    if place.cell.number or (place.column == 0 and len(text) <= _SHORT):
        return _printed(place, lang)
    return max((min(text_width(piece, 1.0), _WORDS_WRAP) for piece in _PIECES.findall(text)), default=0.0)


def _printed(place: Place, lang: str) -> float:
    return text_width(words(place.cell.text, lang), 1.0) + text_width(place.cell.note, 0.6)
