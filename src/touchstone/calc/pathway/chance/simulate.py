"""A fixed plan in thousands of futures: nothing is decided anew, so what comes out is how sure the plan is, not how clever a planner.

With every driver as the scenario says, the result is `accounts(case, plan)`. Where demand turns out otherwise, see `dispatch`. Contracts
of power deliver what they were planned to, times what is drawn of it, at most what is used; the first contract, the grid, the rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.accounts import Accounts, held
from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.chance.driver import Correlation, Driver
from touchstone.calc.pathway.chance.making import Block, brought, made, standing
from touchstone.calc.pathway.chance.outcome import SUMS, FixedPlan, RuleOutcome
from touchstone.calc.pathway.chance.prepared import Prepared, prepared
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import Draws, design, sample
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.refusal import refusal

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
    remade: Floats
    scrap: Floats
    outside: Floats
    spending: Floats
    standing: Floats | None


def simulate(
    case: Case, plan: Plan, draws: Draws, progress: Callable[[float], bool] | None = None
) -> FixedPlan:
    """The plan in every future of the draws.

    Args:
        progress: told the share done after each block; a False ends the work, and the futures done so far are the result, cut at the
            last whole batch.

    Raises:
        UnusablePathway: as `reach` does; CHANCE-012, stopped before two batches were done; CHANCE-019, drawn for fewer projects;
            CHANCE-023, a result is no number.
    """
    ready = prepared(case, plan, draws)
    years, count = len(case.years), len(draws)
    sums = {name: np.empty((count, years)) for name in SUMS}
    rules = [
        RuleOutcome(rule, np.empty((count, years)), np.empty((count, years)), np.empty(count))
        for rule in case.rules
    ]
    done = 0
    while done < count:
        part = slice(done, min(done + BLOCK, count))
        _block(ready, [value[part] for value in draws.values], part, sums, rules)
        for name, each in sums.items():
            if not np.isfinite(each[part]).all():
                raise refusal("CHANCE-023", "simulate", name=name)
        done = part.stop
        if progress and progress(done / count) is False:
            break
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
    rules: list[RuleOutcome],
) -> None:
    delays = ready.reach.delays(values, len(ready.projects))
    done = None if delays is None else ready.projects.done(ready.case.years, delays)
    last = np.zeros(len(ready.projects)) if done is None else done.max(1)
    block = Block(ready, values, part.stop - part.start, done, last)
    found = [_year(block, year) for year in range(len(ready.case.years))]
    account, plan = _accounts(ready, found)
    sums["direct"][part] = account.direct.sum(0)
    sums["power"][part] = account.indirect.sum(0)
    sums["recycled"][part] = account.recycled.sum(0)
    sums["energy"][part] = account.energy.sum(0) + account.recycled_energy.sum(0)
    sums["spending"][part] = np.array([each.spending for each in found]).T
    sums["supply"][part] = account.output.sum(0) + plan.recycled.sum(0)
    sums["outside"][part] = plan.outside.sum(0)
    for rule, each in zip(rules, held(ready.cells, plan, account), strict=True):
        rule.value[part], rule.missed[part], rule.size[part] = each.value, each.missed, each.size


def _year(block: Block, year: int) -> _Year:
    ready, case, plan = block.ready, block.ready.case, block.ready.plan
    stands = standing(block, year)
    more, limit = block.factor("demand", year), block.factor("recycled", year)
    more = np.ones((len(case.products), block.size)) if more is None else more
    planned = ready.planned[:, year]
    scrap, room = plan.recycled[:, year, None], case.recycled_limit[:, year, None]
    room = np.maximum(room, scrap) * (1.0 if limit is None else limit)
    supplied = (planned[:, None] + scrap + plan.outside[:, year, None]) * more
    scrap = np.minimum(scrap * more, room)
    tonnes = made(block, year, stands, supplied - scrap - plan.outside[:, year, None] * more)
    output, power, direct, energy, running, remade = brought(block, stands, tonnes, year)
    own = ready.of_product @ output
    outside = np.maximum(supplied - scrap - own, 0.0)
    factor, renewable, bill = _power(block, power, year)
    indirect = power * factor[ready.cells.supply]
    spending = bill + running + stands.paid + _metal(block, scrap, outside, year)
    spending = spending + _carbon(block, direct, indirect, own, year)
    classes = ready.of_class[:, stands.states] @ stands.capacity if ready.needs_standing else None
    return _Year(
        output, power, direct, energy, indirect, factor, renewable, remade, scrap, outside, spending, classes
    )


def _power(block: Block, power: Floats, year: int) -> tuple[Floats, Floats, Floats]:
    """Factor and renewable share of each supply (G, n), and the bill (n,) in yuan."""
    ready, case, planned = block.ready, block.ready.case, block.ready.plan.power[:, :, year, None]
    used, expected = ready.of_supply @ power, ready.expected[:, year, None]
    bought = np.maximum(planned.sum(1) + (used - expected), 0.0)
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


def _metal(block: Block, scrap: Floats, outside: Floats, year: int) -> Floats:
    case, total = block.ready.case, np.zeros(block.size)
    for of, cost, amount in (
        ("recycled.price", case.recycled_cost, scrap),
        ("outside.price", case.outside_cost, outside),
    ):
        dearer = block.factor(of, year)
        total += (amount * cost[:, year, None] * (1.0 if dearer is None else dearer)).sum(0)
    return total


def _carbon(block: Block, direct: Floats, indirect: Floats, own: Floats, year: int) -> Floats:
    case, dearer = block.ready.case, block.factor("carbon.price", year)
    priced = direct.sum(0) + (indirect.sum(0) if case.priced_power else 0.0)
    price = case.carbon_price[year] * (1.0 if dearer is None else dearer[0])
    return price * (priced - (own * case.free[:, year, None]).sum(0))


def _accounts(ready: Prepared, found: Sequence[_Year]) -> tuple[Accounts, Plan]:
    """Accounts and plan of the block as rules are held against them: cells for lines, and (n, Y) for (Y,)."""
    case = ready.case
    names = (
        "output",
        "power",
        "direct",
        "indirect",
        "energy",
        "factor",
        "renewable",
        "remade",
        "scrap",
        "outside",
    )
    output, power, direct, indirect, energy, factor, renewable, remade, scrap, outside = (
        np.array([getattr(year, name) for year in found]).transpose(1, 2, 0) for name in names
    )
    recycled, its_energy = scrap * case.recycled_direct[:, None], scrap * case.recycled_energy[:, None]
    energy = energy + power * case.power_energy
    account = Accounts(
        output, power, direct, indirect, recycled, energy, its_energy, factor, renewable, remade, {}
    )
    stands = none = np.zeros((len(ready.in_cell), 1, 1, len(found)))
    if ready.needs_standing:
        cells, classes, size = *ready.cells.benchmark.shape, scrap.shape[1]
        each = [np.broadcast_to(np.asarray(year.standing), (cells * classes, size)) for year in found]
        stands = np.array(each).transpose(1, 2, 0).reshape(cells, classes, size, len(found))
    return account, Plan(stands, none, none, none, scrap, outside, none)
