"""The page of carbon assets, and what its forms do."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from touchstone.calc.carbon.assets.compliance import STATES
from touchstone.calc.carbon.assets.inventoried import BOUNDARY, Inventoried, inventoried
from touchstone.calc.carbon.assets.kind import KINDS
from touchstone.calc.carbon.assets.position import Emitted
from touchstone.calc.carbon.assets.price import last_price, prices
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.reference import documents
from touchstone.calc.carbon.formula.written import worded
from touchstone.calc.carbon.inventory.account import Account
from touchstone.desk.carbon_asset_book import BOOKINGS, COUNTERS, Book
from touchstone.desk.carbon_asset_rules import stated_number
from touchstone.desk.carbon_assets import CarbonAssets
from touchstone.desk.stated import day_of
from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.serve.assessment_acts import answering
from touchstone.serve.assessment_pages import leaf_of, person
from touchstone.serve.assets_data import (
    Standing,
    account_name,
    cents,
    current,
    due_row,
    duty_rows,
    entry_rows,
    holding_rows,
    price_row,
    standing_row,
    standings,
    years,
)
from touchstone.serve.assets_moves import MOVES, book_move, year_of
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 10
_AHEAD = timedelta(days=3660)
"""How far ahead the calendar of the page may be asked."""
_Form = Mapping[str, str]
BADGES = {"done": "holds", "done-late": "warning", "late": "fails", "open": "edge", "nothing": "holds"}


def _page(request: Request, shelf: Shelf) -> Page:
    """Positions of a year, what is due on a day, holdings and bookings, with the forms."""
    assets = shelf.workspace.carbon_assets()
    book, asked = assets.book(), request.query_params
    on = _day(asked.get("on", ""))
    year = _year(asked.get("year", ""), current(assets, on))
    cited = last_price(library(), on)
    price = _price(asked.get("price", ""), cited.value if cited else None)
    only = asked.get("enterprise", "") if asked.get("enterprise", "") in book.accounts else ""
    says = _inventory(shelf, year) if book.accounts else {}
    positions, duties = (
        standings(assets, book, year, price, inventory=says),
        duty_rows(assets, book, on, only),
    )
    bookings = [each for each in reversed(book.bookings.values()) if only in ("", *each.enterprises)]
    leaf = min(leaf_of(request), max(0, (len(bookings) - 1) // _LEAF))
    shown = {
        "book": book, "unopened": _unopened(shelf.workspace), "on": on, "year": year, "years": years(assets, book), "only": only,
        "positions": [each for each in positions if only in ("", each.position.enterprise)],
        "rule_of_year": assets.calendar.surrender(year), "price": price, "cited": cited, "price_given": bool(asked.get("price")),
        "prices": prices(library()), "pending": [each for each in duties if not each.settled], "settled": [each for each in duties if each.settled],
        "concerned": any(each.by_state for each in duties),
        "holdings": [each for each in holding_rows(book) if each["account"] in COUNTERS or only in ("", each["account"])],
        "shown": bookings[leaf * _LEAF : (leaf + 1) * _LEAF], "corrected": book.corrected(), "leaf": leaf,
        "leaves": max(0, (len(bookings) - 1) // _LEAF) + 1, "rules": assets.rules, "kinds": KINDS,
        "counters": COUNTERS, "states": STATES, "badges": BADGES, "moves": MOVES, "acts": BOOKINGS, "cents": cents,
        "account_name": account_name, "worded": _worded, "bands": {each.band for rule in assets.rules.values() for each in rule.parameters},
        "open_parameters": _open_parameters(assets), "documents": documents(),
        "token": request.app.state.token.value, "person": person(request),
    }  # fmt: skip
    return Page("assets.html", shown, lambda: _data(assets, book, positions, year, on), lambda: entry_rows(bookings))  # fmt: skip


def _unopened(workspace: Workspace) -> dict[str, Text]:
    """The enterprises that an account may be opened for; none where there is no organisation."""
    try:
        return workspace.without_asset_account()
    except UnusableDeclaration as error:
        if error.code == "ORG-016":
            return {}
        raise


def _of_one(request: Request, shelf: Shelf) -> Response:
    """The page of an enterprise by its key. Raises HTTPException: it has no account."""
    key = request.path_params["act"]
    if key not in shelf.workspace.carbon_assets().book().accounts:
        raise HTTPException(404)
    return RedirectResponse(f"/assets?enterprise={quote(key, safe='')}", 303)


def _inventory(shelf: Shelf, year: int) -> dict[str, Inventoried]:
    """What the inventory says of a year, worked out once for each of its versions; nothing where there is no organisation."""
    carbon = shelf.stock.carbon()

    def made() -> dict[str, Inventoried]:
        return inventoried(
            Account(carbon.inventory, carbon.organisation, carbon.library, carbon.methods, year=str(year), boundary=BOUNDARY)
        )  # fmt: skip

    try:
        return carbon.view(("assets", year), made)
    except UnusableDeclaration as error:
        if error.code == "ORG-016":
            return {}
        raise


def _data(
    assets: CarbonAssets, book: Book, positions: tuple[Standing, ...], year: int, on: date
) -> dict[str, Any]:
    return {
        "year": year, "on": on,
        "accounts": [{"key": key, "zh": name.zh, "en": name.en} for key, name in book.accounts.items()],
        "positions": [standing_row(each) for each in positions],
        "due": [due_row(key, each) for key in book.accounts for each in assets.due(key, on, book=book)],
        "holdings": holding_rows(book), "entries": entry_rows(list(book.bookings.values())),
        "verified": list(book.verified.values()), "prices": [price_row(each) for each in prices(library())],
    }  # fmt: skip


def _worded(rule: Any, lang: str) -> str:
    return worded(rule.formula, {each.key: each.name for each in rule.parameters}, lang)


def _open_parameters(assets: CarbonAssets) -> dict[str, Text]:
    """The parameters that some rule leaves to the user, by name."""
    return {
        each.key: each.name
        for rule in assets.rules.values()
        for each in rule.parameters
        if each.value is None and each.verified is None
    }


def _day(text: str) -> date:
    """The day asked for, today where none is. Raises HTTPException: it is none, or too far ahead."""
    try:
        on = date.fromisoformat(text) if text else date.today()
    except ValueError as error:
        raise HTTPException(404) from error
    if on > date.today() + _AHEAD:
        raise HTTPException(404)
    return on


def _year(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else usual


def _price(text: str, usual: Decimal | None) -> Decimal | None:
    """The price asked for. Raises HTTPException: it is none."""
    if not text.strip():
        return usual
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or len(text) > 12 or not Decimal(text):
        raise HTTPException(404)
    return Decimal(text)


# --- forms


def _act(request: Request, workspace: Workspace, form: _Form) -> str:
    """Any act of the page, by the last part of the address."""
    name = request.path_params["act"]
    if name == "open-known":
        workspace.open_asset_accounts(form.get("by", ""), form.get("key", ""))
        return "/assets"
    act = _ACTS.get(name)
    if act is None:
        raise HTTPException(404)
    return "/assets" + act(workspace.carbon_assets(), form)


def _open(assets: CarbonAssets, form: _Form) -> str:
    assets.open(form.get("key", "").strip(), Text(form.get("zh", ""), form.get("en", "")), form.get("by", ""))
    return ""


def _verify(assets: CarbonAssets, form: _Form) -> str:
    who = form.get("enterprise", "")
    low, high = (stated_number(form[end], who) if form.get(end, "").strip() else None for end in ("low", "high"))  # fmt: skip
    emitted = Emitted(stated_number(form.get("amount", ""), who), low, high)
    assets.verify(who, year_of(form, "year"), emitted, form.get("words", ""), form.get("by", ""))
    return f"?year={form.get('year', '')}"


def _allocate(assets: CarbonAssets, form: _Form) -> str:
    given = {
        name: stated_number(form[f"given-{name}"], name)
        for name in _open_parameters(assets)
        if form.get(f"given-{name}", "").strip()
    }
    done = assets.allocate(
        form.get("enterprise", ""), form.get("rule", ""), day_of(form.get("day", ""), "day"), form.get("by", ""), given,
        form.get("words", ""),
    )  # fmt: skip
    return f"?year={done.year}#{done.id}"


def _book(assets: CarbonAssets, form: _Form) -> str:
    return "#" + book_move(assets, form.get("act", ""), form).id


def _correct(assets: CarbonAssets, form: _Form) -> str:
    day = day_of(form["day"], "day") if form.get("day", "").strip() else None
    return "#" + assets.correct(form.get("id", "").strip(), form.get("words", ""), form.get("by", ""), day).id


def _fulfil(assets: CarbonAssets, form: _Form) -> str:
    day = day_of(form.get("day", ""), "day")
    assets.fulfil(form.get("enterprise", ""), form.get("duty", ""), day, form.get("words", ""), form.get("by", ""))  # fmt: skip
    return "#due"


_ACTS: dict[str, Callable[[CarbonAssets, _Form], str]] = {
    "open": _open, "verify": _verify, "allocate": _allocate, "book": _book, "correct": _correct, "fulfil": _fulfil,
}  # fmt: skip
ASSET_PAGES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/assets": _page,
    "/assets/{act:str}": _of_one,
}
ASSET_ACTS = {"/assets/{act:str}": answering(_act)}
