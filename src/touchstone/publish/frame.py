"""What all drawings have in common: the frame of an SVG, and the title on top of it."""

from collections.abc import Iterable
from html import escape

from touchstone.publish.scale import wrapped

_LINE = 19
"""Height of a line of a title in pixels."""
_BOLD = 1.06
"""How much wider bold type runs."""


def framed(
    parts: Iterable[str], width: float, height: float, alt: str, font: int = 13, role: str = "img"
) -> str:
    """A drawing of `width` x `height` pixels; `alt` says it in one sentence to who cannot see it.

    `role` is "group" where parts of it are links: an image has none inside.
    """
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="{role}" font-size="{font}" font-family="system-ui,sans-serif" '
        f'aria-label="{escape(alt)}">' + "".join(parts) + "</svg>"
    )


def titled(title: str, line: int = 0) -> str:
    """A line of the title of a drawing, in its upper left corner."""
    return (
        f'<text class="c-title" x="0" y="{16 + _LINE * line}" font-size="15" font-weight="600" fill="#26231d">'
        f"{escape(title)}</text>"
    )


def headed(title: str, width: float) -> tuple[list[str], int]:
    """A title in as many lines as a drawing of this width needs, and the pixels that those beyond the first take."""
    lines = wrapped(title, width / _BOLD, 15)
    return [titled(line, number) for number, line in enumerate(lines)], _LINE * (len(lines) - 1)
