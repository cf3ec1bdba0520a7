"""Booking what a person wrote, in a form or on the command line: the fields are text, and each act takes those it needs."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from touchstone.desk.carbon_asset_book import Booking
from touchstone.desk.carbon_asset_rules import stated_number, wrong
from touchstone.desk.carbon_assets import CarbonAssets
from touchstone.desk.stated import day_of
from touchstone.facts.text import Text

Fields = Mapping[str, str]


class _Move(NamedTuple):
    """What all moves have."""

    who: str
    asset: str
    vintage: int
    amount: Decimal
    day: date
    by: str
    words: str
    price: Decimal | None


def book_move(assets: CarbonAssets, act: str, fields: Fields) -> Booking:
    """Book an act of `MOVES`.

    Args:
        fields: enterprise, asset, vintage, amount, day, by, words; price, taker, year where the act has one.

    Raises:
        NotAllowed: the act, a number or a year is none (ASSET-008, ASSET-006), or as the act refuses.
        UnusableQuote: DESK-023, the day is none.
    """
    if act not in MOVES:
        raise wrong("act", Text("操作", "act"), act, ", ".join(MOVES))
    who = fields.get("enterprise", "").strip()
    price = fields.get("price", "").strip()
    move = _Move(
        who, fields.get("asset", ""), year_of(fields, "vintage"), stated_number(fields.get("amount", ""), who),
        day_of(fields.get("day", ""), "day"), fields.get("by", ""), fields.get("words", ""),
        stated_number(price, who) if price else None,
    )  # fmt: skip
    return MOVES[act](assets, move, fields)


def year_of(fields: Fields, name: str) -> int:
    """A year of four digits. Raises NotAllowed: ASSET-008."""
    given = fields.get(name, "").strip()
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise wrong(name, Text("年份", "year"), given, Text("四位数字，如 2025", "four digits, as 2025"))
    return int(given)


def _issue(assets: CarbonAssets, of: _Move, _: Fields) -> Booking:
    return assets.issue(of.who, of.asset, of.vintage, of.amount, of.day, of.words, of.by)


def _buy(assets: CarbonAssets, of: _Move, _: Fields) -> Booking:
    return assets.buy(of.who, of.asset, of.vintage, of.amount, of.price, of.day, of.by, of.words)


def _sell(assets: CarbonAssets, of: _Move, _: Fields) -> Booking:
    return assets.sell(of.who, of.asset, of.vintage, of.amount, of.price, of.day, of.by, of.words)


def _transfer(assets: CarbonAssets, of: _Move, fields: Fields) -> Booking:
    taker = fields.get("taker", "").strip()
    return assets.transfer(of.who, taker, of.asset, of.vintage, of.amount, of.day, of.by, of.price, of.words)


def _surrender(assets: CarbonAssets, of: _Move, fields: Fields) -> Booking:
    year = year_of(fields, "year")
    return assets.surrender(of.who, year, of.asset, of.vintage, of.amount, of.day, of.by, of.words)


def _cancel(assets: CarbonAssets, of: _Move, _: Fields) -> Booking:
    return assets.cancel(of.who, of.asset, of.vintage, of.amount, of.day, of.words, of.by)


MOVES: dict[str, Callable[[CarbonAssets, _Move, Fields], Booking]] = {
    "issue": _issue, "buy": _buy, "sell": _sell, "transfer": _transfer, "surrender": _surrender, "cancel": _cancel,
}  # fmt: skip
"""Acts that a person books by themselves, as the form and the command name them."""
