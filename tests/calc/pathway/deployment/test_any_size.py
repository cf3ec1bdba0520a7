"""Plans of any size: lines put together and handed back exactly, bettered way by way, proven, and given whenever it must end."""

from dataclasses import replace
from threading import Event, Timer

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.pathway.accounts import accounts
from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.deployment.bound import Bounding
from touchstone.calc.pathway.deployment.build import build
from touchstone.calc.pathway.deployment.clusters import cluster, handed_back
from touchstone.calc.pathway.deployment.conflict import judged
from touchstone.calc.pathway.deployment.exact import exact
from touchstone.calc.pathway.deployment.pace import paced
from touchstone.calc.pathway.deployment.result import Options, cut_short, digest, totals
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.deployment.solver import Found, Progress, Solver
from touchstone.calc.pathway.deployment.still import still

from .cases import by_hand, drawn

seeds = st.integers(0, 10**6)


def alike(seed: int, lines: int = 12) -> Case:
    """A case whose lines differ in level but not in course, so that many may be put together."""
    case = drawn(seed, lines, apart=True)
    return replace(
        case,
        load=np.repeat(case.load[:, :1], 4, 1),
        benchmark=np.broadcast_to(case.benchmark[0], (lines, 6)).copy(),
    )


@given(seeds, st.sampled_from([0, 2]))
@settings(max_examples=20, deadline=None)
def test_what_clusters_do_is_handed_back_exactly(seed: int, bins: int) -> None:
    case = alike(seed)
    grouped = cluster(case, bins)
    found = exact(grouped.case).plan
    assert found is not None
    plan = handed_back(grouped, found)
    assert sum(totals(case, plan)) == pytest.approx(sum(totals(grouped.case, found)), rel=1e-9)
    ours, theirs = accounts(case, plan), accounts(grouped.case, found)
    for one, other in (
        (plan.output.sum(0), found.output.sum(0)),
        (plan.standing.sum(0), found.standing.sum(0)),
        (ours.power.sum(0), theirs.power.sum(0)),
        (ours.emissions, theirs.emissions),
        (ours.energy.sum(0), theirs.energy.sum(0)),
        (ours.cost, theirs.cost),
    ):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-6)
    assert (plan.standing.sum(1) <= case.capacity * (1 + 1e-9) + 1e-4).all()
    assert (plan.output <= case.load[:, None, :] * plan.standing * (1 + 1e-9) + 1e-4).all()


def test_lines_of_another_course_are_not_put_together() -> None:
    case = alike(3)
    assert len(cluster(case, 0).case.lines) < len(case.lines)
    assert len(cluster(replace(case, load=drawn(3, 12).load), 0).case.lines) == len(case.lines)


@given(seeds, st.floats(0, 2))
@settings(max_examples=25, deadline=None)
def test_the_bound_lies_below_the_optimum_at_whatever_prices(seed: int, wrong: float) -> None:
    case = drawn(seed, 6, apart=True)
    found = exact(case, "simplex")
    bounding = Bounding(found.model)
    right = bounding.duals_of(found.model.rows, found.found.duals)
    noise = np.random.default_rng(seed).normal(1, wrong, len(right))
    optimum = found.found.objective
    assert bounding.at(right * noise).value <= optimum + 1e-7 * abs(optimum)
    assert bounding.at(right).value == pytest.approx(optimum, rel=1e-6) or not bounding.parts.simple.all()


@given(seeds)
@settings(max_examples=15, deadline=None)
def test_way_by_way_the_optimum_is_reached_and_proven(seed: int) -> None:
    case = drawn(seed, 6, apart=True)
    best = exact(case).found
    found = deploy(case, Options(level="paths", gap=1e-6))
    optimum = best.objective * build(case).yuan
    assert found.status == "optimal"
    assert found.bound <= optimum * (1 + 1e-7)
    assert optimum * (1 - 1e-7) <= found.cost + found.missed <= optimum * (1 + 2e-6)


def test_capacity_that_rises_and_falls_more_than_once_is_kept_whole_in_the_choice() -> None:
    case = drawn(11, 6, apart=True)
    course = case.capacity.copy()
    course[0] = [60, 100, 40, 80]
    case = replace(
        case,
        capacity=course,
        initial=np.where(np.arange(6) == 0, np.where(case.product == 0, 0, 3), case.initial),
    )
    assert not Bounding(build(case)).parts.simple[0]
    found, best = deploy(case, Options(level="paths", gap=1e-6)), exact(case)
    optimum = best.found.objective * best.model.yuan
    assert found.bound <= optimum * (1 + 1e-7)
    assert found.cost + found.missed >= optimum * (1 - 1e-7)


@pytest.mark.parametrize("level", ["exact", "paths"])
def test_out_of_time_there_is_still_a_plan_and_it_says_so(level: str) -> None:
    case = drawn(5, 12)
    found = deploy(case, Options(level=level, seconds=0.0))
    assert found.status == "stopped"
    assert found.gap == np.inf
    told = cut_short(found, 1e-3, "plan")
    assert told is not None and told.code == "PLAN-003"
    assert "nothing is proven" in told.so and "尚无证明" in told.text("zh")
    assert found.cost + found.missed == pytest.approx(sum(totals(case, still(case))))


def test_out_of_time_a_group_gets_whole_lines_and_no_broken_pace() -> None:
    case = drawn(5, 12, apart=True)
    found = deploy(case, Options(level="whole", seconds=0.0))
    assert found.status == "stopped"
    assert ((found.plan.standing > 1e-4).sum(1) <= 1).all()
    added = case.made_of @ found.plan.built.sum(0) + case.adds @ found.plan.changed.sum(0)
    assert (added <= paced(case).ramp[:, None] * np.diff(case.years, prepend=2019) + 1e-3).all()


@pytest.mark.parametrize("level", ["exact", "paths", "whole"])
def test_no_step_of_a_solve_is_given_more_than_is_left_of_the_time(
    level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, run = list[float](), Solver.run

    def heard(solver: Solver, seconds: float = np.inf, *more: object) -> Found:
        given.append(seconds)
        return run(solver, seconds, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Solver, "run", heard)
    options = Options(level=level, seconds=20.0, gap=1e-9)
    case = drawn(5, 12)
    found = judged(case, deploy(case, options), options)
    assert given and max(given) <= 20
    assert sorted(given[-2:], reverse=True) == given[-2:]
    assert found.wishes is not None


def test_stopped_from_another_thread_it_gives_the_best_so_far_with_its_gap() -> None:
    case = drawn(8, 60)
    stop, heard = Event(), list[Progress]()

    def told(progress: Progress) -> None:
        heard.append(progress)
        if progress.phase == "paths" and progress.steps >= 2:
            stop.set()

    found = deploy(case, Options(level="paths", gap=0.0), told, stop)
    assert found.status == "stopped"
    assert 0 < found.gap < np.inf
    assert found.cost + found.missed <= sum(totals(case, still(case)))
    assert heard[-1].cost >= heard[-1].bound


def test_a_timer_may_stop_it_too() -> None:
    stop = Event()
    Timer(0.05, stop.set).start()
    assert deploy(drawn(9, 150), Options(level="exact"), stop=stop).status in ("stopped", "optimal")


@pytest.mark.parametrize("seed", range(6))
def test_whole_lines_are_in_one_technology_at_a_time(seed: int) -> None:
    case = replace(drawn(seed, 6, apart=True), ramp=np.full(5, np.inf))
    found = deploy(case, Options(level="whole", gap=1e-6))
    assert found.status == "optimal"
    assert ((found.plan.standing > 1e-4).sum(1) <= 1).all()
    parts = deploy(case, Options(level="exact"))
    assert found.cost + found.missed >= (parts.cost + parts.missed) * (1 - 1e-6)


def test_a_result_says_what_it_was_made_of() -> None:
    found = deploy(by_hand())
    assert found.solver.startswith("HiGHS ")
    assert (found.digest, found.seed, found.level, found.status) == (digest(by_hand()), 1, "exact", "optimal")
    assert found.gap == 0
    assert cut_short(found, 1e-3, "plan") is None


@pytest.mark.parametrize("level", ["exact", "paths", "whole"])
def test_out_of_time_the_plan_is_no_dearer_than_one_that_was_known(level: str) -> None:
    """Whole lines begin from it too; what is no plan of the case is not taken, however little it costs."""
    case = replace(drawn(5, 6, apart=True), ramp=np.full(5, np.inf))
    known, options = deploy(case, Options(level=level)), Options(level=level, seconds=0.0)
    alone, begun = deploy(case, options), deploy(case, options, first=known.plan)
    assert begun.cost + begun.missed <= (known.cost + known.missed) * (1 + 1e-9) < alone.cost + alone.missed
    assert begun.status == "stopped"
    more = replace(known.plan, output=known.plan.output * 1.5, outside=known.plan.outside * 0)
    refused = deploy(case, options, first=more)
    assert refused.cost + refused.missed == pytest.approx(alone.cost + alone.missed)
