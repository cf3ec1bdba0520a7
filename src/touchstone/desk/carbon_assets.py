"""Carbon assets: a ledger of double entry. Allowances, credits, sinks and certificates are allocated, bought, moved, surrendered.

Every act is one entry of the trail of the desk, or is refused and leaves none. Nothing is changed: a wrong booking is corrected
by another one. Names are stated, not proved; the registry of the market stays the record, this one says what it should show.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from touchstone.calc.carbon.assets.position import Emitted
from touchstone.desk.carbon_asset_book import ABOUT, ACTS, Book, Booking, Posting, told
from touchstone.desk.carbon_asset_reads import AssetReads
from touchstone.desk.carbon_asset_rules import (
    amount_of,
    first_of_its_stage,
    has_come,
    known_asset,
    known_enterprise,
    may_correct,
    may_surrender,
    moved,
    price_of,
    sound,
    usable_key,
    worked,
    wrong,
)
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.rules import named, reason, remark, today
from touchstone.facts.text import Text

_Made = tuple[Sequence[Posting], Mapping[str, Any]]
_PLAIN = {"price": None, "year": None, "rule": "", "stage": "", "written": ["", ""], "reverses": ""}


class CarbonAssets(AssetReads):
    """The carbon assets of the workspace that holds `ledger`.

    Every act takes `by`, the name of who does it, and `at`, the moment it is recorded (with a zone; None is now); a booking takes
    `day`, from which it counts, and returns the booking. Amounts are t CO2e, of certificates pieces; prices CNY a unit.
    Every act may raise NotAllowed: the codes ASSET-001 to ASSET-018 and ASSET-020 of data/carbon/assets/refusals.toml.
    """

    def open(self, enterprise: str, name: Text, by: str, at: datetime | None = None) -> None:
        """Open the account of an enterprise by the key the organisation has for it. Raises NotAllowed: ASSET-014."""
        usable_key(enterprise)
        content = {"enterprise": enterprise, "name": [reason(name.zh, enterprise), reason(name.en, enterprise)]}  # fmt: skip

        def check(book: Book) -> None:
            if enterprise in book.accounts:
                why = Text("已有账户", "which has an account already")
                raise refusal(NotAllowed, "ASSET-014", enterprise, found=enterprise, why=why)

        self._note("asset.open", today(at), check, content, by, at)

    def verify(
        self, enterprise: str, year: int, emitted: Emitted, words: str, by: str, at: datetime | None = None
    ) -> None:
        """State the verified emissions of an enterprise and year with the evidence; a later statement replaces it."""
        amount_of(emitted.tonnes, enterprise, zero=True)
        ends = emitted.low, emitted.high
        low, high = (emitted.tonnes if end is None else amount_of(end, enterprise, zero=True) for end in ends)
        if (emitted.low is None) != (emitted.high is None) or not low <= emitted.tonnes <= high:
            raise refusal(NotAllowed, "ASSET-017", enterprise, low=emitted.low, tonnes=emitted.tonnes, high=emitted.high)  # fmt: skip
        known_asset("cea", year, enterprise)
        content = {
            "enterprise": enterprise, "year": year, "tonnes": f"{emitted.tonnes:f}",
            "low": None if emitted.low is None else f"{emitted.low:f}",
            "high": None if emitted.high is None else f"{emitted.high:f}", "words": reason(words, enterprise),
        }  # fmt: skip
        self._note("asset.verify", today(at), lambda book: known_enterprise(book, enterprise), content, by, at)  # fmt: skip

    def fulfil(
        self, enterprise: str, duty: str, day: date, words: str, by: str, at: datetime | None = None
    ) -> None:
        """Note that an enterprise did a duty on a day. Raises NotAllowed: ASSET-016, there is none to be noted."""
        has_come(day, at)

        def check(book: Book) -> None:
            known_enterprise(book, enterprise)
            left = [
                each.key
                for each in self.duties_of(enterprise, today(at))
                if each.act != "surrender" and (enterprise, each.key) not in book.fulfilled
            ]  # fmt: skip
            if duty not in left:
                why = Text(f"“{duty}”不在其中", f"{duty!r} is none of them")
                raise refusal(NotAllowed, "ASSET-016", enterprise, why=why, choices=", ".join(left) or "—")

        content = {"enterprise": enterprise, "duty": duty, "words": remark(words, duty)}
        self._note("asset.fulfil", day, check, content, by, at)

    def allocate(
        self, enterprise: str, rule: str, day: date, by: str, given: Mapping[str, Decimal] | None = None,
        words: str = "", at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Book what a rule gives; the final allocation of a year books the difference to what was allocated before, be it nothing.

        Args:
            given: parameters of the rule that its document leaves open, with the evidence in `words`.
        """

        def made(book: Book) -> _Made:
            known_enterprise(book, enterprise)
            found = self._allowance(book, enterprise, rule, given or {})
            known, total = found.rule, amount_of(worked(found), enterprise, zero=True)
            if given:
                reason(words, enterprise)
            there = book.allocated(enterprise, known.asset, known.year)
            first_of_its_stage(there, known.stage, enterprise)
            before = sum((p.amount for each in there for p in each.postings if p.account == enterprise), Decimal(0))  # fmt: skip
            return moved("issuer", enterprise, known.asset, known.year, total - before), {
                "year": known.year, "rule": known.key, "stage": known.stage,
                "written": [found.written.zh, found.written.en],
            }  # fmt: skip

        return self._book("asset.allocate", day, made, words, by, at)

    def issue(
        self, enterprise: str, asset: str, vintage: int, amount: Decimal, day: date, words: str, by: str,
        at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Book what an issuer gave an enterprise outside the rules of allocation (credits, certificates, earlier years)."""
        return self._moving("asset.issue", "issuer", enterprise, asset, vintage, amount, None, day, reason(words, enterprise), by, at)  # fmt: skip

    def buy(
        self, enterprise: str, asset: str, vintage: int, amount: Decimal, price: Decimal | None, day: date,
        by: str, words: str = "", at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Book what an enterprise bought on the market. Raises NotAllowed: ASSET-007, no price."""
        price = price_of(price, enterprise, needed=True)
        return self._moving("asset.buy", "market", enterprise, asset, vintage, amount, price, day, words, by, at)  # fmt: skip

    def sell(
        self, enterprise: str, asset: str, vintage: int, amount: Decimal, price: Decimal | None, day: date,
        by: str, words: str = "", at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Book what an enterprise sold on the market. Raises NotAllowed: ASSET-007, no price; ASSET-002."""
        price = price_of(price, enterprise, needed=True)
        return self._moving("asset.sell", enterprise, "market", asset, vintage, amount, price, day, words, by, at)  # fmt: skip

    def transfer(
        self, giver: str, taker: str, asset: str, vintage: int, amount: Decimal, day: date, by: str,
        price: Decimal | None = None, words: str = "", at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Book what went from one enterprise to another (`outside`: one without an account here), free where no price is given."""
        if giver == taker:
            raise wrong("asset.transfer", Text("受让方", "taker"), taker, Text("另一家企业", "another enterprise"))  # fmt: skip
        price = price_of(price, giver, needed=False)
        return self._moving("asset.transfer", giver, taker, asset, vintage, amount, price, day, words, by, at, ("outside",))  # fmt: skip

    def surrender(
        self, enterprise: str, year: int, asset: str, vintage: int, amount: Decimal, day: date, by: str,
        words: str = "", at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Surrender for the emissions of a year. Raises NotAllowed: ASSET-003, too late; ASSET-004, it does not count for it."""
        amount_of(amount, enterprise)
        known_asset(asset, vintage, enterprise)
        years = (each.year for each in self.calendar.single if each.act == "surrender")
        may_surrender(self.calendar.surrender(year), asset, vintage, year, day, years)

        def made(book: Book) -> _Made:
            known_enterprise(book, enterprise)
            return moved(enterprise, "retired", asset, vintage, amount), {"year": year}

        return self._book("asset.surrender", day, made, words, by, at)

    def cancel(
        self, enterprise: str, asset: str, vintage: int, amount: Decimal, day: date, words: str, by: str,
        at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Retire something for no duty, with the reason (a claim, a voluntary cancellation)."""
        return self._moving("asset.cancel", enterprise, "retired", asset, vintage, amount, None, day, reason(words, enterprise), by, at)  # fmt: skip

    def post(
        self, postings: Sequence[Posting], day: date, words: str, by: str, price: Decimal | None = None,
        at: datetime | None = None,
    ) -> Booking:  # fmt: skip
        """Book entries as given, with the reason: several accounts at once, or what no other act says.

        Raises:
            NotAllowed: ASSET-001, they do not balance; ASSET-007, the market is among the accounts and no price is given.
        """
        price = price_of(price, "asset.book", needed=any(each.account == "market" for each in postings))
        if not postings:
            raise wrong("asset.book", Text("分录", "entries"), "", Text("至少两条分录", "two entries at least"))  # fmt: skip
        shown = None if price is None else f"{price:f}"
        return self._book("asset.book", day, lambda _: (postings, {"price": shown}), reason(words, "asset.book"), by, at)  # fmt: skip

    def correct(self, id: str, words: str, by: str, day: date | None = None, at: datetime | None = None) -> Booking:  # fmt: skip
        """Correct a booking by one with its entries the other way round, with the reason; on its own day by default.

        Raises:
            NotAllowed: ASSET-011, ASSET-012; ASSET-002, what it brought has gone since; ASSET-008, a day before the booking.
        """
        given = reason(words, id)

        def made(book: Book) -> _Made:
            known = may_correct(book, id)
            if (day or known.day) < known.day:
                raise wrong(id, Text("日期", "day"), str(day), Text(f"{known.day}或以后", f"{known.day} or later"))  # fmt: skip
            back = [Posting(each.account, each.asset, each.vintage, -each.amount) for each in known.postings]
            return back, {"reverses": id, "year": known.year, "rule": known.rule}

        known = may_correct(self.book(), id)
        return self._book("asset.correct", day or known.day, made, given, by, at)

    # --- how an act is kept

    def _moving(
        self, what: str, giver: str, taker: str, asset: str, vintage: int, amount: Decimal, price: Decimal | None,
        day: date, words: str, by: str, at: datetime | None, free: tuple[str, ...] = ("issuer", "market", "retired"),
    ) -> Booking:  # fmt: skip
        """Book that an amount went from one account to another; those that are not `free` must be enterprises."""
        amount_of(amount, giver)
        known_asset(asset, vintage, giver)

        def made(book: Book) -> _Made:
            for each in (giver, taker):
                if each not in free:
                    known_enterprise(book, each)
            shown = None if price is None else f"{price:f}"
            return moved(giver, taker, asset, vintage, amount), {"price": shown}

        return self._book(what, day, made, words, by, at)

    def _book(
        self, what: str, day: date, made: Callable[[Book], _Made], words: str, by: str, at: datetime | None
    ) -> Booking:
        who, given = named(by), remark(words, what)
        has_come(day, at)
        with self.trail.writing() as writing:
            before = told(writing.entries(ABOUT, what=ACTS))
            postings, more = made(before)
            content = {**_PLAIN, **more, "entries": [each.content() for each in postings], "words": given}
            sound(before, what, day, postings)
            entry = writing.append(ABOUT, day, what, who, content, at)
        return next(iter(told([entry]).bookings.values()))

    def _note(
        self, what: str, day: date, check: Callable[[Book], None], content: Mapping[str, Any], by: str,
        at: datetime | None,
    ) -> None:  # fmt: skip
        who = named(by)
        with self.trail.writing() as writing:
            check(told(writing.entries(ABOUT, what=ACTS)))
            writing.append(ABOUT, day, what, who, content, at)
