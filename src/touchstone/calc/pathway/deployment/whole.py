"""Plans in which every line is wholly in one technology: what a group decides line by line.

The plan of parts (the linear optimum, or the best there was time for) says which technologies are worth considering on each line, and rounded
it is a first whole plan. From it the best whole plan is searched among these technologies; then, where the linear bound does not prove it and
time is left, among all.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.deployment.build import Model, build
from touchstone.calc.pathway.deployment.pace import growth, paced
from touchstone.calc.pathway.deployment.reading import plan_of
from touchstone.calc.pathway.deployment.result import Options, totals
from touchstone.calc.pathway.deployment.rounded import rounded
from touchstone.calc.pathway.deployment.rules import in_part, mix_of
from touchstone.calc.pathway.deployment.solver import Found, Solver, Told
from touchstone.calc.pathway.deployment.still import still
from touchstone.calc.pathway.plan import Plan

FIRST = 0.6
"""Share of the time for the search among technologies of the linear optimum."""
ROUNDED = 1.0
"""Seconds that the first whole plan may take even where no time is left, so that what is given is a plan."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The plan of whole lines, None where not even the rounded one can be; the bound in yuan; nodes searched."""

    plan: Plan | None
    bound: float
    steps: int


def whole(
    case: Case,
    parts: Plan,
    bound: float,
    options: Options,
    seconds: float,
    told: Told | None = None,
    stop: Event | None = None,
    known: Plan | None = None,
) -> Whole:
    """The least-cost plan of whole lines of a case.

    Args:
        parts: the linear optimum of the case `paced`, whose mix of power holds where rules count part of a supply. bound: of that, yuan.
        known: another plan of parts to begin from.
    """
    began, mix, grows, case = time.perf_counter(), mix_of(case, parts), growth(case), paced(case)

    def left() -> float:
        return 0.0 if stop is not None and stop.is_set() else seconds - (time.perf_counter() - began)

    begins = [each for each in (parts, known, still(case)) if each is not None]
    few = build(narrowed(case, begins), mix, True, grows)
    firsts = [_dispatched(few, rounded(few, each, grows), options) for each in begins]
    begun = min(firsts, key=lambda each: np.inf if each.values is None else each.objective)
    found = _searched(few, begun, options, left() * FIRST, told, stop)
    plan = _better(case, few, begun, found)
    proven = (
        plan is not None
        and np.isfinite(bound)
        and sum(totals(case, plan)) <= bound + options.gap * abs(bound)
    )
    if proven or left() <= 0:
        return Whole(plan, bound, found.steps)
    every = build(case, mix, True, grows)
    begun = _dispatched(every, rounded(every, plan or parts, grows), options)
    second = _searched(every, begun, options, left(), told, stop)
    plans = [each for each in (plan, _better(case, every, begun, second)) if each is not None]
    best = min(plans, key=lambda each: sum(totals(case, each)), default=None)
    # What is least about one mix bounds no plan of another.
    proven_ = bound if in_part(case) else max(bound, second.bound * every.yuan)
    return Whole(best, proven_, found.steps + second.steps)


def narrowed(case: Case, plans: Sequence[Plan]) -> Case:
    """The case with, on every line, the technologies that it begins in or is in for some part and year of a plan."""
    least = 1e-6 * case.capacity.max(1)[:, None, None]
    considered = np.any([(each.standing > least).any(2) for each in plans], axis=0)
    known = case.initial >= 0
    considered[np.flatnonzero(known), case.initial[known]] = True
    return replace(case, electricity=np.where(considered, case.electricity, np.nan))


def _searched(
    model: Model, begun: Found, options: Options, seconds: float, told: Told | None, stop: Event | None
) -> Found:
    """The search, begun from a whole plan where there is one."""
    solver = Solver(model, options.method, options.seed, options.gap)
    if begun.values is not None:
        solver.begin(begun.values)
    return solver.run(seconds, told, stop)


def _dispatched(model: Model, chosen: Floats, options: Options) -> Found:
    """The best there is with the lines as chosen; it takes no time worth speaking of, and is there however late it is."""
    solver = Solver(model, options.method, options.seed)
    numbers, fixed = model.whole.astype(np.int32), chosen[model.at.whole >= 0]
    solver.highs.changeColsBounds(len(numbers), numbers, fixed, fixed)
    return solver.run(ROUNDED)


def _better(case: Case, model: Model, begun: Found, found: Found) -> Plan | None:
    """The better of what a search began with and what it found; None where there is neither."""
    plans = [plan_of(model, each.values) for each in (begun, found) if each.values is not None]
    return min(plans, key=lambda each: sum(totals(case, each)), default=None)
