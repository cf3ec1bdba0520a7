"""Value-added tax by date: the rate a price with tax contains, with the document that sets it.

Source of every rate: data/tax.toml. A rate nobody has stated there is refused, never the nearest one taken.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from touchstone.errors import NoRate
from touchstone.facts.text import Text

_FILE = Path(__file__).parents[1] / "data" / "tax.toml"


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of value-added tax and its validity.

    Attributes:
        country: `CN`.
        categories: what it is levied on: `metals` (metals and their products), `ores` (ores and concentrates).
        percent: 13 means that a price without tax times 1.13 is the price with tax.
        first, last: the days between which it holds, both included; `last` is None for the rate in force.
        source: the document.
        clause: the clause that sets the rate, and the one that sets its first day.
    """

    country: str
    categories: tuple[str, ...]
    percent: Decimal
    first: date
    last: date | None
    source: str
    clause: str

    @property
    def factor(self) -> Fraction:
        """Price with tax per price without, exact: 113/100."""
        return 1 + Fraction(self.percent) / 100

    def holds(self, day: date) -> bool:
        """True where the rate holds on the day."""
        return self.first <= day and (self.last is None or day <= self.last)


def value_added_tax(country: str, day: date, category: str = "metals") -> Rate:
    """The rate of value-added tax on a day.

    Raises:
        NoRate: no rate is stated for this country, category or day; where one was left out on purpose, the message
            says why.

    It is the rate of a sale by an ordinary taxpayer; refunds, exports and simplified levies are not rates of this kind.

    >>> value_added_tax("CN", date(2020, 10, 9)).percent
    Decimal('13')
    """
    same = [rate for rate in rates() if rate.country == country and category in rate.categories]
    found = next((rate for rate in same if rate.holds(day)), None)
    if found is None:
        raise _no_rate(country, day, category, same)
    return found


@cache
def rates() -> tuple[Rate, ...]:
    """All rates, in the order of the file."""
    return tuple(
        Rate(
            row["country"], tuple(row["categories"]), Decimal(row["percent"]), row["first"], row.get("last"),
            row["source"], row["clause"],
        )
        for row in _data()["rate"]
    )  # fmt: skip


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _no_rate(country: str, day: date, category: str, same: list[Rate]) -> NoRate:
    where = f"value-added tax, {country}, {category}"
    for row in _data()["left_out"]:
        until = row.get("last")
        if (row["country"], row["category"]) == (country, category) and (until is None or day <= until):
            why = row["reason"]
            return NoRate(
                "TAX-002", where, day.isoformat(), f"a rate by date alone; there is none: {why['en']}",
                "the price was not converted", "state the price in both forms, or take its tax basis from the source",
                zh=(
                    day.isoformat(), f"只按日期确定的税率；这里没有：{why['zh']}",
                    "没有换算含税与不含税价格", "请同时给出含税价和不含税价，或按来源注明的税价口径",
                ),
            )  # fmt: skip
    known = _stated(same or list(rates()))
    return NoRate(
        "TAX-001", where, day.isoformat(), f"a country, category and day with a stated rate: {known.en}",
        "the price was not converted", "add the rate to data/tax.toml with its document and clause",
        zh=(
            day.isoformat(), f"已列明税率的国家、类别和日期：{known.zh}",
            "没有换算含税与不含税价格", "在data/tax.toml中补充税率，并注明文件和条款",
        ),
    )  # fmt: skip


def _stated(some: list[Rate]) -> Text:
    """What is known: countries, categories, days."""
    zh = (f"{each.country} {'、'.join(each.categories)} {each.first}至{each.last or '今'}" for each in some)
    en = (
        f"{each.country} {', '.join(each.categories)} {each.first} to {each.last or 'now'}" for each in some
    )
    return Text("；".join(zh), "; ".join(en))
