"""Periods in words."""

from datetime import UTC, date, datetime

import pytest

from touchstone.publish import dates


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("2022", "2022年", "2022"),
        ("2022-Q3", "2022年三季度", "Q3 2022"),
        ("2022-06", "2022年6月", "Jun 2022"),
        ("2022-W23", "2022年第23周", "week 23 of 2022"),
        ("2022-06-30", "2022年6月30日", "30 Jun 2022"),
        ("2022-01/2022-06", "2022年1—6月", "Jan–Jun 2022"),
        ("2021-11/2022-02", "2021年11月—2022年2月", "Nov 2021 – Feb 2022"),
        ("2021/2025", "2021—2025年", "2021–2025"),
        ("2022-09-01/2022-12-31", "2022年9月1日—12月31日", "1 Sep – 31 Dec 2022"),
        ("2022-Q1/2022-Q3", "2022年一季度—三季度", "Q1 – Q3 2022"),
        (None, "", ""),
    ],
)
def test_a_period_is_written_as_people_write_it(code: str | None, zh: str, en: str) -> None:
    assert (dates.period(code, "zh"), dates.period(code, "en")) == (zh, en)


def test_a_text_that_is_no_period_is_an_error() -> None:
    with pytest.raises(ValueError, match="period code"):
        dates.period("last week", "en")


def test_the_base_of_a_change_may_be_a_period_or_words() -> None:
    assert dates.base("2022-05", "zh") == "2022年5月"
    assert dates.base("上周五", "en") == "上周五"


def test_days_and_moments() -> None:
    assert dates.day(date(2022, 6, 3), "zh") == "2022年6月3日"
    assert dates.day(None, "en") == ""
    assert dates.moment(datetime(2022, 6, 3, 14, 5, tzinfo=UTC), "en") == "3 Jun 2022 14:05"


def test_a_day_beside_another_of_its_year_leaves_the_year_out() -> None:
    friday, before = date(2020, 10, 9), date(2019, 12, 31)
    assert [dates.short_day(friday, lang, friday) for lang in ("zh", "en")] == ["10月9日", "9 Oct"]
    assert [dates.short_day(before, lang, friday) for lang in ("zh", "en")] == [
        "2019年12月31日",
        "31 Dec 2019",
    ]
