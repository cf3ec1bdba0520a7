"""Bars of shares: parts of a whole in percent, one under the other, each with its name above its bar and its number behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from touchstone.publish.format import Unwritable, number
from touchstone.publish.frame import framed, headed
from touchstone.publish.scale import text_width, wrapped

_FONT, _LINE, _BAR, _GAP = 13, 17, 10, 12
_INK = "#35546b"


@dataclass(frozen=True, slots=True)
class ShareBars:
    """What is drawn: a title, name and percent (0 to 100) of each part in the order they are drawn, and all of it in one sentence."""

    title: str
    parts: tuple[tuple[str, Decimal], ...]
    alt: str


def share_bars_svg(drawn: ShareBars, lang: str, width: int = 640) -> str:
    """Draw the bars, `width` pixels wide; the longest takes the whole width.

    Raises:
        Unwritable: there is nothing to draw, or a share is below 0.
    """
    if not drawn.parts or any(share < 0 for _, share in drawn.parts):
        raise Unwritable(f"bars {drawn.title!r}: every part needs a share of 0 or more")
    title, room = headed(drawn.title, width)
    rows, height = list(title), 36.0 + room
    longest = max(share for _, share in drawn.parts) or Decimal(1)
    for name, share in drawn.parts:
        said = f"{number(share, lang)}%"
        space = width - text_width(said, _FONT) - 14
        lines = wrapped(name, width, _FONT)
        rows += _row(lines, said, height, float(share / longest) * space)
        height += _LINE * len(lines) + _BAR + _GAP
    return framed(rows, width, height, drawn.alt)


def _row(lines: list[str], said: str, top: float, long: float) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield f'<text class="c-label" x="0" y="{top + 12 + _LINE * at:.0f}" fill="#26231d">{escape(line)}</text>'
    y = top + _LINE * len(lines)
    yield f'<rect class="c-node" x="0" y="{y:.0f}" width="{max(long, 1):.1f}" height="{_BAR}" fill="{_INK}"/>'
    yield f'<text class="c-label" x="{long + 6:.1f}" y="{y + 10:.0f}" fill="#26231d">{escape(said)}</text>'
