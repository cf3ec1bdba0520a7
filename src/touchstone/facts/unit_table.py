"""The rows of data/units.toml, indexed by every printed form."""

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

Dimension = tuple[tuple[str, int], ...]
"""Base dimensions with their exponents, sorted by name: `(("length", 2), ("time", -1))`."""

_FILE = Path(__file__).parents[1] / "data" / "units.toml"
_LATIN_END = "(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the table; `factor` is in base units of its dimension.

    `symbol` is the English short form, `many` the same behind a number (year, years).
    """

    code: str
    zh: str
    en: str
    symbol: str
    dimension: Dimension
    factor: Fraction
    source: str
    many: str
    is_count: bool = False


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A conversion across dimensions that a caller must name: 1 `start` is `factor` `to`."""

    name: str
    zh: str
    en: str
    start: str
    to: str
    factor: Fraction
    source: str


@dataclass(slots=True)
class Table:
    """All units. `anywhere` and `behind_slash` map a printed form to the guard behind it."""

    rows: dict[str, Row] = field(default_factory=dict)
    exact: dict[str, Row] = field(default_factory=dict)
    folded: dict[str, Row] = field(default_factory=dict)
    anywhere: dict[str, str] = field(default_factory=dict)
    behind_slash: dict[str, str] = field(default_factory=dict)
    shorthand: dict[str, str] = field(default_factory=dict)
    powers: dict[str, int] = field(default_factory=dict)
    power_names: dict[int, tuple[str, str]] = field(default_factory=dict)
    dimensions: dict[Dimension, tuple[str, str]] = field(default_factory=dict)
    equivalences: dict[str, Equivalence] = field(default_factory=dict)


def key(surface: str) -> str:
    """The form a printed unit is looked up by: compatibility forms folded, spaces and middle dots dropped.

    >>> key("ｋＷ · ｈ"), key("㎡")
    ('kWh', 'm2')
    """
    folded = unicodedata.normalize("NFKC", surface).replace("·", "").replace("•", "")
    return "".join(folded.split())


def dimension_of(text: str) -> Dimension:
    """Read a dimension of the table.

    >>> dimension_of("mass length2 time-2")
    (('length', 2), ('mass', 1), ('time', -2))
    """
    parts = []
    for word in text.split():
        name = word.rstrip("-0123456789")
        parts.append((name, int(word[len(name) :] or 1)))
    return tuple(sorted(parts))


@cache
def table() -> Table:
    """Read the table once."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    built = Table()
    for power in data["multipliers"]["powers"]:
        _add_power(built, power)
    for row, forms, unit in _listed(data):
        _add(built, row, forms, unit)
    for row, forms, unit in _counted(data["counting"]):
        _add(built, row, forms, unit)
    built.shorthand.update(data["shorthand"]["words"])
    built.anywhere.update(dict.fromkeys(built.shorthand, _LATIN_END))
    for group in data["group"]:
        built.dimensions[dimension_of(group["dimension"])] = (group["name"]["zh"], group["name"]["en"])
    for code in {unit["currency"] for unit in data["money"]["units"]}:
        built.dimensions[((code, 1),)] = (f"金额（{code}）", f"money in {code}")
    for row in [row for row in built.rows.values() if row.is_count]:
        built.dimensions[row.dimension] = (f"计数（{row.zh}）", f"a count of {row.en}")
    for each in data["equivalence"]:
        built.equivalences[each["name"]] = Equivalence(
            each["name"],
            each["zh"],
            each["en"],
            each["from"],
            each["to"],
            Fraction(each["factor"]),
            each["source"],
        )
    return built


def _add_power(built: Table, power: dict[str, Any]) -> None:
    built.power_names[power["power"]] = (power["zh"], power["en"])
    english = [power["en"]] if power["en"].isalpha() else []
    for form in (power["zh"], *english, *filter(None, power["surfaces"].split("|"))):
        built.powers[form] = power["power"]


def _listed(data: dict[str, Any]) -> Iterator[tuple[Row, list[str], dict[str, Any]]]:
    for group in data["group"]:
        dimension = dimension_of(group["dimension"])
        for unit in group["units"]:
            yield *_row(unit, dimension, group["source"]), unit
    for unit in data["money"]["units"]:
        yield *_row(unit, ((unit["currency"], 1),), data["money"]["source"]), unit


def _row(unit: dict[str, Any], dimension: Dimension, source: str) -> tuple[Row, list[str]]:
    row = Row(
        unit["code"], unit["zh"], unit["en"], unit["symbol"], dimension, Fraction(unit["factor"]),
        unit.get("source", source), unit.get("many", unit["symbol"]),
    )  # fmt: skip
    forms = [unit["zh"], unit["en"], *unit["surfaces"].split("|")]
    quiet = {*unit.get("accept", "").split("|"), *unit.get("per", "").split("|")}
    return row, [form for form in (*forms, unit["code"], unit["symbol"]) if form and form not in quiet]


def _counted(counting: dict[str, Any]) -> Iterator[tuple[Row, list[str], dict[str, Any]]]:
    source = counting["source"]
    for word, english, not_before in counting["zh"]:
        row = Row(word, word, english, english, ((word, 1),), Fraction(1), source, english, is_count=True)
        yield row, [word], {"not_before": not_before}
    for plural, singular in counting["en"]:
        row = Row(plural, plural, plural, plural, ((plural, 1),), Fraction(1), source, plural, is_count=True)
        yield row, [plural, singular] if singular else [plural], {}


def _add(built: Table, row: Row, forms: list[str], unit: dict[str, Any]) -> None:
    """Index a unit by its printed forms; a form already taken belongs to the earlier row."""
    built.rows[row.code] = row
    behind = list(filter(None, unit.get("per", "").split("|")))
    for form in (*forms, *behind, *filter(None, unit.get("accept", "").split("|"))):
        built.exact.setdefault(key(form), row)
        built.folded.setdefault(key(form).casefold(), row)
    for form in forms:
        for variant in _cases(form):
            built.anywhere.setdefault(variant, _guard(variant, unit))
    if "before" in unit:
        form, following = unit["before"]
        built.anywhere.setdefault(form, f"(?={following})")
    for form in (*forms, *behind):
        built.behind_slash.setdefault(form, _guard(form, unit))


def _cases(form: str) -> set[str]:
    """A word of four letters or more is also printed capitalised and in capitals; a symbol never is."""
    wordy = (
        form.isascii()
        and len(form) > 3
        and form.replace(" ", "").replace("-", "").isalpha()
        and form.islower()
    )
    return {form, form.capitalize(), form.title(), form.upper()} if wordy else {form}


def _guard(form: str, unit: dict[str, Any]) -> str:
    if form[-1].isascii():
        return _LATIN_END if form[-1].isalnum() else ""
    if len(form) == 1 and unit.get("not_before"):
        return f"(?!{unit['not_before']})"
    return ""
