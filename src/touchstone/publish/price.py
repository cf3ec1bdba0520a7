"""How prices are written: units in the words of the trade, results of a conversion rounded once, its steps in a line.

A printed price keeps its digits and goes through `publish.format`; here is what was computed from it.
"""

from decimal import Decimal
from fractions import Fraction

from touchstone.facts.conversion import Conversion, Price, Step, rounded
from touchstone.facts.quote import Quote
from touchstone.facts.unit import unit
from touchstone.publish.format import dash, number
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


def converted_number(value: Fraction, code: str, lang: str, *, signed: bool = False) -> str:
    """A computed price, rounded to the places of its unit.

    >>> converted_number(Fraction(6900 * 100, 113), "CNY/kg", "en")
    '6,106.19'
    """
    places = _PLACES.get(code.partition("/")[2], _FEW)
    return number(rounded(value, places), lang, signed=signed)


def percent(value: Fraction, lang: str) -> str:
    """A change in percent with its sign, two decimals; a change that rounds to nothing has no sign.

    >>> percent(Fraction(-100, 27), "en"), percent(Fraction(0), "en")
    ('−3.70%', '0.00%')
    """
    return number(rounded(value, 2), lang, signed=True) + "%"


def ends(price: Price, lang: str) -> str:
    """Both ends of a computed price, or one where they are equal, without the unit."""
    low, high = (converted_number(end, price.unit, lang) for end in (price.low, price.high))
    return low if price.low == price.high else low + dash(lang) + high


def quoted_ends(quote: Quote, lang: str) -> str:
    """Both ends of a quote with the digits printed, or the single price, without the unit."""
    low = number(quote.low, lang)
    return low + dash(lang) + number(quote.high, lang) if quote.is_range else low


def factor(value: Fraction, lang: str) -> str:
    """What a step multiplies or divides by: exact where it ends within eight decimals, else ≈ and so many digits.

    >>> factor(Fraction(113, 100), "zh"), factor(Fraction(100, 681), "zh")
    ('1.13', '≈0.14684288')
    """
    for places in range(_FACTOR_DIGITS + 1):
        if (shown := rounded(value, places)) == value:
            return number(shown, lang)
    return "≈" + number(_short(value), lang)


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
    return converted_number(mean_of(conversion), conversion.price.unit, lang)


def in_one_line(conversion: Conversion, lang: str) -> str:
    """The printed price, every step and every result in between: 6900—7300 元/公斤 ÷ 1.13 (…) = 6106.19—6460.18 元/公斤."""
    quote = conversion.quote
    line = f"{quoted_ends(quote, lang)} {unit_of_trade(quote.unit, lang)}"
    return line + "".join(_step(step, lang) for step in conversion.steps)


def _step(step: Step, lang: str) -> str:
    result = f"{ends(step.result, lang)} {unit_of_trade(step.result.unit, lang)}"
    said = word("prices.why", lang, why=step_note(step, lang))
    return f" {step.operation} {factor(step.number, lang)}{said} = {result}"


def step_note(step: Step, lang: str) -> str:
    """What the number of a step is and who says so."""
    said = step.note.zh.replace("千克", "公斤") if lang == "zh" else step.note.en
    return word("prices.said_by", lang, note=said.rstrip("."), source=step.source) if step.source else said
