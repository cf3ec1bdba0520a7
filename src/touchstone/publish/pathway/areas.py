"""Areas by year: emissions stacked by who makes them, and wedges between a reference and a scenario by what was done.

Layers are signed. What adds stands on the base, upwards; what takes away hangs from it, downwards: nothing is netted out of sight, and a
lever that makes emissions rise is seen to do so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import (
    FILLS,
    Key,
    amount,
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
from touchstone.publish.pathway.stacked import Stack, numbers, stacked
from touchstone.publish.words import word

MOST = len(FILLS)
"""Layers that can be told apart; a caller sums the smallest to a rest."""
_CLOSE = 1e-6
"""Part of the largest emissions by which levers may miss the scenario."""


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
        if not all(isfinite(value) for row in rows for value in row):
            raise Unwritable(
                f"areas {self.title.en!r}: a value is missing; a layer of nothing is 0, an unknown one is left out"
            )

    def sums(self) -> list[float]:
        """Base and all layers together, by year."""
        columns = zip(*(layer.values for layer in self.layers), strict=True)
        return [base + sum(column) for base, column in zip(self._base(), columns, strict=True)]

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        stack = stacked(self.years, self._base(), [layer.values for layer in self.layers])
        values = [v for edges in stack.edges for pair in edges for v in pair]
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
            *_drawn(stack, on),
            *_lines(self, on),
            *numbers(stack, on),
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


def _drawn(stack: Stack, on: Plane) -> Iterator[str]:
    """Each layer as runs of what stands above or hangs below."""
    single = len(stack.at) == 1
    for place, edge in enumerate(stack.edges):
        points = zip(stack.at, edge, strict=True)
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
