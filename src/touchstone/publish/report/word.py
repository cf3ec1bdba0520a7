"""A report as a Word document: A4, our own styles, tables an editor can go on working in.

The same report gives the same bytes. Hidden bookmarks lead from a figure back to its facts (wordfacts.py).
"""

import io
from typing import TYPE_CHECKING, Any

from touchstone.publish.report.archive import dated
from touchstone.publish.report.console import address_of
from touchstone.publish.report.grid import lay_out
from touchstone.publish.report.pictures import drawing, pictures, share
from touchstone.publish.report.report import Figure, Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.report.said import gap, said, words
from touchstone.publish.report.wordfacts import Bookmarks
from touchstone.publish.report.wordpaper import MARGIN, SHORT, paper, turn
from touchstone.publish.report.wordtable import put_table
from touchstone.publish.report.writable import check_figures, check_written

if TYPE_CHECKING:
    from docx.document import Document


def word(report: Report, lang: str, address: str | None = None) -> bytes:
    """Write a report as a Word document.

    Args:
        address: of a console that has the facts; a figure then leads to where it was printed.

    Raises:
        UnwritableReport: a character that is no writing, one in a chart that the fonts lack, a table
            that does not fill its columns, no address.
    """
    console = address_of(address)
    check_written(report, lang)
    check_figures(report, lang)
    drawings = [drawing(b.drawn(lang), lang) for b in report.blocks if isinstance(b, Figure)]
    drawn = zip(map(share, drawings), pictures(drawings, lang), strict=True)
    document = paper(report, lang)
    writer = _Writer(document, lang, Bookmarks(console, report.anchors()))
    document.add_paragraph(words(report.title, lang), "Title")
    document.add_paragraph(words(report.byline, lang), "Subtitle")
    for number, block in enumerate(report.blocks, 1):
        writer.turn(isinstance(block, Table) and block.wide)
        if isinstance(block, Heading):
            writer.heading(block)
        elif isinstance(block, Paragraph):
            writer.paragraph(block)
        elif isinstance(block, Figure):
            writer.figure(*next(drawn), words(block.alt, lang))
        else:
            writer.table(block, f"block {number}")
    writer.bookmarks.put(document)
    out = io.BytesIO()
    document.save(out)
    return dated(out.getvalue(), report.day)


class _Writer:
    """Appends blocks to one document."""

    def __init__(self, document: "Document", lang: str, bookmarks: Bookmarks) -> None:
        self._document, self._lang = document, lang
        self._wide = self._below_table = False
        self.bookmarks = bookmarks

    def heading(self, block: Heading) -> None:
        """A heading; it has room above it wherever it stands."""
        self._document.add_paragraph(words(block.text, self._lang), f"Heading {block.level}")
        self._below_table = False

    def turn(self, wide: bool) -> None:
        """Go on upright or in landscape; a new section where that changes."""
        if wide != self._wide:
            self._wide = wide
            turn(self._document.add_section(), wide)

    def paragraph(self, block: Paragraph) -> None:
        """The sentences of a paragraph, its label before them."""
        from docx.shared import Pt

        paragraph = self._document.add_paragraph(style="Body Text")
        if self._below_table:  # a table has no space of its own below it
            paragraph.paragraph_format.space_before = Pt(8)
            self._below_table = False
        if block.label:
            paragraph.add_run(words(block.label, self._lang) + gap(self._lang), "Label")
        for number, sentence in enumerate(block.sentences):
            if number and gap(self._lang):
                paragraph.add_run(gap(self._lang))
            self._say(paragraph, sentence)

    def figure(self, share: float, png: bytes, alt: str) -> None:
        """A picture over a share of the width of the page, with its sentence for who cannot see it."""
        from docx.shared import Cm

        self._below_table = False
        run = self._document.add_paragraph(style="Picture").add_run()
        shape = run.add_picture(io.BytesIO(png), width=Cm((SHORT - 2 * MARGIN) * share))
        shape._inline.docPr.set("descr", alt)
        for side in ("distT", "distB", "distL", "distR"):  # where none is said, some programs leave a gap
            shape._inline.set(side, "0")

    def table(self, table: Table, where: str) -> None:
        """Caption, table, notes."""
        self._document.add_paragraph(words(table.caption, self._lang), "Caption")
        put_table(self._document, table, lay_out(table, where), self.bookmarks, self._lang)
        for mark, sentence in table.notes:
            paragraph = self._document.add_paragraph(f"{mark} ", "Table Note")
            self._say(paragraph, sentence)
        self._below_table = not table.notes

    def _say(self, paragraph: Any, sentence: Sentence) -> None:
        spoken = said(sentence, self._lang)
        with self.bookmarks.around(paragraph, spoken.text, spoken.facts):
            paragraph.add_run(spoken.text)
        if spoken.refs:
            self.bookmarks.cited(
                paragraph, gap(self._lang) + spoken.refs, lambda part: paragraph.add_run(part, "Mark")
            )
        if spoken.mark:
            paragraph.add_run(gap(self._lang) + spoken.mark, "Mark")
