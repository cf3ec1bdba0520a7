"""A fixed plan in thousands of futures: nothing is decided anew, so what comes out is how sure the plan is, not how clever a planner.

With every driver as the scenario says, the result is `accounts(case, plan)`. Where demand turns out otherwise, see `dispatch`. Contracts
of power deliver what they were planned to, times what is drawn of it, at most what is used; the first contract, the grid, the rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.accounts import Accounts, held
from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.chance.dispatch import level, outputs
from touchstone.calc.pathway.chance.driver import Correlation, Driver
from touchstone.calc.pathway.chance.outcome import SUMS, FixedPlan
from touchstone.calc.pathway.chance.prepared import PARTS, Prepared, prepared
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import Draws, design, sample
from touchstone.calc.pathway.plan import Plan

BLOCK = 1_000
"""Futures worked out at a time: few enough to stay near the processor, and to bound memory."""


@dataclass(frozen=True, slots=True)
class _Year:
    """One year of a block of n futures: by cell (Q, n), by product (K, n), by supply (G, n); yuan (n,)."""

    output: Floats
    power: Floats
    direct: Floats
    energy: Floats
    indirect: Floats
    factor: Floats
    renewable: Floats
    scrap: Floats
    outside: Floats
    spending: Floats
    standing: Floats | None


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of n futures: values of drivers (n, 1 or Y), the moment (E, n) each project is there and its latest (E,)."""

    ready: Prepared
    values: Sequence[Floats]
    size: int
    done: Floats | None
    last: Floats

    def factor(self, target: str, year: int) -> Floats | None:
        return self.ready.reach.factor(target, self.values, year)


def simulate(
    case: Case, plan: Plan, draws: Draws, progress: Callable[[float], bool] | None = None
) -> FixedPlan:
    """The plan in every future of the draws.

    Args:
        progress: told the share done after each block; a False ends the work, and the futures done so far are the result, cut at the
            last whole batch.

    Raises:
        UnusablePathway: as `reach` does; CHANCE-012, stopped before two batches were done; CHANCE-019, drawn for fewer projects.
    """
    ready = prepared(case, plan, draws)
    years, count = len(case.years), len(draws)
    sums = {name: np.empty((count, years)) for name in SUMS}
    values = [np.empty((count, years)) for _ in case.rules]
    missed = [np.empty((count, years)) for _ in case.rules]
    done = 0
    while done < count:
        part = slice(done, min(done + BLOCK, count))
        _block(ready, [value[part] for value in draws.values], part, sums, values, missed)
        done = part.stop
        if progress and progress(done / count) is False:
            break
    rules = tuple(zip(case.rules, values, missed, strict=True))
    return FixedPlan.of(case, draws, sums, rules, draws.batches[draws.batches <= done])


def futures(
    case: Case,
    plans: Sequence[Plan],
    drivers: tuple[Driver, ...],
    draws: int,
    seed: int,
    together: tuple[Correlation, ...] = (),
) -> Draws:
    """Draws in which these plans of the case can be simulated and compared; raises as `design` and `sample` do."""
    count = max(len(projects(case, plan)) for plan in plans)
    return sample(design(drivers, case.years, together, count), draws, seed)


def _block(
    ready: Prepared,
    values: Sequence[Floats],
    part: slice,
    sums: dict[str, Floats],
    shown: list[Floats],
    missed: list[Floats],
) -> None:
    delays = ready.reach.delays(values, len(ready.projects))
    done = None if delays is None else ready.projects.done(ready.case.years, delays)
    last = np.zeros(len(ready.projects)) if done is None else done.max(1)
    block = _Block(ready, values, part.stop - part.start, done, last)
    found = [_year(block, year) for year in range(len(ready.case.years))]
    made, plan = _accounts(ready, found)
    sums["direct"][part] = made.direct.sum(0)
    sums["power"][part] = made.indirect.sum(0)
    sums["recycled"][part] = made.recycled.sum(0)
    sums["energy"][part] = made.energy.sum(0) + made.recycled_energy.sum(0)
    sums["spending"][part] = np.array([each.spending for each in found]).T
    sums["supply"][part] = made.output.sum(0) + plan.recycled.sum(0)
    sums["outside"][part] = plan.outside.sum(0)
    for row, each in enumerate(held(ready.cells, plan, made)):
        shown[row][part], missed[row][part] = each.value, each.missed


def _year(block: _Block, year: int) -> _Year:
    ready, case, plan = block.ready, block.ready.case, block.ready.plan
    standing, investment = _stands(block, year)
    more, limit = block.factor("demand", year), block.factor("recycled", year)
    more = np.ones((len(case.products), block.size)) if more is None else more
    planned = np.zeros(len(case.products))
    np.add.at(planned, case.product, ready.made.output[:, year])
    scrap, room = plan.recycled[:, year, None], case.recycled_limit[:, year, None]
    room = np.maximum(room, scrap) * (1.0 if limit is None else limit)
    supplied = (planned[:, None] + scrap + plan.outside[:, year, None]) * more
    scrap = np.minimum(scrap * more, room)
    tonnes = _tonnes(block, year, standing, supplied - scrap - plan.outside[:, year, None] * more)
    output, power, direct, energy, running = _parts(block, tonnes)
    own = np.zeros_like(scrap)
    np.add.at(own, ready.cells.product, output)
    outside = np.maximum(supplied - scrap - own, 0.0)
    factor, renewable, bill = _power(block, power, year)
    indirect = power * factor[ready.cells.supply]
    spending = bill + running + investment + _metal(block, scrap, outside, year)
    spending = spending + _carbon(block, direct, indirect, own, year)
    stands = _standing(ready, standing) if ready.needs_standing else None
    return _Year(output, power, direct, energy, indirect, factor, renewable, scrap, outside, spending, stands)


def _stands(block: _Block, year: int) -> tuple[Floats, Floats | float]:
    """(U, n or 1) t/a that stand, and yuan paid for what is there by then."""
    ready, dearer = block.ready, block.factor("investment", year)
    paid = ready.paid[:, year]
    due = paid.sum() if dearer is None else paid @ dearer
    standing = ready.standing[:, year, None]
    if block.done is not None:
        planned = ready.projects
        rows, late = planned.late(year, int(ready.case.years[year]), block.done, block.last)
        if len(rows):
            shifts = ready.shifts[:, rows] * planned.left[rows, year]
            touched = np.flatnonzero(shifts.any(1))
            standing = np.repeat(standing, block.size, axis=1)
            standing[touched] = np.maximum(standing[touched] + shifts[touched] @ late, 0.0)
            saved = planned.paid[rows] * planned.amount[rows]
            due = due - (saved @ late if dearer is None else saved @ (late * dearer[planned.after[rows]]))
    return standing, due + ready.fixed[year]


def _tonnes(block: _Block, year: int, standing: Floats, due: Floats) -> Floats:
    """(U, n) t that each state makes of what is due (K, n) of the lines of a product."""
    ready, load = block.ready, block.factor("load", year)
    tonnes = np.zeros((len(ready.line), block.size))
    for product, here in enumerate(ready.in_product):
        use, top, stands = ready.use[here, year], ready.load[here, year], standing[here]
        if load is None:
            tonnes[here] = outputs(level(due[product], stands, use, top), stands, use, top)
            continue
        can = np.maximum(load[product], 1e-12)
        tonnes[here] = outputs(level(due[product] / can, stands, use, top), stands, use, top) * can
    return tonnes


def _parts(block: _Block, tonnes: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Output, power, direct emissions and energy by cell, savings as they come true; running costs of all."""
    ready, count = block.ready, len(PARTS)
    found = np.empty((len(ready.brings), len(ready.in_cell), block.size))
    for cell, here in enumerate(ready.in_cell):
        np.matmul(ready.brings[:, here], tonnes[here], out=found[:, cell])
    for row, driver in enumerate(ready.savings):
        untrue = 1 - block.values[driver][:, 0]
        found[1:4] += untrue * found[count + 3 * row : count + 3 * row + 3]
    return found[0], found[1], found[2], found[3], found[4].sum(0)


def _power(block: _Block, power: Floats, year: int) -> tuple[Floats, Floats, Floats]:
    """Factor and renewable share of each supply (G, n), and the bill (n,) in yuan."""
    ready, case, planned = block.ready, block.ready.case, block.ready.plan.power[:, :, year, None]
    used, expected = np.zeros((len(case.supplies), block.size)), np.zeros(len(case.supplies))
    np.add.at(used, ready.cells.supply, power)
    np.add.at(expected, case.supply, ready.made.power[:, year])
    bought = np.maximum(planned.sum(1) + (used - expected[:, None]), 0.0)
    delivery = block.factor("delivery", year)
    top = np.maximum(case.contract_limit[:, 1:, year, None], planned[:, 1:])
    sent = np.minimum(planned[:, 1:] if delivery is None else planned[:, 1:] * delivery[:, 1:], top)
    total = sent.sum(1)
    short = bought < total
    if short.any():
        share = np.divide(bought, total, out=np.ones_like(bought), where=short)
        sent, total = sent * share[:, None], np.minimum(total, bought)
    emitted, cost = case.contract_factor[:, :, year, None], case.contract_price[:, :, year, None]
    dirtier, dearer = block.factor("power.factor", year), block.factor("power.price", year)
    emitted = emitted if dirtier is None else emitted * dirtier
    cost = cost if dearer is None else cost * dearer
    grid = bought - total
    bill = (grid * cost[:, 0]).sum(0) + (sent * cost[:, 1:]).sum((0, 1))
    mixes = [_mix(of, grid, sent, bought) for of in (emitted, case.contract_renewable[:, :, year, None])]
    return mixes[0], mixes[1], bill


def _mix(of: Floats, grid: Floats, sent: Floats, bought: Floats) -> Floats:
    """(G, n): the mean by what was taken of each contract; of the first where nothing was, as `accounts` has it."""
    first = np.broadcast_to(of[:, 0], bought.shape).copy()
    taken = of[:, 0] * grid + (of[:, 1:] * sent).sum(1)
    return np.divide(taken, bought, out=first, where=bought > 0)


def _metal(block: _Block, scrap: Floats, outside: Floats, year: int) -> Floats:
    case, total = block.ready.case, np.zeros(block.size)
    for of, cost, amount in (
        ("recycled.price", case.recycled_cost, scrap),
        ("outside.price", case.outside_cost, outside),
    ):
        dearer = block.factor(of, year)
        total += (amount * cost[:, year, None] * (1.0 if dearer is None else dearer)).sum(0)
    return total


def _carbon(block: _Block, direct: Floats, indirect: Floats, own: Floats, year: int) -> Floats:
    case, dearer = block.ready.case, block.factor("carbon.price", year)
    priced = direct.sum(0) + (indirect.sum(0) if case.priced_power else 0.0)
    price = case.carbon_price[year] * (1.0 if dearer is None else dearer[0])
    return price * (priced - (own * case.free[:, year, None]).sum(0))


def _standing(ready: Prepared, standing: Floats) -> Floats:
    """(Q, T, n or 1) t/a."""
    found = np.zeros((len(ready.in_cell), len(ready.case.technologies), standing.shape[1]))
    np.add.at(found, (ready.cell, ready.technology), standing)
    return found


def _accounts(ready: Prepared, found: Sequence[_Year]) -> tuple[Accounts, Plan]:
    """Accounts and plan of the block as rules are held against them: cells for lines, and (n, Y) for (Y,)."""
    case = ready.case
    names = ("output", "power", "direct", "indirect", "energy", "factor", "renewable", "scrap", "outside")
    output, power, direct, indirect, energy, factor, renewable, scrap, outside = (
        np.array([getattr(year, name) for year in found]).transpose(1, 2, 0) for name in names
    )
    recycled, its_energy = scrap * case.recycled_direct[:, None], scrap * case.recycled_energy[:, None]
    energy = energy + power * case.power_energy
    made = Accounts(output, power, direct, indirect, recycled, energy, its_energy, factor, renewable, {})
    none = np.zeros((len(ready.in_cell), 1, 1, len(found)))
    if ready.needs_standing:
        shape = (*none.shape[:1], len(case.technologies), scrap.shape[1])
        none = np.array([np.broadcast_to(np.asarray(year.standing), shape) for year in found]).transpose(
            1, 2, 3, 0
        )
    return made, Plan(none, none, none, none, scrap, outside, none)
