"""Dates in words: an expression and the day it was published give one period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.period import span
from touchstone.read.normal import normal
from touchstone.read.scan import tokens
from touchstone.read.when import Reference, resolve

DAY = date(2022, 10, 14)


def period(words: str, day: date | None = DAY, year: int | None = None) -> str | None:
    """The period of the first date in the words."""
    reference = Reference(day, year or (day.year if day else None))
    for token in tokens(normal(words)):
        if token.kind == "date" and token.match:
            return resolve(token.match, reference)
    return None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # years
        ("2022年", "2022"), ("2019 年产量", "2019"), ("2022年度", "2022"), ("2021年全年", "2021"),
        ("今年", "2022"), ("去年", "2021"), ("前年", "2020"), ("明年", "2023"), ("本年度", "2022"),
        ("2025年底前", "2025-12"), ("2021年末", "2021-12"), ("去年底", "2021-12"),
        # half years and quarters
        ("2022年上半年", "2022-01/2022-06"), ("上半年", "2022-01/2022-06"), ("2021年下半年", "2021-07/2021-12"),
        ("2022年三季度", "2022-Q3"), ("2022年第三季度", "2022-Q3"), ("2022 年 第 1 季度", "2022-Q1"),
        ("一季度", "2022-Q1"), ("第二季度", "2022-Q2"), ("上季度", "2022-Q3"), ("本季度", "2022-Q4"),
        ("2023Q3", "2023-Q3"), ("前三季度", "2022-01/2022-09"), ("2023年前三季度", "2023-01/2023-09"),
        # months
        ("2022年6月份", "2022-06"), ("2022 年 6 月", "2022-06"), ("2020年8月底", "2020-08"), ("8月", "2022-08"),
        ("9月份", "2022-09"), ("12月份", "2021-12"), ("去年12月", "2021-12"), ("今年8月", "2022-08"),
        ("八月份", "2022-08"), ("十二月", "2021-12"), ("本月", "2022-10"), ("上月", "2022-09"), ("上个月", "2022-09"),
        # from January on
        ("1-6月", "2022-01/2022-06"), ("1-6月份", "2022-01/2022-06"), ("1—8月", "2022-01/2022-08"),
        ("1月至9月", "2022-01/2022-09"), ("1～7月", "2022-01/2022-07"), ("一至七月", "2022-01/2022-07"),
        ("2022年6-8月份", "2022-06/2022-08"), ("2022年1-9月", "2022-01/2022-09"), ("前4个月", "2022-01/2022-04"),
        ("前五个月", "2022-01/2022-05"), ("1-11月", "2021-01/2021-11"), ("今年前八个月", "2022-01/2022-08"),
        # days
        ("10月7日", "2022-10-07"), ("9月29日", "2022-09-29"), ("2019年11月24日", "2019-11-24"),
        ("2019 年 11 月 24 日", "2019-11-24"), ("12月28日", "2021-12-28"), ("2022-08-18", "2022-08-18"),
        ("2022/08/18", "2022-08-18"), ("2022.8.18", "2022-08-18"), ("9月22日-24日", "2022-09-22/2022-09-24"),
        ("9月21日至22日", "2022-09-21/2022-09-22"), ("9月28日至10月9日", "2022-09-28/2022-10-09"),
        ("2022年9月1日至2022年12月31日", "2022-09-01/2022-12-31"), ("9月5号", "2022-09-05"),
        # plans and spans of years
        ("“十四五”期间", "2021/2025"), ("十三五时期", "2016/2020"), ("“十五五”", "2026/2030"),
        ("2021-2025年", "2021/2025"), ("2022—2030年", "2022/2030"),
        # weeks
        ("2022年第40周", "2022-W40"),
        # English
        ("in August 2022", "2022-08"), ("March 8, 2024", "2024-03-08"), ("8 March 2024", "2024-03-08"),
        ("on 3rd June 2021", "2021-06-03"), ("January-June 2022", "2022-01/2022-06"),
        ("from January to June 2022", "2022-01/2022-06"), ("June and August 2022", "2022-06/2022-08"),
        ("Q3 2022", "2022-Q3"), ("in the third quarter of 2021", "2021-Q3"), ("in Q2", "2022-Q2"),
        ("the first half of 2022", "2022-01/2022-06"), ("H1 2021", "2021-01/2021-06"), ("In Sept. 2021", "2021-09"),
        ("on September 2", "2022-09-02"), ("In December", "2021-12"),
    ],
)  # fmt: skip
def test_an_expression_of_time_gives_its_period(words: str, expected: str) -> None:
    assert period(words) == expected


@pytest.mark.parametrize("words", ["8月", "1-6月", "10月7日", "上半年", "去年", "in August"])
def test_a_date_without_a_year_has_no_period_where_nothing_tells_the_year(words: str) -> None:
    assert period(words, day=None) is None


@pytest.mark.parametrize("words", ["2点", "凌晨2点", "10:30", "11时30分"])
def test_a_time_of_day_is_no_period(words: str) -> None:
    assert period(words) is None


@pytest.mark.parametrize("words", ["2月30日", "2022年2月31日", "2021年13月", "2022-02-30"])
def test_a_day_that_no_calendar_has_is_no_day(words: str) -> None:
    code = period(words)
    assert code is None or len(code) < 10


def test_a_year_that_was_printed_is_the_year_of_what_follows() -> None:
    reference = Reference(DAY, DAY.year)
    codes = [
        resolve(token.match, reference)
        for token in tokens("2021年8月份产量91.7万吨；1-8月产量711.8万吨；12月持平")
        if token.match and token.kind == "date"
    ]
    assert codes == ["2021-08", "2021-01/2021-08", "2021-12"]


def test_a_month_named_without_a_year_is_not_after_the_publication() -> None:
    assert [period(f"{month}月份") for month in (9, 10, 11)] == ["2022-09", "2022-10", "2021-11"]


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_a_day_written_out_is_read_back(day: date) -> None:
    expected = day.isoformat()
    assert period(f"{day.year}年{day.month}月{day.day}日", day=None) == expected
    assert period(f"{day.year} 年 {day.month:02d} 月 {day.day:02d} 日", day=None) == expected
    assert period(f"{day:%B} {day.day}, {day.year}", day=None) == expected
    assert period(f"{day.day} {day:%B} {day.year}", day=None) == expected
    assert period(expected, day=None) == expected


@given(st.integers(2001, 2040), st.integers(1, 12), st.integers(1, 12))
def test_months_from_to_are_one_span(year: int, first: int, last: int) -> None:
    code = period(f"{year}年{first}-{last}月", day=None)
    assert code is not None
    assert (span(code)[0].month, span(code)[1].month) == (first, last)
    assert span(code)[0] <= span(code)[1]
