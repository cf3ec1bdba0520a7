"""Histories: what an estimate is, and that its statements of probability come true as often as they say."""

import numpy as np
import pytest
from scipy import stats
from scipy.special import stdtr, stdtrit
from tests.calc.pathway import made

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.driver import Driver
from touchstone.calc.pathway.chance.history import Walk, estimate
from touchstone.calc.pathway.chance.law import Law
from touchstone.calc.pathway.chance.reverting import (
    PERSISTENCES,
    Reverting,
    conditional,
    confidence,
    factors,
    spread,
    swings,
)
from touchstone.calc.pathway.chance.sample import Draws, Scores, design, pair, sample, worth
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.pathway import projected
from touchstone.calc.pathway.refusal import UnusablePathway

YEARS = np.arange(2020, 2036)


def test_a_walk_is_estimated_as_by_hand() -> None:
    """Logarithms 0, 1, 1, 4, 6: steps 1, 0, 3, 2; drift 3/2, sd the root of 5/3."""
    found = estimate({2015 + n: float(np.exp(x)) for n, x in enumerate((0, 1, 1, 4, 6))}, "")
    assert found.course == Walk(pytest.approx(3 / 2), pytest.approx(np.sqrt(5 / 3)), 3, 4)
    assert np.log(found.path(np.array([2019, 2020, 2022]))) == pytest.approx([6, 7.5, 10.5])


def test_a_walk_may_miss_a_year() -> None:
    logs = {2010: 0, 2011: 1, 2014: 4, 2015: 7, 2016: 7}
    found = estimate({year: float(np.exp(x)) for year, x in logs.items()}, "")
    steps = np.array([1.0, 3.0, 3.0, 0.0]) - 7 / 6 * np.array([1, 3, 1, 1])
    assert found.course.sd == pytest.approx(np.sqrt((steps**2 / [1, 3, 1, 1]).sum() / 3))


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
    found = estimate(_swing(60), "", "reverting")
    assert isinstance(found.course, Reverting)
    assert 0.2 < found.course.persistence < 0.9
    driver = Driver("d", "power.price", "growth", found.course, since=found.year)
    [drawn] = sample(design((driver,), np.arange(2020, 2051)), 5_000, 1).values
    near, five, far = np.diff(np.quantile(np.log(drawn), (0.1, 0.9), axis=0), axis=0)[0][[1, 5, 30]] / 2.56
    assert near == pytest.approx(0.1, rel=0.3)
    assert far < 1.8 * five


def test_what_is_drawn_of_a_swing_is_what_is_told_of_it() -> None:
    """Draws lie below the quantiles of the mixture that the calibration stands on as often as they should."""
    past = np.log(list(_swing(20).values()))
    ahead = np.array([1, 4, 12, 30])
    course = Reverting(tuple(past.tolist()))
    drawn = course.path(*map(np.random.default_rng(1).standard_normal, ((40_000, 30), (40_000, 3))))
    for row, years in enumerate(ahead):
        for share in (0.1, 0.3, 0.7, 0.9):
            came = np.quantile(drawn[:, years - 1], share)
            assert _below(
                past[None], np.array([[came] * len(ahead)]) + course.forecast(past[-1], ahead), ahead
            )[0, row] == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize(
    ("values", "process"),
    [
        ({2017: 1.0, 2018: 1.2, 2019: 2.0, 2020: 1.5}, "walk"),
        ({2016: 2.0, 2017: 1.0, 2018: 0.0, 2019: 2.0, 2020: 1.5}, "walk"),
        (dict.fromkeys(range(2000, 2020), 5.0), "walk"),
        ({year: 1.0 + year % 3 for year in range(2000, 2020, 2)}, "reverting"),
        ({year: 1.0 + year % 3 for year in range(2000, 2020)}, "seasonal"),
        ({}, "walk"),
    ],
)
def test_a_history_that_tells_no_spread_is_refused(values: dict[int, float], process: str) -> None:
    with pytest.raises(UnusablePathway, match="CHANCE-016"):
        estimate(values, "demand.csv", process)


def _swing(length: int) -> dict[int, float]:
    x = swings(np.array([0.6]), length, 1, np.random.default_rng(3))[0, 0]
    return dict(zip(range(2021 - length, 2021), np.exp(0.1 * x + 5).tolist(), strict=True))


def _below(past: np.ndarray, came: np.ndarray, ahead: np.ndarray) -> np.ndarray:
    """(N, H): the chance told of histories (N, n) that less would come than (N, H) did, by `Reverting`, without drawing."""
    level, sd, doubt = conditional(past)
    weights = confidence(past)
    wide, scale = factors(past.shape[1], ahead), spread(ahead, doubt)
    told = np.empty(came.shape)
    for row, years in enumerate(ahead):
        middle = level + PERSISTENCES**years * (past[:, -1:] - level)
        centre = (weights * middle).sum(1)
        moved = centre + (came[:, row] - centre) / (weights @ wide[:, row])
        told[:, row] = (
            weights * stdtr(past.shape[1] - 1, (moved[:, None] - middle) / (sd * scale[:, row]))
        ).sum(1)
    return told


@pytest.mark.parametrize("length", [12, 13, 17, 24, 33, 60])
def test_intervals_of_what_swings_round_a_level_hold_75_to_85_per_cent(length: int) -> None:
    """4,000 histories of each persistence from 0.2 to 0.95, and what came 1 to 30 years after: right to 0.6 points each."""
    backs, ahead = np.array([0.2, 0.4, 0.6, 0.75, 0.9, 0.95]), np.array([1, 3, 5, 10, 20, 30])
    made = swings(backs, length + 30, 4_000, np.random.default_rng(length))
    for back, each in zip(backs, made, strict=True):
        below = _below(each[:, :length], each[:, length - 1 + ahead], ahead)
        held = ((below > 0.1) & (below < 0.9)).mean(0)
        assert ((held > 0.75) & (held < 0.85)).all(), (back, held)


@pytest.mark.parametrize("length", [5, 6, 10, 30])
def test_intervals_of_a_walk_hold_80_per_cent_at_every_horizon(length: int) -> None:
    """3,000 histories, some with a year missing: right to 0.8 points."""
    rng = np.random.default_rng(length)
    ahead = np.array([1, 2, 5, 10, 20, 30])
    drift, sd = rng.uniform(-0.1, 0.1, (3_000, 1)), rng.uniform(0.005, 0.3, (3_000, 1))
    logs = (drift + sd * rng.standard_normal((3_000, length + 31))).cumsum(1)
    held = np.empty((3_000, len(ahead)), bool)
    for row, each in enumerate(logs):
        told = {2020 - length + n: float(np.exp(each[n])) for n in range(length + 1) if n != 2}
        course = estimate(told, "").course
        assert isinstance(course, Walk)
        width = course.sd * np.sqrt(ahead + ahead**2 / course.seen) * stdtrit(course.freedom, 0.9)
        held[row] = np.abs(each[length + ahead] - course.forecast(each[length], ahead)) < width
    assert held.mean(0) == pytest.approx(0.8, abs=0.025)


WORLD = (
    made.SCENARIO.replace("[2020, 2030]", "[2020, 2040]")
    .replace("2030 = 0.4 }", "2030 = 0.51, 2040 = 0.5 }")
    .replace("2020 = 0, 2030 = 30 }", "2020 = 0 }")
    .replace("300000", "120000")
    .replace("2020 = 24", "2020 = 10")
)
"""A province with room for more than it makes: where lines are full, emissions stay what they are whatever demand does."""
HISTORIES, FUTURES = 1_600, 49
"""49 futures make 50 places for what came among them; 40 of those lie within the 80 % interval."""


def _wander(rng: np.random.Generator, length: int, drift: float, sd: float) -> np.ndarray:
    """(length + 20,) logarithms: a past that ends in 2020, and the 20 years after."""
    return np.asarray((drift + sd * rng.standard_normal(length + 20)).cumsum())


def _declared(key: str, rest: str, logs: np.ndarray) -> str:
    told = ", ".join(f"{2021 - len(logs) + n} = {value:.12g}" for n, value in enumerate(np.exp(logs)))
    return f'[[driver]]\nkey = "{key}"\n{rest}\nhistory = {{ {told} }}\n'


@pytest.mark.parametrize("length", [12])
def test_what_a_scenario_says_of_emissions_holds_75_to_85_per_cent_of_what_comes(length: int) -> None:
    """A province whose demand for two metals and whose grid go on as they went, 1,600 times: each time its scenario learns from `length` years.

    The 80 % interval of emissions, near and far, of their highest year's height and of that year, against what came: right to 1 point.
    """
    given = made.case(text=WORLD)
    plan, case = projected(given).plan, given.case
    rng, root = np.random.default_rng(length), made.scenario(WORLD)
    told, came = [[], [], []], [[], [], []]
    kinds = (
        'of = "demand"\nproduct = "copper.cathode"',
        'of = "demand"\nproduct = "aluminium.liquid"',
        'of = "grid.factor"\nprocess = "reverting"',
    )
    scores = None
    for repeat in range(HISTORIES):
        pasts = [_wander(rng, length, 0.05, 0.03), _wander(rng, length, -0.01, 0.02)]
        pasts.append(0.05 * swings(np.array([0.7]), 2 * length + 20, 1, rng)[0, 0])
        text = "".join(
            _declared(f"d{n}", kind, logs[:-20])
            for n, (kind, logs) in enumerate(zip(kinds, pasts, strict=True))
        )
        drivers, _ = drivers_of(
            made.scenario('base = "reference"\nname = { zh = "一", en = "one" }\n' + text, root, "one")
        )
        of = design(drivers, case.years)
        if scores is None:
            scores = pair(of, HISTORIES * FUTURES, (length,), "random", 1)[0]
        part = slice(repeat * FUTURES, (repeat + 1) * FUTURES)
        drawn = worth(of, Scores(scores.waves[part], tuple(own[part] for own in scores.own)))
        for row, (driver, logs) in enumerate(zip(drivers, pasts, strict=True)):
            assert not isinstance(driver.law, Law)
            told[row].append(drawn[row])
            strayed = logs[-20:] - driver.law.forecast(logs[-21], np.arange(1, 21))
            came[row].append(np.exp(np.concatenate([[0.0], strayed])))

    def emissions(values: list[list[np.ndarray]], each: int) -> np.ndarray:
        joined = tuple(np.vstack(rows) for rows in values)
        edges = np.array([0, len(joined[0]) // 2, len(joined[0])])
        return simulate(case, plan, Draws(drivers, joined, edges, 0, "random")).emissions.reshape(
            HISTORIES, each, 21
        )

    futures, truth = emissions(told, FUTURES), emissions(came, 1)
    said = {f"{ahead} years": (futures[:, :, ahead], truth[:, :, ahead]) for ahead in (1, 5, 10, 20)}
    apart = 1 + 1e-9 * rng.random(
        (HISTORIES, FUTURES)
    )  # a height that is the first year's is that of many futures
    said["height"] = futures.max(2) * apart, truth.max(2) * (1 + 1e-9 * rng.random((HISTORIES, 1)))
    said["peak"] = (
        futures.argmax(2) + rng.random((HISTORIES, FUTURES)),
        truth.argmax(2) + rng.random((HISTORIES, 1)),
    )
    for name, (of_futures, of_truth) in said.items():
        rank = (of_futures < of_truth).sum(1)
        held = ((rank >= 5) & (rank < 45)).mean()
        assert 0.75 <= held <= 0.85, (name, held)
    assert len(np.unique(truth.argmax(2))) > 8, "peaks are spread over the horizon"
