"""The week of a bulletin: its quotes, how each moved, what the documents say of it; everything is looked up here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from touchstone.calc.price import STALE_AFTER, Move, in_unit, moves
from touchstone.calc.price_facts import Changes, changes
from touchstone.facts.calendar import Calendar, calendar
from touchstone.facts.fact import Fact
from touchstone.facts.market_calendar import calendar_code
from touchstone.facts.period import frequency, span
from touchstone.facts.quotation import Quotation, Quotations
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import PRICES
from touchstone.facts.week import bulletin_week, previous_friday
from touchstone.publish.bulletin.layout import Layout
from touchstone.publish.bulletin.stated import Stated, differ, stated_changes, undated_changes


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one quotation in the week.

    Attributes:
        quote: the last one really quoted in the week, never one that a document only restates.
        move: how it moved; its standing tells a new quote from an unchanged, carried-over or stale one.
        changes: the computed change, None where there is nothing to compare with.
        stated: the change a document states, None where none does.
        is_closed: whether the market was closed on last Friday.
        before: the quote before it, None for a first one.
        undated: a change a document states for its day without saying against which, None where none does.
    """

    quote: Quote
    move: Move
    changes: Changes | None
    stated: Stated | None
    is_closed: bool
    before: Quote | None = None
    undated: Fact | None = None

    @property
    def is_last_fridays(self) -> bool:
        """Whether nothing was quoted since the day that last Friday stands for: there is no change to tell."""
        return self.move.comparison.day == self.quote.day

    @property
    def is_against_before(self) -> bool:
        """Whether the change without a day is the one since the quote before, as the two quotes bear out."""
        if self.undated is None or self.before is None or self.before.unit != self.quote.unit:
            return False
        return not differ(self.undated, self.quote.mean - self.before.mean, self.quote.unit)

    @property
    def source_of_change(self) -> Changes | Stated | None:
        """What a sentence says of the change: computed, else stated by a document, else nothing."""
        return self.changes or self.stated

    @property
    def direction(self) -> int | None:
        """1 up, -1 down, 0 unchanged, by the mean; None where nothing is known of a change."""
        known = self.source_of_change
        if known is None:
            return None
        ends = (known.low, known.high)
        moved = known.mean.value if known.mean else sum((end.value for end in ends if end), Decimal(0))
        return (moved > 0) - (moved < 0)


@dataclass(frozen=True, slots=True)
class Absent:
    """A quotation without a quote in the week: the day of its last one, None where there never was one."""

    quotation: Quotation
    last: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The week up to a day.

    Attributes:
        day: the day of the issue.
        first: the first day of the week; after a holiday it may reach back, see `week`.
        layout: what is to be printed.
        quoted: by quotation, the quotes of days in the week that were really quoted, ascending.
        told: by quotation, for each that was quoted in the week and that the layout prints.
        absent: what the layout prints and nobody quoted in the week.
        history: by quotation, all quotes of days up to the day that were really quoted, ascending.
        facts: by id, every fact that a sentence or a cell may stand on; the derived ones too.
        names: of documents, by hash.
        as_printed: by the first fact of a quote, the quote as its document prints it, where that is in another size of
            the quotation's unit (万元/吨 for 元/吨).
        quotations: those of the workspace.
        refused: places of the prices that could not become a quote, ending with the quotation and the period.
    """

    day: date
    first: date
    layout: Layout
    quoted: Mapping[str, tuple[Quote, ...]]
    told: Mapping[str, Told]
    absent: tuple[Absent, ...]
    history: Mapping[str, tuple[Quote, ...]]
    facts: Mapping[str, Fact] = field(repr=False)
    names: Mapping[str, str] = field(default_factory=dict)
    as_printed: Mapping[str, Quote] = field(default_factory=dict)
    quotations: Quotations = field(default_factory=lambda: Quotations(()), repr=False)
    refused: frozenset[str] = frozenset()

    def covers(self, period: str) -> bool:
        """Whether a period ends in the week."""
        return self.first <= span(period)[1] <= self.day

    def is_refused(self, quotation: Quotation) -> bool:
        """Whether a price of the quotation for a day in the week could not become a quote."""
        return any(map(self.covers, self._refused_periods(quotation)))

    def was_refused(self, quotation: Quotation) -> bool:
        """Whether a price of the quotation could ever not become a quote: it was quoted, though not usably."""
        return any(True for _ in self._refused_periods(quotation))

    def _refused_periods(self, quotation: Quotation) -> Iterator[str]:
        """Of prices of the quotation that could not become a quote; one that names no market is told by its subject."""
        named = tuple(f" {each}" for each in (quotation.code, *quotation.subjects))
        for where in self.refused:
            head, _, period = where.rpartition(" ")
            if head.endswith(named):
                yield period

    def refused_days(self, quotation: Quotation) -> tuple[str, ...]:
        """The days, in order, for which a price of the quotation could not become a quote."""
        places = (where.rpartition(" ") for where in self.refused)
        found = {period for head, _, period in places if head.endswith(f" {quotation.code}")}
        return tuple(sorted(each for each in found if frequency(each) == "D"))

    @property
    def derived(self) -> tuple[Fact, ...]:
        """The changes that were worked out, parents before children."""
        return tuple(fact for told in self.told.values() if told.changes for fact in told.changes.facts())

    @property
    def is_over_new_year(self) -> bool:
        """Whether a day that a sentence or table names lies in another year than the issue."""
        quoted = (quote.day for quotes in self.quoted.values() for quote in quotes)
        compared = (told.move.comparison for told in self.told.values())
        named = (day for each in compared for day in (each.friday, each.day) if day)
        return any(day.year != self.day.year for days in (quoted, named) for day in days)

    def printed(self) -> tuple[Quote, ...]:
        """The quotes that the bulletin prints: all of the week in a table, the last one where there is only a sentence."""
        tabled = self.layout.tabled()
        return tuple(
            quote
            for code, quotes in self.quoted.items()
            for quote in (quotes if code in tabled else quotes[-1:])
        )

    def sources(self) -> tuple[str, ...]:
        """Hashes of the documents that the week's quotes stand in, each once."""
        every = (quote.source for several in self.quoted.values() for quote in several)
        return tuple(dict.fromkeys(every))


def week(
    day: date,
    quotes: Sequence[Quote],
    facts: Iterable[Fact],
    layout: Layout,
    known: Quotations,
    names: Mapping[str, str] | None = None,
) -> Week:
    """Gather the week.

    Args:
        day: the day of the issue; later quotes do not count.
        quotes: all quotes of the workspace.
        facts: the facts they stand on, and the stated changes.
        layout: what is to be printed.
        known: the quotations of the workspace.
        names: names of documents by hash.

    Raises:
        NoCalendar: a calendar does not reach the week.

    The week begins on the day after last Friday. Where a market was closed on that Friday it reaches back in this market
    to the last Friday that was open, but only for quotes that nobody had published by then: those published stood in
    the issue before. So no quoted day is in two issues, and none in neither. All quotes of a quotation are brought to
    its unit where only the point moves.
    """
    friday, facts = previous_friday(day), list(facts)
    codes = layout.quotations()
    counted = [q for q in quotes if q.quotation.code in codes and q.day <= day]
    of_layout = [in_unit(q, q.quotation.unit) or q for q in counted]
    as_printed = {q.facts[0]: q for q, ours in zip(counted, of_layout, strict=True) if ours.unit != q.unit}
    calendars = {code: calendar(code) for code in {calendar_code(q.quotation) for q in of_layout}}
    begins = {code: bulletin_week(day, each)[0] for code, each in calendars.items()}
    history = _history(of_layout)
    back = min(begins.values(), default=friday + timedelta(days=1))
    quoted = _quoted(history, begins, friday, _printed_by(friday, back, facts, known))
    by_id = {fact.id: fact for fact in facts}
    stated = stated_changes(by_id.values(), known, friday + timedelta(days=1), day)
    undated = undated_changes(by_id.values(), known)
    moved = moves((q for q in of_layout if q.quotation.code in quoted), day, calendars)
    of_code = {each.quote.quotation.code: each for each in moved}
    told = {
        code: _told(history[code], of_code[code], stated.get(code), undated, calendars)
        for code in codes
        if code in quoted
    }
    derived = (fact for each in told.values() if each.changes for fact in each.changes.facts())
    by_id |= {fact.id: fact for fact in derived}
    absent = tuple(
        _absent(row, history.get(row.code, ()), day)
        for row in known
        if row.code in codes and row.code not in told
    )
    reached = any(q.day <= friday for several in quoted.values() for q in several)
    first = back if reached else friday + timedelta(days=1)
    return Week(day, first, layout, quoted, told, absent, history, by_id, names or {}, as_printed, known)


def _quoted(
    history: Mapping[str, tuple[Quote, ...]],
    begins: Mapping[str, date],
    friday: date,
    printed: frozenset[tuple[str, str]],
) -> dict[str, tuple[Quote, ...]]:
    """By quotation, the quotes of the week; one whose newest quote stood in the issue before has none."""
    quoted = {
        code: tuple(
            q
            for q in several
            if begins[calendar_code(q.quotation)] <= q.day
            and (q.day > friday or (code, q.period) not in printed)
        )
        for code, several in history.items()
    }
    return {code: each for code, each in quoted.items() if each and each[-1] == history[code][-1]}


def _printed_by(
    friday: date, back: date, facts: Iterable[Fact], known: Quotations
) -> frozenset[tuple[str, str]]:
    """Quotation and day of what was published by a Friday and is of the days from `back` to it."""
    if back > friday:
        return frozenset()
    return frozenset(
        (known.of(fact).code, fact.period)
        for fact in facts
        if fact.measure in PRICES and fact.published and fact.published <= friday
        if fact.period and frequency(fact.period) == "D" and back <= span(fact.period)[1] <= friday
    )


def _absent(quotation: Quotation, quotes: Sequence[Quote], day: date) -> Absent:
    if not quotes:
        return Absent(quotation, None, False)
    last, open_days = quotes[-1].day, calendar(calendar_code(quotation))
    stale = last < open_days.first or open_days.trading_days_between(last, day) > STALE_AFTER
    return Absent(quotation, last, stale)


def _history(quotes: Iterable[Quote]) -> dict[str, tuple[Quote, ...]]:
    series: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=lambda q: q.day):
        if frequency(quote.period) == "D" and quote.carried_from is None:
            series.setdefault(quote.quotation.code, []).append(quote)
    return {code: tuple(several) for code, several in series.items()}


def _told(
    history: Sequence[Quote],
    move: Move,
    stated: Stated | None,
    undated: Mapping[tuple[str, str], Fact],
    calendars: Mapping[str, Calendar],
) -> Told:
    """The move is that of the newest quote itself: a document that restates it says the same later."""
    quote, before = history[-1], history[-2] if len(history) > 1 else None
    closed = calendars[calendar_code(quote.quotation)].why_closed(move.comparison.friday) is not None
    own = replace(move, quote=quote) if move.quote.carried_from else move
    said = undated.get((quote.quotation.code, quote.period))
    return Told(quote, own, changes(own), stated, closed, before, said)
