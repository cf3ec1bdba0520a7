"""A metal: its quotations now and over time, its markets side by side, what was said before, and what else is known."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.audit.finding import Finding
from touchstone.calc.price import in_unit
from touchstone.errors import UnknownFact
from touchstone.facts.conversion import Price, rounded
from touchstone.facts.quote import Quote
from touchstone.publish import format as written
from touchstone.publish.case import Evidence, worst
from touchstone.publish.chart import Chart, Trace
from touchstone.publish.export import fact_row, finding_data, in_both, quote_row
from touchstone.publish.price import ends, priced, unit_of_trade
from touchstone.publish.spark import bar
from touchstone.publish.words import counted, word
from touchstone.serve.basis import TAXES, UNITS, Basis, asked_basis
from touchstone.serve.board import asked_day
from touchstone.serve.boardrow import Row, drawn, is_assumed, places_of, quote_places, row_data, rows
from touchstone.serve.news import earlier, keys_of, news
from touchstone.serve.parity import USUAL, Parity, parities
from touchstone.serve.pricebook import metal_of
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 40
_CHARTS = 12
_FINDINGS = 6
_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a metal.

    Attributes:
        day: as of which its quotes are shown.
        now: its quotations on that day.
        basis: what its markets are compared on.
        sides: the comparisons.
        series: all quotes of each quotation, ascending.
        earlier: quotes that count no more and differ, and how many statements agree (see `news.earlier`).
        news: its other figures.
        findings: what the audit says of its prices between markets.
    """

    day: date
    now: list[Row]
    basis: Basis
    sides: list[Parity]
    series: list[list[Quote]]
    earlier: tuple[list[Quote], int]
    news: list[Evidence]
    findings: list[Finding]


def metal(shelf: Shelf, code: str, given: Mapping[str, str], leaf: int, lang: str) -> Page:
    """The page of one metal: as of a day, with its markets on the basis asked for.

    Raises:
        UnknownFact: nothing of it was ever quoted.
    """
    known, only = _known(shelf, code, given), given.get("quotation", "")
    history = [quote for quotes in known.series for quote in quotes if only in ("", quote.quotation.code)]
    history.sort(key=lambda quote: quote.day, reverse=True)
    listed = [quote_row(quote, shelf.name(quote.source)) for quote in history]
    shown = {"code": code, "only": only, **_leaf(history, leaf), **_shown(shelf, known, lang)}
    return Page("metal.html", shown, _data(shelf, code, known) | {"history": listed}, listed)


def _known(shelf: Shelf, code: str, given: Mapping[str, str]) -> Known:
    book = shelf.stock.book()
    if code not in book.metals:
        raise UnknownFact(f"no quotes of {code!r}")
    every = [quote for quotes in book.metals[code] for quote in quotes]
    day, basis = asked_day(given) or max(quote.day for quote in every), asked_basis(given, USUAL)
    lines = [line for line in book.lines(day) if metal_of(line.quote.quotation) == code]
    keys, findings = keys_of(shelf, code), _findings(shelf, every)
    return Known(
        day, rows(shelf, lines, Basis(), book), basis, parities(rows(shelf, lines, basis, book), findings),
        book.metals[code], earlier(shelf, keys, every), news(shelf, keys), findings[:_FINDINGS],
    )  # fmt: skip


def _shown(shelf: Shelf, known: Known, lang: str) -> dict[str, Any]:
    return {
        "known": known, "places": places_of(known.now), "assumed": is_assumed(known.now),
        "units": UNITS, "taxes": TAXES, "metal_of": metal_of, "bar": _bar(lang),
        "charts": _charts(shelf, known.series, lang), "quotations": [quotes[0].quotation for quotes in known.series],
        "spark": lambda line: drawn(line, known.day, lang), "name_of": shelf.name,
        "verdict": lambda facts: worst(map(shelf.verdict, facts)),
    }  # fmt: skip


def _data(shelf: Shelf, code: str, known: Known) -> dict[str, Any]:
    return {
        "metal": code, **in_both(subject=code), "day": known.day,
        "quotes": [row_data(row, shelf.name(row.quote.source)) for row in known.now],
        "parity": _parity_data(shelf, known.sides),
        "earlier": [quote_row(quote, shelf.name(quote.source)) for quote in known.earlier[0]],
        "findings": [finding_data(finding) for finding in known.findings], "news": _news_data(known.news),
    }  # fmt: skip


def _findings(shelf: Shelf, quotes: Sequence[Quote]) -> list[Finding]:
    """The comparisons of markets that the audit has made, the most serious first."""
    own = {fact for quote in quotes for fact in quote.facts}
    return [f for f in shelf.findings if f.rule == "unit_sanity" and not own.isdisjoint(f.facts)]


def _charts(shelf: Shelf, several: Sequence[Sequence[Quote]], lang: str) -> list[Chart]:
    """One chart a quotation: the band between low and high, spaced in time."""
    return [
        _chart(shelf, quotes, lang) for quotes in several[:_CHARTS] if len({q.period for q in quotes}) > 1
    ]


def _chart(shelf: Shelf, quotes: Sequence[Quote], lang: str) -> Chart:
    """Quotes in the unit that most of them have; how many are in another one is said under the chart."""
    unit = Counter(quote.unit for quote in quotes).most_common(1)[0][0]
    alike = [brought for quote in quotes if (brought := in_unit(quote, unit))]
    of = quotes[0].quotation
    names = tuple(dict.fromkeys(shelf.name(quote.source) for quote in alike))
    lows, highs = tuple(quote.low for quote in alike), tuple(quote.high for quote in alike)
    title = f"{written.name(of.commodity, lang)} · {written.name(of.market, lang)}"
    others, many = len(quotes) - len(alike), len(names) > _SOURCES
    notes = [counted("other_units", lang, others)] if others else []
    notes += [word("metal.many_sources", lang, n=len(names))] if many else []
    return Chart(
        "range", title, tuple(quote.period for quote in alike), (Trace(title, lows, highs),),
        unit_of_trade(unit, lang), " ".join(notes), () if many else names,
    )  # fmt: skip


def _bar(lang: str) -> Callable[[Price, Parity], str]:
    """Draws where a price lies in the range of all prices of its comparison."""

    def draw(price: Price, parity: Parity) -> str:
        said = priced(ends(price, lang), price.unit, lang)
        return bar(price.low, price.high, parity.least or price.low, parity.most or price.high, said)

    return draw


def _leaf(history: Sequence[Quote], leaf: int) -> dict[str, object]:
    last = max(0, (len(history) - 1) // _LEAF)
    leaf = min(leaf, last)
    shown = history[leaf * _LEAF : (leaf + 1) * _LEAF]
    return {"history": shown, "history_places": quote_places(shown), "leaf": leaf, "leaves": last + 1}


def _parity_data(shelf: Shelf, sides: Sequence[Parity]) -> list[dict[str, Any]]:
    return [
        {
            **row_data(side.row, shelf.name(side.row.quote.source)),
            "form": parity.form,
            "gap_percent": None if side.gap is None else rounded(side.gap, 2),
            "questioned_by": side.finding and side.finding.id,
        }
        for parity in sides
        for side in parity.sides
    ]


def _news_data(told: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [
        {
            "document": each.document,
            "where": each.context.where,
            "sentence": "".join(piece.text for piece in each.context.pieces),
            "figures": [fact_row(fact) for piece in each.context.pieces for fact in piece.facts],
        }
        for each in told
    ]
