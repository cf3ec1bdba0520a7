"""Position and exposure: what an enterprise holds against what it emitted, and what the difference is worth at a price."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Emitted:
    """Emissions of one enterprise and year that count for the market, t CO2e; `low` and `high` where a 95 % range is known."""

    tonnes: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


Emissions = Callable[[str, int], Emitted | None] | Mapping[tuple[str, int], Emitted]
"""Of an enterprise and year, what it emitted; None, or no such key, where that is not known."""


@dataclass(frozen=True, slots=True)
class Position:
    """One enterprise and year, t CO2e; what depends on emissions is None while they are not known.

    Attributes:
        held: what is held now and counts for the year; surrendered: what was surrendered for it.
    """

    enterprise: str
    year: int
    held: Decimal
    surrendered: Decimal
    emitted: Emitted | None

    @property
    def to_surrender(self) -> Decimal | None:
        """What is still to be surrendered, never below zero."""
        return None if self.emitted is None else max(self.emitted.tonnes - self.surrendered, ZERO)

    @property
    def balance(self) -> Decimal | None:
        """Held and surrendered less emitted: above zero a surplus, below it a shortfall."""
        return self._balance(self.emitted and self.emitted.tonnes)

    @property
    def balance_low(self) -> Decimal | None:
        """The balance at the high end of the emissions."""
        return self._balance(self.emitted and self.emitted.high)

    @property
    def balance_high(self) -> Decimal | None:
        """The balance at the low end of the emissions."""
        return self._balance(self.emitted and self.emitted.low)

    def _balance(self, emitted: Decimal | None) -> Decimal | None:
        return None if emitted is None else self.held + self.surrendered - emitted


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a position is worth, CNY: above zero the surplus would bring it, below zero the shortfall would cost it.

    Attributes:
        value: at the price; None while emissions are not known.
        per_yuan: change of the value when the price rises by 1 CNY/t.
        low, high: the value at the ends of the emissions; None where no range is known.
        step: the value after the price rose by `rise` (a share: 0.1 for a tenth).
    """

    position: Position
    price: Decimal
    rise: Decimal
    value: Decimal | None
    per_yuan: Decimal | None
    low: Decimal | None
    high: Decimal | None
    step: Decimal | None


def position(
    enterprise: str, year: int, held: Decimal, surrendered: Decimal, emissions: Emissions
) -> Position:
    """The position of an enterprise and year, with its emissions looked up."""
    if isinstance(emissions, Mapping):
        emitted = emissions.get((enterprise, year))
    else:
        emitted = emissions(enterprise, year)
    return Position(enterprise, year, held, surrendered, emitted)


def exposure(of: Position, price: Decimal, rise: Decimal = Decimal("0.1")) -> Exposure:
    """What a position is worth at a price, and how that moves with the price and with the emissions.

    Args:
        price: CNY/t, above zero.
        rise: the share by which the price is moved to show the effect.
    """

    def at(balance: Decimal | None, each: Decimal = price) -> Decimal | None:
        return None if balance is None else balance * each

    return Exposure(
        of, price, rise, at(of.balance), of.balance, at(of.balance_low), at(of.balance_high), at(of.balance, price * (1 + rise)),
    )  # fmt: skip
