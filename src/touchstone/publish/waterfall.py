"""A waterfall: how single contributions carry a start to an end, each with its name, its sign and its size.

The scale is that of the change: it begins at the start, so that every bar is as long as its number is large, the whole change included.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import accumulate

from touchstone.publish.format import Unwritable, number
from touchstone.publish.frame import framed, headed
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
    names = (drawn.start[0], *(name for name, _ in drawn.steps), drawn.end[0])
    left = 12 + max(text_width(name, _FONT) for name in names)
    title, room = headed(drawn.title, width)
    parts = [*title, *_rows(drawn, lang, left, width, 30 + room)]
    return framed(parts, width, 36 + room + _ROW * len(names), drawn.alt)


def _rows(drawn: Waterfall, lang: str, left: float, width: float, top: float) -> Iterator[str]:
    start, change = drawn.start[1], drawn.end[1] - drawn.start[1]
    said = [number(value, lang, signed=True) for _, value in drawn.steps]
    whole = f"{number(drawn.end[1], lang)} ({number(change, lang, signed=True)})"
    right = width - 8 - max(text_width(text, _FONT) for text in (*said, whole))
    levels = list(accumulate((value for _, value in drawn.steps), initial=Decimal(0)))
    low, high = min(*levels, change), max(*levels, change)
    scale = (right - left - 8) / (float(high - low) or 1.0)

    def x(value: Decimal) -> float:
        return left + 4 + float(value - low) * scale

    bottom = top + _ROW * (len(drawn.steps) + 2)
    yield f'<path class="c-grid" d="M{x(Decimal(0)):.1f} {top + 4:.0f}V{bottom:.0f}" stroke="#8a8371"/>'
    yield _named(drawn.start[0], left, top)
    yield f'<text class="c-label" x="{x(Decimal(0)) + 6:.1f}" y="{top + 17:.0f}" fill="#26231d">{number(start, lang)}</text>'
    for row, ((name, value), text) in enumerate(zip(drawn.steps, said, strict=True), 1):
        level, ink = levels[row - 1], _UP if value > 0 else _DOWN
        yield _named(name, left, top + _ROW * row)
        yield from _bar(text, top + _ROW * row, x(level), x(level + value), ink)
        yield f'<path class="c-grid" d="M{x(level + value):.1f} {top + _ROW * (row + 1) - 4:.0f}v8" stroke="#b9b2a0"/>'
    yield _named(drawn.end[0], left, bottom - _ROW)
    yield from _bar(whole, bottom - _ROW, x(Decimal(0)), x(change), _END)


def _named(name: str, left: float, y: float) -> str:
    return f'<text class="c-label" x="{left - 8:.0f}" y="{y + 17:.0f}" text-anchor="end" fill="#26231d">{escape(name)}</text>'


def _bar(said: str, y: float, start: float, end: float, ink: str) -> Iterator[str]:
    begin, wide = min(start, end), max(abs(end - start), 1.5)
    yield (
        f'<rect x="{begin:.1f}" y="{y + 4:.0f}" width="{wide:.1f}" height="{_ROW - 8}" fill="{ink}"/>'
        f'<text class="c-label" x="{begin + wide + 6:.1f}" y="{y + 17:.0f}" fill="#26231d">{said}</text>'
    )
