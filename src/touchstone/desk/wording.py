"""How the desk writes numbers and units in its sentences: as they were stated, and never in exponents."""

from decimal import Decimal
from fractions import Fraction

from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit


def unit_in(printed: str, lang: str) -> str:
    """A unit as stated; in English its Chinese words are put into English.

    >>> unit_in("美元/公斤", "zh"), unit_in("美元/公斤", "en")
    ('美元/公斤', 'USD/kg')
    """
    return printed if lang == "zh" or printed.isascii() else format_unit(printed, lang)


def span_text(low: Decimal, high: Decimal, unit: str) -> Text:
    """A range with its unit, one figure where both ends are the same: 985-990 美元/公斤."""
    both = f"{low:f}" if low == high else f"{low:f}-{high:f}"
    return Text(*(f"{both} {unit_in(unit, lang)}" for lang in ("zh", "en")))


def plain(value: Fraction) -> str:
    """A fraction without an exponent: exact where six significant digits hold it, else to six or to the unit.

    >>> plain(Fraction(985)), plain(Fraction(1000000, 7))
    ('985', '142857')
    """
    number = Decimal(value.numerator) / Decimal(value.denominator)
    digits = max(6, number.adjusted() + 1)
    text = f"{Decimal(f'{number:.{digits}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ratio(value: Fraction) -> str:
    """A ratio to three significant digits: 0.145, 6.87, 1000."""
    return f"{Decimal(f'{Decimal(value.numerator) / Decimal(value.denominator):.3g}'):f}"
