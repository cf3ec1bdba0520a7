"""A gauge: one value on a scale of named bands, as an index of business conditions is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import cos, pi, sin

from touchstone.publish.format import Unwritable, number
from touchstone.publish.frame import framed, titled

_FONT = 13
_INKS = ("#35546b", "#8fa9ba", "#b8b2a1", "#d3a06a", "#ad2117")
"""From cold to hot; a gauge of three bands takes the first, the middle and the last."""
_PICKED = {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True, slots=True)
class Gauge:
    """What is drawn.

    Attributes:
        title: what is shown.
        value: the value the needle points at; beyond the scale it rests at its end.
        low, high: ends of the scale.
        bands: names from low to high, one to five.
        limits: the values between the bands, one less than there are bands, ascending.
        alt: the gauge in one sentence.
    """

    title: str
    value: Decimal
    low: Decimal
    high: Decimal
    bands: tuple[str, ...]
    limits: tuple[Decimal, ...]
    alt: str

    def __post_init__(self) -> None:
        ends = (self.low, *self.limits, self.high)
        if (
            len(self.bands) not in _PICKED
            or len(self.limits) != len(self.bands) - 1
            or sorted(set(ends)) != list(ends)
        ):
            raise Unwritable(f"gauge {self.title!r}: bands, limits and ends do not fit each other")


def gauge_svg(drawn: Gauge, lang: str, width: int = 340) -> str:
    """Draw a gauge as a half circle `width` pixels wide; the value stands in its middle, each limit at its place."""
    middle, height = width / 2, width * 0.62
    radius = width / 2 - 46
    parts = [
        titled(drawn.title),
        *_bands(drawn, lang, middle, height - 16, radius),
        *_needle(drawn, lang, middle, height - 16, radius),
    ]
    return framed(parts, width, height, drawn.alt)


def _bands(drawn: Gauge, lang: str, x: float, y: float, radius: float) -> Iterator[str]:
    ends = (drawn.low, *drawn.limits, drawn.high)
    for name, start, end, ink in zip(
        drawn.bands, ends, ends[1:], (_INKS[i] for i in _PICKED[len(drawn.bands)]), strict=False
    ):
        (x0, y0), (x1, y1) = (_at(drawn, value, x, y, radius) for value in (start, end))
        yield (
            f'<path d="M{x0:.1f} {y0:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x1:.1f} {y1:.1f}" fill="none" stroke="{ink}" '
            f'stroke-width="20"><title>{escape(name)}</title></path>'
        )
        lx, ly = _at(drawn, (start + end) / 2, x, y, radius - 26)
        yield f'<text class="c-soft" x="{lx:.1f}" y="{ly + 5:.1f}" text-anchor="middle" fill="#645e50">{escape(name)}</text>'
    for value in drawn.limits:
        lx, ly = _at(drawn, value, x, y, radius + 24)
        yield f'<text class="c-soft" x="{lx:.1f}" y="{ly + 4:.1f}" text-anchor="middle" fill="#645e50">{number(value, lang)}</text>'


def _needle(drawn: Gauge, lang: str, x: float, y: float, radius: float) -> Iterator[str]:
    tip, foot = _at(drawn, drawn.value, x, y, radius + 12), _at(drawn, drawn.value, x, y, radius - 12)
    yield (
        f'<path class="c-label" d="M{foot[0]:.1f} {foot[1]:.1f}L{tip[0]:.1f} {tip[1]:.1f}" stroke="#26231d" '
        f'stroke-width="4" stroke-linecap="round"/>'
        f'<text class="c-label" x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="32" font-weight="600" '
        f'fill="#26231d">{number(drawn.value, lang)}</text>'
    )


def _at(drawn: Gauge, value: Decimal, x: float, y: float, radius: float) -> tuple[float, float]:
    """Where a value lies: the scale runs from the left end of the half circle to its right end."""
    share = float((min(max(value, drawn.low), drawn.high) - drawn.low) / (drawn.high - drawn.low))
    return x - radius * cos(pi * share), y - radius * sin(pi * share)
