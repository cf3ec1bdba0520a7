"""Diffusion in both conventions."""

from dataclasses import replace

import numpy as np
import pytest

from touchstone.calc.index.diffusion import diffusion, halves, strict
from touchstone.calc.index.material import material

from .made import series, small


def test_the_strict_share_counts_only_what_rose_and_the_board_counts_the_unchanged_by_half() -> None:
    moved = np.array([[0.06, 0.04, 0.0, -0.2], [1.0, 1.0, np.nan, -1.0], [np.nan] * 4])
    assert strict(moved)[:2].tolist() == pytest.approx([50, 200 / 3])
    assert halves(moved)[:2].tolist() == pytest.approx([50, 200 / 3])
    assert np.isnan(strict(moved)[2]) and np.isnan(halves(moved)[2])


def test_spans_of_one_and_six_months() -> None:
    recipe = small(count=2)
    one, other = (indicator.key for indicator in recipe.indicators)
    up = [100.0, 101, 102, 103, 104, 105, 104]
    down = [100.0, 99, 98, 97, 96, 95, 96]
    found = diffusion(recipe, material(recipe, {one: series(one, up), other: series(other, down)}))
    assert found.rising[1:].tolist() == [50] * 6 and found.falling[1:].tolist() == [50] * 6
    assert found.six[6] == 50 and np.isnan(found.six[5])


def test_a_counter_cyclical_indicator_rises_when_it_falls() -> None:
    recipe = small(count=1)
    turned = replace(recipe, indicators=(replace(recipe.indicators[0], sign=-1),))
    key = recipe.indicators[0].key
    assert diffusion(turned, material(turned, {key: series(key, [100.0, 90])})).rising[1] == 100
