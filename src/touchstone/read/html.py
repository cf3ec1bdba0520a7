"""Web pages (HTML) → blocks: headings, paragraphs, lists, tables with their merged cells.

What a browser does not show is left out: scripts, styles, hidden elements, navigation. Nothing in the
page is ever run or fetched. Tables used for layout (with tables or headings inside) count as page, not table.
"""

import re
from collections.abc import Callable, Iterator

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
_LISTS = frozenset(("ul", "ol", "dl"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")
_MAX_SPAN = 1000
_MAX_COVERED = 200
"""Places of a row that merged cells of the rows above may cover, on average over a table."""


def read_html(data: bytes, name: str) -> Reading:
    """Read a web page.

    Args:
        data: the bytes of the file, in the encoding it declares, UTF-8, UTF-16 or GB18030.
        name: shown in errors.

    Raises:
        UnreadableFile: READ-016 unknown encoding, READ-019 no visible text, READ-023 nested too deeply.
    """
    declared = _META.search(data[:4096]) or _XML.search(data[:200])
    text = decode(data, name, declared.group(1).decode("ascii", "ignore") if declared else None)
    root = _parse(text, name)
    walk = _Walk()
    title = ""
    if root is not None:
        title = root.findtext(".//title") or ""
        walk.page(root)
    reading = walk.out.reading(title)
    if not reading.blocks:
        raise refusal("READ-019", name)
    return reading


def _parse(text: str, name: str) -> etree._Element | None:
    # An XML declaration or a zero byte would stop the parser; the encoding is already settled.
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text.replace("\0", ""), count=1)
    # Without "huge" the parser drops what is nested more than 256 deep, as old pages with unclosed tags are.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise refusal("READ-023", name)
    return root


class _Walk:
    """One pass over a page; inline text gathers until a block element begins or ends."""

    def __init__(self) -> None:
        self.out = Builder()
        self._inline: list[str] = []
        self._kind, self._level = "paragraph", 0
        self._outer: list[tuple[str, int]] = []
        self._depth = 0
        self._tables = 0

    def page(self, root: etree._Element) -> None:
        """Take in a whole page."""
        for part, element in _shown(root, _is_piece):
            if part == "start":
                if element.tag in _BLOCKS:
                    self._begin(element.tag)
                self._inline.append(element.text or "")
                continue
            if part == "piece":
                self._piece(element)
            elif part == "end" and element.tag in _BLOCKS:
                self._end(element.tag)
            self._inline.append(element.tail or "")
        self._flush()

    def _flush(self) -> None:
        """End the paragraph that is being gathered."""
        text = _clean("".join(self._inline))
        self._inline.clear()
        self.out.add(self._kind, text, self._level)

    def _begin(self, tag: str) -> None:
        self._flush()
        self._outer.append((self._kind, self._level))
        if tag in _HEADINGS:
            self._kind, self._level = "heading", _HEADINGS[tag]
        elif tag in ("li", "dd"):
            self._kind, self._level = "list", max(self._depth, 1)
        elif tag in ("figcaption", "caption"):
            self._kind, self._level = "caption", 0
        self._depth += tag in _LISTS

    def _end(self, tag: str) -> None:
        self._depth -= tag in _LISTS
        self._flush()
        self._kind, self._level = self._outer.pop()

    def _piece(self, element: etree._Element) -> None:
        if element.tag == "table":
            self._table(element)
        else:
            self._inline.append("\x00" if element.tag == "br" else raised("".join(element.itertext())))

    def _table(self, element: etree._Element) -> None:
        self._flush()
        self._tables += 1
        where = f"table {self._tables}"
        for caption in element.iterfind("caption"):
            self.out.add("caption", _cell_text(caption), where=where)
        self.out.table(_grid(element), where)


def _shown(
    root: etree._Element, is_piece: Callable[[etree._Element], bool]
) -> Iterator[tuple[str, etree._Element]]:
    """Walk through what a browser shows: "start" and "end" of each element in the order of the page.

    An element for which `is_piece` holds comes once, as "piece"; a hidden one as "past", for the text
    after it. There is no recursion: pages nest deeper than calls can.
    """
    walk = etree.iterwalk(root, events=("start", "end"))
    left: etree._Element | None = None
    part = ""
    for event, element in walk:
        if event == "end":
            yield (part if element is left else "end"), element
        elif element is not root and not _visible(element):
            left, part = element, "past"
            walk.skip_subtree()
        elif is_piece(element):
            left, part = element, "piece"
            walk.skip_subtree()
        else:
            yield "start", element


def _is_piece(element: etree._Element) -> bool:
    return element.tag in ("br", "sup") or (element.tag == "table" and not _is_layout(element))


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
    room = _MAX_COVERED * len(rows)
    for row, element in enumerate(rows):
        column = 0
        for item in element:
            if item.tag not in ("td", "th") or not _visible(item):
                continue
            while busy.get(column, 0) > row:
                column += 1
            width = max(min(_span(item, "colspan"), _MAX_SPAN), 1)
            height = min(_span(item, "rowspan") or len(rows), len(rows) - row)
            room -= (height - 1) * width
            height = height if room >= 0 else 1
            cells.append(GridCell(row, column, _cell_text(item), height, width))
            if height > 1:
                busy.update(dict.fromkeys(range(column, column + width), row + height))
            column += width
    return cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    waiting = list(reversed(table))
    while waiting:
        child = waiting.pop()
        if child.tag == "tr" and _visible(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and _visible(child):
            waiting.extend(reversed(child))


def _span(cell: etree._Element, name: str) -> int:
    """A stated span; 1 where none or nonsense is stated. A row span of 0 reaches to the end."""
    text = cell.get(name, "1").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _cell_text(cell: etree._Element) -> str:
    if not len(cell):
        return _clean(cell.text or "")
    pieces: list[str] = []
    for part, element in _shown(cell, lambda inner: inner.tag == "sup"):
        edge = " " if element is not cell and (element.tag in _BLOCKS or element.tag == "br") else ""
        if part == "start":
            pieces += (edge, element.text or "")
        elif part == "piece":
            pieces.append(raised("".join(element.itertext())))
        elif part == "end":
            pieces.append(edge)
        if part != "start" and element is not cell:
            pieces.append(element.tail or "")
    return _clean("".join(pieces)).replace("\n", " ")


def _clean(text: str) -> str:
    """White space collapsed as a browser does; forced line breaks (kept as zero bytes) become line ends."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\x00"))
    return "\n".join(filter(None, lines))
