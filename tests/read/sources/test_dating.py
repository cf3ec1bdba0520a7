"""Dates of a table become period codes, by the form that is declared and by no other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.period import span
from touchstone.read.sources.dating import Dating, dating
from touchstone.read.sources.template import Unfit, template

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def by(*forms: str, every: str = "") -> Dating:
    return dating("date", tuple(map(template, forms)), every)


@given(DAYS)
def test_a_day_is_that_day(day: date) -> None:
    written = (f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}")
    read = by("{year}{month}{day}", "{year}年{month}月{day}日", "{year}/{month}/{day}")
    assert {read.period(words) for words in written} == {day.isoformat()}


@given(DAYS, st.sampled_from(["week", "month", "quarter", "year"]))
def test_a_day_that_stands_for_a_longer_period_lies_in_it(day: date, every: str) -> None:
    code = by("{year}-{month}-{day}", every=every).period(day.isoformat())
    assert code
    first, last = span(code)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("form", "words", "code"),
    [
        ("{year}-{month}", "1980-01", "1980-01"),
        ("{year}M{month}", "1960M01", "1960-01"),
        ("{year}年{month}月", "2020年9月", "2020-09"),
        ("{year}-Q{quarter}", "2022-Q3", "2022-Q3"),
        ("{year}年{quarter}季度", "2022年3季度", "2022-Q3"),
        ("{year}-W{week}", "2020-W53", "2020-W53"),
        ("{year}", "2022", "2022"),
        ("{year}-{month}-{day} 00:00:00", "2020-10-09 00:00:00", "2020-10-09"),
    ],
)
def test_the_finest_part_says_how_often(form: str, words: str, code: str) -> None:
    assert by(form).period(words) == code


@pytest.mark.parametrize(
    "words", ["2020-13", "2020-00", "20-01", "2020-1-1", "2020", "Jan-80", "", " 2020-01"]
)
def test_what_is_not_written_so_or_does_not_exist_is_no_date(words: str) -> None:
    assert by("{year}-{month}").period(words) is None


def test_there_is_no_thirtieth_of_february_and_no_week_54() -> None:
    assert by("{year}-{month}-{day}").period("2020-02-30") is None
    assert by("{year}-W{week}").period("2020-W54") is None


@pytest.mark.parametrize(
    ("forms", "every"),
    [
        (["{month}"], ""),
        (["{year}-{mon}"], ""),
        (["{year}-{day}"], ""),
        (["{year}-{month}"], "day"),
        (["{year}-{month}-{day}", "{year}"], ""),
        (["{month}/{day}/{year}", "{day}/{month}/{year}"], ""),
        (["{year}{month}{day}", "{year}{day}{month}"], ""),
        (["{year}{month}", "{year}{week}"], "month"),
    ],
)
def test_a_form_that_tells_no_period_is_refused(forms: list[str], every: str) -> None:
    with pytest.raises(Unfit):
        by(*forms, every=every)


def test_a_date_that_is_none_in_one_form_may_be_one_in_the_next() -> None:
    read = by("{year}/{month}/{day}", "{day}.{month}.{year}", "{month}-{day}-{year}")
    assert [read.period(words) for words in ("2020/3/4", "4.3.2020", "3-4-2020")] == ["2020-03-04"] * 3
    assert by("{year}-{month}", "{year}-1{week}", every="month").period("2020-13") == "2020-01"


@pytest.mark.parametrize("year", ["0202", "1899", "2201", "9999"])
def test_a_year_out_of_all_range_is_no_date(year: str) -> None:
    assert by("{year}-{month}").period(f"{year}-01") is None
