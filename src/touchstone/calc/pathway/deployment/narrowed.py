"""Least-cost plans of cases that are much alike: a model of little of what lines could do, widened until the plan is proven.

Of all that lines could do a plan does little, and plans of cases that are much alike do much the same. What some of them do (`Done`) is the
model of the others; then every line's cheapest way at the prices found (`bound`) says how far the cost can be above the full model's;
where that is more than asked for, those ways are added and it is solved again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats, Ints
from touchstone.calc.pathway.deployment.bound import Bounding
from touchstone.calc.pathway.deployment.build import Model, build
from touchstone.calc.pathway.deployment.exact import SETTLED, exact
from touchstone.calc.pathway.deployment.pool import PARTS, pool_at
from touchstone.calc.pathway.deployment.reading import plan_of
from touchstone.calc.pathway.deployment.result import totals
from touchstone.calc.pathway.deployment.rules import Mix, apart, mix_of, needs_mix
from touchstone.calc.pathway.deployment.solver import Solver
from touchstone.calc.pathway.deployment.support import TAKEN, carried, restricted
from touchstone.calc.pathway.plan import Plan, Stopped

ROUNDS = 12
"""How often a model is widened at most."""
_TURNS = 3
"""How often a model in which rules count part of a supply is made anew about the mix found."""


def proven(
    bounding: Bounding,
    support: Bools,
    gap: float,
    seed: int,
    begun: tuple[Ints, Any] | None = None,
    stop: Event | None = None,
) -> tuple[Floats, float, float]:
    """Values of the whole model's columns, their objective, and below which none can be.

    Args:
        support: of the line columns, those to begin with. begun: rows of the same part of a model of the same lines, and its basis.

    Raises:
        Stopped: `stop` was set.
    """
    best, basis, values, objective = -np.inf, None, np.zeros(0), np.inf
    part = restricted(bounding, support)
    if begun is not None and np.array_equal(part.rows, begun[0]):
        basis = begun[1]
    for _ in range(ROUNDS):
        solver = Solver(part.model, "simplex", seed)
        if basis is not None:
            solver.highs.setBasis(basis)
        found = solver.run(stop=stop)
        if found.values is None:
            raise _ended(found.status, stop)
        values, objective = part.values(bounding.model, found.values), found.objective
        bound = bounding.at(part.duals(bounding, found.duals))
        best = max(best, bound.value)
        if objective - best <= gap * abs(best):
            break
        support = support.copy()
        support[np.unique(pool_at(bounding, bound).ways.indices)] = True
        wider = restricted(bounding, support)
        basis, part = carried(solver, part, wider), wider
    return values, objective, best


@dataclass(frozen=True, slots=True)
class Done:
    """What lines do in some plans, and the mix of power they do it with; makes plans of cases with the same lines, states and years.

    Attributes:
        parts: as in `Plan`, where something is done. gap: share of the cost within which each plan is proven.
        stop: ends the making of a plan, with `Stopped`, when it is set.
    """

    parts: dict[str, Bools]
    mix: Mix
    gap: float
    seed: int
    stop: Event | None = None

    def __call__(self, case: Case) -> Plan:
        """The least-cost plan of a case, within the gap. Raises Stopped: `stop` is set before there is one."""
        if _heard(self.stop):
            raise Stopped
        mix, best, least = self.mix, None, np.inf
        for _ in range(_TURNS if needs_mix(case) else 1):
            model = build(case, mix)
            values, objective, bound = proven(
                Bounding(model), _support(model, self.parts), self.gap, self.seed, stop=self.stop
            )
            if objective - bound > self.gap * abs(bound):
                return _whole(case, self.seed, self.mix, self.stop)
            plan = plan_of(model, values)
            bought, cost = mix_of(case, plan), sum(totals(case, plan))
            if cost < least:
                best, least = plan, cost
            if apart(case, mix, bought) < SETTLED:
                break
            mix = bought
        assert best is not None
        return best


def learned(
    case: Case,
    others: Sequence[Case],
    gap: float = 2.5e-3,
    seed: int = 1,
    told: Callable[[], bool] | None = None,
    stop: Event | None = None,
) -> Done:
    """What lines do in the least-cost plans of a case and of others, each solved in full; and where nothing is done.

    Args:
        told: called after each; a False ends the learning with what there is.
        stop: ends it at once when it is set, and the plans made by what was learned.
    """
    first = exact(case, seed=seed, stop=stop)
    lines = np.arange(len(case.lines))
    parts = {part: np.zeros(getattr(first.model.at, part).shape, bool) for part in PARTS}
    stood = case.initial >= 0
    for part in ("standing", "output"):
        parts[part][lines[stood], case.initial[stood]] = True
    for number in range(-1, len(others)):
        found = first if number < 0 else exact(others[number], seed=seed, stop=stop, mix=first.mix)
        if found.found.values is not None:
            for part, does in parts.items():
                at = getattr(found.model.at, part)
                there = at >= 0
                does[there] |= found.found.values[at[there]] > TAKEN
        if (told is not None and not told()) or _heard(stop):
            break
    return Done(parts, first.mix, gap, seed, stop)


def _support(model: Model, parts: dict[str, Bools]) -> Bools:
    """(line columns,): what is done, of what can be decided in this model."""
    return np.concatenate([parts[part][getattr(model.at, part) >= 0] for part in PARTS])


def _whole(case: Case, seed: int, mix: Mix, stop: Event | None) -> Plan:
    found = exact(case, seed=seed, stop=stop, mix=mix)
    if found.plan is None:
        raise _ended(found.found.status, stop)
    return found.plan


def _ended(status: str, stop: Event | None) -> Exception:
    """Why there is no plan: somebody stopped it, or the solver gave up."""
    return Stopped() if _heard(stop) else RuntimeError(status)


def _heard(stop: Event | None) -> bool:
    return stop is not None and stop.is_set()
