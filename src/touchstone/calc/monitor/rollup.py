"""Roll-up through the frequencies, days to weeks to months to quarters to years: by the rule of the measure, with nothing filled.

A period is whole where all the parts it consists of are there; else it has no value, says how many parts there are,
and `so_far` holds what they give. Parts carry their weight and their count upwards, so that months to quarters to
years is months to years. Source: the rules "monitor.sum" to "monitor.weighted" of data/methods/monitor.toml.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from touchstone.calc.linkage.methods import declared
from touchstone.calc.monitor.unmonitored import no_rule
from touchstone.facts.calendar import calendar
from touchstone.facts.calendar_table import days
from touchstone.facts.period import containing, frequency, span

ORDER = ("D", "W", "M", "Q", "A")


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series on its way up.

    Attributes:
        period: its code.
        so_far: what the parts that are there give; None where there is none. Exact.
        half: half the width of its rounding interval.
        weight: what it weighs in a mean: observations, or the companion of a rate.
        present, expected: parts that are there, and parts there should be. Weeks that are split count days.
        base: frequency of the parts.
        closed: whether the last part is there: what a stock needs.
        facts: ids of the facts it stands on.
        rule: `sum`, `last`, `mean` or `weighted`; "" for a part itself.
    """

    period: str
    so_far: Fraction | None
    half: Fraction
    weight: Fraction
    present: int
    expected: int
    base: str
    closed: bool
    facts: tuple[str, ...]
    rule: str = ""

    @property
    def whole(self) -> bool:
        """Whether all it needs is there."""
        return self.closed if self.rule == "last" else self.present == self.expected

    @property
    def value(self) -> Fraction | None:
        """The value of the whole period; None where a part is missing."""
        return self.so_far if self.whole else None

    @property
    def coverage(self) -> Fraction:
        """Share of the parts that are there."""
        return Fraction(self.present, self.expected) if self.expected else Fraction(0)


def part(
    period: str, value: Fraction, half: Fraction, facts: tuple[str, ...], weight: Fraction = Fraction(1)
) -> Point:
    """A value as it was stated, ready to be rolled up."""
    return Point(period, value, half, weight, 1, 1, frequency(period), True, facts)


def rule_of(measure: str) -> str:
    """How a measure is rolled up: sum, last, mean or weighted. Raises UnknownSeries: MONITOR-003, no rule is declared."""
    rules = {name: row["rule"] for row in declared("monitor")["rollup"] for name in row["measures"]}
    if measure not in rules:
        raise no_rule(measure, tuple(rules))
    return rules[measure]


def roll_up(points: Iterable[Point], to: str, rule: str, trading: str | None = None) -> tuple[Point, ...]:
    """The periods of a lower frequency, one for each that has a part.

    Args:
        points: of one frequency, one a period; what was rolled up before is rolled up further.
        to: W, M, Q or A, lower than the frequency of the points; weeks go to months and lower, split by days.
        rule: sum, last, mean or weighted.
        trading: code of the calendar whose trading days are expected of a daily series; every day where None.

    Raises:
        ValueError: `to` is not lower, or the rule is unknown.
        NoCalendar: the calendar does not reach the days.
    """
    given = sorted(points, key=lambda point: span(point.period))
    if to not in ORDER:
        raise ValueError(f"{to!r} is none of {', '.join(ORDER)}")
    if given and ORDER.index(to) <= ORDER.index(frequency(given[0].period)):
        raise ValueError(f"{frequency(given[0].period)} is not rolled up to {to}")
    parts: dict[str, list[Point]] = {}
    for point in given:
        for period, share in _shares(_counted(point, trading), to, rule):
            parts.setdefault(period, []).append(share)
    return tuple(_rolled(period, several, rule, trading) for period, several in parts.items())


def _counted(point: Point, trading: str | None) -> Point:
    """A value of a day on which the calendar is closed enters, and counts for no other day that is missing."""
    if (
        trading
        and frequency(point.period) == "D"
        and not calendar(trading).is_trading_day(span(point.period)[0])
    ):
        return replace(point, present=0)
    return point


def _shares(point: Point, to: str, rule: str) -> Iterator[tuple[str, Point]]:
    """The periods a point falls into, and its share of each: only weeks fall into two."""
    start, end = span(point.period)
    first, last = containing(start, to), containing(end, to)
    if rule == "last" or (first == last and frequency(point.period) != "W"):
        yield last, point
        return
    week = [containing(day, to) for day in days(start, end)]
    for period in dict.fromkeys(week):
        inside = week.count(period)
        share = Fraction(inside, len(week))
        yield period, replace(
            point, so_far=None if point.so_far is None else point.so_far * (share if rule == "sum" else 1),
            half=point.half * (share if rule == "sum" else 1), weight=point.weight * share,
            present=inside if point.whole else 0, base="W",
        )  # fmt: skip


def _rolled(period: str, parts: Sequence[Point], rule: str, trading: str | None) -> Point:
    there = [each for each in parts if each.so_far is not None]
    base, present = parts[0].base, sum(each.present for each in parts)
    expected = _expected(period, base, rule, trading)
    closed = parts[-1].closed and _ends(period, parts[-1], base, trading)
    facts = tuple(dict.fromkeys(id for each in parts for id in each.facts))
    weight = sum((each.weight for each in there), Fraction(0))
    so_far, half = _value(there, rule, weight)
    return Point(period, so_far, half, weight, present, expected, base, closed, facts, rule)


def _value(there: Sequence[Point], rule: str, weight: Fraction) -> tuple[Fraction | None, Fraction]:
    if not there:
        return None, Fraction(0)
    if rule == "last":
        return there[-1].so_far, there[-1].half
    values = [(each.so_far or Fraction(0), each.half, each.weight) for each in there]
    if rule == "sum":
        return sum((v for v, _, _ in values), Fraction(0)), sum((h for _, h, _ in values), Fraction(0))
    if rule not in ("mean", "weighted"):
        raise ValueError(f"{rule!r} is no rule of roll-up")
    if not weight:
        return None, Fraction(0)
    return (
        sum((v * w for v, _, w in values), Fraction(0)) / weight,
        sum((h * w for _, h, w in values), Fraction(0)) / weight,
    )


def _expected(period: str, base: str, rule: str, trading: str | None) -> int:
    """How many parts of the base a period consists of."""
    start, end = span(period)
    if base == "D" and trading:
        return len(calendar(trading).trading_days(start, end))
    if base == "D" or (base == "W" and rule != "last"):
        return (end - start).days + 1
    ends = (each for each in days(start, end) if span(containing(each, base))[1] == each)
    return sum(1 for _ in ends)


def _ends(period: str, last: Point, base: str, trading: str | None) -> bool:
    """Whether nothing of the base comes behind a point within a period."""
    return _last_part(span(period)[1], base, trading) <= span(last.period)[1]


def _last_part(end: date, base: str, trading: str | None) -> date:
    """The last day on or before the end of a period on which a part of the base ends."""
    if base == "D" and trading:
        return calendar(trading).last_trading_day(end)
    last = span(containing(end, base))
    return last[1] if last[1] <= end else date.fromordinal(last[0].toordinal() - 1)


def weighted_by(points: Iterable[Point], weights: Mapping[str, Fraction]) -> tuple[Point, ...]:
    """Points with the weight of their period; one that has none stays out of the mean, and its period is not whole."""
    return tuple(
        replace(each, weight=weights[each.period])
        if each.period in weights
        else replace(each, so_far=None, present=0, closed=False, facts=())
        for each in points
    )
