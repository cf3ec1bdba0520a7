"""Works: what a plan does to which line and when, in the order a group would order them; and which power it buys."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.register import Line

LEAST = 5e-3
"""Share of a line's capacity below which a work is the solver's rounding."""


@dataclass(frozen=True, slots=True)
class Work:
    """One change of one line in one year.

    Attributes:
        before: the state most of it was in before, "" for capacity built anew; after: state after. capacity: t/a; share: of the line's.
        investment: yuan, NaN where nobody stated what it costs.
    """

    line: Line
    year: int
    before: str
    after: str
    capacity: float
    share: float
    investment: float


def works(found: Pathway) -> tuple[Work, ...]:
    """Every work of a plan, by year, then by size."""
    return tuple(
        sorted(_works(found), key=lambda each: (each.year, -each.capacity, each.line.key, each.after))
    )


def _works(found: Pathway) -> Iterator[Work]:
    """What stands more of at the end of a year than at its beginning, whatever steps led to it; what it cost is parted by size."""
    case, plan, lines = found.given.case, found.plan, found.given.register.lines
    grown = np.diff(plan.standing, axis=2, prepend=plan.standing[:, :, :1])
    spent = np.einsum("pey,pe->py", plan.changed, np.nan_to_num(case.change)) + np.einsum(
        "pty,pt->py", plan.built, np.nan_to_num(case.investment)
    )
    dear = (
        (plan.changed > 0) & np.isnan(case.change)[:, :, None],
        (plan.built > 0) & np.isnan(case.investment)[:, :, None],
    )
    unknown = np.asarray(dear[0].any(1) | dear[1].any(1))
    full = case.capacity.max(1)
    for p, t, y in np.argwhere(grown > LEAST * full[:, None, None]):
        size, more, less = float(grown[p, t, y]), np.maximum(grown[p, :, y], 0).sum(), -grown[p, :, y]
        before = case.technologies[int(less.argmax())] if less.max() > LEAST * full[p] else ""
        money = float("nan") if unknown[p, y] else float(spent[p, y]) * size / float(more)
        yield Work(lines[p], found.years[y], before, case.technologies[t], size, size / float(full[p]), money)
