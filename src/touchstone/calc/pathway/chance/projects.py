"""Projects of a plan: every capacity built or changed on a line in a year, and what stands where one of them is late.

A late project of change leaves the old technology standing meanwhile, a late new line leaves nothing. A project waits for those before it
on the same line that bring the technology it begins from. What a plan retires later, it retires of late projects in proportion.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats, Ints
from touchstone.calc.pathway.plan import Plan

_NOTHING = 1e-9
"""Of the largest amount: what a solver leaves behind that is no project."""


@dataclass(frozen=True, slots=True)
class Projects:
    """E projects, in the order of their years.

    Attributes:
        line: (E,) index of P; before: (E,) index of T, -1 where built anew; after: (E,) index of T; year: (E,) index of Y.
        amount: (E,) t/a; left: (E, Y) share of it that the plan has not retired since.
        paid: (E, N) yuan a year for each of its parts once it is there, for a t/a.
        adds: (E, N), the parts it brings.
        waits: for each, the projects before it that it waits for.
    """

    line: Ints
    before: Ints
    after: Ints
    year: Ints
    amount: Floats
    left: Floats
    paid: Floats
    adds: Bools
    waits: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.line)

    def done(self, years: Ints, delay: Floats) -> Floats:
        """(E, N): the moment each project is there, in years; by the plan, that is the beginning of its year.

        Args:
            years: (Y,); delay: (E, N) years by which each would be late by itself.
        """
        done = years[self.year][:, None] + delay
        for row, waits in enumerate(self.waits):
            for before in waits:
                np.maximum(done[row], done[before], out=done[row])
        return done

    def late(self, year: int, at: int, done: Floats, last: Floats) -> tuple[Ints, Floats]:
        """Projects that are late in a year, and (late, N) the share of the year in which each is not there yet.

        Args:
            year: index of Y; at: the year itself; done: see above; last: (E,) its largest of all futures.
        """
        rows = np.flatnonzero((self.year <= year) & (last > at))
        return rows, np.clip(done[rows] - at, 0, 1)


def projects(case: Case, plan: Plan) -> Projects:
    """All projects of a plan."""
    worth = max(plan.built.max(initial=0), plan.changed.max(initial=0)) * _NOTHING
    built, changed = np.argwhere(plan.built > worth), np.argwhere(plan.changed > worth)
    rows = [(y, p, -1, t, plan.built[p, t, y], -1) for p, t, y in built.tolist()]
    rows += [(y, p, case.before[e], case.after[e], plan.changed[p, e, y], e) for p, e, y in changed.tolist()]
    rows = _in_order(rows)
    columns = np.array(rows, dtype=float).reshape(-1, 6).T
    year, line, before, after, change = (each.astype(np.int64) for each in columns[[0, 1, 2, 3, 5]])
    paid, adds = _parts(case, line, after, change)
    waits = tuple(
        tuple(first for first in range(row) if line[first] == line[row] and after[first] == before[row])
        for row in range(len(rows))
    )
    kept = _kept(plan)
    left = kept[line] / kept[line, year][:, None] if len(rows) else np.zeros((0, len(case.years)))
    return Projects(line, before, after, year, columns[4], left, paid, adds, waits)


def _parts(case: Case, line: Ints, after: Ints, change: Ints) -> tuple[Floats, Bools]:
    """(E, N) yuan a year for each part of a t/a, and which parts are added; `change` is -1 where it is built anew."""
    paid = np.zeros((len(line), len(case.parts)))
    adds = np.zeros(paid.shape, bool)
    anew, moved = change < 0, change >= 0
    built, step = (line[anew], after[anew]), (line[moved], change[moved])
    paid[anew] = case.investment[built][:, None] * case.built_shares(*built)
    paid[moved] = case.change[step][:, None] * case.change_shares[change[moved]]
    adds[anew], adds[moved] = case.made_of.T[after[anew]], case.adds.T[change[moved]]
    return np.nan_to_num(paid), adds


def _in_order(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows by year and line; of one line in one year, a change stands behind the one that leads to where it begins.

    A line that is changed twice in a year is changed one after the other, whatever the order of its technologies in the catalogue.
    """
    found: list[tuple[Any, ...]] = []
    waiting = sorted(rows, key=lambda row: row[:4])
    while waiting:
        year, line = waiting[0][:2]
        group = [row for row in waiting if row[:2] == (year, line)]
        waiting = waiting[len(group) :]
        while group:
            leads = {row[3] for row in group}
            ready = [row for row in group if row[2] not in leads] or group[:1]
            found += ready
            group = [row for row in group if row not in ready]
    return found


def _kept(plan: Plan) -> Floats:
    """(P, Y): what is left of a tonne of capacity after all retirements of its line up to each year; at least a trace, to divide by."""
    stands = plan.standing.sum(1)
    had = np.concatenate([stands[:, :1], stands[:, :-1]], axis=1)
    had[:, 1:] += plan.built.sum(1)[:, 1:]
    share = np.divide(stands, had, out=np.ones_like(stands), where=had > 0)
    share[share > 1 - 1e-9] = 1.0
    return np.maximum(np.cumprod(share, axis=1), 1e-12)
