"""What a warning rule is: a measure, the cuts it is read against, and how long a reading must hold to count.

A rule reads one side (supply, demand, price) of one material at one frequency. Rules are data: data/warning.
"""

from dataclasses import dataclass
from typing import Literal

from touchstone.facts.text import Text

Side = Literal["supply", "demand", "price"]
SIDES: tuple[Side, ...] = ("supply", "demand", "price")
FREQUENCIES = ("D", "W", "M", "Q", "A")
"""From fine to coarse, as lights are rolled up."""
MODES = ("severity", "direction")
"""How a colour is to be read: how far from normal, or which way."""
SCALES = ("own-history", "absolute")
"""What the cuts are: shares of the series' own past, or values of the measure."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a reading leaves normal, and by how many levels.

    Attributes:
        low: descending, one a level; () where low readings do not matter.
        high: ascending, one a level.
        inclusive: whether a reading on a cut is beyond it.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Holding:
    """How long a reading must hold, and what it takes to leave.

    Attributes:
        k, n: a level is entered when the last reading and at least k of the last n are beyond its cut.
        band: how far back inside a cut a reading must be for its level to be left, in the scale of the cuts.
        dwell: fewest readings in a state before it may ease; it may always worsen.
    """

    k: int
    n: int
    band: float
    dwell: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one material.

    Attributes:
        key: within its material and frequency: "price.ipa".
        frequency: D, W, M, Q or A.
        measure: a key of `measures.MEASURES`.
        parameters: of the measure, by name, in order of name.
        scale: one of `SCALES`.
        seasonal: whether own history is taken free of its calendar norm.
        least: values of the measure there must be before the first reading on own history.
        direction: 1 where a high reading means tight or hot, -1 where it means loose or cold.
        gaps: largest share of periods without a value.
        source: after whom, with the tag of how far it is verified: [V] seen, [R] recalled, [I] our inference.
    """

    key: str
    name: Text
    side: Side
    frequency: str
    measure: str
    parameters: tuple[tuple[str, float], ...]
    scale: str
    seasonal: bool
    least: int
    cuts: Cuts
    holding: Holding
    direction: int
    gaps: float
    source: str

    def given(self, name: str, otherwise: float) -> float:
        """A parameter of the measure, or what it is where the rule does not say."""
        return dict(self.parameters).get(name, otherwise)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A series that rules of a material read.

    Attributes:
        role: price, cost, stock, output, import, export, use, utilisation, ratio.
        subject, measure, place: as facts name it.
        since: first period that is one series with the rest; "" for all.
        note: what a reader must know of it: changes of basis.
    """

    role: str
    subject: str
    measure: str
    place: str
    since: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """A material under watch.

    Attributes:
        mode: one of `MODES`.
        series: what its rules can read, one a role.
        rules: of all frequencies and sides.
        source: why it is on the list, with the tag of how far that is verified.
    """

    key: str
    name: Text
    mode: str
    series: tuple[Wanted, ...]
    rules: tuple[Rule, ...]
    source: Text

    def wanted(self, role: str) -> Wanted | None:
        """The series of a role; None where the material has none."""
        return next((each for each in self.series if each.role == role), None)

    def series_key(self, role: str, frequency: str) -> str:
        """What the series of a role is known by where series are handed over.

        >>> Material("cu", Text("铜", "copper"), "severity", (), (), Text("", "")).series_key("price", "M")
        'cu.price.M'
        """
        return f"{self.key}.{role}.{frequency}"
