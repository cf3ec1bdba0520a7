"""One model under a moving limit or price: the integrated curve of abatement costs.

The cap on emissions is lowered step by step from what the optimum emits without it (or the price of carbon is raised), in one model that
keeps its basis: small sorted steps are where a warm start pays. At every step the dual of the yearly row is the marginal cost, and what
came into the plan since the step before is what was done for it. Rules that count part of a supply are taken about the mix of the plan in
which nothing changes (`rules`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from touchstone.calc.pathway.accounts import accounts, fraction
from touchstone.calc.pathway.case import Case, Floats, Rule
from touchstone.calc.pathway.deployment.build import MONEY, build
from touchstone.calc.pathway.deployment.clusters import Clusters, cluster, handed_back
from touchstone.calc.pathway.deployment.reading import plan_of
from touchstone.calc.pathway.deployment.result import totals
from touchstone.calc.pathway.deployment.solver import Progress, Solver, Told
from touchstone.calc.pathway.plan import Plan


@dataclass(frozen=True, slots=True)
class Step:
    """A point of the curve.

    Attributes:
        cut: share by which the emissions of the first step are lowered; price: yuan/t CO2e, of a sweep of prices, else NaN.
        emissions: (Y,) t CO2e of the rule; cost: discounted yuan without the price swept and without missed rules.
        marginal: (Y,) yuan/t CO2e of each year's own money: of the last tonne avoided.
        came: (T, Y) t/a of each technology standing more than at the step before.
    """

    plan: Plan
    cut: float
    price: float
    emissions: Floats
    cost: float
    marginal: Floats
    came: Floats


def caps(
    case: Case,
    cuts: Sequence[float],
    rule: Rule | None = None,
    told: Told | None = None,
    stop: Event | None = None,
    bins: int = 0,
) -> Iterator[Step]:
    """The curve by falling caps on the emissions of `rule` (its lines, products, gases and price; all, at 20,000 yuan/t, if None).

    Args:
        cuts: shares by which each year's emissions are lowered against the optimum without the cap; taken in rising order.
    """
    every = np.ones(len(case.lines), bool), np.ones(len(case.products), bool)
    rule = rule or Rule("sweep", "emissions", "most", np.zeros(0), *every, price=20_000.0)
    rule = replace(rule, indicator="emissions", sense="most", limit=np.zeros(len(case.years)))
    grouped = cluster(replace(case, rules=(*case.rules, rule)), bins)
    model = build(grouped.case)
    numbers = model.rows.rules[-1].astype(np.int32)
    solver = Solver(model, "simplex")
    first = plan = None
    for number, cut in enumerate([0.0, *sorted(cut for cut in cuts if cut > 0)]):
        limits = np.full(len(numbers), np.inf) if first is None else first * (1 - cut) / model.quantity
        limits[: int(model.stood)] = np.inf  # nothing can be done about a first year that stands
        for row, limit in zip(numbers.tolist(), limits.tolist(), strict=True):
            solver.highs.changeRowBounds(row, -np.inf, limit)
        found = solver.run(stop=stop)
        if found.values is None:
            return
        if first is None:
            first = _emitted(case, rule, handed_back(grouped, plan_of(model, found.values)))
        marginal = -found.duals[numbers] * MONEY / case.discounted()
        step = _step(case, rule, grouped, plan_of(model, found.values), plan, cut, np.nan, marginal)
        plan = step.plan
        if told is not None:
            told(Progress("simplex", found.seconds, number, step.cost))
        yield step


def prices(
    case: Case, asked: Sequence[float], told: Told | None = None, stop: Event | None = None, bins: int = 0
) -> Iterator[Step]:
    """The curve by rising prices of the lines' emissions (yuan/t, the same every year), allowances as the case gives them."""
    grouped = cluster(case, bins)
    every = Rule(
        "sweep",
        "emissions",
        "most",
        np.zeros(0),
        np.ones(len(case.lines), bool),
        np.ones(len(case.products), bool),
        0.0,
    )
    if not case.priced_power:
        every = replace(every, gases="direct")
    solver, plan, first = None, None, None
    for number, price in enumerate(sorted(asked)):
        model = build(replace(grouped.case, carbon_price=np.full(len(case.years), float(price))))
        if solver is None:
            solver = Solver(model, "simplex")
        else:
            columns = np.arange(model.at.count, dtype=np.int32)
            solver.highs.changeColsCost(len(columns), columns, model.cost)
        found = solver.run(stop=stop)
        if found.values is None:
            return
        marginal = np.full(len(case.years), float(price))
        step = _step(case, every, grouped, plan_of(model, found.values), plan, 0.0, float(price), marginal)
        first = step.emissions.sum() if first is None else first
        plan = step.plan
        if told is not None:
            told(Progress("simplex", found.seconds, number, step.cost))
        yield replace(step, cut=float(1 - step.emissions.sum() / first) if first else 0.0)


def _step(
    case: Case,
    rule: Rule,
    grouped: Clusters,
    found: Plan,
    last: Plan | None,
    cut: float,
    price: float,
    marginal: Floats,
) -> Step:
    plan = handed_back(grouped, found)
    free = replace(case, carbon_price=np.zeros(len(case.years))) if not np.isnan(price) else case
    came = (
        np.maximum((plan.standing - last.standing).sum(0), 0)
        if last is not None
        else np.zeros(plan.standing.shape[1:])
    )
    return Step(plan, cut, price, _emitted(case, rule, plan), totals(free, plan)[0], marginal, came)


def _emitted(case: Case, rule: Rule, plan: Plan) -> Floats:
    return fraction(case, plan, accounts(case, plan), rule)[0]
