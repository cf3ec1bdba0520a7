"""What a row or a form says: understood, or refused with the part that cannot be used."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.desk.input import Input, Origin, input_from
from touchstone.desk.stated import day_of, input_of, moment_of, number_of
from touchstone.errors import UnusableQuote

GOOD = {"kind": "成交", "low": "985", "high": "1,005.5", "unit": "美元/公斤", "day": "2020年10月9日"}


def made(**changed: str) -> Input:
    """An input of the good fields with some changed."""
    return input_of(GOOD | changed, "ge@m", "row 5", Origin())


def test_a_row_in_the_words_of_the_trade_is_understood() -> None:
    given = made(time="15:30", quantity="500公斤", tax="不含税", parties="P07/B12", note="  现货 ")
    assert (given.kind, given.low, given.high) == ("deal", Decimal("985"), Decimal("1005.5"))
    assert (given.day, given.at, given.tax) == (date(2020, 10, 9), time(15, 30), "excluded")
    assert (given.quantity, given.quantity_unit, given.parties, given.note) == (
        500,
        "公斤",
        ("P07", "B12"),
        "现货",
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"low": "66,o00"}, "DESK-020"),
        ({"low": "-5"}, "DESK-020"),
        ({"low": "0"}, "DESK-020"),
        ({"low": "", "high": ""}, "DESK-020"),
        ({"low": "1,0000"}, "DESK-020"),
        ({"low": "nan"}, "DESK-020"),
        ({"kind": "传闻"}, "DESK-021"),
        ({"tax": "maybe"}, "DESK-022"),
        ({"day": "10/9/2020"}, "DESK-023"),
        ({"day": "2020-13-01"}, "DESK-023"),
        ({"day": ""}, "DESK-023"),
        ({"low": "1010"}, "DESK-024"),
        ({"unit": ""}, "DESK-025"),
        ({"unit": "公斤"}, "DESK-025"),
        ({"unit": "美元"}, "DESK-025"),
        ({"quantity": "500"}, "DESK-026"),
        ({"quantity": "some kg"}, "DESK-026"),
        ({"time": "25:00"}, "DESK-027"),
        ({"parties": "某某公司"}, "DESK-028"),
        ({"parties": "Acme Metals"}, "DESK-028"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place_in_both_languages(changed: dict, code: str) -> None:
    with pytest.raises(UnusableQuote) as problem:
        made(**changed)
    assert (problem.value.code, problem.value.where) == (code, "row 5")
    assert problem.value.text("zh") != problem.value.text("en")


def test_one_column_may_hold_a_figure_or_a_range() -> None:
    for price, ends in (
        ("985", (985, 985)),
        ("985-990", (985, 990)),
        ("985—990", (985, 990)),
        ("９８５至９９０", (985, 990)),
    ):
        given = made(low="", high="", price=price)
        assert (given.low, given.high) == ends


def test_a_day_that_a_spreadsheet_shows_in_two_ways_is_what_it_stores() -> None:
    assert day_of("10/9/2020", "", "44113") == date(2020, 10, 9)
    with pytest.raises(UnusableQuote):  # a workbook counted from 1904 stores another number than it shows
        day_of("10/9/2020", "", "42651")


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d"]),
)
def test_a_day_is_read_in_every_way_it_is_written(day: date, form: str) -> None:
    assert day_of(day.strftime(form), "") == day


@given(st.decimals(min_value="0.01", max_value="99999999", places=2))
def test_a_price_is_read_with_the_places_it_was_written_with(value: Decimal) -> None:
    assert str(number_of(f"{value:,}", "")) == str(value)


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_price_or_refused(text: str) -> None:
    try:
        assert number_of(text, "form") > 0
    except UnusableQuote as problem:
        assert problem.code == "DESK-020"


def test_an_input_comes_back_from_the_trail_as_it_was() -> None:
    given = made(time="15:30", quantity="500公斤", tax="不含税", parties="P07/B12", note="现货")
    assert input_from(given.content()) == given
    assert input_from(given.content()).id == given.id
    assert made(day="2020-10-08").id != given.id


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00+08:00", "9999-12-31T23:59-08:00", "2026-11-22T05:00+14:99", "2026-02-30T05:00"]
)
def test_a_moment_that_is_none_is_refused_and_breaks_nothing_behind_it(text: str) -> None:
    with pytest.raises(UnusableQuote, match="DESK-023"):
        moment_of(text, "--as-of")


def test_a_moment_with_its_zone_is_one_of_the_ledger() -> None:
    assert moment_of("2026-11-22T05:00+08:00", "") == datetime(2026, 11, 21, 21, tzinfo=UTC)
