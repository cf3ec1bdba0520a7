"""Weights: what the data say, what people say, and both together."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from touchstone.calc.index.ahp import consistency, priorities
from touchstone.calc.index.recipe import Objective
from touchstone.calc.index.weights import combined, objective, subjective

from .made import copper

RULES: tuple[Objective, ...] = ("none", "entropy", "cv", "critic", "inverse_volatility")


@pytest.mark.parametrize("how", RULES)
@given(moved=arrays(float, (12, 3), elements=st.floats(-50, 50), unique=True))
def test_objective_weights_are_shares_and_follow_the_order_of_the_indicators(
    how: Objective, moved: np.ndarray
) -> None:
    weights = objective(how, moved)
    assert weights.sum() == pytest.approx(1) and (weights > -1e-9).all()
    np.testing.assert_allclose(objective(how, moved[:, [2, 0, 1]]), weights[[2, 0, 1]], atol=1e-9)


def test_a_calm_indicator_weighs_more_by_inverse_volatility() -> None:
    moved = np.random.default_rng(1).normal(size=(500, 2)) * [1, 4]
    assert objective("inverse_volatility", moved) == pytest.approx([0.8, 0.2], abs=0.02)


def test_an_indicator_that_repeats_another_weighs_less_by_critic() -> None:
    dice = np.random.default_rng(1)
    one = dice.normal(size=500)
    weights = objective(
        "critic", np.column_stack([one, one + 0.05 * dice.normal(size=500), dice.normal(size=500)])
    )
    assert weights[2] > 1.5 * max(weights[:2])


def test_people_and_data_go_together_by_their_parts() -> None:
    people, data = np.array([0.5, 0.5]), np.array([0.9, 0.1])
    assert combined(people, data, 1.0).tolist() == [0.5, 0.5]
    assert combined(people, data, 0.5) == pytest.approx([0.7, 0.3])


def test_judgements_of_sectors_give_each_its_share_and_its_indicators_equal_parts() -> None:
    recipe = copper()
    size = len(recipe.sectors)
    judged = tuple(
        tuple(2.0 if i == 1 != j else 0.5 if j == 1 != i else 1.0 for j in range(size)) for i in range(size)
    )
    weights = subjective(replace(recipe, weights=replace(recipe.weights, judgements=judged)))
    power = [w for w, i in zip(weights, recipe.indicators, strict=True) if i.sector == "power"]
    assert sum(weights) == pytest.approx(1) and sum(power) == pytest.approx(2 / 7)
    assert power == pytest.approx([2 / 70] * 10)


@given(weights=st.lists(st.floats(0.1, 10), min_size=2, max_size=8))
def test_judgements_made_of_weights_give_them_back_and_contradict_nothing(weights: list[float]) -> None:
    matrix = [[a / b for b in weights] for a in weights]
    assert priorities(matrix) == pytest.approx([each / sum(weights) for each in weights])
    assert consistency(matrix) == pytest.approx(0, abs=1e-9)
