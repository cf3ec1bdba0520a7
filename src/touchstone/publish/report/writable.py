"""Which characters can be written, and where in a report one stands that cannot.

Word, Excel and the web page take any printable character; what is typeset (PDF, pictures) needs it in
the font, because a missing one would be left out without a word.
"""

from collections.abc import Iterator
from unicodedata import category

from touchstone.publish.chart import Chart
from touchstone.publish.format import unit
from touchstone.publish.report import refused
from touchstone.publish.report.fonts import drawn
from touchstone.publish.report.report import Block, Figure, Heading, Paragraph, Report, Sentence
from touchstone.publish.report.said import said, words

_NO_WRITING = frozenset(("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of what follows: 1.5 could be read as 5.1."""
_DRAWN_AS_NOTHING = frozenset(("Cf", "Mn"))


def check_written(report: Report, lang: str) -> None:
    """See that no text of a report holds a character that is no writing; a line break is one.

    Raises:
        UnwritableReport: REPORT-001, with the place of the first such character.
    """
    for where, text in texts(report, lang):
        for character in text:
            if (category(character) in _NO_WRITING and character != "\n") or character in _TURNING:
                raise refused.control(where, character)


def check_drawn(report: Report, lang: str) -> None:
    """See that the font has every character of a report.

    Raises:
        UnwritableReport: REPORT-002, with the place of the first character it lacks.
    """
    for where, text in texts(report, lang):
        _check_drawn(where, text)


def check_chart(chart: Chart, where: str, lang: str) -> None:
    """See that the font has every character of a chart. Raises as `check_drawn`."""
    for text in _chart(chart, lang):
        _check_drawn(where, text)


def texts(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    """Every text that is written in a language, with its place in words (in English, as in all messages)."""
    for where, text in (("title", report.title), ("byline", report.byline), ("footer", report.footer)):
        yield where, words(text, lang)
    for number, block in enumerate(report.blocks, 1):
        where = f"block {number}"
        for text in _block(block, lang):
            yield where, text


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
        yield from _chart(block.zh if lang == "zh" else block.en, lang)
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


def _chart(chart: Chart, lang: str) -> Iterator[str]:
    yield from (chart.title, unit(chart.unit, lang), chart.note, *chart.sources)
    yield from (trace.name for trace in chart.series)


def _check_drawn(where: str, text: str) -> None:
    for character in text:
        if ord(character) not in drawn() and category(character) not in _DRAWN_AS_NOTHING and character != "\n":
            raise refused.not_in_font(where, character)
