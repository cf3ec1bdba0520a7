"""Drivers: laws, what they may move, and what may move together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.pathway.chance.driver import Correlation, Driver, checked, correlations, nearest
from touchstone.calc.pathway.chance.law import law, spanning
from touchstone.calc.pathway.refusal import UnusablePathway

ONE = law("normal", "", mean=1.0, sd=0.1)
STEP = law("normal", "", mean=0.0, sd=0.02)
THREE = tuple(Driver(key, "demand", "growth", STEP) for key in "abc")


@pytest.mark.parametrize(
    ("made", "shares", "values"),
    [
        (law("normal", "", mean=1.0, sd=0.1), (0.5, 0.8413447), (1.0, 1.1)),
        (law("lognormal", "", median=2.0, sd=0.5), (0.5, 0.8413447), (2.0, 2 * np.exp(0.5))),
        (law("uniform", "", low=1.0, high=3.0), (0.25, 0.9), (1.5, 2.8)),
        (law("triangular", "", low=0.0, mode=1.0, high=4.0), (0.25, 0.5, 1.0), (1.0, 4 - 6**0.5, 4.0)),
        (law("discrete", "", values=(0.0, 1.0, 5.0), weights=(2.0, 1.0, 1.0)), (0.49, 0.6, 0.99), (0, 1, 5)),
    ],
)
def test_a_law_gives_the_value_of_its_rank(made, shares, values) -> None:
    from scipy.special import ndtri

    assert made.at(ndtri(np.array(shares))) == pytest.approx(np.array(values, dtype=float), abs=1e-6)


@pytest.mark.parametrize("name", ["normal", "lognormal", "uniform"])
def test_ninety_per_cent_of_a_law_lie_between_what_was_stated(name: str) -> None:
    made = spanning(name, "", 0.8, 1.3)
    assert made.at(np.array([-1.6448536, 1.6448536])) == pytest.approx([0.8, 1.3])


@pytest.mark.parametrize(
    ("name", "given_", "code"),
    [
        ("beta", {}, "CHANCE-001"),
        ("normal", {"mean": 1.0}, "CHANCE-002"),
        ("normal", {"mean": 1.0, "sd": -0.1}, "CHANCE-002"),
        ("normal", {"mean": float("nan"), "sd": 0.1}, "CHANCE-002"),
        ("triangular", {"low": 1.0, "mode": 0.5, "high": 2.0}, "CHANCE-002"),
        ("discrete", {"values": (1.0, 2.0), "weights": (1.0,)}, "CHANCE-002"),
        ("discrete", {"values": (1.0, 2.0), "weights": (0.0, 0.0)}, "CHANCE-002"),
        ("lognormal", {"median": 0.0, "sd": 0.1}, "CHANCE-002"),
    ],
)
def test_a_law_that_cannot_be_is_refused(name: str, given_: dict, code: str) -> None:
    with pytest.raises(UnusablePathway) as refused:
        law(name, "scenario.toml", **given_)
    assert refused.value.code == code


def test_a_range_turned_round_is_refused() -> None:
    with pytest.raises(UnusablePathway, match="CHANCE-002"):
        spanning("normal", "", 1.2, 0.8)


@pytest.mark.parametrize(
    ("driver", "code"),
    [
        (Driver("a", "weather", "level", ONE), "CHANCE-003"),
        (Driver("a", "demand", "weekly", ONE), "CHANCE-003"),
        (Driver("a", "delay", "growth", ONE), "CHANCE-003"),
        (Driver("a", "carbon.price", "level", ONE, product="m0"), "CHANCE-003"),
        (Driver("a", "demand", "level", law("normal", "", mean=1.0, sd=0.6)), "CHANCE-005"),
        (Driver("a", "delay", "level", ONE, alike=1.5), "CHANCE-006"),
    ],
)
def test_a_driver_that_cannot_be_is_refused(driver: Driver, code: str) -> None:
    with pytest.raises(UnusablePathway) as refused:
        checked((driver,))
    assert refused.value.code == code
    assert "[a]" in refused.value.where


def test_two_drivers_of_one_key_are_refused() -> None:
    with pytest.raises(UnusablePathway, match="CHANCE-004"):
        checked((THREE[0], THREE[0]))


@pytest.mark.parametrize(
    ("together", "code"),
    [
        ((Correlation(("a", "d"), 0.3),), "CHANCE-007"),
        ((Correlation(("a", "b"), 1.2),), "CHANCE-007"),
        ((Correlation(("a",), 0.2),), "CHANCE-007"),
        ((Correlation(("a", "b"), 0.2), Correlation(("a", "b", "c"), 0.1)), "CHANCE-008"),
    ],
)
def test_a_correlation_that_cannot_be_is_refused(together: tuple[Correlation, ...], code: str) -> None:
    with pytest.raises(UnusablePathway) as refused:
        correlations(THREE, together)
    assert refused.value.code == code


def test_correlations_that_contradict_each_other_are_named_with_the_nearest_that_hold() -> None:
    """a moves with b and b with c, but a against c."""
    stated = (Correlation(("a", "b"), 0.9), Correlation(("b", "c"), 0.9), Correlation(("a", "c"), -0.5))
    with pytest.raises(UnusablePathway) as refused:
        correlations(THREE, stated)
    assert refused.value.code == "CHANCE-009"
    assert {"a – b 0.9", "b – c 0.9", "a – c -0.5"} == set(refused.value.found.split(": ")[1].split("; "))
    proposed = refused.value.expected.split("nearest are ")[1].split("; ")
    again = tuple(Correlation(tuple(part.split()[:3:2]), float(part.split()[3])) for part in proposed)
    correlations(THREE, again)


def test_drivers_may_be_one_and_the_same() -> None:
    assert correlations(THREE, (Correlation(("a", "b"), 1.0),))[0, 1] == 1


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
def test_the_nearest_correlations_hold_together(pairs: list[float]) -> None:
    matrix = np.eye(4)
    matrix[np.triu_indices(4, 1)] = pairs
    matrix = np.triu(matrix) + np.triu(matrix, 1).T
    fit = nearest(matrix)
    assert np.linalg.eigvalsh(fit)[0] >= -1e-12
    assert np.diag(fit) == pytest.approx(1)
    if np.linalg.eigvalsh(matrix)[0] > 0.01:
        assert fit == pytest.approx(matrix, abs=0.002)


def test_chances_without_a_driver_are_refused() -> None:
    with pytest.raises(UnusablePathway, match="CHANCE-013"):
        checked(())
