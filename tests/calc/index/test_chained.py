"""Forms that chain: the worked figures of the Conference Board, and a chain worked out by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from touchstone.calc.index.calibration import calibrate
from touchstone.calc.index.chained import contribution, next_level, standardisation
from touchstone.calc.index.index import index_of
from touchstone.calc.index.moves import symmetric_rate
from touchstone.calc.index.recipe import Chain
from touchstone.errors import UnusableSeries

from .made import adjusted, small

DAY = date(2024, 7, 16)


def test_the_worked_figures_of_the_conference_board() -> None:
    """41.8 to 41.4 hours is -0.96; times 0.189 is -0.18; an index of 105.2 that grows by 0.06 is 105.3."""
    moved = symmetric_rate(np.array([41.8, 41.4]))[1]
    assert round(float(moved), 2) == -0.96
    assert round(contribution(0.189, float(moved)), 2) == -0.18
    assert round(next_level(105.2, 0.06), 1) == 105.3


def test_equal_weights_give_the_standardisation_factors_of_the_board() -> None:
    recipe = small("level", scaling=replace(small().scaling, robust=0.0))
    own = adjusted(recipe)
    index = index_of(recipe, own, DAY)
    kept = index.calibration
    factors = standardisation(np.array(kept.scale))
    rates = np.column_stack([symmetric_rate(own[i.key].values) for i in recipe.indicators])
    level = 100.0
    for row in range(1, len(rates)):
        growth = float(factors @ rates[row])
        assert index.levels[row] == pytest.approx(next_level(level, growth), rel=1e-12)
        assert index.contributions[row] / index.contributions[row].sum() == pytest.approx(
            factors * rates[row] / growth
        )
        level = float(index.levels[row])


def test_the_trend_adjustment_gives_the_sample_the_growth_of_its_target() -> None:
    recipe = small("level", chain=Chain(0.25, "2015"))
    index = index_of(recipe, adjusted(recipe), DAY)
    growth = symmetric_rate(index.levels)
    inside = [recipe.scaling.since <= period <= recipe.scaling.until for period in index.periods]
    assert growth[inside].mean() == pytest.approx(0.25)
    year = [
        level for period, level in zip(index.periods, index.levels, strict=True) if period.startswith("2015")
    ]
    assert np.mean(year) == pytest.approx(100)


def test_a_composite_index_moves_as_much_as_its_coincident_indicators_alone() -> None:
    recipe = small("composite", 4)
    roles = ("coincident", "coincident", "leading", "leading")
    recipe = replace(
        recipe, indicators=tuple(replace(i, role=r) for i, r in zip(recipe.indicators, roles, strict=True))
    )
    own = adjusted(recipe)
    every = index_of(recipe, own, DAY)
    alone = index_of(replace(recipe, indicators=recipe.indicators[:2]), own, DAY)

    def size(levels: np.ndarray) -> float:
        inside = [recipe.scaling.since <= period <= recipe.scaling.until for period in every.periods]
        return float(np.abs(symmetric_rate(levels)[inside]).mean())

    assert size(every.levels) == pytest.approx(size(alone.levels))


def test_a_spread_enters_the_level_form_by_its_standardised_level() -> None:
    recipe = small("level")
    last = replace(recipe.indicators[2], kind="spread", positive=False)
    recipe = replace(recipe, indicators=(*recipe.indicators[:2], last))
    own = adjusted(recipe)
    index = index_of(recipe, own, DAY)
    kept = calibrate(recipe, own, DAY)
    standard = (own[last.key].values[-1] - kept.middle[2]) / kept.scale[2]
    low, high = ((end - kept.middle[2]) / kept.scale[2] for end in (kept.low[2], kept.high[2]))
    assert np.sign(index.contributions[-1, 2]) == np.sign(np.clip(standard, low, high))


def test_nothing_is_chained_over_a_month_without_enough_indicators() -> None:
    recipe = small("level")
    own = adjusted(recipe)
    holes = {}
    for key, one in own.items():
        values = one.values.copy()
        values[100] = np.nan
        holes[key] = replace(one, values=values)
    index = index_of(recipe, holes, DAY)
    assert np.isfinite(index.levels[1:100]).all() and np.isnan(index.levels[100:]).all()


def test_a_base_period_without_a_level_is_refused() -> None:
    recipe = small("level", chain=Chain(None, "1990"))
    with pytest.raises(UnusableSeries, match="INDEX-018") as refused:
        index_of(recipe, adjusted(recipe), DAY)
    assert "levels run from 2013-02 to 2024-06" in refused.value.found
