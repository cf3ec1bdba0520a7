"""A VAR is fitted as statsmodels fits it, whatever the units, and a sample that cannot carry one is refused by name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.api import VAR

from touchstone.calc.linkage.autoregression import explosive
from touchstone.calc.linkage.lag_choice import LagSearch, lag_of
from touchstone.calc.linkage.var import fit_var
from touchstone.errors import UnusableSeries

from .made import of, returns


@pytest.mark.parametrize("lag", [1, 2, 4])
def test_coefficients_constant_residuals_and_both_divisors_are_those_of_statsmodels(lag: int) -> None:
    panel = returns(300, 4, lag=lag)
    ours, theirs = fit_var(panel, lag), VAR(panel.values).fit(lag)
    assert np.allclose(ours.coefficients, theirs.coefs, atol=1e-11)
    assert np.allclose(ours.intercept, theirs.intercept, atol=1e-11)
    assert np.allclose(ours.residuals, theirs.resid, atol=1e-11)
    assert np.allclose(ours.covariance, theirs.sigma_u_mle, atol=1e-11)
    assert np.allclose(fit_var(panel, lag, "T-df").covariance, theirs.sigma_u, atol=1e-11)
    assert ours.lag == lag


@pytest.mark.parametrize(("criterion", "theirs"), [("aic", "aic"), ("bic", "bic"), ("hq", "hqic")])
@pytest.mark.parametrize("seed", range(4))
def test_the_lag_is_searched_for_on_a_common_sample(criterion: str, theirs: str, seed: int) -> None:
    panel = returns(220, 3, seed=seed, lag=3, strength=0.9)
    expected = max(1, VAR(panel.values).select_order(6).selected_orders[theirs])
    assert lag_of(panel, LagSearch(criterion, 6)) == expected


@given(st.lists(st.integers(-150, 150), min_size=3, max_size=3), st.floats(-1e3, 1e3))
@settings(max_examples=30)
def test_units_change_the_coefficients_only_by_the_units(powers: list[int], offset: float) -> None:
    panel, unit = returns(150, 3), 10.0 ** np.array(powers)
    plain, scaled = fit_var(panel, 2), fit_var(of((panel.values + offset) * unit), 2)
    back = scaled.coefficients * (unit / unit[:, None])
    assert np.allclose(back, plain.coefficients, atol=1e-8)


@given(st.integers(0, 10_000), st.integers(1, 3), st.floats(0.5, 1.5))
@settings(max_examples=60)
def test_a_var_is_explosive_when_its_companion_has_a_root_beyond_one(
    seed: int, lag: int, size: float
) -> None:
    dice = np.random.default_rng(seed)
    steps = dice.normal(size=(5, lag, 3, 3)) * size / 3
    for one, verdict in zip(steps, explosive(steps), strict=True):
        companion = np.vstack([np.hstack(list(one)), np.eye(3 * (lag - 1), 3 * lag)])
        assert verdict == (np.abs(np.linalg.eigvals(companion)).max() > 1)


def test_a_series_that_stands_still_is_refused_by_name() -> None:
    values = returns(100, 3).values.copy()
    values[:, 1] = 66_000.1
    with pytest.raises(UnusableSeries, match=r"LINK-003  s1 0000\.\.0099"):
        fit_var(of(values), 1)


def test_a_series_that_moves_only_in_the_row_that_serves_as_lag_stands_still() -> None:
    values = returns(100, 3).values.copy()
    values[1:, 2] = 5.0
    with pytest.raises(UnusableSeries, match="LINK-003  s2"):
        fit_var(of(values), 1)


def test_a_series_that_others_determine_is_refused_by_name() -> None:
    values = returns(100, 3).values.copy()
    values[:, 2] = 3 * values[:, 0] - values[:, 1] + 7
    with pytest.raises(UnusableSeries, match="LINK-004  s2") as refused:
        fit_var(of(values), 1)
    assert "线性组合" in refused.value.text("zh")


def test_a_sample_too_short_for_its_coefficients_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="at least 18 for 2 lags of 5 series"):
        fit_var(returns(17, 5), 2)
    assert fit_var(returns(18, 5), 2).residuals.shape == (16, 5)
