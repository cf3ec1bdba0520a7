"""Plants as marks of a map: circles whose area is their capacity, and whose look says what they are without their colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import pi, sqrt

from touchstone.facts.text import Text
from touchstone.publish.format import Unwritable
from touchstone.publish.pathway.pen import Key, amount, in_words, shortened
from touchstone.publish.scale import ticks
from touchstone.publish.words import word

LOOKS = 4
"""Kinds that can be told apart: full, half full, hollow, hollow and dashed."""
_INKS = ("#4c6a3f", "#8a6410", "#ad2117", "#6b6557")


@dataclass(frozen=True, slots=True)
class Mark:
    """A plant or a line.

    Attributes:
        name: as it is listed; place: ISO code of its province (CN-35); kind: index of the kinds of its map, in their order.
        capacity: above 0; latitude, longitude: degrees, None where not known; address: what it leads to, "" for nothing.
    """

    name: Text
    place: str
    kind: int
    capacity: float
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""


def check(title: Text, kinds: Sequence[Text], marks: Sequence[Mark]) -> None:
    """See that every mark has a kind and a size. Raises Unwritable: it has not, or there are too many kinds."""
    if not marks or not 1 <= len(kinds) <= LOOKS:
        raise Unwritable(f"map {title.en!r}: it needs a mark, and 1 to {LOOKS} kinds; there are {len(kinds)}")
    for mark in marks:
        if not mark.capacity > 0 or not 0 <= mark.kind < len(kinds):
            raise Unwritable(
                f"map {title.en!r}: {mark.name.en!r} has no capacity above 0, or none of the kinds"
            )


def radius(capacity: float, scale: float) -> float:
    """Pixels of a circle with an area of `capacity` x `scale` square pixels; never too small to be seen."""
    return max(2.5, sqrt(capacity * scale / pi))


def circle(x: float, y: float, r: float, kind: int) -> str:
    """A circle with the look of its kind."""
    ink, css = _INKS[kind], f"c-plant c-plant{kind}"
    at = f'cx="{x:.1f}" cy="{y:.1f}"'
    if kind == 0:
        return f'<circle class="{css} c-full" {at} r="{r:.1f}" fill="{ink}" stroke="{ink}"/>'
    if kind == 1:
        half = f'<path class="{css} c-full" d="M{x:.1f} {y - r:.1f}a{r:.1f} {r:.1f} 0 0 0 0 {2 * r:.1f}z" fill="{ink}"/>'
        return f'<circle class="{css} c-hollow" {at} r="{r:.1f}" fill="#fffdf9" stroke="{ink}" stroke-width="1.500"/>{half}'
    dash = ' stroke-dasharray="3 2.500"' if kind == 3 else ""
    width = 1.5 if r < 5 else 2.2
    return f'<circle class="{css} c-hollow" {at} r="{r:.1f}" fill="#fffdf9" fill-opacity=".7" stroke="{ink}" stroke-width="{width}"{dash}/>'


def told(mark: Mark, kinds: Sequence[Text], unit: Text, lang: str) -> str:
    """A mark in words: name, kind, capacity."""
    return word(
        "pathway_drawing.plant", lang, name=in_words(mark.name, lang), kind=in_words(kinds[mark.kind], lang),
        capacity=amount(mark.capacity, unit, lang),
    )  # fmt: skip


def kinds_keys(kinds: Sequence[Text], marks: Sequence[Mark], lang: str) -> Iterator[Key]:
    """The look of each kind, how many marks have it."""
    for kind, name in enumerate(kinds):
        count = sum(mark.kind == kind for mark in marks)
        yield Key(
            circle(11, 6.5, 6, kind), word("pathway_drawing.kind", lang, name=in_words(name, lang), n=count)
        )


def size_key(most: float, scale: float, unit: Text, lang: str) -> Key:
    """A circle of a round capacity beside what it stands for; the largest that fits a line of the key."""
    fits = pi * 9.5**2 / scale
    steps = [float(t) for t in ticks(*_ends(min(most, fits))) if 0 < t <= min(most, fits)] or [
        min(most, fits)
    ]
    sample = f'<circle class="c-actual" cx="11" cy="6.500" r="{radius(steps[-1], scale):.1f}" fill="none" stroke="#26231d"/>'
    return Key(sample, word("pathway_drawing.area_is", lang, capacity=amount(steps[-1], unit, lang)))


def _ends(most: float) -> tuple[Decimal, Decimal]:
    return shortened(0), shortened(most, 3)
