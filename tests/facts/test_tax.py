"""Value-added tax: the rate of the day with its document, and a refusal where none is stated."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import NoRate
from touchstone.facts.tax import rates, value_added_tax


@pytest.mark.parametrize(
    ("day", "percent", "document"),
    [
        ("1994-01-01", 17, "国务院令第134号"),
        ("2008-12-31", 17, "国务院令第134号"),
        ("2009-01-01", 17, "国务院令第538号"),
        ("2018-04-30", 17, "国务院令第538号"),
        ("2018-05-01", 16, "财税〔2018〕32号"),
        ("2019-03-31", 16, "财税〔2018〕32号"),
        ("2019-04-01", 13, "公告2019年第39号"),
        ("2020-10-09", 13, "公告2019年第39号"),
        ("2025-12-31", 13, "公告2019年第39号"),
        ("2026-01-01", 13, "增值税法"),
        ("2026-11-21", 13, "增值税法"),
    ],
)
def test_the_rate_on_metals_is_that_of_the_document_in_force(day: str, percent: int, document: str) -> None:
    rate = value_added_tax("CN", date.fromisoformat(day))
    assert rate.percent == percent
    assert document in rate.source and rate.clause


def test_a_price_with_tax_is_the_price_without_times_an_exact_factor() -> None:
    rate = value_added_tax("CN", date(2020, 10, 9))
    assert rate.factor == Fraction(113, 100)
    assert 100 * rate.factor == 113


def test_ores_have_the_rate_of_metals_since_2009() -> None:
    assert value_added_tax("CN", date(2009, 1, 1), "ores").source.startswith("财税〔2008〕171号")
    for day in (date(2018, 5, 1), date(2020, 1, 1), date(2026, 6, 1)):
        assert value_added_tax("CN", day, "ores") == value_added_tax("CN", day)


@pytest.mark.parametrize(
    ("country", "day", "category", "code", "words"),
    [
        ("CN", date(1993, 12, 31), "metals", "TAX-001", "1994-01-01"),
        ("CN", date(2020, 10, 9), "copper", "TAX-001", "metals"),
        ("GB", date(2020, 10, 9), "metals", "TAX-001", "CN"),
        ("CN", date(2020, 10, 9), "gold", "TAX-002", "traded on an exchange"),
        ("CN", date(2026, 10, 9), "gold", "TAX-002", "traded on an exchange"),
        ("CN", date(2008, 12, 31), "ores", "TAX-002", "before 2009"),
    ],
)
def test_where_no_rate_is_stated_none_is_taken(
    country: str, day: date, category: str, code: str, words: str
) -> None:
    with pytest.raises(NoRate) as refused:
        value_added_tax(country, day, category)
    assert refused.value.code == code
    assert words in refused.value.expected
    for part in (refused.value.where, refused.value.found, refused.value.so, refused.value.fix):
        assert part and part in str(refused.value)
    assert day.isoformat() in refused.value.text("zh") and "没有换算" in refused.value.text("zh")


@given(st.dates(date(1994, 1, 1), date(2030, 12, 31)))
def test_each_day_since_1994_has_exactly_one_rate_on_metals(day: date) -> None:
    assert [rate for rate in rates() if "metals" in rate.categories and rate.holds(day)] == [
        value_added_tax("CN", day)
    ]


@pytest.mark.parametrize("category", ["metals", "ores"])
def test_a_rate_begins_the_day_after_the_one_before_it_ends(category: str) -> None:
    some = [rate for rate in rates() if category in rate.categories]
    for before, after in pairwise(some):
        assert before.last and before.last + timedelta(1) == after.first
    assert some[-1].last is None
