"""A waterfall: how single contributions carry a start to an end, each with its name, its sign and its size."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import accumulate

from touchstone.publish.format import Unwritable, number
from touchstone.publish.frame import framed, titled
from touchstone.publish.scale import text_width

_FONT, _ROW = 13, 26
_UP, _DOWN, _END = "#ad2117", "#2a673b", "#35546b"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """What is drawn.

    Attributes:
        title: what is shown, with its unit.
        start: name and value of where it begins.
        steps: name and value of each contribution, in the order in which they are added.
        end: name and value of where it ends: the start and all steps.
        alt: the waterfall in one sentence.
    """

    title: str
    start: tuple[str, Decimal]
    steps: tuple[tuple[str, Decimal], ...]
    end: tuple[str, Decimal]
    alt: str

    def __post_init__(self) -> None:
        gap = self.start[1] + sum((value for _, value in self.steps), Decimal(0)) - self.end[1]
        if not self.steps or abs(gap) > Decimal("0.05") * len(self.steps):
            raise Unwritable(
                f"waterfall {self.title!r}: the steps do not lead from start to end ({gap} left)"
            )


def waterfall_svg(drawn: Waterfall, lang: str, width: int = 640) -> str:
    """Draw a waterfall from top to bottom, `width` pixels wide; red adds, green takes away, and the sign says so too."""
    rows = [drawn.start, *drawn.steps, drawn.end]
    left = 12 + max(text_width(name, _FONT) for name, _ in rows)
    height = 30 + _ROW * len(rows) + 6
    parts = [
        titled(drawn.title),
        *_rows(drawn, lang, left, width - 70),
    ]
    return framed(parts, width, height, drawn.alt)


def _rows(drawn: Waterfall, lang: str, left: float, right: float) -> Iterator[str]:
    low, high = _extent(drawn)
    room = (right - left) / float(high - low)

    def x(value: Decimal) -> float:
        return left + float(value - low) * room

    level = drawn.start[1]
    yield from _bar(drawn.start[0], number(drawn.start[1], lang), 0, left, left, x(level), _END)
    for row, (name, value) in enumerate(drawn.steps, 1):
        ink = _UP if value > 0 else _DOWN
        yield from _bar(name, number(value, lang, signed=True), row, left, x(level), x(level + value), ink)
        level += value
    last = len(drawn.steps) + 1
    yield from _bar(drawn.end[0], number(drawn.end[1], lang), last, left, left, x(drawn.end[1]), _END)


def _extent(drawn: Waterfall) -> tuple[Decimal, Decimal]:
    """The scale: every level on the way, with a little room below, so that the steps and not the base fill it."""
    levels = list(accumulate((value for _, value in drawn.steps), initial=drawn.start[1]))
    low, high = min(levels), max(levels)
    room = (high - low) / 10 or Decimal(1)
    return low - room, high + room / 2


def _bar(name: str, said: str, row: int, left: float, start: float, end: float, ink: str) -> Iterator[str]:
    y = 30 + _ROW * row
    begin, wide = min(start, end), max(abs(end - start), 1.5)
    yield (
        f'<text class="c-label" x="{left - 8:.0f}" y="{y + 17}" text-anchor="end" fill="#26231d">{escape(name)}</text>'
        f'<rect x="{begin:.1f}" y="{y + 4}" width="{wide:.1f}" height="{_ROW - 8}" fill="{ink}"/>'
        f'<text class="c-label" x="{max(start, end) + 6:.1f}" y="{y + 17}" fill="#26231d">{said}</text>'
        f'<path class="c-grid" d="M{end:.1f} {y + _ROW - 4}v8" stroke="#b9b2a0"/>'
    )
