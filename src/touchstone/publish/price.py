"""How prices are written: units in the words of the trade, results of a conversion rounded once, its steps in a line.

A printed price keeps its digits and goes through `publish.format`; here is what was computed from it.
"""

from decimal import Decimal
from fractions import Fraction

from touchstone.facts.conversion import Conversion, Price, Step, rounded
from touchstone.facts.quote import Quote
from touchstone.facts.unit import unit
from touchstone.publish.format import dash, number, with_unit
from touchstone.publish.words import word

_FEW = 3
_PLACES = {"lb": 3, "kg": 2, "t": 0}
"""Decimals a converted price is written with, by what it is a price per: finer than the trade quotes, no finer."""
_FACTOR_DIGITS = 8


def unit_of_trade(code: str, lang: str) -> str:
    """A unit of price as the trade writes it: the kilogram is 公斤 in Chinese price lists.

    >>> unit_of_trade("CNY/kg", "zh"), unit_of_trade("CNY/kg", "en")
    ('元/公斤', 'yuan/kg')
    """
    return unit(code).zh.replace("千克", "公斤") if lang == "zh" else unit(code).en


def priced(text: str, code: str, lang: str) -> str:
    """A written number with the unit of trade behind it: 7100元/公斤, 9.1×10,000 yuan/t."""
    return with_unit(text, unit_of_trade(code, "zh"), lang)


def rounded_price(value: Fraction, code: str) -> Decimal:
    """A computed price, rounded to the places of its unit.

    >>> rounded_price(Fraction(6900 * 100, 113), "CNY/kg")
    Decimal('6106.19')
    """
    return rounded(value, _PLACES.get(code.partition("/")[2], _FEW))


def percent(value: Fraction, lang: str) -> str:
    """A change in percent with its sign, two decimals; a change that rounds to nothing has no sign.

    >>> percent(Fraction(-100, 27), "en"), percent(Fraction(0), "en")
    ('−3.70%', '0.00%')
    """
    return number(rounded(value, 2), lang, signed=True) + "%"


def ends(price: Price, lang: str) -> str:
    """Both ends of a computed price, or one where they are equal, without the unit."""
    low, high = (number(rounded_price(end, price.unit), lang) for end in (price.low, price.high))
    return low if price.low == price.high else low + dash(lang) + high


def quoted_ends(quote: Quote, lang: str) -> str:
    """Both ends of a quote with the digits printed, or the single price, without the unit."""
    low = number(quote.low, lang)
    return low + dash(lang) + number(quote.high, lang) if quote.is_range else low


def operation(step: Step, lang: str) -> str:
    """What a step does to the price: ÷ 1.13. Turned round where only the inverse ends, ≈ where neither does.

    A pound is 0.45359237 kg, so a price per kilogram becomes one per pound by × 0.45359237, not ÷ 2.2046….
    A rate of exchange is never turned round: its note says which currency it is per which.
    """
    sign = step.operation
    ways = [(step.number, sign), (1 / step.number, "×" if sign == "÷" else "÷")]
    for value, way in ways[:1] if step.kind == "currency" else ways:
        if exact := _exact(value, lang):
            return f"{way} {exact}"
    return f"{sign} ≈{number(_short(step.number), lang)}"


def _exact(value: Fraction, lang: str) -> str:
    """A fraction as a decimal, "" where it does not end within so many places."""
    shown = (rounded(value, places) for places in range(_FACTOR_DIGITS + 1))
    return next((number(each, lang) for each in shown if each == value), "")


def _short(value: Fraction) -> Decimal:
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return rounded(value, max(2, _FACTOR_DIGITS - whole))


def mean_of(conversion: Conversion) -> Fraction:
    """One price of a converted range, by the convention of the quotation."""
    price, convention = conversion.price, conversion.quote.quotation.mean
    if convention == "midpoint":
        return (price.low + price.high) / 2
    return price.low if convention == "low" else price.high


def converted_mean(conversion: Conversion, lang: str) -> str:
    """The mean of a converted quote, rounded to the places of its unit, without the unit."""
    return number(rounded_price(mean_of(conversion), conversion.price.unit), lang)


def in_one_line(conversion: Conversion, lang: str) -> str:
    """The printed price, every step and every result in between.

    6900—7300元/公斤 ÷ 1.13（增值税率13%；…）= 6106.19—6460.18元/公斤
    """
    quote = conversion.quote
    line = priced(quoted_ends(quote, lang), quote.unit, lang)
    return line + "".join(_step(step, lang) for step in conversion.steps)


def _step(step: Step, lang: str) -> str:
    result = priced(ends(step.result, lang), step.result.unit, lang)
    said = word("prices.why", lang, why=step_note(step, lang))
    return f" {operation(step, lang)}{said} = {result}"


def step_note(step: Step, lang: str) -> str:
    """What the number of a step is and who says so."""
    said = step.note.zh.replace("千克", "公斤") if lang == "zh" else step.note.en
    return word("prices.said_by", lang, note=said.rstrip("."), source=step.source) if step.source else said
