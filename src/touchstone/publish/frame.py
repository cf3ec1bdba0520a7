"""What all drawings have in common: the frame of an SVG, and the title on top of it."""

from collections.abc import Iterable
from html import escape


def framed(parts: Iterable[str], width: float, height: float, alt: str, font: int = 13) -> str:
    """A drawing of `width` x `height` pixels; `alt` says it in one sentence to who cannot see it."""
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" font-size="{font}" font-family="system-ui,sans-serif" '
        f'aria-label="{escape(alt)}">' + "".join(parts) + "</svg>"
    )


def titled(title: str) -> str:
    """The title of a drawing, in its upper left corner."""
    return f'<text class="c-title" x="0" y="16" font-size="15" font-weight="600" fill="#26231d">{escape(title)}</text>'
