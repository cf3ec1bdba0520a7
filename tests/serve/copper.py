"""A copper price that wanders and then doubles, and a workspace that watches it."""

import random
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import touchstone
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.period import span
from touchstone.flow import Workspace

LIST = "企业名称,品种,地区,重点联系,联系人,来源\n样例企业甲,铜,江西,是,样例联系人 000-0001,样例名单\n"


def price(period: str, value: Decimal) -> Fact:
    """A mean price of copper, published the day after its month ended."""
    published = span(period)[1] + timedelta(days=1)
    return Fact(
        fact_id("copper", period, value), "cu.cathode", "price", period, value, "美元/吨", Decimal("0.5"), "0" * 64, None, "test",
        place="market.lme", published=published,
    )  # fmt: skip


def months(first: int, last: int) -> list[str]:
    return [f"{year}-{month:02d}" for year in range(first, last + 1) for month in range(1, 13)]


def calm() -> list[Fact]:
    """Twenty-five years of a copper price that wanders in small steps."""
    dice = random.Random(5)
    found, level = [], 8000.0
    for period in months(2000, 2024):
        level *= 1 + dice.gauss(0, 0.03)
        found.append(price(period, Decimal(round(level))))
    return found


def leap() -> list[Fact]:
    """A month in which it doubles."""
    before = calm()[-1].value
    return [price("2025-01", before), price("2025-02", 2 * before)]


def watching(folder: Path) -> Workspace:
    """A workspace with a white list of one enterprise and the calm years."""
    opened = touchstone.open(folder / "w")
    (folder / "名单.csv").write_text(LIST, encoding="utf-8")
    opened.import_white_list(folder / "名单.csv", "周")
    opened.ledger.append(calm())
    return opened
