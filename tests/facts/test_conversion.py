"""Conversion of prices: exact, with every step shown, and refused where a rate or a basis is not known."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import NoRate, UnitMismatch
from touchstone.facts.conversion import Conversion, converted, rounded
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.fact import Fact
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote
from touchstone.facts.tax import Rate, value_added_tax
from touchstone.facts.unit import unit

RATES = ExchangeRates(
    [
        Fact(
            "fx1",
            "currency.usd",
            "exchange_rate",
            "2020-10-09",
            Decimal("6.8"),
            "元/美元",
            Decimal("0.05"),
            "s",
            None,
            "test",
        )
    ]
)


def china(day: date) -> Rate:
    """The tax on metals in China."""
    return value_added_tax("CN", day)


def quote(low: str, high: str, printed: str, tax: str = "included", day: str = "2020-10-09") -> Quote:
    """A quote of germanium ingot in a market of this tax basis."""
    code = unit(printed).code
    row = Quotation("ge.ingot@market", "ge.ingot", "market", code, tax, "assumed" if tax else "unknown")
    return Quote(row, day, Decimal(low), Decimal(high), code, ("a", "b"), "s")


def into(given_quote: Quote, to: str, tax: str = "") -> Conversion:
    return converted(given_quote, to, tax, RATES.on, china)


def test_germanium_of_6900_to_7300_yuan_is_898_to_950_dollars_without_tax() -> None:
    """The worked figure of the Rotterdam germanium row: 13 % VAT, 6.8 yuan a dollar."""
    found = into(quote("6900", "7300", "元/公斤"), "美元/公斤", "excluded")
    assert [rounded(end, 0) for end in (found.price.low, found.price.high)] == [898, 950]
    assert [(s.kind, s.operation, s.number) for s in found.steps] == [
        ("tax", "÷", Fraction(113, 100)), ("currency", "÷", Fraction("6.8")),
    ]  # fmt: skip
    assert found.steps[1].facts == ("fx1",) and "2019年第39号" in found.steps[0].source
    assert "未注明" in found.steps[0].note.zh and "not printed" in found.steps[0].note.en


def test_every_step_shows_the_price_behind_it() -> None:
    found = into(quote("85", "95", "美分/磅", "excluded"), "元/公斤")
    assert [(s.kind, s.result.unit) for s in found.steps] == [("quantity", "USD/kg"), ("currency", "CNY/kg")]
    assert rounded(found.price.low, 2) == rounded(
        Fraction("0.85") / Fraction("0.45359237") * Fraction("6.8"), 2
    )


@pytest.mark.parametrize(
    ("printed", "to", "factor"),
    [
        ("美元/磅", "美元/公斤", Fraction(1) / Fraction("0.45359237")),
        ("美元/公斤", "美元/吨", Fraction(1000)),
        ("美元/吨度", "美元/吨度", Fraction(1)),
        ("美元/金衡盎司", "美元/克", 1 / Fraction("31.1034768")),
        ("万元/吨", "元/公斤", Fraction(10)),
    ],
)
def test_quantities_convert_exactly(printed: str, to: str, factor: Fraction) -> None:
    found = into(quote("3", "4", printed, "excluded"), to)
    assert (found.price.low, found.price.high) == (3 * factor, 4 * factor)
    assert len(found.steps) == (0 if factor == 1 else 1)


def test_a_quote_that_stays_as_it_is_has_no_steps() -> None:
    found = into(quote("6900", "7300", "元/公斤"), "元/公斤", "included")
    assert found.steps == () and found.price.low == 6900


def test_a_tonne_unit_of_contained_metal_is_no_tonne() -> None:
    with pytest.raises(UnitMismatch):
        into(quote("230", "240", "美元/吨度", "excluded"), "美元/吨")


def test_the_tax_is_that_of_the_day() -> None:
    found = into(quote("116", "116", "元/公斤", day="2019-03-31"), "元/公斤", "excluded")
    assert found.price.low == 100
    assert into(quote("113", "113", "元/公斤", day="2019-04-01"), "元/公斤", "excluded").price.low == 100


def test_a_price_of_unknown_basis_is_not_taken_out_of_tax() -> None:
    with pytest.raises(NoRate) as refused:
        into(quote("6900", "7300", "元/公斤", tax=""), "元/公斤", "excluded")
    assert refused.value.code == "RATE-002" and "quotations.toml" in refused.value.fix


def test_without_a_rate_of_exchange_nothing_is_converted() -> None:
    with pytest.raises(NoRate):
        into(quote("6900", "7300", "元/公斤", day="2020-06-01"), "美元/公斤")


prices = st.decimals("0.01", "99999", places=2)
units = st.sampled_from(["元/公斤", "元/吨", "万元/吨", "美元/磅", "美分/磅", "USD/t"])


@given(low=prices, wider=prices, start=units, end=units, tax=st.sampled_from(["included", "excluded"]))
def test_there_and_back_is_the_printed_quote(
    low: Decimal, wider: Decimal, start: str, end: str, tax: str
) -> None:
    printed = quote(str(low), str(low + wider), start, "included")
    there = into(printed, end, tax)
    assert there.price.low < there.price.high and there.price.unit == unit(end).code
    number = Fraction(1)
    for step in there.steps:
        number = number * step.number if step.operation == "×" else number / step.number
    assert Fraction(printed.low) * number == there.price.low
    assert all(step.number >= 1 or step.kind != "quantity" for step in there.steps)


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_is_never_off_by_more_than_half_a_unit(value: Fraction, places: int) -> None:
    assert abs(Fraction(rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)
