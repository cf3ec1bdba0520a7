"""Which driver matters: published values, closed forms, and a plan."""

from dataclasses import replace

import numpy as np
import pytest

from touchstone.calc.pathway.chance import shapley as shapley_module
from touchstone.calc.pathway.chance.driver import Correlation, Driver
from touchstone.calc.pathway.chance.law import law
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import design
from touchstone.calc.pathway.chance.sensitivity import indices, sensitivity
from touchstone.calc.pathway.refusal import UnusablePathway

from .made import case, plan

YEARS = np.array([2020, 2030])


def levels(*laws, together=()):
    drivers = tuple(
        Driver(f"x{row}", "demand", "level", each, since=2019) for row, each in enumerate(laws, 1)
    )
    return design(drivers, YEARS, together)


def test_the_function_of_ishigami_has_its_published_indices() -> None:
    """sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, each uniform from -pi to pi: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""
    angle = law("uniform", "", low=0.0, high=2 * np.pi)

    def ishigami(values):
        one, two, three = (each[:, 0] - np.pi for each in values)
        return (np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))[None]

    found = indices(ishigami, levels(angle, angle, angle), 1, lambda: ("y",), futures=16384, orders=1)
    assert found.first[:, 0] == pytest.approx([0.3139, 0.4424, 0], abs=0.01)
    assert found.total[:, 0] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    owed = np.array([0.3139 + 0.2437 / 2, 0.4424, 0.2437 / 2])
    assert (np.abs(found.shapley[:, 0] - owed) < 3 * found.shapley_error[:, 0]).all()
    assert found.shapley[:, 0] == pytest.approx(owed, abs=0.02)
    assert found.deviation[0] ** 2 == pytest.approx(13.8446, rel=0.01)
    assert (found.first_error < 0.03).all()


def linear(weights: np.ndarray):
    def model(values):
        return (weights @ np.array([each[:, 0] - 5 for each in values]))[None]

    return model


@pytest.mark.parametrize("results", [1, 3])
def test_a_single_driver_is_all_that_matters(results: int) -> None:
    of = levels(law("normal", "benchmark", mean=5.0, sd=1.0))

    def model(values):
        return np.array([values[0][:, 0] * (each + 1) for each in range(results)])

    found = indices(model, of, 1, lambda: tuple("abc"[:results]), futures=1024, orders=2)
    assert found.first == pytest.approx(np.ones((1, results)), abs=0.02)
    assert found.total == pytest.approx(np.ones((1, results)), abs=0.02)
    assert found.shapley == pytest.approx(np.ones((1, results)), abs=0.05)


def closed(weights: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Shapley effects of a sum of correlated normal numbers, from the variances that sets of them explain."""
    count = len(weights)
    explained = {}
    for size in range(count + 1):
        for part in shapley_module.combinations(range(count), size):
            kept, rest = list(part), [row for row in range(count) if row not in part]
            left = (
                matrix[np.ix_(rest, rest)]
                - matrix[np.ix_(rest, kept)]
                @ np.linalg.pinv(matrix[np.ix_(kept, kept)])
                @ matrix[np.ix_(kept, rest)]
            )
            explained[part] = weights @ matrix @ weights - weights[rest] @ left @ weights[rest]
    owed = [
        sum(w * (explained[with_] - explained[without]) for w, without, with_ in each)
        for each in shapley_module._weights(count)
    ]
    return np.array(owed) / (weights @ matrix @ weights)


@pytest.mark.parametrize("exact", [5, 2])
def test_correlated_normal_drivers_of_a_sum_have_the_effects_of_the_closed_form(exact, monkeypatch) -> None:
    monkeypatch.setattr(shapley_module, "EXACT", exact)
    normal, weights = law("normal", "", mean=5.0, sd=1.0), np.array([1.0, 1.0, 0.5])
    together = (Correlation(("x2", "x3"), 0.8), Correlation(("x1", "x2"), -0.3))
    of = levels(normal, normal, normal, together=together)
    found = indices(linear(weights), of, 3, lambda: ("y",), futures=2048, orders=200)
    expected = closed(weights, of.correlation)
    assert found.shapley[:, 0].sum() == pytest.approx(1)
    assert (np.abs(found.shapley[:, 0] - expected) < 3.5 * found.shapley_error[:, 0] + 1e-6).all()
    assert found.shapley[:, 0] == pytest.approx(expected, abs=0.04)
    assert found.first.shape == (0, 1), "Sobol' indices of correlated drivers are not told"


def test_two_drivers_that_are_one_share_what_they_make_and_one_that_does_nothing_still_has_its_part() -> None:
    """x1 = x2 and only x1 counts: half each, as what is seen of either is seen of both."""
    normal = law("normal", "", mean=5.0, sd=1.0)
    of = levels(normal, normal, together=(Correlation(("x1", "x2"), 1.0),))
    found = indices(linear(np.array([1.0, 0.0])), of, 1, lambda: ("y",), futures=4096, orders=1)
    assert found.shapley[:, 0] == pytest.approx([0.5, 0.5], abs=0.02)


@pytest.fixture(scope="module")
def of():
    made = case(5, 11, 4, products=1)
    return made, plan(made, 4)


def test_a_walk_and_the_luck_of_projects_are_each_one_driver_of_a_plan(of) -> None:
    made, fixed = of
    drivers = (
        Driver("demand", "demand", "growth", law("normal", "", mean=0.0, sd=0.02)),
        Driver("price", "carbon.price", "growth", law("normal", "", mean=0.0, sd=0.05)),
        Driver("late", "delay", "level", law("uniform", "", low=0.0, high=4.0), alike=0.2),
    )
    found = sensitivity(
        made, fixed, design(drivers, made.years, (), len(projects(made, fixed))), 2030, 1, futures=256
    )
    assert found.results == ("peak.year", "peak.height", "emissions.2030", "emissions.cumulative", "cost")
    of_price = found.total[1]
    assert of_price[:4] == pytest.approx(0, abs=1e-9), (
        "the price of carbon moves no emissions of a fixed plan"
    )
    assert of_price[4] > 0
    assert found.total[0, 3] > found.total[2, 3] > 0, "the luck of projects counts, and less than demand"
    assert found.shapley.sum(0) == pytest.approx(1)
    assert (np.abs(found.shapley[1, :4]) < 4 * found.shapley_error[1, :4] + 1e-9).all()
    assert found.draws == 256 * (2 + 3 + 1 + 6)


def test_what_cannot_be_asked_is_refused(of) -> None:
    made, fixed = of
    certain = design((Driver("d", "demand", "level", law("normal", "", mean=1.0, sd=0.0)),), made.years)
    for given in ({"year": 2030}, {"year": 2050}, {"year": 2030, "futures": 100}):
        with pytest.raises(UnusablePathway, match="CHANCE-017"):
            sensitivity(made, fixed, replace(certain), seed=1, **{"futures": 64, **given})
