"""Score sheets as somebody declared them: items with weights and marks, vetoes, grades; read from TOML, whole or not at all.

Touchstone's `data/targets/score.toml` is an example of its own; no document states its weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.indicator import indicators
from touchstone.calc.target.rows import Row, in_unit, number, rows, whole
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Fill:
    """What an item is filled from.

    Attributes:
        of: "indicator", "target" (its indicator, place and products) or "budget" (what was used of it, in %); key: of that.
        place: ISO code, "" for the place the sheet is filled for; products: item keys, () for all.
        base: year against which the change counts, in %; None for the value itself.
    """

    of: str
    key: str
    place: str
    products: tuple[str, ...]
    base: int | None


FILLS = ("indicator", "target", "budget")
ASKED = ("s", "year", "speaks", "set", "lang")
"""What a page is asked for besides values, so that no item can be called so."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a sheet.

    Attributes:
        weight: points it can earn; full, zero: values that earn all of them and none, None where `bands` count.
        bands: pairs of a value and the points from it on, rising by value.
        least, most: bounds whose breach fails the whole sheet, None for none; a value on the bound is no breach.
        fill: what it is filled from, None where it is filled by hand alone; where: file and line.
    """

    key: str
    name: Text
    unit: str
    weight: Fraction
    full: Fraction | None
    zero: Fraction | None
    bands: tuple[tuple[Fraction, Fraction], ...]
    least: Fraction | None
    most: Fraction | None
    note: Text | None
    fill: Fill | None = None
    where: str = ""

    @property
    def veto(self) -> bool:
        """Whether it can fail the whole sheet."""
        return self.least is not None or self.most is not None

    def breached(self, value: Fraction) -> bool:
        """Whether a value fails the whole sheet."""
        return (self.least is not None and value < self.least) or (
            self.most is not None and value > self.most
        )


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, from so many points of 100 on."""

    key: str
    name: Text
    start: Fraction


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; weight: points that can be earned in all; grades: the best first."""

    key: str
    name: Text
    items: tuple[Item, ...]
    grades: tuple[Grade, ...]

    @property
    def weight(self) -> Fraction:
        """Points that can be earned in all."""
        return sum((each.weight for each in self.items), Fraction(0))


def read_sheet(text: str, file: str = "score.toml") -> Sheet:
    """A sheet. Raises UnusablePathway: TARGET-001 to TARGET-010 and TARGET-050, with file and line; a sheet with one fault scores nobody."""
    top = whole(text, file)
    items = tuple(_item(row) for row in rows(text, file, "item"))
    grades = tuple(sorted((_grade(row) for row in rows(text, file, "grade")), key=lambda each: -each.start))
    keys = [each.key for each in items]
    if not items or len(set(keys)) < len(keys):
        twice = next((key for key in keys if keys.count(key) > 1), "")
        found = Text(f"{twice} 出现两次", f"{twice} twice") if twice else Text("没有项目", "no item")
        raise refusal(
            "TARGET-050",
            file,
            found=found,
            expected=Text("至少一项，编号各不相同", "at least one item, each key once"),
        )
    if grades and grades[-1].start > 0:
        expected = Text("最低一等自0分起", "a lowest grade from 0 points on")
        raise refusal(
            "TARGET-050", file, found=f"{grades[-1].key} {float(grades[-1].start):g}", expected=expected
        )
    return Sheet(top.words("key"), top.text("name"), items, grades)


def _item(row: Row) -> Item:
    row.only(
        "key",
        "name",
        "unit",
        "weight",
        "full",
        "zero",
        "bands",
        "veto",
        "note",
        *FILLS,
        "place",
        "products",
        "base",
    )
    if row.words("key") in ASKED:
        raise row.unlike(
            "key",
            row.given["key"],
            Text(f"{'、'.join(ASKED)}以外的名称", f"a key other than {', '.join(ASKED)}"),
        )
    weight = row.number("weight")
    if weight <= 0:
        raise row.unlike("weight", row.given["weight"], Text("大于零的分数", "points above zero"))
    bands = _bands(row, weight) if row.has("bands") else ()
    full, zero = (None, None) if bands else (row.number("full"), row.number("zero"))
    if not bands and full == zero:
        raise row.unlike(
            "zero", row.given["zero"], Text("与满分值不同的值", "another value than that of full points")
        )
    veto = row.given.get("veto", {})
    if not isinstance(veto, dict) or not veto.keys() <= {"least", "most"}:
        raise row.unlike(
            "veto", veto, Text('{ least = "…" }或{ most = "…" }', '{ least = "…" } or { most = "…" }')
        )
    least, most = (number(veto[side], row.at("veto")) if side in veto else None for side in ("least", "most"))
    note = row.text("note") if row.has("note") else None
    return Item(
        row.words("key"), row.text("name"), row.words("unit"), weight, full, zero, bands, least, most, note, _fill(row), row.at(),
    )  # fmt: skip


def _fill(row: Row) -> Fill | None:
    """What an item is filled from; its unit must be one that this can be told in."""
    named = [of for of in FILLS if row.has(of)]
    if len(named) > 1:
        raise row.unlike(
            named[1], row.given[named[1]], Text(f"{'、'.join(FILLS)}之一", f"one of {', '.join(FILLS)}")
        )
    if not named:
        return None
    known = [key for key in indicators() if key != "peak"]
    of, base = named[0], row.year("base") if row.has("base") else None
    key = row.choice("indicator", known) if of == "indicator" else row.words(of)
    given = "%" if base is not None or of == "budget" else indicators()[key].unit if of == "indicator" else ""
    if given:
        in_unit(Fraction(1), given, row.words("unit"), row.at("unit"))
    return Fill(of, key, row.words("place", ""), row.several("products"), base)


def _bands(row: Row, weight: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
    given = row.given["bands"]
    expected = Text(
        f"[值, 分]的列表，值递增，分在0与{float(weight):g}之间",
        f"a list of [value, points], values rising, points from 0 to {float(weight):g}",
    )
    if (
        not isinstance(given, list)
        or not given
        or not all(isinstance(each, list) and len(each) == 2 for each in given)
    ):
        raise row.unlike("bands", given, expected)
    found = tuple(
        (number(start, row.at("bands")), number(points, row.at("bands"))) for start, points in given
    )
    rising = all(one[0] < other[0] for one, other in pairwise(found))
    if not rising or not all(0 <= points <= weight for _, points in found):
        raise row.unlike("bands", given, expected)
    return found


def _grade(row: Row) -> Grade:
    row.only("key", "name", "from")
    return Grade(row.words("key"), row.text("name"), row.number("from"))


@cache
def example() -> Sheet:
    """The example of Touchstone, `data/targets/score.toml`: its own proposal."""
    return read_sheet(files("touchstone").joinpath("data/targets/score.toml").read_text("utf-8"))


Values = Mapping[str, Fraction]
"""Values by key of the item, in its unit; one that is not there is not known."""
