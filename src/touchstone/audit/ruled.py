"""Ruled tables: rows and columns of figures with their labels, for arithmetic inside a table."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from touchstone.audit.figure import Figure
from touchstone.audit.page import Page
from touchstone.facts.document import Cell

_NOUN = re.compile(r"产量|产能|产值|销量|出口|进口|消费|库存|投资|收入|利润|采购|金额")


@dataclass(frozen=True, slots=True)
class Ruled:
    """One table: its figures by cell and by column, the label of each row and the head of each column."""

    figures: Mapping[tuple[int, int], Figure]
    by_column: Mapping[int, Mapping[int, Figure]]
    labels: Mapping[int, str]
    heads: Mapping[int, str]

    def column(self, column: int) -> Mapping[int, Figure]:
        """Figures of a column, by row."""
        return self.by_column.get(column, {})

    def amounts_of(self, shares: int) -> int | None:
        """The column that a column of shares is of: of its own noun, else the nearest left, else right.

        A column of growth between the two is neither amount nor share.
        """
        amounts = [c for c in self.columns if all(_is_amount(f) for f in self.column(c).values())]
        nouns = set(_NOUN.findall(self.heads.get(shares, "")))
        own = [c for c in amounts if nouns & set(_NOUN.findall(self.heads.get(c, "")))]
        near = sorted(own or amounts, key=lambda c: (c > shares, abs(c - shares)))
        return near[0] if near else None

    def amount_of(self, row: int, shares: int) -> Figure | None:
        """The amount that the share in this row is of."""
        column = self.amounts_of(shares)
        return None if column is None else self.figures.get((row, column))

    @property
    def rows(self) -> list[int]:
        """Rows that have figures, from the top."""
        return sorted({r for r, _ in self.figures})

    @property
    def columns(self) -> list[int]:
        """Columns that have figures, from the left."""
        return sorted(self.by_column)


def _is_amount(figure: Figure) -> bool:
    return figure.kind in ("level", "count") and figure.dimension not in ("%", "pp")


def ruled(page: Page) -> Iterator[Ruled]:
    """The tables of a page whose figures know their cell, one figure a cell."""
    for number, block in enumerate(page.document.blocks):
        if block.kind != "table" or not block.cells or not block.spans:
            continue
        placed: dict[tuple[int, int], Figure] = {}
        twice = set()
        for f in page.of_block(number):
            at = f.fact.locator
            if at and at.row is not None and at.column is not None:
                twice |= {(at.row, at.column)} & placed.keys()
                placed.setdefault((at.row, at.column), f)
        figures = {cell: f for cell, f in placed.items() if cell not in twice}
        if figures:
            by_column: dict[int, dict[int, Figure]] = defaultdict(dict)
            for (row, column), f in figures.items():
                by_column[column][row] = f
            yield Ruled(figures, by_column, *_words(page, block.cells, figures))


def _words(
    page: Page, cells: tuple[Cell, ...], figures: Mapping[tuple[int, int], Figure]
) -> tuple[dict[int, str], dict[int, str]]:
    """Row labels are the words left of the first figure, heads the words above it."""
    top, left = min(r for r, _ in figures), min(c for _, c in figures)
    labels: dict[int, str] = {}
    heads: dict[int, str] = {}
    for cell in cells:
        words = "".join(page.text[cell.start : cell.end].split())
        if cell.column < left and cell.row >= top:
            for row in range(cell.row, cell.row + cell.row_span):
                labels[row] = f"{labels.get(row, '')}{words} ".lstrip()
        elif cell.row < top:
            for column in range(cell.column, cell.column + cell.column_span):
                heads[column] = f"{heads.get(column, '')}{words} ".lstrip()
    return labels, heads
