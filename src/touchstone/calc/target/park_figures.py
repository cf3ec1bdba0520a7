"""What lines of parks state besides the register (money, waste, water, heat), as rows `[[line]]` of a workspace's `parks.toml`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.target.rows import Cited, Row, each_of, quantity, rows
from touchstone.calc.target.system import Figure
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class LineFigures:
    """Figures of a line, by key of the system's file, in their units; where: file and line."""

    key: str
    figures: Mapping[str, Fraction]
    cited: Cited
    where: str


def read_figures(
    text: str, known: Mapping[str, Figure], lines: Collection[str], file: str = "parks.toml"
) -> tuple[dict[str, LineFigures], tuple[UnusablePathway, ...]]:
    """The figures of a file by line, and why others could not be read: TARGET-052, the register has no such line, or it stands there twice.

    Args:
        known: figures that can be stated; lines: keys of the register.

    Raises:
        UnusablePathway: TARGET-001, it is no TOML.
    """
    kept, refused = each_of(rows(text, file, "line"), lambda row: _line(row, known))
    found: dict[str, LineFigures] = {}
    for each in kept:
        if each.key in found or each.key not in lines:
            refused.append(refusal("TARGET-052", each.where, line=each.key))
        else:
            found[each.key] = each
    return found, tuple(refused)


def _line(row: Row, known: Mapping[str, Figure]) -> LineFigures:
    row.only("key", "figures", "document", "clause", "tag", "note")
    given = row.given.get("figures")
    if not isinstance(given, dict) or not given or not given.keys() <= known.keys():
        said = ", ".join(known)
        raise row.unlike("figures", given, Text(f"以下各项的表：{said}", f"a table of {said}"))
    figures = {}
    for name, value in given.items():
        number = quantity(value, row.at("figures"), known[name].unit)
        if number < 0:
            raise row.unlike("figures", f"{name} {value}", Text("不小于0的值", "values of 0 or more"))
        figures[name] = number
    return LineFigures(row.words("key"), figures, row.cited(), row.at())
