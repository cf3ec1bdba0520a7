"""What quotes say together: a trend over weeks, the breadth of a week's moves, the width of a range.

Thresholds are the caller's; every number comes back as a derived fact with its parents. Source: "outlook.trend",
"outlook.breadth" and "outlook.spread" in data/methods/price.toml.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median

from touchstone.facts.calendar import Calendar
from touchstone.facts.conversion import rounded
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.quote import Quote

_PLACES = 2
_LONGEST_GAP = 10
"""Trading days between two closes of one run: those of two weeks."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Weekly changes of one direction in a row: 1 up or -1 down, how many, and the percent in all.

    They are counted in weeks (周) where every week the market was open had a quote, else in quotes (次).
    """

    direction: int
    weeks: Fact
    percent: Fact


@dataclass(frozen=True, slots=True)
class Breadth:
    """How many quotations could be compared, and of these rose, fell and did not move."""

    all: Fact
    up: Fact
    down: Fact
    kept: Fact


@dataclass(frozen=True, slots=True)
class Spread:
    """The width of a range in percent of its middle, how many earlier ranges there are, and the median of theirs."""

    now: Fact
    count: Fact
    median: Fact

    @property
    def ratio(self) -> Fraction:
        """The width in percent of the median; the median is above zero."""
        return Fraction(self.now.value) / Fraction(self.median.value) * 100


def trend(quotes: Sequence[Quote], day: date, weeks: int, calendar: Calendar) -> Trend | None:
    """The run of weekly changes of one direction that ends in the week of a day; None where it is shorter than asked.

    Args:
        quotes: of one quotation, in one unit, ascending; the last quote of each ISO week is the close of that week.
        day: a day of the last week.
        weeks: how many changes there must be at least; 1 or more.
        calendar: of the market; days before it begins end the run.

    A week in which the market is closed is passed over. A week without a change ends the run, and so does a stretch of
    more than two weeks' trading days without a quote.
    """
    closes = list({quote.day.isocalendar()[:2]: quote for quote in quotes}.values())
    if not closes or closes[-1].day.isocalendar()[:2] != day.isocalendar()[:2]:
        return None
    run = direction = 0
    whole = True
    for later, earlier in zip(closes[::-1], closes[-2::-1], strict=False):
        way = (later.mean > earlier.mean) - (later.mean < earlier.mean)
        if not way or direction not in (0, way) or _is_long(earlier.day, later.day, calendar):
            break
        direction, run, whole = way, run + 1, whole and _is_next(earlier.day, later.day, calendar)
    if run < weeks or not direction:
        return None
    first, last = closes[-1 - run], closes[-1]
    percent = Fraction(last.mean - first.mean) / Fraction(first.mean) * 100
    parents = (*first.facts[:2], *last.facts[:2])
    return Trend(
        direction,
        _fact(
            "outlook.trend",
            "duration" if whole else "count",
            last,
            Decimal(run),
            "周" if whole else "次",
            parents,
        ),
        _fact("outlook.trend", "price.change", last, rounded(percent, _PLACES), "%", parents),
    )


def _is_long(start: date, end: date, calendar: Calendar) -> bool:
    """Whether so much time lies between two closes that what moved meanwhile is not one run."""
    return start < calendar.first or calendar.trading_days_between(start, end) > _LONGEST_GAP


def _is_next(start: date, end: date, calendar: Calendar) -> bool:
    """Whether the market was open in no week between those of two days."""
    monday, sunday = start + timedelta(days=7 - start.weekday()), end - timedelta(days=end.weekday() + 1)
    return monday > sunday or not calendar.trading_days(monday, sunday)


def breadth(directions: Sequence[tuple[int, Fact]], day: date) -> Breadth | None:
    """Count the directions of a week; None where there are none.

    Args:
        directions: 1, -1 or 0 for each quotation, with the fact of its change.
        day: the day of the week's issue.
    """
    if not directions:
        return None
    parents = tuple(fact.id for _, fact in directions)
    ways = [way for way, _ in directions]
    numbers = (len(ways), ways.count(1), ways.count(-1), ways.count(0))
    names = ("all", "up", "down", "kept")
    return Breadth(*(_count(name, n, day, parents) for name, n in zip(names, numbers, strict=True)))


def spread(quotes: Sequence[Quote], least: int) -> Spread | None:
    """The width of the last range against those before it.

    Args:
        quotes: of one quotation, ascending; single prices have no width and are passed over.
        least: how many earlier ranges there must be at least.

    None where there are fewer, where the last quote is no range, or where the median width is zero.
    """
    if not quotes or not quotes[-1].is_range:
        return None
    before = [quote for quote in quotes[:-1] if quote.is_range]
    if len(before) < least:
        return None
    middle = rounded(median(quote.spread for quote in before) * 100, _PLACES)
    if not middle:
        return None
    now, parents = quotes[-1], _parents(before)
    return Spread(
        _fact("outlook.spread", "price.spread", now, rounded(now.spread * 100, _PLACES), "%", now.facts[:2]),
        _fact("outlook.spread", "count", now, Decimal(len(before)), "次", parents),
        _fact("outlook.spread", "price.spread.median", now, middle, "%", parents),
    )


def _parents(quotes: Iterable[Quote]) -> tuple[str, ...]:
    return tuple(id for quote in quotes for id in quote.facts[:2])


def _fact(rule: str, measure: str, quote: Quote, value: Decimal, unit: str, parents: tuple[str, ...]) -> Fact:
    subject = quote.quotation.code.partition("@")[0]
    half = Decimal(5).scaleb(-_PLACES - 1) if unit == "%" else Decimal(0)
    return _derived(rule, subject, measure, quote.period, value, unit, half, parents, quote.quotation.market)


def _count(name: str, number: int, day: date, parents: tuple[str, ...]) -> Fact:
    return _derived(
        "outlook.breadth",
        f"quotations {name}",
        "count",
        day.isoformat(),
        Decimal(number),
        "个",
        Decimal(0),
        parents,
    )


def _derived(
    rule: str, subject: str, measure: str, period: str, value: Decimal, unit: str, half: Decimal,
    parents: tuple[str, ...], place: str = "",
) -> Fact:  # fmt: skip
    return Fact(
        id=fact_id(rule, measure, subject, place, period, value, unit, *parents),
        subject=subject, measure=measure, period=period, value=value, unit=unit, half_width=half, source="",
        locator=None, rule=rule, place=place or None, status="derived", parents=parents,
    )  # fmt: skip
