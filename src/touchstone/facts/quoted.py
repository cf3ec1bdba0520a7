"""From price facts to quotes: ends paired, statements of one day weighed, contradictions told."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from touchstone.errors import UnknownUnit, UnusableQuote
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span
from touchstone.facts.quotation import Quotation, Quotations, is_coded, is_commodity, is_price_unit
from touchstone.facts.quote import Quote
from touchstone.facts.refused_quotes import (
    carries_no_unit,
    contradicts,
    denies_its_tax,
    is_negative,
    is_reversed,
    lacks_an_end,
    mixes_units,
    names_no_market,
)
from touchstone.facts.specification import specification
from touchstone.facts.troy import troy_unit
from touchstone.facts.unit import resized, unit

PRICES = ("price", "price.low", "price.high", "price.mean")
"""The measures a quote is made of."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotes by quotation and period, each once, and what could not become one."""

    quotes: tuple[Quote, ...]
    problems: tuple[UnusableQuote, ...]


def quotes_of(facts: Iterable[Fact], known: Quotations, name_of: dict[str, str] | None = None) -> Quoted:
    """Put quotes together.

    Args:
        facts: facts that count; those that are no price of a commodity are passed over, and those that name no market
            are told.
        known: the quotations of the workspace.
        name_of: names of documents by hash, for messages.

    Of several statements of one quotation and period the one published last counts. Two that differ in one
    document, or in documents of one day, are no quote: which is meant, only a person can say. A sentence that repeats
    the last row of the table beside it, for a day the table does not have, carries that quote over and is marked so;
    and so is a quote whose figures are stated to be carried over.
    """
    named = name_of or {}
    stated: dict[tuple[str, str, str], list[Quote]] = defaultdict(list)
    facts = list(facts)
    problems = list(_homeless(facts, named))
    in_tables: set[str] = set()
    restated: set[str] = set()
    for ends in _statements(facts, known):
        try:
            quote = _quote(ends, known, named)
        except UnusableQuote as problem:
            problems.append(problem)
            continue
        stated[quote.quotation.code, quote.period, quote.source].append(quote)
        in_tables.update(quote.facts if _in_table(ends) else ())
        restated.update(quote.facts if all(f.status == "carried-over" for f in ends) else ())
    settled = _settled(stated, in_tables, problems, named)
    marked = _dated(_carried(settled, in_tables), restated)
    latest = _latest(marked, problems, named)
    return Quoted(tuple(sorted(latest, key=_order)), tuple(problems))


def _statements(facts: Iterable[Fact], known: Quotations) -> Iterable[list[Fact]]:
    """The facts of one printed price: a single one, or the two ends that stand in one row or one range."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if (
            fact.measure in PRICES
            and fact.place
            and fact.period
            and fact.status in ("reported", "carried-over")
        ):
            code = known.of(fact).code
            if known.get(code) or is_commodity(fact.subject):
                groups[code, fact.period, fact.source, _where(fact)].append(fact)
    alone: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for (code, period, source, where), group in groups.items():
        lows, highs = _ends(group)
        yield from ([low, high] for low, high in zip(lows, highs, strict=False))
        for fact in (*lows[len(highs) :], *highs[len(lows) :]):
            alone[(code, period, source, fact.locator.block) if fact.locator else (code, where)].append(fact)
        yield from ([f] for f in group if f.measure in ("price", "price.mean"))
    yield from _paired(alone.values())


def _homeless(facts: Sequence[Fact], named: dict[str, str]) -> Iterable[UnusableQuote]:
    """One problem for each document and commodity that is priced without a market.

    In running text only the price of a day, of what the vocabulary has a code for: a margin or a mean is no quote. Nor is
    one beside quotes of the same metal in a market: what a buyer bids, or what an import costs, is told so.
    """
    priced = [f for f in facts if f.measure in PRICES and f.period and f.status == "reported"]
    placed = {(f.source, _metal(f)) for f in priced if f.place}
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in priced:
        if not fact.place and _is_price(fact):
            told = _is_of_a_day(fact) and (fact.source, _metal(fact)) not in placed
            if _in_table([fact]) and is_commodity(fact.subject) or told:
                groups[fact.source, fact.subject].append(fact)
    for (source, _), group in groups.items():
        yield names_no_market(named.get(source, source[:12]), group)


def _metal(fact: Fact) -> str:
    return fact.subject.partition(".")[0]


def _is_of_a_day(fact: Fact) -> bool:
    return frequency(fact.period or "") == "D" and is_coded(fact.subject)


def _is_price(fact: Fact) -> bool:
    try:
        return is_price_unit(unit(fact.unit))
    except UnknownUnit:
        return False


def _ends(facts: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    both = list(facts)
    return [f for f in both if f.measure == "price.low"], [f for f in both if f.measure == "price.high"]


def _paired(alone: Iterable[Sequence[Fact]]) -> Iterable[list[Fact]]:
    """Two ends that a sentence tells one after the other (最低价…，最高价…) are one price; others stay alone."""
    for facts in alone:
        lows, highs = _ends(facts)
        told = all(f.locator is not None and f.locator.row is None for f in facts)
        yield from ([[*lows, *highs]] if told and len(lows) == len(highs) == 1 else ([f] for f in facts))


def _where(fact: Fact) -> tuple[object, ...]:
    """What two ends of one range share: the row of a table, or the printed words."""
    at = fact.locator
    if at is None:
        return (fact.rule, fact.parents)
    return (at.block, at.row) if at.row is not None else (at.block, at.start)


def _in_table(ends: Sequence[Fact]) -> bool:
    return all(f.locator is not None and f.locator.row is not None for f in ends)


def _quote(ends: Sequence[Fact], known: Quotations, named: dict[str, str]) -> Quote:
    first, last = ends[0], ends[-1]
    quotation = known.of(first)
    where = _place(first, quotation, named)
    if quotation.denies(specification(first.subject_words)):
        raise denies_its_tax(where, first, quotation)
    if len(ends) == 1 and first.measure in ("price.low", "price.high"):
        raise lacks_an_end(where, first)
    printed = last.value if last.value_high is None else last.value_high
    if first.value <= 0 or printed <= 0:
        raise is_negative(where, first)
    code, read_by = _unit(first, quotation, where)
    high = printed if last.unit == first.unit else _brought(printed, first, last, quotation, where)
    if first.value > high:
        raise is_reversed(where, first, last)
    return Quote(
        quotation, first.period or "", first.value, high, code, tuple(dict.fromkeys(f.id for f in ends)), first.source,
        first.published, read_by=read_by,
    )  # fmt: skip


def _place(fact: Fact, quotation: Quotation, named: dict[str, str]) -> str:
    return f"{named.get(fact.source, fact.source[:12])} {quotation.code} {fact.period}"


def _brought(high: Decimal, first: Fact, last: Fact, quotation: Quotation, where: str) -> Decimal:
    """The high end in the unit of the low one, where both are sizes of one unit (元/公斤, 元/克)."""
    start, end = (unit(_unit(fact, quotation, where)[0]) for fact in (last, first))
    brought = resized(high, start, end)
    if brought is None:
        raise mixes_units(where, first, last)
    return brought


def _unit(fact: Fact, quotation: Quotation, where: str) -> tuple[str, str]:
    """The unit of a quote: as printed; the quotation's where only its currency is printed; a precious ounce is troy."""
    try:
        printed = unit(fact.unit)
    except UnknownUnit as error:
        raise carries_no_unit(where, fact) from error
    if is_price_unit(printed):
        troy = troy_unit(printed.code, quotation.commodity)
        return (troy.code, f"{fact.unit} → {troy.zh}") if troy else (printed.code, "")
    full = unit(quotation.unit)
    if is_price_unit(full) and printed.code == full.code.split("/")[0]:
        return full.code, f"{fact.unit} → {full.zh}"
    raise carries_no_unit(where, fact)


def _settled(
    stated: dict[tuple[str, str, str], list[Quote]], in_tables: set[str], problems: list[UnusableQuote],
    named: dict[str, str],
) -> list[Quote]:  # fmt: skip
    """One quote for each quotation, period and document: that of a table where a sentence says the same."""
    settled = []
    for (code, period, source), several in stated.items():
        tabled = sorted(several, key=lambda q: in_tables.isdisjoint(q.facts))
        ranges = [q for q in tabled if q.is_range] or tabled
        if len({q.amount for q in ranges}) > 1:
            problems.append(contradicts(f"{named.get(source, source[:12])} {code} {period}", ranges))
        else:
            every = tuple(dict.fromkeys(id for q in ranges for id in q.facts))
            settled.append(
                ranges[0] if len(ranges) == 1 else replace(ranges[0], facts=_two(ranges[0], every))
            )
    return settled


def _two(quote: Quote, every: tuple[str, ...]) -> tuple[str, ...]:
    """The facts of a quote first, then those of the same quote printed elsewhere in the document."""
    return (*quote.facts, *(id for id in every if id not in quote.facts)) if quote.is_range else quote.facts


def _carried(quotes: Sequence[Quote], in_tables: set[str]) -> list[Quote]:
    """Mark sentences that restate the last row of a table for a day on which the table has none."""
    rows: dict[tuple[str, str], dict[date, Quote]] = defaultdict(dict)
    for quote in quotes:
        if in_tables.intersection(quote.facts):
            rows[quote.quotation.code, quote.source][quote.day] = quote
    return [_restated(quote, rows.get((quote.quotation.code, quote.source), {})) for quote in quotes]


def _restated(quote: Quote, rows: dict[date, Quote]) -> Quote:
    if quote.day in rows or not (earlier := [day for day in rows if day < quote.day]):
        return quote
    row = rows[max(earlier)]
    return replace(quote, carried_from=row.day) if quote.amount == row.amount else quote


def _dated(quotes: Sequence[Quote], restated: set[str]) -> list[Quote]:
    """Give quotes stated to be carried over the day they come from: the last quoted one, or else the day before."""

    def is_new(quote: Quote) -> bool:
        return quote.carried_from is None and restated.isdisjoint(quote.facts[:2])

    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for quote in sorted(filter(is_new, quotes), key=lambda q: q.day):
        days[quote.quotation.code, frequency(quote.period)].append(quote.day)

    def dated(quote: Quote) -> Quote:
        own = days.get((quote.quotation.code, frequency(quote.period)), [])
        at = bisect_left(own, quote.day)
        return replace(quote, carried_from=own[at - 1] if at else quote.day - timedelta(days=1))

    return [quote if quote.carried_from or is_new(quote) else dated(quote) for quote in quotes]


def _latest(quotes: Sequence[Quote], problems: list[UnusableQuote], named: dict[str, str]) -> list[Quote]:
    """Of several documents the one published last; a quote of the day itself before one carried over.

    Two published on one day that differ are no quote: nothing says which corrects the other.
    """
    by_period: dict[tuple[str, str], list[Quote]] = defaultdict(list)
    for quote in quotes:
        by_period[quote.quotation.code, quote.period].append(quote)
    latest = []
    for (code, period), several in by_period.items():
        last = max(_standing(quote) for quote in several)
        equal = [quote for quote in several if _standing(quote) == last]
        if len({quote.amount for quote in equal}) > 1:
            where = ", ".join(sorted(named.get(q.source, q.source[:12]) for q in equal))
            problems.append(contradicts(f"{where} {code} {period}", equal))
        else:
            latest.append(max(equal, key=lambda quote: quote.source))
    return latest


def _standing(quote: Quote) -> tuple[bool, date]:
    return quote.carried_from is None, quote.published or date.min


def _order(quote: Quote) -> tuple[object, ...]:
    return (quote.quotation.code, span(quote.period), frequency(quote.period))
