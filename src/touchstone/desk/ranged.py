"""A price range: what has a low, a high and a unit, and is compared in the unit of a method."""

from decimal import Decimal
from fractions import Fraction

from touchstone.errors import UnitMismatch
from touchstone.facts.unit import convert


class Ranged:
    """What has a low and a high in a unit: an input, the previous assessment, another market."""

    __slots__ = ()
    low: Decimal
    high: Decimal
    unit: str

    def ends_in(self, unit: str) -> tuple[Fraction, Fraction] | None:
        """Low and high in another unit, exact; None where it measures something else (another currency)."""
        try:
            return convert(self.low, self.unit, unit), convert(self.high, self.unit, unit)
        except UnitMismatch:
            return None
