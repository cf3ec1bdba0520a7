"""Histories: what an estimate is, and that its statements of probability come true as often as they say."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from touchstone.calc.pathway.chance.driver import Driver
from touchstone.calc.pathway.chance.history import Reverting, Walk, estimate
from touchstone.calc.pathway.chance.sample import Draws, design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.refusal import UnusablePathway

from .made import case

AHEAD = 15
YEARS = np.arange(2020, 2020 + AHEAD + 1)
FUTURES, REPEATS = 200, 400


def test_a_walk_is_estimated_as_by_hand() -> None:
    """Logarithms 0, 1, 1, 4: steps 1, 0, 3; drift 4/3, sd the root of 7/3."""
    found = estimate({2016 + n: float(np.exp(x)) for n, x in enumerate((0, 1, 1, 4))}, "")
    assert found.course == Walk(pytest.approx(4 / 3), pytest.approx(np.sqrt(7 / 3)), 2, 3)
    assert np.log(found.path(np.array([2019, 2020, 2022]))) == pytest.approx([4, 4 + 4 / 3, 8])


def test_a_walk_may_miss_a_year() -> None:
    found = estimate({2010: 1.0, 2011: float(np.exp(1)), 2014: float(np.exp(4)), 2015: float(np.exp(7))}, "")
    steps = np.array([1.0, 3.0, 3.0]) - 7 / 5 * np.array([1, 3, 1])
    assert found.course.sd == pytest.approx(np.sqrt((steps**2 / [1, 3, 1]).sum() / 2))


@pytest.mark.parametrize("ahead", [1, 5, 15])
def test_the_forecast_of_a_walk_is_students(ahead: int) -> None:
    found = estimate(dict(zip(range(2013, 2021), (100, 104, 103, 109, 112, 118, 117, 123), strict=True)), "")
    driver = Driver("d", "demand", "growth", found.course, since=found.year)
    [drawn] = sample(design((driver,), YEARS), 20_000, 1).values
    width = found.course.sd * np.sqrt(ahead + ahead**2 / 7)
    shares = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
    expected = width * stats.t(6).ppf(shares)
    assert np.quantile(np.log(drawn[:, ahead]), shares) == pytest.approx(expected, abs=0.03 * width)


def test_what_swings_round_a_level_widens_to_a_bound() -> None:
    found = estimate(_swing(np.random.default_rng(3), 60), "", "reverting")
    assert isinstance(found.course, Reverting)
    assert 0.2 < found.course.back < 0.9
    driver = Driver("d", "power.price", "growth", found.course, since=found.year)
    [drawn] = sample(design((driver,), np.arange(2020, 2051)), 5_000, 1).values
    spread = np.log(drawn).std(0)
    assert spread[1] == pytest.approx(0.1, rel=0.3)
    assert spread[30] < 2.2 * spread[5]


@pytest.mark.parametrize(
    ("values", "process"),
    [
        ({2018: 1.0, 2019: 2.0, 2020: 1.5}, "walk"),
        ({2017: 1.0, 2018: 0.0, 2019: 2.0, 2020: 1.5}, "walk"),
        (dict.fromkeys(range(2000, 2020), 5.0), "walk"),
        ({year: 1.0 + year % 3 for year in range(2000, 2020, 2)}, "reverting"),
        ({year: 1.0 + year % 3 for year in range(2000, 2020)}, "seasonal"),
        ({}, "walk"),
    ],
)
def test_a_history_that_tells_no_spread_is_refused(values: dict[int, float], process: str) -> None:
    with pytest.raises(UnusablePathway, match="CHANCE-016"):
        estimate(values, "demand.csv", process)


def _swing(rng: np.random.Generator, length: int, after: int = 0) -> dict[int, float]:
    x = [0.0]
    for _ in range(100 + length + after):
        x.append(0.6 * x[-1] + 0.1 * rng.standard_normal())
    logs = np.array(x[-length - after :]) + 5
    return dict(zip(range(2021 - length, 2021 + after), np.exp(logs).tolist(), strict=True))


def _wander(rng: np.random.Generator, length: int, drift: float, sd: float) -> dict[int, float]:
    steps = drift + sd * rng.standard_normal(length + AHEAD - 1)
    logs = np.concatenate([[0.0], steps.cumsum()])
    return dict(zip(range(2021 - length, 2021 + AHEAD), np.exp(logs).tolist(), strict=True))


def _emissions(demand: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Emissions of a plan of one line in futures of demand and of the factor of the grid, both against their first year."""
    of = case(1, len(YEARS), products=1, places=1)
    of = replace(
        of, demand=np.full((1, len(YEARS)), 1.0), contract_factor=np.full_like(of.contract_factor, 0.5)
    )
    shape = np.zeros((1, 3, len(YEARS)))
    standing, output, none = shape.copy(), shape.copy(), np.zeros((1, len(YEARS)))
    standing[0, 0], output[0, 0] = 1e6, 1.0
    power = np.zeros((1, 2, len(YEARS)))
    power[0, 0] = of.electricity[0, 0]
    fixed = Plan(standing, shape, np.zeros((1, 3, len(YEARS))), output, none, none, power)
    drivers = tuple(Driver(key, key, "growth", Walk(0.0, 1.0, 1, 1)) for key in ("demand", "grid.factor"))
    edges = np.array([0, len(demand) // 2, len(demand)])
    return simulate(of, fixed, Draws(drivers, (demand, factor), edges, 0, "random")).emissions


def _ranks(told: np.ndarray, came: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(R, ...): the share of (R, N, ...) futures below what came, equal ones in part, as chance would have it."""
    below, equal = (told < came[:, None]).mean(1), (told == came[:, None]).mean(1)
    return below + rng.random(came.shape) * equal


@pytest.mark.parametrize("length", [5, 10, 30])
def test_eighty_per_cent_intervals_hold_seventy_five_to_eighty_five_per_cent_of_futures(length: int) -> None:
    """400 simulated histories of demand and of the factor of the grid, of 5 to 30 years, each with the 15 years that came after.

    What came falls within the 80 % interval told beforehand: emissions near and far, the height of the peak, and its year (which is whole:
    a year on the edge of the interval counts for the share of it that lies within). One sample of 400 is right to 2 %.
    """
    rng = np.random.default_rng(length)
    told, came = ([], []), ([], [])
    for repeat in range(REPEATS):
        pasts = (_wander(rng, length, 0.03, 0.025), _wander(rng, length, -0.03, 0.015))
        known = [{year: value for year, value in past.items() if year <= 2020} for past in pasts]
        found = [estimate(past, "") for past in known]
        drivers = tuple(
            Driver(of, of, "growth", each.course, since=2020)
            for of, each in zip(("demand", "grid.factor"), found, strict=True)
        )
        drawn = sample(design(drivers, YEARS), FUTURES, repeat, points="latin", batches=2)
        for row in (0, 1):
            told[row].append(drawn.values[row] * found[row].path(YEARS) / found[row].value)
            came[row].append(np.array([pasts[row][int(year)] for year in YEARS]) / found[row].value)
    futures = _emissions(*(np.concatenate(each) for each in told)).reshape(REPEATS, FUTURES, len(YEARS))
    truth = _emissions(*(np.array(each) for each in came))
    ranks = {f"{ahead} years": _ranks(futures[:, :, ahead], truth[:, ahead], rng) for ahead in (1, 5, 10, 15)}
    ranks["height"] = _ranks(futures.max(2), truth.max(1), rng)
    ranks["peak"] = _ranks(futures.argmax(2), truth.argmax(1), rng)
    held = {name: ((each > 0.1) & (each < 0.9)).mean() for name, each in ranks.items()}
    assert 0.75 <= np.mean(list(held.values())) <= 0.85, held
    assert all(0.74 <= share <= 0.86 for share in held.values()), held
    assert len(np.unique(truth.argmax(1))) > 8, "peaks are spread over the horizon"


@pytest.mark.parametrize("length", [12, 25])
def test_intervals_of_what_swings_round_a_level_hold_as_often_as_they_say(length: int) -> None:
    rng = np.random.default_rng(length)
    ranks = []
    for repeat in range(2 * REPEATS):
        past = _swing(rng, length, after=10)
        found = estimate({year: value for year, value in past.items() if year <= 2020}, "", "reverting")
        driver = Driver("p", "power.price", "growth", found.course, since=2020)
        years = np.arange(2020, 2031)
        [drawn] = sample(design((driver,), years), FUTURES, repeat, points="latin", batches=2).values
        came = np.array([past[int(year)] for year in years])
        ranks.append((drawn * found.path(years) < came).mean(0)[[1, 3, 10]])
    held = ((np.array(ranks) > 0.1) & (np.array(ranks) < 0.9)).mean(0)
    assert 0.75 <= held.mean() <= 0.85, held
    assert (np.abs(held - 0.8) < 0.07).all(), held
