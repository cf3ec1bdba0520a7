"""A quote: low and high of one quotation for one period, and the facts it stands on.

A price is a quote, not a float. Quotes are put together from price facts here, once; what contradicts itself
is told, left out, and the rest goes on.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.facts.period import span
from touchstone.facts.quotation import Quotation
from touchstone.facts.unit import unit
from touchstone.facts.unit_table import Dimension


@dataclass(frozen=True, slots=True)
class Quote:
    """One price range as quoted.

    Attributes:
        quotation: what it is a price of.
        period: the day it was quoted for (2020-10-09), or a longer period where it is a mean of one.
        low, high: ends of the range in `unit`, exact as printed; equal where one price is printed.
        unit: unit code: as printed, or the quotation's where the document prints only a currency.
        facts: ids of the facts of the low and the high end, or of the single one.
        source: hash of the document that states it.
        published: the day the document was published; None where unknown.
        carried_from: the day it was really quoted on, where the document only restates it; else None.
        read_by: words on what was added to the print (美元 read as 美元/磅), "" where nothing was.
    """

    quotation: Quotation
    period: str
    low: Decimal
    high: Decimal
    unit: str
    facts: tuple[str, ...]
    source: str
    published: date | None = None
    carried_from: date | None = None
    read_by: str = ""

    @property
    def day(self) -> date:
        """The day it was quoted for; the last day of a longer period."""
        return span(self.period)[1]

    @property
    def is_range(self) -> bool:
        """Whether a low and a high end are printed."""
        return len(self.facts) > 1

    @property
    def mean(self) -> Decimal:
        """One price of the range, by the convention of the quotation; exact."""
        if self.quotation.mean == "midpoint":
            return (self.low + self.high) / 2
        return self.low if self.quotation.mean == "low" else self.high

    @property
    def amount(self) -> tuple[Fraction, Fraction, Dimension]:
        """Both ends in base units, and what they measure, so that 45.5 元/公斤 is 45500 元/吨."""
        of = unit(self.unit)
        return Fraction(self.low) * of.factor, Fraction(self.high) * of.factor, of.dimension

    @property
    def spread(self) -> Fraction:
        """Width of the range relative to its middle; wide where few trade. 0 for a single price."""
        return Fraction(self.high - self.low) / Fraction(self.high + self.low) * 2

    @property
    def off_unit(self) -> bool:
        """Whether the printed unit measures something else than the quotation's: a head may name the wrong currency."""
        return unit(self.unit).dimension != unit(self.quotation.unit).dimension
