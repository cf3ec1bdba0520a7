"""Verdicts: from a computed and a stated figure to holds, edge or fails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from touchstone.audit.chance import chance_inside
from touchstone.audit.interval import Interval, corners

_WHOLE = Decimal("0.5")
"""Half a unit of figures that were counted, not rounded."""
SERIOUSNESS = {"fails": 1000, "edge": 700, "revised": 500, "warning": 300, "accepted": 100, "holds": 0}
"""Where a verdict stands on the audit page."""
MISLEADS = {"unit_sanity": 250, "text_table": 100, "disjoint_shares": 90, "heading_text": 80, "joint": -150}
"""Within a verdict, what misleads a reader most comes first: a wrong unit is off by a factor, a group
of identities (`joint`) repeats what single ones said."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one comparison.

    Attributes:
        verdict: holds, edge or fails; revised where the figures stand in several documents.
        face: the figure computed from the printed values.
        computed: its interval.
        chance: probability that rounding explains the difference; None where it holds plainly.
        half_units: size of the gap in half-units of the stated figure; None unless it fails.
    """

    verdict: str
    face: Decimal
    computed: Interval
    chance: float | None = None
    half_units: float | None = None


def compare(
    formula: Callable[..., Decimal],
    faces: Sequence[Decimal],
    spans: Sequence[Interval],
    stated: Interval,
    relation: str = "=",
) -> Judgement:
    """Judge `formula(figures) relation stated`.

    Args:
        formula: monotone in each argument.
        faces: printed values of the arguments, in base units.
        spans: their rounding intervals.
        stated: interval of the figure it is compared with.
        relation: "=", "<=" or ">=".

    It holds when the face value lies in the stated interval, is at the edge when only the
    intervals meet, and fails when they do not.
    """
    face = formula(*faces)
    computed = corners(formula, *spans) if len(spans) <= 6 else _linear(formula, faces, spans)
    low, high = allowed(stated, relation)
    if low <= face <= high:
        return Judgement("holds", face, computed)
    if computed.low <= high and computed.high >= low:
        widths = [float(_reach(formula, faces, spans, i)) for i in range(len(spans))]
        chance = chance_inside(float(face), widths, float(low), float(high))
        return Judgement("edge", face, computed, chance=chance)
    return Judgement("fails", face, computed, half_units=_half_units(face, stated, computed))


def allowed(stated: Interval, relation: str) -> tuple[Decimal, Decimal]:
    """The interval the computed figure has to fall into."""
    match relation:
        case "<=":
            return Decimal("-Infinity"), stated.high
        case ">=":
            return stated.low, Decimal("Infinity")
        case _:
            return stated.low, stated.high


def _linear(formula: Callable[..., Decimal], faces: Sequence[Decimal], spans: Sequence[Interval]) -> Interval:
    """Interval of a formula linear in each argument, one argument moved at a time."""
    face = formula(*faces)
    low = high = face
    for i, span in enumerate(spans):
        ends = [formula(*faces[:i], end, *faces[i + 1 :]) - face for end in (span.low, span.high)]
        low, high = low + min(*ends, Decimal(0)), high + max(*ends, Decimal(0))
    return Interval(low, high)


def _reach(
    formula: Callable[..., Decimal], faces: Sequence[Decimal], spans: Sequence[Interval], i: int
) -> Decimal:
    ends = [formula(*faces[:i], end, *faces[i + 1 :]) for end in (spans[i].low, spans[i].high)]
    return abs(ends[1] - ends[0]) / 2


def _half_units(face: Decimal, stated: Interval, computed: Interval) -> float:
    middle = (stated.low + stated.high) / 2
    unit = stated.half or computed.half or _WHOLE
    return round(float(abs(face - middle) / unit), 1)
