"""The pace at which whole lines are changed: a line larger than what a technology may grow in a year waits until the years add up to it.

What is not used of a pace is kept for later years from the first in which the technology may be added, but no more is added in a year than
the larger of that year's pace and the largest line: so a whole plan never has more of a technology added by any year than the pace, summed, allows.
"""

from dataclasses import dataclass, replace

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats
from touchstone.calc.pathway.deployment.build import pace, registered, room, stood
from touchstone.calc.pathway.deployment.columns import reachable


def growth(case: Case) -> Floats:
    """(N, Y) t/a by which the sum of what may be added rises in a year; NaN for parts whose pace is not below any line."""
    slow = np.isfinite(case.ramp) & (case.ramp < _largest(case))
    return np.where(slow[:, None], _yearly(case), np.nan)


def paced(case: Case) -> Case:
    """The case in parts that lies below every whole plan: a pace is at least the largest line, and no more stands than its sum and what stood.

    A technology with no pace at all stays without.
    """
    summed = growth(case).cumsum(1)
    base = room(case)[case.group[case.made_of.argmax(1)]]
    share = np.divide(stood(case) + summed, base, out=np.ones_like(base), where=base > 0)
    slow = ~np.isnan(summed)
    return replace(
        case,
        ramp=np.where(case.ramp > 0, np.maximum(case.ramp, _largest(case)), 0.0),
        spread=np.where(slow, np.minimum(case.spread, share), case.spread),
    )


@dataclass(frozen=True, slots=True)
class Wait:
    """A part that lines larger than its yearly pace wait for.

    Attributes:
        part: number of N; lines: how many can take it up and are larger; never: how many of them are larger than the sum of all years.
    """

    part: int
    lines: int
    never: int


def waits(case: Case) -> tuple[Wait, ...]:
    """What whole lines have to wait for, in the order of parts."""
    size, can = case.capacity.max(1), _takers(case)
    slow = np.isfinite(case.ramp)
    found = []
    for n in np.flatnonzero(slow):
        larger = can[:, n] & (size > case.ramp[n])
        summed = float(_yearly(case)[n].sum())
        if larger.any():
            found.append(Wait(int(n), int(larger.sum()), int((larger & (size > summed)).sum())))
    return tuple(found)


def _yearly(case: Case) -> Floats:
    """(N, Y) t/a that may be added of a part in each year, 0 where nothing may: before it opens, and in a first year that stands as it was."""
    opened = case.open.copy()
    opened[:, 0] &= case.begun is None
    return np.where(opened, pace(case), registered(case))


def _largest(case: Case) -> Floats:
    """(N,) t/a of the largest line that may have a part."""
    each = np.where(case.allowed, case.capacity.max(1)[:, None], 0.0).max(0)
    return np.where(case.made_of, each, 0.0).max(1)


def _takers(case: Case) -> Bools:
    """(P, N): whether a line can have a part added in some year that it is not registered to begin with."""
    _, built, changed = reachable(case)
    added = built.any(2) @ case.made_of.T | changed.any(2) @ case.adds.T
    own = np.zeros(case.allowed.shape, bool) if case.since is None else case.since <= case.years[-1]
    return np.asarray(added & ~(own @ case.made_of.T), bool)
