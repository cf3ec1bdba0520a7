"""Tables of a PDF: the glyphs inside a grid → cell texts; a table that goes on overleaf → one table.

A cell's lines were broken by its width, so they are joined again: 4150 / 0 in a narrow cell is 41500.
"""

from dataclasses import dataclass, field

from touchstone.read.builder import GridCell
from touchstone.read.pdfgrid import Grid
from touchstone.read.pdfline import is_chinese, join, line_text
from touchstone.read.pdfpage import Glyph

_SAME_EDGE = 4.0
_NEAR_EDGE = 30.0
_PADDING = 12.0
"""Left and right padding of a cell together, in points: what text cannot use."""
_DIGITS = frozenset("0123456789")
_CUT_BEHIND, _CUT_BEFORE = frozenset("/(-\N{EN DASH}"), _DIGITS | frozenset(".,%/-\N{EN DASH}")
_CUT_FIGURE = _DIGITS | {"."}


@dataclass(slots=True)
class PageTable:
    """One table on one page (or more, once joined)."""

    grid: Grid
    page: int
    last_page: int
    glyphs: dict[int, list[Glyph]] = field(default_factory=dict)
    cells: list[GridCell] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Its upper edge on the page."""
        return self.grid.ys[0]

    @property
    def bottom(self) -> float:
        """Its lower edge on the page."""
        return self.grid.ys[-1]

    def finish(self) -> bool:
        """Make the cell texts; False where so few cells hold text that it is a drawing, not a table."""
        for number, (row, column, row_span, column_span) in enumerate(self.grid.cells):
            room = self.grid.xs[column + column_span] - self.grid.xs[column] - _PADDING
            text = _cell_text(self.glyphs.get(number, []), room)
            self.cells.append(GridCell(row, column, text, row_span, column_span))
        self.glyphs.clear()
        filled = [cell for cell in self.cells if cell.text]
        return (
            len({c.row for c in filled}) > 1
            and len({c.column for c in filled}) > 1
            and (len(filled) * 4 >= len(self.cells))
        )

    def continues(self, before: "PageTable") -> bool:
        """Whether this table, first on its page, goes on with the one that ended the page before."""
        edges = zip(self.grid.xs, before.grid.xs, strict=False)
        if self.page != before.last_page + 1 or len(self.grid.xs) != len(before.grid.xs):
            return False
        if any(abs(a - b) > (_SAME_EDGE if self.grid.ruled else _NEAR_EDGE) for a, b in edges):
            return False
        figures = any(_figures(before.cells, row) for row in range(1, len(before.grid.ys)))
        return bool(self._repeated(before)) or _figures(self.cells, 0) or not figures

    def append_to(self, before: "PageTable") -> None:
        """Put the rows under those of `before`, without the head that was printed again."""
        skipped = self._repeated(before)
        shift = max(cell.row + cell.row_span for cell in before.cells) - skipped
        for cell in self.cells:
            if cell.row >= skipped:
                cell.row += shift
                before.cells.append(cell)
        before.last_page = self.last_page

    def _repeated(self, before: "PageTable") -> int:
        """Number of leading rows that repeat those of `before`."""
        count = 0
        while count < len(self.grid.ys) - 2:
            mine, theirs = _row(self.cells, count), _row(before.cells, count)
            if not mine or mine != theirs or _figures(self.cells, count):
                break
            count += 1
        return count


def _row(cells: list[GridCell], row: int) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in cells if cell.row == row]


def _figures(cells: list[GridCell], row: int) -> bool:
    """Whether a row holds figures right of its first column."""
    return any(c.row == row and c.column > 0 and c.text[:1] in _DIGITS for c in cells if c.text)


def _cell_text(glyphs: list[Glyph], room: float) -> str:
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        middle = (glyph.top + glyph.bottom) / 2
        if lines and lines[-1][0].top - 1 <= middle <= lines[-1][0].bottom + 1:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    lines = [line for line in lines if any(not g.char.isspace() for g in line)]
    lines.sort(key=lambda line: line[0].top)
    text, chinese = "", is_chinese(glyph.char for line in lines for glyph in line)
    for number, line in enumerate(lines):
        piece = line_text(line)
        if number and _was_full(lines[number - 1], line, room) and not _two_figures(text, piece):
            text = join(text, piece, chinese=chinese or _is_cut(text, piece))
        else:
            text = f"{text} {piece}" if text else piece
    return text


def _was_full(line: list[Glyph], following: list[Glyph], room: float) -> bool:
    """Whether the next character would not have fitted on the line: the width broke it, not the author."""
    width = max(g.x1 for g in line) - min(g.x0 for g in line)
    return width + (following[0].x1 - following[0].x0) > room


def _is_cut(text: str, piece: str) -> bool:
    """Whether a line that is not Chinese ends inside a figure (4150 / 0) or a unit (USD/ / kg), not between two words."""
    return text[-1:] in _CUT_BEHIND or (text[-1:] in _CUT_FIGURE and piece[:1] in _CUT_BEFORE)


def _two_figures(text: str, piece: str) -> bool:
    """Two whole figures one above the other; the rest of a cut figure is shorter than its beginning."""
    last = text.rpartition(" ")[2]
    return last.replace(".", "").isdigit() and piece.replace(".", "").isdigit() and len(piece) >= len(last)
