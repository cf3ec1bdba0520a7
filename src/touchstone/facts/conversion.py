"""Conversion of a price: out of tax, into another currency and quantity, with every step shown.

Exact: fractions throughout, rounded only where a result is written down. Nothing converts silently: a tax basis
that is not known, or a rate nobody stated, is an error.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.errors import NoRate
from touchstone.facts.exchange import ExchangeRate
from touchstone.facts.quotation import currency
from touchstone.facts.quote import Quote
from touchstone.facts.tax import Rate
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, unit

Exchange = Callable[[date, str, str], ExchangeRate]
"""(day, base, quote) to a rate; `ExchangeRates.on`. Raises NoRate."""
Tax = Callable[[date], Rate]
"""A day to the rate of value-added tax in force. Raises NoRate."""


@dataclass(frozen=True, slots=True)
class Price:
    """Both ends of a price in a unit and on a tax basis, as exact fractions."""

    low: Fraction
    high: Fraction
    unit: str
    tax: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a conversion.

    Attributes:
        kind: tax, currency or quantity.
        operation: × or ÷.
        number: what the price is multiplied or divided by, exact.
        result: the price behind this step.
        note: what the number is, and what was assumed.
        source: document and clause, or the unit table; "" where facts say it.
        facts: ids of the facts behind the number.
    """

    kind: str
    operation: str
    number: Fraction
    result: Price
    note: Text
    source: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """A quote on another basis: the price, and the steps from the printed one; none where nothing changes."""

    quote: Quote
    price: Price
    steps: tuple[Step, ...]


def price_of(quote: Quote) -> Price:
    """A quote as printed: its ends, its unit, the tax basis of its quotation."""
    return Price(Fraction(quote.low), Fraction(quote.high), quote.unit, quote.quotation.tax)


def converted(quote: Quote, to: str, tax: str, exchange: Exchange, rate_of: Tax) -> Conversion:
    """A quote in another unit and on another tax basis.

    Args:
        quote: a low-high pair in money per quantity.
        to: unit wanted, such as `USD/lb`; its currency decides whether a rate of exchange is needed.
        tax: included or excluded; "" keeps the basis.
        exchange: rates of exchange by day.
        rate_of: rates of value-added tax by day.

    Raises:
        NoRate: a rate is missing, or the tax basis of the quote is not known and another is wanted.
        UnitMismatch: the units are not money per the same kind of quantity (a dry tonne is no tonne).
    """
    price, end = price_of(quote), unit(to)
    have, want = currency(unit(quote.unit)), currency(end)
    steps: list[Step] = []
    if tax and tax != price.tax:
        steps.append(_taxed(quote, price, tax, rate_of))
    if have != want:
        steps.extend(_measured(_last(steps, price), f"{have}/{_below(end.code)}"))
        steps.append(_exchanged(quote, _last(steps, price), have, want, exchange))
    steps.extend(_measured(_last(steps, price), end.code))
    return Conversion(quote, replace(_last(steps, price), unit=end.code), tuple(steps))


def _last(steps: list[Step], price: Price) -> Price:
    return steps[-1].result if steps else price


def _taxed(quote: Quote, price: Price, tax: str, rate_of: Tax) -> Step:
    if not price.tax:
        raise _unknown_basis(quote)
    rate = rate_of(quote.day)
    share = 1 / rate.factor if tax == "excluded" else rate.factor
    assumed = quote.quotation.tax_basis == "assumed"
    note = Text(
        f"增值税率{rate.percent}%" + ("（含税口径为行业惯例，原文未注明）" if assumed else ""),
        f"VAT {rate.percent} %"
        + (" (that the price includes it is trade usage, not printed)" if assumed else ""),
    )
    result = _times(price, share, price.unit, tax)
    return Step(
        "tax", "÷" if tax == "excluded" else "×", rate.factor, result, note, f"{rate.source} {rate.clause}"
    )


def _exchanged(quote: Quote, price: Price, have: str, want: str, exchange: Exchange) -> Step:
    """In the direction in which the rate is stated and read aloud: ÷ 6.81 CNY per USD, back × 6.81 CNY per USD."""
    rate = exchange(quote.day, want, have)
    said = rate.note or Text("", "")
    divides = _is_read_aloud(rate.value)
    number, above, below = (rate.value, have, want) if divides else (1 / rate.value, want, have)
    note = Text(f"汇率：{above}/{below}{said.zh}", f"{above} per {below}. {said.en}".strip())
    result = _times(price, 1 / rate.value, f"{want}/{_below(price.unit)}", price.tax)
    return Step("currency", "÷" if divides else "×", number, result, note, facts=rate.facts)


def _is_read_aloud(rate: Fraction) -> bool:
    """Whether a rate, and not its inverse, is a decimal as one states it; of two, the one above one."""
    ends, inverse_ends = _is_decimal(rate), _is_decimal(1 / rate)
    return ends if ends != inverse_ends else rate >= 1


def _is_decimal(value: Fraction) -> bool:
    """Whether a fraction ends as a decimal: its denominator has no prime but 2 and 5."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _measured(price: Price, to: str) -> list[Step]:
    """The step into another quantity (or out of cents); none where the number stays the same."""
    start, end = unit(price.unit), unit(to)
    number = convert(1, start, end)
    if number == 1:
        return []
    note = Text(f"{start.zh} → {end.zh}", f"{start.en} → {end.en}")
    inverse = number < 1
    result = _times(price, number, end.code, price.tax)
    source = "data/units.toml"
    return [
        Step("quantity", "÷" if inverse else "×", 1 / number if inverse else number, result, note, source)
    ]


def _below(code: str) -> str:
    return code.partition("/")[2]


def _times(price: Price, number: Fraction, code: str, tax: str) -> Price:
    return Price(price.low * number, price.high * number, code, tax)


def _unknown_basis(quote: Quote) -> NoRate:
    code = quote.quotation.code
    return NoRate(
        "RATE-002", f"{code} {quote.period}", "a price of unknown tax basis", "tax = included or excluded",
        "nothing was converted", f"declare {code} in quotations.toml of the workspace",
        zh=("价格是否含税未知", "含税或不含税", "没有换算", f"在工作区的quotations.toml中声明{code}"),
    )  # fmt: skip


def rounded(value: Fraction, places: int) -> Decimal:
    """A fraction as a decimal of so many places, half away from zero as prices are rounded in print.

    >>> rounded(Fraction(2, 3), 2), rounded(Fraction(-5, 2), 0)
    (Decimal('0.67'), Decimal('-3'))
    """
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)
