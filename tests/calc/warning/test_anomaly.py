"""The FAO's indicator by hand, the residual of a seasonal trend, spikes."""

import numpy as np
import pytest

from touchstone.calc.warning.anomaly import growth, ipa, residual, scored, spikes


def test_growth_is_the_compound_rate_a_month() -> None:
    price = np.array([100.0, 101, 102, 133.1, 50, 60, 70])
    assert growth(price, 3)[3] == pytest.approx(0.1)
    assert np.isnan(growth(price, 3)[:3]).all()


def test_later_years_weigh_more_in_the_mean_and_deviation_of_a_month() -> None:
    """Years 1..3 of a month: 0.01, 0.03, 0.02; then 0.06.

    mean = (1 x 0.01 + 2 x 0.03 + 3 x 0.02) / 6 = 0.13 / 6
    variance = [1 (0.01 - m)^2 + 2 (0.03 - m)^2 + 3 (0.02 - m)^2] / (6 x 2 / 3)
    """
    mean = 0.13 / 6
    variance = ((0.01 - mean) ** 2 + 2 * (0.03 - mean) ** 2 + 3 * (0.02 - mean) ** 2) / 4
    found = scored(np.array([0.01, 0.03, 0.02, 0.06]), np.zeros(4, dtype=int), 3)
    assert np.isnan(found[:3]).all()
    assert found[3] == pytest.approx((0.06 - mean) / variance**0.5)


def test_the_indicator_weighs_the_quarter_04_and_the_year_06() -> None:
    dice = np.random.default_rng(5)
    price, seasons = 100 * np.exp(np.cumsum(dice.normal(scale=0.04, size=150))), np.arange(150) % 12
    short, long = scored(growth(price, 3), seasons, 5), scored(growth(price, 12), seasons, 5)
    assert ipa(price, seasons, 12)[-1] == pytest.approx(0.4 * short[-1] + 0.6 * long[-1])


def test_a_price_that_stands_still_has_no_anomaly_rather_than_an_infinite_one() -> None:
    price = np.full(150, 80.0)
    price[-1] = 90
    assert np.isnan(ipa(price, np.arange(150) % 12, 12)).all()
    assert np.isnan(residual(price[:-1], np.arange(149) % 12, 60)).all()
    assert np.isnan(spikes(price, 24)).all()


def test_the_residual_is_what_the_regression_of_the_past_does_not_foresee() -> None:
    dice, count = np.random.default_rng(2), 61
    seasons = np.arange(count) % 12
    y = 4 + 0.01 * np.arange(count) + 0.2 * np.sin(seasons) + dice.normal(scale=0.05, size=count)
    design = np.column_stack([np.arange(count), *(seasons == s for s in range(12))]).astype(float)
    fit, left, *_ = np.linalg.lstsq(design[:60], y[:60], rcond=None)
    error = (left[0] / (60 - 13)) ** 0.5
    found = residual(np.exp(y), seasons, 60)
    assert found[60] == pytest.approx((y[60] - design[60] @ fit) / error)


def test_a_spike_is_told_in_robust_deviations_of_the_changes_before_it() -> None:
    changes = [0.01, -0.01, 0.03, -0.03] * 3
    price = np.exp(np.cumsum([0.0, *changes, 0.2]))
    assert spikes(price, 12)[-1] == pytest.approx((0.2 - 0.0) / (1.4826 * 0.02))
