"""Plans made anew for each future, as if it were known from the beginning: a bound on what could be reached, and a check of the fixed plan.

It is no probability of what will happen: whoever plans so bends every curve in time. Its result is of a type of its own (`Reoptimised`).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass, replace

import numpy as np

from touchstone.calc.pathway.accounts import accounts, held
from touchstone.calc.pathway.case import NEVER, Begun, Case, Floats, Ints, Pool
from touchstone.calc.pathway.chance.driver import known
from touchstone.calc.pathway.chance.outcome import SUMS, Reoptimised, RuleOutcome
from touchstone.calc.pathway.chance.reach import Reach, lost, of_part, reach
from touchstone.calc.pathway.chance.sample import Draws
from touchstone.calc.pathway.first_year import as_begun
from touchstone.calc.pathway.plan import Plan, Stopped
from touchstone.errors import Refusal

Solve = Callable[[Case], Plan]
"""Makes a plan of a case; for a process pool, a function that can be pickled."""


def _delivered(pool: Pool, planned: Floats, given: Floats) -> Pool:
    """A shared limit with as much less as those who share it get of their own."""
    own = (pool.supplies, pool.contract)
    part = np.divide(
        given[own],
        planned[own],
        out=np.ones_like(given[own]),
        where=np.isfinite(planned[own]) & (planned[own] > 0),
    )
    return replace(pool, limit=pool.limit * part.mean(0))


def drawn(case: Case, draws: Draws, row: int) -> Case:
    """The case of one future.

    Capacity factors, limits, prices and demand are those drawn. A delay puts off the first year of the technologies it is about by its
    mean over projects, in whole years up, for a plan that is yet to be made has no projects that could be late; what could be added up to the
    last year that is known is in time. Raises as `reach` does.
    """
    reached = reach(case, draws.drivers)
    values = [each[row : row + 1] for each in draws.values]

    def moved(target: str, base: Floats) -> Floats:
        return (
            base
            if target not in reached.rows
            else _times(base, _yearly(reached, target, values, len(case.years)))
        )

    load = moved("load", np.ones((len(case.products), len(case.years))))
    green = case.contract_limit.copy()
    green[:, 1:] = moved("delivery", green)[:, 1:]
    electricity, direct, energy = _saved(case, draws, values)
    found = replace(
        case,
        demand=moved("demand", case.demand),
        recycled_limit=moved("recycled", case.recycled_limit),
        recycled_cost=moved("recycled.price", case.recycled_cost),
        outside_cost=moved("outside.price", case.outside_cost),
        load=case.load * load[case.product],
        contract_limit=green,
        pools=tuple(_delivered(pool, case.contract_limit, green) for pool in case.pools),
        contract_factor=moved("power.factor", case.contract_factor),
        contract_price=moved("power.price", case.contract_price),
        carbon_price=moved("carbon.price", case.carbon_price[None])[0],
        **_dearer(case, reached, values),
        electricity=electricity,
        direct=direct,
        energy=energy,
        **_put_off(case, draws, values),
    )
    return _begun(case, found, draws, moved("delivery", np.ones_like(case.contract_limit))[:, :, 0])


def reoptimised(
    case: Case,
    draws: Draws,
    solve: Solve,
    *,
    workers: int = 0,
    processes: bool = False,
    progress: Callable[[float], bool] | None = None,
) -> Reoptimised:
    """A plan for every future of the draws.

    Args:
        workers: threads, or processes; 0 for none. progress: told the share done after each future; a False ends the work, and the futures
            done so far are the result; so does a `Stopped` of the solver.

    Raises:
        UnusablePathway: CHANCE-012, fewer than two batches have a future; as `reach` does. What refuses a plan of one future (a `Refusal`
            or a RuntimeError of the solver) is told of it in `failed`, and the others go on.
    """
    done: dict[int, _Answer] = {}
    failed: list[tuple[int, str]] = []
    try:
        for row, answer in _answers(case, draws, solve, workers, processes):
            if isinstance(answer, str):
                failed.append((row, answer))
            else:
                done[row] = answer
            if progress and progress((len(done) + len(failed)) / len(draws)) is False:
                break
    except Stopped:
        pass  # what is done is the result
    rows = np.array(sorted(done), dtype=np.int64)
    batches = np.unique(np.concatenate([[0], np.searchsorted(rows, draws.batches[1:])]))
    answers = [done[int(row)] for row in rows]
    empty = np.zeros((0, len(case.years)))
    sums = {name: np.array([each.sums[name] for each in answers]) if answers else empty for name in SUMS}
    rules = [
        RuleOutcome(rule, *(np.array([each.held[at][part] for each in answers]) for part in range(3)))
        for at, rule in enumerate(case.rules)
    ]
    return replace(Reoptimised.of(case, draws, sums, rules, batches), failed=tuple(sorted(failed)))


@dataclass(frozen=True, slots=True)
class _Answer:
    sums: dict[str, Floats]
    held: list[tuple[Floats, Floats, float | Floats]]


def _answers(
    case: Case, draws: Draws, solve: Solve, workers: int, processes: bool
) -> Iterator[tuple[int, "_Answer | str"]]:
    if not workers:
        yield from ((row, _answer(solve, drawn(case, draws, row))) for row in range(len(draws)))
        return
    pool: Executor = ProcessPoolExecutor(workers) if processes else ThreadPoolExecutor(workers)
    running: dict[Future[_Answer | str], int] = {}
    ahead = iter(range(len(draws)))
    try:
        while True:
            # Only a few cases are in flight: thousands of them would fill the memory before the first is solved.
            while len(running) < 2 * workers and (row := next(ahead, None)) is not None:
                running[pool.submit(_answer, solve, drawn(case, draws, row))] = row
            if not running:
                return
            for each in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(each), each.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _answer(solve: Solve, case: Case) -> "_Answer | str":
    try:
        plan = solve(case)
    except (Refusal, RuntimeError) as error:
        return str(error)
    made = accounts(case, plan)
    sums = {
        "direct": made.direct.sum(0),
        "power": made.indirect.sum(0),
        "recycled": made.recycled.sum(0),
        "energy": made.energy.sum(0) + made.recycled_energy.sum(0),
        "spending": made.cost,
        "supply": made.output.sum(0) + plan.recycled.sum(0),
        "outside": plan.outside.sum(0),
    }
    return _Answer(sums, [(each.value, each.missed, each.size) for each in held(case, plan, made)])


def _yearly(reached: Reach, target: str, values: list[Floats], years: int) -> Floats:
    """(*rows, Y) multipliers of one future."""
    each = [reached.factor(target, values, year) for year in range(years)]
    return np.stack([one[..., 0] for one in each if one is not None], axis=-1)


def _times(base: Floats, factor: Floats) -> Floats:
    """The product; no limit stays no limit."""
    return np.where(np.isinf(base), base, np.where(np.isinf(base), 0.0, base) * factor)


def _begun(case: Case, found: Case, draws: Draws, delivered: Floats) -> Case:
    """The case of a future with its first year as `simulate` has it, where that is not known.

    Contracts deliver (G, C) times the MWh they delivered in the first year of the case, at most their limit there and what is used.
    """
    if case.begun is None or all(known(each, case.years) >= case.years[0] for each in draws.drivers):
        return found
    wanted, share = case.demand[:, 0], np.zeros_like(case.begun.share)
    more = np.divide(found.demand[:, 0], wanted, out=np.ones_like(wanted), where=wanted > 0)
    begun = Begun(case.begun.scrap * more, share)
    # Where no other contract delivers anything, the first one delivers all that is used.
    used = as_begun(replace(found, begun=begun))[0].contract_limit[:, :1, 0]
    planned = as_begun(case)[0].contract_limit[:, 1:, 0]
    sent = np.minimum(planned * delivered[:, 1:], case.contract_limit[:, 1:, 0])
    sent *= np.minimum(1.0, used / np.maximum(sent.sum(1, keepdims=True), 1e-12))
    share[:, 1:] = np.divide(sent, used, out=np.zeros_like(sent), where=used > 0)
    # Limits of a future are as much lower or higher as is delivered; what is delivered is within them already.
    limit = found.contract_limit.copy()
    limit[:, 1:, 0] = np.maximum(limit[:, 1:, 0], sent)
    pools = []
    for pool in found.pools:
        # A pool is parted by what is used: the supply with the largest share must find its own in it.
        least = share[pool.supplies, pool.contract].max(initial=0.0) * used[pool.supplies].sum()
        pools.append(replace(pool, limit=np.concatenate(([max(pool.limit[0], least)], pool.limit[1:]))))
    return replace(found, begun=begun, contract_limit=limit, pools=tuple(pools))


def _dearer(case: Case, reached: Reach, values: list[Floats]) -> dict[str, Floats]:
    """What is paid for building and changing: of years that are known at its price, of others as many times it as is drawn last."""
    runs = list(reached.invested(values, len(case.years) - 1))
    if not runs:
        return {}
    if any(reached.ends[driver] for driver, _ in reached.rows["investment"]):
        return {"dearer": np.concatenate([np.repeat(of, run.stop - run.start, 1) for run, of in runs], 1)}
    prices, paid = case.parted * (parts := runs[-1][1][:, 0]), case.change_shares
    before, after = case.parted @ case.made_of, prices @ case.made_of
    return {
        "investment": case.investment * np.divide(after, before, out=np.ones_like(after), where=before > 0),
        "change": case.change * (paid @ parts / paid.sum(1)),
        "prices": prices,
    }


def _saved(case: Case, draws: Draws, values: list[Floats]) -> tuple[Floats, Floats, Floats]:
    found = np.array([case.electricity, case.direct, case.energy])
    for driver, value in zip(draws.drivers, values, strict=True):
        if driver.of == "saving":
            found = found + (1 - value[0, -1]) * lost(case, driver)
    return found[0], found[1], found[2]


def _put_off(case: Case, draws: Draws, values: list[Floats]) -> dict[str, Ints | None]:
    later = np.zeros(len(case.parts), dtype=np.int64)
    begins = np.full(case.allowed.shape, NEVER) if case.since is None else case.since
    planned = np.zeros((len(later), *begins.shape), dtype=np.int64)
    for driver, value in zip(draws.drivers, values, strict=True):
        if driver.of == "delay" and value.size:
            years, reached = int(np.ceil(value.mean() - 1e-9)), of_part(case, driver)
            # In the first year nothing is added: what may be added by then is first added in the one after.
            later += years * (
                reached & (np.maximum(case.first, case.years[0] + 1) > known(driver, case.years))
            )
            planned[reached] += years * (begins > known(driver, case.years))
    since = None if case.since is None else begins + (planned * case.made_of[:, None]).max(0)
    return {"first": case.first + later, "since": since}
