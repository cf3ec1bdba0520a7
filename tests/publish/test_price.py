"""How prices, their conversions and their changes are written."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.conversion import Price, Step, converted
from touchstone.facts.exchange import ExchangeRate
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote
from touchstone.facts.tax import value_added_tax
from touchstone.facts.text import Text
from touchstone.publish.price import (
    converted_mean,
    ends,
    in_one_line,
    operation,
    percent,
    priced,
    quoted_ends,
    rounded_price,
)

GERMANIUM = Quotation(
    "ge.ingot@market.domestic", "ge.ingot", "market.domestic", "CNY/kg", "included", "assumed"
)


def quote(low: str, high: str, unit: str = "CNY/kg") -> Quote:
    return Quote(GERMANIUM, "2020-10-09", Decimal(low), Decimal(high), unit, ("a" * 20, "b" * 20), "c" * 64)


def rate(day: date, base: str, other: str) -> ExchangeRate:
    return ExchangeRate(base, other, Fraction(Decimal("6.81")), day.isoformat(), ("d" * 20,))


def in_dollars_a_pound(low: str = "6900", high: str = "7300"):
    return converted(quote(low, high), "USD/lb", "excluded", rate, lambda day: value_added_tax("CN", day))


def step(number: Fraction, sign: str = "÷") -> Step:
    return Step("tax", sign, number, Price(Fraction(1), Fraction(1), "CNY/kg", ""), Text("", ""))


def test_a_conversion_is_written_with_every_step_and_every_result() -> None:
    line = in_one_line(in_dollars_a_pound(), "zh")
    assert line.startswith("6900—7300元/公斤 ÷ 1.13（增值税率13%")
    assert " = 6106.19—6460.18元/公斤 × 0.45359237（" in line
    assert " ÷ 6.81（" in line
    assert line.endswith(" = 406.714—430.292美元/磅")


def test_the_result_written_is_the_exact_one_rounded_once() -> None:
    exact = Fraction(7100) / Fraction(113, 100) * Fraction(45359237, 10**8) / Fraction(681, 100)
    assert converted_mean(in_dollars_a_pound(), "en") == f"{float(exact):.3f}"


def test_a_step_is_turned_round_where_only_the_inverse_ends() -> None:
    assert operation(step(Fraction(113, 100)), "zh") == "÷ 1.13"
    assert operation(step(1 / Fraction(45359237, 10**8)), "zh") == "× 0.45359237"
    assert operation(step(Fraction(7, 3), "×"), "zh") == "× ≈2.3333333"


@given(
    st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=10**6), st.sampled_from("×÷")
)
def test_what_is_written_does_what_the_step_does(number: Fraction, sign: str) -> None:
    way, written = operation(step(number, sign), "zh").split(" ")
    shown = Fraction(Decimal(written.removeprefix("≈")))
    meant, said = (number if sign == "×" else 1 / number), (shown if way == "×" else 1 / shown)
    assert said == meant if not written.startswith("≈") else abs(said / meant - 1) < Fraction(1, 1000)


@pytest.mark.parametrize(
    ("value", "code", "written"),
    [
        (Fraction(2, 3), "USD/lb", "0.667"),
        (Fraction(2, 3), "CNY/kg", "0.67"),
        (Fraction(83333, 2), "CNY/t", "41667"),
        (Fraction(2, 3), "USD/mtu", "0.667"),
    ],
)
def test_a_computed_price_has_the_decimals_of_its_unit(value: Fraction, code: str, written: str) -> None:
    assert str(rounded_price(value, code)) == written


def test_a_unit_stands_behind_its_number_as_the_trade_writes_it() -> None:
    assert priced("7100", "CNY/kg", "zh") == "7100元/公斤"
    assert priced("7,100", "CNY/kg", "en") == "7,100 yuan/kg"
    assert priced("9.1", "1e4 CNY/t", "en") == "9.1×10,000 yuan/t"


def test_a_change_in_percent_has_a_sign_and_two_decimals() -> None:
    assert [percent(Fraction(n, 3), "en") for n in (7, 0, -7)] == ["+2.33%", "0.00%", "−2.33%"]


def test_a_single_price_is_written_once_and_a_range_with_both_ends() -> None:
    single = Price(Fraction(5, 2), Fraction(5, 2), "USD/lb", "")
    assert ends(single, "en") == "2.500"
    assert quoted_ends(quote("2.85", "3.1"), "en") == "2.85–3.1"


@pytest.mark.parametrize(
    ("start", "to", "stated", "said"),
    [
        ("CNY/kg", "USD/kg", "6.5", "÷ 6.5 (exchange rate: CNY per USD"),
        ("USD/kg", "CNY/kg", "6.5", "× 6.5 (exchange rate: CNY per USD"),
        ("CNY/kg", "USD/kg", "6.8101", "÷ 6.8101 (exchange rate: CNY per USD"),
        ("USD/kg", "CNY/kg", "6.8101", "× 6.8101 (exchange rate: CNY per USD"),
    ],
)
def test_the_rate_of_exchange_is_written_in_the_direction_it_is_named(
    start: str, to: str, stated: str, said: str
) -> None:
    def on(day: date, base: str, other: str) -> ExchangeRate:
        value = Fraction(stated) if base == "USD" else 1 / Fraction(stated)
        return ExchangeRate(base, other, value, day.isoformat(), ("d" * 20,))

    found = converted(quote("100", "110", start), to, "", on, lambda day: value_added_tax("CN", day))
    assert said.replace("exchange rate: ", "") in in_one_line(found, "en")
