"""Where the band of a chart is broken: over days on which the market was closed, and over quotes that were refused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from touchstone.facts.calendar import calendar
from touchstone.facts.calendar_table import days
from touchstone.facts.market_calendar import calendar_code
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.publish.bulletin.week import Week
from touchstone.publish.dates import short_day

_WEEKEND = 2
"""Closed days in a row that are no gap."""
_TOLD = 3
"""Breaks that are told one by one below a chart; more of them are told together."""
_TOGETHER = Text("断开处休市或报价未采用。", "Gaps: market closed, or quote left out.")


@dataclass(frozen=True, slots=True)
class Break:
    """Days between two quotes over which no band is drawn; `refused` where there is a price that is no quote."""

    first: date
    last: date
    refused: bool = False


def breaks(quotes: Sequence[Quote], week: Week) -> tuple[Break, ...]:
    """The breaks between the quotes of one quotation.

    Args:
        quotes: ascending, at least one.
        week: knows the refused quotes.
    """
    return tuple(each for a, b in pairwise(quotes) for each in _between(a, b, week))


def note(found: Iterable[Break], day: date) -> Text:
    """What is said of breaks below a chart in an issue of a day; nothing where there is none."""
    several = sorted(set(found), key=lambda each: (each.first, each.refused))
    if not several:
        return Text("", "")
    if len(several) > _TOLD:
        return _TOGETHER
    zh, en = ([_told(each, day, lang) for each in several] for lang in ("zh", "en"))
    return Text(f"断开处：{'，'.join(zh)}。", f"Gaps: {', '.join(en)}.")


def _between(a: Quote, b: Quote, week: Week) -> Iterator[Break]:
    closed = calendar(calendar_code(a.quotation)).closed
    inside = list(days(a.day, b.day))[1:-1]
    for is_closed, run in groupby(inside, key=lambda each: each in closed):
        stretch = list(run)
        if is_closed and len(stretch) > _WEEKEND:
            yield Break(stretch[0], stretch[-1])
    refused = (date.fromisoformat(period) for period in week.refused_days(a.quotation))
    yield from (Break(each, each, True) for each in refused if a.day < each < b.day)


def _told(each: Break, day: date, lang: str) -> str:
    first, last = (short_day(end, lang, day) for end in (each.first, each.last))
    if each.refused:
        return f"{first}报价未采用" if lang == "zh" else f"quote of {first} left out"
    return f"{first}—{last}休市" if lang == "zh" else f"closed {first} to {last}"
