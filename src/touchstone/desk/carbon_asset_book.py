"""The book of carbon assets: what the entries of the trail tell of accounts, bookings, verified emissions and duties done.

A booking has entries on several accounts that sum to zero for every kind of asset and vintage. Nothing is changed: a
correction is another booking with the entries of the first the other way round.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from touchstone.calc.carbon.assets.position import Emitted
from touchstone.desk.assessment import Act
from touchstone.desk.refusal import DamagedTrail, refusal
from touchstone.desk.trail import Entry
from touchstone.facts.text import Text

COUNTERS = {
    "issuer": Text("签发机构", "issuer"),
    "market": Text("市场", "market"),
    "retired": Text("已清缴或注销", "retired"),
    "outside": Text("工作区以外的企业", "an enterprise outside the workspace"),
}
"""Accounts that are nobody's holding here: what leaves or enters the enterprises comes from or goes to one of them."""
BOOKINGS = {
    "asset.allocate": Text("分配", "allocation"),
    "asset.issue": Text("签发", "issue"),
    "asset.buy": Text("买入", "purchase"),
    "asset.sell": Text("卖出", "sale"),
    "asset.transfer": Text("划转", "transfer"),
    "asset.surrender": Text("清缴", "surrender"),
    "asset.cancel": Text("注销", "cancellation"),
    "asset.book": Text("记账", "booking"),
    "asset.correct": Text("冲正", "correction"),
}
ACTS = (*BOOKINGS, "asset.open", "asset.verify", "asset.fulfil")
ABOUT = "carbon.assets"
"""What all acts on assets are about on the trail: one act may concern two enterprises."""
Holding = tuple[str, str, int]
"""Account, kind of asset, vintage."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry of a booking: so much of an asset and vintage comes into an account, or leaves it (below zero)."""

    account: str
    asset: str
    vintage: int
    amount: Decimal

    @property
    def holding(self) -> Holding:
        """What it changes."""
        return self.account, self.asset, self.vintage

    def content(self) -> list[Any]:
        """As the trail keeps it."""
        return [self.account, self.asset, self.vintage, f"{self.amount:f}"]


@dataclass(frozen=True, slots=True)
class Booking:
    """One booking.

    Attributes:
        id: `b` and the number of its entry on the trail; what: of `BOOKINGS`.
        day: it counts from; act: who recorded it, when, and the words given.
        price: CNY a unit, None where no money moved.
        year: whose emissions a surrender is for, or an allocation; None else.
        rule: key of the rule of an allocation, "" else; stage: pre or final; written: its formula with the numbers.
        reverses: id of the booking it corrects, "" for none.
    """

    id: str
    what: str
    day: date
    postings: tuple[Posting, ...]
    act: Act
    price: Decimal | None = None
    year: int | None = None
    rule: str = ""
    stage: str = ""
    written: Text = field(default=Text("", ""))
    reverses: str = ""

    @property
    def enterprises(self) -> tuple[str, ...]:
        """The enterprises it concerns."""
        return tuple(dict.fromkeys(each.account for each in self.postings if each.account not in COUNTERS))


@dataclass(frozen=True, slots=True)
class Verified:
    """Verified emissions as somebody stated them with evidence; a later statement takes the place of an earlier one."""

    enterprise: str
    year: int
    emitted: Emitted
    act: Act


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """A duty that an enterprise has done: key of the duty and the day."""

    enterprise: str
    duty: str
    day: date
    act: Act


@dataclass(slots=True)
class Book:
    """All that was told up to a moment. Accounts are enterprises with their names, in the order they were opened."""

    accounts: dict[str, Text] = field(default_factory=dict)
    bookings: dict[str, Booking] = field(default_factory=dict)
    verified: dict[tuple[str, int], Verified] = field(default_factory=dict)
    fulfilled: dict[tuple[str, str], Fulfilled] = field(default_factory=dict)

    def corrected(self) -> dict[str, str]:
        """The bookings that were corrected, with the ids of their corrections."""
        return {each.reverses: each.id for each in self.bookings.values() if each.reverses}

    def standing(self, on: date | None = None) -> Iterator[Booking]:
        """The bookings that count on a day (None: all) and were not corrected by then; corrections are none of them."""
        counting = [each for each in self.bookings.values() if on is None or each.day <= on]
        gone = {each.reverses for each in counting if each.reverses}
        return (each for each in counting if not each.reverses and each.id not in gone)

    def holdings(self, on: date | None = None) -> dict[Holding, Decimal]:
        """What every account holds on a day (None: by all bookings), counter accounts included; zeros are left out."""
        found: defaultdict[Holding, Decimal] = defaultdict(Decimal)
        for booking in self.bookings.values():
            if on is None or booking.day <= on:
                for each in booking.postings:
                    found[each.holding] += each.amount
        return {holding: amount for holding, amount in sorted(found.items()) if amount}

    def surrendered(self, enterprise: str, year: int, on: date | None = None) -> Decimal:
        """What an enterprise has surrendered for the emissions of a year by a day."""
        return _gone(self.standing(on), enterprise, "asset.surrender", year)

    def allocated(self, enterprise: str, asset: str, year: int) -> tuple[Booking, ...]:
        """The allocations of an asset and year to an enterprise that stand."""
        return tuple(
            each
            for each in self.standing()
            if each.what == "asset.allocate" and each.year == year and each.enterprises == (enterprise,)
            and all(posting.asset == asset for posting in each.postings)
        )  # fmt: skip


def told(entries: Iterable[Entry]) -> Book:
    """The book that entries tell. Raises DamagedTrail: DESK-038, an entry tells nothing."""
    book = Book()
    for entry in entries:
        with _telling(entry):
            _tell(book, entry)
    return book


def balanced(postings: Sequence[Posting]) -> dict[tuple[str, int], Decimal]:
    """By how much entries do not sum to zero, by asset and vintage; empty where they balance."""
    sums: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for each in postings:
        sums[each.asset, each.vintage] += each.amount
    return {key: amount for key, amount in sums.items() if amount}


def _gone(bookings: Iterable[Booking], enterprise: str, what: str, year: int) -> Decimal:
    amounts = (
        posting.amount
        for each in bookings
        if each.what == what and each.year == year
        for posting in each.postings
        if posting.account == enterprise
    )
    return -sum(amounts, Decimal(0))


@contextmanager
def _telling(entry: Entry) -> Iterator[None]:
    """An entry that tells nothing is damage and no crash."""
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise refusal(DamagedTrail, "DESK-038", entry.about, number=entry.number) from error


def _tell(book: Book, entry: Entry) -> None:
    content, act = entry.content, Act(entry.who, entry.at, str(entry.content.get("words", "")))
    if entry.what == "asset.open":
        book.accounts[content["enterprise"]] = Text(*content["name"])
    elif entry.what == "asset.verify":
        low, high = (None if content[end] is None else Decimal(content[end]) for end in ("low", "high"))
        emitted = Emitted(Decimal(content["tonnes"]), low, high)
        key = content["enterprise"], int(content["year"])
        book.verified[key] = Verified(*key, emitted, act)
    elif entry.what == "asset.fulfil":
        key = content["enterprise"], content["duty"]
        book.fulfilled[key] = Fulfilled(*key, date.fromisoformat(entry.day), act)
    else:
        made = _booking(entry, content, act)
        book.bookings[made.id] = made


def _booking(entry: Entry, content: Mapping[str, Any], act: Act) -> Booking:
    postings = (
        Posting(account, asset, int(year), Decimal(amount))
        for account, asset, year, amount in content["entries"]
    )
    price = content["price"]
    return Booking(
        f"b{entry.number}", entry.what, date.fromisoformat(entry.day), tuple(postings), act,
        None if price is None else Decimal(price), content["year"], content["rule"], content["stage"],
        Text(*content["written"]), content["reverses"],
    )  # fmt: skip
