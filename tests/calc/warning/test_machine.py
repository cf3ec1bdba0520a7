"""The state machine by hand: enter on k of n, leave through the band and not before the minimum stay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.warning.machine import states, states_of
from touchstone.calc.warning.rule import Cuts, Holding
from touchstone.calc.warning.watch import watch

from .made import material, rule, series

TWO = Cuts((-1.0, -2.0), (1.0, 2.0))


def walked(readings: list[float], holding: Holding, cuts: Cuts = TWO) -> list[int]:
    return states(np.array(readings), cuts, holding).tolist()


def test_three_of_five_days_are_needed_and_today_must_be_one_of_them() -> None:
    readings = [1.5, 0, 1.5, 0, 1.5, 0, 0]
    assert walked(readings, Holding(3, 5, 0, 1)) == [0, 0, 0, 0, 1, 0, 0]
    assert walked([1.5, 1.5, 0, 0, 0, 1.5], Holding(3, 5, 0, 1)) == [0] * 6


def test_a_state_is_left_only_when_the_reading_is_back_by_the_band() -> None:
    assert walked([1.2, 0.95, 0.85, 0.95], Holding(1, 1, 0.1, 1)) == [1, 1, 0, 0]
    assert walked([-1.2, -0.95, -0.85], Holding(1, 1, 0.1, 1)) == [-1, -1, 0]


def test_a_state_eases_not_before_its_minimum_stay_but_worsens_at_once() -> None:
    assert walked([1.2, 0, 0, 0], Holding(1, 1, 0, 3)) == [1, 1, 1, 0]
    assert walked([1.2, 2.5, 0, 0, 0], Holding(1, 1, 0, 3)) == [1, 2, 2, 2, 0]


def test_it_eases_to_the_level_that_still_holds() -> None:
    assert walked([2.5, 1.95, 1.5, 0.5], Holding(1, 1, 0.1, 1)) == [2, 2, 1, 0]


def test_a_turn_to_the_other_side_needs_no_stay() -> None:
    assert walked([2.5, -1.5], Holding(1, 1, 0, 9)) == [2, -1]


def test_a_missing_reading_moves_nothing_and_is_none_of_the_n() -> None:
    nan = float("nan")
    assert walked([nan, 1.5, nan, 1.5, nan, 0], Holding(2, 2, 0, 1)) == [0, 0, 0, 1, 1, 0]


def test_choices_of_cuts_walk_side_by_side_as_they_would_alone() -> None:
    readings = np.random.default_rng(3).normal(size=300)
    high = np.array([[0.5], [1.0], [1.5]])
    together = states_of(readings, np.empty((3, 0)), high, Holding(2, 3, 0.2, 3))
    for column, (cut,) in enumerate(high.tolist()):
        assert (states(readings, Cuts((), (cut,)), Holding(2, 3, 0.2, 3)) == together[:, column]).all()


@given(
    st.lists(st.floats(-4, 4), min_size=1, max_size=60),
    st.integers(1, 3),
    st.integers(0, 2),
    st.floats(0, 0.5),
    st.integers(1, 4),
)
def test_a_state_is_never_beyond_what_some_reading_since_reached(
    readings: list[float], k: int, more: int, band: float, dwell: int
) -> None:
    found = walked(readings, Holding(k, k + more, band, dwell))
    for t, state in enumerate(found):
        if state > 0:
            assert max(readings[: t + 1]) >= TWO.high[state - 1]
        if state < 0:
            assert min(readings[: t + 1]) <= TWO.low[-state - 1]
    mirrored = walked([-x for x in readings], Holding(k, k + more, band, dwell))
    assert mirrored == [-x for x in found]


HOGS = rule(
    "ratio",
    "W",
    cuts=Cuts((5.5, 5.0, 4.5), (8.5, 9.0, 9.5), inclusive=False),
    holding=Holding(3, 3, 0.0, 1),
)
"""The plan of 2012: green 5.5 to 8.5; blue, yellow and red outwards on both sides; three weeks in a row as in that of 2021."""


@pytest.mark.parametrize(
    ("weeks", "level"),
    [
        ([6.0, 8.5, 5.5, 7.0], 0),
        ([8.7, 8.8, 8.9], 1),
        ([8.7, 8.4, 8.9], 0),
        ([9.2, 9.6, 9.1], 2),
        ([9.6, 9.7, 9.51], 3),
        ([5.4, 5.2, 5.1], -1),
        ([4.9, 4.8, 4.6], -2),
        ([4.4, 4.3, 4.45], -3),
    ],
)
def test_the_ratio_of_hogs_to_grain_sets_the_light_of_the_plan_after_three_weeks(
    weeks: list[float], level: int
) -> None:
    given = {"x.ratio.W": series("x.ratio.W", [*([6.5, 7.0] * 3), *weeks])}
    read = watch(material(HOGS), HOGS, given)
    assert read.states[-1] == level
    assert read.scores[-1] == pytest.approx(2 * level / 3)
