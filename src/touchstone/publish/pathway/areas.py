"""Areas by year: emissions stacked by who makes them, and wedges between a reference and a scenario by what was done.

Layers are signed. What adds stands on the base, upwards; what takes away hangs from it, downwards: nothing is netted out of sight, and a
lever that makes emissions rise is seen to do so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import (
    FILLS,
    Key,
    amount,
    badge,
    figure,
    head,
    in_words,
    keys,
    lines,
    path,
    stroke,
    swatch,
)
from touchstone.publish.pathway.plane import Plane, axes, plane
from touchstone.publish.words import word

MOST = len(FILLS)
"""Layers that can be told apart; a caller sums the smallest to a rest."""
_ENOUGH = 17
"""Pixels an area must be high to hold its number."""
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Layer:
    """What adds to emissions (above 0) or takes from them (below 0), by year."""

    name: Text
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Areas(Drawing):
    """What is drawn.

    Attributes:
        title: what is shown; unit: of every value; note: a sentence below.
        years: rising; layers: 1 to 8, each as long, finite.
        base: what the layers stand on and hang from, by year, with its name; None for zero.
        total: name of base and all layers together, drawn as a line.
        zero: whether the axis begins at zero; without a base it must.
    """

    title: Text
    unit: Text
    years: Sequence[int]
    layers: tuple[Layer, ...]
    total: Text
    base: Layer | None = None
    note: Text = NO_WORDS
    zero: bool = True

    def __post_init__(self) -> None:
        if not 1 <= len(self.layers) <= MOST:
            raise Unwritable(
                f"areas {self.title.en!r}: {len(self.layers)} layers; 1 to {MOST} can be told apart"
            )
        rows = [layer.values for layer in self.layers] + ([self.base.values] if self.base else [])
        if any(len(row) != len(self.years) for row in rows):
            raise Unwritable(
                f"areas {self.title.en!r}: a row of values does not fit its {len(self.years)} years"
            )

    def sums(self) -> list[float]:
        """Base and all layers together, by year."""
        columns = zip(*(layer.values for layer in self.layers), strict=True)
        return [base + sum(column) for base, column in zip(self._base(), columns, strict=True)]

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        stacked = _stacked(self)
        values = [v for edges in stacked.edges for pair in edges for v in pair]
        parts, top = head(self.title, in_words(self.unit, lang), lang, width)
        on = plane(
            self.years,
            [*values, *self._base(), *self.sums()],
            lang,
            width,
            top,
            zero=self.zero or self.base is None,
        )
        parts += [
            *axes(on, lang, self.years),
            *_drawn(stacked, on),
            *_lines(self, on),
            *_numbers(stacked, on),
        ]
        below, bottom = keys(_keys(self, lang), width, on.bottom + 30)
        note, bottom = lines(on.cut(lang) + in_words(self.note, lang), 0, bottom, width)
        return framed([*parts, *below, *note], width, bottom + 2, self.alt(lang))

    def alt(self, lang: str) -> str:
        """First and last total, and what each layer adds or takes in the last year."""
        sums = self.sums()
        told = (
            word("pathway_drawing.layer_alt", lang, name=in_words(layer.name, lang), value=_last(layer, lang))
            for layer in self.layers
        )
        return word(
            "pathway_drawing.areas_alt", lang, title=in_words(self.title, lang), first=self.years[0], last=self.years[-1],
            start=figure(sums[0], lang), end=amount(sums[-1], self.unit, lang),
            told=word("list.clause", lang).join(told),
        )  # fmt: skip

    def _base(self) -> Sequence[float]:
        return self.base.values if self.base else [0.0] * len(self.years)


def wedges(
    title: Text, unit: Text, years: Sequence[int], reference: Layer, levers: tuple[Layer, ...], scenario: Layer,
    note: Text = NO_WORDS, zero: bool = False,
) -> Areas:  # fmt: skip
    """Wedges between a reference and a scenario: each lever's change of emissions, below 0 where it lowers them; the axis need not begin at zero.

    Raises:
        Unwritable: reference and levers do not add up to the scenario.
    """
    drawn = Areas(title, unit, years, levers, scenario.name, reference, note, zero)
    most = max(map(abs, (*reference.values, *scenario.values)), default=0.0) or 1.0
    for year, found, wanted in zip(years, drawn.sums(), scenario.values, strict=True):
        if not abs(found - wanted) <= _CLOSE * most:
            raise Unwritable(
                f"wedges {title.en!r}: in {year} the levers lead to {found:g}, the scenario is {wanted:g}"
            )
    return drawn


@dataclass(frozen=True, slots=True)
class _Stack:
    """Years with those between, where a layer changes its sign; for each layer its lower and upper edge there."""

    at: list[float]
    edges: list[list[tuple[float, float]]]


def _stacked(drawn: Areas) -> _Stack:
    at = _places(drawn)
    above = [_at(drawn.years, drawn._base(), x) for x in at]
    below = list(above)
    edges = list[list[tuple[float, float]]]()
    for layer in drawn.layers:
        edge = list[tuple[float, float]]()
        for n, x in enumerate(at):
            value = _at(drawn.years, layer.values, x)
            if value >= 0:
                edge.append((above[n], above[n] + value))
                above[n] += value
            else:
                edge.append((below[n] + value, below[n]))
                below[n] += value
        edges.append(edge)
    return _Stack(at, edges)


def _places(drawn: Areas) -> list[float]:
    """The years, and on either side of each change of sign a place, so that an area jumps to the other side of the base there."""
    found = {float(year) for year in drawn.years}
    for layer in drawn.layers:
        for n in range(len(drawn.years) - 1):
            a, b = layer.values[n], layer.values[n + 1]
            if a * b < 0:
                x = drawn.years[n] + (drawn.years[n + 1] - drawn.years[n]) * a / (a - b)
                found |= {x - _CLOSE, x + _CLOSE}
            elif a * b == 0 and a + b < 0:  # an empty year stands above; what hangs begins beside it
                found.add(drawn.years[n] + _CLOSE if a == 0 else drawn.years[n + 1] - _CLOSE)
    return sorted(found)


def _at(years: Sequence[int], values: Sequence[float], x: float) -> float:
    """The value at a place between two years, on the straight line."""
    n = max(0, min(sum(year <= x for year in years) - 1, len(years) - 2))
    if len(years) == 1:
        return values[0]
    part = (x - years[n]) / (years[n + 1] - years[n])
    return values[n] + (values[n + 1] - values[n]) * part


def _drawn(stacked: _Stack, on: Plane) -> Iterator[str]:
    """Each layer as runs of what stands above or hangs below."""
    single = len(stacked.at) == 1
    for place, edge in enumerate(stacked.edges):
        points = zip(stacked.at, edge, strict=True)
        pixels = [(on.x(x), on.y(low), on.y(high)) for x, (low, high) in points]
        if single:
            x, low, high = pixels[0]
            pixels = [(x - 20, low, high), (x + 20, low, high)]
        d = path([(x, high) for x, _, high in pixels] + [(x, low) for x, low, _ in pixels[::-1]])
        yield (
            f'<path class="c-wedge{place}" d="{d}z" fill="{FILLS[place]}" stroke="#fffdf9" stroke-width=".8" stroke-linejoin="round"/>'
        )


def _lines(drawn: Areas, on: Plane) -> Iterator[str]:
    """Base and total, each on a pale line, so that they are seen on any area."""
    every = [(drawn.base.values, "6 3", 1.6)] if drawn.base else []
    for values, dash, width in [*every, (drawn.sums(), "", 2.2)]:
        d, dashes = on.line(drawn.years, values), f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<path class="c-halo" d="{d}" fill="none" stroke="#fffdf9" stroke-width="{width + 2.4:.1f}" stroke-opacity=".8"/>'
        yield f'<path class="c-actual" d="{d}" fill="none" stroke="#26231d" stroke-width="{width}"{dashes}/>'


def _numbers(stacked: _Stack, on: Plane) -> Iterator[str]:
    """The number of each layer where it is thickest; none where it is too thin everywhere."""
    taken = list[tuple[float, float]]()
    for place, edge in enumerate(stacked.edges, 1):
        spots = [(high - low, x, (low + high) / 2) for x, (low, high) in zip(stacked.at, edge, strict=True)]
        for thick, at, middle in sorted(spots, reverse=True):
            x, y = min(max(on.x(at), on.left + 10), on.right - 10), on.y(middle)
            if abs(on.y(thick) - on.y(0)) < _ENOUGH:
                break
            if all(abs(x - a) > 20 or abs(y - b) > 17 for a, b in taken):
                taken.append((x, y))
                yield badge(x, y, str(place))
                break


def _keys(drawn: Areas, lang: str) -> Iterator[Key]:
    if drawn.base:
        yield Key(stroke("c-actual", "#26231d", "6 3", 1.6), in_words(drawn.base.name, lang))
    yield Key(stroke("c-actual", "#26231d", "", 2.2), in_words(drawn.total, lang))
    for place, layer in enumerate(drawn.layers):
        said = word(
            "pathway_drawing.layer",
            lang,
            name=in_words(layer.name, lang),
            value=_last(layer, lang, drawn),
            year=drawn.years[-1],
        )
        yield Key(swatch(f"c-wedge{place}", FILLS[place], 1, str(place + 1)), said)


def _last(layer: Layer, lang: str, drawn: Areas | None = None) -> str:
    """The last value; with its sign where layers are changes from a base."""
    return figure(layer.values[-1], lang, 3, signed=drawn is None or drawn.base is not None)
