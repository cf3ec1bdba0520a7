"""A marginal abatement cost curve: bars as wide as what a measure saves and as high as what a tonne saved costs, cheapest first.

Whatever interacts must have been worked out before: a curve says which kind it is, and its widths add up only for that kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf, isfinite

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable, quantity
from touchstone.publish.frame import framed
from touchstone.publish.pathway.macc_list import listed
from touchstone.publish.pathway.pen import (
    FONT,
    Key,
    amount,
    badge,
    figure,
    head,
    in_words,
    is_narrow,
    keys,
    lines,
    linked,
    shortened,
    stroke,
    written,
)
from touchstone.publish.scale import text_width, ticks
from touchstone.publish.words import word

KINDS = ("retrospective", "integrated")
"""retrospective: the cheapest first, the rest worked out again behind it; integrated: read from optimal plans under ever tighter caps."""
_SAVES, _COSTS = "#4c6a3f", "#8a6410"
_ROOM = 22
"""Pixels between two numbers above the bars."""
_FEW, _FAR = 0.02, 3.0
"""The dearest bars are cut off where together they save at most this share and are more than so many times as dear as the next."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: what it saves (above 0), what a tonne saved costs, its range if one is known, and where it leads."""

    name: Text
    abatement: float
    cost: float
    low: float | None = None
    high: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Macc(Drawing):
    """What is drawn.

    Attributes:
        title: what is shown; kind: of `KINDS`.
        abatement_unit, cost_unit: as printed.
        measures: in any order; they are drawn cheapest first. One that saves nothing is listed below, not drawn.
        price: a price of carbon to compare with, None for none; note: a sentence below.
    """

    title: Text
    kind: str
    abatement_unit: Text
    cost_unit: Text
    measures: tuple[Measure, ...]
    price: float | None = None
    note: Text = NO_WORDS

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Unwritable(
                f"cost curve {self.title.en!r}: of kind {self.kind!r}; there are {', '.join(KINDS)}"
            )
        if not all(isfinite(value) for m in self.measures for value in (m.abatement, m.cost)):
            raise Unwritable(f"cost curve {self.title.en!r}: a measure has no saving or no cost")
        if not self.drawn():
            raise Unwritable(f"cost curve {self.title.en!r}: no measure saves anything")

    def drawn(self) -> list[Measure]:
        """The measures that save something, cheapest first."""
        return sorted((m for m in self.measures if m.abatement > 0), key=lambda m: (m.cost, m.name.zh))

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        below = word(
            f"pathway_drawing.macc_{self.kind}",
            lang,
            cost=in_words(self.cost_unit, lang),
            abatement=in_words(self.abatement_unit, lang),
        )
        parts, top = head(self.title, below, lang, width)
        on = _room(self, lang, width, top)
        parts += [*_axes(self, on, lang), *_bars(self, on, lang), *_price(self, on)]
        priced, bottom = keys(_keys(self, lang), width, on.bottom + 44)
        below_bars, bottom = listed(self, lang, width, bottom)
        cut = sum(m.cost > on.ticks[-1] for m in self.drawn())
        said = (in_words(self.note, lang), word("pathway_drawing.macc_cut", lang, n=cut) if cut else "")
        note, bottom = lines(" ".join(filter(None, said)), 0, bottom + 4, width)
        role = "group" if any(m.address for m in self.measures) else "img"
        return framed([*parts, *priced, *below_bars, *note], width, bottom + 2, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """How many measures save how much, and from which cost to which."""
        every = self.drawn()
        return word(
            "pathway_drawing.macc_alt", lang, title=in_words(self.title, lang), n=len(every),
            sum=amount(sum(m.abatement for m in every), self.abatement_unit, lang),
            low=figure(every[0].cost, lang), high=amount(every[-1].cost, self.cost_unit, lang),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Room:
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[float, ...]
    whole: float

    def x(self, saved: float) -> float:
        return self.left + (self.right - self.left) * saved / self.whole

    def y(self, cost: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (self.bottom - self.top) * (min(cost, high) - low) / (high - low)


def _room(drawn: Macc, lang: str, width: float, top: float) -> _Room:
    every = drawn.drawn()
    roof = _roof(every)
    costs = [0.0, *(min(m.cost, roof) for m in every), *([drawn.price] if drawn.price is not None else [])]
    costs += [min(v, roof) for m in every for v in (m.low, m.high) if v is not None]
    found = ticks(shortened(min(costs), 6), shortened(max(costs), 6))
    left = 14 + max(text_width(quantity(tick, lang), FONT) for tick in found)
    tall = 230 if is_narrow(width) else 280
    top += 26
    return _Room(left, width - 12, top, top + tall, tuple(map(float, found)), sum(m.abatement for m in every))


def _roof(every: Sequence[Measure]) -> float:
    """The highest cost that is drawn whole: a few tonnes far dearer than all others would flatten these. `every` is cheapest first."""
    cut = 0.0
    for dear, other in pairwise(reversed(every)):
        cut += dear.abatement
        if cut > _FEW * sum(m.abatement for m in every):
            break
        if 0 < _FAR * other.cost < dear.cost:
            return other.cost
    return inf


def _axes(drawn: Macc, on: _Room, lang: str) -> Iterator[str]:
    for tick in on.ticks:
        y = on.y(tick)
        css, ink = ("c-zero", "#26231d") if tick == 0 else ("c-grid", "#e2ddd0")
        yield f'<path class="{css}" d="M{on.left:.0f} {y:.1f}H{on.right:.0f}" stroke="{ink}"/>'
        yield written(on.left - 8, y + 4.5, figure(tick, lang, 6), "c-soft", "end")
    last = -100.0
    for tick in ticks(shortened(0), shortened(on.whole, 6), 4 if is_narrow(on.right) else 8):
        x, said = on.x(float(tick)), quantity(tick, lang)
        wide = text_width(said, FONT)
        if x > on.right + 1 or x - wide / 2 < last + 10:
            continue
        last = x + wide / 2
        yield f'<path class="c-grid" d="M{x:.1f} {on.bottom:.1f}v5" stroke="#b9b2a0"/>'
        yield written(min(x, on.right + 10 - wide / 2), on.bottom + 19, said, "c-soft", "middle")
    said = word("pathway_drawing.cumulated", lang, unit=in_words(drawn.abatement_unit, lang))
    yield written(on.right, on.bottom + 36, said, "c-soft", "end", 12)


def _bars(drawn: Macc, on: _Room, lang: str) -> Iterator[str]:
    every = drawn.drawn()
    ends = list(accumulate((m.abatement for m in every), initial=0.0))
    middles = [(on.x(a) + on.x(b)) / 2 for a, b in pairwise(ends)]
    for n, measure in enumerate(every):
        x0, x1, y, zero = on.x(ends[n]), on.x(ends[n + 1]), on.y(measure.cost), on.y(0)
        css, ink = ("c-saves", _SAVES) if measure.cost < 0 else ("c-costs", _COSTS)
        body = (
            f'<rect class="{css}" x="{x0:.1f}" y="{min(y, zero):.1f}" width="{max(x1 - x0, 0.8):.1f}" height="{max(abs(zero - y), 1.5):.1f}" '
            f'fill="{ink}" fill-opacity=".82" stroke="#fffdf9" stroke-width="{0.9 if x1 - x0 > 4 else 0}"/>'
            f"{_range(measure, middles[n], on)}{_cut(measure, middles[n], on)}"
        )
        yield linked(measure.address, _told(drawn, measure, lang), body)
    yield from _numbers(every, middles, on)


def _range(measure: Measure, x: float, on: _Room) -> str:
    """The range of a cost as a thin line with ends."""
    if measure.low is None or measure.high is None:
        return ""
    d = f"M{x - 3:.1f} {on.y(measure.low):.1f}h6m-3 0V{on.y(measure.high):.1f}m-3 0h6"
    return f'<path class="c-actual" d="{d}" fill="none" stroke="#26231d" stroke-width="1.2"/>'


def _cut(measure: Measure, x: float, on: _Room) -> str:
    """The mark of a bar that goes on beyond the frame."""
    if measure.cost <= on.ticks[-1]:
        return ""
    d = f"M{x - 6:.1f} {on.top + 13:.1f}l12 -5M{x - 6:.1f} {on.top + 19:.1f}l12 -5"
    return f'<path class="c-actual" d="{d}" fill="none" stroke="#26231d" stroke-width="1.4"/>'


def _numbers(every: Sequence[Measure], middles: Sequence[float], on: _Room) -> Iterator[str]:
    """The number of each bar near its end, moved aside and led to it where bars are narrow."""
    taken = list[tuple[float, float]]()
    for n, (measure, x) in enumerate(zip(every, middles, strict=True), 1):
        tip = on.y(max(measure.cost, 0.0, measure.high if measure.high is not None else 0.0))
        spots = ((x + shift, tip - 12 - lift) for lift in range(0, 200, 17) for shift in (0, -_ROOM, _ROOM))
        inside = ((a, b) for a, b in spots if on.left <= a <= on.right and b > on.top - 26)
        spot = next(
            (s for s in inside if all(abs(s[0] - a) >= _ROOM or abs(s[1] - b) >= 16 for a, b in taken)), None
        )
        if spot is None:
            continue
        taken.append(spot)
        if spot != (x, tip - 12):
            yield f'<path class="c-grid" d="M{spot[0]:.1f} {spot[1]:.1f}L{x:.1f} {tip:.1f}" stroke="#8a8371" stroke-width=".8"/>'
        yield badge(*spot, str(n))


def _price(drawn: Macc, on: _Room) -> Iterator[str]:
    if drawn.price is not None:
        y = on.y(drawn.price)
        yield f'<path class="c-limit" d="M{on.left:.1f} {y:.1f}H{on.right:.1f}" stroke="#ad2117" stroke-width="1.6" stroke-dasharray="5 4"/>'


def _keys(drawn: Macc, lang: str) -> Iterator[Key]:
    if drawn.price is not None:
        said = word("pathway_drawing.carbon_price", lang, price=amount(drawn.price, drawn.cost_unit, lang))
        yield Key(stroke("c-limit", "#ad2117", "5 4", 1.6), said)


def _told(drawn: Macc, measure: Measure, lang: str) -> str:
    return word(
        "pathway_drawing.measure", lang, name=in_words(measure.name, lang), cost=amount(measure.cost, drawn.cost_unit, lang),
        abatement=amount(measure.abatement, drawn.abatement_unit, lang),
    )  # fmt: skip
