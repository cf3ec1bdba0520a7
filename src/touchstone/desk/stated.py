"""What a row of a file or a form says, made an input, or refused with the part that cannot be used.

Everything is text as a person wrote it; nothing is guessed: a price without a unit, a low above its high, a day
that could be two days, a name where an anonymous code is due are refused, each with its place.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from functools import cache

from touchstone.desk.declared import declared
from touchstone.desk.input import Input, Origin
from touchstone.desk.refusal import refusal
from touchstone.errors import UnknownUnit, UnusableQuote
from touchstone.facts.quotation import is_price_unit
from touchstone.facts.text import Text
from touchstone.facts.unit import unit

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,8})?")
_RANGE = re.compile(rf"({_NUMBER.pattern})\s*(?:-|–|—|~|至|到|to)\s*({_NUMBER.pattern})")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_CODE = re.compile(r"[A-Za-z]{0,4}[-_.]?\d{1,8}|[A-Za-z]{1,2}")
_AMOUNT = re.compile(rf"({_NUMBER.pattern})\s*(\D*)")
_SERIALS = range(20_000, 80_000)
"""Days that a spreadsheet counts from 1899-12-30: 1954 to 2119."""


def input_of(fields: Mapping[str, str], quotation: str, where: str, origin: Origin) -> Input:
    """Make an input of what was written.

    Args:
        fields: text by field of data/assessment/columns.toml; `day#stored` is the number a spreadsheet keeps.
        quotation: the series it is about, where the fields name none.
        where: the place, for messages.

    Raises:
        UnusableQuote: DESK-020 to DESK-029, something that is needed is missing or cannot be understood.
    """
    given = {name: clean(text) for name, text in fields.items()}
    low, high = _price(given, where)
    quantity, quantity_unit = _quantity(given, where)
    return Input(
        quotation=given.get("quotation") or quotation,
        kind=_word("kind", given.get("kind", ""), where),
        low=low,
        high=high,
        unit=_unit(given.get("unit", ""), where),
        day=day_of(given.get("day", ""), where, given.get("day#stored", "")),
        origin=origin,
        at=_time(given.get("time", ""), where),
        quantity=quantity,
        quantity_unit=quantity_unit,
        delivery=given.get("delivery", ""),
        tax=_word("tax", given["tax"], where) if given.get("tax") else "",
        parties=_parties(given.get("parties", ""), where),
        note=given.get("note", ""),
    )


def clean(text: str) -> str:
    """Text in its usual form: full-width folded, spaces at the ends and control characters gone."""
    folded = unicodedata.normalize("NFKC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in folded).split())


def known_quotation(text: str, known: Collection[str], where: str) -> str:
    """A quotation, which must be one of those known. Raises UnusableQuote: DESK-041, with the nearest."""
    if text in known:
        return text
    near = get_close_matches(text.casefold(), list(known), n=3, cutoff=0.3)
    raise refusal(UnusableQuote, "DESK-041", where, found=text, near=", ".join(near) or "—")


def number_of(text: str, where: str) -> Decimal:
    """A price as written. Raises UnusableQuote: DESK-020, it is not a number above zero."""
    written = clean(text)
    if not _NUMBER.fullmatch(written) or not Decimal(written.replace(",", "")):
        raise refusal(UnusableQuote, "DESK-020", where, found=written or _NOTHING)
    return Decimal(written.replace(",", ""))


def day_of(text: str, where: str, stored: str = "") -> date:
    """A day as written: 2020-10-09, 2020/10/9, 2020年10月9日, or what a spreadsheet stores under another form.

    Raises:
        UnusableQuote: DESK-023, it is no day, or could be two (10/9/2020).
    """
    written = clean(text)
    found = _DAY.fullmatch(written)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if stored.isdecimal() and int(stored) in _SERIALS:
            day = date(1899, 12, 30) + timedelta(days=int(stored))
            if {str(day.day), str(day.month)} <= {part.lstrip("0") for part in re.findall(r"\d+", written)}:
                return day
    except ValueError:
        pass
    raise refusal(UnusableQuote, "DESK-023", where, found=written or _NOTHING)


def moment_of(text: str, where: str) -> date | datetime:
    """A day as `day_of` has it, which is its end; or a moment of the ledger, 2026-11-22T05:00+08:00, in UTC where it says no zone.

    Raises:
        UnusableQuote: DESK-023, it is neither.
    """
    found = _MOMENT.fullmatch(clean(text))
    if found is None:
        return day_of(text, where)
    try:
        stated = datetime.fromisoformat(
            f"{found[1]}T{found[2]}{'+00:00' if found[3] in (None, 'Z', 'UTC') else found[3]}"
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        raise refusal(UnusableQuote, "DESK-023", where, found=clean(text)) from None
    return stated


_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(UTC|Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
)
_NOTHING = Text("空白", "nothing")


@cache
def _words(group: str) -> dict[str, str]:
    """Every way of writing the words of a group: 成交, deal, transaction → deal."""
    rows = declared("columns")[group]
    return {
        name.casefold(): row["id"]
        for row in rows
        for name in (row["id"], row["zh"], row["en"], *row["names"])
    }


def _word(group: str, text: str, where: str) -> str:
    found = _words(group).get(text.casefold())
    if found is None:
        code = {"kind": "DESK-021", "tax": "DESK-022"}[group]
        raise refusal(UnusableQuote, code, where, found=text or _NOTHING)
    return found


def _price(given: Mapping[str, str], where: str) -> tuple[Decimal, Decimal]:
    """Low and high: two fields, or one that holds a figure or a range."""
    low, high = given.get("low", ""), given.get("high", "")
    if single := given.get("price", ""):
        found = _RANGE.fullmatch(single)
        low, high = (found[1], found[2]) if found else (single, single)
    ends = number_of(low or high, where), number_of(high or low, where)
    if ends[0] > ends[1]:
        raise refusal(UnusableQuote, "DESK-024", where, low=ends[0], high=ends[1])
    return ends


def _unit(text: str, where: str) -> str:
    try:
        if text and is_price_unit(unit(text)):
            return text
    except UnknownUnit:
        pass
    raise refusal(UnusableQuote, "DESK-025", where, found=text or _NOTHING)


def _quantity(given: Mapping[str, str], where: str) -> tuple[Decimal | None, str]:
    """The lot: 500 with a unit beside it, or 500公斤."""
    text = given.get("quantity", "")
    if not text:
        return None, ""
    found = _AMOUNT.fullmatch(text)
    printed = (found[2].strip() if found else "") or given.get("quantity_unit", "")
    try:
        if found and dict(unit(printed).dimension) == {"mass": 1}:
            return number_of(found[1], where), printed
    except UnknownUnit:
        pass
    raise refusal(UnusableQuote, "DESK-026", where, found=f"{text} {given.get('quantity_unit', '')}".strip())


def _time(text: str, where: str) -> time | None:
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise refusal(UnusableQuote, "DESK-027", where, found=text)


def _parties(text: str, where: str) -> tuple[str, ...]:
    """Anonymous codes, P07 or B12/S03; whoever stands behind a code is not known to the desk."""
    codes = tuple(part for part in re.split(r"[\s,;/、|]+", text) if part)
    if wrong := [code for code in codes if not _CODE.fullmatch(code)]:
        raise refusal(UnusableQuote, "DESK-028", where, found=", ".join(wrong))
    return codes
