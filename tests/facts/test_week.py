"""The week of a bulletin: "against last Friday" is the last quoted day on or before it, and the reader is told which."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.text import Text
from touchstone.facts.week import Comparison, against_last_friday, bulletin_week, previous_friday

SPOT, LONDON = calendar("CN.spot"), calendar("GB.spot")
QUOTED = {date(2020, 9, 25), date(2020, 9, 29), date(2020, 9, 30), date(2020, 10, 9)}
"""The days quoted in the weekly of 9 October 2020, and the Friday before."""

DAYS = st.dates(date(2011, 1, 1), date(2026, 12, 31))


def on(text: str) -> date:
    return date.fromisoformat(text)


def used(day: str, quoted: set[date] = QUOTED) -> Comparison:
    return against_last_friday(on(day), quoted, SPOT)


def test_in_the_week_after_the_national_day_the_last_quoted_day_before_the_holiday_is_used() -> None:
    assert used("2020-10-09") == Comparison(
        date(2020, 10, 2), date(2020, 9, 30), Text(
            "10月2日国庆节、中秋节休市，取9月30日",
            "2 October is a holiday (National Day, Mid-Autumn Festival); 30 September is used",
        ),
    )  # fmt: skip


def test_in_an_ordinary_week_last_friday_itself_is_used() -> None:
    assert used("2020-10-16") == Comparison(
        date(2020, 10, 9), date(2020, 10, 9), Text("与10月9日（上周五）比较", "compared with 9 October, last Friday")
    )  # fmt: skip


@pytest.mark.parametrize("day", ["2020-10-05", "2020-10-08", "2020-10-09", "2020-10-10", "2020-10-11"])
def test_a_bulletin_of_any_weekday_means_the_friday_of_the_week_before(day: str) -> None:
    assert previous_friday(on(day)) == date(2020, 10, 2)
    assert used(day).day == date(2020, 9, 30)


def test_a_friday_that_was_open_and_not_quoted_is_said_to_be_so() -> None:
    found = used("2020-09-25", {date(2020, 9, 16), date(2020, 9, 17)})
    assert found.day == date(2020, 9, 17)
    assert found.reason == Text(
        "9月18日没有报价，取9月17日", "18 September was a trading day without a quote; 17 September is used"
    )


@pytest.mark.parametrize(
    ("day", "quoted", "zh", "en"),
    [
        (
            "2020-10-09", "2020-09-29", "10月2日国庆节、中秋节休市，此前1个交易日没有报价，取9月29日",
            "2 October is a holiday (National Day, Mid-Autumn Festival); "
            "the trading day before it has no quote; 29 September is used",
        ),
        (
            "2020-09-25", "2020-09-15", "9月18日没有报价，此前2个交易日也没有报价，取9月15日",
            "18 September was a trading day without a quote; "
            "the 2 trading days before it have no quote; 15 September is used",
        ),
        (
            "2021-01-08", "2020-12-31", "1月1日元旦休市，取2020年12月31日",
            "1 January is a holiday (New Year's Day); 31 December 2020 is used",
        ),
    ],
)  # fmt: skip
def test_the_reason_counts_the_trading_days_without_a_quote_and_names_another_year(
    day: str, quoted: str, zh: str, en: str
) -> None:
    assert used(day, {on(quoted)}).reason == Text(zh, en)


def test_where_nothing_was_quoted_there_is_no_day_and_a_reason() -> None:
    for quoted in (set(), {date(2020, 10, 9)}):
        found = used("2020-10-09", quoted)
        assert found.day is None
        assert found.reason.zh == "10月2日及以前没有报价，无从比较"
        assert "nothing was quoted on or before 2 October" in found.reason.en


def test_a_quote_on_a_holiday_is_used_and_marked() -> None:
    found = used("2020-10-09", {date(2020, 10, 2)})
    assert found.day == date(2020, 10, 2)
    assert found.reason.zh == "10月2日国庆节、中秋节休市，但有报价，取当日"


def test_the_calendar_of_the_market_decides() -> None:
    quoted = {date(2020, 10, 1), date(2020, 10, 7)}
    found = against_last_friday(date(2020, 10, 9), quoted, LONDON)
    assert found.reason.en == "2 October was a trading day without a quote; 1 October is used"
    assert against_last_friday(on("2020-04-17"), {on("2020-04-09")}, LONDON).reason.zh == (
        "4月10日耶稣受难日休市，取4月9日"
    )


def test_the_bulletin_after_a_holiday_reaches_back_to_the_last_friday_that_was_open() -> None:
    assert bulletin_week(date(2020, 10, 9), SPOT) == (date(2020, 9, 26), date(2020, 10, 9))
    first, last = bulletin_week(date(2020, 10, 9), SPOT)
    assert [day.day for day in sorted(QUOTED) if first <= day <= last] == [29, 30, 9]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (
            "2020-10-16",
            "2020-10-10",
        ),  # an ordinary Friday: Saturday to Friday; the 10th is a working Saturday
        ("2020-10-15", "2020-10-10"),
        ("2020-10-10", "2020-09-26"),
        ("2020-02-07", "2020-01-18"),  # three Fridays back over the extended Spring Festival
    ],
)
def test_a_week_begins_the_day_after_the_last_open_friday(day: str, first: str) -> None:
    assert bulletin_week(on(day), SPOT) == (on(first), on(day))


def test_a_friday_outside_the_calendar_is_refused() -> None:
    with pytest.raises(NoCalendar):
        against_last_friday(date(2027, 1, 15), QUOTED, SPOT)
    with pytest.raises(NoCalendar):
        bulletin_week(date(2010, 1, 4), SPOT)


@given(DAYS)
def test_the_previous_friday_is_a_friday_of_the_iso_week_before(day: date) -> None:
    friday = previous_friday(day)
    assert friday.weekday() == 4
    assert friday.isocalendar()[:2] == (day - timedelta(7)).isocalendar()[:2]


@given(DAYS, st.sets(DAYS))
def test_the_day_used_is_the_last_quoted_one_and_never_later_than_the_friday(
    day: date, quoted: set[date]
) -> None:
    found = used(day.isoformat(), quoted)
    before = [each for each in quoted if each <= found.friday]
    assert found.day == max(before, default=None)
    assert found.reason.zh and found.reason.en


@given(DAYS)
def test_bulletins_of_open_fridays_follow_each_other_without_gap_or_overlap(day: date) -> None:
    first, _ = bulletin_week(day, SPOT)
    before = first - timedelta(1)
    assert before.weekday() == 4 and SPOT.is_trading_day(before)
    assert not any(SPOT.is_trading_day(friday) for friday in _fridays(first, previous_friday(day))), (
        "a bulletin of that Friday would have taken its days"
    )


def _fridays(first: date, last: date) -> list[date]:
    each = [first + timedelta(number) for number in range((last - first).days + 1)]
    return [day for day in each if day.weekday() == 4]
