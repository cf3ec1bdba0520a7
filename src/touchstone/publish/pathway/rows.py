"""Names with bars beside them, or below them on a phone, over one axis: what a tornado and weights of drivers are drawn on."""

from dataclasses import dataclass

from touchstone.publish.format import quantity
from touchstone.publish.pathway.pen import FONT, LINE, broken, figure, is_narrow, shortened, written
from touchstone.publish.scale import text_width, ticks

BAR = 14
"""Height of a bar in pixels."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of names with bars beside them, or below them on a phone; and the axis under all."""

    left: float
    right: float
    top: float
    ticks: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    below: bool

    @property
    def bottom(self) -> float:
        """Where the axis is."""
        return self.at(len(self.rows)) + 4

    def at(self, n: int) -> float:
        """Where a row begins."""
        return self.top + sum(self._tall(rows) for rows in self.rows[:n])

    def bar(self, n: int) -> float:
        """The upper edge of the bar of a row."""
        rows = len(self.rows[n])
        return self.at(n) + (LINE * rows + 3 if self.below else (self._tall(self.rows[n]) - BAR) / 2)

    def _tall(self, rows: tuple[str, ...]) -> float:
        return LINE * len(rows) + BAR + 14 if self.below else max(LINE * len(rows), BAR) + 12

    def x(self, value: float) -> float:
        """Where a value lies."""
        return self.left + (self.right - self.left) * (value - self.ticks[0]) / (
            self.ticks[-1] - self.ticks[0]
        )

    def upright(self, x: float) -> str:
        """A line from top to bottom; where names stand above their bars it leaves them free."""
        if not self.below:
            return f"M{x:.1f} {self.top:.1f}V{self.bottom:.1f}"
        return "".join(f"M{x:.1f} {self.bar(n) - 3:.1f}v{BAR + 6}" for n in range(len(self.rows)))

    def names(self) -> list[str]:
        """The names, at the right of their column, or at the left above their bars."""
        found = list[str]()
        for n, rows in enumerate(self.rows):
            first = (
                self.at(n) + 13 if self.below else self.at(n) + (self._tall(rows) - LINE * len(rows)) / 2 + 13
            )
            for line, row in enumerate(rows):
                x, anchor = (0.0, "") if self.below else (self.left - 12, "end")
                found.append(written(x, first + LINE * line, row, anchor=anchor))
        return found

    def axes(self, lang: str, sign: str = "") -> list[str]:
        """Lines and numbers of the axis below; numbers that have no room are left out."""
        found, last = list[str](), -100.0
        for tick in self.ticks:
            x, said = self.x(tick), figure(tick, lang, 6) + sign
            found.append(f'<path class="c-grid" d="{self.upright(x)}" stroke="#e2ddd0"/>')
            wide = text_width(said, FONT)
            if x - wide / 2 > last + 8:
                last = x + wide / 2
                found.append(written(x, self.bottom + 17, said, "c-soft", "middle"))
        return found


def bars(names: list[str], values: list[float], lang: str, width: float, top: float, tail: float = 0) -> Bars:
    """Room for bars of `values` beside their `names`, with `tail` pixels at the right for what is written behind them."""
    below = is_narrow(width)
    column = 0.0 if below else min(260.0, 1.06 * max(text_width(name, FONT) for name in names) + 2)
    split = tuple(tuple(broken(name, width if below else column)) for name in names)
    found = tuple(map(float, ticks(shortened(min(values), 6), shortened(max(values), 6), 4 if below else 6)))
    ends = [text_width(quantity(shortened(t, 6), lang) + "%", FONT) / 2 for t in (found[0], found[-1])]
    return Bars(column + 14 + ends[0] * below, width - max(ends[1], 6) - tail, top, found, split, below)
