"""The least-cost plan of a case, whatever its size: the front door of the deployment.

    deploy(case)                                  a plan within 0.1 % of the optimum, and the proof
    deploy(case, Options(level="whole"))          every line in one technology altogether
    deploy(case, Options(seconds=30), told, stop) at most half a minute, telling how far it is, stopped when `stop` is set

However it ends there is a plan: at worst the one in which nothing is changed, or the one that it was given to begin with.
"""

import time
from dataclasses import replace
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.deployment.bound import Bounding
from touchstone.calc.pathway.deployment.build import Model, build
from touchstone.calc.pathway.deployment.clusters import Clusters, cluster, handed_back
from touchstone.calc.pathway.deployment.coarse import spread_out, thinned
from touchstone.calc.pathway.deployment.columns import reachable
from touchstone.calc.pathway.deployment.exact import SETTLED, begun_anew, below, exact
from touchstone.calc.pathway.deployment.generation import generate
from touchstone.calc.pathway.deployment.pace import paced
from touchstone.calc.pathway.deployment.pool import pool_of
from touchstone.calc.pathway.deployment.prices import Prices, prices_of
from touchstone.calc.pathway.deployment.reading import plan_of, possible
from touchstone.calc.pathway.deployment.result import Deployed, Options, digest, proven, totals
from touchstone.calc.pathway.deployment.rules import (
    Mix,
    alike_peaks,
    apart,
    chosen_peaks,
    in_part,
    last_before,
    loosened,
    mix_of,
    needs_mix,
)
from touchstone.calc.pathway.deployment.solver import Told, name
from touchstone.calc.pathway.deployment.still import still
from touchstone.calc.pathway.deployment.whole import whole
from touchstone.calc.pathway.plan import Plan

FULL_BELOW = 6_000
"""(line, technology, year) that can stand, below which the full model is the fastest (measured: docs/decisions/0023)."""
ALIKE = 120
"""Clusters above which the first prices come from every fifth year only."""
TURNS = 4
"""How often a model in which rules count part of a supply is made anew about the mix found."""


class _Clock:
    """What is left of the time, from the moment it is made."""

    def __init__(self, seconds: float, stop: Event | None) -> None:
        self.began, self.seconds, self.stop = time.perf_counter(), seconds, stop

    @property
    def spent(self) -> float:
        return time.perf_counter() - self.began

    @property
    def left(self) -> float:
        return 0.0 if self.stop is not None and self.stop.is_set() else max(self.seconds - self.spent, 0.0)


def deploy(
    case: Case,
    options: Options | None = None,
    told: Told | None = None,
    stop: Event | None = None,
    first: Plan | None = None,
) -> Deployed:
    """The least-cost plan of a case; see the module. `first`: a plan that is known; what is found is no dearer, whole lines apart."""
    options = options or Options()
    clock = _Clock(options.seconds, stop)
    small = int(reachable(case)[0].sum()) < FULL_BELOW
    level = ("exact" if small else "paths") if options.level == "auto" else options.level
    if told is not None and in_part(case):
        told = _without_bound(told)
    if level == "whole":
        return _wholly(case, options, clock, told, small, first)
    return _no_dearer(
        case,
        options,
        {"exact": _exactly, "paths": _by_paths}[level](case, options, clock, told, small),
        first,
    )


def _no_dearer(case: Case, options: Options, found: Deployed, first: Plan | None) -> Deployed:
    """What was found, or a plan that was known before, if that costs less and is one of the case."""
    if first is None:
        return found
    cost, missed = totals(case, first)
    # What is proven is proven of plans that peak in the same year: one of another may be cheaper by more than rounding.
    if cost + missed >= (found.cost + found.missed) * (1 - 1e-9) or not possible(build(case), first):
        return found
    one_peak = alike_peaks(case, mix_of(case, found.plan), mix_of(case, first))
    bound = found.bound if one_peak else -np.inf
    if proven(cost + missed, bound) <= options.gap:
        status = "optimal"
    else:
        status = "gap" if found.status == "optimal" else found.status
    return replace(
        found,
        plan=first,
        cost=cost,
        missed=missed,
        bound=bound,
        status=status,
        prices=None,
        settled=True,
        method="known",
    )


def _without_bound(told: Told) -> Told:
    """What is heard while it is searched, without the bound of a model that is linear about one mix only: it is none of the case."""
    return lambda progress: told(replace(progress, bound=np.nan))


_Given = tuple[Plan, float, Prices | None, bool, str, int]
"""Plan, bound in yuan, prices, whether the mix settled, method, steps."""


def _told_of(case: Case, options: Options, clock: _Clock, level: str, given: _Given) -> Deployed:
    plan, bound, prices, settled, method, steps = given
    cost, missed = totals(case, plan)
    done, cut = proven(cost + missed, bound) <= options.gap, clock.left <= 0
    status = "optimal" if done else "stopped" if cut else "local" if in_part(case) else "gap"
    return Deployed(
        plan, status, cost, missed, bound, prices, settled, level, method, name(), options.seed, clock.spent, steps, digest(case)
    )  # fmt: skip


def _exactly(case: Case, options: Options, clock: _Clock, told: Told | None, small: bool) -> Deployed:
    limited = np.isfinite(clock.seconds) or clock.stop is not None
    before = None if small or not limited else _by_paths(case, options, clock, told, small, clock.left / 2)
    # A small model is solved before ways are known; where it is not, ways give a plan in what is left.
    most = clock.left / 2 if small and np.isfinite(clock.seconds) else clock.left
    found = exact(case, options.method, most, options.seed, told, clock.stop)
    if found.plan is None:
        if before is not None:
            # Ways were given half the time; with the rest gone too, time is why it ended.
            late = before.status != "optimal" and clock.left <= 0
            return replace(before, status="stopped" if late else before.status, seconds=clock.spent)
        if clock.left > 0:
            return _by_paths(case, options, clock, told, small)
        given: _Given = (still(case), -np.inf, None, False, found.found.method, found.found.steps)
    else:
        if small:
            found = begun_anew(case, found, options.method, lambda: clock.left, options.seed, clock.stop)
        assert found.plan is not None
        bound = found.found.bound * found.model.yuan
        if in_part(case) or not found.settled:
            bound = below(case, found.plan, options.method, clock.left, options.seed, clock.stop)
        given = (found.plan, bound, found.prices, found.settled, found.found.method, found.found.steps)
    return _told_of(case, options, clock, "exact", given)


def _by_paths(
    case: Case, options: Options, clock: _Clock, told: Told | None, small: bool, seconds: float = np.inf
) -> Deployed:
    until = clock.spent + min(clock.left, seconds)
    found = _searched(case, options, clock, told, until, None)
    # As in the full model: the year that is highest where nothing is done may be the cheaper one to be held against.
    idle = mix_of(case, still(case))
    if not chosen_peaks(case) or alike_peaks(case, idle, mix_of(case, found.plan)) or clock.spent >= until:
        return found
    other = _searched(case, options, clock, told, until, idle)
    return min(found, other, key=lambda each: each.cost + each.missed)


def _searched(
    case: Case, options: Options, clock: _Clock, told: Told | None, until: float, mix: Mix | None
) -> Deployed:
    """The plan of ways, begun about a mix; None for that in which nothing is done, peaks held against the last year before them."""
    search = _Search(case, options, clock, until, told)
    if mix is not None:
        search.mix = mix
    if np.isfinite(search.until) or clock.stop is not None:
        search.early()
    search.begin()
    settled = not needs_mix(case)
    for _ in range(1 if settled else TURNS):
        if not search.better(options.gap / 2):
            break
        bought = mix_of(case, search.plan)
        settled = settled or apart(case, search.mix, bought) < SETTLED
        if settled:
            break
        search.mix = bought
    if in_part(case) or not settled:
        search.below()
    return _told_of(
        case,
        options,
        clock,
        "paths",
        (search.best, search.bound, search.prices, settled, "paths", search.steps),
    )


class _Search:
    """A plan that gets better: the best so far, with the ways known, the prices and the mix to go on from."""

    def __init__(self, case: Case, options: Options, clock: _Clock, until: float, told: Told | None) -> None:
        self.case, self.options, self.clock, self.until, self.told = case, options, clock, until, told
        self.plan = self.best = still(case)
        self.mix = last_before(case, mix_of(case, self.plan))
        self.plans, self.pool, self.shared = [self.plan], None, None
        self.bound, self.prices, self.steps = -np.inf, None, 0
        self.first: tuple[Model, Floats] | None = None
        self.bounding: Bounding | None = None

    @property
    def left(self) -> float:
        return min(self.clock.left, self.until - self.clock.spent)

    def early(self) -> None:
        """A first plan soon, from prices of every fifth year."""
        self._grouped(cluster(thinned(self.case, 5), self.options.bins))
        self.better(0.1)

    def begin(self) -> None:
        """Prices of clusters, and their plan; of many clusters in every fifth year only."""
        grouped = cluster(self.case, self.options.bins)
        if len(grouped.case.lines) <= ALIKE:
            found = self._grouped(grouped)
            if found is not None:
                self.plans.append(handed_back(grouped, found))
        elif self.shared is None:
            self._grouped(cluster(thinned(self.case, 5), self.options.bins))

    def _grouped(self, grouped: Clusters) -> Plan | None:
        first = exact(grouped.case, "ipm", self.left, self.options.seed, self.told, self.clock.stop)
        if first.plan is not None:
            self.first = (first.model, first.found.duals)
        return first.plan

    def better(self, gap: float) -> bool:
        """Find ways until the plan is within the gap; False where there was no time for it."""
        case, options = self.case, self.options
        model = build(case, self.mix)
        self.bounding = bounding = Bounding(model)
        if self.first is not None:
            thin, duals = self.first
            same = len(thin.case.years) == len(case.years)
            self.shared = bounding.duals_of(thin.rows, duals) if same else spread_out(bounding, thin, duals)
        for plan in self.plans:
            known = pool_of(model, plan)
            self.pool = known if self.pool is None else self.pool + known
        self.plans, self.first = [], None
        if self.shared is None:
            self.shared = np.zeros(len(bounding.shared))
        assert self.pool is not None
        made = generate(
            bounding, self.pool, self.shared, gap, self.left, self.told, self.clock.stop, options.seed
        )
        self.steps, self.pool, self.shared = self.steps + made.rounds, made.pool, made.duals
        self.bound = made.bound * model.yuan
        if made.values is None:
            return False
        self.plan = plan_of(model, made.values)
        self.best = min(self.best, self.plan, key=lambda plan: sum(totals(case, plan)))
        self.prices = _prices(model, bounding, made.duals)
        return made.ended

    def below(self) -> None:
        """The bound of the case itself where the model's is one of plans with its mix alone."""
        self.bound = -np.inf
        if self.bounding is None or self.pool is None or self.shared is None:
            return
        known = _of_rows(self.bounding, self.shared)
        model = build(*loosened(self.case, self.best))
        bounding, options = Bounding(model), self.options
        duals = bounding.duals_of(self.bounding.model.rows, known)
        made = generate(
            bounding, self.pool, duals, options.gap / 2, self.left, None, self.clock.stop, options.seed
        )
        self.bound = made.bound * model.yuan


def _of_rows(bounding: Bounding, duals: Floats) -> Floats:
    """(rows,): duals of the rows that lines share; 0 of the others."""
    full = np.zeros(len(bounding.model.row_lower))
    full[bounding.shared] = duals
    return full


def _prices(model: Model, bounding: Bounding, duals: Floats) -> Prices:
    return prices_of(model, _of_rows(bounding, duals), local=False)


def _wholly(
    case: Case, options: Options, clock: _Clock, told: Told | None, small: bool, first: Plan | None
) -> Deployed:
    case_ = paced(case)
    # Half the time: a plan of parts is not what was asked for.
    parts = (_exactly if small else _by_paths)(
        case_, options, _Clock(clock.left / 2, clock.stop), told, small
    )
    known = first if first is not None and possible(build(case), first) else None
    found = whole(case, parts.plan, parts.bound, options, clock.left, told, clock.stop, known)
    plan = found.plan if found.plan is not None else still(case)
    # The bound is of plans that peak when the plan of parts does.
    one_peak = alike_peaks(case, mix_of(case, parts.plan), mix_of(case, plan))
    bound = found.bound if one_peak else -np.inf
    return _told_of(case, options, clock, "whole", (plan, bound, None, parts.settled, "whole", found.steps))
