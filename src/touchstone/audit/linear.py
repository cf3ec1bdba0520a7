"""Linear identities: what a finding says about its figures, as rows of a linear program.

With the stated rates as constants every identity is linear: a growth of 2.4 % ± 0.05 says
before * 1.0235 <= level <= before * 1.0245, with a hidden level of the year before.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.interval import HUNDRED
from touchstone.audit.solver import INFINITY, Row

Bounds = tuple[float, float]
HIDDEN = "before "
"""What the name of a hidden variable starts with."""


def rows(finding: Finding, figures: Mapping[str, Figure]) -> list[Row]:
    """The rows of a finding; empty where it is not linear."""
    shape = _SHAPES.get(finding.rule)
    return shape([figures[i] for i in finding.facts]) if shape else []


def _sum_last(figures: Sequence[Figure]) -> list[Row]:
    return [_row([(f, 1) for f in figures[:-1]] + [(figures[-1], -1)], {}, (0.0, 0.0))]


def _sum_first(figures: Sequence[Figure]) -> list[Row]:
    return [_row([(figures[0], -1)] + [(f, 1) for f in figures[1:]], {}, (0.0, 0.0))]


def _at_most_first(figures: Sequence[Figure]) -> list[Row]:
    return [_row([(figures[0], -1)] + [(f, 1) for f in figures[1:]], {}, (-INFINITY, 0.0))]


def _share(figures: Sequence[Figure]) -> list[Row]:
    """part / whole = share, to first order around the printed figures: rounding is small beside them."""
    part, whole, share = figures
    ratio = HUNDRED * part.face / whole.face
    moves = {
        part.fact.id: float(HUNDRED / whole.face * part.span.half),
        whole.fact.id: -float(ratio / whole.face * whole.span.half),
        share.fact.id: -float(share.span.half),
    }
    largest = max((abs(m) for m in moves.values()), default=1.0) or 1.0
    gap = float((share.span.low + share.span.high) / 2 - ratio) / largest
    return [Row({name: m / largest for name, m in moves.items() if m}, gap, gap)]


def _base_chain(figures: Sequence[Figure]) -> list[Row]:
    """The levels of the year before, hidden, add up; each is tied to its level by its rate.

    A hidden level is counted in half-units of its own level, so that all coefficients are near 1.
    """
    made: list[Row] = []
    sums: dict[str, float] = {}
    for (level, rate), sign in zip(zip(figures[::2], figures[1::2], strict=True), (1, 1, -1), strict=True):
        before, half = f"{HIDDEN}{level.fact.id}", level.span.half or level.scale
        sums[before] = sign * float(half)
        for end, bounds in ((rate.span.low, (0.0, INFINITY)), (rate.span.high, (-INFINITY, 0.0))):
            made.append(_row([(level, 1)], {before: -float(1 + end / HUNDRED)}, bounds))
    largest = max(abs(w) for w in sums.values())
    return [*made, Row({name: w / largest for name, w in sums.items()}, 0.0, 0.0)]


def _row(terms: Sequence[tuple[Figure, Decimal | int]], hidden: Mapping[str, float], bounds: Bounds) -> Row:
    """A row in errors counted in half-units, divided by its largest coefficient.

    `hidden` has coefficients in half-units of the one printed figure of the row.
    """
    middle = sum((Decimal(c) * (f.span.low + f.span.high) / 2 for f, c in terms), Decimal(0))
    weights = {f.fact.id: float(Decimal(c) * f.span.half) for f, c in terms if f.span.half}
    largest = max((abs(w) for w in weights.values()), default=float(terms[0][0].scale))
    scaled = {name: w / largest for name, w in weights.items()} | dict(hidden)
    low, high = ((b - float(middle)) / largest for b in bounds)
    return Row(scaled, low, high)


_SHAPES: Mapping[str, Callable[[Sequence[Figure]], list[Row]]] = {
    "cumulative": _sum_last,
    "sum": _sum_first,
    "part_of_whole": _at_most_first,
    "share_of_total": _share,
    "table_share": _share,
    "base_chain": _base_chain,
}
