"""A line of the price board: one quotation on a day with its verdict, and its price on another basis.

The board and the pages of metals show the same lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.price import in_unit
from touchstone.facts.conversion import rounded
from touchstone.facts.quote import Quote
from touchstone.publish import format as written
from touchstone.publish.case import worst
from touchstone.publish.dates import short_day
from touchstone.publish.export import quote_row
from touchstone.publish.price import in_one_line, mean_of, rounded_price, unit_of_trade
from touchstone.publish.spark import spark
from touchstone.publish.words import LANGUAGES, counted, word
from touchstone.serve.basis import Basis, Brought, brought
from touchstone.serve.pricebook import Book, Line
from touchstone.serve.shelf import Shelf


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
    """The sparkline of the mean over the last quotes before a day, in the unit of the newest; others are left out."""
    brought = [in_unit(quote, line.quote.unit) for quote in line.recent]
    alike = [quote for quote in brought if quote]
    days, means = [quote.day for quote in alike], [quote.mean for quote in alike]
    others = len(brought) - len(alike)
    left_out = f" {counted('other_units', lang, others)}" if others else ""
    low, high = (written.number(end, lang) for end in (min(means), max(means)))
    said = {"first": short_day(days[0], lang, day), "last": short_day(days[-1], lang, day), "n": len(days)}
    unit = unit_of_trade(line.quote.unit, lang)
    if len(days) == 1:
        return spark(
            days, means, word("prices.spark_one", lang, day=said["last"], mean=low, unit=unit) + left_out
        )
    return spark(days, means, word("prices.spark", lang, low=low, high=high, unit=unit, **said) + left_out)


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
        "basis": _decimals(rounded_price(mean_of(each), each.price.unit) for each in made),
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
        "on_low": found and rounded_price(found.price.low, found.price.unit),
        "on_high": found and rounded_price(found.price.high, found.price.unit),
        "on_mean": found and rounded_price(mean_of(found), found.price.unit),
        **{f"sums_{lang}": found and in_one_line(found, lang) for lang in LANGUAGES},
        **{f"why_not_{lang}": why and getattr(why, lang) for lang in LANGUAGES},
    }  # fmt: skip


def _decimals(values: Iterable[Decimal]) -> int:
    return max((max(0, -int(value.as_tuple().exponent)) for value in values), default=0)
