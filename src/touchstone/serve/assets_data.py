"""Carbon assets as rows: positions with what they are worth, duties, holdings, bookings; the same for page, twin and command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from touchstone.calc.carbon.assets.compliance import Due, Duty
from touchstone.calc.carbon.assets.inventoried import Inventoried
from touchstone.calc.carbon.assets.kind import KINDS
from touchstone.calc.carbon.assets.position import Exposure, Position, exposure
from touchstone.calc.carbon.assets.price import Price
from touchstone.desk.carbon_asset_book import COUNTERS, Book, Booking
from touchstone.desk.carbon_assets import CarbonAssets
from touchstone.facts.text import Text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """A position, with what it is worth at a price and what the inventory says.

    `worth` is None where no price is known, `inventoried` where the inventory says nothing of the enterprise and year;
    `due_now`: rule, allocated, and what it would give now, where these differ.
    """

    name: Text
    position: Position
    worth: Exposure | None
    inventoried: Inventoried | None = None
    due_now: tuple[str, Decimal, Decimal] | None = None

    @property
    def apart(self) -> Decimal | None:
        """What was verified less what the inventory says; None where one of them is not known."""
        emitted = self.position.emitted
        return emitted.tonnes - self.inventoried.tonnes if emitted and self.inventoried else None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty and how it stands with each enterprise, by state; empty for a duty of the authority."""

    duty: Duty
    by_state: Mapping[str, tuple[tuple[Text, Due], ...]]

    @property
    def settled(self) -> bool:
        """Whether nothing is left to any enterprise."""
        return not {"late", "open"} & set(self.by_state)


def standings(
    assets: CarbonAssets, book: Book, year: int, price: Decimal | None, on: date | None = None,
    inventory: Mapping[str, Inventoried] | None = None,
) -> tuple[Standing, ...]:  # fmt: skip
    """The positions of a year in the order of the accounts; `inventory`, what it says of that year by enterprise."""
    says = inventory or {}
    return tuple(
        Standing(
            book.accounts[each.enterprise],
            each,
            exposure(each, price) if price is not None else None,
            says.get(each.enterprise),
            assets.due_now(each.enterprise, year, book),
        )
        for each in assets.positions(year, on=on, book=book)
    )


def duty_rows(assets: CarbonAssets, book: Book, on: date, only: str = "") -> tuple[DutyRow, ...]:
    """The duties that there are on a day, in the order they fall due, with the enterprises (or one) by state.

    A duty of enterprises that concerns none of those that have an account is left out: it is not done, it is nobody's here.
    """
    standing: dict[str, dict[str, list[tuple[Text, Due]]]] = {}
    for key, name in book.accounts.items():
        if only in ("", key):
            for each in assets.due(key, on, book=book):
                standing.setdefault(each.duty.key, {}).setdefault(each.state, []).append((name, each))
    return tuple(
        DutyRow(duty, {state: tuple(found) for state, found in standing.get(duty.key, {}).items()})
        for duty in assets.calendar.duties(on)
        if duty.who != "enterprise" or duty.key in standing
    )


def years(assets: CarbonAssets, book: Book) -> tuple[int, ...]:
    """The years with a duty to surrender, a holding or verified emissions, the latest first."""
    due = {each.year for each in assets.calendar.single if each.act == "surrender"}
    held = {vintage for (who, _, vintage) in book.holdings() if who not in COUNTERS}
    return tuple(sorted(due | held | {year for _, year in book.verified}, reverse=True))


def current(assets: CarbonAssets, on: date) -> int:
    """The year whose surrender falls due next; the last known one where all are past."""
    due = sorted((each.due, each.year) for each in assets.calendar.single if each.act == "surrender")
    ahead = [year for day, year in due if day >= on]
    return ahead[0] if ahead else due[-1][1]


def account_name(book: Book, account: str) -> Text:
    """An account in words."""
    return COUNTERS.get(account) or book.accounts[account]


def cents(money: Decimal | None) -> Decimal | None:
    """Money as it is shown: to a hundredth of a yuan, half to even."""
    return None if money is None else money.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def standing_row(given: Standing) -> Row:
    """A position as one flat row."""
    of, worth, emitted = given.position, given.worth, given.position.emitted
    return {
        "enterprise": of.enterprise, "name_zh": given.name.zh, "name_en": given.name.en, "year": of.year,
        "emitted": emitted and emitted.tonnes, "emitted_low": emitted and emitted.low, "emitted_high": emitted and emitted.high,
        "inventory": given.inventoried and given.inventoried.tonnes, "inventory_missing": given.inventoried and given.inventoried.missing,
        "verified_less_inventory": given.apart,
        "allocated": given.due_now and given.due_now[1], "allocated_by_rule_now": given.due_now and given.due_now[2],
        "held": of.held, "surrendered": of.surrendered, "to_surrender": of.to_surrender, "balance": of.balance,
        "price": worth and worth.price, "value": worth and cents(worth.value), "value_low": worth and cents(worth.low),
        "value_high": worth and cents(worth.high), "value_price_up": worth and cents(worth.step), "per_yuan": worth and worth.per_yuan,
    }  # fmt: skip


def due_row(enterprise: str, given: Due) -> Row:
    """A duty of one enterprise as one flat row."""
    duty = given.duty
    return {
        "enterprise": enterprise, "duty": duty.key, "zh": duty.name.zh, "en": duty.name.en, "act": duty.act, "due": duty.due,
        "state": given.state, "done": given.done, "days": given.days, "document": duty.document, "clause": duty.clause,
        "tag": duty.tag,
    }  # fmt: skip


def entry_rows(bookings: Sequence[Booking]) -> list[Row]:
    """One row for every entry of every booking."""
    return [
        {
            "id": each.id, "day": each.day, "what": each.what, "account": entry.account, "asset": entry.asset,
            "vintage": entry.vintage, "amount": entry.amount, "unit": KINDS[entry.asset].unit.en, "price": each.price,
            "year": each.year, "rule": each.rule, "reverses": each.reverses, "by": each.act.by, "at": each.act.at, "words": each.act.words,
        }
        for each in bookings
        for entry in each.postings
    ]  # fmt: skip


def holding_rows(book: Book) -> list[Row]:
    """One row for every account, asset and vintage that is not zero."""
    return [
        {"account": who, "asset": asset, "vintage": vintage, "amount": amount}
        for (who, asset, vintage), amount in book.holdings().items()
    ]


def price_row(given: Price) -> Row:
    """A price as one flat row."""
    return {
        "value": given.value, "unit": "CNY/t", "first": given.first, "last": given.last, "zh": given.what.zh, "en": given.what.en,
        "document": given.document, "tag": given.tag, "factor": given.factor,
    }  # fmt: skip
