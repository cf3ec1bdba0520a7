"""Targets: what a policy demands of an indicator in a year, as rows of a file with the document and clause that say so.

Touchstone's own are `data/pathway/policies.toml`; those of a workspace, `pathway/targets.toml`, go before them key by key.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.target.indicator import Indicator, indicators
from touchstone.calc.target.rows import Cited, Row, each_of, in_unit, rows
from touchstone.facts.text import Text

SENSES = {
    "least": Text("不低于", "at least"),
    "most": Text("不高于", "at most"),
    "before": Text("早于", "before"),
}
_FIELDS = (
    "key", "indicator", "sense", "value", "high", "unit", "year", "place", "products", "document", "clause", "tag", "name", "words",
    "base", "strict", "binding", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """One target.

    Attributes:
        indicator: key of `indicator.indicators`; sense: of `SENSES`.
        value: in `unit`, which is that of the indicator, or "%" of a change; None of a peak, which has only a year.
        year: in which it must hold; of "before", the first year that is too late.
        place: ISO code, "" for no place; products: item keys, () for all.
        base: year that the value is a change against (-18 %), None where it is a value.
        strict: whether the very value is not enough (more than 30 %).
        high: upper end where a range is stated (1 to 2 parks), None otherwise.
        binding: False for what a document expects or recommends; words: its own, "" where not given.
        where: file and line.
    """

    key: str
    name: Text
    indicator: str
    sense: str
    value: Fraction | None
    unit: str
    year: int
    place: str
    products: tuple[str, ...]
    base: int | None
    strict: bool
    high: Fraction | None
    binding: bool
    words: str
    cited: Cited
    note: Text | None
    where: str

    @property
    def about(self) -> Indicator:
        """The indicator itself."""
        return indicators()[self.indicator]

    @property
    def same(self) -> tuple[object, ...]:
        """What no two targets of one document may have in common."""
        return (
            self.indicator,
            self.sense,
            self.place,
            frozenset(self.products),
            self.year,
            self.base,
            self.cited.document,
        )

    def goal(self, base: Fraction | None = None) -> Fraction | None:
        """The value in the unit of the indicator; of a change, from the value of its base year, None where that is not known."""
        if self.base is None or self.value is None:
            return self.value
        return None if base is None else base * (1 + self.value / 100)

    def holds(self, value: Fraction, goal: Fraction) -> bool:
        """Whether a value fulfils the goal; a tie does unless the target is strict."""
        if value == goal:
            return not self.strict
        return value > goal if self.sense == "least" else value < goal


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets that could be read, and why others could not."""

    targets: tuple[Target, ...]
    refused: tuple[UnusablePathway, ...] = ()

    def of(self, indicator: str = "", place: str = "", product: str = "") -> tuple[Target, ...]:
        """Those of an indicator, place or product; "" asks for nothing; a target for all products is one for each."""
        return tuple(
            each
            for each in self.targets
            if indicator in ("", each.indicator)
            and place in ("", each.place)
            and (not product or not each.products or product in each.products)
        )


def read_targets(text: str, file: str = "targets.toml") -> Targets:
    """The targets of a file.

    Returns:
        Those that can be used in the order of the file; for each other one, why not.

    Raises:
        UnusablePathway: TARGET-001, the file is no TOML at all.
    """
    kept, refused = each_of(rows(text, file, "target"), _target)
    return _once(kept, refused)


def targets(own: str | None = None) -> Targets:
    """The targets of Touchstone, and those of a workspace's `targets.toml`, whose text is `own`, before them. Raises as `read_targets`."""
    shipped, given = _shipped(), read_targets(own) if own is not None else Targets(())
    keys = {each.key for each in given.targets}
    rest = tuple(each for each in shipped.targets if each.key not in keys)
    return Targets(given.targets + rest, given.refused + shipped.refused)


@cache
def _shipped() -> Targets:
    path = files("touchstone").joinpath("data/pathway/policies.toml")
    return read_targets(path.read_text("utf-8"), "policies.toml") if path.is_file() else Targets(())


def _target(row: Row) -> Target:
    row.only(*_FIELDS)
    indicator, sense = _indicator(row), row.choice("sense", SENSES)
    if sense == "before" and indicator.key == "emissions":
        indicator = indicators()["peak"]
    if (sense == "before" and indicator.key != "peak") or (sense == "least" and indicator.key == "peak"):
        raise row.unlike("sense", sense, _SENSE)
    year, base = row.year("year"), _base(row)
    unit = "%" if base is not None else indicator.unit
    value = None
    if indicator.key == "peak":
        year, sense = year + (sense == "most"), "before"
    else:
        value = _value(row, "value", indicator, unit, base)
    high = _value(row, "high", indicator, unit, base) if row.has("high") else None
    return Target(
        row.words("key"), row.text("name"), indicator.key, sense, value, unit, year, row.words("place", ""), row.several("products"),
        base, _flag(row, "strict", False), high, _flag(row, "binding", True), row.words("words", ""), row.cited(),
        row.text("note") if row.has("note") else None, row.at(),
    )  # fmt: skip


def _base(row: Row) -> int | None:
    if not row.has("base"):
        return None
    base, year = row.year("base"), row.year("year")
    if base >= year:
        raise refusal(
            "TARGET-004",
            row.at("base"),
            found=base,
            expected=Text(f"早于{year}的年份", f"a year before {year}"),
        )
    return base


_SENSE = Text(
    "达峰目标用before（早于该年）或most（不晚于该年），其余用least或most",
    "before (that year) or most (in that year at the latest) for a peak, least or most for all else",
)


def _indicator(row: Row) -> Indicator:
    if not row.has("indicator"):
        raise refusal("TARGET-011", row.at(), known=", ".join(indicators()))
    key = row.words("indicator")
    if key not in indicators():
        near = difflib.get_close_matches(key, indicators(), 3) or list(indicators())
        raise refusal("TARGET-005", row.at("indicator"), found=key, near=", ".join(near))
    return indicators()[key]


def _value(row: Row, field: str, indicator: Indicator, unit: str, base: int | None) -> Fraction:
    given = row.words("unit")
    value = row.number(field)
    kept = value * 100 if given == "1" and unit == "%" else in_unit(value, given, unit, row.at("unit"))
    low, high = (Fraction(-100), None) if base is not None else (indicator.low, indicator.high)
    if (low is not None and kept < low) or (high is not None and kept > high):
        raise refusal(
            "TARGET-007",
            row.at(field),
            found=f"{row.given[field]} {given}",
            low=_said(low),
            high=_said(high),
            unit=unit,
        )
    return kept


def _said(bound: Fraction | None) -> str:
    return "…" if bound is None else str(bound)


def _flag(row: Row, field: str, default: bool) -> bool:
    given = row.given.get(field, default)
    if not isinstance(given, bool):
        raise row.unlike(field, given, Text("true或false", "true or false"))
    return given


def _once(read: Iterable[Target], refused: list[UnusablePathway]) -> Targets:
    """Each key and each thing once; the first stays."""
    keys: dict[str, Target] = {}
    things: dict[tuple[object, ...], Target] = {}
    for each in read:
        before = keys.get(each.key) or things.get(each.same)
        if before:
            refused.append(
                refusal(
                    "TARGET-009", each.where, found=each.key, before=before.key, where_before=before.where
                )
            )
            continue
        keys[each.key] = things[each.same] = each
    return Targets(tuple(keys.values()), tuple(refused))
