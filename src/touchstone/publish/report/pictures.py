"""Charts as pictures: SVG for the PDF, PNG for Word, which cannot be relied on to show SVG."""

from collections.abc import Sequence

from touchstone.publish.chart import Chart
from touchstone.publish.draw import svg
from touchstone.publish.report.report import Figure, Report
from touchstone.publish.report.typeset import png
from touchstone.publish.report.writable import check_chart

WIDTH, HEIGHT = 680, 272
"""Of a drawing, in pixels: at the width of an A4 page its type is 8 points large."""


def chart_of(figure: Figure, lang: str) -> Chart:
    """The chart of a figure in one language."""
    return figure.zh if lang == "zh" else figure.en


def drawing(figure: Figure, lang: str) -> str:
    """A chart as SVG, without a style sheet: its own colours, on white paper."""
    return svg(chart_of(figure, lang), lang, WIDTH, HEIGHT)


def pictures(report: Report, lang: str) -> list[bytes]:
    """The charts of a report as PNG, in order; they are drawn in one go.

    Raises:
        UnwritableReport: a chart says a character that the font lacks.
    """
    figures: list[Figure] = []
    for number, block in enumerate(report.blocks, 1):
        if isinstance(block, Figure):
            check_chart(chart_of(block, lang), f"block {number}", lang)
            figures.append(block)
    return png("pictures.typ", {"drawings": _drawings(figures, lang), "lang": lang}) if figures else []


def _drawings(figures: Sequence[Figure], lang: str) -> list[str]:
    return [drawing(figure, lang) for figure in figures]
