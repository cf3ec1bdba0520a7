"""Draws: seeded, correlated as stated, walks that widen with the years."""

import numpy as np
import pytest

from touchstone.calc.pathway.chance.driver import Correlation, Driver
from touchstone.calc.pathway.chance.law import law
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.refusal import UnusablePathway

YEARS = np.arange(2020, 2041)
WALK = law("normal", "", mean=0.0, sd=0.02)
LEVEL = law("normal", "", mean=1.0, sd=0.1)
DRIVERS = (
    Driver("demand", "demand", "growth", WALK),
    Driver("price", "power.price", "growth", law("normal", "", mean=0.0, sd=0.05)),
    Driver("saving", "saving", "level", LEVEL),
    Driver("late", "delay", "level", law("triangular", "", low=0.0, mode=1.0, high=4.0), alike=0.4),
)
TOGETHER = (Correlation(("demand", "price"), 0.6), Correlation(("demand", "saving"), -0.5))
ALL = design(DRIVERS, YEARS, TOGETHER, projects=3)


@pytest.mark.parametrize("points", ["sobol", "latin", "random"])
def test_the_same_seed_draws_the_same_and_another_another(points: str) -> None:
    first, again, other = (sample(ALL, 300, seed, points=points) for seed in (7, 7, 8))
    for a, b, c in zip(first.values, again.values, other.values, strict=True):
        assert (a == b).all()
        assert (a != c).any()


@pytest.mark.parametrize("points", ["sobol", "latin", "random"])
def test_yearly_changes_and_levels_have_the_law_and_correlation_stated(points: str) -> None:
    drawn = sample(ALL, 8_000, 1, points=points)
    demand, price, saving, late = drawn.values
    steps, others = (np.diff(np.log(each), axis=1) for each in (demand, price))
    assert steps.std(0) == pytest.approx(np.full(20, 0.02), rel=0.06)
    between = [np.corrcoef(steps[:, y], others[:, y])[0, 1] for y in range(20)]
    assert between == pytest.approx([0.6] * 20, abs=0.06)
    following = [np.corrcoef(steps[:, y], steps[:, y + 1])[0, 1] for y in range(19)]
    assert following == pytest.approx([0] * 19, abs=0.06)
    assert (saving[:, 0] == 1).all() and (saving[:, 1:] == saving[:, 1:2]).all(), "the first year is known"
    saving = saving[:, 1:]
    assert saving.mean() == pytest.approx(1, abs=0.004)
    assert saving.std() == pytest.approx(0.1, rel=0.03)
    assert np.corrcoef(np.log(demand[:, -1]), saving[:, -1])[0, 1] == pytest.approx(-0.5, abs=0.03)
    assert late.shape == (8_000, 3)
    assert late.mean() == pytest.approx(5 / 3, abs=0.03)
    assert np.corrcoef(late[:, 0], late[:, 1])[0, 1] == pytest.approx(0.4, abs=0.05)


def test_a_walk_is_known_in_its_first_year_and_widens_with_the_root_of_time() -> None:
    demand = sample(ALL, 4_000, 1).values[0]
    assert (demand[:, 0] == 1).all()
    spread = np.log(demand).std(0)
    assert spread[1:] == pytest.approx(0.02 * np.sqrt(np.arange(1, 21)), rel=0.05)


def test_a_walk_known_since_an_earlier_year_is_uncertain_at_once_and_one_known_later_not_yet() -> None:
    drivers = tuple(
        Driver(f"d{since}", "demand", "growth", WALK, since=since) for since in (2016, 2020, 2025)
    )
    early, now, later = (np.log(each).std(0) for each in sample(design(drivers, YEARS), 4_000, 1).values)
    assert early[0] == pytest.approx(0.02 * 2, rel=0.05)
    assert now[0] == 0
    assert (later[:6] == 0).all()
    assert later[6] == pytest.approx(0.02, rel=0.05)


def test_a_level_known_to_a_year_moves_the_years_after_it_alone() -> None:
    [drawn] = sample(design((Driver("d", "demand", "level", LEVEL, since=2024),), YEARS), 100, 1).values
    assert (drawn[:, :5] == 1).all()
    assert (drawn[:, 5:] == drawn[:, 5:6]).all()


def test_milestone_years_gather_the_changes_of_the_years_between() -> None:
    years = np.array([2020, 2021, 2025, 2035])
    [drawn] = sample(design((DRIVERS[0],), years), 4_000, 1).values
    assert np.log(drawn).std(0)[1:] == pytest.approx(0.02 * np.sqrt([1, 5, 15]), rel=0.05)


def test_sobol_points_find_a_mean_closer_than_random_points() -> None:
    errors = {
        points: np.std(
            [sample(ALL, 1_000, seed, points=points).values[0][:, -1].mean() for seed in range(20)]
        )
        for points in ("sobol", "random")
    }
    assert errors["sobol"] < errors["random"] / 5


@pytest.mark.parametrize(
    "given", [{"draws": 10}, {"draws": 100, "batches": 1}, {"draws": 100, "points": "grid"}]
)
def test_draws_of_which_no_error_could_be_told_are_refused(given: dict) -> None:
    with pytest.raises(UnusablePathway, match="CHANCE-010"):
        sample(ALL, given.pop("draws"), 1, **given)
