"""The week of a bulletin: the days it covers, and the day "against last Friday" (较上周五) means.

A bulletin says how a price moved against last Friday. In a week with holidays there may be no quote of that Friday;
then the last quoted day before it stands in, and the reader is told which.
"""

from calendar import month_name
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.facts.calendar import Calendar
from touchstone.facts.text import Text

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The day a price is compared with.

    Attributes:
        friday: the previous Friday, whether it was quoted or not.
        day: the day used, on or before that Friday; None where nothing was quoted.
        reason: which day is used and why, ready to be printed under a table.
    """

    friday: date
    day: date | None
    reason: Text


def previous_friday(day: date) -> date:
    """The Friday of the week before, weeks beginning on Monday (ISO 8601): 上周五 as it is said on any weekday.

    A bulletin dated Friday the 9th is compared with Friday the 2nd, and so is one of Saturday the 10th: its own
    week's Friday is never meant.

    >>> [previous_friday(date(2020, 10, number)).isoformat() for number in (5, 9, 11, 12)]
    ['2020-10-02', '2020-10-02', '2020-10-02', '2020-10-09']
    """
    return day - timedelta(days=day.weekday() + 3)


def against_last_friday(day: date, quoted: Collection[date], calendar: Calendar) -> Comparison:
    """The last quoted day on or before the previous Friday.

    Args:
        day: the date of the bulletin, any weekday.
        quoted: the days of the series that have a quote; in any order, later days do not matter.
        calendar: the calendar of the market quoted.

    Raises:
        NoCalendar: the calendar does not reach the Friday or the day used.

    In a bulletin after a long holiday the day used may be one that the bulletin itself prints.
    """
    friday = previous_friday(day)
    closed = calendar.why_closed(friday)
    used = max((each for each in quoted if each <= friday), default=None)
    if used is None:
        said = _said(friday, day)
        return Comparison(friday, None, Text(
            f"{said.zh}及以前没有报价，无从比较", f"nothing was quoted on or before {said.en}; there is nothing to compare with"
        ))  # fmt: skip
    if used == friday:
        return Comparison(friday, used, _on_friday(_said(friday, day), closed))
    unquoted = calendar.trading_days_between(used, friday) - (closed is None)
    return Comparison(friday, used, _before(_said(friday, day), _said(used, day), closed, unquoted))


def bulletin_week(day: date, calendar: Calendar) -> tuple[date, date]:
    """First and last day that the weekly bulletin of `day` may cover.

    From the day after the last Friday that was a trading day and lies before this week, up to `day`. In an
    ordinary week that is Saturday to Friday. After a holiday it reaches back to the last Friday that was open: of
    2020-10-09 it is 2020-09-26 to 2020-10-09. Which of the days before last Friday are printed depends on whether
    an issue before could have printed them.

    Raises:
        NoCalendar: the calendar does not reach that Friday.
    """
    friday = previous_friday(day)
    while not calendar.is_trading_day(friday):
        friday -= _WEEK
    return friday + timedelta(days=1), day


def _on_friday(friday: Text, closed: Text | None) -> Text:
    if closed is None:
        return Text(f"与{friday.zh}（上周五）比较", f"compared with {friday.en}, last Friday")
    return Text(
        f"{friday.zh}{closed.zh}休市，但有报价，取当日",
        f"{friday.en} is a holiday ({closed.en}), yet it has a quote, which is used",
    )


def _before(friday: Text, used: Text, closed: Text | None, unquoted: int) -> Text:
    """Why another day stands in; `unquoted` trading days lie between it and the Friday."""
    if closed is None:
        head = Text(f"{friday.zh}没有报价", f"{friday.en} was a trading day without a quote")
    else:
        head = Text(f"{friday.zh}{closed.zh}休市", f"{friday.en} is a holiday ({closed.en})")
    more = Text("", "")
    if unquoted:
        days = (
            "the trading day before it has"
            if unquoted == 1
            else f"the {unquoted} trading days before it have"
        )
        more = Text(f"，此前{unquoted}个交易日{'也' if closed is None else ''}没有报价", f"; {days} no quote")
    return Text(f"{head.zh}{more.zh}，取{used.zh}", f"{head.en}{more.en}; {used.en} is used")


def _said(day: date, beside: date) -> Text:
    """A day in words, with its year where that is not the year of the bulletin."""
    zh, en = f"{day.month}月{day.day}日", f"{day.day} {month_name[day.month]}"
    return Text(zh, en) if day.year == beside.year else Text(f"{day.year}年{zh}", f"{en} {day.year}")
