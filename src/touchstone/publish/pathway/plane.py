"""The plane of a drawing over years: where a year and a value lie, and what the axes say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from touchstone.publish.format import Unwritable, quantity
from touchstone.publish.pathway.pen import FONT, is_narrow, is_there, path, shortened, written
from touchstone.publish.scale import text_width, ticks
from touchstone.publish.words import word

_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Plane:
    """An area of a drawing in pixels, the years from its left to its right, and the round values on its left axis."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    ticks: tuple[Decimal, ...]

    def x(self, year: float) -> float:
        """Where a year lies; a single one in the middle."""
        if self.first == self.last:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """Where a value lies."""
        low, high = float(self.ticks[0]), float(self.ticks[-1])
        return self.bottom - (self.bottom - self.top) * (value - low) / (high - low)

    def cut(self, lang: str) -> str:
        """The sentence that the axis does not begin at zero; "" where it has zero."""
        return "" if self.ticks[0] <= 0 <= self.ticks[-1] else word("pathway_drawing.cut", lang)

    def runs(
        self, years: Sequence[int], values: Sequence[float | None]
    ) -> Iterator[list[tuple[float, float]]]:
        """The points of a line up to each place without a value."""
        run: list[tuple[float, float]] = []
        for year, value in zip(years, values, strict=True):
            if is_there(value):
                run.append((self.x(year), self.y(value)))
            elif run:
                yield run
                run = []
        if run:
            yield run

    def line(self, years: Sequence[int], values: Sequence[float | None]) -> str:
        """The line through values, broken where one is missing; a value by itself is a short dash."""
        found = ""
        for run in self.runs(years, values):
            alone = len(run) == 1
            found += path([(run[0][0] - 4, run[0][1]), (run[0][0] + 4, run[0][1])] if alone else run)
        return found


def plane(
    years: Sequence[int], values: Sequence[float], lang: str, width: float, top: float, *, zero: bool = False
) -> Plane:
    """A plane that has room for years and values under `top`, with zero on its axis where asked.

    Raises:
        Unwritable: there are no years, they do not rise, or there is no value.
    """
    if not len(values) or not len(years) or any(b <= a for a, b in pairwise(years)):
        raise Unwritable("a drawing over years needs rising years and a value at least")
    low, high = min(values), max(values)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    else:
        room = (high - low) / 12
        low, high = low - room if low < 0 or low - room > 0 else low, high + room
    found = ticks(shortened(low, 6), shortened(high, 6))
    left = 10 + max(text_width(quantity(tick, lang), FONT) for tick in found)
    tall = 220 if is_narrow(width) else 270
    return Plane(left + 4, width - 18, top + 8, top + 8 + tall, years[0], years[-1], tuple(found))


def axes(on: Plane, lang: str, years: Sequence[int]) -> Iterator[str]:
    """Lines and numbers of values, the zero line darker, and the years that have room."""
    for tick in on.ticks:
        y, bold = on.y(float(tick)), tick == 0
        ink, css = ("#8a8371", "c-zero") if bold else ("#e2ddd0", "c-grid")
        yield f'<path class="{css}" d="M{on.left:.0f} {y:.1f}H{on.right:.0f}" stroke="{ink}"/>'
        yield written(on.left - 8, y + 4.5, quantity(tick, lang), "c-soft", "end")
    for year in named_years(years, on.right - on.left):
        x = on.x(year)
        yield f'<path class="c-grid" d="M{x:.1f} {on.bottom:.1f}v5" stroke="#b9b2a0"/>'
        yield written(x, on.bottom + 19, str(year), "c-soft", "middle")


def named_years(years: Sequence[int], room: float) -> list[int]:
    """The years that are written under an axis: round ones, as many as stand apart.

    >>> named_years(range(2020, 2051), 300)
    [2020, 2025, 2030, 2035, 2040, 2045, 2050]
    """
    wide = text_width("2030", FONT) + 10
    span = max(years[-1] - years[0], 1)
    step = next((s for s in _STEPS if room * s / span >= wide), _STEPS[-1])
    return [year for year in years if year % step == 0] or [years[0]]
