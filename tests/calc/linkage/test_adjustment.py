"""Error correction and half-lives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.vector_ar.vecm import VECM

from touchstone.calc.linkage.adjustment import adjustment, half_life
from touchstone.calc.linkage.error_correction import examined, model
from touchstone.calc.linkage.error_correction_draws import drawn_models
from touchstone.calc.linkage.reduced_rank import Form
from touchstone.calc.linkage.resampling import Resampling
from touchstone.errors import UnusableSeries

from .markets import danish_money, panel_of, two_markets, walk

FEW = Resampling(resamples=99)


def test_danish_adjustment_and_its_errors_are_those_of_the_library() -> None:
    given = danish_money()
    found = adjustment(given, lags=2, season=4, resampling=FEW)
    twin = VECM(given.values, k_ar_diff=1, coint_rank=1, deterministic="ci", seasons=4).fit()
    assert found.loadings == pytest.approx(twin.alpha)
    assert found.loading_errors == pytest.approx(twin.stderr_alpha)
    assert found.relations[:4] == pytest.approx(twin.beta)
    assert found.relation_errors[:4] == pytest.approx(twin.stderr_beta)
    assert found.relations[4] == pytest.approx(twin.const_coint[0])
    assert found.relation_errors[4] == pytest.approx(twin.stderr_det_coef_coint[0])


@pytest.mark.parametrize(("case", "theirs"), [("none", "n"), ("ci", "ci"), ("co", "co"), ("li", "coli")])
def test_two_relations_among_three_prices_are_those_of_the_library(case: str, theirs: str) -> None:
    base = two_markets(300, 2, (-0.1, 0.1)).values
    third = base[:, 0] + np.random.default_rng(3).normal(0, 0.01, 300)
    given = panel_of(a=base[:, 0], b=base[:, 1], c=third)
    found = model(given, Form(3, case), 2)  # pyright: ignore
    twin = VECM(given.values, k_ar_diff=2, coint_rank=2, deterministic=theirs).fit()
    assert found.ranked.loadings == pytest.approx(twin.alpha, rel=1e-4)
    assert found.ranked.relations[:3] == pytest.approx(twin.beta, rel=1e-4, abs=1e-8)
    assert found.ranked.covariance == pytest.approx(twin.sigma_u, rel=1e-6)
    if case == "co":
        assert examined(found, 0.95)[0].p == pytest.approx(twin.test_whiteness(10, adjusted=True).pvalue)


@given(st.floats(-0.99, -0.01))
def test_after_a_half_life_half_of_a_deviation_is_left(speed: float) -> None:
    found = half_life(speed, np.full(9, speed), 0.95)
    assert found.periods is not None
    assert (1 + speed) ** found.periods == pytest.approx(0.5)
    assert found.low == pytest.approx(found.periods) and found.high == pytest.approx(found.periods)


@pytest.mark.parametrize(("speed", "said"), [(0.0, "not corrected"), (0.3, "not corrected"), (-1.0, "one period"), (-1.4, "one period")])  # fmt: skip
def test_where_nothing_halves_the_half_life_is_undefined_and_says_why(speed: float, said: str) -> None:
    found = half_life(speed, np.full(9, speed), 0.95)
    assert (found.periods, found.low, found.high) == (None, None, None)
    assert found.undefined is not None and said in found.undefined.en


def test_a_speed_that_may_be_nil_has_no_longest_half_life() -> None:
    found = half_life(-0.1, np.linspace(-0.3, 0.0, 99), 0.95)
    assert found.periods == pytest.approx(6.58, abs=0.01)
    assert found.low is not None and found.low < found.periods
    assert found.high is None


def test_the_true_speed_lies_inside_its_interval_about_as_often_as_the_level_says() -> None:
    """-0.05 - 0.15 = -0.2: a fifth of each deviation goes every day, half of it in 3.1 days."""
    inside = 0
    for seed in range(20):
        found = adjustment(two_markets(300, seed, (-0.05, 0.15)), lags=1, resampling=FEW)
        inside += found.whole.speed.low <= -0.2 <= found.whole.speed.high
        assert found.relations[1, 0] == pytest.approx(-1, abs=0.3)
    assert inside >= 16


def test_the_sentence_gives_the_half_life_and_its_interval() -> None:
    found = adjustment(two_markets(800, 4, (-0.05, 0.15)), lags=1)
    assert found.statement.sentence.en.startswith(
        "Half of a deviation among london, shanghai is gone after 3."
    )
    assert "期内消失一半（95%区间：" in found.statement.sentence.zh
    own = [half.periods for (half,) in found.own]
    assert own[1] is not None and found.whole.periods is not None and own[1] > found.whole.periods


def test_what_a_series_does_not_correct_itself_is_said() -> None:
    """london walks off, and shanghai does all of the correcting: london's own half-life is undefined or unbounded."""
    found = adjustment(two_markets(800, 4, (0.0, 0.2)), lags=1)
    london = found.own[0][0]
    assert london.undefined is not None or london.high is None
    assert found.own[1][0].periods == pytest.approx(3.1, abs=0.7)


def test_draws_lie_around_the_estimate_whatever_the_form() -> None:
    given = two_markets(400, 9, (-0.1, 0.2))
    for form in (Form(1), Form(3, "co", 12), Form(2, "li", 0, "long-run"), Form(2, "none", 4)):
        estimate = model(given, form, 1)
        drawn = drawn_models(estimate, FEW).loadings[:, :, 0]
        assert (np.abs(drawn.mean(axis=0) - estimate.ranked.loadings[:, 0]) < 3 * drawn.std(axis=0)).all()


def test_the_draws_do_not_depend_on_how_they_are_batched(monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = model(two_markets(300, 9, (-0.1, 0.2)), Form(2), 1)
    together = drawn_models(estimate, FEW)
    monkeypatch.setattr("touchstone.calc.linkage.error_correction_draws._ROOM", 5000)
    assert drawn_models(estimate, FEW).loadings == pytest.approx(together.loadings)


def test_a_model_that_explodes_is_not_drawn_from() -> None:
    growth = 1.05 ** np.arange(120) + np.random.default_rng(2).normal(0, 0.01, 120)
    with pytest.raises(UnusableSeries, match="explodes") as refused:
        adjustment(panel_of(bubble=growth, other=walk(120, 3)), lags=1)
    assert "发散" in refused.value.text("zh")


def test_a_rank_that_leaves_no_trend_is_a_wrong_call() -> None:
    with pytest.raises(ValueError, match="rank 2"):
        adjustment(two_markets(100, 1, (-0.1, 0.1)), rank=2, lags=1)


def test_prices_that_hardly_move_are_not_drawn_from() -> None:
    """Four moves each, on the same days: some draws have too few of them to tell the two prices apart."""
    levels = np.random.default_rng(1).normal(size=(2, 5))
    given = panel_of(gallium=np.repeat(levels[0], 12), germanium=np.repeat(levels[1], 12))
    with pytest.raises(UnusableSeries, match="LINK-210") as refused:
        adjustment(given, lags=1, resampling=Resampling(resamples=300, block=1))
    assert "重抽样本" in refused.value.text("zh")
