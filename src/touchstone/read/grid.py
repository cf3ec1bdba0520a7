"""Grids: the cells of a spreadsheet → the tables on it, and where each one stands.

A sheet is cut at blank rows and blank columns until every piece is solid. A piece that goes on with
data right under another of the same columns, without a head of its own, belongs to the table above.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

from touchstone.read.builder import Builder, GridCell

_DIGITS = frozenset("0123456789")

Extent = tuple[int, int, int, int]
"""Top, left, bottom and right, all inclusive, from 0."""


def cell_address(row: int, column: int) -> str:
    """Address of a cell as spreadsheets write it; row and column from 0.

    >>> cell_address(6, 1), cell_address(0, 27)
    ('B7', 'AB1')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def address_in(where: str, row: int, column: int) -> str:
    """Address of one cell of a table block from the block's `where`.

    >>> address_in("价格!B2:F9", 5, 0)
    '价格!B7'
    """
    sheet, mark, corner = where.rpartition("!")
    first = corner.partition(":")[0]
    letters = first.rstrip("0123456789")
    left = 0
    for letter in letters:
        left = left * 26 + ord(letter) - 64
    return sheet + mark + cell_address(int(first[len(letters) :]) - 1 + row, left - 1 + column)


def add_sheet(out: Builder, cells: list[GridCell], sheet: str = "") -> None:
    """Append what stands on one sheet: tables, the lines above them as captions, other lines as paragraphs.

    `cells` hold rows and columns of the sheet; in the blocks they count from the table's corner,
    and `where` is `sheet!A1:F9`, sheet and mark left out where there is no sheet name.
    """
    mark = f"{sheet}!" if sheet else ""
    for piece in _joined(_pieces([cell for cell in cells if cell.text.strip()])):
        lines, piece = _captions(piece)
        for line in lines:
            out.add("caption", line.text, where=mark + cell_address(line.row, line.column))
        top, left, bottom, right = _extent(piece)
        if left == right or len(piece) == 1:
            for cell in sorted(piece, key=attrgetter("row")):
                out.add("paragraph", cell.text, where=mark + cell_address(cell.row, cell.column))
            continue
        corners = f"{cell_address(top, left)}:{cell_address(bottom, right)}"
        out.table(
            (GridCell(c.row - top, c.column - left, c.text, c.row_span, c.column_span, c.raw) for c in piece),
            mark + corners,
        )


def _pieces(cells: list[GridCell]) -> Iterator[list[GridCell]]:
    """Solid rectangles in reading order."""
    waiting = [cells] if cells else []
    while waiting:
        piece = waiting.pop()
        parts = _cut(piece, by_row=True)
        if len(parts) == 1:
            parts = _cut(piece, by_row=False)
        if len(parts) == 1:
            yield piece
        else:
            waiting.extend(reversed(parts))


def _cut(cells: list[GridCell], by_row: bool) -> list[list[GridCell]]:
    """Cut at the rows (or columns) that no cell touches."""
    ends: dict[int, int] = {}
    for cell in cells:
        start, length = (cell.row, cell.row_span) if by_row else (cell.column, cell.column_span)
        ends[start] = max(ends.get(start, 0), start + length)
    firsts: list[int] = []
    reached = -1
    for start in sorted(ends):
        if start > reached:
            firsts.append(start)
        reached = max(reached, ends[start])
    if len(firsts) == 1:
        return [cells]
    parts: list[list[GridCell]] = [[] for _ in firsts]
    for cell in cells:
        parts[bisect_right(firsts, cell.row if by_row else cell.column) - 1].append(cell)
    return parts


def _joined(pieces: Iterable[list[GridCell]]) -> list[list[GridCell]]:
    joined: list[list[GridCell]] = []
    above: Extent | None = None
    for piece in pieces:
        extent = _extent(piece)
        if above and _goes_on(above, extent, piece):
            joined[-1].extend(piece)
        else:
            joined.append(piece)
        above = extent
    return joined


def _goes_on(above: Extent, extent: Extent, below: list[GridCell]) -> bool:
    """Whether `below` is more rows of what ends `above`: one blank row between, same columns, figures on top."""
    _, left, bottom, right = above
    top, below_left, _, below_right = extent
    if top - bottom != 2 or (left, right) != (below_left, below_right) or left == right:
        return False
    first = [cell.text for cell in below if cell.row == top and cell.column > left]
    return bool(first) and all(_DIGITS.intersection(text) or len(text) < 3 for text in first)


def _captions(piece: list[GridCell]) -> tuple[list[GridCell], list[GridCell]]:
    """Leading rows with one cell at the left (a title, a unit for the whole table), and the table itself."""
    rows: dict[int, list[GridCell]] = {}
    for cell in piece:
        rows.setdefault(cell.row, []).append(cell)
    left, lines = min(cell.column for cell in piece), []
    for row in sorted(rows):
        alone = len(rows[row]) == 1 and rows[row][0].column == left and rows[row][0].row_span == 1
        if not alone or len(rows) - len(lines) < 3:
            break
        lines.append(rows[row][0])
    rest = piece[:] if not lines else [cell for cell in piece if cell.row > lines[-1].row]
    _, rest_left, _, rest_right = _extent(rest)
    return (lines, rest) if rest_left < rest_right else ([], piece)


def _extent(cells: list[GridCell]) -> Extent:
    return (
        min(c.row for c in cells),
        min(c.column for c in cells),
        max(c.row + c.row_span for c in cells) - 1,
        max(c.column + c.column_span for c in cells) - 1,
    )
