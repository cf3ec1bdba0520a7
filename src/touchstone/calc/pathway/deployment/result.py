"""What a deployment gives: the plan with what is known of it, and what of the case and of the solver it came from."""

import hashlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING, Held, accounts, held, objective
from touchstone.calc.pathway.case import Begun, Case, Floats, Pool, Rule
from touchstone.calc.pathway.deployment.prices import Prices
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.facts.text import Text

if TYPE_CHECKING:
    from touchstone.calc.pathway.deployment.conflict import Wish


@dataclass(frozen=True, slots=True)
class Options:
    """How to deploy.

    Attributes:
        level: "exact" (the full model), "paths" (alike lines together, handed back, then bettered way by way), "whole" (every line in
            one technology) or "auto", which takes the full model where it is small and paths where it is not.
        method: "ipm", "simplex" or "auto". seconds: after which the best plan so far is given.
        gap: share of the cost within which a plan counts as optimal. seed: of the solver.
        bins: classes of cost into which alike lines are put before they are put together, 0 for one.
    """

    level: str = "auto"
    method: str = "auto"
    seconds: float = np.inf
    gap: float = 1e-3
    seed: int = 1
    bins: int = 0


@dataclass(frozen=True, slots=True)
class Deployed:
    """A plan and what is known of it; money in yuan, discounted to the first year.

    Attributes:
        status: "optimal" (within the gap asked for), "stopped" (time or somebody; the best plan so far), "local" (the best of some mixes of
            power, where rules count only some lines of a supply, and above the gap) or "gap" (ended above the gap).
        cost: `accounts.objective` of the plan. missed: the price of missed rules. bound: below which no plan can be, of cost and missed;
            where there is a rule on a peak, no plan that peaks in the same year before it.
        prices: None where none are known (plans of whole lines, plans that were stopped).
        settled: whether the mix of power by which rules count part of a supply is the plan's own.
        level, method, solver, seed, seconds, steps: how it was found. digest: of the case.
        wishes: what cannot hold together (`conflict.judged`), None where that was not looked for.
        beyond: the missed rules that cannot be met even alone (`alone.out_of_reach`), None where that was not looked for.
    """

    plan: Plan
    status: str
    cost: float
    missed: float
    bound: float
    prices: Prices | None
    settled: bool
    level: str
    method: str
    solver: str
    seed: int
    seconds: float
    steps: int
    digest: str
    wishes: "tuple[Wish, ...] | None" = None
    beyond: "tuple[Wish, ...] | None" = None

    @property
    def gap(self) -> float:
        """How far above the optimum the plan can be at most, as a share of the optimum; infinite where nothing is proven."""
        return proven(self.cost + self.missed, self.bound)


_LEVEL = 1e-5
"""Share of a bound below it by which a plan may lie for the solver's rounding; one that lies lower shows the bound to be of other plans."""


def proven(total: float, bound: float) -> float:
    """How far above the optimum what costs `total` can be at most, as a share; infinite where the bound is none of it."""
    if not np.isfinite(bound) or total < bound - _LEVEL * abs(bound):
        return np.inf
    if total <= bound:
        return 0.0
    return (total - bound) / abs(bound) if bound else np.inf


def cut_short(found: Deployed, wanted: float, where: str) -> UnusablePathway | None:
    """What to tell of a plan that is not proven within `wanted` (share of its cost); None of one that is, or that no more time betters."""
    if found.gap <= wanted or found.status == "local":
        return None
    proof = Text(
        f"成本至多比最优高 {found.gap:.2%}" if np.isfinite(found.gap) else "与最优的差距尚无证明",
        f"at most {found.gap:.2%} above the least cost"
        if np.isfinite(found.gap)
        else "nothing is proven of it yet",
    )
    return refusal("PLAN-003", where, seconds=found.seconds, wanted=wanted, proof=proof)


@dataclass(frozen=True, slots=True)
class Miss:
    """A rule that a plan misses in a year: by how much, in units of its numerator, and what that costs, undiscounted yuan a year."""

    rule: Rule
    year: int
    value: float
    limit: float
    missed: float
    cost: float


def totals(case: Case, plan: Plan) -> tuple[float, float]:
    """Discounted yuan of a plan, and of the rules it misses; a decline before the first year is not known and costs nothing."""
    return objective(case, plan), float(sum((_paid(case, each)).sum() for each in _held(case, plan)))


def misses(case: Case, plan: Plan) -> tuple[Miss, ...]:
    """The rules a plan misses, dearest first; what is below the rounding of a solver is met."""
    found = [
        Miss(
            each.rule,
            int(case.years[y]),
            each.value[y],
            each.rule.limit[y],
            each.missed[y],
            each.rule.price * each.missed[y],
        )
        for each in _held(case, plan)
        for y in np.flatnonzero(np.nan_to_num(each.missed) > ROUNDING * each.size)
    ]
    return tuple(sorted(found, key=lambda miss: -miss.cost))


def _held(case: Case, plan: Plan) -> tuple[Held, ...]:
    return held(case, plan, accounts(case, plan))


def _paid(case: Case, each: Held) -> Floats:
    missed = np.nan_to_num(each.missed)
    if each.rule.indicator in ("decline", "peak"):
        missed = missed * (np.arange(len(missed)) > 0)
    return each.rule.price * missed * case.discounted()


def digest(case: Case) -> str:
    """A hash of all that a case says, so that a plan is known to be of this case and no other."""
    made = hashlib.sha256()
    for part in fields(case):
        if (
            part.name != "dearer" or case.dearer is not None
        ):  # of futures alone: others keep the hash they had
            _add(made, part.name, getattr(case, part.name))
    return made.hexdigest()[:16]


def _add(made: "hashlib._Hash", name: str, value: object) -> None:
    made.update(name.encode())
    if isinstance(value, np.ndarray):
        made.update(str((value.dtype, value.shape)).encode() + np.ascontiguousarray(value).tobytes())
    elif isinstance(value, tuple) and value and isinstance(value[0], Rule | Pool):
        for rule in value:
            for part in fields(rule):
                _add(made, part.name, getattr(rule, part.name))
    elif isinstance(value, Begun):
        for part in fields(value):
            _add(made, part.name, getattr(value, part.name))
    else:
        made.update(repr(value).encode())
