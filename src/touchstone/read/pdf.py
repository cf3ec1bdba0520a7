"""PDF documents → blocks: running text with its lines joined again, and ruled tables with merged cells.

Text and rules come from pdfium with their places on the page. What stands inside a ruled table is read
cell by cell and nowhere else. Running heads are kept once as captions; page numbers are left out.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from touchstone.errors import UnreadableFile
from touchstone.read.builder import Builder, Reading
from touchstone.read.pdfbelow import add_rows_below
from touchstone.read.pdfflow import Layout, Margins, Paragraph, goes_on
from touchstone.read.pdfgrid import grids
from touchstone.read.pdfline import Line, make_line, starts_line
from touchstone.read.pdfmargin import page_numbers_and_heads
from touchstone.read.pdfopen import open_grids
from touchstone.read.pdfpage import Glyph, Page, read_page
from touchstone.read.pdftable import PageTable
from touchstone.read.refusal import refusal

ONE_AT_A_TIME = Lock()
"""pdfium may not be called from two threads at once."""


@dataclass(slots=True)
class _Content:
    """Lines and tables of one page in reading order."""

    page: Page
    items: list[Line | PageTable] = field(default_factory=list)

    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]

    def sort(self) -> None:
        """From top to bottom, if nothing stands beside anything else; columns stay in the file's order."""
        placed = sorted(self.items, key=lambda item: item.top)
        if all(
            above.bottom <= below.top + 0.4 * (below.bottom - below.top) for above, below in pairwise(placed)
        ):
            self.items = placed


def read_pdf(data: bytes, name: str) -> Reading:
    """Read a PDF document.

    Args:
        data: the bytes of the file.
        name: shown in errors.

    Raises:
        UnreadableFile: READ-012 password, READ-013 damaged or cut off, READ-014 a scan, READ-015 fonts
            without characters, READ-019 no text. Single scanned pages are in `left_out`.
    """
    tail = data[-4096:].rstrip(b"\0\r\n\t ")
    if b"%%EOF" not in tail:
        raise refusal("READ-013", name, reason=("it ends too early (no %%EOF)", "文件不完整（缺少 %%EOF）"))
    with ONE_AT_A_TIME:
        contents = _contents(data, name)
    left_out = _unreadable_pages([content.page for content in contents], name)
    reading = _blocks(contents, left_out)
    if not reading.blocks:
        raise left_out[0] if left_out else refusal("READ-019", name)
    return reading


def _contents(data: bytes, name: str) -> list[_Content]:
    try:
        document = pdfium.PdfDocument(data)
        try:
            contents = [_content(read_page(document, number)) for number in range(len(document))]
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_raw.FPDF_ERR_PASSWORD:
            raise refusal("READ-012", name) from error
        raise refusal("READ-013", name, reason=str(error)[:120]) from error
    if not contents:
        raise refusal("READ-013", name, reason=("it has no pages", "没有任何页面"))
    return contents


def _unreadable_pages(pages: list[Page], name: str) -> list[UnreadableFile]:
    """A refusal for each page that shows a picture or letters, but no characters."""
    found = []
    for page in pages:
        where = name if len(pages) == 1 else f"{name}, page {page.number}"
        if page.unknown > page.known:
            found.append(refusal("READ-015", where))
        elif not page.known and page.pictures:
            found.append(refusal("READ-014", where))
    if found and len(found) == len(pages):
        return [refusal(found[0].code, name)]
    return found


def _content(page: Page) -> _Content:
    tables = _tables(page)
    content = _Content(page)
    line: list[Glyph] = []
    placed: set[int] = set()
    for glyph in page.glyphs:
        table = _table_at(tables, glyph) if tables and glyph.size else None
        if line and (table is not None or starts_line(glyph, line)):
            _end_line(content, line)
            line = []
        if table is None:
            line.append(glyph)
        elif table is not None and id(table) not in placed:
            placed.add(id(table))
            content.items.append(table)
    _end_line(content, line)
    content.sort()
    page.glyphs.clear()  # the greatest part of the memory of a long document
    return content


def _tables(page: Page) -> list[PageTable]:
    """The ruled tables of a page, with their glyphs. A grid almost without text is a drawing."""
    if len(page.across) < 2:
        return []
    ruled = grids(page.across, page.down)
    found = [*ruled, *open_grids(page, ruled)]
    add_rows_below(page, found)
    tables = [PageTable(grid, page.number, page.number) for grid in found]
    for glyph in page.glyphs if tables else ():
        if glyph.size and (table := _table_at(tables, glyph)):
            number = table.grid.find((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
            if number is not None:
                table.glyphs.setdefault(number, []).append(glyph)
    return [table for table in tables if table.finish()]


def _table_at(tables: list[PageTable], glyph: Glyph) -> PageTable | None:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for table in tables:
        xs, ys = table.grid.xs, table.grid.ys
        if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
            return table
    return None


def _end_line(content: _Content, glyphs: list[Glyph]) -> None:
    line = make_line(glyphs, content.page.number)
    if line:
        content.items.append(line)


def _blocks(contents: list[_Content], left_out: list[UnreadableFile]) -> Reading:
    dropped, heads = page_numbers_and_heads([(content.page, content.lines()) for content in contents])
    for content in contents:
        content.items = [item for item in content.items if id(item) not in dropped]
    layout = Layout.of([line for content in contents for line in content.lines()])
    out = Builder()
    for head in heads:
        out.add("caption", head.text, where=f"page {head.page}, running head")
    for item in _assembled(contents):
        if isinstance(item, Paragraph):
            kind, level, role = layout.kind(item)
            out.add(kind, item.text(), level, role or f"page {item.lines[0].page}")
        else:
            pages = (
                f"page {item.page}" if item.page == item.last_page else f"pages {item.page}-{item.last_page}"
            )
            out.table(item.cells, pages)
    return out.reading(left_out=left_out)


def _assembled(contents: list[_Content]) -> list[Paragraph | PageTable]:
    """Lines joined to paragraphs, tables to the part before the page break, in reading order."""
    done: list[Paragraph | PageTable] = []
    before = Margins({}, {})
    for content in contents:
        here = Margins.of(content.lines(), content.page.width)
        for item in content.items:
            last = done[-1] if done else None
            if isinstance(item, PageTable):
                if isinstance(last, PageTable) and item.continues(last):
                    item.append_to(last)
                else:
                    done.append(item)
            elif isinstance(last, Paragraph) and _joins(last, item, before, here):
                last.lines.append(item)
            else:
                done.append(Paragraph([item]))
        before = here
    return done


def _joins(paragraph: Paragraph, line: Line, before: Margins, here: Margins) -> bool:
    last = paragraph.lines[-1]
    if last.page == line.page:
        return goes_on(paragraph, line, here, here)
    return last.page + 1 == line.page and goes_on(paragraph, line, before, here)
