"""Exchange rates: the rate of a day, of the last day that has one, of a month, or none; always said."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import NoRate
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.fact import Fact


def rate(
    period: str, value: str, unit: str = "元/美元", source: str = "s", published: date | None = None
) -> Fact:
    """A stated rate of exchange."""
    return Fact(
        f"{period}{unit}{value}",
        "currency.usd",
        "exchange_rate",
        period,
        Decimal(value),
        unit,
        Decimal("0.00005"),
        source,
        None,
        "test",
        published=published,
    )


def test_the_rate_of_the_day_is_taken_as_stated() -> None:
    found = ExchangeRates([rate("2020-09-30", "6.8101")]).on(date(2020, 9, 30), "USD", "CNY")
    assert (found.value, found.period, found.note) == (Fraction("6.8101"), "2020-09-30", None)
    assert found.facts == ("2020-09-30元/美元6.8101",)


def test_on_a_holiday_the_last_rate_before_is_taken_and_said() -> None:
    found = ExchangeRates([rate("2020-09-30", "6.8101")]).on(date(2020, 10, 7), "USD", "CNY")
    assert found.period == "2020-09-30"
    assert (
        found.note
        and "2020-10-07无牌价，取2020-09-30" in found.note.zh
        and "No rate on 2020-10-07" in found.note.en
    )


def test_a_rate_out_of_reach_is_an_error_with_a_remedy_not_a_silent_fill() -> None:
    rates = ExchangeRates([rate("2020-09-30", "6.8101")])
    with pytest.raises(NoRate) as refused:
        rates.on(date(2020, 10, 11), "USD", "CNY")
    assert "RATE-001" in str(refused.value) and "import" in refused.value.fix
    with pytest.raises(NoRate):
        rates.on(date(2020, 9, 29), "USD", "CNY")


def test_a_monthly_mean_serves_where_no_day_is_stated_and_is_called_one() -> None:
    found = ExchangeRates([rate("2020-10", "6.7254")]).on(date(2020, 10, 9), "USD", "CNY")
    assert found.value == Fraction("6.7254") and found.note and "均值" in found.note.zh
    with pytest.raises(NoRate):
        ExchangeRates([rate("2020-10", "6.7254")]).on(date(2020, 11, 1), "USD", "CNY")


def test_rates_per_hundred_units_are_brought_to_one() -> None:
    found = ExchangeRates([rate("2020-09-30", "681.01", "元/百美元")]).on(date(2020, 9, 30), "USD", "CNY")
    assert found.value == Fraction("6.8101")


def test_a_cross_rate_names_the_currency_between() -> None:
    rates = ExchangeRates([rate("2020-09-30", "6.8101"), rate("2020-09-30", "7.9941", "元/欧元")])
    found = rates.on(date(2020, 9, 30), "EUR", "USD")
    assert found.value == Fraction("7.9941") / Fraction("6.8101") and len(found.facts) == 2
    assert found.note and "CNY" in found.note.zh and "CNY" in found.note.en


@given(value=st.decimals("0.0001", "9999", places=4), days=st.integers(0, 10))
def test_there_and_back_is_one(value: Decimal, days: int) -> None:
    rates = ExchangeRates([rate("2020-09-30", str(value))])
    day = date(2020, 9, 30) + timedelta(days)
    assert rates.on(day, "USD", "CNY").value * rates.on(day, "CNY", "USD").value == 1
    assert rates.on(day, "CNY", "CNY").value == 1


def test_two_sources_that_disagree_on_a_day_are_refused_by_name_and_the_other_days_count() -> None:
    facts = [
        rate("2020-09-30", "6.8101"),
        rate("2020-09-30", "6.79", source="t"),
        rate("2020-09-29", "6.8252"),
    ]
    rates = ExchangeRates(facts, {"s": "parity.csv", "t": "other.csv"})
    with pytest.raises(NoRate) as refused:
        rates.on(date(2020, 9, 30), "USD", "CNY")
    assert refused.value.code == "RATE-003"
    assert "parity.csv" in refused.value.found and "other.csv" in refused.value.text("zh")
    assert rates.on(date(2020, 9, 29), "USD", "CNY").value == Fraction("6.8252")
    assert [problem.code for problem in rates.problems] == ["RATE-003"]


def test_a_rate_published_later_corrects_an_earlier_one() -> None:
    first = rate("2020-09-30", "6.79", source="t", published=date(2020, 9, 30))
    later = rate("2020-09-30", "6.8101", published=date(2020, 10, 1))
    rates = ExchangeRates([later, first])
    assert rates.on(date(2020, 9, 30), "USD", "CNY").value == Fraction("6.8101") and not rates.problems


def test_the_mean_of_a_year_is_the_rate_of_no_day() -> None:
    with pytest.raises(NoRate):
        ExchangeRates([rate("2020", "6.8976")]).on(date(2020, 10, 9), "USD", "CNY")


def test_the_rate_of_a_day_stated_the_other_way_round_goes_before_the_mean_of_a_month() -> None:
    rates = ExchangeRates([rate("2020-10", "6.7254"), rate("2020-10-09", "0.16", "美元/元")])
    found = rates.on(date(2020, 10, 9), "USD", "CNY")
    assert (found.value, found.period) == (Fraction("6.25"), "2020-10-09")


@pytest.mark.parametrize("value", ["0", "-6.8"])
def test_a_rate_of_zero_or_below_is_refused(value: str) -> None:
    rates = ExchangeRates([rate("2020-09-30", value)])
    with pytest.raises(NoRate) as refused:
        rates.on(date(2020, 9, 30), "USD", "CNY")
    assert refused.value.code == "RATE-004"


def test_the_newest_rate_counts_whichever_way_round_it_is_stated() -> None:
    rates = ExchangeRates([rate("2020-10-01", "6.80"), rate("2020-10-09", "0.149", "美元/元")])
    there, back = (rates.on(date(2020, 10, 9), *pair) for pair in (("USD", "CNY"), ("CNY", "USD")))
    assert there.period == back.period == "2020-10-09" and there.note is None
    assert there.value * back.value == 1
