"""Axes: round tick values, and which labels have room.

Positions are in the pixels of the drawing; values are decimals, so ticks are exact.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from unicodedata import east_asian_width

_PIECES = re.compile(
    r"[\u2e80-\u9fff][，。、；：）”》]*|[“（《]?[^\s\u2e80-\u9fff“（《]+[，。、；：）”》]*\s*|\s+|."
)
"""What stays on one line: a Chinese character with the sign behind it, or a word."""


def ticks(low: Decimal, high: Decimal, about: int = 5) -> list[Decimal]:
    """Round values from at or below `low` to at or above `high`, roughly `about` of them.

    >>> [str(t) for t in ticks(Decimal("101.2"), Decimal("104.6"))]
    ['101', '102', '103', '104', '105']
    """
    if low == high:
        room = abs(low) / 10 or Decimal(1)
        low, high = low - room, high + room
    rough = (high - low) / about
    magnitude = Decimal(1).scaleb(rough.adjusted())
    step = next(magnitude * m for m in (1, 2, 5, 10) if magnitude * m >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    places = min(0, int(step.normalize().as_tuple().exponent))
    return [((first + i) * step).quantize(Decimal(1).scaleb(places)) for i in range(int(last - first) + 1)]


def text_width(text: str, size: float) -> float:
    """Roughly how wide a text is drawn: a CJK character is one em, another one 0.56 em."""
    return size * sum(1.0 if east_asian_width(c) in "WF" else 0.56 for c in text)


def with_room(places: Sequence[float], widths: Sequence[float], gap: float = 10) -> list[int]:
    """Which of the labels, centred on `places`, can be written without touching.

    The last one always is (it is the newest); the others fill up from the right.
    """
    chosen: list[int] = []
    left = float("inf")
    for i in range(len(places) - 1, -1, -1):
        if places[i] + widths[i] / 2 + gap <= left:
            chosen.append(i)
            left = places[i] - widths[i] / 2
    return chosen[::-1]


def apart(places: Sequence[float], room: float, last: float) -> list[float]:
    """Ascending places moved as little as needed to stand `room` apart and none beyond `last`; upwards if need be.

    >>> apart([10, 12, 40], 15, 100), apart([90, 95], 15, 100)
    ([10, 25, 40], [85, 100])
    """
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + room) if found else place)
    for n in reversed(range(len(found))):
        found[n] = min(found[n], found[n + 1] - room if n + 1 < len(found) else last)
    return found


def wrapped(text: str, width: float, size: float) -> list[str]:
    """A text in lines that fit a width; it breaks at spaces and between Chinese characters; a word longer than a line stays whole.

    >>> wrapped("levels and limits", 80, 13), wrapped("景气指数", 30, 13)
    (['levels and', 'limits'], ['景气', '指数'])
    """
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and text_width((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
