"""Web pages (HTML) → blocks: headings, paragraphs, lists, tables with their merged cells.

What a browser does not show is left out: scripts, styles, hidden elements, navigation. Nothing in the
page is ever run or fetched. Tables used for layout (with tables or headings inside) count as page, not table.
"""

import re
from collections.abc import Iterator

import lxml.etree as etree
import lxml.html as lxml_html

from touchstone.read.builder import Builder, GridCell, Reading
from touchstone.read.encoding import decode
from touchstone.read.refusal import refusal
from touchstone.read.script import raised

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_SKIPPED = frozenset(
    "script style noscript template nav iframe object embed svg canvas audio video map head "
    "select option button input textarea form-control del datalist".split()
)
_BLOCKS = frozenset(
    "html body div p section article main header footer aside address blockquote center dl dt dd ul ol li "
    "figure figcaption fieldset form hr pre table caption thead tbody tfoot tr td th details summary "
    "h1 h2 h3 h4 h5 h6".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")
_MAX_SPAN = 1000


def read_html(data: bytes, name: str) -> Reading:
    """Read a web page.

    Args:
        data: the bytes of the file, in the encoding it declares, UTF-8, UTF-16 or GB18030.
        name: shown in errors.

    Raises:
        UnreadableFile: READ-016 unknown encoding, READ-019 no visible text.
    """
    declared = _META.search(data[:4096]) or _XML.search(data[:200])
    text = decode(data, name, declared.group(1).decode("ascii", "ignore") if declared else None)
    root = _parse(text)
    walk = _Walk()
    title = ""
    if root is not None:
        title = root.findtext(".//title") or ""
        walk.element(root)
        walk.flush()
    reading = walk.out.reading(title)
    if not reading.blocks:
        raise refusal("READ-019", name)
    return reading


def _parse(text: str) -> etree._Element | None:
    # An XML declaration or a zero byte would stop the parser; the encoding is already settled.
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text.replace("\0", ""), count=1)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


class _Walk:
    """One pass over a page; inline text gathers until a block element begins or ends."""

    def __init__(self) -> None:
        self.out = Builder()
        self._inline: list[str] = []
        self._kind, self._level = "paragraph", 0
        self._depth = 0
        self._tables = 0

    def element(self, element: etree._Element) -> None:
        """Take in one element with all it contains (not the text after it)."""
        tag = element.tag
        if tag == "table" and not _is_layout(element):
            self._table(element)
        elif tag in _BLOCKS:
            self._block(element, tag)
        else:
            self._content(element)

    def flush(self) -> None:
        """End the paragraph that is being gathered."""
        text = _clean("".join(self._inline))
        self._inline.clear()
        self.out.add(self._kind, text, self._level)

    def _block(self, element: etree._Element, tag: str) -> None:
        self.flush()
        before = self._kind, self._level
        if tag in _HEADINGS:
            self._kind, self._level = "heading", _HEADINGS[tag]
        elif tag in ("li", "dd"):
            self._kind, self._level = "list", max(self._depth, 1)
        elif tag in ("figcaption", "caption"):
            self._kind, self._level = "caption", 0
        self._depth += tag in ("ul", "ol", "dl")
        self._content(element)
        self._depth -= tag in ("ul", "ol", "dl")
        self.flush()
        self._kind, self._level = before

    def _content(self, element: etree._Element) -> None:
        self._inline.append(element.text or "")
        for child in element:
            if _visible(child):
                if child.tag == "br":
                    self._inline.append("\x00")
                elif child.tag == "sup":
                    self._inline.append(raised("".join(child.itertext())))
                else:
                    self.element(child)
            self._inline.append(child.tail or "")

    def _table(self, element: etree._Element) -> None:
        self.flush()
        self._tables += 1
        where = f"table {self._tables}"
        for caption in element.iterfind("caption"):
            self.out.add("caption", _cell_text(caption), where=where)
        self.out.table(_grid(element), where)


def _is_layout(table: etree._Element) -> bool:
    inside = table.iterdescendants("table", "h1", "h2", "h3", "h4", "article", "section")
    return next(inside, None) is not None


def _visible(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return False
    if element.attrib:
        return element.get("hidden") is None and not _HIDDEN.search(element.get("style", ""))
    return True


def _grid(table: etree._Element) -> list[GridCell]:
    """Cells of a table on the grid a browser would lay out (HTML, "forming a table")."""
    cells: list[GridCell] = []
    busy: dict[int, int] = {}
    rows = list(_rows(table))
    for row, element in enumerate(rows):
        column = 0
        for item in element:
            if item.tag not in ("td", "th") or not _visible(item):
                continue
            while busy.get(column, 0) > row:
                column += 1
            width = min(_span(item, "colspan"), _MAX_SPAN)
            height = min(_span(item, "rowspan") or len(rows), len(rows) - row)
            cells.append(GridCell(row, column, _cell_text(item), height, max(width, 1)))
            if height > 1:
                busy.update(dict.fromkeys(range(column, column + max(width, 1)), row + height))
            column += max(width, 1)
    return cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr" and _visible(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and _visible(child):
            yield from _rows(child)


def _span(cell: etree._Element, name: str) -> int:
    """A stated span; 1 where none or nonsense is stated. A row span of 0 reaches to the end."""
    text = cell.get(name, "1").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _cell_text(cell: etree._Element) -> str:
    pieces: list[str] = []
    _gather(cell, pieces)
    return _clean("".join(pieces)).replace("\n", " ")


def _gather(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if _visible(child):
            if child.tag == "sup":
                pieces.append(raised("".join(child.itertext())))
            else:
                edge = " " if child.tag in _BLOCKS or child.tag == "br" else ""
                pieces.append(edge)
                _gather(child, pieces)
                pieces.append(edge)
        pieces.append(child.tail or "")


def _clean(text: str) -> str:
    """White space collapsed as a browser does; forced line breaks (kept as zero bytes) become line ends."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\x00"))
    return "\n".join(filter(None, lines))
