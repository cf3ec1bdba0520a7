"""How quotes moved: against last Friday, and whether a quote is new, unchanged, carried over or stale.

Source: "price.change" and "price.staleness" in data/methods/price.toml.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.facts.calendar import Calendar
from touchstone.facts.market_calendar import calendar_code
from touchstone.facts.period import frequency
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.facts.unit import resized, unit
from touchstone.facts.week import Comparison, against_last_friday

STANDINGS = ("moved", "unchanged", "first", "carried-over", "stale")
"""What a quote is on a day.

moved         quoted on the day, and not as the time before.
unchanged     quoted on the day, as the time before: somebody looked, and nothing had moved.
first         quoted on the day, and nothing before it is known.
carried-over  from an earlier day: restated by the document, dated on a day the market was closed, or the last one there is.
stale         the last quote is more than so many trading days old.
"""

STALE_AFTER = 5
"""Trading days without a quote after which the last one is stale: a week's bulletin has passed it over."""


@dataclass(frozen=True, slots=True)
class Move:
    """The change of a quotation up to a day.

    Attributes:
        quote: the latest quote on or before the day.
        base: the quote it is compared with; None where there is none.
        comparison: which day last Friday stands for, and why.
        standing: one of `STANDINGS`.
        age: trading days since the quote's own day.
        refused: why two quotes are not compared (another kind of unit, a day before the calendar), else None.
    """

    quote: Quote
    base: Quote | None
    comparison: Comparison
    standing: str
    age: int
    refused: Text | None = None

    @property
    def is_last_fridays(self) -> bool:
        """Whether the quote is that of last Friday itself: nobody has quoted since, so there is no change to tell."""
        return self.comparison.day == (self.quote.carried_from or self.quote.day)

    @property
    def low(self) -> Decimal | None:
        """Change of the low end, in the unit of the quote; None where a range meets a single price."""
        return (
            None
            if self.base is None or self.base.is_range != self.quote.is_range
            else self.quote.low - self.base.low
        )

    @property
    def high(self) -> Decimal | None:
        """Change of the high end; None where a range meets a single price."""
        return (
            None
            if self.base is None or self.base.is_range != self.quote.is_range
            else self.quote.high - self.base.high
        )

    @property
    def mean(self) -> Decimal | None:
        """Change of the mean by the convention of the quotation."""
        return None if self.base is None else self.quote.mean - self.base.mean

    @property
    def percent(self) -> Fraction | None:
        """Change of the mean in percent of the base, exact."""
        return (
            None
            if self.base is None
            else Fraction(self.quote.mean - self.base.mean) / Fraction(self.base.mean) * 100
        )

    @property
    def direction(self) -> int:
        """1 up, -1 down, 0 unchanged: quotes are exact, so any difference of the means is a change."""
        change = self.mean or 0
        return (change > 0) - (change < 0)


def moves(
    quotes: Iterable[Quote], day: date, calendar_of: dict[str, Calendar], stale_after: int = STALE_AFTER
) -> list[Move]:
    """The move of every quotation that was ever quoted on or before a day, in order of code.

    Args:
        quotes: quotes of days; those of longer periods are passed over.
        calendar_of: trading calendars by code, see `facts.market_calendar`.
    """
    series: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=lambda q: (q.quotation.code, q.day)):
        if frequency(quote.period) == "D" and quote.day <= day:
            series.setdefault(quote.quotation.code, []).append(quote)
    return [
        move(several, day, calendar_of[calendar_code(several[0].quotation)], stale_after)
        for several in series.values()
    ]


def move(quotes: Sequence[Quote], day: date, calendar: Calendar, stale_after: int = STALE_AFTER) -> Move:
    """The change of one quotation up to a day.

    Args:
        quotes: its quotes on or before the day, ascending; at least one.

    Against last Friday means: against the last quoted day on or before the Friday before, and that day is shown.
    Quotes of days before the calendar begins are compared with nothing.
    """
    latest = quotes[-1]
    every = [quote for quote in quotes if quote.carried_from is None]
    own = [quote for quote in every if quote.day >= calendar.first]
    comparison = against_last_friday(day, [quote.day for quote in own], calendar)
    base = next((quote for quote in own if quote.day == comparison.day), None)
    age = calendar.trading_days_between(latest.carried_from or latest.day, day)
    quoted = latest.day == day and latest.carried_from is None and calendar.is_trading_day(day)
    standing = _standing(own, latest, quoted, age, stale_after)
    refused = _refused(latest, base) if base else _unreached(every, own, calendar)
    renewed = base is not None and base.day != (latest.carried_from or latest.day)
    against = in_unit(base, latest.unit) if base and renewed and not refused else None
    return Move(latest, against, comparison, standing, age, refused)


def in_unit(quote: Quote, wanted: str) -> Quote | None:
    """A quote in another unit of its kind, to the last digit; None where decimals cannot say it so.

    Only sizes of one unit are brought together (万元/吨 and 元/吨, 元/公斤 and 元/吨): what a pound is in kilograms
    would print digits that nobody quoted.
    """
    have, want = unit(quote.unit), unit(wanted)
    if have == want:
        return quote
    low, high = resized(quote.low, have, want), resized(quote.high, have, want)
    if low is None or high is None:
        return None
    return replace(quote, low=plain(low), high=plain(high), unit=want.code)


def plain(value: Decimal) -> Decimal:
    """A decimal without zeros at its end: half of 5.0 is 2.5, not 2.50."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _refused(latest: Quote, base: Quote) -> Text | None:
    if in_unit(base, latest.unit):
        return None
    return Text(
        f"单位由{base.unit}改为{latest.unit}，不作比较",
        f"the unit changed from {base.unit} to {latest.unit}",
    )


def _unreached(every: Sequence[Quote], own: Sequence[Quote], calendar: Calendar) -> Text | None:
    """Why earlier quotes are not compared with: the calendar does not reach their days."""
    if len(own) == len(every):
        return None
    first = calendar.first.isoformat()
    return Text(
        f"此前的报价早于交易日历（{first}起），不作比较",
        f"earlier quotes are from before the calendar ({first})",
    )


def _standing(own: Sequence[Quote], latest: Quote, quoted: bool, age: int, stale_after: int) -> str:
    if age > stale_after:
        return "stale"
    if not quoted:
        return "carried-over"
    if len(own) < 2:
        return "first"
    return "unchanged" if own[-2].amount == latest.amount else "moved"
