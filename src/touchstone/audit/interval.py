"""Intervals: what a printed number allows, and how that carries through arithmetic.

"620.2" says that the value lies in [620.15, 620.25]. All ends are exact decimals, so two
intervals that meet in a single point are seen to meet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of one quantity; `low <= high`."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Decimal) -> "Interval":
        """The interval in another unit, or with another sign."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def meets(self, other: "Interval") -> bool:
        """Have the two at least one point in common?"""
        return self.low <= other.high and other.low <= self.high

    @property
    def half(self) -> Decimal:
        """Half the width."""
        return (self.high - self.low) / 2


def exactly(value: Decimal | int) -> Interval:
    """A number that was not rounded: a count, a limit, a constant."""
    return Interval(Decimal(value), Decimal(value))


def total(parts: list[Interval]) -> Interval:
    """The interval of the sum of the parts."""
    return Interval(sum((p.low for p in parts), ZERO), sum((p.high for p in parts), ZERO))


def corners(formula: Callable[..., Decimal], *spans: Interval) -> Interval:
    """The interval of a formula that is monotone in each of its arguments.

    Evaluates the formula at the 2^n corners; exact for sums, products, ratios and growth
    rates of positive figures (n <= 6).
    """
    values = [formula(*corner) for corner in product(*((s.low, s.high) for s in spans))]
    return Interval(min(values), max(values))
