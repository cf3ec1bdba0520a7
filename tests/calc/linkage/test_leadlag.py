"""Which price moves first."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.stattools import ccf

from touchstone.calc.linkage.leadlag import lead_lag, lead_lags
from touchstone.calc.linkage.resampling import Resampling
from touchstone.errors import UnusableSeries

from .markets import led, panel_of, unchecked


@settings(max_examples=10)
@given(lag=st.integers(1, 6), seed=st.integers(0, 1000))
def test_a_lead_is_found_with_its_periods_whichever_series_is_named_first(lag: int, seed: int) -> None:
    returns = led(400, seed, lag, 0.7)
    forward = lead_lag(returns, "early", "late", resampling=Resampling(resamples=99))
    backward = lead_lag(returns, "late", "early", resampling=Resampling(resamples=99))
    assert (forward.leader, forward.lag.point) == ("early", lag)
    assert (backward.leader, backward.lag.point) == ("early", -lag)
    assert forward.lag.low <= lag <= forward.lag.high


def test_the_sentence_says_who_leads_by_how_much_and_how_surely() -> None:
    found = lead_lag(led(500, 1, 2, 0.6), "early", "late")
    assert found.statement.sentence.en == "early leads late by 2 periods (95 %: 2 to 2; r = 0.43, p < 0.001)."
    assert found.statement.sentence.zh == "early比late领先2期（95%区间：2至2期；r = 0.43，p < 0.001）。"


def test_a_follower_that_moves_the_other_way_is_led_as_well() -> None:
    found = lead_lag(led(500, 4, 1, -0.6), "early", "late")
    assert found.leader == "early"
    assert found.strength.high < 0


def test_the_closest_relation_within_the_same_period_is_no_lead() -> None:
    found = lead_lag(led(500, 2, 0, 0.6), "early", "late")
    assert (found.leader, found.lag.point) == (None, 0)
    assert "same period" in found.statement.sentence.en


def test_two_series_with_long_memory_and_nothing_in_common_rarely_look_related() -> None:
    """Without the filter their plain cross-correlations leave the band in more than half of the samples."""
    alarms = plain = 0
    for seed in range(60):
        one, other = (led(300, 1000 * seed + k, 0, 0, 0.9).values[:, 0] for k in (1, 2))
        found = lead_lag(panel_of(one=one, other=other), "one", "other", resampling=Resampling(resamples=9))
        alarms += found.q <= 0.05
        plain += bool(
            (np.abs(ccf(other - other.mean(), one - one.mean(), adjusted=False)[:11]) > found.band).any()
        )
    assert alarms <= 7
    assert plain > 30


def test_without_a_filter_the_correlations_are_those_of_the_library() -> None:
    random = np.random.default_rng(3)
    given = panel_of(a=random.normal(size=200), b=random.normal(size=200))
    found = lead_lag(given, "a", "b", orders=0, reach=5)
    ahead = ccf(given.values[:, 1], given.values[:, 0], adjusted=False)[:6]
    behind = ccf(given.values[:, 0], given.values[:, 1], adjusted=False)[1:6]
    assert [r for _, r in found.correlations] == pytest.approx([*behind[::-1], *ahead])
    assert found.band == pytest.approx(2 / 200**0.5)


def test_the_same_seed_gives_the_same_interval_and_is_stated() -> None:
    returns = led(300, 8, 3, 0.3)
    one, two, other = (lead_lag(returns, "early", "late", resampling=Resampling(seed)) for seed in (7, 7, 8))
    assert one == two
    assert one.strength != other.strength
    assert ("seed", "7") in one.statement.parameters


def test_one_bad_series_is_absent_with_its_reason_and_the_other_pairs_go_on() -> None:
    returns = led(300, 8, 2, 0.6).values
    gap = returns[:, 0].copy()
    gap[17] = np.nan
    found = lead_lags(
        unchecked(a=returns[:, 0], b=returns[:, 1], gap=gap, still=np.ones(300)),
        resampling=Resampling(resamples=49),
    )
    assert [(each.first, each.second) for each in found.results] == [("a", "b")]
    assert found.results[0].leader == "a"
    reasons = {absent.what: absent.why.code for absent in found.absent}
    assert reasons[("a", "gap")] == "LINK-002"
    assert reasons[("b", "still")] == "LINK-003"
    assert len(reasons) == 5


def test_over_many_pairs_a_lead_must_be_surer() -> None:
    random = np.random.default_rng(6)
    weak = led(300, 20, 2, 0.28)
    noise = {f"n{i}": random.normal(size=300) for i in range(4)}
    given = panel_of(early=weak.values[:, 0], late=weak.values[:, 1], **noise)
    many = lead_lags(given, resampling=Resampling(resamples=49))
    alone = lead_lag(given, "early", "late", resampling=Resampling(resamples=49))
    assert many.results[0].p == alone.p == alone.q
    assert many.results[0].q >= alone.p
    assert ("pairs_together", "15") in many.results[0].statement.parameters


def test_a_sample_shorter_than_its_lags_is_refused_in_both_languages() -> None:
    with pytest.raises(UnusableSeries) as refused:
        lead_lag(led(40, 1, 1, 0.5), "early", "late")
    assert "40 usable periods" in refused.value.text()
    assert "可用时期40个" in refused.value.text("zh")


def test_days_on_which_both_are_stormy_though_unrelated_make_no_relation() -> None:
    """With a constant variance assumed, a third of such samples looked related."""
    alarms = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        storm = np.zeros(300)
        for day in range(1, 300):
            storm[day] = 0.97 * storm[day - 1] + 0.25 * random.normal()
        one, other = np.exp(storm / 2) * random.normal(size=(2, 300))
        found = lead_lag(panel_of(one=one, other=other), "one", "other", resampling=Resampling(resamples=9))
        alarms += found.p < 0.05
    assert alarms <= 9
