"""Printed numbers of a table → exact decimals and the half-width of their rounding.

A cell holds one number and nothing else: what is not wholly a number is none, so that "66,o00" or "12 (est.)"
never becomes a figure by leaving a letter out.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from touchstone.facts.text import Text

_NUMBER = re.compile(r"([+\-\u2212])? ?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Precision:
    """Decimal places beyond which the digits of a source mean nothing, and why; the columns may differ."""

    decimals: int
    because: Text


@dataclass(frozen=True, slots=True)
class Number:
    """A value, and half a unit in its last place that means something."""

    value: Decimal
    half_width: Decimal


@lru_cache(maxsize=8192)
def number(words: str, decimals: int | None = None) -> Number | None:
    """The number of a cell; None where its words are not wholly one.

    Args:
        words: digits with or without sign, thousands in threes, decimal point, exponent; full-width forms are understood.
        decimals: digits behind these places are rounded off, half up; None keeps all that is printed.

    >>> number("1,234.50")
    Number(value=Decimal('1234.50'), half_width=Decimal('0.005'))
    >>> number("2054.86010742188", 2)
    Number(value=Decimal('2054.86'), half_width=Decimal('0.005'))
    """
    plain = words if words.isascii() else unicodedata.normalize("NFKC", words)
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None:
        return None
    sign, whole, fraction, exponent = found.groups()
    places = len(fraction or "") - int(exponent or 0)
    value = Decimal(f"{whole.replace(',', '')}.{fraction or ''}E{exponent or 0}")
    if decimals is not None and places > decimals:
        places = decimals
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return Number(value if sign in (None, "+") else -value, _half_unit(places))


@cache
def _half_unit(places: int) -> Decimal:
    return Decimal(5).scaleb(-places - 1)
