"""What stands on a PDF page: glyphs with their boxes, ruling lines, pictures. Taken from pdfium as it is.

All places are in points from the top left corner of the page: x to the right, y downwards.
"""

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as c

_MAX_SEGMENTS = 20_000
"""Line pieces of one page beyond which it is a drawing or a map, not a table."""
_MAX_THICKNESS = 3.0
_MIN_GLYPH = 0.1
_UNKNOWN = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))
_HYPHEN = 2
"""pdfium's code for a hyphen at a line end."""


@dataclass(slots=True)
class Glyph:
    """One character and its box."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(slots=True)
class Page:
    """One page: glyphs in the order of the page's own text; rules as (place, from, to)."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: int = 0
    known: int = 0
    unknown: int = 0


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Everything on one page; `number` counts from 0 (the page's own number is from 1)."""
    source = document[number]
    try:
        left, bottom, right, top = source.get_bbox()
        page = Page(number + 1, right - left, top - bottom)
        text = source.get_textpage()
        try:
            _glyphs(page, text, left, top)
        finally:
            text.close()
        _objects(page, source, left, top)
        for _ in range(source.get_rotation() // 90):
            _turn(page)
        return page
    finally:
        source.close()


def _turn(page: Page) -> None:
    """Turn everything clockwise by a right angle, as the page asks to be shown."""
    height = page.height
    for glyph in page.glyphs:
        glyph.x0, glyph.top, glyph.x1, glyph.bottom = (
            height - glyph.bottom,
            glyph.x0,
            height - glyph.top,
            glyph.x1,
        )
    page.across, page.down = (
        [(x, height - y1, height - y0) for x, y0, y1 in page.down],
        [(height - y, x0, x1) for y, x0, x1 in page.across],
    )
    page.width, page.height = page.height, page.width


def _glyphs(page: Page, text: Any, left: float, top: float) -> None:
    box = c.FS_RECTF()
    reference, handle = ctypes.byref(box), text.raw
    code_of, box_of, size_of = c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox, c.FPDFText_GetFontSize
    for index in range(text.count_chars()):
        code = code_of(handle, index)
        if code == 13 or code == 10:  # line ends that pdfium adds; places tell them better
            continue
        if code in _UNKNOWN or 0xD800 <= code < 0xE000 or 0xE000 <= code < 0xF900:
            page.unknown += 1
            continue
        box_of(handle, index, reference)
        size = size_of(handle, index)
        page.known += code != 32
        page.glyphs.append(
            Glyph(
                "-" if code == _HYPHEN else _plain(code),
                box.left - left,
                top - box.top,
                box.right - left,
                top - box.bottom,
                _size(size, box.top - box.bottom, box.right - box.left),
            )
        )


def _size(stated: float, height: float, width: float) -> float:
    """The font size; where a file scales text otherwise and states a size that cannot be, the box decides."""
    seen = max(height, width)
    if 0.5 * seen <= stated <= 2.5 * seen or not seen:
        return max(stated, _MIN_GLYPH)
    return max(round(seen * 2) / 2, _MIN_GLYPH)


def _plain(code: int) -> str:
    """The character; the look-alikes fonts give for Chinese characters (⽉ for 月) become the usual ones."""
    char = chr(code)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB07:
        return normalize("NFKC", char)
    return " " if code in (0xA0, 0x2002, 0x2003, 0x3000, 9) else char


def _objects(page: Page, source: pdfium.PdfPage, left: float, top: float) -> None:
    pieces = 0
    for item in source.get_objects(filter=[c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE]):
        if c.FPDFPageObj_GetType(item.raw) == c.FPDF_PAGEOBJ_IMAGE:
            page.pictures += 1
            continue
        count = c.FPDFPath_CountSegments(item.raw)
        pieces += count
        if pieces > _MAX_SEGMENTS:
            page.across.clear()
            page.down.clear()
            return
        if count > 1 and _drawn(item.raw):
            for points in _outlines(item, count):
                _rules(page, [(x - left, top - y) for x, y in points])


def _drawn(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def _outlines(item: pdfium.PdfObject, count: int) -> list[list[tuple[float, float]]]:
    """The straight outlines of a path in page coordinates; curves break an outline."""
    matrix = item.get_matrix()
    container = item.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    x, y = ctypes.c_float(), ctypes.c_float()
    outlines: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(item.raw, index)
        kind = c.FPDFPathSegment_GetType(segment)
        c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        if kind != c.FPDF_SEGMENT_LINETO or not outlines:
            outlines.append([point])
            continue
        outlines[-1].append(point)
        if c.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return [points for points in outlines if len(points) > 1]


def _rules(page: Page, points: list[tuple[float, float]]) -> None:
    """Upright and level edges of an outline; a thin rectangle is one rule, not four."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if x1 - x0 > 0.97 * page.width and y1 - y0 > 0.97 * page.height:
        return
    if y1 - y0 <= _MAX_THICKNESS and x1 - x0 > y1 - y0:
        page.across.append(((y0 + y1) / 2, x0, x1))
    elif x1 - x0 <= _MAX_THICKNESS and y1 - y0 > x1 - x0:
        page.down.append(((x0 + x1) / 2, y0, y1))
    else:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ay - by) < 0.5 < abs(ax - bx):
                page.across.append((ay, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) < 0.5 < abs(ay - by):
                page.down.append((ax, min(ay, by), max(ay, by)))
