"""Drawings as pictures: SVG for the PDF, PNG for Word, which cannot be relied on to show SVG."""

import re
from collections.abc import Iterable

from touchstone.publish.chart import Chart
from touchstone.publish.draw import svg
from touchstone.publish.drawing import Drawing
from touchstone.publish.gauge import Gauge, gauge_svg
from touchstone.publish.heatmap import HeatMap, heatmap_svg
from touchstone.publish.network import Network, network_svg
from touchstone.publish.report.report import Drawn
from touchstone.publish.report.typeset import png
from touchstone.publish.waterfall import Waterfall, waterfall_svg

WIDTH, HEIGHT = 680, 272
"""Of a chart, in pixels: over the width of an A4 page its type is 8 points large."""
_TALLEST = 850
"""Pixels of a drawing that fill a page upright, with room for a heading."""


def drawing(drawn: Drawn, lang: str) -> str:
    """A drawing as SVG: in its own colours, on white paper."""
    match drawn:
        case Chart():
            return svg(drawn, lang, WIDTH, HEIGHT)
        case HeatMap():
            return heatmap_svg(drawn, lang)
        case Gauge():
            return gauge_svg(drawn, lang)
        case Waterfall():
            return waterfall_svg(drawn, lang)
        case Network():
            return network_svg(drawn)
        case Drawing():
            return drawn.svg(lang, WIDTH)


def share(drawing: str) -> float:
    """How much of the width of a page a drawing takes, up to 1; one that is higher than a page takes less."""
    wide, high = (re.search(rf' {side}="(\d+)"', drawing) for side in ("width", "height"))
    if not wide or not high:
        return 1.0
    return min(1.0, int(wide[1]) / WIDTH, int(wide[1]) / WIDTH * _TALLEST / int(high[1]))


def pictures(drawings: Iterable[str], lang: str) -> list[bytes]:
    """Drawings as PNG, in order; all are made in one go, which is faster than one by one."""
    given = list(drawings)
    return png("pictures.typ", {"drawings": given, "lang": lang}) if given else []
