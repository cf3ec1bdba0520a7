"""The linear model of a case: least cost, with rules that may be missed at their price.

In the first year nothing is decided where the case says how it stands. In each later one what stands is at most what stood, plus what is
built or changed into it, less what is changed out of it: the rest retires for nothing. Output is at most load x what stands; output, scrap
and metal bought outside are demand exactly, so that nobody makes metal to earn allowances or to better a share; power bought is power
used, by supply. All money is the discounted sum, the price of missed rules too.

Quantities are counted in `Model.quantity` tonnes (MWh, tce), money in a thousand yuan for each of those, so that the solver meets
numbers near 1.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from touchstone.calc.pathway.case import Case, Floats, Ints
from touchstone.calc.pathway.deployment.columns import Columns, columns
from touchstone.calc.pathway.deployment.matrix import Matrix
from touchstone.calc.pathway.deployment.rules import Mix, last_before, mix_of, terms
from touchstone.calc.pathway.deployment.still import still
from touchstone.calc.pathway.first_year import as_begun

MONEY = 1000.0
"""Yuan for each unit of quantity, by which money is counted."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Numbers of the rows, -1 where there is none: capacity (P, Y), power (G, Y), demand (K, Y), spread, ramp (N, Y), pools (Pools, Y), rules (R, Y).

    The rows of `standing` (P, T, Y) are the balances of what stands; those of `output` hold it below its load.
    """

    standing: Ints
    capacity: Ints
    output: Ints
    power: Ints
    demand: Ints
    spread: Ints
    ramp: Ints
    pools: Ints
    rules: Ints


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model; limits and costs in its own units (`quantity`, `MONEY`).

    `stood`: nothing is decided in the first year; the case is that of `first_year.as_begun`.
    """

    case: Case
    at: Columns
    rows: Rows
    cost: Floats
    upper: Floats
    matrix: csc_array
    row_lower: Floats
    row_upper: Floats
    quantity: float
    stood: bool = False

    @property
    def whole(self) -> Ints:
        """Columns that are 0 or 1."""
        return self.at.whole[self.at.whole >= 0]

    @property
    def yuan(self) -> float:
        """Yuan in one unit of the objective."""
        return self.quantity * MONEY


def build(case: Case, mix: Mix | None = None, whole: bool = False, growth: Floats | None = None) -> Model:
    """The model of a case; `mix` for rules that are linear only about one; `whole`: a line is in one technology altogether.

    `growth` (N, Y): t/a by which the sum of what may be added of a part rises in a year, NaN where only its own pace counts.
    """
    stood = case.begun is not None
    case, outside = as_begun(case)
    at = columns(case, whole, None if growth is None else ~np.isnan(growth))
    stands = case.capacity[case.capacity > 0]
    quantity = 10.0 ** np.round(np.log10(np.median(stands))) if stands.size else 1.0
    matrix = Matrix()
    rows = _physical(case, at, matrix, quantity, stood)
    rules = _rules(case, at, matrix, mix or last_before(case, mix_of(case, still(case))), quantity)
    if whole:
        _whole(case, at, matrix, quantity)
    if growth is not None:
        _saved(case, at, matrix, growth / quantity)
    made, lower, upper = matrix.compressed(at.count)
    return Model(
        case,
        at,
        Rows(**rows, rules=rules),
        _costs(case, at),
        _uppers(case, at, quantity, outside),
        made,
        lower,
        upper,
        quantity,
        stood,
    )


def gaps(case: Case) -> Ints:
    """(Y,): years since the year of the plan before; 1 for the first."""
    return np.diff(case.years, prepend=case.years[0] - 1)


def _physical(case: Case, at: Columns, matrix: Matrix, quantity: float, kept: bool) -> dict[str, Ints]:
    free, lines = -np.inf, np.arange(len(case.lines))
    stood = np.zeros(at.standing.shape)
    known = case.initial >= 0
    stood[lines[known], case.initial[known], 0] = case.capacity[known, 0] / quantity
    least = np.where(kept & (case.years == case.years[0]), stood, free)
    balance = matrix.block(at.standing >= 0, least, stood)
    matrix.add(balance, at.standing, 1)
    matrix.add(balance[:, :, 1:], at.standing[:, :, :-1], -1)
    matrix.add(balance, at.built, -1)
    matrix.add(balance[:, case.after], at.changed, -1)
    matrix.add(balance[:, case.before], at.changed, 1)
    capacity = matrix.block((at.standing >= 0).any(1), free, case.capacity / quantity)
    matrix.add(capacity[:, None, :], at.standing, 1)
    loaded = matrix.block(at.output >= 0, free, 0.0)
    matrix.add(loaded, at.output, 1)
    matrix.add(loaded, at.standing, -case.load[:, None, :])
    used = np.zeros((len(case.supplies), len(case.years)), bool)
    used[case.supply] = True
    power = matrix.block(used, 0.0, 0.0)
    matrix.add(power[:, None, :], at.power, 1)
    matrix.add(power[case.supply][:, None, :], at.output, -np.nan_to_num(case.electricity)[:, :, None])
    wanted = case.demand / quantity
    demand = matrix.block(np.ones(wanted.shape, bool), wanted, wanted)
    matrix.add(demand[case.product][:, None, :], at.output, 1)
    matrix.add(demand, at.recycled, 1)
    matrix.add(demand, at.outside, 1)
    spread, ramp = _limits(case, at, matrix, quantity)
    return {
        "standing": balance,
        "capacity": capacity,
        "output": loaded,
        "power": power,
        "demand": demand,
        "spread": spread,
        "ramp": ramp,
        "pools": _pools(case, at, matrix, quantity),
    }


def _pools(case: Case, at: Columns, matrix: Matrix, quantity: float) -> Ints:
    found = np.full((len(case.pools), len(case.years)), -1)
    for number, pool in enumerate(case.pools):
        power = at.power[pool.supplies, pool.contract]
        found[number] = matrix.block(
            (power >= 0).any(0) & np.isfinite(pool.limit), -np.inf, pool.limit / quantity
        )
        matrix.add(found[number][None], power, 1)
    return found


def _limits(case: Case, at: Columns, matrix: Matrix, quantity: float) -> tuple[Ints, Ints]:
    has = case.made_of
    can_stand, can_build = (at.standing >= 0).any(0), (at.built >= 0).any(0)
    spread = matrix.block((case.spread < 1) & (has @ can_stand), -np.inf, most(case) / quantity)
    added = (has @ can_build) | (case.adds @ (at.changed >= 0).any(0))
    limited = np.isfinite(case.ramp)[:, None]
    ramp = matrix.block(added & limited, -np.inf, np.where(limited, pace(case), 0.0) / quantity)
    for part, state in np.argwhere(has):
        matrix.add(spread[None, part], at.standing[:, state], 1)
        matrix.add(ramp[None, part], at.built[:, state], 1)
    for part, change in np.argwhere(case.adds):
        matrix.add(ramp[None, part], at.changed[:, change], 1)
    return spread, ramp


def pace(case: Case) -> Floats:
    """(N, Y) t/a that may be added of a part from the year before: its ramp, but never less than what begins in it as it is registered.

    That is decided and uses the ramp up, as in the projection.
    """
    most_ = np.repeat(case.ramp[:, None], len(case.years), 1) * gaps(case)
    return np.maximum(most_, registered(case))


def registered(case: Case) -> Floats:
    """(N, Y) t/a of the lines that begin after the first year, in the year in which they do and of the parts they are registered with."""
    found = np.zeros((len(case.parts), len(case.years)))
    if case.since is not None:
        begins = np.searchsorted(case.years, case.since)
        for p, t in np.argwhere((begins > 0) & (begins < len(case.years))):
            found[case.made_of[:, t], begins[p, t]] += case.capacity[p, begins[p, t]]
    return found


def most(case: Case) -> Floats:
    """(N, Y) t/a that may have a part: its share of what its product may have, but never less than what stood with it and need not retire yet."""
    return np.maximum(case.spread * room(case)[case.group[case.made_of.argmax(1)]], stood(case))


def room(case: Case) -> Floats:
    """(K, Y) t/a that lines of a product may have."""
    found = np.zeros(case.demand.shape)
    np.add.at(found, case.product, case.capacity)
    return found


def stood(case: Case) -> Floats:
    """(N, Y) t/a that stood with a part at first and need not retire yet."""
    begun = case.initial >= 0
    kept = np.minimum.accumulate(case.capacity[begun], 1)
    return np.asarray(case.made_of[:, case.initial[begun]] @ kept, float)


def _rules(case: Case, at: Columns, matrix: Matrix, mix: Mix, quantity: float) -> Ints:
    numbered = np.full(at.missed.shape, -1)
    for number, rule in enumerate(case.rules):
        sign = 1.0 if rule.sense == "most" else -1.0
        limit = np.nan_to_num(rule.limit)
        top, under = terms(case, at, number, mix)
        rows = matrix.block(at.missed[number] >= 0, -np.inf, 0.0 if under else sign * limit / quantity)
        for columns_, values in top:
            matrix.add(rows, columns_, sign * values)
            if rule.indicator == "decline":
                matrix.add(rows[1:], columns_[..., :-1], -sign * values[..., :-1])
            if rule.indicator == "peak":
                before = np.full(len(rows) - rule.begins, mix.against[number])
                matrix.add(rows[rule.begins :], columns_[..., before], -sign * values[..., before])
        for columns_, values in under:
            matrix.add(rows, columns_, -sign * limit * values)
        matrix.add(rows, at.missed[number], -1)
        numbered[number] = rows
    return numbered


def _whole(case: Case, at: Columns, matrix: Matrix, quantity: float) -> None:
    """A line stands in one technology with all it may have, or, where its capacity grew, with at least what it had before."""
    begun = np.where(case.capacity > 0, case.capacity, np.inf)
    least = np.minimum(np.minimum.accumulate(begun, axis=1), case.capacity) / quantity
    most = matrix.block(at.whole >= 0, -np.inf, 0.0)
    matrix.add(most, at.standing, 1)
    matrix.add(most, at.whole, -case.capacity[:, None, :] / quantity)
    fewest = matrix.block(at.whole >= 0, 0.0, np.inf)
    matrix.add(fewest, at.standing, 1)
    matrix.add(fewest, at.whole, -least[:, None, :])
    one = matrix.block((at.whole >= 0).any(1), -np.inf, 1.0)
    matrix.add(one[:, None, :], at.whole, 1)


def _saved(case: Case, at: Columns, matrix: Matrix, growth: Floats) -> None:
    """What may still be added of a part is what was left the year before and this year's growth, less what is added."""
    left = matrix.block(at.saved >= 0, -np.inf, np.nan_to_num(growth))
    matrix.add(left, at.saved, 1)
    matrix.add(left[:, 1:], at.saved[:, :-1], -1)
    for part in np.flatnonzero((left >= 0).any(1)):
        matrix.add(left[part], at.built[:, case.made_of[part]], 1)
        matrix.add(left[part], at.changed[:, case.adds[part]], 1)


def _costs(case: Case, at: Columns) -> Floats:
    """(columns,): discounted yuan for a tonne (MWh) of each, in `MONEY`."""
    cost, counts, left = np.zeros(at.count), case.discounted(), case.remaining()
    made = (
        np.nan_to_num(case.running)[:, :, None]
        + (np.nan_to_num(case.direct)[:, :, None] - case.free[case.product][:, None, :]) * case.carbon_price
    )
    priced = case.contract_factor * case.carbon_price if case.priced_power else 0.0
    prices = np.array([rule.price for rule in case.rules])[:, None]
    for numbers, money in (
        (at.built, case.built_annuity * left),
        (at.changed, case.change_annuity * left),
        (at.output, made * counts),
        (at.power, (case.contract_price + priced) * counts),
        (at.recycled, case.recycled_cost * counts),
        (at.outside, case.outside_cost * counts),
        (at.missed, prices * counts if case.rules else np.zeros(at.missed.shape)),
    ):
        there = numbers >= 0
        cost[numbers[there]] = np.broadcast_to(money, numbers.shape)[there] / MONEY
    return cost


def _uppers(case: Case, at: Columns, quantity: float, outside: Floats) -> Floats:
    upper = np.full(at.count, np.inf)
    for numbers, limit in (
        (at.recycled, case.recycled_limit),
        (at.power, case.contract_limit),
        (at.outside, outside),
    ):
        there = numbers >= 0
        upper[numbers[there]] = limit[there] / quantity
    upper[at.whole[at.whole >= 0]] = 1.0
    return upper
