"""Price discovery."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.linkage.discovery import information_shares, permanent_weights, price_discovery
from touchstone.calc.linkage.resampling import Resampling
from touchstone.errors import UnusableSeries

from .markets import panel_of, two_markets, walk

FEW = Resampling(resamples=99)
PULLS = st.tuples(st.floats(-0.9, -0.01), st.floats(0.01, 0.9))
SIZES = st.tuples(st.floats(0.1, 10), st.floats(0.1, 10), st.floats(-0.95, 0.95))


@given(PULLS)
def test_for_two_markets_the_weights_are_the_closed_form(pulls: tuple[float, float]) -> None:
    """Gonzalo & Granger 1995: g1 = a2 / (a2 - a1), g2 = -a1 / (a2 - a1)."""
    first, second = pulls
    found = permanent_weights(np.array([[first], [second]]))
    assert found == pytest.approx([second / (second - first), -first / (second - first)])


@given(PULLS, SIZES)
def test_for_two_markets_the_bounds_are_the_closed_form(
    pulls: tuple[float, float], sizes: tuple[float, float, float]
) -> None:
    """Baillie, Booth, Tse & Zabotina 2002, equation 10: with market 1 first, its share is
    (g1 s1 + g2 r s2)^2 / ((g1 s1 + g2 r s2)^2 + (g2 s2)^2 (1 - r^2))."""
    one, two, together = sizes
    loadings = np.array([[pulls[0]], [pulls[1]]])
    covariance = np.array([[one**2, together * one * two], [together * one * two, two**2]])
    g = permanent_weights(loadings)

    def first(a: int, b: int, s: tuple[float, float]) -> float:
        leading = (g[a] * s[a] + g[b] * together * s[b]) ** 2
        return leading / (leading + (g[b] * s[b]) ** 2 * (1 - together**2))

    ahead, behind = first(0, 1, (one, two)), 1 - first(1, 0, (one, two))
    low, high = information_shares(loadings, covariance)
    assert (low[0], high[0]) == pytest.approx((min(ahead, behind), max(ahead, behind)), abs=1e-9)
    assert low[0] + high[1] == pytest.approx(1)


@settings(max_examples=20)
@given(st.integers(2, 5), st.integers(0, 1000))
def test_weights_undo_every_loading_and_renaming_markets_renames_their_shares(
    markets: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    loadings = random.normal(size=(markets, markets - 1))
    root = random.normal(size=(markets, markets)) + 2 * np.eye(markets)
    covariance = root @ root.T
    weights = permanent_weights(loadings)
    assert weights @ loadings == pytest.approx(np.zeros(markets - 1), abs=1e-6 * np.abs(weights).max())
    assert weights.sum() == pytest.approx(1)
    order = random.permutation(markets)
    low, high = information_shares(loadings, covariance)
    again = information_shares(loadings[order], covariance[np.ix_(order, order)])
    assert again[0] == pytest.approx(low[order], abs=1e-9)
    assert again[1] == pytest.approx(high[order], abs=1e-9)


def test_uncorrelated_shocks_leave_nothing_between_the_bounds() -> None:
    low, high = information_shares(np.array([[-0.1], [0.3]]), np.diag([1.0, 2.0]))
    assert low == pytest.approx(high)
    assert low == pytest.approx([9 * 1 / (9 * 1 + 1 * 2), 2 / 11])


def test_the_true_weight_lies_inside_its_interval_about_as_often_as_the_level_says() -> None:
    """london gives way by 0.02 and shanghai by 0.18: london makes 90 % of the price."""
    inside = 0
    for seed in range(20):
        given = two_markets(300, seed, (-0.02, 0.18))
        london = price_discovery(given, lags=1, resampling=Resampling(resamples=99)).shares[0].weight
        inside += london.low <= 0.9 <= london.high
    assert inside >= 16


def test_the_market_that_the_other_follows_leads_and_the_sentence_says_by_how_much() -> None:
    found = price_discovery(two_markets(1500, 1, (-0.01, 0.2), together=0.05), lags=1)
    assert found.leader == "london"
    assert found.shares[0].conclusive
    assert found.statement.sentence.en.startswith("london leads price discovery: permanent weight ")
    assert found.statement.sentence.zh.startswith("价格主要由london发现：长期权重")


def test_bounds_that_are_too_wide_are_said_to_be_inconclusive() -> None:
    found = price_discovery(two_markets(1500, 1, (-0.08, 0.12), together=0.9), lags=1, resampling=FEW)
    assert found.leader is None
    assert not found.shares[0].conclusive
    assert "inconclusive" in found.statement.sentence.en
    assert "没有定论" in found.statement.sentence.zh
    lenient = price_discovery(
        two_markets(1500, 1, (-0.08, 0.12), together=0.9), lags=1, wide=1.0, resampling=FEW
    )
    assert lenient.shares[0].conclusive


def test_three_places_share_one_trend_and_their_weights_sum_to_one() -> None:
    base = two_markets(600, 4, (-0.05, 0.15)).values
    rotterdam = base[:, 0] + np.random.default_rng(5).normal(0, 0.01, 600)
    found = price_discovery(
        panel_of(london=base[:, 0], shanghai=base[:, 1], rotterdam=rotterdam), resampling=FEW
    )
    assert sum(share.weight.point for share in found.shares) == pytest.approx(1)
    assert all(share.low <= share.middle.point <= share.high for share in found.shares)
    assert any("trace test agrees (rank 2)" in each.en for each in found.statement.assumptions)


def test_markets_without_a_common_trend_are_said_to_have_none() -> None:
    found = price_discovery(panel_of(tin=walk(400, 3), zinc=walk(400, 4)), lags=1, resampling=FEW)
    assert any("does not agree (rank 0, not 1)" in each.en for each in found.statement.assumptions)


def test_six_markets_are_refused() -> None:
    markets = {f"m{i}": walk(200, i) for i in range(6)}
    with pytest.raises(UnusableSeries, match="LINK-207") as refused:
        price_discovery(panel_of(**markets), lags=1)
    assert "6个市场" in refused.value.text("zh")


def test_the_same_seed_gives_the_same_intervals() -> None:
    given = two_markets(300, 6, (-0.05, 0.1))
    one, two, other = (price_discovery(given, lags=1, resampling=Resampling(seed, 99)) for seed in (3, 3, 4))
    assert one == two
    assert one.shares != other.shares
