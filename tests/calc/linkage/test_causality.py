"""Toda-Yamamoto tests."""

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.tsa.api import VAR

from touchstone.calc.linkage.causality import causalities, toda_yamamoto
from touchstone.calc.linkage.false_discovery import benjamini_hochberg
from touchstone.calc.linkage.lag_choice import LagSearch, lag_of
from touchstone.calc.linkage.panel import Panel
from touchstone.errors import UnusableSeries

from .markets import panel_of, unchecked, walk


def _chain(length: int, seed: int) -> Panel:
    """Ore moves copper, copper moves wire; ore reaches wire through copper alone."""
    random = np.random.default_rng(seed)
    ore = random.normal(size=length)
    copper, wire = np.zeros(length), np.zeros(length)
    for day in range(1, length):
        copper[day] = 0.7 * ore[day - 1] + random.normal()
        wire[day] = 0.7 * copper[day - 1] + random.normal()
    return panel_of(ore=ore.cumsum(), copper=copper.cumsum(), wire=wire.cumsum())


def test_the_past_of_ore_helps_to_predict_copper_and_not_the_reverse() -> None:
    given = _chain(400, 1)
    forward = toda_yamamoto(given, "ore", "copper", extra=1)
    backward = toda_yamamoto(given, "copper", "ore", extra=1)
    assert (forward.found, backward.found) == (True, False)
    assert forward.statement.sentence.en.startswith("The past of ore helps to predict copper (p < 0.001)")
    assert backward.statement.sentence.zh.startswith("copper的过去值未见有助于预测ore")


def test_an_indirect_link_goes_when_what_lies_between_is_held() -> None:
    given = _chain(800, 3)
    pair = toda_yamamoto(given, "ore", "wire", lags=2, extra=1)
    held = toda_yamamoto(given, "ore", "wire", holding=("copper",), lags=2, extra=1)
    assert (pair.found, held.found) == (True, False)
    assert held.given == ("copper",)
    assert "given copper" in held.statement.sentence.en


def test_the_wald_statistic_is_that_of_the_library_for_the_first_lags_alone() -> None:
    given = _chain(200, 5)
    found = toda_yamamoto(given, "ore", "wire", holding=("copper",), lags=2, extra=1)
    levels = given.values
    past = np.hstack([levels[3 - lag : -lag] for lag in (1, 2, 3)])
    twin = sm.OLS(levels[3:, 2], sm.add_constant(past)).fit()
    tested = np.zeros((2, 10))
    tested[0, 1] = tested[1, 4] = 1
    expected = twin.wald_test(tested, use_f=False, scalar=True)
    assert found.wald == pytest.approx(float(expected.statistic))
    assert found.p == pytest.approx(float(expected.pvalue))


def test_the_lag_order_is_chosen_on_a_common_sample_as_the_library_does() -> None:
    given = _chain(300, 9)
    for criterion in ("bic", "aic"):
        twin = VAR(given.values).select_order(8)
        assert lag_of(given, LagSearch(criterion, 8)) == twin.selected_orders[criterion]


def test_unrelated_walks_are_called_causes_about_as_often_as_the_size_says() -> None:
    called = sum(
        toda_yamamoto(panel_of(a=walk(200, seed), b=walk(200, seed + 500)), "a", "b", lags=2, extra=1).p
        < 0.05
        for seed in range(200)
    )
    assert 3 <= called <= 22


def test_every_ordered_pair_has_a_p_and_a_q_over_all_of_them() -> None:
    found = causalities(_chain(300, 2), extra=1).results
    assert [(each.cause, each.effect) for each in found[:2]] == [("ore", "copper"), ("copper", "ore")]
    assert len(found) == 6
    assert [each.q for each in found] == pytest.approx(benjamini_hochberg([each.p for each in found]))
    assert "over 6 tests" in found[0].statement.sentence.en


def test_the_conditional_variant_holds_all_other_series() -> None:
    found = causalities(_chain(800, 3), variant="conditional", lags=2, extra=1).results
    real = {(each.cause, each.effect) for each in found if each.found}
    assert real == {("ore", "copper"), ("copper", "wire")}
    assert all(len(each.given) == 1 for each in found)


def test_extra_lags_come_from_unit_root_tests() -> None:
    noise = np.random.default_rng(4).normal(size=(300, 2))
    assert toda_yamamoto(panel_of(a=noise[:, 0], b=noise[:, 1]), "a", "b").extra == 0
    assert toda_yamamoto(panel_of(a=walk(300, 1), b=walk(300, 2)), "a", "b").extra == 1


def test_more_extra_lags_than_tested_ones_are_refused() -> None:
    with pytest.raises(UnusableSeries, match="LINK-204") as refused:
        toda_yamamoto(_chain(200, 1), "ore", "wire", lags=1, extra=2)
    assert "检验滞后1阶" in refused.value.text("zh")


def test_a_gap_makes_its_pairs_absent_and_nothing_else() -> None:
    levels = _chain(200, 1).values
    gap = levels[:, 2].copy()
    gap[50] = np.nan
    found = causalities(unchecked(ore=levels[:, 0], copper=levels[:, 1], gap=gap))
    assert {(each.cause, each.effect) for each in found.results} == {("ore", "copper"), ("copper", "ore")}
    assert {absent.what for absent in found.absent} == {("ore", "gap"), ("gap", "ore"), ("copper", "gap"), ("gap", "copper")}  # fmt: skip
    assert all("gap" in str(absent.why) for absent in found.absent)


@pytest.mark.parametrize("length", [1, 2, 8, 15])
def test_a_sample_too_short_for_its_lags_is_refused(length: int) -> None:
    with pytest.raises(UnusableSeries):
        toda_yamamoto(panel_of(a=walk(length + 2, 1), b=walk(length + 2, 2)), "a", "b", lags=4, extra=1)


def test_too_few_lags_are_said_in_the_sentence() -> None:
    """A seasonal swing of period four cannot be caught by one lag."""
    random = np.random.default_rng(1)
    swing = np.zeros(300)
    for day in range(4, 300):
        swing[day] = 0.8 * swing[day - 4] + random.normal()
    found = toda_yamamoto(panel_of(swing=swing, b=random.normal(size=300)), "swing", "b", lags=1, extra=0)
    assert "autocorrelated" in found.statement.sentence.en
    assert "自相关" in found.statement.sentence.zh
    assert any("does not hold" in each.en for each in found.statement.assumptions)
