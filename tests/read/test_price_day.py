"""Which day a price in running text is of: that of the issue, unless its own words say another."""

import pytest

from touchstone.facts.fact import Fact

from .conftest import read_words, said

DAY = "2025-02-12"
"""A Wednesday; the Friday before was 7 February, the first open day after the Spring Festival was the 5th."""


def days(text: str, day: str = DAY) -> list[str]:
    """Each price or change of one as `value period`."""
    return [_told(fact) for fact in read_words(text, day) if fact.measure.startswith("price")]


def _told(fact: Fact) -> str:
    return f"{said(fact)} {fact.period}"


@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
@pytest.mark.parametrize(
    "later", ["1月份国内锑锭产量0.6万吨。", "据海关统计，1月我国锑锭出口量为零。", "2025年1月我国锑锭出口量为120吨。"]
)  # fmt: skip
def test_a_later_sentence_with_a_month_does_not_date_the_prices_before_it(gap: str, later: str) -> None:
    text = (
        f"小金属早报\n2025年2月12日\n\n今日国内锑锭报151000元/吨，均价较上一交易日上涨1000元/吨。{gap}{later}"
    )
    assert days(text) == [f"151000 元/吨 {DAY}", f"1000 元/吨 {DAY}"]


def test_the_month_of_a_statistic_still_dates_the_statistic() -> None:
    facts = read_words("今日国内锑锭报151000元/吨。1月份国内锑锭产量0.6万吨。", DAY)
    assert [(fact.measure, fact.period) for fact in facts] == [("price", DAY), ("output", "2025-01")]


@pytest.mark.parametrize(
    ("event", "quote"),
    [
        ("2月4日商务部公布对铋相关物项实施出口管制。", "国内铋锭报90000元/吨"),
        ("1月我国铋锭出口量为120吨。", "国内铋锭报90000元/吨"),
        ("1月我国铋锭出口量为120吨。", "国内铋锭收于90000元/吨"),
        ("China placed bismuth under licensing on 4 February. ", "Bismuth was assessed at 90000 yuan/t"),
    ],
)
def test_the_date_of_an_event_dates_no_price_of_the_next_sentence(event: str, quote: str) -> None:
    assert days(event + quote) == [days(quote)[0]]
    assert days(event + quote)[0].endswith(DAY)


def test_the_changes_behind_a_price_of_the_issue_are_of_the_issue_too() -> None:
    text = "2月4日商务部公布出口管制。国内铋锭报90000元/吨，均价较节前上涨12500元/吨，涨幅15.8%；锑锭均价较上周五持平。"
    assert {told.split()[-1] for told in days(text)} == {DAY}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2月4日国内铋锭报90000元/吨", "2025-02-04"),
        ("2月4日商务部公布出口管制，国内铋锭报90000元/吨", "2025-02-04"),
        ("2月4日国内锑锭报140000元/吨。铋锭报90000元/吨", "2025-02-04"),
        ("1月我国铋锭出口120吨。出口均价为90000元/吨", "2025-01"),
        ("1月国内市场清淡。铋锭均价为90000元/吨", "2025-01"),
    ],
)
def test_a_date_in_front_of_a_price_dates_it_and_what_goes_on_from_it(text: str, period: str) -> None:
    assert days(text)[-1].endswith(period)


@pytest.mark.parametrize(
    ("day", "before"),
    [("2025-02-12", "2025-02-11"), ("2025-02-10", "2025-02-08"), ("2025-02-05", "2025-01-27")],
)
def test_yesterday_is_the_trading_day_before(day: str, before: str) -> None:
    text = "昨日国内锑锭报150000元/吨，均价较上一交易日上涨500元/吨。今日国内锑锭报151000元/吨。"
    assert days(text, day) == [f"150000 元/吨 {before}", f"500 元/吨 {before}", f"151000 元/吨 {day}"]


def test_what_a_change_is_against_is_not_the_day_of_the_price() -> None:
    assert days("国内锑锭报151000元/吨，均价较昨日上涨1000元/吨。") == [
        f"151000 元/吨 {DAY}", f"1000 元/吨 {DAY}",
    ]  # fmt: skip


def test_yesterday_in_a_year_of_which_no_calendar_is_known_is_no_day() -> None:
    assert days("昨日国内锑锭报150000元/吨。", "1998-03-05") == ["150000 元/吨 None"]


def test_in_one_sentence_the_nearest_day_counts() -> None:
    assert days("昨日国内锑锭报150000元/吨，今日报151000元/吨。") == [
        "150000 元/吨 2025-02-11", f"151000 元/吨 {DAY}",
    ]  # fmt: skip
