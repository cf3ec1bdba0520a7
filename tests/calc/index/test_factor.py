"""The dynamic factor: it finds the common wave, and news add up to what moved."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.index.calibration import calibrate
from touchstone.calc.index.factor import factor_of, news_of
from touchstone.calc.index.index import index_of
from touchstone.facts.memory import Memory

from .made import FIRST, adjusted, small

DAY = date(2024, 7, 16)
RECIPE = small(count=6)


def test_the_factor_moves_with_the_index_and_is_remembered(tmp_path: Path) -> None:
    own = adjusted(RECIPE)
    kept = calibrate(RECIPE, own, DAY)
    factor = factor_of(RECIPE, own, kept, Memory(tmp_path / "memory.sqlite"))
    index = index_of(RECIPE, own, kept)
    levels = [index.at(period) for period in factor.periods]
    assert np.corrcoef(factor.levels, levels)[0, 1] > 0.8 and np.std(factor.levels, ddof=1) == pytest.approx(
        10
    )
    assert all(load > 0 for load in factor.loadings.values()) and all(
        0 < s < 1 for s in factor.explained.values()
    )
    assert factor_of(RECIPE, own, kept, Memory(tmp_path / "memory.sqlite")) == factor


def test_new_values_tell_what_was_not_expected_and_add_up() -> None:
    own = adjusted(RECIPE)
    kept = calibrate(RECIPE, own, DAY)
    late = [indicator.key for indicator in RECIPE.indicators[2:]]
    before = {key: s.between(FIRST, "2024-05") if key in late else s for key, s in own.items()}
    news = news_of(RECIPE, before, own, kept, "2024-06", Memory())
    assert {(r.indicator, r.period) for r in news.releases} == {(key, "2024-06") for key in late}
    assert news.before + sum(r.points for r in news.releases) + news.revisions == pytest.approx(
        news.after, abs=1e-9
    )
    assert (
        news.after == pytest.approx(index_of(RECIPE, own, kept).at("2024-06")) and abs(news.revisions) < 1e-6
    )
    for release in news.releases:
        assert np.sign(release.points) == np.sign(release.came - release.expected)
    assert [abs(r.points) for r in news.releases] == sorted(
        (abs(r.points) for r in news.releases), reverse=True
    )


def test_news_may_be_asked_for_twice() -> None:
    own, memory = adjusted(RECIPE), Memory()
    kept = calibrate(RECIPE, own, DAY)
    before = {key: s.between(FIRST, "2024-05") for key, s in own.items()}
    once = news_of(RECIPE, before, own, kept, "2024-06", memory)
    assert news_of(RECIPE, before, own, kept, "2024-06", memory) == once and once.releases


def test_a_changed_value_of_the_past_is_a_revision_and_no_release() -> None:
    own = adjusted(RECIPE)
    kept = calibrate(RECIPE, own, DAY)
    key = RECIPE.indicators[0].key
    values = own[key].values.copy()
    values[-1] *= 1.01
    news = news_of(RECIPE, own, own | {key: replace(own[key], values=values)}, kept, "2024-06", Memory())
    assert (
        news.releases == ()
        and news.revisions == pytest.approx(news.after - news.before)
        and news.revisions > 0
    )


def test_the_month_after_the_newest_is_nowcast() -> None:
    own = adjusted(RECIPE)
    kept = calibrate(RECIPE, own, DAY)
    before = {key: s.between(FIRST, "2024-05") for key, s in own.items()}
    news = news_of(RECIPE, before, own, kept, "2024-07", Memory())
    assert np.isfinite(news.before) and np.isfinite(news.after) and len(news.releases) == 6
