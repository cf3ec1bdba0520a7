"""Calendars: every day between the first and the last known is a trading day or closed with a reason, and the rest is refused."""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.calendar import MAKE_UP, WEEKEND, Calendar, NoCalendar, calendar
from touchstone.facts.calendar_table import codes, days

ALL = [calendar(code) for code in codes()]
SPOT, EXCHANGE = calendar("CN.spot"), calendar("CN.exchange")
LME, LONDON, COMEX = calendar("GB.lme"), calendar("GB.spot"), calendar("US.comex")

calendars = st.sampled_from(ALL)


def data(name: str) -> dict:
    return tomllib.loads((files("touchstone") / "data" / "calendars" / f"{name}.toml").read_text("utf-8"))


def on(text: str) -> date:
    return date.fromisoformat(text)


@st.composite
def known_days(draw: Callable, count: int = 1) -> tuple[Calendar, list[date]]:
    """A calendar and days, ascending, with at least one trading day before the first."""
    market = draw(calendars)
    within = st.dates(market.open[0], market.last)
    return market, sorted(draw(st.lists(within, min_size=count, max_size=count)))


# China


@pytest.mark.parametrize("day", ["2020-09-27", "2020-10-10", "2020-01-19", "2026-02-28", "2011-12-31"])
def test_a_make_up_weekend_is_worked_by_the_market_and_not_by_the_exchanges(day: str) -> None:
    assert on(day).weekday() >= 5
    assert SPOT.is_trading_day(on(day)) and SPOT.is_make_up_day(on(day))
    assert EXCHANGE.why_closed(on(day)) == MAKE_UP and not EXCHANGE.is_make_up_day(on(day))


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2020-10-02", "国庆节、中秋节", "National Day, Mid-Autumn Festival"),
        ("2020-10-08", "国庆节、中秋节", "National Day, Mid-Autumn Festival"),
        ("2023-09-29", "中秋节、国庆节", "Mid-Autumn Festival, National Day"),
        (
            "2020-02-01",
            "春节",
            "Spring Festival",
        ),  # worked by the first notice, off by the one that extended the holiday
        ("2018-12-31", "元旦", "New Year's Day"),  # announced with 2019
        ("2019-05-03", "劳动节", "Labour Day"),  # added in March 2019
        ("2015-09-04", "抗战胜利70周年纪念日", "70th anniversary of victory in the War of Resistance"),
    ],
)
def test_a_holiday_goes_by_the_name_of_its_notice(day: str, zh: str, en: str) -> None:
    for market in (SPOT, EXCHANGE):
        why = market.why_closed(on(day))
        assert why and (why.zh, why.en) == (zh, en)


def test_the_exchanges_rested_on_one_new_years_eve_that_the_country_worked() -> None:
    assert SPOT.is_trading_day(on("2024-02-09"))
    assert EXCHANGE.why_closed(on("2024-02-09")).zh == "除夕"
    assert EXCHANGE.is_trading_day(on("2014-01-30"))  # the eve of 2014 was traded


def test_the_two_chinese_calendars_differ_by_make_up_weekends_and_that_eve_only() -> None:
    apart = set(SPOT.open) ^ set(EXCHANGE.open)
    assert {day for day in apart if day.weekday() < 5} == {on("2024-02-09")}


def test_the_notices_agree_with_the_package_holidays_on_every_day() -> None:
    china = holidays.country_holidays("CN", years=range(SPOT.first.year, SPOT.last.year + 1))
    apart = [
        day for day in days(SPOT.first, SPOT.last) if china.is_working_day(day) != SPOT.is_trading_day(day)
    ]
    assert apart == []


def test_every_stretch_of_a_notice_runs_forward_within_its_year_and_works_only_weekends() -> None:
    for notice in data("china")["notice"]:
        for stretch in notice["rest"]:
            assert stretch["first"] <= stretch["last"], stretch
            assert stretch["last"].year == notice["year"], stretch
            assert (stretch["last"] - stretch["first"]).days < 9, stretch
        assert all(day.weekday() >= 5 for day in notice["work"]), notice["source"]


def test_every_notice_names_its_number_and_there_is_one_for_each_year() -> None:
    notices = data("china")["notice"]
    assert all("发明电〔" in notice["source"] for notice in notices)
    assert sorted({notice["year"] for notice in notices}) == list(range(2010, 2027))


# London and New York


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2020-05-08", "Early May bank holiday"),  # moved to VE Day
        ("2022-06-02", "Spring bank holiday"),
        ("2022-06-03", "Platinum Jubilee bank holiday"),
        ("2023-05-08", "Coronation of King Charles III"),
        ("2020-04-10", "Good Friday"),
        ("2016-12-27", "Christmas Day"),  # in lieu of the Sunday
        ("2017-01-02", "New Year's Day"),
        ("2027-12-28", "Boxing Day"),
    ],
)
def test_london_is_closed_on_bank_holidays_moved_and_added_ones_included(day: str, why: str) -> None:
    for market in (LME, LONDON):
        closed = market.why_closed(on(day))
        assert closed and closed.en == why


@pytest.mark.parametrize("day", ["2020-05-04", "2022-05-30", "2020-10-02", "2016-12-28", "2020-12-24"])
def test_london_is_open_where_a_holiday_was_moved_away_and_when_others_rest(day: str) -> None:
    assert LME.is_trading_day(on(day)) and LONDON.is_trading_day(on(day))


def test_the_lme_traded_on_the_day_of_the_state_funeral_and_the_price_agencies_did_not() -> None:
    assert LME.is_trading_day(on("2022-09-19"))
    assert LONDON.why_closed(on("2022-09-19")).en == "State Funeral of Queen Elizabeth II"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-01-01", "New Year's Day"),
        ("2026-01-19", "Martin Luther King Jr. Day"),
        ("2015-02-16", "Presidents' Day"),
        ("2026-04-03", "Good Friday"),
        ("2015-05-25", "Memorial Day"),
        ("2022-06-20", "Juneteenth"),
        ("2015-07-03", "Independence Day"),  # the 4th was a Saturday
        ("2021-07-05", "Independence Day"),  # the 4th was a Sunday
        ("2015-09-07", "Labor Day"),
        ("2015-11-26", "Thanksgiving Day"),
        ("2021-12-24", "Christmas Day"),  # the 25th was a Saturday
    ],
)
def test_comex_has_no_settlement_on_the_holidays_of_its_floor(day: str, why: str) -> None:
    closed = COMEX.why_closed(on(day))
    assert closed and closed.en == why


@pytest.mark.parametrize(
    "day",
    [
        "2012-10-29", "2012-10-30",  # the hurricane closed the floor, not the market
        "2018-12-05", "2025-01-09",  # days of mourning of the stock exchanges
        "2021-06-18",  # Juneteenth was not a holiday of the exchange yet
        "2021-12-31",  # the New Year fell on a Saturday: the last day of the year is settled
        "2015-10-12", "2015-11-11",  # Columbus Day, Veterans Day
        "2015-11-27", "2015-12-24",  # they close early
    ],
)  # fmt: skip
def test_comex_is_settled_on_days_when_only_others_rest_or_it_closes_early(day: str) -> None:
    assert COMEX.is_trading_day(on(day))


@pytest.mark.parametrize("name", ["london", "new_york"])
def test_every_opened_day_is_a_holiday_of_the_base_under_that_name(name: str) -> None:
    base = data(name)["base"]
    listed = (
        holidays.financial_holidays(base["market"], years=range(2010, 2028))
        if "market" in base
        else holidays.country_holidays(base["country"], subdiv=base["subdivision"], years=range(2010, 2028))
    )
    for exception in data(name)["exception"]:
        assert listed[exception["day"]] == exception["name"]


# All of them


@pytest.mark.parametrize("market", ALL, ids=codes())
def test_every_name_is_said_in_both_languages(market: Calendar) -> None:
    for text in (market.name, market.rule, market.beyond, *market.closed.values()):
        assert text.zh and text.en and text.zh != text.en


@pytest.mark.parametrize("market", ALL, ids=codes())
def test_only_make_up_days_are_open_on_a_weekend_and_a_plain_weekend_says_so(market: Calendar) -> None:
    for day in days(market.first, market.last):
        if day.weekday() >= 5:
            assert market.is_trading_day(day) == market.is_make_up_day(day)
        else:
            assert market.why_closed(day) != WEEKEND
    assert (market.code == "CN.spot") == any(map(market.is_make_up_day, market.open))


@pytest.mark.parametrize("market", ALL, ids=codes())
def test_a_day_outside_the_known_years_is_refused_with_the_years_and_the_remedy(market: Calendar) -> None:
    for day in (market.first - timedelta(1), market.last + timedelta(1), on("1999-12-31")):
        for ask in (market.is_trading_day, market.why_closed, market.last_trading_day, market.is_make_up_day):
            with pytest.raises(NoCalendar) as refused:
                ask(day)
            for words in (day.isoformat(), market.first.isoformat(), market.last.isoformat(), market.code):
                assert words in str(refused.value)
            assert market.last.isoformat() in refused.value.text("zh")


def test_2027_of_china_is_refused_until_its_notice_is_added() -> None:
    with pytest.raises(NoCalendar) as refused:
        SPOT.trading_days(on("2026-12-28"), on("2027-01-08"))
    assert "November 2026" in refused.value.fix
    assert "2026年11月" in refused.value.text("zh")


def test_a_holiday_at_the_very_beginning_has_no_known_trading_day_before_it() -> None:
    with pytest.raises(NoCalendar):
        SPOT.last_trading_day(on("2010-01-02"))


def test_an_unknown_code_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoCalendar) as refused:
        calendar("NL.rotterdam")
    assert "GB.spot" in str(refused.value) and "GB.spot" in refused.value.text("zh")


def test_a_calendar_is_built_once() -> None:
    assert calendar("CN.spot") is SPOT


@given(known_days())
def test_the_last_trading_day_is_a_trading_day_not_later_and_nothing_lies_between(given_days: tuple) -> None:
    market, [day] = given_days
    last = market.last_trading_day(day)
    assert last <= day and market.is_trading_day(last)
    assert not any(market.is_trading_day(between) for between in days(last + timedelta(1), day))
    assert (last == day) == market.is_trading_day(day)


@pytest.mark.parametrize(
    ("day", "before"),
    [("2025-02-07", "2025-01-27"), ("2025-02-28", "2025-01-27"), ("2020-10-09", "2020-09-30"), ("2025-04-03", "2025-01-27")],
)  # fmt: skip
def test_before_the_holiday_is_the_last_open_day_before_the_latest_one(day: str, before: str) -> None:
    assert SPOT.last_before_holiday(on(day)) == on(before)


def test_before_the_first_holiday_known_there_is_no_day() -> None:
    with pytest.raises(NoCalendar):
        SPOT.last_before_holiday(SPOT.first)


@given(known_days(count=3))
def test_trading_days_between_add_up_and_change_sign(given_days: tuple) -> None:
    market, [first, middle, last] = given_days
    between = market.trading_days_between
    assert between(first, middle) + between(middle, last) == between(first, last)
    assert between(last, first) == -between(first, last)
    assert (
        between(first, last) == len(market.trading_days(first + timedelta(1), last)) if first < last else True
    )


@given(known_days(count=2), st.data())
def test_what_is_quoted_and_what_is_missing_are_the_trading_days(
    given_days: tuple, more: st.DataObject
) -> None:
    market, [first, last] = given_days
    trading = market.trading_days(first, last)
    quoted = {day for day in trading[:40] if more.draw(st.booleans())}
    missing = market.missing(first, last, quoted)
    assert list(missing) == sorted(set(trading) - quoted)


def test_days_in_the_wrong_order_have_no_trading_days() -> None:
    assert SPOT.trading_days(on("2020-10-09"), on("2020-09-29")) == ()
