"""Plants of one province where they stand: circles on a net of degrees, with towns by name; numbers lead to a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.mark import Kind, Mark, circle, kinds_keys, looks, radius, size_key, told
from touchstone.publish.pathway.pen import (
    LINE,
    badge,
    broken,
    head,
    in_words,
    is_narrow,
    keys,
    lines,
    linked,
    written,
)
from touchstone.publish.scale import text_width
from touchstone.publish.words import word

_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_LARGEST = 26.0
"""Radius of the largest circle in pixels; half as large on a phone."""


@dataclass(frozen=True, slots=True)
class Town:
    """A place by which a reader finds the way: its name and where it lies, in degrees."""

    name: Text
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Province(Drawing):
    """What is drawn: marks of one province with their kinds (see `TileMap`), and towns. A mark without coordinates is listed, not drawn."""

    title: Text
    unit: Text
    kinds: tuple[Kind, ...]
    marks: tuple[Mark, ...]
    towns: tuple[Town, ...] = ()
    note: Text = NO_WORDS

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        kinds = looks(self.title, self.kinds, self.marks)
        every = sorted(self.marks, key=lambda m: (m.latitude is None, -m.capacity))
        placed = [m for m in every if m.latitude is not None and m.longitude is not None]
        if not placed:
            raise Unwritable(f"map {self.title.en!r}: no mark has coordinates")
        parts, top = head(self.title, word("pathway_drawing.province_is", lang), lang, width)
        on = _room(self, placed, width, top)
        largest = _LARGEST / (2 if is_narrow(width) else 1)
        scale = pi * largest**2 / max(m.capacity for m in placed)
        parts += list(_net(on))
        for mark in placed:
            x, y = on.at(mark.latitude or 0.0, mark.longitude or 0.0)
            body = circle(x, y, radius(mark.capacity, scale), kinds[mark.kind].look)
            parts.append(linked(mark.address, told(mark, kinds[mark.kind], self.unit, lang), body))
        labels = list(_labels(self, placed, on, scale, lang))
        parts += [*_towns(labels), *_numbers(placed, labels, on, scale)]
        every_key = [
            *kinds_keys(self.kinds, self.marks, lang),
            size_key(placed[0].capacity, scale, self.unit, lang),
        ]
        below, bottom = keys(every_key, width, on.bottom + 28)
        listed, bottom = _list(self, every, kinds, lang, width, bottom + 6)
        note, bottom = lines(in_words(self.note, lang), 0, bottom, width)
        role = "group" if any(m.address for m in self.marks) else "img"
        return framed([*parts, *below, *listed, *note], width, bottom + 2, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """How many plants, and the largest."""
        largest = max(self.marks, key=lambda m: m.capacity)
        return word(
            "pathway_drawing.province_alt", lang, title=in_words(self.title, lang), n=len(self.marks),
            largest=told(largest, looks(self.title, self.kinds, self.marks)[largest.kind], self.unit, lang),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Room:
    """Pixels and degrees of a map; a degree of longitude is as much shorter as it is in the middle of the map."""

    left: float
    right: float
    top: float
    bottom: float
    south: float
    west: float
    high: float
    """Pixels of a degree of latitude."""
    squeeze: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point lies."""
        return self.left + (longitude - self.west) * self.high * self.squeeze, self.bottom - (
            latitude - self.south
        ) * self.high


def _room(drawn: Province, placed: Sequence[Mark], width: float, top: float) -> _Room:
    points = [(m.latitude or 0.0, m.longitude or 0.0) for m in placed]
    points += [(t.latitude, t.longitude) for t in drawn.towns]
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    room = max(0.12 * max(north - south, (east - west) * squeeze), 0.1)
    south, north = south - room, north + room
    west, east = west - room / squeeze, east + room / squeeze
    left, right = 52.0, width - 10.0
    tall = 330.0 if is_narrow(width) else 420.0
    high = min((right - left) / ((east - west) * squeeze), tall / (north - south))
    west -= ((right - left) / (high * squeeze) - (east - west)) / 2
    return _Room(left, right, top, top + (north - south) * high, south, west, high, squeeze)


def _net(on: _Room) -> Iterator[str]:
    """The frame, parallels and meridians with their degrees."""
    yield (
        f'<rect class="c-tile" x="{on.left:.1f}" y="{on.top:.1f}" width="{on.right - on.left:.1f}" height="{on.bottom - on.top:.1f}" '
        f'fill="#fffdf9" stroke="#cfc8b6"/>'
    )
    step = next((s for s in _STEPS if s * on.high * on.squeeze >= 64), _STEPS[-1])
    places = 1 if step < 1 else 0
    north = on.south + (on.bottom - on.top) / on.high
    east = on.west + (on.right - on.left) / (on.high * on.squeeze)
    for n in range(int(on.south / step) + 1, int(north / step) + 1):
        _, y = on.at(n * step, on.west)
        yield f'<path class="c-grid" d="M{on.left:.1f} {y:.1f}H{on.right:.1f}" stroke="#e2ddd0"/>'
        yield written(on.left - 6, y + 4, _degrees(n * step, places, "NS"), "c-soft", "end", 12)
    for n in range(int(on.west / step) + 1, int(east / step) + 1):
        x, _ = on.at(on.south, n * step)
        yield f'<path class="c-grid" d="M{x:.1f} {on.top:.1f}V{on.bottom:.1f}" stroke="#e2ddd0"/>'
        yield written(x, on.bottom + 16, _degrees(n * step, places, "EW"), "c-soft", "middle", 12)


def _degrees(value: float, places: int, sides: str) -> str:
    return f"{abs(value):.{places}f}°{sides[value < 0]}"


@dataclass(frozen=True, slots=True)
class _Label:
    """The name of a town: where it begins, how wide it is, where its square lies."""

    said: str
    left: float
    width: float
    x: float
    y: float


def _labels(drawn: Province, placed: Sequence[Mark], on: _Room, scale: float, lang: str) -> Iterator[_Label]:
    """Names of towns beside their squares, beyond a circle that covers the town, and inside the frame."""
    circles = [(on.at(m.latitude or 0.0, m.longitude or 0.0), radius(m.capacity, scale)) for m in placed]
    for town in drawn.towns:
        x, y = on.at(town.latitude, town.longitude)
        said = in_words(town.name, lang)
        away = 7 + max((r for (a, b), r in circles if hypot(a - x, b - y) < r + 7), default=0.0)
        wide = text_width(said, 12)
        yield _Label(said, x - away - wide if x + away + 1 + wide > on.right else x + away, wide, x, y)


def _towns(labels: Sequence[_Label]) -> Iterator[str]:
    for each in labels:
        yield f'<rect class="c-town" x="{each.x - 2.5:.1f}" y="{each.y - 2.5:.1f}" width="5" height="5" fill="#8a8371"/>'
        yield written(each.left, each.y + 4, each.said, "c-soft", size=12)


def _numbers(placed: Sequence[Mark], labels: Sequence[_Label], on: _Room, scale: float) -> Iterator[str]:
    """The number of each mark in its circle where it fits, else beside it where nothing stands, with a line to it."""
    taken = [(each.left + step, each.y) for each in labels for step in range(0, int(each.width) + 16, 16)]
    for n, mark in enumerate(placed, 1):
        x, y = on.at(mark.latitude or 0.0, mark.longitude or 0.0)
        r = radius(mark.capacity, scale)
        spots = [(x, y)] if r >= 11 else []
        for away in (r + 10, r + 26, r + 42, r + 58):
            spots += [(x + away * cos(a * pi / 4), y - away * cos(a * pi / 4 - pi / 2)) for a in range(8)]
        inside = [
            (a, b) for a, b in spots if on.left + 8 < a < on.right - 8 and on.top + 8 < b < on.bottom - 8
        ]
        spot = next(
            (s for s in inside if all(abs(s[0] - a) > 18 or abs(s[1] - b) > 16 for a, b in taken)), None
        )
        if spot is None:
            continue
        taken.append(spot)
        if spot != (x, y):
            yield f'<path class="c-grid" d="M{x:.1f} {y:.1f}L{spot[0]:.1f} {spot[1]:.1f}" stroke="#8a8371" stroke-width=".8"/>'
        yield badge(*spot, str(n))


def _list(
    drawn: Province, every: Sequence[Mark], kinds: dict[str, Kind], lang: str, width: float, top: float
) -> tuple[list[str], float]:
    columns = 1 if is_narrow(width) or len(every) < 4 else 2
    wide = (width - 20 * (columns - 1)) / columns
    per, parts, deepest = -(-len(every) // columns), list[str](), top
    for column in range(columns):
        y, x = top, column * (wide + 20)
        for n, mark in enumerate(every[column * per : (column + 1) * per], column * per + 1):
            rows = broken(told(mark, kinds[mark.kind], drawn.unit, lang), wide - 28)
            if mark.latitude is None or mark.longitude is None:
                rows.append(word("pathway_drawing.no_coordinates", lang))
            parts.append(badge(x + 11, y + 9, str(n)))
            parts += [written(x + 28, y + 14 + LINE * at, row) for at, row in enumerate(rows)]
            y += LINE * len(rows) + 5
        deepest = max(deepest, y)
    return parts, deepest
