"""The price board: every quotation on a day, how it moved against last Friday, and on which basis it stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from touchstone.calc.price import STANDINGS
from touchstone.errors import Refusal
from touchstone.facts.conversion import rounded
from touchstone.facts.quote import Quote
from touchstone.publish import format as written
from touchstone.publish.case import worst
from touchstone.publish.dates import short_day
from touchstone.publish.export import quote_row
from touchstone.publish.price import converted_number, in_one_line, mean_of, unit_of_trade
from touchstone.publish.spark import spark
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve.basis import TAXES, UNITS, Basis, Brought, asked_basis, brought
from touchstone.serve.pricebook import Book, Line, metal_of
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

ORDERS = ("market", "change")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board: the quotation on the day, its worst verdict, and the price on the basis asked for."""

    line: Line
    verdict: str
    brought: Brought | None

    @property
    def quote(self) -> Quote:
        """The quote shown."""
        return self.line.quote

    @property
    def standing(self) -> str:
        """One of `STANDINGS`; "" where the trading calendar is not known."""
        return self.line.move.standing if self.line.move else ""

    @property
    def percent(self) -> Fraction | None:
        """Change of the mean against last Friday in percent."""
        return self.line.move.percent if self.line.move else None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address of a board asks for; `day` is None where nothing was ever quoted."""

    day: date | None
    market: str
    words: str
    standing: str
    order: str
    basis: Basis
    misread: tuple[str, ...]


def board(shelf: Shelf, given: Mapping[str, str], lang: str) -> Page:
    """The board of a day, the last quoted one where none is asked for."""
    book = shelf.stock.book()
    choice = _choice(given, book)
    every = rows(shelf, book.lines(choice.day), choice.basis, book) if choice.day else []
    within = [row for row in every if _fits(row, choice)]
    chosen = [row for row in within if choice.standing in ("", row.standing)]
    shown = {
        "choice": choice,
        "groups": _groups(chosen, choice.order),
        "tally": [(name, n) for name in STANDINGS if (n := Counter(r.standing for r in within)[name])],
        "all": len(within),
        "markets": list(dict.fromkeys(row.quote.quotation.market for row in every)),
        "units": UNITS,
        "taxes": TAXES,
        "orders": ORDERS,
        "places": places_of(chosen),
        "spark": lambda line: drawn(line, choice.day or date.max, lang),
        "problems": book.problems,
        "breadth": _breadth(within),
        "address": lambda **changed: _address(choice, **changed),
        "metal_of": metal_of,
        "assumed": is_assumed(chosen),
        **_around(book, choice.day),
    }
    listed = [row_data(row, shelf.name(row.quote.source)) for row in chosen]
    return Page("board.html", shown, _data(choice, listed, book), listed)


def rows(shelf: Shelf, lines: Iterable[Line], basis: Basis, book: Book) -> list[Row]:
    """Lines with their verdicts and, where another basis is asked for, their prices on it."""
    return [
        Row(
            line,
            worst(shelf.verdict(fact) for fact in line.quote.facts),
            brought(line.quote, basis, book.rates) if basis else None,
        )
        for line in lines
    ]


def drawn(line: Line, day: date, lang: str) -> str:
    """The sparkline of the mean over the last quotes before a day."""
    days, means = [quote.day for quote in line.recent], [quote.mean for quote in line.recent]
    low, high = (written.number(end, lang) for end in (min(means), max(means)))
    said = {"first": short_day(days[0], lang, day), "last": short_day(days[-1], lang, day), "n": len(days)}
    unit = unit_of_trade(line.quote.unit, lang)
    if len(days) == 1:
        return spark(days, means, word("prices.spark_one", lang, day=said["last"], mean=low, unit=unit))
    return spark(days, means, word("prices.spark", lang, low=low, high=high, unit=unit, **said))


def is_assumed(chosen: Iterable[Row]) -> bool:
    """Whether the tax basis of some quotation is not printed, but usage of the trade."""
    return any(row.quote.quotation.tax_basis == "assumed" for row in chosen)


def quote_places(quotes: Sequence[Quote]) -> dict[str, int]:
    """How many decimals the columns low, high and mean have, so that they line up at the point."""
    return {
        "low": _decimals(quote.low for quote in quotes),
        "high": _decimals(quote.high for quote in quotes),
        "mean": _decimals(quote.mean for quote in quotes),
    }


def places_of(chosen: Sequence[Row]) -> dict[str, int]:
    """The same for all columns of numbers of a board."""
    moves = [row.line.move.mean for row in chosen if row.line.move and row.line.move.mean is not None]
    made = [row.brought.conversion for row in chosen if row.brought and row.brought.conversion]
    return quote_places([row.quote for row in chosen]) | {
        "change": _decimals(moves),
        "basis": _decimals(Decimal(_plain(mean_of(each), each.price.unit)) for each in made),
    }


def row_data(row: Row, document: str) -> dict[str, object]:
    """A row for JSON and CSV; what was computed is rounded as it is shown, `sums` says how it came about."""
    move, found = row.line.move, row.brought and row.brought.conversion
    base = move.base if move else None
    why = row.brought.why if row.brought and not found else row.line.why or (move.refused if move else None)
    return {
        **quote_row(row.quote, document),
        "standing": row.standing, "verdict": row.verdict, "trading_days_old": move.age if move else None,
        "compared_with": base and base.period, "base_low": base and base.low, "base_high": base and base.high,
        "change_low": move and move.low, "change_high": move and move.high, "change": move and move.mean,
        "percent": None if row.percent is None else rounded(row.percent, 2),
        "on_unit": found and found.price.unit, "on_tax": found and found.price.tax,
        "on_low": found and _plain(found.price.low, found.price.unit),
        "on_high": found and _plain(found.price.high, found.price.unit),
        "on_mean": found and _plain(mean_of(found), found.price.unit),
        **{f"sums_{lang}": found and in_one_line(found, lang) for lang in LANGUAGES},
        **{f"why_not_{lang}": why and getattr(why, lang) for lang in LANGUAGES},
    }  # fmt: skip


def refusal_data(problem: Refusal) -> dict[str, Any]:
    """A refusal for JSON: its five parts, in both languages."""
    parts = {name: getattr(problem, name) for name in ("code", "where", "found", "expected", "so", "fix")}
    return parts | {"zh": problem.zh}


def _choice(given: Mapping[str, str], book: Book) -> Choice:
    last = book.days[-1] if book.days else None
    day = asked_day(given)
    known = {"unit": ("as-quoted", *UNITS), "tax": ("as-quoted", *TAXES), "sort": ORDERS, "standing": STANDINGS}
    wrong = [given[name] for name, words in known.items() if given.get(name, "") not in ("", *words)]
    if given.get("day") and day is None:
        wrong.append(given["day"])
    return Choice(
        day or last,
        given.get("market", ""),
        given.get("q", "").strip()[:200],
        given["standing"] if given.get("standing") in STANDINGS else "",
        given["sort"] if given.get("sort") in ORDERS else ORDERS[0],
        asked_basis(given),
        tuple(wrong),
    )


def asked_day(given: Mapping[str, str]) -> date | None:
    """The day in the address; None for none, and for words that are no day."""
    try:
        return date.fromisoformat(given.get("day", ""))
    except ValueError:
        return None


def _fits(row: Row, choice: Choice) -> bool:
    of = row.quote.quotation
    names = [written.name(code, lang) for code in (of.commodity, of.market) for lang in LANGUAGES]
    spoken = " ".join((*names, of.code, of.grade)).lower()
    return choice.market in ("", of.market) and all(part in spoken for part in choice.words.lower().split())


def _groups(chosen: list[Row], order: str) -> list[tuple[str, list[Row]]]:
    """Rows by market; or, by size of the change, all in one group without a name, those without a change last."""
    if order == "change":
        ranked = sorted(chosen, key=lambda row: -1 if row.percent is None else abs(row.percent), reverse=True)
        return [("", ranked)] if ranked else []
    found: dict[str, list[Row]] = {}
    for row in chosen:
        found.setdefault(row.quote.quotation.market, []).append(row)
    return list(found.items())


def _around(book: Book, day: date | None) -> dict[str, date | None]:
    """The days with quotes before and after the one shown."""
    before = [each for each in book.days if day and each < day]
    after = [each for each in book.days if day and each > day]
    return {"before": before[-1] if before else None, "after": after[0] if after else None}


def _breadth(chosen: Sequence[Row]) -> dict[str, int]:
    """How many went up, went down, stayed, and have nothing to be compared with."""
    moves = [row.line.move for row in chosen if row.line.move and row.line.move.base]
    signs = Counter(move.direction for move in moves)
    return {"up": signs[1], "down": signs[-1], "flat": signs[0], "none": len(chosen) - len(moves)}


def _address(choice: Choice, **changed: object) -> str:
    """The address of this board with a part of it changed."""
    parts = {
        "day": choice.day, "market": choice.market, "q": choice.words, "standing": choice.standing,
        "sort": "" if choice.order == ORDERS[0] else choice.order, "unit": choice.basis.unit, "tax": choice.basis.tax,
    }  # fmt: skip
    return "/prices?" + urlencode({name: value for name, value in (parts | changed).items() if value})


def _decimals(values: Iterable[Decimal]) -> int:
    return max((max(0, -int(value.as_tuple().exponent)) for value in values), default=0)


def _plain(value: Fraction, unit: str) -> str:
    """A computed price as digits alone."""
    return converted_number(value, unit, "zh").replace("\N{MINUS SIGN}", "-")


def _data(choice: Choice, listed: list[dict[str, object]], book: Book) -> dict[str, Any]:
    return {
        "day": choice.day, "unit": choice.basis.unit or "as-quoted", "tax": choice.basis.tax or "as-quoted",
        "quotes": listed, "problems": [refusal_data(problem) for problem in book.problems],
    }  # fmt: skip
