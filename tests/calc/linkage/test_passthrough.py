"""Asymmetric pass-through."""

import warnings

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.ardl import UECM

from touchstone.calc.linkage.nardl import Lags, estimated, multipliers, parted
from touchstone.calc.linkage.passthrough import pass_through
from touchstone.calc.linkage.resampling import Resampling
from touchstone.errors import UnusableSeries

from .markets import panel_of, passed_on, unchecked, walk


def test_the_true_long_run_lies_inside_its_interval_about_as_often_as_the_level_says() -> None:
    inside = 0
    for seed in range(20):
        found = pass_through(
            passed_on(300, seed, 0.9, 0.5),
            "copper",
            "rod",
            lags=Lags(0, 0),
            resampling=Resampling(resamples=99),
        )
        assert found.rise.long_run is not None and found.fall.long_run is not None
        inside += found.rise.long_run.low <= 0.9 <= found.rise.long_run.high
        inside += found.fall.long_run.low <= 0.5 <= found.fall.long_run.high
        assert found.bounds.related
        assert found.long_wald and found.long_wald[1] < 0.01
    assert inside >= 32


def test_the_path_begins_at_the_impact_and_ends_at_the_long_run() -> None:
    found = pass_through(
        passed_on(400, 1, 0.9, 0.5), "copper", "rod", horizon=80, resampling=Resampling(resamples=49)
    )
    assert found.rise.path[0].point == pytest.approx(0.3, abs=0.05)
    assert found.fall.path[0].point == pytest.approx(0.1, abs=0.05)
    for side in (found.rise, found.fall):
        assert side.long_run is not None
        assert side.path[-1].point == pytest.approx(side.long_run.point, abs=1e-4)
        assert side.done is not None and 5 <= side.done <= 12


def test_the_path_is_what_the_regression_makes_of_a_lasting_step() -> None:
    """An independent twin: the fitted equation run with and without one more percent."""
    given = passed_on(300, 2, 0.9, 0.5).values
    prices = parted(("x", "y"), given[:, 0], given[:, 1])
    fit = estimated(prices, Lags(2, 3))
    b, horizon = fit.weights, 20
    changes, level, sums = [0.0] * 4, [0.0], [0.0] * 4 + [1.0] * (horizon + 1)
    for t in range(4, 4 + horizon + 1):
        step = b[1] * level[-1] + b[2] * changes[-1] + b[3] * changes[-2] + b[5] * sums[t - 1]
        step += sum(b[10 + lag] * (sums[t - lag] - sums[t - lag - 1] if t > lag else 0.0) for lag in range(4))
        changes.append(step)
        level.append(level[-1] + step)
    assert multipliers(b, fit.lags, horizon)[1] == pytest.approx(level[1:])


def test_coefficients_and_bounds_statistics_are_those_of_the_library() -> None:
    given = passed_on(300, 3, 0.9, 0.5)
    prices = parted(("copper", "rod"), given.values[:, 0], given.values[:, 1])
    sides = pd.DataFrame({"up": prices.rises, "down": prices.falls})
    twin = UECM(pd.Series(prices.effect, name="rod"), 2, sides, 2, trend="c").fit()
    fit = estimated(prices, Lags(1, 1))
    places = [
        "const",
        "rod.L1",
        "D.rod.L1",
        "up.L1",
        "down.L1",
        "D.up.L0",
        "D.up.L1",
        "D.down.L0",
        "D.down.L1",
    ]
    assert fit.weights == pytest.approx([twin.params[place] for place in places])
    found = pass_through(given, "copper", "rod", lags=Lags(1, 1), resampling=Resampling(resamples=9))
    assert found.bounds.f == pytest.approx(
        float(twin.wald_test(np.eye(9)[1:4], use_f=True, scalar=True).statistic)
    )
    assert found.bounds.t == pytest.approx(twin.tvalues["rod.L1"])


def test_the_sentence_says_how_much_passes_and_when() -> None:
    found = pass_through(passed_on(400, 1, 0.9, 0.5), "copper", "rod", resampling=Resampling(resamples=199))
    assert found.statement.sentence.en.startswith(
        "Of a 1 % rise of copper, rod takes up 29 % (95 %: 26 to 33 %) at once and 91 %"
    )
    assert "in the long run, nine tenths of it within" in found.statement.sentence.en
    assert "涨跌的长期传导有显著差别（Wald p < 0.001）" in found.statement.sentence.zh


def test_equal_effects_are_called_different_about_as_often_as_the_size_says() -> None:
    few = Resampling(resamples=2)
    called = 0
    for seed in range(40):
        given = passed_on(200, seed, 0.8, 0.8)
        found = pass_through(given, "copper", "rod", lags=Lags(0, 0), horizon=1, resampling=few)
        called += found.long_wald is not None and found.long_wald[1] < 0.05
    assert called <= 7


def test_two_walks_have_no_long_run_to_state() -> None:
    found = pass_through(
        panel_of(tin=walk(300, 3), zinc=walk(300, 4)), "tin", "zinc", resampling=Resampling(resamples=49)
    )
    assert found.bounds.related is not True
    assert "no long-run pass-through is stated" in found.statement.sentence.en
    assert "不给出长期传导" in found.statement.sentence.zh


def test_a_price_that_only_rises_cannot_show_what_falls_do() -> None:
    random = np.random.default_rng(1)
    only_up = random.uniform(0, 0.02, 200).cumsum()
    with pytest.raises(UnusableSeries, match="LINK-209") as refused:
        pass_through(panel_of(copper=only_up, rod=walk(200, 2)), "copper", "rod")
    assert "199 rises and 0 falls" in refused.value.text()
    assert "下跌0次" in refused.value.text("zh")


def test_a_sample_shorter_than_its_lags_and_a_gap_are_refused() -> None:
    with pytest.raises(UnusableSeries, match="LINK-005"):
        pass_through(panel_of(a=walk(30, 5), b=walk(30, 6)), "a", "b")
    gap = walk(100, 1)
    gap[3] = np.nan
    with pytest.raises(UnusableSeries, match="LINK-002"):
        pass_through(unchecked(a=gap, b=walk(100, 2)), "a", "b")


def test_an_effect_that_runs_away_is_refused() -> None:
    bubble = 1.04 ** np.arange(150) + np.random.default_rng(1).normal(0, 0.001, 150)
    with pytest.raises(UnusableSeries, match="explodes"):
        pass_through(
            panel_of(copper=walk(150, 2), rod=bubble), "copper", "rod", resampling=Resampling(resamples=9)
        )


def test_the_same_seed_gives_the_same_bands() -> None:
    given = passed_on(200, 5, 0.9, 0.6)
    one, two, other = (
        pass_through(given, "copper", "rod", resampling=Resampling(seed, 49)) for seed in (1, 1, 2)
    )
    assert one == two
    assert one.rise != other.rise


def test_unequal_effects_are_not_tested_where_there_is_no_relation() -> None:
    few = Resampling(resamples=9)
    alone = [panel_of(a=walk(200, seed), b=walk(200, seed + 50)) for seed in range(8)]
    found = [pass_through(each, "a", "b", resampling=few) for each in alone]
    assert all((one.long_wald is None) == (one.bounds.related is not True) for one in found)
    assert sum(one.long_wald is None for one in found) >= 6


@pytest.mark.parametrize("apart", [1e-6, 1e-7, 1e-8, 1e-9])
def test_an_effect_that_hardly_differs_from_its_cause_is_refused_or_finite(apart: float) -> None:
    one, other = walk(300, 1, 1.0), walk(300, 2, 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = pass_through(
                panel_of(a=one, b=3 * one + apart * other), "a", "b", resampling=Resampling(resamples=9)
            )
        except UnusableSeries as refused:
            assert refused.code == "LINK-004"
        else:
            assert np.isfinite([found.bounds.f, found.bounds.t, *found.short_wald]).all()
