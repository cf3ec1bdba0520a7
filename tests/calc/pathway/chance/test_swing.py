"""How far each driver alone swings emissions: what a driver moves moves them by just that, and what moves nothing leaves them."""

import numpy as np
import pytest
from scipy.special import ndtri

from touchstone.calc.pathway.accounts import accounts
from touchstone.calc.pathway.chance.driver import Driver
from touchstone.calc.pathway.chance.law import law
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import Design, design
from touchstone.calc.pathway.chance.swing import swung

from .made import case, plan

CASE = case()
PLAN = plan(CASE)
YEAR = 2028


def of(*drivers: Driver) -> Design:
    return design(drivers, CASE.years, (), len(projects(CASE, PLAN)))


def test_the_grid_factor_at_its_quantiles_moves_emissions_of_grid_power_and_no_others() -> None:
    found = swung(
        CASE, PLAN, of(Driver("grid", "grid.factor", "level", law("normal", "", mean=1.0, sd=0.1))), YEAR
    )
    made, y = accounts(CASE, PLAN), YEAR - 2020
    grid = float((PLAN.power[:, 0, y] * CASE.contract_factor[:, 0, y]).sum())
    times = 1 + 0.1 * np.array(ndtri([0.1, 0.9]))
    assert found.worth[0] == pytest.approx(times)
    assert found.base == pytest.approx(float(made.emissions[y]), rel=1e-6)
    assert found.high[0] - found.low[0] == pytest.approx(grid * (times[1] - times[0]), rel=1e-6)


def test_a_driver_of_money_swings_no_emissions() -> None:
    found = swung(
        CASE, PLAN, of(Driver("money", "carbon.price", "level", law("normal", "", mean=1.0, sd=0.1))), YEAR
    )
    assert found.low[0] == found.high[0] == found.base


def test_all_projects_are_late_by_the_same_quantile_whatever_they_share() -> None:
    late = law("uniform", "", low=0.0, high=4.0)
    for alike in (0.0, 0.5, 1.0):
        found = swung(CASE, PLAN, of(Driver("late", "delay", "level", late, alike=alike)), YEAR)
        assert found.worth[0] == pytest.approx([0.4, 3.6])
