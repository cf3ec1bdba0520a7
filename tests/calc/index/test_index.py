"""The index: contributions add up, scales and orders do not matter, and the past does not move."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.index.calibration import calibrate, calibration_of, sensitivity
from touchstone.calc.index.index import index_of
from touchstone.calc.index.recipe import Form
from touchstone.calc.index.recipe_file import recipes
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import UnreadableFile, UnusableSeries

from .made import FIRST, adjusted, copper, series, small, until

DAY = date(2024, 7, 16)
FORMS: tuple[Form, ...] = ("association", "level", "composite", "growth_cycle")


@pytest.mark.parametrize("form", FORMS)
def test_contributions_of_indicators_and_of_sectors_add_up_to_the_level(form: Form) -> None:
    recipe = copper(form)
    index = index_of(recipe, adjusted(recipe), DAY)
    known = np.isfinite(index.levels)
    assert known.sum() > 130
    by_indicator = index.bases + index.contributions.sum(axis=1) + index.trends - index.levels
    by_sector = index.bases + index.by_sector.sum(axis=1) + index.trends - index.levels
    assert np.abs(by_indicator[known]).max() < 1e-9 and np.abs(by_sector[known]).max() < 1e-9


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), factors=st.lists(st.floats(1e-6, 1e6), min_size=3, max_size=3))
def test_the_unit_of_an_indicator_does_not_matter(seed: int, factors: list[float]) -> None:
    recipe = small()
    own = adjusted(recipe, seed)
    scaled = {
        key: TimeSeries(key, "M", s.periods, s.values * factor, s.unit, s.facts)
        for (key, s), factor in zip(own.items(), factors, strict=True)
    }
    one, other = index_of(recipe, own, DAY), index_of(recipe, scaled, DAY)
    np.testing.assert_allclose(one.levels, other.levels, rtol=1e-9)
    np.testing.assert_allclose(one.contributions, other.contributions, atol=1e-8)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), order=st.permutations(range(4)))
def test_the_order_of_indicators_does_not_matter(seed: int, order: list[int]) -> None:
    recipe = small(count=4)
    turned = replace(recipe, indicators=tuple(recipe.indicators[n] for n in order))
    own = adjusted(recipe, seed)
    one, other = index_of(recipe, own, DAY), index_of(turned, own, DAY)
    np.testing.assert_allclose(one.levels, other.levels, rtol=1e-12)
    np.testing.assert_allclose(one.contributions[:, order], other.contributions, atol=1e-12)


def test_what_is_added_later_never_moves_a_level_published_before() -> None:
    recipe = copper()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    then = index_of(recipe, until(own, "2023-05"), kept)
    now = index_of(recipe, own, kept)
    rows = len(then.periods)
    assert then.levels[1:].tolist() == now.levels[1:rows].tolist()
    assert then.contributions.tolist() == now.contributions[:rows].tolist()
    again = index_of(recipe, own, calibration_of(kept.text(), "copper-demand"))
    assert again.plain() == now.plain()


def test_the_history_has_the_declared_spread_and_100_says_that_nothing_moved() -> None:
    recipe = copper()
    index = index_of(recipe, adjusted(recipe), DAY)
    inside = [recipe.scaling.since <= period <= recipe.scaling.until for period in index.periods]
    assert np.std(index.levels[inside], ddof=1) == pytest.approx(10.0)
    still = {
        key: TimeSeries(key, "M", (*s.periods, "2024-07"), np.append(s.values, s.values[-1]), s.unit, (*s.facts, ()))
        for key, s in adjusted(recipe).items()
    }  # fmt: skip
    assert index_of(recipe, still, DAY).at("2024-07") == pytest.approx(100, abs=1e-12)


def test_an_indicator_without_a_value_counts_nothing_and_the_others_share_its_weight() -> None:
    recipe = copper()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    late = own | {"chips": own["chips"].between(FIRST, "2024-05")}
    index = index_of(recipe, late, kept)
    row, column = index.row("2024-06"), index.indicators.index("chips")
    assert index.absent("2024-06") == ("chips",)
    assert index.contributions[row, column] == 0 and index.weights[row].sum() == pytest.approx(1)
    assert index.coverage[row] == pytest.approx(31 / 32)


def test_a_month_below_the_coverage_has_no_level_and_no_band() -> None:
    recipe = small()
    own = adjusted(recipe)
    first = recipe.indicators[0].key
    late = {key: s if key == first else s.between(FIRST, "2024-05") for key, s in own.items()}
    index = index_of(recipe, late, DAY)
    assert np.isnan(index.at("2024-06")) and index.bands[index.row("2024-06")] == ""
    assert index.last == "2024-05"


def test_every_level_stands_on_the_facts_of_its_month_and_the_month_before() -> None:
    recipe = small()
    index = index_of(recipe, adjusted(recipe), DAY)
    key = recipe.indicators[1].key
    assert index.facts[index.row("2024-02")][1] == (f"{key}@2024-01", f"{key}@2024-02")
    assert json.loads(json.dumps(index.plain(), allow_nan=False))["periods"][-1] == "2024-06"


def test_an_extreme_move_is_cut_off_at_the_fence_and_said() -> None:
    recipe = small()
    own = adjusted(recipe)
    key = recipe.indicators[0].key
    kept = calibrate(recipe, own, DAY)
    values = own[key].values.copy()
    values[-1] = values[-2] * 3
    wild = own | {key: replace(own[key], values=values)}
    index = index_of(recipe, wild, kept)
    row = index.row("2024-06")
    assert index.cut[row].tolist() == [True, False, False] and index.moved[row, 0] == pytest.approx(100)
    assert index.contributions[row, 0] == pytest.approx(
        kept.factor * kept.weights[0] * kept.high[0] / kept.scale[0]
    )


def test_the_sensitivity_to_the_weights_has_the_same_spread_for_every_part() -> None:
    recipe = small(weights=replace(copper().weights, objective="entropy", share=0.5))
    own = adjusted(recipe)
    made = sensitivity(recipe, own, DAY)
    assert list(made) == [0.0, 0.5, 1.0]
    halves = [(a + b) / 2 for a, b in zip(made[0.0].weights, made[1.0].weights, strict=True)]
    assert made[0.5].weights == pytest.approx(halves)
    for share, kept in made.items():
        of = replace(recipe, weights=replace(recipe.weights, share=share))
        index = index_of(of, own, kept)
        inside = [of.scaling.since <= period <= of.scaling.until for period in index.periods]
        assert np.std(index.levels[inside], ddof=1) == pytest.approx(10.0)


def test_an_index_without_data_names_every_indicator_that_is_missing() -> None:
    with pytest.raises(UnusableSeries, match="INDEX-004") as refused:
        index_of(recipes()["ten-metals"], {}, DAY)
    assert "LMEX index" in str(refused.value) and "exports of non-ferrous metals" in str(refused.value)
    assert "有色金属出口额" in refused.value.text("zh") and "0%" in str(refused.value)


@pytest.mark.parametrize("code", ["SERIES-004", "SERIES-005", "INDEX-006", "INDEX-008", "INDEX-017"])
def test_one_bad_indicator_is_left_out_by_name_and_the_others_go_on(code: str) -> None:
    recipe = copper()
    own, key = adjusted(recipe), "chips"
    count = len(own[key])
    bad = {
        "SERIES-004": series(key, [5.0] * count),
        "SERIES-005": series(key, [*own[key].values[:-1], -1.0]),
        "INDEX-006": series(key, [5.0] * (count - 20) + [float(n) for n in range(6, 26)]),
        "INDEX-008": replace(own[key], frequency="Q"),
        "INDEX-017": own[key].between("2023-01", "2024-06"),
    }[code]
    index = index_of(recipe, own | {key: bad}, DAY)
    assert index.last == "2024-06" and list(index.left_out) == [key] and code in str(index.left_out[key])
    assert not index.contributions[:, index.indicators.index(key)].any()


def test_where_too_few_are_left_each_is_named_with_its_own_cause_and_remedy() -> None:
    recipe = small()
    own = adjusted(recipe)
    first, second, third = (each.key for each in recipe.indicators)
    count = len(own[first])
    with pytest.raises(UnusableSeries, match="INDEX-004") as refused:
        index_of(recipe, {first: own[first], second: series(second, [5.0] * count)}, DAY)
    told = str(refused.value)
    assert f"{recipe.indicator(second).name.en} (the same value in every period)" in told
    assert f"{recipe.indicator(third).name.en} (no figures)" in told
    assert "carried forward by hand" in refused.value.fix and "import the series" in refused.value.fix
    with pytest.raises(UnusableSeries, match="INDEX-004") as refused:
        index_of(recipe, until(own, "2015-01"), DAY)
    assert "changes from 2014-01 to 2023-12" in refused.value.found


def test_an_indicator_the_calibration_does_not_know_is_named() -> None:
    recipe = copper()
    own = adjusted(recipe)
    kept = calibrate(recipe, {key: each for key, each in own.items() if key != "chips"}, DAY)
    index = index_of(recipe, own, kept)
    assert "INDEX-016" in str(index.left_out["chips"]) and "--recalibrate" in str(index.left_out["chips"])


def test_weights_that_are_all_zero_are_refused() -> None:
    recipe = small()
    none = replace(recipe, indicators=tuple(replace(each, weight=0.0) for each in recipe.indicators))
    with pytest.raises(UnreadableFile, match="INDEX-001"):
        index_of(none, adjusted(recipe), DAY)


def test_a_calibration_comes_back_whatever_its_keys_hold() -> None:
    recipe = small()
    kept = replace(calibrate(recipe, adjusted(recipe), DAY), recipe='a"b', indicators=('x"y', "b\\c", "铜"))
    assert calibration_of(kept.text(), "kept.toml") == kept


def test_a_calibration_of_another_edition_or_no_calibration_at_all_is_refused() -> None:
    recipe = small()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    changed = replace(recipe, scaling=replace(recipe.scaling, robust=2.0))
    with pytest.raises(UnusableSeries, match="INDEX-007"):
        index_of(changed, own, kept)
    with pytest.raises(UnreadableFile, match=r"INDEX-002  kept\.toml"):
        calibration_of("recipe = 1", "kept.toml")
