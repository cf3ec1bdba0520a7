"""Plants over the country: every provincial-level unit a tile at its approximate place, its plants as circles in it.

A scheme and no map: no border, no coast, no outside picture. Why: docs/decisions/0024.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import pi

from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.mark import Kind, Mark, circle, kinds_keys, looks, radius, size_key, told
from touchstone.publish.pathway.pen import amount, head, in_words, is_narrow, keys, lines, linked, written
from touchstone.publish.scale import text_width
from touchstone.publish.words import word

_FULL = 0.5
"""Part of the fullest tile that its circles may cover."""


@dataclass(frozen=True, slots=True)
class TileMap(Drawing):
    """What is drawn.

    Attributes:
        title: what is shown; unit: of capacity, as printed.
        kinds: in the order of the key; marks: each in one of them and in a province.
        addresses: province code -> where its tile leads, for those that lead somewhere.
    """

    title: Text
    unit: Text
    kinds: tuple[Kind, ...]
    marks: tuple[Mark, ...]
    addresses: tuple[tuple[str, str], ...] = ()
    note: Text = NO_WORDS

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`. On a phone a tile has one circle of the sum, with the number of its plants."""
        kinds = looks(self.title, self.kinds, self.marks)
        held = {place: [m for m in self.marks if m.place == place] for place in tiles()}
        strays = sorted({m.place for m in self.marks} - set(held))
        if strays:
            raise Unwritable(
                f"map {self.title.en!r}: {', '.join(strays)} is no provincial-level unit of China"
            )
        narrow = is_narrow(width)
        parts, top = head(self.title, word("pathway_drawing.tiles_are", lang), lang, width)
        box = _Box(
            width / _columns(), (0.92 if narrow else 0.74) * width / _columns(), 17.0 if narrow else 20.0
        )
        scale = _scale(held, box, narrow)
        links = dict(self.addresses)
        for place, (row, column) in tiles().items():
            spot = _Spot(place, held[place], column * box.width, top + row * box.height, links.get(place, ""))
            parts += _tile_with(self, spot, box, scale, kinds, lang, narrow)
        every = [size_key(max(m.capacity for m in self.marks), scale, self.unit, lang)]
        every = [*([] if narrow else kinds_keys(self.kinds, self.marks, lang)), *every]
        below, bottom = keys(every, width, top + (1 + max(r for r, _ in tiles().values())) * box.height + 10)
        said = (
            word("pathway_drawing.summed", lang) + in_words(self.note, lang)
            if narrow
            else in_words(self.note, lang)
        )
        note, bottom = lines(said, 0, bottom, width)
        role = "group" if links or any(m.address for m in self.marks) else "img"
        return framed([*parts, *below, *note], width, bottom + 2, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """How many plants, how much capacity, and where most of it stands."""
        sums = {
            place: sum(m.capacity for m in self.marks if m.place == place)
            for place in {m.place for m in self.marks}
        }
        first = max(sums, key=lambda place: (sums[place], place))
        return word(
            "pathway_drawing.tiles_alt", lang, title=in_words(self.title, lang), n=len(self.marks), places=len(sums),
            capacity=amount(sum(sums.values()), self.unit, lang), first=_name(first, lang), most=amount(sums[first], self.unit, lang),
        )  # fmt: skip


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Row and column of every provincial-level unit, by its code."""
    source = files("touchstone") / "data" / "pathway" / "tiles.toml"
    found = tomllib.loads(source.read_text(encoding="utf-8"))["tiles"]
    return {place: (row, column) for place, (row, column) in found.items()}


def _columns() -> int:
    return 1 + max(column for _, column in tiles().values())


@dataclass(frozen=True, slots=True)
class _Box:
    """A tile: its size, and the height of its name."""

    width: float
    height: float
    name: float


def _name(place: str, lang: str) -> str:
    """The short name of a province: 内蒙古, Inner Mongolia."""
    term = vocabulary().term(place)
    if lang == "en":
        return term.en
    return next((word for word in term.words if word != term.zh and term.zh.startswith(word)), term.zh)


def _tile_with(
    drawn: TileMap, spot: "_Spot", box: _Box, scale: float, kinds: dict[str, Kind], lang: str, narrow: bool
) -> Iterator[str]:
    """A tile and what stands in it; where plants are links, they stand on their tile, as a link must not lie in another one."""
    tile = _tile(spot, box, lang, narrow)
    inside = "".join(_sum(spot, box, scale) if narrow else _plants(drawn, spot, box, scale, kinds, lang))
    apart = not narrow and any(mark.address for mark in spot.marks)
    yield linked(spot.address, _tile_told(drawn, spot, lang), tile if apart else tile + inside)
    if apart:
        yield inside


@dataclass(frozen=True, slots=True)
class _Spot:
    """A tile in its place: its province, what stands in it, its upper left corner, where it leads."""

    place: str
    marks: list[Mark]
    x: float
    y: float
    address: str


def _tile(spot: _Spot, box: _Box, lang: str, narrow: bool) -> str:
    name, size = _name(spot.place, lang), 11 if narrow else 12
    if text_width(name, size) > box.width - 6 or (narrow and lang == "en"):
        name = _letters(spot.place)
    css, fill = ("c-tile c-used", "#eeeae0") if spot.marks else ("c-tile", "#fffdf9")
    ink = "c-label" if spot.marks else "c-soft"
    return (
        f'<rect class="{css}" x="{spot.x + 1:.1f}" y="{spot.y + 1:.1f}" width="{box.width - 3:.1f}" height="{box.height - 3:.1f}" rx="3" '
        f'fill="{fill}" stroke="#cfc8b6"/>{written(spot.x + 4, spot.y + box.name - 5, name, ink, size=size)}'
    )


def _letters(place: str) -> str:
    """The two letters of ISO 3166-2 for a province whose name has no room."""
    return vocabulary().term(place).symbol[3:]


def _scale(held: dict[str, list[Mark]], box: _Box, narrow: bool) -> float:
    """Square pixels for a unit of capacity, so that in each tile all circles find room."""
    room = (box.width - 8) * (box.height - box.name - 4)
    fullest = max(sum(m.capacity for m in marks) for marks in held.values())
    widest = pi * ((min(box.width, box.height - box.name) - 8) / 2) ** 2
    largest = fullest if narrow else max(m.capacity for marks in held.values() for m in marks)
    scale = min(_FULL * room / fullest, widest / largest)
    while not narrow and any(_packed(marks, box, scale) is None for marks in held.values()) and scale > 1e-30:
        scale *= 0.9
        if radius(max(m.capacity for ms in held.values() for m in ms), scale) <= 2.5:
            break
    return scale


def _packed(marks: list[Mark], box: _Box, scale: float) -> list[tuple[Mark, float, float, float]] | None:
    """Circles on shelves, the largest first: mark, place in its tile, radius; None where they find no room."""
    found = list[tuple[Mark, float, float, float]]()
    x, y, shelf = 4.0, box.name + 1, 0.0
    for mark in sorted(marks, key=lambda m: -m.capacity):
        r = radius(mark.capacity, scale)
        if x + 2 * r > box.width - 5:
            x, y, shelf = 4.0, y + shelf + 1.5, 0.0
        shelf = max(shelf, 2 * r)
        if y + shelf > box.height - 4 or x + 2 * r > box.width - 5:
            return None
        found.append((mark, x + r, y + shelf / 2, r))
        x += 2 * r + 2
    return found


def _plants(
    drawn: TileMap, spot: _Spot, box: _Box, scale: float, kinds: dict[str, Kind], lang: str
) -> Iterator[str]:
    packed = _packed(spot.marks, box, scale)
    if packed is None:  # more plants than a tile has room for, however small
        yield from _sum(spot, box, scale)
        return
    for mark, dx, dy, r in packed:
        kind = kinds[mark.kind]
        yield linked(
            mark.address, told(mark, kind, drawn.unit, lang), circle(spot.x + dx, spot.y + dy, r, kind.look)
        )


def _sum(spot: _Spot, box: _Box, scale: float) -> Iterator[str]:
    """One circle for all plants of a tile, and their number."""
    if spot.marks:
        r = radius(sum(m.capacity for m in spot.marks), scale)
        x, y = spot.x + box.width / 2 - 1, spot.y + box.name + (box.height - box.name) / 2 - 3
        if aside := r < 9:  # too small for a number: it stands beside
            x -= 8
        yield f'<circle class="c-node" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="#35546b" fill-opacity=".35" stroke="#35546b"/>'
        yield written(
            x + (r + 3) * aside, y + 4, str(len(spot.marks)), anchor="" if aside else "middle", size=12
        )


def _tile_told(drawn: TileMap, spot: _Spot, lang: str) -> str:
    name = _name(spot.place, lang)
    if not spot.marks:
        return name
    said = amount(sum(m.capacity for m in spot.marks), drawn.unit, lang)
    return word("pathway_drawing.tile", lang, name=name, n=len(spot.marks), capacity=said)
