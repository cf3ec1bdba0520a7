"""Chance: the exact probability that rounding explains a difference."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.chance import chance_inside

WIDTHS = st.lists(st.floats(0.01, 1), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("face", "widths", "low", "high", "chance"),
    [
        pytest.param(620.3, [0.05, 0.05], 620.15, 620.25, 0.125, id="533.3 + 87.0 = 620.2"),
        pytest.param(-8.2, [0.05, 0.05], -8.25, -8.15, 0.75, id="102.2 - 110.4 = -8.2"),
        pytest.param(1.0, [], 0.5, 1.5, 1.0, id="nothing was rounded, and it is inside"),
        pytest.param(2.0, [], 0.5, 1.5, 0.0, id="nothing was rounded, and it is outside"),
    ],
)
def test_a_known_chance(face: float, widths: list[float], low: float, high: float, chance: float) -> None:
    assert chance_inside(face, widths, low, high) == pytest.approx(chance, abs=1e-4)


@given(WIDTHS, st.floats(-1, 1), st.floats(0.05, 1))
def test_the_formula_agrees_with_throwing_dice(widths: list[float], middle: float, half: float) -> None:
    dice = random.Random(7)
    throws = [sum(dice.uniform(-w, w) for w in widths) for _ in range(4000)]
    share = sum(middle - half <= x <= middle + half for x in throws) / len(throws)
    assert chance_inside(0.0, widths, middle - half, middle + half) == pytest.approx(share, abs=0.05)


@given(WIDTHS, st.floats(-2, 2))
def test_inside_and_outside_make_one(widths: list[float], cut: float) -> None:
    reach = sum(widths) + 1
    below, above = chance_inside(0, widths, -reach, cut), chance_inside(0, widths, cut, reach)
    assert below + above == pytest.approx(1 if -reach < cut < reach else max(below, above), abs=2e-4)


def test_many_figures_are_close_to_normal() -> None:
    nine = chance_inside(0.0, [1.0] * 9, -1.0, 1.0)
    dice = random.Random(3)
    throws = [sum(dice.uniform(-1, 1) for _ in range(9)) for _ in range(20_000)]
    assert nine == pytest.approx(sum(-1 <= x <= 1 for x in throws) / len(throws), abs=0.02)
