"""What stands in a year of a block of futures, who makes how much of it, and what that brings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.chance.dispatch import level, outputs
from touchstone.calc.pathway.chance.prepared import PARTS, Prepared


@dataclass(frozen=True, slots=True)
class Block:
    """A block of n futures: values of drivers (n, 1 or Y), the moment (E, n) each project is there and its latest (E,)."""

    ready: Prepared
    values: Sequence[Floats]
    size: int
    done: Floats | None
    last: Floats

    def factor(self, target: str, year: int) -> Floats | None:
        """(*rows, n) of multipliers in a year; None where no driver moves the target."""
        return self.ready.reach.factor(target, self.values, year)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in one year.

    Attributes:
        states: (A,) of the U states in use, rising, those of which anything stands in any future.
        capacity: (A, n) t/a, or (A, 1) where all futures are alike; paid: yuan for what is there by then.
    """

    states: Ints
    capacity: Floats
    paid: Floats | float

    def among(self, part: slice) -> slice:
        """Where states of a run of U are among those that stand."""
        first, last = np.searchsorted(self.states, (part.start, part.stop))
        return slice(int(first), int(last))


def standing(block: Block, year: int) -> Standing:
    """What stands in a year, projects as late as they are."""
    ready = block.ready
    prices = list(ready.reach.invested(block.values, year))
    due: Floats | float = ready.fixed[year] + ready.paid[:, year].sum()
    if prices:
        paid = np.diff(ready.paid, axis=1, prepend=0.0)
        due = ready.fixed[year] + sum(paid[:, built].sum(1) @ dearer for built, dearer in prices)
    capacity, planned = ready.standing[:, year], ready.projects
    if block.done is not None:
        rows, late = planned.late(year, int(ready.case.years[year]), block.done, block.last)
        if len(rows):
            shifts = ready.shifts[:, rows]
            moved = np.zeros(len(capacity), dtype=bool)
            moved[shifts.indices] = True
            states = np.flatnonzero((capacity > 0) | moved)
            there = capacity[states, None] + shifts[states] @ (late * planned.left[rows, year, None])
            paid = planned.paid[rows] * planned.amount[rows, None]
            due = due - (_saved(paid, late, planned.year[rows], prices) if prices else paid.sum(1) @ late)
            return Standing(states, np.maximum(there, 0.0), due)
    states = np.flatnonzero(capacity > 0)
    return Standing(states, capacity[states, None], due)


def _saved(paid: Floats, late: Floats, year: Ints, prices: Sequence[tuple[slice, Floats]]) -> Floats:
    """(n,) yuan that is not due yet for late projects (E, N), each at the price of the run of years it is of."""
    found = np.zeros(late.shape[1])
    for built, dearer in prices:
        of = (built.start <= year) & (year < built.stop)
        found += (paid[of].T @ late[of] * dearer).sum(0)
    return found


def made(block: Block, year: int, stands: Standing, due: Floats) -> Floats:
    """(A, n) t that each state makes of what is due (K, n) of the lines of a product."""
    ready, load = block.ready, block.factor("load", year)
    use, top = ready.use[stands.states, year], ready.load[stands.states, year]
    tonnes = np.zeros((len(stands.states), block.size))
    for product, run in enumerate(ready.in_product):
        here = stands.among(run)
        of = stands.capacity[here], use[here], top[here]
        if load is None:
            tonnes[here] = outputs(level(due[product], *of), *of)
        else:
            can = np.maximum(load[product], 1e-12)
            tonnes[here] = outputs(level(due[product] / can, *of), *of) * can
    return tonnes


def brought(
    block: Block, stands: Standing, tonnes: Floats, year: int
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """Output, power, direct emissions and energy by cell (Q, n), savings as they come true; running costs of all (n,); output of scrap (Q, n)."""
    ready, count = block.ready, len(PARTS)
    brings = ready.brings[:, stands.states]
    found = np.zeros((len(brings), len(ready.in_cell), block.size))
    for cell, run in enumerate(ready.in_cell):
        here = stands.among(run)
        if here.stop > here.start:
            np.matmul(brings[:, here], tonnes[here], out=found[:, cell])
    for row, driver in enumerate(ready.savings):
        drawn = block.values[driver]
        untrue = 1 - drawn[:, year if drawn.shape[1] > 1 else 0]
        found[1:4] += untrue * found[count + 3 * row : count + 3 * row + 3]
    return found[0], found[1], found[2], found[3], found[4].sum(0), found[5]
