"""The filter is the textbook's, its structure only saves work; it knows nothing later, and no unit moves it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.linkage.convention import Convention, Forgetting
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.tvp import tvp_connectedness
from touchstone.calc.linkage.tvp_prior import Prior, prior_of
from touchstone.calc.linkage.tvp_var import filtered
from touchstone.calc.linkage.var import fit_var
from touchstone.errors import UnusableSeries

from .made import of, returns

SHORT = Forgetting(prior_window=60)


def textbook(panel: Panel, lag: int, how: Forgetting, digits: type = np.float64) -> list[np.ndarray]:
    """Coefficients (N, N p) and covariance of each period, with the measurement matrix written out."""
    prior = prior_of(panel.between(0, how.prior_window or len(panel)), lag, how, "T")
    values = panel.values.astype(digits)
    width = values.shape[1]
    mean, variance = prior.mean.ravel().astype(digits), prior.variance.astype(digits)
    covariance, found = prior.covariance.astype(digits), []
    for row, now in enumerate(values):
        earlier = covariance
        if row < lag:
            shock = now * np.sqrt(digits(0.1))
            covariance = (
                how.kappa2 * earlier + (1 - how.kappa2) * np.outer(shock, shock) if row else covariance
            )
            found.append((mean.reshape(width, -1), covariance))
            continue
        if row > lag:
            variance = variance / digits(how.kappa1)
        lags = np.concatenate([values[row - j] for j in range(1, lag + 1)])
        design = np.kron(np.eye(width), lags).astype(digits)
        error = now - design @ mean
        shock = error if row > lag else now * np.sqrt(digits(0.1))
        covariance = how.kappa2 * earlier + (1 - how.kappa2) * np.outer(shock, shock)
        spread = design @ variance @ design.T + covariance
        gain = variance @ design.T @ _inverse(spread)
        mean = mean + gain @ error
        variance = variance - gain @ design @ variance
        variance = (variance + variance.T) / 2
        if how.covariance == "filtered":
            left = now - design @ mean
            covariance = how.kappa2 * earlier + (1 - how.kappa2) * np.outer(left, left)
        found.append((mean.reshape(width, -1), covariance))
    return found


def _inverse(matrix: np.ndarray) -> np.ndarray:
    """In the precision of the matrix, which LAPACK would lose."""
    if matrix.dtype == np.float64:
        return np.linalg.inv(matrix)
    (a, b), (c, d) = matrix
    return np.array([[d, -b], [-c, a]]) / (a * d - b * c)


@pytest.mark.parametrize("lag", [1, 2])
@pytest.mark.parametrize(
    "how",
    [
        SHORT,
        Forgetting(0.97, 0.95, prior_window=60, prior_variance="unit", covariance="filtered"),
        Forgetting(prior="minnesota", prior_window=None),
        Forgetting(prior="loose", prior_window=80),
    ],
    ids=["ols", "ols, unit variance, filtered", "minnesota", "loose"],
)
def test_the_filter_is_the_textbook_filter(lag: int, how: Forgetting) -> None:
    panel = returns(150, 3, lag=lag)
    prior = prior_of(panel.between(0, how.prior_window or len(panel)), lag, how, "T")
    path = filtered(panel, lag, prior, how, hold=False)
    for row, (mean, covariance) in enumerate(textbook(panel, lag, how)):
        joint = np.hstack(list(path.coefficients[row]))
        assert joint == pytest.approx(mean, abs=1e-9)
        assert path.covariance[row] == pytest.approx(covariance, abs=1e-9)


def test_rounding_does_not_grow_over_thousands_of_periods() -> None:
    """An asymmetry of the last digit would grow by 1/kappa a step: over 3,000 steps of 0.99 by 1e13."""
    panel = returns(3000, 2)
    path = filtered(panel, 1, prior_of(panel.between(0, 60), 1, SHORT, "T"), SHORT, hold=False)
    mean, covariance = textbook(panel, 1, SHORT, np.longdouble)[-1]
    assert path.coefficients[-1, 0] == pytest.approx(mean.astype(float), abs=1e-12)
    assert path.covariance[-1] == pytest.approx(covariance.astype(float), abs=1e-12)
    assert path.variance == pytest.approx(path.variance.T, abs=1e-15)


def test_without_forgetting_it_is_bayesian_regression() -> None:
    """kappa 1 and 1: posterior mean (V^-1 + X'X x S^-1)^-1 (V^-1 b + X'y x S^-1), whatever the order of the rows."""
    panel = returns(120, 3)
    how = Forgetting(1.0, 1.0, prior_window=60)
    prior = prior_of(panel.between(0, 60), 1, how, "T")
    path = filtered(panel, 1, prior, how, hold=False)
    past, now = panel.values[:-1], panel.values[1:]
    sure, given_ = np.linalg.inv(prior.variance), np.linalg.inv(prior.covariance)
    precision = sure + np.kron(given_, past.T @ past)
    pull = sure @ prior.mean.ravel() + (given_ @ now.T @ past).ravel()
    assert path.coefficients[-1, 0].ravel() == pytest.approx(np.linalg.solve(precision, pull), abs=1e-9)
    assert path.variance == pytest.approx(np.linalg.inv(precision), abs=1e-9)


@given(st.lists(st.integers(-150, 150), min_size=3, max_size=3), st.integers(1, 2))
@settings(max_examples=10)
def test_no_unit_moves_the_tables(powers: list[int], lag: int) -> None:
    panel = returns(120, 3)
    plain = tvp_connectedness(panel, Convention(lag=lag), SHORT)
    scaled = tvp_connectedness(of(panel.values * 10.0 ** np.array(powers)), Convention(lag=lag), SHORT)
    assert scaled.tables == pytest.approx(plain.tables, abs=1e-7)


def test_the_unit_variance_of_the_r_package_depends_on_the_unit_and_says_so() -> None:
    panel = returns(120, 3)
    how = Forgetting(prior_window=60, prior_variance="unit")
    plain, scaled = (tvp_connectedness(of(panel.values * size), forgetting=how) for size in (1, 0.01))
    assert np.abs(plain.tables - scaled.tables).max() > 0.1
    assert ("prior_variance", "unit") in plain.statement.parameters


@given(st.integers(60, 118))
@settings(max_examples=10)
def test_a_table_after_the_prior_knows_nothing_later(row: int) -> None:
    values = returns(120, 3).values
    changed = values.copy()
    changed[row + 1 :] *= -3
    before, after = (tvp_connectedness(of(each), forgetting=SHORT) for each in (values, changed))
    assert before.real_time_from == "0059"
    assert np.array_equal(before.tables[: row + 1], after.tables[: row + 1])


def test_a_mean_or_prior_of_the_whole_sample_is_never_real_time() -> None:
    panel = returns(120, 3)
    for how in (Forgetting(prior_window=60, centring="sample"), Forgetting(prior_window=None)):
        assert tvp_connectedness(panel, forgetting=how).real_time_from is None


def test_every_period_has_a_table_and_the_first_are_those_of_the_prior() -> None:
    panel = returns(120, 3)
    found = tvp_connectedness(panel, Convention(), SHORT)
    assert found.periods == panel.periods and not found.absent
    static = spillover(panel.between(0, 60), Convention(), None)
    assert found.tables[0] == pytest.approx(static.table, abs=1e-9)


def test_an_explosive_update_is_held_back_and_counted() -> None:
    values = returns(160, 2).values.copy()
    values[100:, 0] += 1.15 ** np.arange(60)
    holding, letting = (
        tvp_connectedness(of(values), Convention(explosive=how), SHORT) for how in ("refuse", "keep")
    )
    held = int(dict(holding.statement.parameters)["explosive_periods_held"])
    assert held > 10 and dict(letting.statement.parameters)["explosive_periods_held"] == "0"
    assert np.isfinite(holding.tables).all()


def test_an_observation_out_of_all_proportion_is_refused_with_its_period() -> None:
    values = returns(160, 2).values.copy()
    values[100:, 0] += 2.0 ** np.arange(60)
    with pytest.raises(UnusableSeries, match=r"LINK-108  s0, s1 01[0-5]\d"):
        tvp_connectedness(of(values), forgetting=SHORT)


def test_the_prior_loses_the_lag_where_the_window_is_reduced() -> None:
    found = tvp_connectedness(returns(120, 3), Convention(lag=2, reduced=True), SHORT)
    assert ("prior_rows", "58") in found.statement.parameters


def test_the_variance_of_an_ols_prior_is_that_of_its_coefficients() -> None:
    panel = returns(100, 3)
    prior: Prior = prior_of(panel, 1, Forgetting(), "T-df")
    model = fit_var(panel, 1, "T-df")
    from statsmodels.tsa.api import VAR

    theirs = VAR(panel.values).fit(1).cov_params()
    order = [equation + 3 * (1 + regressor) for equation in range(3) for regressor in range(3)]
    assert prior.variance == pytest.approx(np.asarray(theirs)[np.ix_(order, order)], abs=1e-9)
    assert np.array_equal(prior.mean, model.coefficients[0])


def test_a_panel_shorter_than_the_prior_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="at least 200 for the 200 rows of the prior"):
        tvp_connectedness(returns(199, 3))


def test_a_series_that_stands_still_in_the_prior_is_refused_by_name() -> None:
    values = returns(120, 3).values.copy()
    values[:60, 2] = 3.0
    with pytest.raises(UnusableSeries, match=r"LINK-003  s2 0000\.\.0059"):
        tvp_connectedness(of(values), forgetting=SHORT)


@pytest.mark.parametrize("prior", ["minnesota", "loose"])
def test_series_that_repeat_each_other_in_the_prior_are_refused_by_name(prior: str) -> None:
    values = returns(120, 3).values.copy()
    values[:60, 2] = values[:60, 0] + values[:60, 1]
    with pytest.raises(UnusableSeries, match="LINK-004  s2"):
        tvp_connectedness(of(values), forgetting=Forgetting(prior=prior, prior_window=60))


def test_intervals_of_the_last_period_are_drawn_with_a_seed() -> None:
    panel = returns(150, 3)
    first, again, other = (
        tvp_connectedness(panel, Convention(), SHORT, Resampling(seed, 99)) for seed in (1, 1, 2)
    )
    assert first.intervals == again.intervals != other.intervals
    assert first.latest.intervals and first.intervals
    assert first.intervals.total.low < first.intervals.total.high
    assert "95 % interval" in first.statement.sentence.en
