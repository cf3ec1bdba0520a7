"""The quotes of a workspace in order, as the price pages ask for them: by quotation, by metal, on a day.

Putting quotes together reads every price of the ledger, so a book is kept for as long as the ledger and the
quotations stay as they are; see `Stock.book`.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache

from touchstone.calc.price import Move, move
from touchstone.errors import Refusal
from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.market_calendar import calendar_code
from touchstone.facts.period import frequency
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.flow import Workspace
from touchstone.publish.dates import day as day_in_words
from touchstone.publish.words import LANGUAGES, word

_SPARK = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One quotation on one day.

    Attributes:
        quote: the latest on or before the day.
        move: how it moved; None where the calendar is not known that far.
        why: why there is no move, else None.
        recent: the last quotes up to it, ascending, those restated from an earlier day left out.
        assumed: the name of the trading calendar where the quotation names none, else None.
    """

    quote: Quote
    move: Move | None
    why: Text | None
    recent: tuple[Quote, ...]
    assumed: Text | None = None


class Book:
    """All quotes of a workspace, read once."""

    def __init__(self, workspace: Workspace) -> None:
        known = workspace.quotations()
        found = workspace.quotes()
        self._rank = {row.code: place for place, row in enumerate(known)}
        self.rates = workspace.exchange_rates()
        self.problems: tuple[Refusal, ...] = (*found.problems, *self.rates.problems)
        self.quotes = found.quotes
        self._lines: dict[date, list[Line]] = {}

    @cached_property
    def series(self) -> dict[str, list[Quote]]:
        """Quotation code -> its quotes of days, ascending; markets and quotations in their declared order."""
        found: defaultdict[str, list[Quote]] = defaultdict(list)
        for quote in self.quotes:  # in order of code and day
            if frequency(quote.period) == "D":
                found[quote.quotation.code].append(quote)
        return {code: found[code] for code in sorted(found, key=lambda code: self._order(found[code][0]))}

    @cached_property
    def days(self) -> list[date]:
        """Every day on which something was quoted, ascending."""
        return sorted({quote.day for several in self.series.values() for quote in several})

    @cached_property
    def metals(self) -> dict[str, list[list[Quote]]]:
        """Metal -> its quotations, each with all its quotes, means of longer periods too."""
        every: defaultdict[str, list[Quote]] = defaultdict(list)
        for quote in self.quotes:
            every[quote.quotation.code].append(quote)
        found: defaultdict[str, list[list[Quote]]] = defaultdict(list)
        for several in sorted(every.values(), key=lambda quotes: self._order(quotes[0])):
            found[metal_of(several[0].quotation)].append(several)
        return dict(found)

    def lines(self, day: date) -> list[Line]:
        """Every quotation that was quoted by a day, with its move up to it."""
        if day not in self._lines:
            self._lines = {day: [line for each in self.series.values() if (line := _line(each, day))]}
        return self._lines[day]

    def _order(self, quote: Quote) -> tuple[int, int, str]:
        of = quote.quotation
        return (_markets().get(of.market, len(_markets())), self._rank.get(of.code, len(self._rank)), of.code)


def metal_of(quotation: Quotation) -> str:
    """The material a quotation is a price of; the commodity itself where its metal is not known."""
    return metal_named(quotation.commodity) or quotation.commodity


@lru_cache(maxsize=4096)
def metal_named(subject: str) -> str | None:
    """The material of a code, or the first one that words name (镉99.95%); None for none."""
    words = vocabulary()
    named = (words.element(mention.code) for mention in words.find(subject))
    return words.element(subject) or next(filter(None, named), None)


@cache
def _markets() -> dict[str, int]:
    return {term.code: place for place, term in enumerate(vocabulary().terms("market"))}


def _line(quotes: list[Quote], day: date) -> Line | None:
    until = bisect_right(quotes, day, key=lambda quote: quote.day)
    if not until:
        return None
    own = [quote for quote in quotes[max(0, until - 2 * _SPARK) : until] if quote.carried_from is None]
    recent = tuple(own[-_SPARK:]) or (quotes[until - 1],)
    of = quotes[0].quotation
    trading = calendar(calendar_code(of))
    try:
        moved = move(quotes[:until], day, trading)
    except NoCalendar as error:
        return Line(quotes[until - 1], None, _said(error), recent)
    return Line(quotes[until - 1], _renewed(moved), None, recent, None if of.calendar else trading.name)


def _renewed(moved: Move) -> Move:
    """A quote that is last Friday's own says so: nobody has quoted since."""
    if not moved.is_last_fridays:
        return moved
    since = moved.comparison.day
    said = (word("prices.no_new_quote", lang, day=day_in_words(since, lang)) for lang in LANGUAGES)
    return replace(moved, refused=Text(*said))


def _said(error: Refusal) -> Text:
    """What was found and what was expected, in a line."""
    found, expected = error.zh[:2] if error.zh else (error.found, error.expected)
    return Text(
        f"{found}不在日历之内，应为{expected}", f"no calendar for {error.found}; expected {error.expected}"
    )
