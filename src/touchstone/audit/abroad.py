"""A price abroad beside one at home: their ratio as printed, and as it would be in another unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.audit.amount import base_unit
from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure
from touchstone.audit.interval import Interval
from touchstone.audit.parity import Gap, gap, near, window
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit

_MONEY = {"USD": Text("美元", "US dollars"), "CNY": Text("人民币", "yuan")}


@dataclass(frozen=True, slots=True)
class Quote:
    """The prices of one product in one market in one currency on one day: of a column of a table, or of one sentence."""

    place: str
    currency: str
    day: date | None
    low: Decimal
    high: Decimal
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A quote abroad read in a unit, beside the quote at home.

    Attributes:
        currency: of the unit.
        name: the unit it is read in, or the currency alone where the quantity stays.
        same_quantity: whether it is read per the quantity printed.
        ratio: of the price abroad to the one at home.
        between: the exchange rate and the tax of the ratio.
    """

    currency: str
    name: Text
    same_quantity: bool
    ratio: Interval
    between: Gap

    @property
    def distance(self) -> tuple[bool, Decimal]:
        """How far it is from what stands there to an explanation: the quantity stays first, then the ratio nearest to 1."""
        return not self.same_quantity, abs((self.ratio.low * self.ratio.high).ln())


def as_printed(case: Case, quote: Quote, home: Quote) -> Reading:
    """The quote as it is printed."""
    return _read(case, quote, home, quote.currency, Decimal(1), _MONEY[quote.currency], True)


def other_readings(case: Case, quote: Quote, home: Quote) -> list[Reading]:
    """The quote in each declared unit that would bring the ratio into the window, the likeliest first."""
    other = "USD" if quote.currency == "CNY" else "CNY"
    scale = quote.figures[0].scale
    found = [_read(case, quote, home, other, Decimal(1), _MONEY[other], True)]
    for unit, currency, size in _units():
        if size != scale:
            name = Text(unit, format_unit(unit, "en"))
            found.append(_read(case, quote, home, currency, size / scale, name, False))
    return sorted(
        (each for each in found if each.ratio.meets(window())),
        key=lambda each: (not each.ratio.meets(near()), each.distance),
    )


def _units() -> Iterator[tuple[str, str, Decimal]]:
    """The units such prices are printed in, each with its currency and its scale."""
    for unit in declared("parity")["units"]["printed"]:
        dimension, scale = base_unit(unit)
        yield unit, dimension[:3], scale


def _read(
    case: Case, quote: Quote, home: Quote, currency: str, times: Decimal, name: Text, same: bool
) -> Reading:
    between = gap(case, quote.day, currency, home.currency)
    low = quote.low * times * between.factor.low / home.high
    high = quote.high * times * between.factor.high / home.low
    return Reading(currency, name, same, Interval(low, high), between)
