"""Which characters can be written, and where in a report one stands that cannot.

Word, Excel and the web page take any printable character; what is typeset (PDF, pictures) needs it in
the font, because a missing one would be left out without a word.
"""

import re
from collections.abc import Iterator
from html import unescape
from unicodedata import category

from touchstone.publish.chart import Chart
from touchstone.publish.drawing import Drawing
from touchstone.publish.format import unit
from touchstone.publish.gauge import Gauge
from touchstone.publish.heatmap import HeatMap
from touchstone.publish.network import Network
from touchstone.publish.report import refused
from touchstone.publish.report.fonts import drawn
from touchstone.publish.report.report import (
    Block,
    Drawn,
    Figure,
    Heading,
    Paragraph,
    Report,
    Sentence,
    title_of,
)
from touchstone.publish.report.said import said, words
from touchstone.publish.waterfall import Waterfall

_NO_WRITING = frozenset(("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))
_UNSEEN = frozenset("\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The mark of a byte order, and what turns the direction of what follows: 1.5 could be read as 5.1."""
_DRAWN_AS_NOTHING = frozenset(("Cf", "Mn"))
_TEXT = re.compile(r"<(?:text|title)\b[^>]*>([^<]+)<")


def check_written(report: Report, lang: str) -> None:
    """See that a report has what a reader needs, and no character that is no writing; a line break is one.

    Raises:
        UnwritableReport: REPORT-001, with the place of the first such character; REPORT-006, a title, the
            words of a drawing or a heading of the first level are missing.
    """
    if not words(report.title, lang).strip():
        raise refused.lacks("title", "title", "标题")
    _check_way(report, lang)
    for where, text in texts(report, lang):
        for character in text:
            if (category(character) in _NO_WRITING and character != "\n") or character in _UNSEEN:
                raise refused.control(where, character)


def _check_way(report: Report, lang: str) -> None:
    """What screen readers go by: headings in their order, words for every drawing."""
    above = 0
    for where, block in _placed(report, lang):
        if isinstance(block, Figure) and not words(block.alt, lang).strip():
            raise refused.lacks(where, "sentence for who cannot see the drawing", "图的文字说明")
        if isinstance(block, Heading):
            if not words(block.text, lang).strip():
                raise refused.lacks(where, "word in this heading", "标题文字")
            if not 1 <= block.level <= min(above + 1, 2):
                raise refused.lacks(where, f"heading of level {above + 1 if above < 2 else 2}", "上一级标题")
            above = block.level


def check_drawn(report: Report, lang: str) -> None:
    """See that the font has every character of a report.

    Raises:
        UnwritableReport: REPORT-002, with the place of the first character it lacks.
    """
    for where, text in texts(report, lang):
        _check_drawn(where, text)


def check_figures(report: Report, lang: str) -> None:
    """See that the font has every character of the drawings of a report. Raises as `check_drawn`."""
    for where, block in _placed(report, lang):
        if isinstance(block, Figure):
            for text in _drawn(block.drawn(lang), lang):
                _check_drawn(where, text)


def texts(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    """Every text that is written in a language, with its place in words (in English, as in all messages)."""
    for where, text in (("title", report.title), ("byline", report.byline), ("footer", report.footer)):
        yield where, words(text, lang)
    for where, block in _placed(report, lang):
        for text in _block(block, lang):
            yield where, text


def _placed(report: Report, lang: str) -> Iterator[tuple[str, Block]]:
    """Every block with its place: its number, and the heading it stands under."""
    heading = ""
    for number, block in enumerate(report.blocks, 1):
        yield f"block {number} “{heading}”" if heading else f"block {number}", block
        if isinstance(block, Heading):
            heading = words(block.text, lang).strip()


def _block(block: Block, lang: str) -> Iterator[str]:
    if isinstance(block, Heading):
        yield words(block.text, lang)
    elif isinstance(block, Paragraph):
        if block.label:
            yield words(block.label, lang)
        for sentence in block.sentences:
            yield from _sentence(sentence, lang)
    elif isinstance(block, Figure):
        yield words(block.alt, lang)
        yield from _drawn(block.drawn(lang), lang)
    else:
        yield words(block.caption, lang)
        for cell in (cell for row in (*block.head, *block.body) for cell in row):
            yield from (words(cell.text, lang), cell.note, *cell.facts)
        for mark, sentence in block.notes:
            yield mark
            yield from _sentence(sentence, lang)


def _sentence(sentence: Sentence, lang: str) -> Iterator[str]:
    spoken = said(sentence, lang)
    yield from (spoken.text, spoken.mark, *spoken.facts)


def _drawn(drawn: Drawn, lang: str) -> Iterator[str]:
    yield title_of(drawn, lang)
    match drawn:
        case Drawing():
            yield from map(unescape, _TEXT.findall(drawn.svg(lang)))
        case Chart():
            yield from (unit(drawn.unit, lang), drawn.note, *drawn.sources)
            yield from (trace.name for trace in drawn.series)
        case Network():
            yield from (drawn.note, *(node.name for node in drawn.nodes))
        case HeatMap():
            yield from (*drawn.rows, *drawn.columns)
        case Gauge():
            yield from drawn.bands
        case Waterfall():
            yield from (name for name, _ in (drawn.start, *drawn.steps, drawn.end))


def _check_drawn(where: str, text: str) -> None:
    for character in text:
        if (
            ord(character) not in drawn()
            and category(character) not in _DRAWN_AS_NOTHING
            and character != "\n"
        ):
            raise refused.not_in_font(where, character)
