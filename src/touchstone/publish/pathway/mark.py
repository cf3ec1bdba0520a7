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

LOOKS = {"full": "#4c6a3f", "half": "#8a6410", "hollow": "#ad2117", "dashed": "#6b6557"}
"""How a circle can look, with its ink: for what is at the benchmark, between it and the baseline, below the baseline, and not known."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What marks have in common: its key, its name, and its look, of `LOOKS`."""

    key: str
    name: Text
    look: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A plant or a line.

    Attributes:
        name: as it is listed; place: ISO code of its province (CN-35); kind: key of a kind of its map.
        capacity: above 0; latitude, longitude: degrees, None where not known; address: what it leads to, "" for nothing.
    """

    name: Text
    place: str
    kind: str
    capacity: float
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""


def looks(title: Text, kinds: Sequence[Kind], marks: Sequence[Mark]) -> dict[str, Kind]:
    """The kinds by key. Raises Unwritable: a mark has none of them or no size, or two kinds look alike."""
    found = {kind.key: kind for kind in kinds}
    if not marks or len({k.look for k in kinds}) < len(kinds) or any(k.look not in LOOKS for k in kinds):
        raise Unwritable(
            f"map {title.en!r}: it needs a mark, and kinds that look different: {', '.join(LOOKS)}"
        )
    for mark in marks:
        if not mark.capacity > 0 or mark.kind not in found:
            raise Unwritable(
                f"map {title.en!r}: {mark.name.en!r} has no capacity above 0, or none of the kinds"
            )
    return found


def radius(capacity: float, scale: float) -> float:
    """Pixels of a circle with an area of `capacity` x `scale` square pixels; never too small to be seen."""
    return max(2.5, sqrt(capacity * scale / pi))


def circle(x: float, y: float, r: float, look: str) -> str:
    """A circle with one of the `LOOKS`."""
    ink, css = LOOKS[look], f"c-plant c-plant-{look}"
    at = f'cx="{x:.1f}" cy="{y:.1f}"'
    if look == "full":
        return f'<circle class="{css} c-full" {at} r="{r:.1f}" fill="{ink}" stroke="{ink}"/>'
    if look == "half":
        half = f'<path class="{css} c-full" d="M{x:.1f} {y - r:.1f}a{r:.1f} {r:.1f} 0 0 0 0 {2 * r:.1f}z" fill="{ink}"/>'
        return f'<circle class="{css} c-hollow" {at} r="{r:.1f}" fill="#fffdf9" stroke="{ink}" stroke-width="1.5"/>{half}'
    dash = ' stroke-dasharray="3 2.5"' if look == "dashed" else ""
    width = 1.5 if r < 5 else 2.2
    return f'<circle class="{css} c-hollow" {at} r="{r:.1f}" fill="#fffdf9" fill-opacity=".7" stroke="{ink}" stroke-width="{width}"{dash}/>'


def told(mark: Mark, kind: Kind, unit: Text, lang: str) -> str:
    """A mark in words: name, kind, capacity."""
    return word(
        "pathway_drawing.plant",
        lang,
        name=in_words(mark.name, lang),
        kind=in_words(kind.name, lang),
        capacity=amount(mark.capacity, unit, lang),
    )


def kinds_keys(kinds: Sequence[Kind], marks: Sequence[Mark], lang: str) -> Iterator[Key]:
    """The look of each kind, and how many marks have it."""
    for kind in kinds:
        count = sum(mark.kind == kind.key for mark in marks)
        said = word("pathway_drawing.kind", lang, name=in_words(kind.name, lang), n=count)
        yield Key(circle(11, 6.5, 6, kind.look), said)


def size_key(most: float, scale: float, unit: Text, lang: str) -> Key:
    """A circle of a round capacity beside what it stands for; the largest that fits a line of the key."""
    fits = pi * 9.5**2 / scale
    steps = [float(t) for t in ticks(*_ends(min(most, fits))) if 0 < t <= min(most, fits)] or [
        min(most, fits)
    ]
    sample = f'<circle class="c-actual" cx="11" cy="6.5" r="{radius(steps[-1], scale):.1f}" fill="none" stroke="#26231d"/>'
    return Key(sample, word("pathway_drawing.area_is", lang, capacity=amount(steps[-1], unit, lang)))


def _ends(most: float) -> tuple[Decimal, Decimal]:
    return shortened(0), shortened(most, 3)
