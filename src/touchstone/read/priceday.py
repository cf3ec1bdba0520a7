"""Which day a price told in running text is of.

A date in the sentence dates its prices, and those of the sentences that go on from it. The date of an event
or of a statistic in a sentence before dates no price: what is quoted (报, assessed at) is of the day of the issue.
"""

import re
from datetime import date, timedelta

from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.period import frequency
from touchstone.read.measure import Around, is_change
from touchstone.read.walk import Walk

_NAMED_DAY = re.compile(
    r"(?<![较比与同由从至])(?:(?P<before>昨[日天](?!的))|今[日天]|本周(?![一二三四五六日]))|\b(?P<yesterday>[Yy]esterday)\b|\b[Tt]oday\b"
)
_QUOTED = re.compile(
    r"报(?![告道表废名])|收[于报盘]|成交|\b(?:quoted|assessed|offered|traded|stood|steady|unchanged) at\b|\bto\s?$"
)
_AVERAGE = re.compile(r"平均|月均|均价\S{0,4}(?:为|达|约)|\baverag")
_AGAINST_A_DAY = re.compile(
    r"上周|上一?个?交易日|昨日|前一日|节前|last (?:Friday|week)|week ago|previous trading day"
)
_SPOT = "CN.spot"


def period_of_price(measure: str, around: Around, walk: Walk) -> str | None:
    """The period of a price or of its change; `walk` notes whether later sentences go on with it."""
    *_, named = [None, *_NAMED_DAY.finditer(around.sentence)]
    if named and walk.reference.day and not walk.dates:
        before = named["before"] or named["yesterday"]
        return _trading_day_before(walk.reference.day) if before else walk.usual
    period = walk.period
    if walk.usual and (_is_of_days(period) or _is_of_the_issue(measure, around, walk)):
        return walk.usual
    walk.dates_prices |= walk.fresh and not _AVERAGE.search(around.clause)
    return period or walk.default or walk.usual


def _is_of_days(period: str | None) -> bool:
    """Whether a period runs from day to day: the days of an issue."""
    return bool(period and "/" in period and frequency(period.partition("/")[0]) == "D")


def _is_of_the_issue(measure: str, around: Around, walk: Walk) -> bool:
    """Whether the date before belongs to another sentence, which told no price, and this one quotes."""
    if walk.fresh or walk.dates_prices or not walk.said:
        return False
    if walk.default and frequency(walk.default) != "D":
        return False
    words = _AGAINST_A_DAY if is_change(measure) else _QUOTED
    if words.search(around.clause) and not _AVERAGE.search(around.clause):
        walk.of_the_issue = True
    return walk.of_the_issue


def _trading_day_before(day: date) -> str | None:
    """昨日: the trading day before; None in a year of which no calendar is known."""
    try:
        return calendar(_SPOT).last_trading_day(day - timedelta(days=1)).isoformat()
    except NoCalendar:
        return None
