"""What else documents say of a metal: its other figures in their sentences, and quotes that were said before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from touchstone.facts.fact import Fact
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import PRICES, quotes_of
from touchstone.publish.case import Evidence
from touchstone.publish.marked import context
from touchstone.serve.pricebook import metal_named
from touchstone.serve.shelf import Shelf

_SENTENCES = 12
_SOUGHT = 400
"""Figures looked at for that many sentences; several stand in one."""


def subjects_of(shelf: Shelf, metal: str) -> list[str]:
    """The subjects of figures that are this metal or something made of it."""
    named = dict.fromkeys(key.subject for key in shelf.workspace.series_keys())
    return [subject for subject in named if metal_named(subject) == metal]


def news(shelf: Shelf, subjects: Sequence[str]) -> list[Evidence]:
    """The latest other figures of some subjects, each sentence or row once, the newest first.

    A price that is a quote stands among the quotes and not here.
    """
    facts = shelf.workspace.facts(subject=subjects) if subjects else ()
    others = sorted((fact for fact in facts if not _is_quote(fact)), key=_newest, reverse=True)
    return list(islice(_sentences(shelf, others[:_SOUGHT]), _SENTENCES))


def _sentences(shelf: Shelf, facts: Sequence[Fact]) -> Iterable[Evidence]:
    told: set[str] = set()
    for fact in facts:
        if fact.id not in told and fact.locator is not None:
            document = shelf.stock.document(fact.source)
            beside = tuple(f for f in facts if f.source == fact.source and f is not fact)
            found = context(document, (fact, *beside))
            told.update(each.id for piece in found.pieces for each in piece.facts)
            yield Evidence(fact, shelf.name(fact.source), found)


def _is_quote(fact: Fact) -> bool:
    return fact.measure in PRICES and bool(fact.place and fact.period)


def _newest(fact: Fact) -> tuple[str, bool, str, int]:
    """By the day it was published, sentences before tables; the first of a document last, so that it is read first."""
    at = fact.locator
    place = -at.start if at else 0
    return (str(fact.published or fact.period or ""), at is not None and at.row is None, fact.source, place)


def earlier(shelf: Shelf, subjects: Sequence[str], now: Iterable[Quote]) -> tuple[list[Quote], int]:
    """Quotes of the same quotation and period that other or earlier documents gave, and that count no more.

    Returns:
        Those that differ from the quote that counts, the newest first, and how many said the same.
    """
    current = {(quote.quotation.code, quote.period): quote for quote in now}
    used = {fact for quote in current.values() for fact in quote.facts}
    stated: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in shelf.workspace.ledger.stated(subject=subjects, measure=PRICES) if subjects else ():
        if fact.id not in used:
            stated[fact.source].append(fact)
    known = shelf.workspace.quotations()
    every = [quote for facts in stated.values() for quote in quotes_of(facts, known).quotes]
    pairs = [(quote, current.get((quote.quotation.code, quote.period))) for quote in every]
    differing = [quote for quote, other in pairs if other and _ends(quote) != _ends(other)]
    agreeing = sum(_ends(quote) == _ends(other) for quote, other in pairs if other and quote.source != other.source)
    return sorted(differing, key=lambda quote: (quote.day, quote.quotation.code), reverse=True), agreeing


def _ends(quote: Quote) -> tuple[object, ...]:
    return (quote.low, quote.high, quote.unit)
