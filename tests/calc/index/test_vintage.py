"""Vintages: the index as it was known on each day, on the sample that comes along."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.index.calibration import calibrate
from touchstone.calc.index.index import index_of
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.recipe_file import recipes
from touchstone.calc.index.vintage import vintages
from touchstone.calc.timeseries import TimeSeries, time_series
from touchstone.facts.fact import Fact
from touchstone.flow import Workspace

LATE = date(2025, 12, 31)
DAYS = [date(year, month, 25) for year in (2022, 2023, 2024) for month in range(1, 13)]


@pytest.fixture(scope="module")
def facts(indicators: Workspace) -> list[Fact]:
    return list(indicators.facts())


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    """The indicators of the sample that are published month by month, as they are: they need no preparation to be tried."""
    whole = recipes()["copper-demand"]
    return replace(whole, indicators=tuple(i for i in whole.indicators if not i.preparation.cumulative))


def _known(recipe: Recipe, facts: list[Fact], day: date) -> Mapping[str, TimeSeries]:
    return {
        i.key: time_series(
            i.key,
            [f for f in facts if (f.subject, f.measure) == (i.series.subject, i.series.measure)],
            "M",
            day,
        )
        for i in recipe.indicators
    }


def test_the_sample_has_every_series_of_the_recipe_and_says_that_it_is_synthetic(facts: list[Fact]) -> None:
    named = {(f.subject, f.measure, f.place, f.unit) for f in facts}
    for indicator in recipes()["copper-demand"].indicators:
        of = indicator.series
        assert (of.subject, of.measure, of.place, of.unit) in named
    assert {f.status for f in facts} == {"synthetic"} and all("合成" in f.subject_words for f in facts)
    assert all(f.published for f in facts)
    grid = [f.period for f in facts if f.subject == "indicator.investment_grid"]
    assert "2022-01/2022-02" in grid and "2022-01/2022-01" not in grid


def test_the_sample_is_what_its_tool_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    path = Path(__file__).parents[3] / "tools" / "make_index_sample.py"
    spec = spec_from_file_location("make_index_sample", path)
    assert spec and spec.loader
    tool = module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "make_index_sample", tool)
    spec.loader.exec_module(tool)
    kept = tool.OUT.read_bytes()
    monkeypatch.setattr(tool, "OUT", tmp_path / "again.csv")
    tool.main()
    assert (tmp_path / "again.csv").read_bytes() == kept


def test_the_index_of_a_day_is_the_same_whenever_it_is_computed(facts: list[Fact], recipe: Recipe) -> None:
    kept = calibrate(recipe, _known(recipe, facts, LATE), LATE)
    for day in DAYS[::6]:
        at_the_time = [fact for fact in facts if fact.published and fact.published <= day]
        then = index_of(recipe, _known(recipe, at_the_time, LATE), kept)
        later = index_of(recipe, _known(recipe, facts, day), kept)
        assert then.plain() == later.plain()


def test_real_time_against_final(facts: list[Fact], recipe: Recipe) -> None:
    kept = calibrate(recipe, _known(recipe, facts, LATE), LATE)
    made = vintages(recipe, lambda day: _known(recipe, facts, day), [*DAYS, LATE], kept)
    assert [v.day for v in made.days] == [*DAYS, LATE] and made.days[0].last == "2021-12"
    assert all(len(v.path) == 12 and not v.refused for v in made.days)
    assert [f.period for f in made.firsts][:2] == ["2022-01", "2022-02"]
    moved = [abs(f.final - f.first) for f in made.firsts]
    assert made.revision == pytest.approx(np.mean(moved)) and made.largest == max(moved) > 0
    assert 0.7 < made.hits <= 1 and sum(one > 1e-9 for one in moved) < len(moved) / 3


def test_forecasts_of_the_day_meet_what_was_published_first(facts: list[Fact], recipe: Recipe) -> None:
    kept = calibrate(recipe, _known(recipe, facts, LATE), LATE)
    days = [*DAYS[-8:], LATE]
    made = vintages(recipe, lambda day: _known(recipe, facts, day), days, kept)
    first = {one.period: one.first for one in made.firsts}
    assert [one.period for one in made.foreseen] == [*first][: len(made.foreseen)] and len(made.foreseen) >= 7
    for one in made.foreseen:
        at_the_time = [fact for fact in facts if fact.published and fact.published <= one.day]
        assert one.period not in index_of(recipe, _known(recipe, at_the_time, LATE), kept).periods
        assert one.real == first[one.period] and one.low <= one.level <= one.high
    assert made.error == pytest.approx(np.mean([abs(one.real - one.level) for one in made.foreseen]))
    assert 0 <= made.covered <= 1 and made.naive > 0


def test_the_future_changes_no_forecast_of_the_past(facts: list[Fact], recipe: Recipe) -> None:
    kept = calibrate(recipe, _known(recipe, facts, LATE), LATE)
    days = DAYS[-4:]
    later = [replace(f, value=f.value * 2) if f.published and f.published > days[1] else f for f in facts]
    one, other = (
        vintages(recipe, lambda day, of=of: _known(recipe, of, day), days, kept) for of in (facts, later)
    )
    assert (
        one.foreseen[0].level == other.foreseen[0].level
        and one.foreseen[-1].level != other.foreseen[-1].level
    )


def test_a_day_without_enough_data_is_kept_with_its_reason(facts: list[Fact], recipe: Recipe) -> None:
    kept = calibrate(recipe, _known(recipe, facts, LATE), LATE)
    made = vintages(recipe, lambda day: _known(recipe, facts, day), [date(2012, 1, 1), LATE], kept)
    assert made.days[0].refused.startswith("INDEX-004") and made.days[1].last and not made.firsts
