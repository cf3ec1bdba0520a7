"""Tables in Word: spans over columns and rows, a head repeated on every page, figures at the right.

Built as Word's own XML: python-docx merges cells one by one, in quadratic time.
"""

from typing import TYPE_CHECKING, Any

from touchstone.publish.report.grid import Grid, Place
from touchstone.publish.report.report import Table
from touchstone.publish.report.said import change, words
from touchstone.publish.report.wordfacts import Bookmarks
from touchstone.publish.report.wordpaper import LONG, MARGIN, SHORT, made

if TYPE_CHECKING:
    from docx.document import Document

_STYLED = 9.0
"""Points of the type that the style "Table Text" has."""
_POINTS_A_CM, _TWIPS = 72 / 2.54, 20
_CHANGES = {"up": "Rose", "down": "Fell"}
_SHADE = "F3F0E7"


def put_table(document: "Document", table: Table, grid: Grid, bookmarks: Bookmarks, lang: str) -> None:
    """Append a table to the document."""
    room = ((LONG if table.wide else SHORT) - 2 * MARGIN) * _POINTS_A_CM
    size, widths = grid.fit(lang, room)
    twips = [str(round(width * _TWIPS)) for width in widths]
    look = _Look(document, bookmarks, lang, int(size * 2) / 2, twips)
    element = made("w:tbl", _properties(words(table.caption, lang), sum(map(int, twips))))
    element.append(made("w:tblGrid", *(made("w:gridCol", w=width) for width in twips)))
    for number, places in enumerate(grid.rows):
        together = grid.whole() and number + 1 < len(grid.rows)
        element.append(look.row(grid, number, places, together))
    document.element.body.sectPr.addprevious(element)


class _Look:
    """How the cells of one table are written."""

    def __init__(
        self, document: "Document", bookmarks: Bookmarks, lang: str, size: float, twips: list[str]
    ) -> None:
        self._body, self._bookmarks, self._lang = document._body, bookmarks, lang
        self._size, self._twips = size, twips
        self._open: dict[int, tuple[Place, int]] = {}
        """Cells from above that reach into the next row, by column, and how many rows are left of them."""

    def row(self, grid: Grid, number: int, places: tuple[Place, ...], together: bool) -> Any:
        """One row: its own cells, and the continuation of those above."""
        properties = made("w:trPr", made("w:cantSplit"))
        if number < grid.head:
            properties.append(made("w:tblHeader"))
        row = made("w:tr", properties)
        above, self._open = self._open, {}
        starts = {place.column: place for place in places} | {c: place for c, (place, _) in above.items()}
        for column in sorted(starts):
            place = starts[column]
            left = above[column][1] if column in above else place.cell.rows
            if left > 1:
                self._open[column] = (place, left - 1)
            row.append(self._cell(place, column in above, together))
        return row

    def _cell(self, place: Place, continued: bool, together: bool) -> Any:
        from docx.text.paragraph import Paragraph

        covered = range(place.column, place.column + place.cell.columns)
        properties = made(
            "w:tcPr", made("w:tcW", w=str(sum(int(self._twips[c]) for c in covered)), type="dxa")
        )
        if place.cell.columns > 1:
            properties.append(made("w:gridSpan", val=str(place.cell.columns)))
        if place.cell.rows > 1:
            properties.append(made("w:vMerge", val="continue" if continued else "restart"))
        if place.heads:
            properties.append(made("w:shd", val="clear", color="auto", fill=_SHADE))
        properties.append(made("w:vAlign", val="center"))
        element = made("w:p")
        cell = made("w:tc", properties, element)
        paragraph = Paragraph(element, self._body)
        self._set(paragraph, place, together)
        if not continued:
            self._write(paragraph, place)
        return cell

    def _set(self, paragraph: Any, place: Place, together: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph.style = "Table Head" if place.heads else "Table Text"
        if together:
            paragraph.paragraph_format.keep_with_next = True
        if place.cell.number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif place.centred() and not place.heads:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _write(self, paragraph: Any, place: Place) -> None:
        cell, text = place.cell, words(place.cell.text, self._lang)
        with self._bookmarks.around(paragraph, text, cell.facts, cell.leads):
            self._run(paragraph, text, _CHANGES.get(change(cell, self._lang)))
        self._bookmarks.at(paragraph, cell.anchor)
        if cell.note:
            self._bookmarks.cited(paragraph, cell.note, lambda part: self._raised(paragraph, part))

    def _raised(self, paragraph: Any, text: str) -> None:
        self._run(paragraph, text, None).font.superscript = True

    def _run(self, paragraph: Any, text: str, style: str | None) -> Any:
        from docx.shared import Pt

        run = paragraph.add_run(text, style)
        if self._size < _STYLED:
            run.font.size = Pt(self._size)
        return run


def _properties(caption: str, width: int) -> Any:
    return made(
        "w:tblPr",
        made("w:tblStyle", val="ReportTable"),
        made("w:tblW", w=str(width), type="dxa"),
        made("w:jc", val="center"),
        made("w:tblLayout", type="fixed"),
        made("w:tblCaption", val=caption),
    )
