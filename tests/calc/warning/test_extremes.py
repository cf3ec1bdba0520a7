"""Extreme volatility: days beyond their own conditional quantile, and whether they crowd together."""

import numpy as np
import pytest

from touchstone.calc.warning.extremes import Extremes, extreme_days, nexq, tail_quantile


def test_in_calm_independent_returns_one_day_in_twenty_is_extreme() -> None:
    dice = np.random.default_rng(7)
    price = 100 * np.exp(np.cumsum(dice.normal(scale=0.01, size=3000)))
    share = np.nanmean(extreme_days(price, Extremes()))
    assert share == pytest.approx(0.05, abs=0.015)


def test_z_counts_the_extreme_days_of_the_last_sixty() -> None:
    dice = np.random.default_rng(8)
    price = 100 * np.exp(np.cumsum(dice.normal(scale=0.01, size=700)))
    days = extreme_days(price, Extremes())
    expected = (days[-60:].sum() - 3) / (60 * 0.05 * 0.95) ** 0.5
    assert nexq(price, Extremes())[-1] == pytest.approx(expected)


def test_a_run_of_jumps_after_calm_is_excessive() -> None:
    dice = np.random.default_rng(9)
    moves = dice.normal(scale=0.01, size=900)
    moves[860:] = np.abs(dice.normal(scale=0.05, size=40))
    assert nexq(100 * np.exp(np.cumsum(moves)), Extremes())[-1] > 1.96


def test_the_tail_of_an_exponential_has_the_quantile_it_must_have() -> None:
    values = np.random.default_rng(1).exponential(size=20_000)
    assert tail_quantile(values, 0.95, 0.10) == pytest.approx(-np.log(0.05), rel=0.02)


def test_a_price_that_never_moves_has_no_extreme_days() -> None:
    assert np.isnan(extreme_days(np.full(600, 50.0), Extremes())).all()
