"""How quotes moved: against last Friday, and whether a quote is new, unchanged, carried over or stale.

Source: "price.change" and "price.staleness" in data/methods/price.toml.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.facts.calendar import Calendar
from touchstone.facts.period import frequency
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.facts.week import Comparison, against_last_friday

STANDINGS = ("moved", "unchanged", "first", "carried-over", "stale", "not quoted")
"""What a quote is on a day.

moved         quoted on the day, and not as the time before.
unchanged     quoted on the day, as the time before: somebody looked, and nothing had moved.
first         quoted on the day, and nothing before it is known.
carried-over  only restated from an earlier day, by the document or because the market was closed.
stale         the last quote is more than so many trading days old.
not quoted    there is none at all.
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
        refused: why two quotes are not compared (their unit differs), else None.
    """

    quote: Quote
    base: Quote | None
    comparison: Comparison
    standing: str
    age: int
    refused: Text | None = None

    @property
    def low(self) -> Decimal | None:
        """Change of the low end, in the unit of the quote."""
        return None if self.base is None else self.quote.low - self.base.low

    @property
    def high(self) -> Decimal | None:
        """Change of the high end."""
        return None if self.base is None else self.quote.high - self.base.high

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
        calendar_of: trading calendars by the code a quotation names.
    """
    series: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=lambda q: (q.quotation.code, q.day)):
        if frequency(quote.period) == "D" and quote.day <= day:
            series.setdefault(quote.quotation.code, []).append(quote)
    return [
        move(several, day, calendar_of[several[0].quotation.calendar], stale_after)
        for several in series.values()
    ]


def move(quotes: Sequence[Quote], day: date, calendar: Calendar, stale_after: int = STALE_AFTER) -> Move:
    """The change of one quotation up to a day.

    Args:
        quotes: its quotes on or before the day, ascending; at least one.

    Against last Friday means: against the last quoted day on or before the Friday before, and that day is shown.
    """
    latest = quotes[-1]
    own = [quote for quote in quotes if quote.carried_from is None]
    comparison = against_last_friday(day, [quote.day for quote in own], calendar)
    base = next((quote for quote in own if quote.day == comparison.day), None)
    age = calendar.trading_days_between(latest.carried_from or latest.day, day)
    standing = _standing(own, latest, day, age, stale_after)
    if base and base.unit != latest.unit:
        refused = Text(
            f"单位由{base.unit}改为{latest.unit}，不作比较",
            f"the unit changed from {base.unit} to {latest.unit}",
        )
        return Move(latest, None, comparison, standing, age, refused)
    return Move(latest, base, comparison, standing, age)


def _standing(own: Sequence[Quote], latest: Quote, day: date, age: int, stale_after: int) -> str:
    if age > stale_after:
        return "stale"
    if latest.carried_from or latest.day < day:
        return "carried-over"
    if len(own) < 2:
        return "first"
    before = own[-2]
    return (
        "unchanged"
        if (before.low, before.high, before.unit) == (latest.low, latest.high, latest.unit)
        else "moved"
    )
