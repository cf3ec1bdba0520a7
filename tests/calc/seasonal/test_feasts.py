"""Feasts of the Chinese calendar become regressors."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.seasonal import trading
from touchstone.calc.seasonal.feasts import FEASTS, Effect, feast_day, long_means, onwards, regressor, shares
from touchstone.calc.seasonal.trading import counted_how, working_day_regressor, working_days
from touchstone.calc.timeseries import clock
from touchstone.errors import UnusableSeries
from touchstone.facts.calendar import calendar

from .made import published

windows = st.builds(
    lambda feast, first, length: Effect(feast, first, first + length),
    st.sampled_from(FEASTS), st.integers(-25, 10), st.integers(0, 30),
)  # fmt: skip


def test_spring_festival_is_that_of_the_published_table_but_for_three_days() -> None:
    """The table of the R package `seasonal` has three feasts before 1950 a day earlier than the lunisolar calendar."""
    table = [date.fromisoformat(row["cny_date"]) for row in published("cny_dates")]
    assert (table[0].year, table[-1].year) == (1930, 2030)
    apart = {day.year: (feast_day("spring", day.year) - day).days for day in table}
    assert {year: days for year, days in apart.items() if days} == {1930: 1, 1943: 1, 1946: 1}


@pytest.mark.parametrize(
    ("feast", "year", "day"),
    [
        ("spring", 2023, "2023-01-22"),
        ("dragon", 2023, "2023-06-22"),
        ("autumn", 2023, "2023-09-29"),
        ("autumn", 2020, "2020-10-01"),
    ],
)
def test_the_feasts_fall_on_the_days_of_the_state_councils_notices(feast: str, year: int, day: str) -> None:
    assert feast_day(feast, year).isoformat() == day


@given(windows, st.integers(1931, 2029))
def test_the_shares_of_a_window_over_the_months_round_it_add_up_to_one(effect: Effect, year: int) -> None:
    day = feast_day(effect.feast, year)
    months = clock(
        f"{day + timedelta(effect.first - 31):%Y-%m}", f"{day + timedelta(effect.last + 31):%Y-%m}"
    )
    assert shares(effect, months).sum() == pytest.approx(1)


@given(windows)
def test_the_long_means_of_a_year_add_up_to_one_for_months_and_for_quarters(effect: Effect) -> None:
    inside = Effect(effect.feast, 0, 6)
    for like in ("2022-01", "2022-Q1"):
        assert sum(long_means(inside, like).values()) == pytest.approx(1)
        within = sum(long_means(effect, like).values())
        assert within == pytest.approx(
            1, abs=0.02
        )  # a window that leaves the span at one end enters it at the other


@given(windows.filter(lambda each: each.feast != "spring" or each.first >= -20), st.integers(1931, 2029))
def test_regressor_and_mean_add_up_to_one_a_year(effect: Effect, year: int) -> None:
    months = clock(f"{year}-01", f"{year}-12")
    total = regressor(effect, months).sum() + sum(long_means(effect, months[0]).values())
    assert total == pytest.approx(1)


def test_a_regressor_leaves_no_season_over_the_span_it_is_centred_on() -> None:
    months = clock("1930-01", "2030-12")
    z = regressor(Effect("spring", -6, -1), months).reshape(101, 12)
    assert np.abs(z.mean(axis=0)).max() < 1e-12


def test_the_regressor_of_quarters_is_the_sum_of_its_months() -> None:
    effect = Effect("autumn", -3, 10)
    months = regressor(effect, clock("2000-01", "2010-12")).reshape(-1, 3).sum(axis=1)
    assert regressor(effect, clock("2000-Q1", "2010-Q4")) == pytest.approx(months)


def test_periods_are_carried_on_over_the_forecast() -> None:
    assert onwards(["2022-11"], 3) == ("2022-11", "2022-12", "2023-01", "2023-02")


def test_a_year_that_nobody_tabulated_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="SEASON-009  spring 2100"):
        feast_day("spring", 2100)


def test_an_unknown_feast_or_a_window_backwards_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="SEASON-007  choice feast"):
        Effect("easter", 0, 1)
    with pytest.raises(UnusableSeries, match="SEASON-007  choice window"):
        Effect("spring", 3, 1)


def test_days_worked_count_make_up_days_where_there_is_a_notice() -> None:
    """October 2020: 1 to 8 off, Saturday the 10th worked; 22 weekdays less 6, and one more."""
    assert working_days("2020-10") == (17, True)
    assert working_days("2005-10") == (21, False)


def test_days_worked_have_no_step_where_the_notices_begin() -> None:
    """Each part is measured from its own mean: eleven holidays a year are no fall in January 2010."""
    z = working_day_regressor(clock("1996-01", "2023-12"), "2023-12")
    assert abs(z[:168].mean()) < 0.1 and abs(z[168:].mean()) < 0.1


def test_how_days_were_counted_is_said() -> None:
    assert "2010-01..2012-12" in counted_how(clock("2000-01", "2012-12")).en
    assert "no period has a notice" in counted_how(clock("2000-01", "2003-12")).en


@pytest.mark.parametrize("last", ["2025-12", "2012-06", "2005-03"])
def test_a_notice_that_is_added_for_a_year_to_come_changes_no_regressor(
    last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = clock("2004-01", last)
    reach = onwards(sample, 12)
    before, said = working_day_regressor(reach, last), counted_how(sample)
    then = replace(calendar("CN.spot"), last=date(2025, 12, 31))
    monkeypatch.setattr(trading, "calendar", lambda code: then)
    trading._means.cache_clear()
    assert working_day_regressor(reach, last).tolist() == before.tolist() and counted_how(sample) == said
    trading._means.cache_clear()
