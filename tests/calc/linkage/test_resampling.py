"""Draws are blocks of neighbours that repeat with their seed, and intervals are what was asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.linkage.resampling import Resampling, basic_span, bounded_span, percentiles, span


@given(st.integers(1, 300), st.one_of(st.none(), st.integers(1, 40)), st.booleans())
def test_a_draw_is_made_of_blocks_of_neighbours(rows: int, block: int | None, circular: bool) -> None:
    how = Resampling(3, 20, block)
    drawn, length = how.rows(rows, circular=circular), how.length(rows, circular)
    assert drawn.shape == (20, rows) and drawn.min() >= 0 and drawn.max() < rows
    inside = np.arange(1, rows) % length != 0
    steps = np.diff(drawn, axis=1)[:, inside]
    assert np.isin(steps, [1, 1 - rows] if circular else [1]).all()
    assert np.array_equal(drawn, how.rows(rows, circular=circular))


def test_every_row_is_drawn_as_often_where_blocks_are_circular() -> None:
    times = np.bincount(Resampling(1, 20_000).rows(30).ravel(), minlength=30) / 20_000
    assert times == pytest.approx(np.ones(30), abs=0.05)


def test_two_draws_with_the_same_dice_differ() -> None:
    how = Resampling()
    dice = how.dice()
    assert not np.array_equal(how.rows(100, dice), how.rows(100, dice))


def test_a_basic_interval_is_turned_round_and_a_bounded_one_is_not() -> None:
    drawn = np.linspace(0, 1, 101)
    assert percentiles(drawn, 0.9) == pytest.approx((0.05, 0.95))
    turned, held = basic_span(0.2, drawn, 0.9), bounded_span(0.2, drawn, 0.9)
    assert (turned.low, turned.high) == pytest.approx((-0.55, 0.35))
    assert (held.low, held.high) == pytest.approx((0.05, 0.95))
    assert basic_span(2.0, drawn, 0.9).low > 2.0 == span(2.0, drawn, 0.9).low


@pytest.mark.parametrize("level", [0.0, 1.0, 95])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentiles(np.arange(9.0), level)
