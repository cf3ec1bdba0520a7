"""Limits of energy use per product: levels of the GB standards, and benchmark and baseline of the NDRC lists.

Read from `data/carbon/limits.csv`; a limit is cited like a factor, and one without a verified value classifies nothing.
"""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from touchstone.calc.carbon.factor import TAGS
from touchstone.calc.carbon.factors.reference import documents, items
from touchstone.calc.carbon.factors.refusal import UnusableFactor, refusal
from touchstone.facts.text import Text
from touchstone.facts.unit import unit

INDICATORS = {
    "ac-electricity": Text("交流电耗", "AC electricity"),
    "comprehensive-ac-electricity": Text("综合交流电耗", "comprehensive AC electricity"),
    "smelting-electricity": Text("冶炼电耗", "smelting electricity"),
    "process-energy": Text("工序能耗", "process energy"),
    "comprehensive-energy": Text("综合能耗", "comprehensive energy"),
    "ore-grade": Text("入炉品位修正", "correction for the grade of the ore"),
}
LEVELS = {
    "level-1": Text("1级", "level 1"),
    "level-2": Text("2级", "level 2"),
    "level-3": Text("3级", "level 3"),
    "benchmark": Text("标杆水平", "benchmark"),
    "baseline": Text("基准水平", "baseline"),
    "advanced": Text("先进值", "advanced value"),
    "new": Text("准入值", "value for new plants"),
    "existing": Text("限定值", "value for existing plants"),
    "base": Text("基准品位", "grade of the norm"),
    "step": Text("每高1个百分点的降幅", "fall for each point above it"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One level of one indicator of one product.

    Attributes:
        product: item key; indicator: of `INDICATORS`; level: of `LEVELS`.
        value: as printed; None where it was not found, `note` says why.
        tag: as that of a factor; a limit that is unverified is shown and classifies nothing.
    """

    product: str
    indicator: str
    level: str
    value: Decimal | None
    unit: str
    document: str
    clause: str
    valid_from: date | None
    valid_to: date | None
    tag: str
    note: Text | None

    @property
    def usable(self) -> bool:
        """It has a value, and somebody saw it."""
        return self.value is not None and self.tag != "unverified"


@cache
def limits() -> tuple[Limit, ...]:
    """All limits of Touchstone. Raises UnusableFactor: FACTOR-002 or FACTOR-004, a row is wrong."""
    text = files("touchstone").joinpath("data/carbon/limits.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(_limit(row, f"limits.csv:{rows.line_num}") for row in rows)


def limits_of(product: str, indicator: str = "", document: str = "") -> tuple[Limit, ...]:
    """The limits of a product; "" asks for nothing."""
    return tuple(
        each
        for each in limits()
        if each.product == product and indicator in ("", each.indicator) and document in ("", each.document)
    )


def _limit(row: dict[str, str], where: str) -> Limit:
    for column, among in (
        ("product", items()), ("indicator", INDICATORS), ("level", LEVELS), ("document", documents()), ("tag", TAGS),
    ):  # fmt: skip
        if row[column] not in among:
            expected = ", ".join(among)[:160]
            raise refusal(
                UnusableFactor, "FACTOR-002", where, column=column, found=row[column], expected=expected
            )
    unit(row["unit"])
    if not row["value"] and not row["note_zh"]:
        raise refusal(UnusableFactor, "FACTOR-004", where)
    first, last = (
        date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")
    )
    return Limit(
        row["product"], row["indicator"], row["level"], Decimal(row["value"]) if row["value"] else None, row["unit"],
        row["document"], row["clause"], first, last, row["tag"],
        Text(row["note_zh"], row["note_en"]) if row["note_zh"] else None,
    )  # fmt: skip
