"""Lights as drawings: one light, and a strip of its history. A light is told by shape and letter, never by colour alone."""

from collections.abc import Sequence
from html import escape

LEVELS = ("none", "light_blue", "blue", "yellow", "red", "unknown")
"""What a light can show; unknown: it has no data, or its rule is uncalibrated; light_blue where colours say which way."""
_SHAPES = {
    "none": ('<circle cx="10" cy="10" r="6.5" fill="none" stroke="#8d8675" stroke-width="1.6"/>', "#8d8675"),
    "light_blue": (
        '<circle cx="10" cy="10" r="6.7" fill="#a9cbe0" stroke="#2f6690" stroke-width="1.6"/>',
        "#a9cbe0",
    ),
    "blue": ('<circle cx="10" cy="10" r="7.5" fill="#2f6690"/>', "#2f6690"),
    "yellow": ('<path d="M10 2.2l8.6 15.2H1.4z" fill="#c48a00"/>', "#c48a00"),
    "red": ('<path d="M6.2 1.5h7.6l4.7 4.7v7.6l-4.7 4.7H6.2l-4.7-4.7V6.2z" fill="#ad2117"/>', "#ad2117"),
    "unknown": (
        '<path d="M4 10h12" stroke="#8d8675" stroke-width="1.6" stroke-dasharray="2.5 2"/>',
        "#d8d2c3",
    ),
}
_HEIGHTS = {"none": 3, "light_blue": 6, "blue": 9, "yellow": 15, "red": 21, "unknown": 1}


def lamp(level: str, sentence: str, size: int = 20) -> str:
    """One light: an empty ring, a blue disc, a yellow triangle, a red octagon, or a dashed line where nothing is known."""
    shape, _ = _SHAPES[level]
    return (
        f'<svg class="lamp lamp-{level}" viewBox="0 0 20 20" width="{size}" height="{size}" role="img">'
        f"<title>{escape(sentence)}</title>{shape}</svg>"
    )


def strip(levels: Sequence[str], sentences: Sequence[str], alt: str, step: int = 7) -> str:
    """A light's history, oldest first: one bar a period, higher the more severe, each with its sentence.

    Args:
        levels: of `LEVELS`, one a period.
        sentences: what each bar says, as many.
        alt: the strip in one sentence.
    """
    bars = [
        f'<rect x="{n * step}" y="{22 - _HEIGHTS[level]}" width="{step - 1}" height="{_HEIGHTS[level]}" fill="{_SHAPES[level][1]}">'
        f"<title>{escape(said)}</title></rect>"
        for n, (level, said) in enumerate(zip(levels, sentences, strict=True))
    ]
    width = max(step * len(levels), step)
    return (
        f'<svg class="strip" viewBox="0 0 {width} 22" width="{width}" height="22" role="img" aria-label="{escape(alt)}">'
        + "".join(bars)
        + "</svg>"
    )
