"""A waterfall: how single contributions carry a start to an end, each with its name, its sign and its size.

The steps are drawn to one scale. The two ends begin at zero where the change is large enough to be seen beside them; where it is not, both
are cut, which two slanted lines across them and a sentence below say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import accumulate

from touchstone.publish.format import Unwritable, quantity
from touchstone.publish.frame import framed, headed
from touchstone.publish.scale import text_width, wrapped
from touchstone.publish.words import word

_FONT, _ROW = 13, 26
_UP, _DOWN, _END, _NONE = "#ad2117", "#2a673b", "#35546b", "#6b6557"
_STUB = 34
"""Pixels of a cut bar before the scale begins."""
_SHORTEST = Decimal("0.4")
"""The part of the longest bar that the change must be for all bars to begin at zero."""


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
    height = 36 + room + _ROW * len(names)
    if _is_cut(drawn):
        lines = wrapped(word("chart.cut", lang), width, _FONT)
        parts += [
            f'<text class="c-soft" x="0" y="{height + 14 + 17 * n}" fill="#6b6557">{escape(line)}</text>'
            for n, line in enumerate(lines)
        ]
        height += 6 + 17 * len(lines)
    return framed(parts, width, height, drawn.alt)


def _rows(drawn: Waterfall, lang: str, left: float, width: float, top: float) -> Iterator[str]:
    start, change = drawn.start[1], drawn.end[1] - drawn.start[1]
    said = [quantity(value, lang, signed=True) for _, value in drawn.steps]
    whole = f"{quantity(drawn.end[1], lang)} ({quantity(change, lang, signed=True)})"
    right = width - 8 - max(text_width(text, _FONT) for text in (*said, whole))
    levels = list(accumulate((value for _, value in drawn.steps), initial=Decimal(0)))
    low, high = min(*levels, change), max(*levels, change)
    cut = _is_cut(drawn)
    base = left + 4 + (_STUB if cut else 0)
    if not cut:
        low = -start
    scale = (right - base - 4) / (float(high - low) or 1.0)

    def x(value: Decimal) -> float:
        return base + float(value - low) * scale

    bottom = top + _ROW * (len(drawn.steps) + 2)
    yield f'<path class="c-grid" d="M{x(Decimal(0)):.1f} {top + 4:.0f}V{bottom:.0f}" stroke="#8a8371"/>'
    for name, said_end, y, value in (
        (drawn.start[0], quantity(start, lang), top, Decimal(0)),
        (drawn.end[0], whole, bottom - _ROW, change),
    ):
        yield _named(name, left, y)
        yield from _bar(said_end, y, left + 4, x(value), _END)
        if cut:
            yield _break(left + 4 + _STUB / 2, y)
    for row, ((name, value), text) in enumerate(zip(drawn.steps, said, strict=True), 1):
        level, ink = levels[row - 1], _UP if value > 0 else _DOWN if value else _NONE
        yield _named(name, left, top + _ROW * row)
        yield from _bar(text, top + _ROW * row, x(level), x(level + value), ink)
        yield f'<path class="c-grid" d="M{x(level + value):.1f} {top + _ROW * (row + 1) - 4:.0f}v8" stroke="#b9b2a0"/>'


def _is_cut(drawn: Waterfall) -> bool:
    """Whether the two ends are too long to be drawn whole beside the change; those at or below zero are drawn as they are."""
    levels = list(accumulate((value for _, value in drawn.steps), initial=drawn.start[1]))
    return min(levels) > 0 and (max(levels) - min(levels)) < max(levels) * _SHORTEST


def _break(x: float, y: float) -> str:
    """Two slanted lines across a bar: a piece of it was left out."""
    lines = "".join(f"M{x + shift:.1f} {y + _ROW - 1:.0f}l5 -{_ROW - 2}" for shift in (-6, 0))
    return f'<path class="c-break" d="{lines}" stroke="#f6f4ee" stroke-width="3" fill="none"/>'


def _named(name: str, left: float, y: float) -> str:
    return f'<text class="c-label" x="{left - 8:.0f}" y="{y + 17:.0f}" text-anchor="end" fill="#26231d">{escape(name)}</text>'


def _bar(said: str, y: float, start: float, end: float, ink: str) -> Iterator[str]:
    begin, wide = min(start, end), max(abs(end - start), 1.5)
    yield (
        f'<rect x="{begin:.1f}" y="{y + 4:.0f}" width="{wide:.1f}" height="{_ROW - 8}" fill="{ink}"/>'
        f'<text class="c-label" x="{begin + wide + 6:.1f}" y="{y + 17:.0f}" fill="#26231d">{said}</text>'
    )
