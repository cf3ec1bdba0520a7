"""The price board: every quotation on a day, how it moved against last Friday, and on which basis it stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from touchstone.calc.price import STANDINGS
from touchstone.errors import Refusal
from touchstone.publish import format as written
from touchstone.publish.words import LANGUAGES
from touchstone.serve.basis import AS_QUOTED, TAXES, UNITS, Basis, asked_basis
from touchstone.serve.boardrow import Row, drawn, is_assumed, places_of, row_data, rows
from touchstone.serve.pricebook import Book, metal_of
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

ORDERS = ("market", "change")
_PROBLEMS = 20


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
    groups = _groups(chosen, choice.order)
    shown = {
        "choice": choice,
        "groups": groups,
        "tally": [(name, n) for name in STANDINGS if (n := Counter(r.standing for r in within)[name])],
        "all": len(within),
        "markets": list(dict.fromkeys(row.quote.quotation.market for row in every)),
        "units": UNITS,
        "taxes": TAXES,
        "orders": ORDERS,
        "places": places_of(chosen),
        "spark": lambda line: drawn(line, choice.day or date.max, lang),
        "problems": book.problems[:_PROBLEMS],
        "left_out": len(book.problems),
        "breadth": _breadth(within),
        "address": lambda **changed: _address(choice, **changed),
        "metal_of": metal_of,
        "assumed": is_assumed(chosen),
        **_around(book, choice.day),
    }
    listed = [row_data(row, shelf.name(row.quote.source)) for _, group in groups for row in group]
    return Page("board.html", shown, _data(choice, listed, book), listed)


def refusal_data(problem: Refusal) -> dict[str, Any]:
    """A refusal for JSON: its five parts, in both languages."""
    parts = {name: getattr(problem, name) for name in ("code", "where", "found", "expected", "so", "fix")}
    return parts | {"zh": problem.zh}


def _choice(given: Mapping[str, str], book: Book) -> Choice:
    last = book.days[-1] if book.days else None
    day = asked_day(given)
    known = {
        "unit": (AS_QUOTED, *UNITS),
        "tax": (AS_QUOTED, *TAXES),
        "sort": ORDERS,
        "standing": STANDINGS,
    }
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


def _data(choice: Choice, listed: list[dict[str, object]], book: Book) -> dict[str, Any]:
    return {
        "day": choice.day, "unit": choice.basis.unit or AS_QUOTED, "tax": choice.basis.tax or AS_QUOTED,
        "quotes": listed, "problems": [refusal_data(problem) for problem in book.problems],
    }  # fmt: skip
