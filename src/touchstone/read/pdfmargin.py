"""Running heads, feet and page numbers of a PDF: what stands on every page and belongs to none."""

import re
from collections import Counter

from touchstone.read.pdfline import Line
from touchstone.read.pdfpage import Page

_PAGE_NUMBER = re.compile(
    r"[\s\-–—·~|]*(?:第\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*页)?"
    r"(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[\s\-–—·~|]*$"
    r"|(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_LONGEST = 160
"""Characters of a running line: a sentence at the foot of every page, and the number of the page beside it."""
_EDGE = 0.12
"""Part of the page's height at its top and bottom where such lines stand."""


def page_numbers_and_heads(pages: list[tuple[Page, list[Line]]]) -> tuple[set[int], list[Line]]:
    """The lines to leave out of the text, by `id`; and one of each running head, to be kept once.

    A running line is one line, and printed on at least two pages, and on a third of them, at the same height
    and alike but for its digits. A lone number at the edge is a page number even if it stands there once.
    """
    seen: Counter[tuple[str, int]] = Counter()
    edge = [(line, _key(line)) for page, lines in pages for line in lines if _at_edge(page, line)]
    for key in {(line.page, key) for line, key in edge}:
        seen[key[1]] += 1
    dropped: set[int] = set()
    heads: dict[str, Line] = {}
    for line, key in edge:
        if _PAGE_NUMBER.match(line.text):
            dropped.add(id(line))
        elif seen[key] >= 2 and seen[key] * 3 >= len(pages) and len(line.text) <= _LONGEST:
            dropped.add(id(line))
            heads.setdefault(key[0], line)
    return dropped, list(heads.values())


def _at_edge(page: Page, line: Line) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.top / 6)
