"""Notes at the end of a bulletin: what has no quote this week, and how its figures were made."""

from collections.abc import Iterator
from datetime import timedelta

from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.calendar_table import days
from touchstone.facts.market_calendar import calendar_code
from touchstone.facts.quotation import Quotation
from touchstone.facts.text import Text, capital
from touchstone.facts.week import previous_friday
from touchstone.publish.bulletin.week import Absent, Week
from touchstone.publish.bulletin.written import NOTHING, day, listed
from touchstone.publish.report.report import Sentence

RULE = "bulletin.notes"


def remarks(week: Week) -> Iterator[Sentence]:
    """What has no quote this week; what the comparisons mean."""
    yield from _days_before(week)
    refused = [each for each in week.absent if week.is_refused(each.quotation)]
    absent = [each for each in week.absent if each not in refused]
    unquoted = [each.quotation for each in absent if each.last is None]
    never = [week.layout.named(each) for each in unquoted if not week.was_refused(each)]
    earlier = [week.layout.named(each) for each in unquoted if week.was_refused(each)]
    before: dict[Text, list[Text]] = {}
    for each in absent:
        if each.last is not None:
            before.setdefault(_why_closed(each.quotation, week), []).append(_with_last(each, week))
    if refused:
        said = listed([week.layout.named(each.quotation) for each in refused])
        yield _note(
            f"本周报价有误、未予刊出：{said.zh}。",
            f"Quoted this week in a way that cannot be used: {said.en}.",
        )
    if earlier:
        said = listed(earlier)
        yield _note(
            f"以往报价无法采用，本周没有报价：{said.zh}。",
            f"No quote this week, and none before that could be used: {said.en}.",
        )
    for why, several in before.items():
        said = listed(several)
        yield _note(f"本周{why.zh}没有报价：{said.zh}。", f"No quote this week{why.en}: {said.en}.")
    if never:
        said = listed(never)
        yield _note(f"迄今没有报价：{said.zh}。", f"Never quoted so far: {said.en}.")
    yield _note(
        "“较上周五”指与上周五当日或之前最后一个有报价的日子比较；均价为高低价的中间值，或按报价规格取其一端。",
        "Changes are against the last quoted day on or before last Friday; the mean is the middle of low and high, "
        "or the end that the quotation names.",
    )


def _days_before(week: Week) -> Iterator[Sentence]:
    """Why days before last Friday are printed: nobody had published their quotes by then."""
    friday = previous_friday(week.day)
    shown = sorted({q.day for quotes in week.quoted.values() for q in quotes if q.day <= friday})
    if shown:
        printed = listed([day(each, week.is_over_new_year) for each in shown])
        on = day(friday, week.is_over_new_year)
        yield _note(
            f"上周五（{on.zh}）休市；{printed.zh}的报价当时尚未公布，在本期刊出。",
            f"Last Friday, {on.en}, was a holiday; quotes of {printed.en} had not been published by then and are "
            "printed here.",
        )


def _why_closed(quotation: Quotation, week: Week) -> Text:
    """The holidays that closed a market all week; nothing where it was open on some day."""
    trading, first = calendar(calendar_code(quotation)), previous_friday(week.day) + timedelta(days=1)
    try:
        if trading.trading_days(first, week.day):
            return NOTHING
    except NoCalendar:
        return NOTHING
    named = dict.fromkeys(why for each in days(first, week.day) if (why := trading.why_holiday(each)))
    return Text(
        f"{'、'.join(why.zh for why in named)}休市，",
        f" ({', '.join(why.en for why in named)}, market closed)",
    )


def _note(zh: str, en: str) -> Sentence:
    return Sentence(capital(Text(zh, en)), "computed", rule=RULE)


def _with_last(absent: Absent, week: Week) -> Text:
    assert absent.last
    named, last = week.layout.named(absent.quotation), day(absent.last, absent.last.year != week.day.year)
    stale = Text("，已陈旧", ", stale") if absent.is_stale else Text("", "")
    return Text(
        f"{named.zh}（最近报价：{last.zh}{stale.zh}）", f"{named.en} (last quoted on {last.en}{stale.en})"
    )
