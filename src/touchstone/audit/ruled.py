"""Ruled tables: rows and columns of figures with their labels, for arithmetic inside a table."""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from touchstone.audit.adding import is_amount
from touchstone.audit.figure import Figure
from touchstone.audit.page import Page
from touchstone.facts.document import Cell

_NOUN = re.compile(r"产量|产能|产值|销量|出口|进口|消费|库存|投资|收入|利润|采购|金额")


_MEASURE = (
    r"产量|产能|产值|发电量|用电量|销量|销售额|出口量?|进口量?|进出口|库存量?|消费量?|需求量?|投资额?|收入|利润|"
    r"采购额?|金额|数量?|[额量]|"
    r"output|production|capacity|sales|exports?|imports?|stocks?|inventory|consumption|demand|investment|"
    r"revenue|value|volume|amount|quantity|emissions?"
)
_EARLIER = re.compile(r"上年|去年|上月|上期|同期|[比较]上|last|previous", re.I)
_TOTAL = re.compile(rf"(?:合计|总计|总和|共计|(?:grand)?total|sum)({_MEASURE})?(?![\w率])", re.I)
_SUBTOTAL = re.compile(rf"(?:小计|sub-?total)({_MEASURE})?(?![\w率])", re.I)


def total_of(label: str) -> str | None:
    """What the label of a row or the head of a column says it is the total of, "" for all; None for no total.

    >>> [total_of(label) for label in ("合计", "合计产量（万吨）", "Grandtotal", "合计占比", "小计")]
    ['', '产量', '', None, None]
    """
    found = _TOTAL.match(label)
    return (found[1] or "") if found else None


def subtotal_of(label: str) -> str | None:
    """The same of what sums up some of the others."""
    found = _SUBTOTAL.match(label)
    return (found[1] or "") if found else None


def is_earlier(label: str) -> bool:
    """Does the label say that a row is of another time (上年同期云南), so that it is no part of a total?"""
    return bool(_EARLIER.match(label))


@dataclass(frozen=True)
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
        nouns = self._amounts.keys() & set(_NOUN.findall(self.heads.get(shares, "")))
        near = [c for noun in nouns or {""} for c in _beside(self._amounts.get(noun, []), shares)]
        return min(near, key=lambda c: (c > shares, abs(c - shares)), default=None)

    def amount_of(self, row: int, shares: int) -> Figure | None:
        """The amount that the share in this row is of."""
        column = self.amounts_of(shares)
        return None if column is None else self.figures.get((row, column))

    @cached_property
    def _amounts(self) -> Mapping[str, list[int]]:
        """Columns of amounts from the left: those that name a noun by that noun, and all of them by ""."""
        found: dict[str, list[int]] = defaultdict(list)
        for column in self.columns:
            if all(_is_amount(f) for f in self.column(column).values()):
                for noun in {"", *_NOUN.findall(self.heads.get(column, ""))}:
                    found[noun].append(column)
        return found

    @cached_property
    def rows(self) -> list[int]:
        """Rows that have figures, from the top."""
        return sorted({r for r, _ in self.figures})

    @cached_property
    def columns(self) -> list[int]:
        """Columns that have figures, from the left."""
        return sorted(self.by_column)


def _is_amount(figure: Figure) -> bool:
    """In a table a bare number is an amount too: its unit may be printed nowhere."""
    return is_amount(figure) or (figure.dimension == "" and figure.kind in ("level", "count"))


def _beside(columns: list[int], column: int) -> list[int]:
    """The nearest of the columns, which go from the left, on either side; the column itself counts as left."""
    at = bisect(columns, column)
    return columns[max(0, at - 1) : at + 1]


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
