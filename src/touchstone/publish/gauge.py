"""A gauge: one value on a scale of named bands, as an index of business conditions is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import cos, pi, sin

from touchstone.publish.format import Unwritable, number
from touchstone.publish.frame import framed, headed
from touchstone.publish.scale import text_width
from touchstone.publish.words import word

_FONT = 13
_INKS = ("#35546b", "#8fa9ba", "#b8b2a1", "#d3a06a", "#ad2117")
"""From cold to hot; a gauge of three bands takes the first, the middle and the last."""
_PICKED = {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_SIDE, _ROW = 58, 20
"""Room for the limits beside the half circle, and the height of a row of the key, in pixels."""


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
        now: which of the bands the value is in, as it was judged; None says nothing of it.
    """

    title: str
    value: Decimal
    low: Decimal
    high: Decimal
    bands: tuple[str, ...]
    limits: tuple[Decimal, ...]
    alt: str
    now: int | None = None

    def __post_init__(self) -> None:
        ends = (self.low, *self.limits, self.high)
        if (
            len(self.bands) not in _PICKED
            or len(self.limits) != len(self.bands) - 1
            or sorted(set(ends)) != list(ends)
        ):
            raise Unwritable(f"gauge {self.title!r}: bands, limits and ends do not fit each other")


def gauge_svg(drawn: Gauge, lang: str, width: int = 340) -> str:
    """Draw a gauge as a half circle `width` pixels wide over a key of its bands.

    The value stands in the middle. A limit is written at its place where it has room; the key has the limits of all bands,
    however narrow these are.
    """
    title, room = headed(drawn.title, width)
    radius = width / 2 - _SIDE
    middle, floor = width / 2, room + 54 + radius
    parts = [
        *title,
        *_bands(drawn, middle, floor, radius),
        *_limits(drawn, lang, middle, floor, radius),
        *_needle(drawn, lang, middle, floor, radius),
        *_key(drawn, lang, floor + 26, width),
    ]
    return framed(parts, width, floor + 22 + _ROW * len(drawn.bands), drawn.alt)


def _bands(drawn: Gauge, x: float, y: float, radius: float) -> Iterator[str]:
    ends = (drawn.low, *drawn.limits, drawn.high)
    for name, start, end, ink in zip(drawn.bands, ends, ends[1:], _inks(drawn), strict=False):
        (x0, y0), (x1, y1) = (_at(drawn, value, x, y, radius) for value in (start, end))
        yield (
            f'<path d="M{x0:.1f} {y0:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x1:.1f} {y1:.1f}" fill="none" stroke="{ink}" '
            f'stroke-width="20"><title>{escape(name)}</title></path>'
        )


def _limits(drawn: Gauge, lang: str, x: float, y: float, radius: float) -> Iterator[str]:
    """A tick for each limit; its number outside the half circle, where no other one stands already."""
    taken: list[tuple[float, float, float]] = []
    for value in drawn.limits:
        (x0, y0), (x1, y1) = (_at(drawn, value, x, y, radius + off) for off in (10, 16))
        yield f'<path class="c-grid" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="#8a8371"/>'
        lx, ly = _at(drawn, value, x, y, radius + 20)
        text = number(value, lang)
        wide = text_width(text, _FONT)
        left = (
            lx - wide * (1 - (lx - x) / (radius + 20)) / 2
        )  # beside the circle at its ends, over it in its middle
        if all(
            left > right + 6 or left + wide < begin - 6 or abs(ly - high) > _FONT
            for begin, right, high in taken
        ):
            taken.append((left, left + wide, ly))
            yield f'<text class="c-soft" x="{left:.1f}" y="{ly + 2:.1f}" fill="#645e50">{text}</text>'


def _needle(drawn: Gauge, lang: str, x: float, y: float, radius: float) -> Iterator[str]:
    tip, foot = _at(drawn, drawn.value, x, y, radius + 12), _at(drawn, drawn.value, x, y, radius - 16)
    yield (
        f'<path class="c-label" d="M{foot[0]:.1f} {foot[1]:.1f}L{tip[0]:.1f} {tip[1]:.1f}" stroke="#26231d" '
        f'stroke-width="4" stroke-linecap="round"/>'
        f'<text class="c-label" x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="32" font-weight="600" '
        f'fill="#26231d">{number(drawn.value, lang)}</text>'
    )


def _key(drawn: Gauge, lang: str, top: float, width: float) -> Iterator[str]:
    """Colour, name and limits of each band; the one the value is in is set in bold between two marks."""
    said = [_between(drawn, place, lang) for place in range(len(drawn.bands))]
    names = max(text_width(name, _FONT) for name in drawn.bands) * 1.1
    left = max(12.0, (width - 20 - names - 16 - max(text_width(each, _FONT) for each in said)) / 2)
    for place, (name, ink) in enumerate(zip(drawn.bands, _inks(drawn), strict=False)):
        y = top + _ROW * place
        css, fill, weight = ("c-label", "#26231d", 600) if place == drawn.now else ("c-soft", "#645e50", 400)
        if place == drawn.now:
            yield f'<path class="c-dot-ink" d="M{left - 11:.1f} {y - 1:.1f}l7 5-7 5z" fill="#26231d"/>'
        yield (
            f'<rect x="{left:.1f}" y="{y - 2:.1f}" width="12" height="12" fill="{ink}"/>'
            f'<text class="{css}" x="{left + 20:.1f}" y="{y + 9:.1f}" font-weight="{weight}" fill="{fill}">{escape(name)}</text>'
            f'<text class="{css}" x="{left + 36 + names:.1f}" y="{y + 9:.1f}" font-weight="{weight}" fill="{fill}">{said[place]}</text>'
        )


def _between(drawn: Gauge, place: int, lang: str) -> str:
    """The limits of a band in words; "" where there is but one band."""
    low = number(drawn.limits[place - 1], lang) if place else ""
    high = number(drawn.limits[place], lang) if place < len(drawn.limits) else ""
    if low and high:
        return f"{low}\N{EN DASH}{high}"
    return (
        word("gauge.above", lang, value=low) if low else word("gauge.below", lang, value=high) if high else ""
    )


def _inks(drawn: Gauge) -> Iterator[str]:
    return (_INKS[i] for i in _PICKED[len(drawn.bands)])


def _at(drawn: Gauge, value: Decimal, x: float, y: float, radius: float) -> tuple[float, float]:
    """Where a value lies: the scale runs from the left end of the half circle to its right end."""
    share = float((min(max(value, drawn.low), drawn.high) - drawn.low) / (drawn.high - drawn.low))
    return x - radius * cos(pi * share), y - radius * sin(pi * share)
