"""What every booking of carbon assets must meet: it balances, nobody gives more than they hold, what is named is known."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from touchstone.calc.carbon.assets.allocation import Allowance
from touchstone.calc.carbon.assets.compliance import Duty
from touchstone.calc.carbon.assets.kind import KINDS
from touchstone.calc.carbon.factors.reference import sectors
from touchstone.calc.carbon.line import PLACES
from touchstone.desk.carbon_asset_book import COUNTERS, Book, Booking, Posting, balanced
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.rules import today
from touchstone.desk.stated import clean
from touchstone.facts.text import Text

_LARGEST = Decimal(10) ** 12
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}")
_YEARS = range(2000, 2101)
_WRITTEN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,12})?", re.ASCII)
_NOTHING = Text("空白", "nothing")


def usable_key(key: str) -> None:
    """Let pass the key of an enterprise. Raises NotAllowed: ASSET-014, it is none, or that of a counter account."""
    if not _KEY.fullmatch(key) or key in COUNTERS:
        why = Text("不是可用的键", "which is no usable key")
        raise refusal(NotAllowed, "ASSET-014", "enterprise", found=key[:70] or _NOTHING, why=why)


def known_enterprise(book: Book, key: str) -> None:
    """Let pass an enterprise that has an account. Raises NotAllowed: ASSET-005, with the nearest."""
    if key not in book.accounts:
        near = ", ".join(get_close_matches(key, book.accounts, 3)) or "—"
        raise refusal(NotAllowed, "ASSET-005", key or "enterprise", found=key or _NOTHING, near=near)


def amount_of(amount: Decimal, where: str, *, zero: bool = False) -> Decimal:
    """An amount above zero (or not below it), as it was given. Raises NotAllowed: ASSET-006."""
    exponent = amount.as_tuple().exponent
    fits = (
        isinstance(exponent, int) and exponent >= -PLACES and (0 < amount < _LARGEST or (zero and not amount))
    )
    if not fits:
        raise refusal(NotAllowed, "ASSET-006", where, found=f"{amount}"[:60], places=PLACES)
    return amount


def price_of(price: Decimal | None, where: str, *, needed: bool) -> Decimal | None:
    """The price where money moved. Raises NotAllowed: ASSET-007, there is none, or it is not above zero."""
    if (price is None and needed) or (price is not None and not (price.is_finite() and 0 < price < _LARGEST)):
        raise refusal(NotAllowed, "ASSET-007", where, found=_NOTHING if price is None else str(price)[:60])
    return price


def known_asset(asset: str, vintage: int, where: str) -> None:
    """Let pass an asset and vintage that there are. Raises NotAllowed: ASSET-008."""
    if asset not in KINDS:
        raise wrong(where, Text("资产", "asset"), asset, ", ".join(KINDS))
    if vintage not in _YEARS:
        raise wrong(where, Text("年份", "vintage"), str(vintage), f"{_YEARS[0]}-{_YEARS[-1]}")


def has_come(day: date, at: datetime | None) -> None:
    """Nothing is booked ahead. Raises NotAllowed: ASSET-013, the day is later than today."""
    if day > (now := today(at)):
        raise refusal(NotAllowed, "ASSET-013", day.isoformat(), day=day, today=now)


def sound(book: Book, what: str, day: date, postings: Sequence[Posting]) -> None:
    """Let pass entries that may stand beside the others as a booking of a day. An allocation, or its correction, may be of nothing.

    Raises:
        NotAllowed: ASSET-005 or ASSET-008, an account, asset or vintage is not known; ASSET-001, it does not balance;
            ASSET-002, an enterprise would have given more than it held, on its day or a later one.
    """
    for each in postings:
        if each.account not in COUNTERS:
            known_enterprise(book, each.account)
        known_asset(each.asset, each.vintage, what)
        amount_of(abs(each.amount), what, zero=what in ("asset.allocate", "asset.correct"))
        if each.account == "retired" and each.amount < 0 and what != "asset.correct":
            raise wrong(
                what, Text("账户", "account"), "retired",
                Text("已清缴或注销的不能再取出；有误请冲正", "what is retired stays so; where it was wrong, correct it"),
            )  # fmt: skip
    if off := balanced(postings):
        (asset, vintage), amount = next(iter(off.items()))
        raise refusal(NotAllowed, "ASSET-001", what, asset=KINDS[asset].name, vintage=vintage, off=f"{amount:+f}")  # fmt: skip
    _held(book, day, postings)


def may_surrender(duty: Duty | None, asset: str, vintage: int, year: int, day: date, years: Iterable[int]) -> None:  # fmt: skip
    """Let pass a surrender in time, for a year that is due, of what counts for it. Raises NotAllowed: ASSET-003, ASSET-004."""
    if duty is None:
        known = ", ".join(map(str, years))
        found = Text(f"{year}年度", f"the year {year}")
        expected = Text(f"有清缴期限的年度：{known}", f"a year with a day of surrender: {known}")
        raise refusal(NotAllowed, "ASSET-004", str(year), found=found, expected=expected)
    if asset not in duty.assets or vintage not in duty.vintages:
        named = [f"{each} {of}" for each in duty.assets for of in duty.vintages]
        raise refusal(
            NotAllowed, "ASSET-004", duty.key, found=Text(f"{asset} {vintage}", f"{asset} {vintage}"),
            expected=Text("、".join(named), ", ".join(named)),
        )  # fmt: skip
    if day > duty.due:
        raise refusal(NotAllowed, "ASSET-003", duty.key, day=day, due=duty.due)


def worked(found: Allowance) -> Decimal:
    """The amount of an allowance. Raises NotAllowed: ASSET-009, its rule lacks parameters, with the reasons."""
    if found.amount is None:
        said = [(each.name, each.reason) for each in found.lacking]
        raise refusal(
            NotAllowed, "ASSET-009", found.rule.key,
            lacking=Text(
                "；".join(f"{name.zh}{f'（{why.zh}）' if why else ''}" for name, why in said),
                "; ".join(f"{name.en}{f' ({why.en})' if why else ''}" for name, why in said),
            ),
            names=", ".join(each.key for each in found.lacking),
        )  # fmt: skip
    return found.amount


def first_of_its_stage(there: Sequence[Booking], stage: str, where: str) -> None:
    """One allocation of each stage, and none beforehand after the final one. Raises NotAllowed: ASSET-018."""
    for each in there:
        if each.stage == stage or each.stage == "final":
            raise refusal(NotAllowed, "ASSET-018", where, id=each.id, rule=each.rule, day=each.day)


def may_correct(book: Book, id: str) -> Booking:
    """The booking that is to be corrected. Raises NotAllowed: ASSET-011, there is none; ASSET-012, it may not be."""
    if id not in book.bookings:
        raise refusal(NotAllowed, "ASSET-011", id or "id")
    known, done = book.bookings[id], book.corrected()
    why = None
    if known.reverses:
        why = Text("它本身是冲正", "it is a correction itself")
    elif id in done:
        why = Text(f"已由{done[id]}冲正", f"{done[id]} has corrected it")
    elif known.stage == "pre" and (last := _final(book, known)):
        why = Text(f"核定{last}按它计算差额，须先冲正", f"the final allocation {last} was reckoned from it and must be corrected first")  # fmt: skip
    if why:
        raise refusal(NotAllowed, "ASSET-012", id, why=why)
    return known


def out_of_sector(rule: str, sector: str, produced: Iterable[str]) -> NotAllowed:
    """ASSET-020: a rule of one sector for an enterprise of others."""
    names = [sectors()[each].name for each in sorted(produced)]
    found = Text("、".join(each.zh for each in names) or "—", ", ".join(each.en for each in names) or "-")
    return refusal(NotAllowed, "ASSET-020", rule, found=found, sector=sectors()[sector].name)


def wrong(where: str, part: Text, found: str, expected: str | Text) -> NotAllowed:
    """ASSET-008: a part of a booking says something that is not known."""
    return refusal(NotAllowed, "ASSET-008", where, part=part, found=found or _NOTHING, expected=expected)


def _final(book: Book, pre: Booking) -> str:
    assert pre.year is not None
    there = book.allocated(pre.enterprises[0], pre.postings[0].asset, pre.year)
    return next((each.id for each in there if each.stage == "final"), "")


def _held(book: Book, day: date, postings: Sequence[Posting]) -> None:
    """No holding of an enterprise is below zero on any day from that of the entries on."""
    days = sorted({day} | {known.day for known in book.bookings.values() if known.day > day})
    for each in postings:
        if each.account in COUNTERS or each.amount >= 0:
            continue
        change = sum((p.amount for p in postings if p.holding == each.holding), Decimal(0))
        for then in days:
            held = book.holdings(then).get(each.holding, Decimal(0))
            if held + change < 0:
                raise refusal(
                    NotAllowed, "ASSET-002", each.account, asset=KINDS[each.asset].name, vintage=each.vintage,
                    held=f"{held:f}", day=then, wanted=f"{-change:f}",
                )  # fmt: skip


def moved(giver: str, taker: str, asset: str, vintage: int, amount: Decimal) -> tuple[Posting, ...]:
    """The two entries by which an amount goes from one account to another."""
    return Posting(giver, asset, vintage, -amount), Posting(taker, asset, vintage, amount)


def stated_number(text: str, where: str) -> Decimal:
    """A number as a person wrote it, with its sign; commas between thousands are let pass. Raises NotAllowed: ASSET-006."""
    written = clean(text)
    if not _WRITTEN.fullmatch(written):
        raise refusal(NotAllowed, "ASSET-006", where, found=written[:60] or _NOTHING, places=PLACES)
    return Decimal(written.replace(",", ""))
