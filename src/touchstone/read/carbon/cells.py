"""Cells of a document by sheet, row and column, however its tables were cut into blocks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from touchstone.facts.document import Document
from touchstone.facts.fact import Locator
from touchstone.read.grid import address_in, cell_address

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
_RUNS = 60
"""Ranges that a message lists."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says.

    Attributes:
        text: as it is shown; where: its address for messages (`amounts!F9`).
        locator: its place in the document, None where it is empty.
        stored: the number a workbook holds there where it shows it otherwise (rounded, in percent); "" elsewhere.
    """

    text: str
    where: str
    locator: Locator | None
    stored: str = ""


class Grid:
    """The cells of one sheet; rows and columns from 0."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._cells: dict[tuple[int, int], Said] = {}

    def put(self, row: int, column: int, said: Said) -> None:
        """Place a cell."""
        self._cells[row, column] = said

    def at(self, row: int, column: int) -> Said:
        """A cell; its text is "" where it holds nothing."""
        return self._cells.get((row, column)) or Said("", f"{self.name}{cell_address(row, column)}", None)

    @property
    def rows(self) -> int:
        """One more than the last row that holds something."""
        return max((row for row, _ in self._cells), default=-1) + 1

    def row(self, row: int) -> Iterator[tuple[int, Said]]:
        """The cells of a row that hold something, with their columns, in order."""
        return iter(sorted((column, said) for (at, column), said in self._cells.items() if at == row))


def grids(document: Document) -> dict[str, Grid]:
    """All sheets of a workbook by name; of a csv the only one, named ""."""
    found: dict[str, Grid] = {}
    for number, block in enumerate(document.blocks):
        sheet, mark, _ = block.where.rpartition("!")
        grid = found.setdefault(sheet, Grid(sheet + mark))
        if block.cells:
            for cell in block.cells:
                where = address_in(block.where, cell.row, cell.column)
                place = Locator(number, cell.start, cell.end, cell.row, cell.column)
                grid.put(*_place(where), Said(document.text[cell.start : cell.end], where, place))
        else:
            text = document.text[block.start : block.end]
            grid.put(*_place(block.where), Said(text, block.where, Locator(number, block.start, block.end)))
    return found


def together(places: Iterable[str]) -> str:
    """Addresses in one line: neighbours of a column as a range, the sheet once.

    >>> together(["amounts!E5", "amounts!E6", "amounts!E7", "amounts!E9"]), together(["B2"])
    ('amounts!E5:E7, E9', 'B2')
    """
    runs: list[tuple[str, int, int, int]] = []
    for where in dict.fromkeys(places):
        row, column = _place(where)
        sheet, mark, _ = where.rpartition("!")
        if runs and runs[-1][::2] == (sheet + mark, row - 1) and runs[-1][3] == column:
            runs[-1] = sheet + mark, runs[-1][1], row, column
        else:
            runs.append((sheet + mark, row, row, column))
    said, before = [], ""
    for sheet, first, last, column in runs[:_RUNS]:
        ends = dict.fromkeys(cell_address(row, column) for row in (first, last))
        said.append(("" if sheet == before else sheet) + ":".join(ends))
        before = sheet
    return ", ".join(said) + (" …" if len(runs) > _RUNS else "")


def _place(where: str) -> tuple[int, int]:
    """Row and column from 0 of an address such as amounts!B7."""
    found = _ADDRESS.match(where.rpartition("!")[2])
    assert found is not None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
