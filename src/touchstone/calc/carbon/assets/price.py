"""Prices of allowances: the cited ones of the factor library, with the days they hold for. None is filled in between."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.calc.carbon.factors.library import Library
from touchstone.facts.text import Text

_ITEMS = {"cea": "allowance.cea"}
"""The item of the library that an asset is priced under; the others have no published price in it."""

_WHAT = {
    "首日开盘价": "opening price of the first day",
    "收盘价": "closing price",
    "年末综合收盘价": "composite closing price at the end of the year",
    "当日价": "price of the day",
    "8月日均价": "daily average of August",
    "9月均价": "average of September",
}
"""What a price is in the words of its source, and in English; other words stand as they are."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price of one asset.

    Attributes:
        value: in CNY/t, as printed; None where it is known that there is one and not what it is: `note` says why.
        first, last: the days it is of; `last` None where open.
        factor: id in the library; what: opening, closing or mean.
    """

    value: Decimal | None
    first: date
    last: date | None
    what: Text
    document: str
    tag: str
    factor: str
    note: Text | None


def prices(library: Library, asset: str = "cea") -> tuple[Price, ...]:
    """All prices of an asset, the earliest first; none where the library has no item for it."""
    found = (each for each in library.of("price", _ITEMS.get(asset, "")) if each.valid_from)
    made = (
        Price(each.value, each.valid_from, each.valid_to, Text(each.clause, _WHAT.get(each.clause, each.clause)), each.document, each.tag, each.id, each.note)
        for each in found
        if each.valid_from
    )  # fmt: skip
    return tuple(sorted(made, key=lambda each: (each.first, each.last or date.max)))


def last_price(library: Library, on: date, asset: str = "cea") -> Price | None:
    """The last price that was known of days up to `on`; None where there is none.

    It may be old: whoever shows it shows its days. A mean counts once its last day has come; unverified ones do not count.
    """
    ended = [
        each
        for each in prices(library, asset)
        if each.value is not None and each.last and each.last <= on and each.tag != "unverified"
    ]
    return max(ended, key=lambda each: (each.last or each.first, each.first), default=None)
