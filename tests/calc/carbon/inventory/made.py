"""A smelter and what it did, for tests."""

from datetime import date
from decimal import Decimal

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.inventory.plant import Plant

SMELTER = Plant("s1", ("yn", "group"), "CN-53", (("cn-ndrc-2013-al", None),), {})


def entry(
    item: str, value: str, unit: str, parameter: str = "amount", month: str = "2022-03", plant: str = "s1"
) -> Entry:
    return Entry(
        plant,
        month,
        item,
        parameter,
        Decimal(value),
        unit,
        "meter",
        f"fact-{plant}-{month}-{item}-{parameter}",
    )


def plant(
    key: str = "s1", place: str = "CN-53", *methods: str, since: date | None = None, **options: str
) -> Plant:
    return Plant(
        key, ("group",), place, tuple((each, since) for each in methods or ("cn-ndrc-2013-al",)), options
    )
