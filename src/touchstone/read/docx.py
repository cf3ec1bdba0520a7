"""Word documents (docx) → blocks: headings, paragraphs, lists, tables with their merged cells.

Tracked insertions are kept and deletions dropped, as a reader sees the document when all changes are
accepted. Text boxes, nested tables and footnotes follow the block they hang on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import lxml.etree as etree

from touchstone.read.builder import Builder, GridCell, Reading
from touchstone.read.package import Package
from touchstone.read.refusal import refusal
from touchstone.read.script import raised
from touchstone.read.wordstyle import VAL, Styles, W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TBL, _TR, _TC, _T, _R = (W + tag for tag in ("p", "tbl", "tr", "tc", "t", "r"))
_BODY = W + "body"
_TEXTBOX = W + "txbxContent"
_SPACING = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
# Properties, the old rendering of a drawing, the text of deleted or moved runs, readings above characters.
_SKIPPED = frozenset(
    (
        W + "pPr",
        W + "rPr",
        W + "del",
        W + "moveFrom",
        W + "rt",
        W + "sdtPr",
        W + "instrText",
        _MC + "Fallback",
    )
)
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MAX_SPAN = 1024


def read_docx(data: bytes, name: str) -> Reading:
    """Read a Word document.

    Args:
        data: the bytes of the file.
        name: shown in errors.

    Raises:
        UnreadableFile: the package is broken, unsafe or without text (READ-008 to READ-012, READ-019,
            READ-023, READ-024).
    """
    package = Package(data, name)
    main = package.main_part() or "word/document.xml"
    related = {kind: target for kind, target in package.relations(main).values() if target in package.names}
    styles = Styles(package.xml(related["styles"]) if "styles" in related else None)
    walk = _Walk(styles)
    walk.blocks(package.stream(main, inside=(_BODY,), ends=(_P, _TBL)))
    for kind in ("footnote", "endnote"):
        if f"{kind}s" in related:
            walk.notes(package.xml(related[f"{kind}s"]), kind)
    reading = walk.out.reading(walk.title)
    if not reading.title:
        reading = replace(reading, title=_title_property(package))
    if not reading.blocks:
        raise refusal("READ-019", name)
    return reading


def _title_property(package: Package) -> str:
    parts = (target for kind, target in package.relations("").values() if kind == "core-properties")
    part = next((target for target in parts if target in package.names), None)
    return "" if part is None else (package.xml(part).findtext(_DC_TITLE) or "").strip()


class _Walk:
    """One pass over a document; blocks go to `out` in reading order."""

    def __init__(self, styles: Styles) -> None:
        self.out = Builder()
        self.title = ""
        self._styles = styles
        self._tables = 0

    def blocks(self, elements: Iterable[etree._Element], where: str = "") -> None:
        """Paragraphs and tables among `elements`, through content controls and the like."""
        for child in _block_children(elements):
            if child.tag == _TBL:
                self._table(child)
            else:
                self._paragraph(child, where)

    def notes(self, root: etree._Element, kind: str) -> None:
        """Footnotes or endnotes, at the end; the separators Word stores with them are not notes."""
        for number, note in enumerate((n for n in root if n.get(W + "type") is None), start=1):
            self.blocks(note, where=f"{kind} {number}")

    def _paragraph(self, element: etree._Element, where: str) -> None:
        kind, level, role = self._styles.role(element.find(W + "pPr"))
        text, boxes = _text(element)
        if role == "title" and not self.title:
            self.title = text.strip()
        self.out.add(kind, text, level, "contents" if role == "contents" else where)
        for box in boxes:
            self.blocks(box, where="text box")

    def _table(self, element: etree._Element) -> None:
        self._tables += 1
        number = self._tables
        hanging: list[etree._Element] = []
        self.out.table(_grid(element, hanging), where=f"table {number}")
        for inner in hanging:
            if inner.tag == _TBL:
                self._table(inner)
            else:
                self.blocks(inner, where="text box")


def _block_children(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    for child in elements:
        if child.tag == _P or child.tag == _TBL:
            yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _block_children(child)


def _text(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """Text of a paragraph, and the text boxes anchored in it."""
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _collect(paragraph, pieces, boxes)
    return "".join(pieces), boxes


def _collect(parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    for child in parent:
        tag = child.tag
        if tag == _R:
            _run(child, pieces, boxes)
        elif tag == _TEXTBOX:
            boxes.append(child)
        elif tag == _M + "t":
            pieces.append(child.text or "")
        elif tag == _M + "sup":
            pieces.append(raised("".join(child.itertext(_M + "t"))))
        elif tag not in _SKIPPED:
            _collect(child, pieces, boxes)


def _run(run: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    """One run; a raised 3 becomes ³, a lowered 2 stays 2 (CO2)."""
    text = []
    for child in run:
        tag = child.tag
        if tag == _T:
            text.append(child.text or "")
        elif tag in _SPACING:
            text.append(_SPACING[tag])
        elif tag not in _SKIPPED:
            _collect(child, text, boxes)
    properties = run.find(W + "rPr")
    if properties is not None and text:
        if _on(properties.find(W + "vanish")):
            return
        align = properties.find(W + "vertAlign")
        if align is not None and align.get(VAL) == "superscript":
            text = [raised("".join(text))]
    pieces.extend(text)


def _on(toggle: etree._Element | None) -> bool:
    return toggle is not None and toggle.get(VAL, "true") not in ("0", "false", "off")


def _grid(table: etree._Element, hanging: list[etree._Element]) -> list[GridCell]:
    """Cells of a table; vertically merged cells become one with a row span.

    `hanging` collects nested tables and text boxes, which are blocks of their own.
    """
    cells: list[GridCell] = []
    open_cells: dict[int, GridCell] = {}
    for row, element in enumerate(_rows(table)):
        column = _number(element.find(f"{W}trPr/{W}gridBefore"), 0)
        above, open_cells = open_cells, {}
        for item in _cells(element):
            properties = item.find(W + "tcPr")
            span = _span(properties)
            merge = None if properties is None else properties.find(W + "vMerge")
            if merge is not None and merge.get(VAL) != "restart" and column in above:
                above[column].row_span = row - above[column].row + 1
                open_cells[column] = above[column]
            elif _continues(properties) and cells and cells[-1].row == row:
                cells[-1].column_span += span
            else:
                cell = GridCell(row, column, _cell_text(item, hanging), 1, span)
                cells.append(cell)
                if merge is not None:
                    open_cells[column] = cell
            column += span
    return cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == _TR:
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == _TC:
            yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _cells(child)


def _cell_text(cell: etree._Element, hanging: list[etree._Element]) -> str:
    lines = []
    for child in _block_children(cell):
        if child.tag == _TBL:
            hanging.append(child)
        else:
            text, boxes = _text(child)
            hanging.extend(boxes)
            lines.append(text.strip())
    return " ".join(filter(None, lines))


def _span(properties: etree._Element | None) -> int:
    span = None if properties is None else properties.find(W + "gridSpan")
    return min(max(_number(span, 1), 1), _MAX_SPAN)


def _continues(properties: etree._Element | None) -> bool:
    """Whether a cell is the right part of a merge written the old way (hMerge)."""
    merge = None if properties is None else properties.find(W + "hMerge")
    return merge is not None and merge.get(VAL) != "restart"


def _number(element: etree._Element | None, default: int) -> int:
    text = "" if element is None else element.get(VAL, "")
    return min(int(text), _MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else default
