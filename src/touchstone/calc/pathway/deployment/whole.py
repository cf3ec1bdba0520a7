"""Plans in which every line is wholly in one technology: what a group decides line by line.

The plan of parts (the linear optimum) says which technologies are worth considering on each line. Among these alone the best whole plan is
searched first, begun from the nearest whole way of every line; then, where the linear bound does not prove it and time is left, among all.
"""

from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.deployment.build import Model, build
from touchstone.calc.pathway.deployment.paths import Net, slots
from touchstone.calc.pathway.deployment.reading import plan_of
from touchstone.calc.pathway.deployment.result import Options, totals
from touchstone.calc.pathway.deployment.rules import mix_of
from touchstone.calc.pathway.deployment.solver import Found, Solver, Told
from touchstone.calc.pathway.plan import Plan

FIRST = 0.6
"""Share of the time for the search among technologies of the linear optimum."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The plan of whole lines, None where not even the rounded one can be; the bound in yuan; nodes searched."""

    plan: Plan | None
    bound: float
    steps: int


def paced(case: Case) -> Case:
    """The case in which a pace below the largest line is that line: else no whole line of that size could ever change."""
    largest = np.where(case.allowed, case.capacity.max(1)[:, None], 0.0).max(0)
    return replace(case, ramp=np.where(case.ramp > 0, np.maximum(case.ramp, largest), 0.0))


def whole(
    case: Case,
    parts: Plan,
    bound: float,
    options: Options,
    seconds: float,
    told: Told | None = None,
    stop: Event | None = None,
) -> Whole:
    """The least-cost plan of whole lines of a `paced` case.

    Args:
        parts: its linear optimum, whose mix of power holds where rules count part of a supply. bound: of that, yuan.
    """
    mix = mix_of(case, parts)
    few = build(narrowed(case, parts), mix, whole=True)
    begun = nearest(few, parts)
    found = _searched(few, begun, options, seconds * FIRST, told, stop)
    values = found.values
    if values is None and seconds > 0:
        values = _with(few, begun, options).values
    plan = None if values is None else plan_of(few, values)
    proven = (
        plan is not None
        and np.isfinite(bound)
        and sum(totals(case, plan)) <= bound + options.gap * abs(bound)
    )
    if proven or (stop is not None and stop.is_set()):
        return Whole(plan, bound, found.steps)
    every = build(case, mix, whole=True)
    begun = nearest(every, plan or parts)
    left = seconds - found.seconds
    second = _searched(every, begun, options, left, told, stop)
    other = None if second.values is None else plan_of(every, second.values)
    plans = [each for each in (plan, other) if each is not None]
    best = min(plans, key=lambda each: sum(totals(case, each)), default=None)
    return Whole(best, max(bound, second.bound * every.yuan), found.steps + second.steps)


def narrowed(case: Case, parts: Plan) -> Case:
    """The case with, on every line, the technologies that it begins in or is in for some part and year of a plan."""
    considered = (parts.standing > 1e-6 * case.capacity.max(1)[:, None, None]).any(2)
    known = case.initial >= 0
    considered[np.flatnonzero(known), case.initial[known]] = True
    return replace(case, electricity=np.where(considered, case.electricity, np.nan))


def nearest(model: Model, parts: Plan) -> Floats:
    """(P, T, Y) 0 or 1: the way of each line, possible by itself, that is most of what it does in a plan of parts."""
    case, net = model.case, Net(model.case)
    share = np.divide(
        parts.standing,
        case.capacity[:, None, :],
        out=np.zeros_like(parts.standing),
        where=case.capacity[:, None, :] > 0,
    )
    wish = np.where(model.at.standing >= 0, -share, np.inf)
    none = -np.maximum(1 - share.sum(1, keepdims=True), 0)
    small = 1e-3
    arcs = np.concatenate(
        (
            np.where(model.at.changed >= 0, small, np.inf),
            np.where(model.at.built >= 0, small, np.inf),
            np.full(model.at.built.shape, small),
        ),
        axis=1,
    )
    parts_ = slots(case)
    ways = net.cheapest(case, parts_, arcs, np.concatenate((wish, none), axis=1))
    chosen = np.zeros(parts.standing.shape)
    slot, year = np.nonzero(ways.state < net.none)
    np.maximum.at(chosen, (parts_.line[slot], ways.state[slot, year], year), 1.0)
    return chosen * (chosen.sum(1, keepdims=True) <= 1)


def _searched(
    model: Model, begun: Floats, options: Options, seconds: float, told: Told | None, stop: Event | None
) -> Found:
    """The search, begun from whole ways of the lines (P, T, Y); the solver finds the best there is with them."""
    solver = Solver(model, options.method, options.seed, options.gap)
    numbers = model.whole.astype(np.int32)
    solver.highs.setSolution(len(numbers), numbers, begun[model.at.whole >= 0])
    return solver.run(seconds, told, stop)


def _with(model: Model, chosen: Floats, options: Options) -> Found:
    """The best there is with the lines as chosen."""
    solver = Solver(model, options.method, options.seed)
    numbers, fixed = model.whole.astype(np.int32), chosen[model.at.whole >= 0]
    solver.highs.changeColsBounds(len(numbers), numbers, fixed, fixed)
    return solver.run()
