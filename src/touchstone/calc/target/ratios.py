"""Ratios of replacement as documents state them: what must retire for each t/a that is built; rows of `data/targets/replacement.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files

from touchstone.calc.target.rows import Cited, Row, number, rows
from touchstone.facts.text import Text

AREAS = {
    "any": Text("任何地区", "any area"),
    "key": Text("大气污染防治重点区域", "key area of air pollution control"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A ratio that a document states: t/a that retire for each t/a that is built, at least."""

    key: str
    name: Text
    products: tuple[str, ...]
    area: str
    merged: bool
    ratio: Fraction
    since: date
    until: date
    cited: Cited
    note: Text | None


@dataclass(frozen=True, slots=True)
class Rules:
    """Ratios, the narrower first; and by product, why there is none."""

    ratios: tuple[Rule, ...]
    none: Mapping[str, Text]


def read_rules(text: str, file: str = "replacement.toml") -> Rules:
    """The ratios of a file. Raises UnusablePathway: TARGET-001 to TARGET-010, with file and line."""
    none = {
        product: row.text("why") for row in rows(text, file, "none") for product in row.several("products")
    }
    return Rules(tuple(_rule(row) for row in rows(text, file, "rule")), none)


def _rule(row: Row) -> Rule:
    row.only(
        "key",
        "name",
        "products",
        "area",
        "merged",
        "ratio",
        "since",
        "until",
        "document",
        "clause",
        "tag",
        "note",
    )
    ratio = number(row.given.get("ratio"), row.at("ratio"))
    if ratio <= 0:
        raise row.unlike("ratio", row.given["ratio"], Text("大于零的比例", "a ratio above zero"))
    return Rule(
        row.words("key"), row.text("name"), row.several("products"), row.choice("area", AREAS), row.given.get("merged") is True, ratio,
        _day(row, "since", date.min), _day(row, "until", date.max), row.cited(), row.text("note") if row.has("note") else None,
    )  # fmt: skip


def _day(row: Row, field: str, default: date) -> date:
    given = row.given.get(field, default)
    if type(given) is not date:
        raise row.unlike(field, given, Text("日期，如 2021-06-01", "a day, as 2021-06-01"))
    return given


@cache
def shipped() -> Rules:
    """The rules of Touchstone, `data/targets/replacement.toml`."""
    return read_rules(files("touchstone").joinpath("data/targets/replacement.toml").read_text("utf-8"))
