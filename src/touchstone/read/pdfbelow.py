"""Rows without rules under a ruled head, as spreadsheets print them: lines that fall into the columns above.

A line belongs to the table only where it fills the columns, holds a figure, keeps clear white between
them and stands right below: running text does none of this for long.
"""

from bisect import bisect_right
from itertools import pairwise

from touchstone.read.pdfgrid import Grid
from touchstone.read.pdfopen import printed_rows
from touchstone.read.pdfpage import Glyph, Page

_LEAST_COLUMNS = 3
_MOST_GRIDS = 40
"""Grids on a page beyond which they are a drawing."""
_WHITE = 0.8
"""White between two columns, in character heights, at least."""
_LEADING = 1.2
"""White between two rows, in character heights, at most."""
_OUTSIDE = 3.0
_FIGURE = frozenset("0123456789+-−")


def add_rows_below(page: Page, grids: list[Grid]) -> None:
    """Lengthen the ruled `grids` of a page by the aligned lines that stand right below them."""
    if len(grids) > _MOST_GRIDS:
        return
    for grid in grids:
        if len(grid.xs) > _LEAST_COLUMNS:
            _lengthen(
                grid, page, min((g.ys[0] for g in grids if g.ys[0] >= grid.ys[-1]), default=page.height)
            )


def _lengthen(grid: Grid, page: Page, end: float) -> None:
    rows = printed_rows(page.glyphs, (grid.ys[-1], 0, page.width), (end, 0, page.width))
    for row in rows:
        top, bottom = min(g.top for g in row), max(g.bottom for g in row)
        if top - grid.ys[-1] > _LEADING * row[0].size or not _fits(grid, row):
            return
        line = len(grid.ys) - 1
        columns = range(len(grid.xs) - 1)
        grid.owner.append([len(grid.cells) + column for column in columns])
        grid.cells.extend((line, column, 1, 1) for column in columns)
        grid.ys.append(bottom)


def _fits(grid: Grid, row: list[Glyph]) -> bool:
    columns: dict[int, list[Glyph]] = {}
    for glyph in sorted(row, key=lambda g: g.x0):
        if glyph.x0 < grid.xs[0] - _OUTSIDE or glyph.x1 > grid.xs[-1] + _OUTSIDE:
            return False
        columns.setdefault(bisect_right(grid.xs, (glyph.x0 + glyph.x1) / 2) - 1, []).append(glyph)
    filled = [columns[column] for column in sorted(columns)]
    white = all(
        right[0].x0 - max(g.x1 for g in left) >= _WHITE * right[0].size for left, right in pairwise(filled)
    )
    figures = any(glyphs[0].char in _FIGURE for column, glyphs in columns.items() if column > 0)
    return white and figures and len(filled) >= max(len(grid.xs) - 2, _LEAST_COLUMNS)
