"""The full model of a case, solved."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.deployment.build import Model, build
from touchstone.calc.pathway.deployment.prices import Prices, prices_of
from touchstone.calc.pathway.deployment.reading import plan_of
from touchstone.calc.pathway.deployment.result import totals
from touchstone.calc.pathway.deployment.rules import (
    Mix,
    alike_peaks,
    apart,
    between,
    extremes,
    in_part,
    last_before,
    loosened,
    mix_of,
    needs_mix,
)
from touchstone.calc.pathway.deployment.solver import Found, Solver, Told
from touchstone.calc.pathway.deployment.still import still
from touchstone.calc.pathway.plan import Plan

ROUNDS = 6
"""How often a model with a mix of power is solved again at most."""
SETTLED = 1e-3
"""Change of a mix (t CO2e/MWh, share) below which it is taken as the plan's own."""


@dataclass(frozen=True, slots=True)
class Exact:
    """The solved model; `plan` and `prices` None where it was stopped before there was one.

    `mix`: of the plan; `settled`: whether it is that about which the model was linear.
    """

    model: Model
    found: Found
    plan: Plan | None
    prices: Prices | None
    mix: Mix
    settled: bool
    seconds: float


def exact(
    case: Case,
    method: str = "auto",
    seconds: float = np.inf,
    seed: int = 1,
    told: Told | None = None,
    stop: Event | None = None,
    mix: Mix | None = None,
) -> Exact:
    """Solve the full model; where rules are linear only about a mix, again with the mix found until that stays."""
    began, again = time.perf_counter(), needs_mix(case)
    mix = mix or last_before(case, mix_of(case, still(case)))
    best: Exact | None = None
    for turn in range(ROUNDS if again else 1):
        model = build(case, mix)
        found = Solver(model, method, seed).run(seconds - (time.perf_counter() - began), told, stop)
        spent = time.perf_counter() - began
        if found.values is None:
            return best or Exact(model, found, None, None, mix, False, spent)
        plan = plan_of(model, found.values)
        bought = mix_of(case, plan)
        settled = not again or apart(case, mix, bought) < SETTLED
        made = Exact(model, found, plan, prices_of(model, found.duals), bought, settled, spent)
        if best is None or sum(totals(case, plan)) <= sum(totals(case, best.plan or plan)):
            best = made
        if settled:
            break
        mix = between(mix, bought) if turn else bought
    assert best is not None
    return best


def begun_anew(
    case: Case,
    found: Exact,
    method: str,
    left: Callable[[], float],
    seed: int = 1,
    stop: Event | None = None,
) -> Exact:
    """The best of a solved model and of those begun from other mixes: with the cleanest, the dirtiest power, and peaks where nothing is done."""
    if found.plan is None or not needs_mix(case):
        return found
    best, least = found, sum(totals(case, found.plan))
    idle = mix_of(case, still(case))
    others = extremes(case, found.mix) if in_part(case) else (idle,)
    for mix in others:
        if mix is idle and alike_peaks(case, idle, found.mix):
            continue  # that year was the one
        other = exact(case, method, left(), seed, None, stop, mix)
        cost = np.inf if other.plan is None else sum(totals(case, other.plan))
        if cost < least * (1 - 1e-9):
            best, least = other, cost
    return best


def below(
    case: Case,
    plan: Plan,
    method: str = "auto",
    seconds: float = np.inf,
    seed: int = 1,
    stop: Event | None = None,
) -> float:
    """Yuan below which no plan can be that peaks when this one does, whatever its mix of power; -inf where there was no time for it."""
    model = build(*loosened(case, plan))
    found = Solver(model, method, seed).run(seconds, None, stop)
    return -np.inf if found.values is None else found.bound * model.yuan
