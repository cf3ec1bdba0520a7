"""A report as a workbook: its text on one sheet, each table and chart on a sheet of its own, and the sources.

Figures are numbers that show the printed digits; text is text, whatever it begins with. The same report
gives the same bytes.
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from touchstone.publish.chart import Chart
from touchstone.publish.heatmap import HeatMap
from touchstone.publish.report.bookchart import put_chart, put_map
from touchstone.publish.report.booklook import Look
from touchstone.publish.report.booktable import put_table
from touchstone.publish.report.console import address_of, to_figure
from touchstone.publish.report.grid import lay_out
from touchstone.publish.report.pictures import drawing, pictures
from touchstone.publish.report.report import (
    Block,
    Figure,
    Heading,
    Paragraph,
    Report,
    Sentence,
    Table,
    title_of,
)
from touchstone.publish.report.said import said, words
from touchstone.publish.report.typeset import DOTS_AN_INCH
from touchstone.publish.report.writable import check_figures, check_written
from touchstone.publish.words import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_SCREEN_DOTS_AN_INCH = 96
_WIDTHS = (14, 92, 22)
"""Of the text sheet, in characters: labels, sentences, marks."""
_SOURCE_HEADS = ("report.sheet", "report.address", "report.printed", "report.fact")
_SOURCE_WIDTHS = (12, 10, 70, 24)
_PLAIN: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(report: Report, lang: str, address: str | None = None) -> bytes:
    """Write a report as an Excel workbook.

    Args:
        address: of a console that has the facts; on the sheet of sources each then leads to where it was printed.

    Raises:
        UnwritableReport: a character that is no writing, a text too long for a cell, a table that does
            not fill its columns, no address.
    """
    console = address_of(address)
    from xlsxwriter import Workbook

    check_written(report, lang)
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **_PLAIN}) as book:
        created = datetime.combine(report.day, time(), UTC).replace(tzinfo=None)
        title = words(report.title, lang)
        book.set_properties({"title": title, "author": "Touchstone", "created": created})
        writer = _Writer(book, lang, _drawn(report, lang))
        writer.top(report)
        for number, block in enumerate(report.blocks, 1):
            writer.block(block, f"block {number}")
        writer.sources(console)
    return out.getvalue()


def _drawn(report: Report, lang: str) -> list[bytes]:
    """Networks, gauges and waterfalls as pictures: a workbook has no drawing of its own for them."""
    figures = [block.drawn(lang) for block in report.blocks if isinstance(block, Figure)]
    drawings = [drawing(drawn, lang) for drawn in figures if not isinstance(drawn, Chart | HeatMap)]
    if drawings:
        check_figures(report, lang)
    return pictures(drawings, lang)


class _Writer:
    """Writes blocks one below the other on the sheet of text, and tables and charts on their own."""

    def __init__(self, book: "Workbook", lang: str, pictures: Iterable[bytes]) -> None:
        self._book, self._lang, self._pictures = book, lang, iter(pictures)
        self._look = Look(book)
        self._name = word("report.text", lang)
        self._sheet = book.add_worksheet(self._name)
        self._look.paper(self._sheet, lang)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._row = 0
        self._counts = {"report.table": 0, "report.chart": 0}
        self._stated: list[tuple[str, int, int, str, tuple[str, ...]]] = []

    def top(self, report: Report) -> None:
        """Title, byline and what stands at the foot of other formats."""
        for text, look in ((report.title, "title"), (report.byline, "soft"), (report.footer, "soft")):
            self._write(0, words(text, self._lang), look)
            self._row += 1

    def block(self, block: Block, where: str) -> None:
        """Write one block."""
        if isinstance(block, Heading):
            self._row += 1
            self._write(0, words(block.text, self._lang), f"heading {min(block.level, 2)}")
            self._row += 1
        elif isinstance(block, Paragraph):
            label = words(block.label, self._lang) if block.label else ""
            for number, sentence in enumerate(block.sentences):
                self._say(sentence, "" if number else label)
        elif isinstance(block, Table):
            sheet = self._sheet_for("report.table", words(block.caption, self._lang))
            for row, column, text, facts in put_table(
                sheet, self._look, block, lay_out(block, where), self._lang
            ):
                self._stated.append((sheet.get_name(), row, column, text, facts))
        else:
            self._figure(block)

    def sources(self, console: str) -> None:
        """The last sheet: for every cell that stands on facts, where it is and their ids; none where no cell does."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        if not self._stated:  # a list with a head and no row would look as if something had been lost
            return
        sheet = self._book.add_worksheet(word("report.sources", self._lang))
        self._look.paper(sheet, self._lang)
        for column, (key, width) in enumerate(zip(_SOURCE_HEADS, _SOURCE_WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            self._look.text(sheet, 0, column, word(key, self._lang), "head")
        rows = [
            (name, xl_rowcol_to_cell(r, c), text, fact)
            for name, r, c, text, facts in self._stated
            for fact in facts
        ]
        for number, told in enumerate(rows, 1):
            for column, text in enumerate(told):
                self._look.text(sheet, number, column, text, "cell")
            if address := to_figure(console, (told[-1],)):
                self._look.link(sheet, number, len(told) - 1, address, told[-1])
        sheet.autofilter(0, 0, max(1, len(rows)), 3)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def _say(self, sentence: Sentence, label: str) -> None:
        spoken = said(sentence, self._lang)
        if label:
            self._write(0, label, "label")
        self._write(1, spoken.text, "prose")
        self._look.room(self._sheet, self._row, (label, _WIDTHS[0]), (spoken.text, _WIDTHS[1]))
        if spoken.mark:
            self._write(2, spoken.mark, "soft")
        if spoken.facts:
            self._stated.append((self._name, self._row, 1, spoken.text, spoken.facts))
        self._row += 1

    def _figure(self, figure: Figure) -> None:
        drawn, alt = figure.drawn(self._lang), words(figure.alt, self._lang)
        title = title_of(drawn, self._lang)
        sheet = self._sheet_for("report.chart", title)
        self._look.text(sheet, 0, 0, title, "title")
        if isinstance(drawn, Chart):
            put_chart(self._book, sheet, self._look, drawn, alt, self._lang)
        elif isinstance(drawn, HeatMap):
            put_map(sheet, self._look, drawn)
        else:
            self._picture(sheet, next(self._pictures), alt)

    def _picture(self, sheet: Any, png: bytes, alt: str) -> None:
        """A picture under the title of its sheet, of the size it has on paper."""
        scale = _SCREEN_DOTS_AN_INCH / DOTS_AN_INCH
        given = {"image_data": io.BytesIO(png), "description": alt, "x_scale": scale, "y_scale": scale}
        sheet.insert_image(2, 0, "picture.png", given)

    def _sheet_for(self, kind: str, title: str) -> Any:
        """A sheet of its own, and a line on the sheet of text that leads to it."""
        self._counts[kind] += 1
        name = word(kind, self._lang, n=self._counts[kind])
        self._look.link(self._sheet, self._row, 0, f"internal:'{name}'!A1", name)
        self._write(1, title.removeprefix(name).strip(), "caption")
        self._row += 1
        sheet = self._book.add_worksheet(name)
        self._look.paper(sheet, self._lang)
        return sheet

    def _write(self, column: int, text: str, look: str) -> None:
        self._look.text(self._sheet, self._row, column, text, look)
