"""Which driver matters: how far each one swings a result, and which part of its spread is due to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable, quantity
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import (
    FONT,
    LINE,
    amount,
    figure,
    head,
    in_words,
    is_narrow,
    lines,
    linked,
    share,
    shortened,
    written,
)
from touchstone.publish.scale import text_width, ticks, wrapped
from touchstone.publish.words import word

_DOWN, _UP = "#35546b", "#8a6410"
_BAR = 14


@dataclass(frozen=True, slots=True)
class Swing:
    """A driver: the result at its low and at its high value, and how those values are written."""

    name: Text
    low: float
    high: float
    low_said: Text = NO_WORDS
    high_said: Text = NO_WORDS
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tornado(Drawing):
    """What is drawn: swings around the result `base`, the widest first; `unit` is that of the result."""

    title: Text
    unit: Text
    base: float
    swings: tuple[Swing, ...]
    note: Text = NO_WORDS

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        if not self.swings:
            raise Unwritable(f"tornado {self.title.en!r}: no driver")
        below = word("pathway_drawing.tornado_below", lang, base=amount(self.base, self.unit, lang))
        parts, top = head(self.title, below, lang, width)
        every = sorted(self.swings, key=lambda s: -abs(s.high - s.low))
        ends = [v for s in every for v in (s.low, s.high)]
        rows = [_Row(in_words(s.name, lang), s.address) for s in every]
        room = (max(self.base, *ends) - min(self.base, *ends)) * (
            0.2 if any(s.low_said.zh for s in every) else 0
        )
        on = _room(rows, [self.base, *ends, min(ends) - room, max(ends) + room], lang, width, top)
        parts += [*on.names(), *on.axes(lang)]
        for n, swing in enumerate(every):
            parts.append(linked(swing.address, _told(swing, lang), "".join(_swing(self, swing, on, n, lang))))
        parts.append(
            f'<path class="c-zero" d="{on.upright(on.x(self.base))}" stroke="#26231d" stroke-width="1.400"/>'
        )
        note, bottom = lines(in_words(self.note, lang), 0, on.bottom + 26, width)
        role = "group" if any(s.address for s in every) else "img"
        return framed([*parts, *note], width, bottom + 2, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """The base, and the drivers that swing it most."""
        every = sorted(self.swings, key=lambda s: -abs(s.high - s.low))[:3]
        return word(
            "pathway_drawing.tornado_alt", lang, title=in_words(self.title, lang), base=amount(self.base, self.unit, lang),
            told=word("list.clause", lang).join(_told(s, lang) for s in every),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weight:
    """A driver's part of the spread, 0 to 1 (an estimate may stray outside), and the range of the estimate; `low` and `high` None: unknown."""

    name: Text
    value: float
    low: float | None = None
    high: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Importance(Drawing):
    """What is drawn: weights, the largest first; `method` says in a sentence how they were worked out (Sobol, Shapley, draws)."""

    title: Text
    method: Text
    weights: tuple[Weight, ...]

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        if not self.weights:
            raise Unwritable(f"importance {self.title.en!r}: no driver")
        parts, top = head(self.title, in_words(self.method, lang), lang, width)
        every = sorted(self.weights, key=lambda w: -w.value)
        ends = [100 * v for w in every for v in (w.value, w.low, w.high) if v is not None]
        rows = [_Row(in_words(w.name, lang), w.address) for w in every]
        said = [share(w.value, lang) for w in every]
        tail = 10 + max(text_width(text, FONT) for text in said)
        on = _room(rows, [0.0, *ends], lang, width, top, tail)
        parts += [*on.names(), *on.axes(lang, "%")]
        for n, weight in enumerate(every):
            told = f"{in_words(weight.name, lang)}: {said[n]}"
            parts.append(linked(weight.address, told, "".join(_weight(weight, on, n, said[n]))))
        parts.append(f'<path class="c-zero" d="{on.upright(on.x(0))}" stroke="#26231d"/>')
        role = "group" if any(w.address for w in every) else "img"
        return framed(parts, width, on.bottom + 26, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """The three weights that are largest."""
        every = sorted(self.weights, key=lambda w: -w.value)[:3]
        told = (f"{in_words(w.name, lang)} {share(w.value, lang)}" for w in every)
        return word(
            "pathway_drawing.importance_alt",
            lang,
            title=in_words(self.title, lang),
            told=word("list.clause", lang).join(told),
        )


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class _Room:
    """Rows of names with bars beside them, or below them on a phone; and the axis under all."""

    left: float
    right: float
    top: float
    ticks: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    below: bool

    @property
    def bottom(self) -> float:
        return self.at(len(self.rows)) + 4

    def at(self, n: int) -> float:
        """Where a row begins."""
        return self.top + sum(self._tall(rows) for rows in self.rows[:n])

    def bar(self, n: int) -> float:
        """The upper edge of the bar of a row."""
        rows = len(self.rows[n])
        return self.at(n) + (LINE * rows + 3 if self.below else (self._tall(self.rows[n]) - _BAR) / 2)

    def _tall(self, rows: tuple[str, ...]) -> float:
        return LINE * len(rows) + _BAR + 14 if self.below else max(LINE * len(rows), _BAR) + 12

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * (value - self.ticks[0]) / (
            self.ticks[-1] - self.ticks[0]
        )

    def upright(self, x: float) -> str:
        """A line from top to bottom; where names stand above their bars it leaves them free."""
        if not self.below:
            return f"M{x:.1f} {self.top:.1f}V{self.bottom:.1f}"
        return "".join(f"M{x:.1f} {self.bar(n) - 3:.1f}v{_BAR + 6}" for n in range(len(self.rows)))

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


def _room(
    rows: list[_Row], values: list[float], lang: str, width: float, top: float, tail: float = 0
) -> _Room:
    below = is_narrow(width)
    column = 0.0 if below else min(260.0, max(text_width(row.name, FONT) for row in rows) + 2)
    split = tuple(tuple(wrapped(row.name, width if below else column, FONT)) for row in rows)
    found = tuple(map(float, ticks(shortened(min(values), 6), shortened(max(values), 6), 4 if below else 6)))
    ends = [text_width(quantity(shortened(t, 6), lang) + "%", FONT) / 2 for t in (found[0], found[-1])]
    return _Room(column + 14 + ends[0] * below, width - max(ends[1], 6) - tail, top, found, split, below)


def _swing(drawn: Tornado, swing: Swing, on: _Room, n: int, lang: str) -> Iterator[str]:
    """Two bars from the base: solid for the high value of the driver, hollow for the low one."""
    y, base = on.bar(n), on.x(drawn.base)
    for value, css, look in (
        (swing.low, "c-low", f'fill="{_DOWN}" fill-opacity=".15" stroke="{_DOWN}" stroke-width="1.300"'),
        (swing.high, "c-high", f'fill="{_UP}"'),
    ):
        x = on.x(value)
        yield f'<rect class="{css}" x="{min(x, base):.1f}" y="{y:.1f}" width="{max(abs(x - base), 1):.1f}" height="{_BAR}" {look}/>'
    said = {swing.low: in_words(swing.low_said, lang), swing.high: in_words(swing.high_said, lang)}
    left, right = min(swing.low, swing.high), max(swing.low, swing.high)
    for value, anchor, shift in ((left, "end", -5), (right, "start", 5)):
        text = said.get(value, "")
        x = on.x(value) + shift
        wide = text_width(text, 12)
        room = x - wide > on.left - 8 if anchor == "end" else x + wide < on.right + 16
        if text and left != right and room:
            yield written(x, y + 11.5, text, "c-soft", anchor, 12)


def _told(swing: Swing, lang: str) -> str:
    return word(
        "pathway_drawing.swing",
        lang,
        name=in_words(swing.name, lang),
        low=figure(swing.low, lang),
        high=figure(swing.high, lang),
    )


def _weight(weight: Weight, on: _Room, n: int, said: str) -> Iterator[str]:
    y, zero, x = on.bar(n), on.x(0), on.x(100 * weight.value)
    yield f'<rect class="c-node" x="{min(x, zero):.1f}" y="{y:.1f}" width="{max(abs(x - zero), 1):.1f}" height="{_BAR}" fill="{_DOWN}" fill-opacity=".8"/>'
    end = x
    if weight.low is not None and weight.high is not None:
        low, high = on.x(100 * weight.low), on.x(100 * weight.high)
        d = f"M{low:.1f} {y + 2:.1f}v{_BAR - 4}m0 -{(_BAR - 4) / 2}H{high:.1f}m0 -{(_BAR - 4) / 2}v{_BAR - 4}"
        yield f'<path class="c-actual" d="{d}" fill="none" stroke="#26231d" stroke-width="1.400"/>'
        end = max(x, high)
    yield written(max(end, zero) + 7, y + 11.5, said)
