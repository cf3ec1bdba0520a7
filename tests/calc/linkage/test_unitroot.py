"""Orders of integration."""

import numpy as np
import pytest
from statsmodels.tsa.stattools import adfuller

from touchstone.calc.linkage.unitroot import integration
from touchstone.errors import UnusableSeries

from .markets import panel_of, walk


def test_noise_a_price_and_a_running_sum_of_prices_are_told_apart() -> None:
    noise = np.random.default_rng(5).normal(size=400)
    given = panel_of(noise=noise, price=noise.cumsum(), stock=noise.cumsum().cumsum())
    assert [integration(given, name).order for name in given.names] == [0, 1, 2]


def test_a_trend_is_no_unit_root_when_a_trend_is_allowed() -> None:
    drift = np.arange(300) * 0.05 + np.random.default_rng(2).normal(size=300)
    given = panel_of(drift=drift)
    assert integration(given, "drift", trend="ct").order == 0


def test_the_statistic_is_that_of_the_library_and_the_sentence_names_the_order() -> None:
    given = panel_of(copper=walk(300, 1))
    found = integration(given, "copper")
    twin = adfuller(given.values[:, 0], autolag="BIC", result_object=True)
    assert found.tests[0].dickey_fuller == pytest.approx(twin.statistic)
    assert "I(1)" in found.statement.sentence.zh
    assert "after 1 difference" in found.statement.sentence.en


def test_a_short_series_is_refused_by_name() -> None:
    with pytest.raises(UnusableSeries, match="tin"):
        integration(panel_of(tin=walk(20, 3)), "tin")


def test_a_straight_line_has_nothing_left_after_differencing() -> None:
    with pytest.raises(UnusableSeries, match="line"):
        integration(panel_of(line=np.arange(60.0) / 7), "line")
