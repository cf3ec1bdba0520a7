"""Systems of indicators for parks: figures of lines, ratios of them, and the marks that documents state; all data (`data/targets/parks.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.rows import YEAR, Cited, Row, number, rows, whole
from touchstone.facts.text import Text

ROLES = {"core": Text("核心指标", "core"), "guiding": Text("引导性指标", "guiding")}
_FIELDS = ("indicator", "role", "sense", "value", "from", "to", "year")


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that a line states, in its unit."""

    key: str
    name: Text
    unit: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """An indicator: one figure by another, times 100 where its unit is %; better: "less" or "more"."""

    key: str
    name: Text
    over: str
    under: str
    unit: str
    better: str

    @property
    def times(self) -> int:
        """100 of a share, else 1."""
        return 100 if self.unit == "%" else 1


@dataclass(frozen=True, slots=True)
class Mark:
    """What an indicator must reach.

    Attributes:
        sense: "least" or "most", "" where no value is stated; value: in the unit of the ratio.
        start, end: sizes of a park it is for, from `start` up to but not with `end`; None for no bound. year: it is for, None for any.
    """

    ratio: Ratio
    role: str
    sense: str
    value: Fraction | None
    start: Fraction | None
    end: Fraction | None
    year: int | None

    def holds(self, value: Fraction) -> bool | None:
        """Whether a value reaches it; None where it states none."""
        if self.value is None:
            return None
        return value >= self.value if self.sense == "least" else value <= self.value


@dataclass(frozen=True, slots=True)
class System:
    """An indicator system; size: the figure by which parks are large or small, "" for none."""

    key: str
    name: Text
    size: str
    marks: tuple[Mark, ...]
    cited: Cited
    note: Text | None

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        """Its indicators, in order, each once."""
        return tuple(dict.fromkeys(each.ratio for each in self.marks))

    @property
    def years(self) -> tuple[int, ...]:
        """Years that marks are stated for; none where they hold for any."""
        return tuple(sorted({each.year for each in self.marks if each.year}))


@dataclass(frozen=True, slots=True)
class Systems:
    """All that a file declares, by key."""

    figures: Mapping[str, Figure]
    ratios: Mapping[str, Ratio]
    systems: Mapping[str, System]


def read_systems(text: str, file: str = "parks.toml", base: Systems | None = None) -> Systems:
    """The systems of a file; of a workspace's file, `base` are the figures and indicators it may use without declaring them.

    Raises:
        UnusablePathway: TARGET-001 to TARGET-011, with file and line.
    """
    top = whole(text, file)
    figures = dict(base.figures if base else {})
    figures |= {
        key: Figure(key, _name(row, top), str(row.get("unit", ""))) for key, row in _tables(top, "figures")
    }
    ratios = dict(base.ratios if base else {})
    ratios |= {key: _ratio(key, row, figures, top) for key, row in _tables(top, "indicators")}
    found = [_system(row, figures, ratios) for row in rows(text, file, "system")]
    return Systems(figures, ratios, {each.key: each for each in found})


@cache
def shipped() -> Systems:
    """Those of Touchstone, `data/targets/parks.toml`."""
    return read_systems(files("touchstone").joinpath("data/targets/parks.toml").read_text("utf-8"))


def _tables(top: Row, field: str) -> list[tuple[str, Mapping[str, Any]]]:
    given = top.given.get(field, {})
    if not isinstance(given, dict) or not all(isinstance(each, dict) for each in given.values()):
        raise top.unlike(field, given, Text("按名称的表", "a table of tables"))
    return list(given.items())


def _name(row: Mapping[str, Any], top: Row) -> Text:
    if not all(isinstance(row.get(lang), str) for lang in ("zh", "en")):
        raise top.unlike("name", dict(row), Text("含zh和en的名称", "a name with zh and en"))
    return Text(row["zh"], row["en"])


def _ratio(key: str, row: Mapping[str, Any], figures: Mapping[str, Figure], top: Row) -> Ratio:
    for side in ("over", "under"):
        if row.get(side) not in figures:
            known = ", ".join(figures)
            raise refusal(
                "TARGET-003",
                top.at(key),
                found=row.get(side),
                expected=Text(f"以下之一：{known}", f"one of {known}"),
            )
    if row.get("better") not in ("less", "more"):
        raise refusal(
            "TARGET-003", top.at(key), found=row.get("better"), expected=Text("less或more", "less or more")
        )
    return Ratio(key, _name(row, top), row["over"], row["under"], str(row.get("unit", "")), row["better"])


def _system(row: Row, figures: Mapping[str, Figure], ratios: Mapping[str, Ratio]) -> System:
    row.only("key", "name", "document", "clause", "tag", "size", "marks", "note")
    size = row.choice("size", figures) if row.has("size") else ""
    given = row.given.get("marks")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise row.unlike("marks", given, Text("指标的列表", "a list of indicators"))
    marks = tuple(_mark(each, ratios, row) for each in given)
    if not size and any(each.start is not None or each.end is not None for each in marks):
        raise refusal("TARGET-002", row.at(), field="size")
    return System(
        row.words("key"),
        row.text("name"),
        size,
        marks,
        row.cited(),
        row.text("note") if row.has("note") else None,
    )


def _mark(given: Mapping[str, Any], ratios: Mapping[str, Ratio], row: Row) -> Mark:
    at = row.at("marks")
    mark = Row(given, row.file, row.lines.get("marks", row.line), {})
    mark.only(*_FIELDS)
    key = given.get("indicator")
    if key is None:
        raise refusal("TARGET-011", at, known=", ".join(ratios))
    if key not in ratios:
        raise refusal("TARGET-005", at, found=key, near=", ".join(ratios))
    role, sense = (
        mark.choice("role", ROLES),
        mark.choice("sense", ("least", "most")) if "value" in given else "",
    )
    value, start, end = (
        number(given[field], at) if field in given else None for field in ("value", "from", "to")
    )
    year = given.get("year")
    if year is not None and type(year) is not int:
        raise refusal("TARGET-004", at, found=year, expected=YEAR)
    return Mark(ratios[key], role, sense, value, start, end, year)
