"""Units under audit: the base dimension of a printed unit, and the scale to it."""

from decimal import Decimal
from functools import lru_cache

from touchstone.errors import UnknownUnit
from touchstone.facts.unit import unit

_HUNDREDTHS = {"ratio": "%", "points": "pp"}
"""Ratios and their differences are kept in percent, as they are printed."""


@lru_cache(maxsize=4096)
def base_unit(text: str) -> tuple[str, Decimal]:
    """Dimension and scale of a printed unit: 万吨 → (mass, 10000), 元/公斤 → (CNY/mass, 1).

    A unit that the table does not know is a dimension of its own, so that it is compared
    with itself only.
    """
    try:
        known = unit(text)
    except UnknownUnit:
        return text, Decimal(1)
    scale = Decimal(known.factor.numerator) / Decimal(known.factor.denominator)
    if len(known.dimension) == 1 and known.dimension[0][0] in _HUNDREDTHS:
        return _HUNDREDTHS[known.dimension[0][0]], scale * 100
    above = "*".join(_power(n, e) for n, e in known.dimension if e > 0)
    below = "*".join(_power(n, -e) for n, e in known.dimension if e < 0)
    return f"{above}/{below}" if below else above, scale


def _power(name: str, exponent: int) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"
