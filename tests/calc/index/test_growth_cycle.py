"""The growth cycle: the filter is that of the literature, and phases are read by level and direction."""

import itertools
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from statsmodels.tsa.filters.hp_filter import hpfilter

from touchstone.calc.index.attribution import attribution
from touchstone.calc.index.growth_cycle import cyclical, normalised, phase, stiffness, trend
from touchstone.calc.index.index import index_of

from .made import adjusted, small


def test_the_parameters_of_the_oecd() -> None:
    assert (round(stiffness(120), 2), round(stiffness(12), 2)) == (133107.94, 13.93)


def test_the_trend_is_that_of_the_hodrick_prescott_filter() -> None:
    values = np.cumsum(np.random.default_rng(1).normal(size=200))
    for months in (12, 120):
        _, expected = hpfilter(values, stiffness(months))
        np.testing.assert_allclose(trend(values, months), np.asarray(expected), atol=1e-6)


def test_a_wave_between_both_cuts_passes_and_a_trend_and_a_fast_wave_do_not() -> None:
    at = np.arange(480)
    slow, wave, fast = 0.1 * at, np.sin(2 * np.pi * at / 40), np.sin(2 * np.pi * at / 4)
    found = cyclical(slow + wave + fast, 120, 12)
    inner = slice(60, -60)
    assert np.corrcoef(found[inner], wave[inner])[0, 1] > 0.995
    assert np.abs(cyclical(slow, 120, 12)[inner]).max() < 1e-6
    assert np.abs(normalised(wave)).mean() == pytest.approx(1)


def test_the_index_has_a_mean_of_100_and_one_point_of_mean_deviation() -> None:
    recipe = small("growth_cycle")
    index = index_of(recipe, adjusted(recipe), date(2024, 7, 16))
    assert index.levels.mean() == pytest.approx(100) and np.abs(index.levels - 100).mean() == pytest.approx(1)


def test_with_a_reference_it_has_the_amplitude_of_the_reference() -> None:
    recipe = small("growth_cycle")
    key = recipe.indicators[0].key
    recipe = replace(recipe, cycle=replace(recipe.cycle, reference=key))
    own = adjusted(recipe)
    index = index_of(recipe, own, date(2024, 7, 16))
    apart = 100 * (own[key].values / trend(own[key].values, 120) - 1)
    assert np.abs(index.levels - 100).mean() == pytest.approx(np.abs(apart).mean())


def test_an_indicator_with_a_gap_is_left_out_because_a_filter_would_invent_it() -> None:
    recipe = small("growth_cycle")
    own = adjusted(recipe)
    key = recipe.indicators[0].key
    values = own[key].values.copy()
    values[60] = np.nan
    index = index_of(recipe, own | {key: replace(own[key], values=values)}, date(2024, 7, 16))
    assert index.last == "2024-06" and "SERIES-002" in str(index.left_out[key])


def test_the_reasons_of_a_growth_cycle_name_its_phase() -> None:
    recipe = small("growth_cycle")
    index = index_of(recipe, adjusted(recipe), date(2024, 7, 16))
    told = attribution(recipe, index, "2024-06")
    assert told.phase == phase(index.at("2024-06"), index.at("2024-05")) != ""


def test_four_phases() -> None:
    levels = [100.5, 101, 100.6, 99.5, 99, 99.4, float("nan")]
    read = [phase(now, before) for before, now in itertools.pairwise(levels)]
    assert read == ["expansion", "downturn", "slowdown", "slowdown", "recovery", ""]
