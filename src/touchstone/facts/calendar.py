"""Trading calendars: on which days a market quotes, why it does not on the others, and which day was the last.

A calendar knows some years and says which; a day outside them is refused, never assumed to be like the others.
Source of every day: data/calendars (State Council notices, bank holidays, exchange notices).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NoReturn

from touchstone.errors import Refusal
from touchstone.facts.calendar_table import Entry, codes, days, entry
from touchstone.facts.text import Text

WEEKEND = Text("周末", "weekend")
MAKE_UP = Text(
    "周末（调休上班日，交易所不开市）", "weekend (a make-up working day, on which exchanges stay closed)"
)
"""Why an exchange is closed on a weekend day that the country works."""

_EARLIER = Text(
    "更早的年份可在data/calendars中补充，并注明来源",
    "add the earlier years to data/calendars, with their source",
)
_SATURDAY = 5


class NoCalendar(Refusal):
    """No calendar has this code, or the calendar is not known on this day."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The trading days of one market.

    Attributes:
        code: `CN.spot`, `CN.exchange`, `GB.lme`, `GB.spot`, `US.comex`.
        name: the market.
        rule: what counts as a trading day.
        first, last: the days between which it is known, both included.
        beyond: when and how the next year becomes known.
        closed: every day that is no trading day, with the reason.
        open: the trading days, ascending.

    Every method raises `NoCalendar` for a day outside `first` to `last`.
    """

    code: str
    name: Text
    rule: Text
    first: date
    last: date
    beyond: Text
    closed: Mapping[date, Text] = field(repr=False)
    open: tuple[date, ...] = field(repr=False)

    def is_trading_day(self, day: date) -> bool:
        """True where the market is open on the day."""
        return self.why_closed(day) is None

    def is_make_up_day(self, day: date) -> bool:
        """True where the market is open although it is a weekend: a make-up working day (调休)."""
        return self.is_trading_day(day) and day.weekday() >= _SATURDAY

    def why_closed(self, day: date) -> Text | None:
        """The holiday or weekend that closes the market on the day; None where it is open.

        >>> calendar("CN.spot").why_closed(date(2020, 10, 2)).zh
        '国庆节、中秋节'
        """
        self._reached(day)
        return self.closed.get(day)

    def why_holiday(self, day: date) -> Text | None:
        """The holiday that closes the market on the day; None where it is open, or closed for a weekend alone."""
        why = self.why_closed(day)
        return None if why in (WEEKEND, MAKE_UP) else why

    def last_trading_day(self, on_or_before: date) -> date:
        """The last trading day on or before a day.

        >>> calendar("CN.exchange").last_trading_day(date(2020, 10, 2)).isoformat()
        '2020-09-30'
        """
        self._reached(on_or_before)
        count = bisect_right(self.open, on_or_before)
        if not count:
            self._refuse(on_or_before)
        return self.open[count - 1]

    def last_before_holiday(self, day: date) -> date:
        """The last trading day before the latest holiday that lies before a day: 节前 in a bulletin of that day.

        >>> calendar("CN.spot").last_before_holiday(date(2020, 10, 9)).isoformat()
        '2020-09-30'
        """
        self._reached(day)
        holidays = (each for each in self.closed if each < day and self.why_holiday(each))
        return self.last_trading_day(max(holidays, default=self.first))

    def trading_days(self, first: date, last: date) -> tuple[date, ...]:
        """The trading days from `first` to `last`, both included, ascending."""
        self._reached(first)
        self._reached(last)
        return self.open[bisect_left(self.open, first) : bisect_right(self.open, last)]

    def missing(self, first: date, last: date, quoted: Collection[date]) -> tuple[date, ...]:
        """The trading days from `first` to `last` that are not in `quoted`, ascending."""
        present = frozenset(quoted)
        return tuple(day for day in self.trading_days(first, last) if day not in present)

    def trading_days_between(self, start: date, end: date) -> int:
        """How many trading days later `end` is than `start`: those after `start`, up to and including `end`.

        0 for the same day and over a closed stretch; negative where `end` is the earlier one.

        >>> calendar("CN.exchange").trading_days_between(date(2020, 9, 30), date(2020, 10, 9))
        1
        """
        self._reached(start)
        self._reached(end)
        return bisect_right(self.open, end) - bisect_right(self.open, start)

    def _reached(self, day: date) -> None:
        if not self.first <= day <= self.last:
            self._refuse(day)

    def _refuse(self, day: date) -> NoReturn:
        first, last = self.first.isoformat(), self.last.isoformat()
        remedy = self.beyond if day > self.last else _EARLIER
        raise NoCalendar(
            "CAL-002", f"calendar {self.code} ({self.name.en})", day.isoformat(),
            f"a day from {first} to {last}, with a trading day on or before it", "nothing was assumed about this day",
            remedy.en,
            zh=(
                day.isoformat(), f"{first}至{last}之间、之前（含当日）有交易日的日子；{self.name.zh}的休市安排只掌握这几年",
                "没有对这一天作任何假定", remedy.zh,
            ),
        )  # fmt: skip


@cache
def calendar(code: str) -> Calendar:
    """The calendar of a code; the same object every time.

    Raises:
        NoCalendar: there is no such calendar; the message lists those there are.
    """
    if code not in codes():
        known = ", ".join(codes())
        raise NoCalendar(
            "CAL-001", "calendar", repr(code), f"one of {known}", "no trading day could be told",
            "give a code of the list, or describe the calendar in data/calendars",
            zh=(f"“{code}”", f"{known}之一", "无法判断交易日", "改用表中的代码，或在data/calendars中说明这一日历"),
        )  # fmt: skip
    known = entry(code)
    closed = {day: why for day in days(known.first, known.last) if (why := _why_closed(day, known))}
    trading = tuple(day for day in days(known.first, known.last) if day not in closed)
    return Calendar(
        known.code, known.name, known.rule, known.first, known.last, known.beyond, closed, trading
    )


def _why_closed(day: date, known: Entry) -> Text | None:
    if day in known.rests:
        return known.rests[day]
    if day.weekday() < _SATURDAY:
        return None
    if day in known.works:
        return None if known.works_weekends else MAKE_UP
    return WEEKEND
