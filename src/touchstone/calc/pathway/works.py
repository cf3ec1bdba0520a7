"""Works: what a plan does to which line and when, in the order a group would order them; and which power it buys."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.register import Line

LEAST = 1e-3
"""Share of a line's capacity below which a work is the solver's rounding."""


@dataclass(frozen=True, slots=True)
class Work:
    """One change of one line in one year.

    Attributes:
        before: state before, "" for capacity built anew; after: state after. capacity: t/a; share: of the line's.
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
    case, plan, lines = found.given.case, found.plan, found.given.register.lines
    full = case.capacity.max(1)
    for p, e, y in np.argwhere(plan.changed > LEAST * full[:, None, None]):
        size = float(plan.changed[p, e, y])
        names = case.technologies[case.before[e]], case.technologies[case.after[e]]
        yield Work(
            lines[p], found.years[y], *names, size, size / float(full[p]), size * float(case.change[p, e])
        )
    for p, t, y in np.argwhere(plan.built > LEAST * full[:, None, None]):
        size = float(plan.built[p, t, y])
        yield Work(
            lines[p],
            found.years[y],
            "",
            case.technologies[t],
            size,
            size / float(full[p]),
            size * float(case.investment[p, t]),
        )
