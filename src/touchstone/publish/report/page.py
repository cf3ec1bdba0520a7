"""A report as one HTML file: no script, no address outside it, to be read on a phone and printed on A4.

Where the address of a console is given, every figure is a link to the place it was printed; without one
the ids of its facts stand in `data-facts`.
"""

import re
from html import escape
from importlib.resources import files

from markupsafe import Markup

from touchstone.publish.chart import Chart
from touchstone.publish.draw import svg
from touchstone.publish.drawing import Drawing
from touchstone.publish.report.console import address_of
from touchstone.publish.report.grid import lay_out
from touchstone.publish.report.pictures import drawing
from touchstone.publish.report.report import Block, Drawn, Report, Table
from touchstone.publish.report.said import change, gap, said, words
from touchstone.publish.report.writable import check_written
from touchstone.publish.template import environment

_STYLES = ("stone.css", "report.css")
_NARROW, _BROAD = (350, 250), (760, 300)
"""Sizes of a chart in pixels, on a phone and on a desk."""


def page(report: Report, lang: str, address: str | None = None) -> str:
    """Write a report as an HTML file.

    Args:
        address: of a console that has the facts, such as `http://127.0.0.1:8000`.

    Raises:
        UnwritableReport: a character that is no writing, a table that does not fill its columns, no address.
    """
    check_written(report, lang)
    console = address_of(address)
    grids = {i: lay_out(b, f"block {i}") for i, b in enumerate(report.blocks, 1) if isinstance(b, Table)}
    return (
        environment()
        .get_template("report.html")
        .render(
            report=report,
            lang=lang,
            address=console,
            grids=grids,
            style=_style(),
            words=words,
            said=said,
            change=change,
            gap=gap(lang),
            drawing=_drawing,
            scrolls=_scrolls,
            cited=_cited if any(_anchored(block) for block in report.blocks) else str,
        )
    )


def _drawing(drawn: Drawn, lang: str) -> str:
    """A drawing as SVG, and what can be drawn narrow once more for a phone; our own markup, every text in it escaped."""
    if isinstance(drawn, Chart):
        narrow, broad = svg(drawn, lang, *_NARROW), svg(drawn, lang, *_BROAD)
    elif isinstance(drawn, Drawing):
        narrow, broad = drawn.svg(lang, _NARROW[0]), drawn.svg(lang, _BROAD[0])
    else:
        return f'<div class="broad">{drawing(drawn, lang)}</div>'
    return f'<div class="narrow">{narrow}</div><div class="broad">{broad}</div>'


def _scrolls(drawn: Drawn) -> bool:
    """Whether a drawing may be wider than a phone, so that its box must be reached by keyboard."""
    return not isinstance(drawn, Chart | Drawing)


def _anchored(block: Block) -> bool:
    """Whether a block is a list of sources that numbers can lead to."""
    return isinstance(block, Table) and any(cell.anchor for row in block.body for cell in row)


def _cited(refs: str) -> Markup:
    """Numbers of sources, each leading to its row."""
    return Markup(re.sub(r"\d+", r'<a href="#source-\g<0>">\g<0></a>', escape(refs)))


def _style() -> str:
    folder = files("touchstone.publish") / "style"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in _STYLES)
