"""Running text of a PDF: printed lines → headings, paragraphs and list items.

A line goes on in the next one only where the page shows it: the line is full, the next one stands right
under it (or on top of the next page) in the same size, not indented, and does not begin an item of its own.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from touchstone.read.pdfline import Line, is_chinese, join
from touchstone.read.text import SENTENCE_END

_ITEM = re.compile(
    r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、．]|\.(?!\d))|第[一二三四五六七八九十百\d]{1,4}[章节篇条]"
    r"|[•●◆▲■□◇○★·]\s*|[-–—]\s)"
)
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}[章节篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_CONTENTS = re.compile(r"\S.*?(?:\.{4,}|…{2,}|·{4,}|(?:\. ){3,}\.?)\s*\d{1,3}$")
_CAPTION = re.compile(r"(?:表|图|圖|Table|Figure|Fig\.)\s*\d+(?:[-.]\d+)?[\s：:、.．]", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[（(“《]*(?:[!-~]{1,24}|.)[，。；：、！？）)”》％%,.;]*")
_LINE_TAIL = 240
"""End of a line that is looked at for the dots and page number of a table of contents."""
_MAX_LEADING = 2.4
_NEIGHBOURS = 150
_HEADING_SIZE = 1.15
_MAX_HEADING = 80


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]

    def text(self) -> str:
        """The lines joined as its own language does it."""
        text, chinese = "", is_chinese(line.text for line in self.lines)
        for line in self.lines:
            text = join(text, line.text, chinese)
        return text


@dataclass(slots=True)
class Layout:
    """What is usual in a document: the size of body text, the sizes of headings from the largest."""

    body: float
    headings: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, lines: list[Line]) -> "Layout":
        """Measured on all lines of a document."""
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[_step(line.size)] += len(line.text)
        body = sizes.most_common(1)[0][0] if sizes else 10.0
        larger = sorted((size for size in sizes if size >= _HEADING_SIZE * body), reverse=True)
        return cls(body, larger)

    def kind(self, paragraph: Paragraph) -> tuple[str, int, str]:
        """Kind and level of a block, and "contents" for a line of a table of contents."""
        text, size = paragraph.lines[0].text, _step(paragraph.lines[0].size)
        if len(paragraph.lines) == 1 and _in_contents(text):
            return "caption", 0, "contents"
        if _CAPTION.match(text) and len(text) < _MAX_HEADING:
            return "caption", 0, ""
        if size in self.headings and len(text) <= _MAX_HEADING:
            return "heading", min(self.headings.index(size) + 1, 6), ""
        short = len(paragraph.lines) == 1 and len(text) <= 40 and not SENTENCE_END.search(text)
        if short and _NUMBERED.match(text):
            return "heading", min(len(self.headings) + (2 if text[0] in "（(" else 1), 6), ""
        return ("list", 1, "") if _ITEM.match(text) and not _NUMBERED.match(text) else ("paragraph", 0, "")


@dataclass(slots=True)
class Margins:
    """Left and right edge of the text around each line of one page."""

    left: dict[int, float]
    right: dict[int, float]

    @classmethod
    def of(cls, lines: list[Line], width: float) -> "Margins":
        """Edges among the lines of like size that overlap sideways (one column of text).

        A right edge that only one line reaches may be chance: then it is at least as far from the paper's
        edge as the left one. `width` is that of the page.
        """
        left, right = {}, {}
        for number, line in enumerate(lines):
            column = [
                other
                for other in lines[max(number - _NEIGHBOURS, 0) : number + _NEIGHBOURS]
                if other is line  # one without width overlaps nothing, not even itself
                or other.x0 < line.x1
                and line.x0 < other.x1
                and abs(other.size - line.size) < 0.15 * line.size
            ]
            first, last = min(other.x0 for other in column), max(other.x1 for other in column)
            if sum(last - other.x1 < 1.6 * line.size for other in column) < 2:
                last = max(last, width - first)
            left[id(line)], right[id(line)] = first, last
        return cls(left, right)


def goes_on(paragraph: Paragraph, line: Line, before: Margins, here: Margins) -> bool:
    """Whether `line` continues the paragraph; the margins are those of the pages the two lines are on."""
    last = paragraph.lines[-1]
    size = last.size
    if abs(line.size - size) > 0.1 * size or "\t" in last.text or "\t" in line.text or _ITEM.match(line.text):
        return False
    if _in_contents(last.text) or before.right[id(last)] - last.x1 > _room_needed(line):
        return False
    leading = line.bottom - last.bottom
    if line.page == last.page and not 0.5 * size < leading <= _MAX_LEADING * size:
        return False
    if line.x0 <= here.left[id(line)] + 0.8 * size:
        return True
    hanging = bool(_ITEM.match(paragraph.lines[0].text)) and line.x0 > last.x0
    return line.page == last.page and (
        hanging or (len(paragraph.lines) > 1 and abs(line.x0 - last.x0) < 0.8 * size)
    )


def _in_contents(text: str) -> bool:
    return bool(_CONTENTS.match(text[-_LINE_TAIL:].lstrip()))


def _room_needed(line: Line) -> float:
    """Room in which the beginning of a line would not have fitted: its first word or figure, and a little."""
    found = _FIRST_WORD.match(line.text)
    word = found.group() if found else ""
    return line.size * (1 + sum(0.6 if char.isascii() else 1.0 for char in word))


def _step(size: float) -> float:
    return round(size * 2) / 2
