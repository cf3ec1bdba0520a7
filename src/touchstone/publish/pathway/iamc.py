"""Results in the IAMC format: model, scenario, region, variable, unit and years, as integrated assessment exchanges them.

Names, units and conversions are data (data/pathway/iamc.toml). Plants, technologies and single draws have no place in the format: they stay in
the workbook and in JSON, and how many were left out is told.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.pathway.table import Row, checked, digits, named, refusal

KEYS = ("model", "scenario", "region", "variable", "unit")
WORLD = "World"
_PERCENTILE = re.compile(r"\|\d+\.\dth Percentile$")


@dataclass(frozen=True, slots=True)
class Definition:
    """A variable of the code list: its name, with `{metal}` where a metal may stand; its unit; what it says; units it may come in."""

    key: str
    name: str
    unit: str
    standing: str
    says: Text
    units: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One value of an IAMC table."""

    model: str
    scenario: str
    region: str
    variable: str
    unit: str
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Table:
    """An IAMC table, in order; and how many rows of plants, technologies and single draws it leaves out."""

    lines: tuple[Line, ...]
    left_out: int


def variable(key: str, product: str = "") -> str:
    """The name of a variable, of one metal or of all.

    Raises:
        UnusableTable: EXCHANGE-001, the list has no such variable or metal.

    >>> variable("output", "aluminium.liquid"), variable("emissions")
    ('Production|Non-Ferrous Metals|Aluminum|Primary', 'Emissions|Kyoto Gases|Industry|Non-Ferrous Metals')
    """
    given = definitions().get(key)
    if given is None or (product and product not in _data()["metal"]):
        raise refusal("EXCHANGE-001", f"{key} {product}".strip(), variable=f"{key} {product}".strip())
    return _filled(given.name, _data()["metal"][product] if product else "")


@cache
def definitions() -> dict[str, Definition]:
    """The code list by key."""
    return {
        key: Definition(
            key, row["name"], row["unit"], row["standing"], Text(row["zh"], row["en"]), row["from"]
        )
        for key, row in _data()["variable"].items()
    }


def definition(name: str) -> Definition | None:
    """The definition of a full name, quantiles apart; None where the list has none."""
    return _names().get(_PERCENTILE.sub("", name))


def iamc(rows: Iterable[Row], model: str) -> Table:
    """Results as an IAMC table, in the units of the code list.

    Raises:
        UnusableTable: EXCHANGE-001, a variable is not in the list; EXCHANGE-002, its unit is none that the list takes; and as `checked`.

    A quantile over draws becomes a variable of its own: `…|90.0th Percentile`.
    """
    named(model)
    every = checked(rows)
    kept = [r for r in every if not (r.plant or r.technology) and (not r.draw or _quantile(r.draw))]
    return Table(_ordered(_line(row, model) for row in kept), len(every) - len(kept))


def to_wide(table: Table) -> str:
    """The table as CSV with a column for each year; a year without a value is empty."""
    years, rows = wide(table)
    return _csv((*KEYS, *years), rows)


def wide(table: Table) -> tuple[list[int], list[tuple[str | float | None, ...]]]:
    """The years in order, and a row for each series: its five keys and its values, None where there is none."""
    years = sorted({each.year for each in table.lines})
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for each in table.lines:
        found.setdefault(_key(each), {})[each.year] = each.value
    return years, [(*key, *(values.get(year) for year in years)) for key, values in found.items()]


def read(text: str) -> Table:
    """An IAMC table from CSV, long or wide; heads may be capital.

    Raises:
        UnusableTable: EXCHANGE-006, the columns are others; EXCHANGE-003, a value is no number.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    heads = {name.strip().lower(): name for name in reader.fieldnames or () if name}
    years = {int(name): heads[name] for name in heads if name.isdigit()}
    long = {"year", "value"} <= set(heads)
    if not set(KEYS) <= set(heads) or not (long or years):
        raise refusal(
            "EXCHANGE-006",
            "line 1",
            found=", ".join(heads) or "–",
            expected=", ".join((*KEYS, "year", "value")),
        )
    lines = list[Line]()
    for number, row in enumerate(reader, 2):
        model, scenario, place, name, unit = (row[heads[key]] or "" for key in KEYS)
        cells = (
            {row[heads["year"]]: row[heads["value"]]}
            if long
            else {str(y): row[head] for y, head in years.items()}
        )
        for year, value in cells.items():
            if value not in ("", None):
                lines.append(Line(model, scenario, place, name, unit, *_numbers(year, value, number, name)))
    return Table(_ordered(lines), 0)


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda each: (each.scenario, each.region, each.variable, each.year)))


def _quantile(draw: str) -> str:
    """The percentile of a draw named `p10`; "" for a single draw."""
    return draw[1:] if draw[:1] == "p" and draw[1:].replace(".", "", 1).isdigit() else ""


def _line(row: Row, model: str) -> Line:
    given = definition(row.variable)
    where = f"{row.scenario} · {row.year}"
    if given is None:
        raise refusal("EXCHANGE-001", where, variable=row.variable)
    if row.unit not in given.units:
        raise refusal(
            "EXCHANGE-002", where, variable=row.variable, unit=row.unit, units=", ".join(given.units)
        )
    name = row.variable + (f"|{float(_quantile(row.draw)):.1f}th Percentile" if row.draw else "")
    value = digits(row.value * given.units[row.unit])
    return Line(model, row.scenario, region(row.region), name, given.unit, row.year, value)


def region(code: str) -> str:
    """A place as the format names it: China, China|Fujian; World for a group that lies in several."""
    if not code:
        return WORLD
    name, parent = vocabulary().name(code, "en"), vocabulary().parent(code)
    return f"{region(parent)}|{name}" if parent else name


def _numbers(year: str, value: str, line: int, name: str) -> tuple[int, float]:
    try:
        return int(year), float(value)
    except ValueError:
        raise refusal("EXCHANGE-003", f"line {line}", variable=name, year=year, value=value) from None


def _key(line: Line) -> tuple[str, ...]:
    return line.model, line.scenario, line.region, line.variable, line.unit


def _csv(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


@cache
def _names() -> dict[str, Definition]:
    metals = ("", *_data()["metal"].values())
    return {_filled(each.name, metal): each for each in definitions().values() for metal in metals}


def _filled(name: str, metal: str) -> str:
    return "|".join(part for part in name.replace("{metal}", metal).split("|") if part)


@cache
def _data() -> dict[str, Any]:
    source = files("touchstone") / "data" / "pathway" / "iamc.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
