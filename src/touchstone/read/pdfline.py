"""Lines of a PDF: glyphs → the text of a line, and two lines → the text that the line end had cut.

pdfium gives characters one by one; spaces, raised figures and columns are seen from the places.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.read.pdfpage import Glyph
from touchstone.read.script import raised

_WIDE_GAP = 2.0
"""Gap inside a line, in character heights, from which two columns are meant, not two words."""


@dataclass(slots=True)
class Line:
    """One printed line outside tables."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int


def make_line(glyphs: list[Glyph], page: int) -> Line | None:
    """A line from its glyphs; None where nothing is visible."""
    visible = [g for g in glyphs if not g.char.isspace()]
    if not visible:
        return None
    size = Counter(g.size for g in visible).most_common(1)[0][0]
    main = [g for g in visible if g.size == size]
    return Line(
        line_text(glyphs),
        min(g.x0 for g in visible),
        max(g.x1 for g in visible),
        min(g.top for g in main),
        max(g.bottom for g in main),
        size,
        page,
    )


def starts_line(glyph: Glyph, line: list[Glyph]) -> bool:
    """Whether a glyph stands on another line than the last visible one of `line`, by its place alone."""
    if glyph.char.isspace():
        return False
    visible = [g for g in line[-8:] if not g.char.isspace()]
    # Raised and lowered figures lie off the line: what follows them is measured against what came before.
    alike = next((g for g in reversed(visible) if g.size >= 0.8 * glyph.size), None)
    if not visible or (alike is None and glyph.x0 >= visible[-1].x0):
        return False
    last = alike or visible[-1]
    size = max(glyph.size, last.size)
    apart = abs((glyph.top + glyph.bottom) - (last.top + last.bottom)) / 2
    allowed = 0.6 if glyph.size > 0.8 * last.size else 0.9
    return apart > allowed * size or glyph.x0 < visible[-1].x0 - size


def line_text(glyphs: list[Glyph]) -> str:
    """Text of one line: wide gaps become tabs, small raised figures superscripts."""
    pieces: list[str] = []
    before: Glyph | None = None
    largest = max(g.size for g in glyphs)
    for glyph in glyphs:
        if glyph.char.isspace():
            if before is not None and pieces[-1] not in (" ", "\t"):
                pieces.append(" ")
            continue
        if before is not None:
            gap = (glyph.x0 - before.x1) / largest
            if gap > _WIDE_GAP:
                if pieces[-1] == " ":
                    pieces.pop()
                pieces.append("\t")
            elif gap > 0.3 and pieces[-1] != " " and glyph.char.isascii() and before.char.isascii():
                pieces.append(" ")
        pieces.append(raised(glyph.char) if before and _is_raised(glyph, before, largest) else glyph.char)
        before = glyph
    return "".join(pieces).strip()


def _is_raised(glyph: Glyph, before: Glyph, largest: float) -> bool:
    if glyph.size > 0.8 * largest or not glyph.char.isdigit():
        return False
    lifted = before.bottom - glyph.bottom > 0.15 * largest
    return lifted if before.size > glyph.size else pieces_lifted(glyph, before)


def pieces_lifted(glyph: Glyph, before: Glyph) -> bool:
    """Whether a small glyph stands as high as the raised one before it."""
    return abs(glyph.bottom - before.bottom) < 0.1 * glyph.size and not before.char.isdigit()


def join(text: str, following: str, chinese: bool) -> str:
    """Two lines of one paragraph or cell as one text.

    Chinese sets no space at a line end and cuts figures there (20|18 年, RE1|00), so nothing is put
    between; two Latin words get a space. In other text a line end is a space.
    """
    if not text or not following:
        return text + following
    last, first = text[-1], following[0]
    if not chinese:
        return text + following if last == "-" and text[-2:-1].isdigit() else f"{text} {following}"
    words = last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
    return f"{text} {following}" if words or (last in ",;:" and first.isascii()) else text + following


def is_chinese(texts: Iterable[str]) -> bool:
    """Whether text is set as Chinese: at least one character in ten is a Han character."""
    count = total = 0
    for text in texts:
        total += len(text)
        count += sum("\u3400" <= char <= "\u9fff" for char in text)
    return count * 10 >= total
