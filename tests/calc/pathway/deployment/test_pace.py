"""Whole lines keep the pace of the catalogue: a line larger than a year of it waits until the years add up, and so it is told."""

from dataclasses import replace

import numpy as np
import pytest

from touchstone.calc.pathway.case import NEVER, Case, Floats
from touchstone.calc.pathway.deployment.build import registered
from touchstone.calc.pathway.deployment.pace import paced, waits
from touchstone.calc.pathway.deployment.result import Options
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.plan import Plan

from .cases import by_hand, drawn


def added(case: Case, plan: Plan) -> Floats:
    """(N, Y) t/a added of each part in each year."""
    found: Floats = case.made_of @ plan.built.sum(0) + case.adds @ plan.changed.sum(0)
    return found


def test_a_line_twice_a_years_pace_is_changed_in_the_second_year() -> None:
    """
    100 t/a, of which 50 may be changed in a year. 2020 all the old way: 1,200 MWh x 400 and 160 t x 100, 496,000; 2021 the new way
    320,000 and 8,000; the change 100 x 1,500. Together 974,000, against 992,000 if nothing is done.
    """
    case = by_hand()
    found = deploy(case, Options(level="whole"))
    assert added(case, found.plan)[1] == pytest.approx([0, 100])
    assert (found.cost, found.status) == (pytest.approx(974_000), "optimal")
    assert found.bound <= 974_000 * (1 + 1e-9)
    assert [(each.part, each.lines, each.never) for each in waits(case)] == [(1, 1, 0)]


def test_a_line_larger_than_all_years_of_the_pace_is_not_changed() -> None:
    case = by_hand(ramp=np.array([np.inf, 40.0]))
    found = deploy(case, Options(level="whole"))
    assert added(case, found.plan)[1].sum() == 0
    assert [(each.part, each.lines, each.never) for each in waits(case)] == [(1, 1, 1)]


def test_years_before_a_technology_opens_are_not_saved_up() -> None:
    case = by_hand(first=np.array([2000, 2021]))
    assert added(case, deploy(case, Options(level="whole")).plan).sum() == 0
    assert waits(case)[0].never == 1


@pytest.mark.parametrize("seed", range(5))
def test_no_whole_plan_adds_more_by_any_year_than_the_pace_summed(seed: int) -> None:
    """Nor lies below its bound; in parts, what the pace allows in a year alone is never beyond what whole lines could save."""
    case = replace(drawn(seed, 6, apart=True), ramp=np.full(5, 40.0))
    found = deploy(case, Options(level="whole", gap=1e-6))
    gaps = np.diff(case.years, prepend=case.years[0] - 1)
    summed = np.maximum(case.ramp[:, None] * gaps * case.open, registered(case)).cumsum(1)
    assert (added(case, found.plan).cumsum(1) <= summed * (1 + 1e-9) + 1e-3).all()
    assert ((found.plan.standing > 1e-4).sum(1) <= 1).all()
    assert found.bound <= (found.cost + found.missed) * (1 + 1e-6)
    in_parts, freed = (deploy(each, Options(level="exact")) for each in (case, paced(case)))
    assert freed.bound <= (in_parts.cost + in_parts.missed) * (1 + 1e-6)


def test_out_of_time_the_first_whole_plan_keeps_the_pace_too() -> None:
    case = replace(drawn(5, 12, apart=True), ramp=np.full(5, 40.0))
    found = deploy(case, Options(level="whole", seconds=0.0))
    yearly = case.ramp[:, None] * np.diff(case.years, prepend=2019) * case.open
    summed = np.maximum(yearly, registered(case)).cumsum(1)
    assert (added(case, found.plan).cumsum(1) <= summed + 1e-3).all()


@pytest.mark.parametrize("level", ["exact", "paths", "whole"])
def test_a_planned_line_begins_as_it_is_registered_however_large_it_is(level: str) -> None:
    """It begins in 2021 with 100 t/a of the new way, of which 50 may be added in a year: that is decided, as in the projection, and the 80 t
    wanted are made on it."""
    since = np.array([[NEVER, 2021]])
    case = by_hand(
        initial=np.array([-1]), capacity=np.array([[0.0, 100.0]]), since=since, first=np.array([2000, 2050]),
        investment=np.array([[np.nan, 1000.0]]), change=np.full((1, 1), np.nan),
    )  # fmt: skip
    found = deploy(case, Options(level=level))
    assert found.plan.output[0, 1] == pytest.approx([0, 80])
    assert waits(case) == ()
