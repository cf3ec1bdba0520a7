"""Drawings no higher than a word: the last values of a series as a line, and a range on the scale of others."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html import escape

_INSET = 4.0


def spark(
    days: Sequence[date], values: Sequence[Decimal], sentence: str, width: int = 88, height: int = 26
) -> str:
    """Draw values as a line with a dot on the last one; a single value is the dot alone.

    Args:
        days: ascending, one for each value.
        values: exact; only their relative height is drawn, a series that never moved lies in the middle.
        sentence: what the drawing says, for a reader who cannot see it.
    """
    places = list(zip(_spread(days, width), _heights(values, height), strict=True))
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    x, y = places[-1]
    told = escape(sentence)
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{told}</title>"
        f'<path class="c-spark" d="{path}" fill="none" stroke="#8d8675" stroke-width="1.5" stroke-linejoin="round"/>'
        f'<circle class="c-dot0" cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="#8a6410"/></svg>'
    )


def _spread(days: Sequence[date], width: int) -> list[float]:
    """By date; a single day stands at the right, where the newest one always is."""
    room, length = width - 2 * _INSET, (days[-1] - days[0]).days
    return [_INSET + room * ((day - days[0]).days / length if length else 1) for day in days]


def _heights(values: Sequence[Decimal], height: int) -> list[float]:
    low, high = min(values), max(values)
    room = height - 2 * _INSET
    return [height / 2 if low == high else _INSET + room * float((high - v) / (high - low)) for v in values]


def bar(
    low: Fraction, high: Fraction, least: Fraction, most: Fraction, sentence: str, width: int = 180
) -> str:
    """Draw a range from `low` to `high` on a scale from `least` to `most`, all in one unit; never thinner than a mark."""
    room, height = width - 2 * _INSET, 16
    left, right = (
        _INSET + room * float((end - least) / (most - least) if most > least else 0.5) for end in (low, high)
    )
    told, start = escape(sentence), min(left, width - _INSET - 4)
    return (
        f'<svg class="bar" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{told}</title>"
        f'<path class="c-grid" d="M{_INSET} 8H{width - _INSET}" stroke="#e2ddd0"/>'
        f'<rect class="c-dot0" x="{start:.1f}" y="4" width="{max(4, right - left):.1f}" height="8" rx="2" fill="#8a6410"/></svg>'
    )
