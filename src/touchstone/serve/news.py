"""What else documents say of a metal: its other figures in their sentences, and quotes that were said before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from touchstone.facts.arrays import places
from touchstone.facts.fact import Fact
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import PRICES, quotes_of
from touchstone.facts.series import Facts, SeriesKey
from touchstone.publish.case import Evidence
from touchstone.publish.marked import context
from touchstone.serve.pricebook import metal_named
from touchstone.serve.shelf import Shelf

_SENTENCES = 12
_SOUGHT = 400
"""Figures looked at for that many sentences; several stand in one."""


def keys_of(shelf: Shelf, metal: str) -> list[SeriesKey]:
    """The series of this metal and of what is made of it."""
    return [key for key in shelf.workspace.series_keys() if metal_named(key.subject) == metal]


def news(shelf: Shelf, keys: Sequence[SeriesKey]) -> list[Evidence]:
    """The latest other figures of some series, each sentence or row once, the newest first.

    A price that is a quote stands among the quotes and not here.
    """
    others = [key for key in keys if not _is_quote(key)]
    wanted = {name: sorted({getattr(key, name) for key in others}) for name in ("subject", "measure")}
    facts = shelf.workspace.facts(**wanted) if others else ()
    latest = sorted((fact for fact in facts if not _is_quote(fact)), key=_newest, reverse=True)
    return list(islice(_sentences(shelf, latest[:_SOUGHT]), _SENTENCES))


def _sentences(shelf: Shelf, facts: Sequence[Fact]) -> Iterable[Evidence]:
    told: set[str] = set()
    for fact in facts:
        if fact.id not in told and fact.locator is not None:
            document = shelf.stock.document(fact.source)
            beside = tuple(f for f in facts if f.source == fact.source and f is not fact)
            found = context(document, (fact, *beside))
            told.update(each.id for piece in found.pieces for each in piece.facts)
            yield Evidence(fact, shelf.name(fact.source), found)


def _is_quote(stated: Fact | SeriesKey) -> bool:
    return stated.measure in PRICES and stated.place is not None


def _newest(fact: Fact) -> tuple[str, bool, str, int]:
    """By the day it was published, sentences before tables; the first of a document last, so that it is read first."""
    at = fact.locator
    place = -at.start if at else 0
    return (str(fact.published or fact.period or ""), at is not None and at.row is None, fact.source, place)


def earlier(shelf: Shelf, keys: Sequence[SeriesKey], now: Iterable[Quote]) -> tuple[list[Quote], int]:
    """Quotes of the same quotation and period that other or earlier documents gave, and that count no more.

    Returns:
        Those that differ from the quote that counts, the newest first, and how many said the same.
    """
    current = {(quote.quotation.code, quote.period): quote for quote in now}
    stated: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in _unused(shelf, keys, current.values()):
        stated[fact.source].append(fact)
    known = shelf.workspace.quotations()
    every = [quote for facts in stated.values() for quote in quotes_of(facts, known).quotes]
    pairs = [(quote, current.get((quote.quotation.code, quote.period))) for quote in every]
    differing = [quote for quote, other in pairs if other and _ends(quote) != _ends(other)]
    agreeing = [
        quote
        for quote, other in pairs
        if other and quote.source != other.source and _ends(quote) == _ends(other)
    ]
    return sorted(differing, key=lambda quote: (quote.day, quote.quotation.code), reverse=True), len(agreeing)


def _unused(shelf: Shelf, keys: Sequence[SeriesKey], now: Iterable[Quote]) -> Facts:
    """The prices ever stated that no quote stands on; most do, so they are sorted out before they become facts."""
    import numpy as np

    used = {fact for quote in now for fact in quote.facts}
    subjects = sorted({key.subject for key in keys})
    table = shelf.workspace.ledger.stated(subject=subjects, measure=PRICES).to_arrow()
    unused = [place for place, id in enumerate(table.column("id").to_pylist()) if id not in used]
    return Facts(table.take(places(np.array(unused, dtype=np.int64))))


def _ends(quote: Quote) -> tuple[object, ...]:
    return (quote.low, quote.high, quote.unit)
