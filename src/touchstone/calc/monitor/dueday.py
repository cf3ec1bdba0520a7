"""The day a release is due, and the periods it has been due for."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.calc.monitor.release import Release
from touchstone.facts.calendar import Calendar, NoCalendar, calendar
from touchstone.facts.period import containing, frequency, period_before, span
from touchstone.facts.text import Text

FIRST, LAST = date(1949, 10, 1), date(2100, 12, 31)
"""Days of which it can be asked what was due: beyond them nobody has published anything."""
_AHEAD = timedelta(days=400)
"""How far behind a period a working day is looked for."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day of one period.

    Attributes:
        period: code; January and February in one span where the release joins them.
        day: None where the calendar does not reach it.
        basis: "T" a day of an official timetable, else the basis of the rule: "V" or "I".
        why: why there is no day.
    """

    period: str
    day: date | None
    basis: str
    why: Text | None = None


def due_days(release: Release, today: date, back: int) -> Iterator[DueDay]:
    """The next period to come due after `today`, and so many before it, latest first.

    Where the calendar does not reach the due day, a period counts as passed once it has ended. Periods in which the
    calendar has no working day (a Golden Week, a Sunday of a daily release) bring nothing.
    """
    awaited: DueDay | None = None
    passed = 0
    period = containing(today, release.frequency)
    while passed < back:
        found = due_day(release, period)
        period = period_before(period)
        if found is None:
            continue
        if (found.day or span(found.period)[1]) > today:
            awaited = found
            continue
        if awaited:
            yield awaited
            awaited = None
        passed += 1
        yield found


def due_day(release: Release, period: str) -> DueDay | None:
    """The day a period is due; None for one that brings nothing."""
    if release.joined and frequency(period) == "M" and period.endswith("-01"):
        return None
    code = joined(release, period)
    if period in release.dates:
        return DueDay(code, release.dates[period], "T")
    known = calendar(release.calendar)
    try:
        if release.frequency in "DW" and not known.trading_days(*span(period)):
            return None
        return DueDay(code, _by_rule(release, span(period)[1], known), release.basis)
    except NoCalendar as reached:
        zh = reached.zh or ("", "", "", "")
        return DueDay(
            code,
            None,
            release.basis,
            Text(f"日历不及：{zh[3]}", f"the calendar does not reach it: {reached.fix}"),
        )


def joined(release: Release, period: str) -> str:
    """The code of a period as the release brings it: February stands for the first two months where it joins them."""
    return (
        f"{period[:4]}-01/{period}"
        if release.joined and period.endswith("-02") and frequency(period) == "M"
        else period
    )


def _by_rule(release: Release, end: date, known: Calendar) -> date:
    rule = release.due
    if rule.kind == "working-day":
        if not rule.n:
            return known.last_trading_day(end)
        known.why_closed(end + timedelta(days=1))
        after = known.trading_days(end + timedelta(days=1), min(end + _AHEAD, known.last))
        if len(after) < rule.n:
            known.why_closed(known.last + timedelta(days=1))
        return after[rule.n - 1]
    if rule.kind == "weekday":
        monday = end - timedelta(days=end.weekday())
        return _open(monday + timedelta(days=7 * rule.later + rule.n - 1), rule.closed, known)
    months = end.year * 12 + end.month - 1 + rule.later
    year, month = divmod(months, 12)
    return _open(date(year, month + 1, min(rule.n, monthrange(year, month + 1)[1])), rule.closed, known)


def _open(day: date, closed: str, known: Calendar) -> date:
    """The day itself, or the trading day that stands in for it."""
    if closed == "same" or known.is_trading_day(day):
        return day
    if closed == "before":
        return known.last_trading_day(day)
    while not known.is_trading_day(day):
        day += timedelta(days=1)
    return day
