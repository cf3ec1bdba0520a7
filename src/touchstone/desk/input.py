"""An input: one deal, bid, offer or indication that was reported, with where it was written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from touchstone.desk.ranged import Ranged
from touchstone.facts.fact import fact_id

_ORIGIN = ("file", "hash", "place", "quote", "nth")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an input was written down: the cell range of a file, or nowhere, when it was typed.

    Attributes:
        file: name of the file, "" for a typed one.
        hash: SHA-256 of its bytes, which the library keeps.
        place: sheet and row in the user's terms, `价格 row 5`; for a typed one the moment of typing.
        quote: the row as printed, or the words of the form.
        nth: of rows of one file that say the same, which one: two equal deals are two.
    """

    file: str = ""
    hash: str = ""
    place: str = ""
    quote: str = ""
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Input(Ranged):
    """What somebody reported.

    Attributes:
        quotation: code of the series it is about.
        kind: deal, bid, offer or indication.
        low, high: the price; equal where one figure was given.
        unit: as stated, money per quantity.
        day, at: when it was concluded or stood, in the market's local time; `at` None where not stated.
        quantity, quantity_unit: the lot; None and "" where not stated.
        delivery, tax: basis as stated, "" where not; tax is included or excluded.
        parties: anonymous codes of who reported it and of the other side; never names.
        note: anything else that was said.
        origin: where it was written down.
    """

    quotation: str
    kind: str
    low: Decimal
    high: Decimal
    unit: str
    day: date
    origin: Origin
    at: time | None = None
    quantity: Decimal | None = None
    quantity_unit: str = ""
    delivery: str = ""
    tax: str = ""
    parties: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        """20 hexadecimal digits: what a file says again, saved anew or with more rows, is the same input.

        So is what is typed again, word for word: a form that was sent twice is one input.
        """
        which = str(self.origin.nth) if self.origin.file else "typed"
        said = {name: text for name, text in self.content().items() if name not in _ORIGIN}
        return fact_id(*said.values(), which)

    @property
    def printed(self) -> str:
        """The price as it was stated: 985, 985-990."""
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    @property
    def substance(self) -> tuple[object, ...]:
        """All it says but the day: a second input that says the same was copied or carried over."""
        return (
            self.kind, self.low, self.high, self.unit, self.quantity, self.quantity_unit, self.delivery,
            self.tax, self.parties,
        )  # fmt: skip

    def content(self) -> dict[str, Any]:
        """Its fields as plain values, for the trail."""
        return {
            "quotation": self.quotation, "kind": self.kind, "low": str(self.low), "high": str(self.high),
            "unit": self.unit, "day": self.day.isoformat(),
            "at": None if self.at is None else self.at.isoformat(),
            "quantity": None if self.quantity is None else str(self.quantity),
            "quantity_unit": self.quantity_unit, "delivery": self.delivery, "tax": self.tax,
            "parties": list(self.parties), "note": self.note, "file": self.origin.file,
            "hash": self.origin.hash, "place": self.origin.place, "quote": self.origin.quote, "nth": self.origin.nth,
        }  # fmt: skip


def input_from(content: Mapping[str, Any]) -> Input:
    """An input as the trail holds it."""
    given = dict(content)
    origin = Origin(*(given.pop(name) for name in _ORIGIN))
    given |= {
        "low": Decimal(given["low"]),
        "high": Decimal(given["high"]),
        "day": date.fromisoformat(given["day"]),
    }
    given["at"] = given["at"] and time.fromisoformat(given["at"])
    given["quantity"] = given["quantity"] and Decimal(given["quantity"])
    given["parties"] = tuple(given["parties"])
    return Input(**given, origin=origin)
