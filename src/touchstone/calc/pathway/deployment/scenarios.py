"""Many optimised scenarios of one case: draws change demand, prices, factors and costs, the lines and their ways stay.

Of all that lines could do a scenario does little, and scenarios do much the same. So a few, as unlike as can be, are solved in full; what
any of them does is the model of the others, a fifth of the size, begun from one basis. Then every line's cheapest way at the prices found (`bound`) says how
far the cost can be above the full model's; where that is more than asked for, those ways are added and it is solved again. Nothing is
carried from one draw to the next: an outcome does not depend on the order, nor on how many processes work.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from touchstone.calc.pathway.accounts import accounts
from touchstone.calc.pathway.case import Bools, Case, Floats
from touchstone.calc.pathway.deployment.bound import Bounding
from touchstone.calc.pathway.deployment.build import build
from touchstone.calc.pathway.deployment.exact import exact
from touchstone.calc.pathway.deployment.narrowed import proven
from touchstone.calc.pathway.deployment.reading import plan_of
from touchstone.calc.pathway.deployment.result import totals
from touchstone.calc.pathway.deployment.rules import Mix
from touchstone.calc.pathway.deployment.solver import Solver
from touchstone.calc.pathway.deployment.support import restricted, taken
from touchstone.calc.pathway.plan import Plan

Draw = Callable[[Case, int], Case]
"""The case of draw number n; must be importable (a function of a module) where several processes work, and leave lines, ways, years,
capacity and load as they are."""

TRAINED = 8
"""Draws solved in full, whose doings are the model of all others."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An optimised scenario: number of its draw, discounted cost and price of missed rules (yuan), proven gap, emissions (Y,) t CO2e,
    standing (T, Y) t/a and recycled, outside (K, Y) t."""

    draw: int
    cost: float
    missed: float
    gap: float
    emissions: Floats
    standing: Floats
    recycled: Floats
    outside: Floats


def scenarios(
    case: Case, draw: Draw, draws: int, gap: float = 2.5e-3, processes: int = 2, seed: int = 1
) -> Iterator[Outcome]:
    """The least-cost plans of `draws` draws, in their order.

    Args:
        gap: share of the cost within which each plan is proven.
        processes: 1 works in this process.
    """
    begun = _begun(case, draw, unlike(case, draw, draws), seed)
    spans = [range(first, min(first + 20, draws)) for first in range(0, draws, 20)]
    if processes < 2:
        worker = _Worker(case, draw, begun, gap, seed)
        for span in spans:
            yield from (worker.solved(number) for number in span)
        return
    with ProcessPoolExecutor(
        processes, get_context("spawn"), _share, (case, draw, begun, gap, seed)
    ) as workers:
        for outcomes in workers.map(_work, spans):
            yield from outcomes


@dataclass(frozen=True, slots=True)
class _Begun:
    support: Bools
    mix: Mix


def unlike(case: Case, draw: Draw, draws: int, count: int = TRAINED) -> list[int]:
    """Draws as unlike each other and the case as can be: each the one farthest from those before it."""
    marks = np.array([_mark(case, draw(case, number)) for number in range(draws)])
    scale = marks.std(0)
    marks = marks / np.where(scale > 0, scale, 1.0)
    far, chosen = (marks**2).sum(1), list[int]()
    for _ in range(min(count, draws)):
        chosen.append(int(far.argmax()))
        far = np.minimum(far, ((marks - marks[chosen[-1]]) ** 2).sum(1))
    return chosen


def _mark(case: Case, drawn: Case) -> Floats:
    """How much more of everything that draws may change: early, in the middle and late where it has years."""
    found = []
    for name in ("demand", "recycled_limit", "contract_price", "contract_factor", "carbon_price"):
        base, other = getattr(case, name), getattr(drawn, name)
        for years in np.array_split(np.arange(len(case.years)), min(3, len(case.years))):
            total = base[..., years].sum()
            found.append(other[..., years].sum() / total if total else 0.0)
    for name in ("change", "investment", "running"):
        total = np.nansum(getattr(case, name))
        found.append(np.nansum(getattr(drawn, name)) / total if total else 0.0)
    return np.array(found)


def _begun(case: Case, draw: Draw, trained: list[int], seed: int) -> _Begun:
    """What lines do in the case itself and in some draws."""
    first = exact(case, seed=seed)
    assert first.found.values is not None
    support = taken(first.model, first.found.values)
    for number in trained:
        found = exact(draw(case, number), seed=seed, mix=first.mix)
        assert found.found.values is not None
        support |= taken(found.model, found.found.values)
    return _Begun(support, first.mix)


class _Worker:
    """Solves draws, each from the basis of the case itself."""

    def __init__(self, case: Case, draw: Draw, begun: _Begun, gap: float, seed: int) -> None:
        self.case, self.draw, self.begun, self.gap, self.seed = case, draw, begun, gap, seed
        self.first = restricted(Bounding(build(case, begun.mix)), begun.support)
        solver = Solver(self.first.model, "simplex", seed)
        solver.run()
        self.basis = solver.highs.getBasis()

    def solved(self, number: int) -> Outcome:
        drawn = self.draw(self.case, number)
        model = build(drawn, self.begun.mix)
        begun = self.first.rows, self.basis
        values, _, best = proven(Bounding(model), self.begun.support, self.gap, self.seed, begun)
        return _outcome(drawn, number, plan_of(model, values), best * model.yuan)


def _outcome(case: Case, number: int, plan: Plan, bound: float) -> Outcome:
    cost, missed = totals(case, plan)
    gap, emissions = (cost + missed - bound) / abs(bound), accounts(case, plan).emissions
    return Outcome(number, cost, missed, gap, emissions, plan.standing.sum(0), plan.recycled, plan.outside)


_worker: _Worker | None = None


def _share(case: Case, draw: Draw, begun: _Begun, gap: float, seed: int) -> None:
    global _worker  # a process gets the case once, not with every span
    _worker = _Worker(case, draw, begun, gap, seed)


def _work(span: Sequence[int]) -> list[Outcome]:
    assert _worker is not None
    return [_worker.solved(number) for number in span]
