"""Reading factors from csv: every row a cited value, or a refusal that names the file and the row.

Columns as in `COLUMNS`; the id is made of what the row says, so that the same thing cannot be stated twice by one document.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import TypeVar

from touchstone.calc.carbon.factor import FAMILIES, TAGS, CitedDocument, Factor
from touchstone.calc.carbon.factors.reference import documents, grids, items, kinds
from touchstone.calc.carbon.factors.refusal import UnusableFactor, refusal
from touchstone.errors import UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import unit
from touchstone.facts.vocabulary import vocabulary

COLUMNS = (
    "kind", "of", "value", "unit", "gas", "document", "clause", "data_year", "valid_from", "valid_to", "region",
    "family", "tag", "low", "high", "distribution", "supersedes", "note_zh", "note_en",
)  # fmt: skip
GASES = ("CO2", "CH4", "N2O", "CF4", "C2F6", "SF6", "CO2e")
DISTRIBUTIONS = ("normal", "lognormal", "uniform", "triangular", "truncated-normal", "beta")
_FOLDER = Path(__file__).parents[3] / "data" / "carbon" / "factors"
_LARGEST, _DECIMALS = Decimal("1e12"), 18
_Row = Mapping[str, str]
_T = TypeVar("_T")


class _Wrong(Exception):
    """A cell of a row that cannot be used: which, what it says, and what it may say."""

    def __init__(self, column: str, found: str, expected: str | Text) -> None:
        self.column, self.found, self.expected = column, found, expected


def read_factors(
    text: str, name: str, known: Mapping[str, CitedDocument] | None = None
) -> tuple[tuple[Factor, ...], tuple[UnusableFactor, ...]]:
    """The factors of a csv text and the rows that were left out.

    Args:
        name: of the file, for messages.
        known: documents that may be cited; those of Touchstone where None.

    Raises:
        UnusableFactor: FACTOR-001, the head is not `COLUMNS`, so that no row can be understood.
    """
    lines = _lines(text, name)
    cited = documents() if known is None else known
    found: dict[str, Factor] = {}
    at: dict[str, str] = {}
    problems: list[UnusableFactor] = []
    for number, row in lines:
        where = f"{name}:{number}"
        try:
            factor = read_row(row, where, cited)
        except UnusableFactor as problem:
            problems.append(problem)
            continue
        if factor.id in found:
            before = at[factor.id]
            problems.append(refusal(UnusableFactor, "FACTOR-003", where, id=factor.id, before=before))
        else:
            found[factor.id], at[factor.id] = factor, where
    return tuple(found.values()), tuple(problems)


def read_row(row: Mapping[str, str], where: str, cited: Mapping[str, CitedDocument]) -> Factor:
    """The factor of one row of `COLUMNS`. Raises UnusableFactor: FACTOR-002, a cell is wrong; FACTOR-004, no value and no reason."""
    try:
        factor = _factor(row, cited)
    except _Wrong as wrong:
        cell = {"column": wrong.column, "found": wrong.found, "expected": wrong.expected}
        raise refusal(UnusableFactor, "FACTOR-002", where, **cell) from wrong
    if factor.value is None and factor.note is None:
        raise refusal(UnusableFactor, "FACTOR-004", where)
    return factor


@cache
def shipped() -> tuple[Factor, ...]:
    """The factors of Touchstone, file by file. Raises UnusableFactor: a row of them is wrong."""
    read = [
        read_factors(path.read_text("utf-8"), f"factors/{path.name}")
        for path in sorted(_FOLDER.glob("*.csv"))
    ]
    if problems := [each for _, wrong in read for each in wrong]:
        raise problems[0]
    return tuple(factor for factors, _ in read for factor in factors)


def factor_id(factor: Factor) -> str:
    """The id of what a factor says: kind, thing, gas, document, region, year, family, and the first day of a short validity.

    >>> factor_id(shipped()[0]).count("@")
    1
    """
    gas = f".{factor.gas.lower()}" if factor.gas not in ("", "CO2", "CO2e") and factor.kind != "gwp" else ""
    first, last = factor.valid_from, factor.valid_to
    days = first.isoformat() if first and last and (last - first).days < 364 else ""
    region = "" if factor.region == "CN" else factor.region
    year = "" if factor.data_year is None else str(factor.data_year)
    place = (each for each in (factor.document, region, year, factor.family, days) if each)
    return f"{factor.kind}.{factor.of}{gas}@{'/'.join(place)}"


def rows(factors: Iterable[Factor]) -> Iterator[dict[str, str]]:
    """Factors as rows of `COLUMNS`: what `read_factors` reads back to the same."""
    for each in factors:
        note = each.note or Text("", "")
        yield {
            "kind": each.kind, "of": each.of, "value": _plain(each.value), "unit": each.unit, "gas": each.gas,
            "document": each.document, "clause": each.clause, "data_year": _plain(each.data_year),
            "valid_from": _plain(each.valid_from), "valid_to": _plain(each.valid_to), "region": each.region,
            "family": each.family, "tag": each.tag, "low": _plain(each.low), "high": _plain(each.high),
            "distribution": each.distribution, "supersedes": each.supersedes, "note_zh": note.zh, "note_en": note.en,
        }  # fmt: skip


def _lines(text: str, name: str) -> list[tuple[int, _Row]]:
    """The rows of a csv text with the line each ends on."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        found: list[tuple[int, _Row]] = [(reader.line_num, row) for row in reader]
        head = tuple(reader.fieldnames or ())
    except csv.Error as error:
        found, head = [], (str(error),)
    if head != COLUMNS:
        said = ", ".join(head)[:200] or "-"
        raise refusal(UnusableFactor, "FACTOR-001", name, found=said, columns=", ".join(COLUMNS))
    return found


def _factor(row: _Row, cited: Mapping[str, CitedDocument]) -> Factor:
    if None in row or None in row.values():
        raise _Wrong("row", str(len([x for x in row.values() if x is not None])), f"{len(COLUMNS)} cells")
    note = Text(row["note_zh"], row["note_en"])
    if bool(note.zh) != bool(note.en):
        raise _Wrong("note", note.zh or note.en, Text("中英文都有", "a note in both languages"))
    made = Factor(
        id="", kind=_among(row, "kind", kinds()), of=_among(row, "of", items()), value=_number(row, "value"),
        unit=_unit(row), gas=_among(row, "gas", ("", *GASES)), document=_among(row, "document", cited),
        clause=row["clause"], data_year=_year(row), valid_from=_day(row, "valid_from"), valid_to=_day(row, "valid_to"),
        region=_region(row), family=_among(row, "family", ("", *FAMILIES)), tag=_among(row, "tag", TAGS),
        low=_number(row, "low"), high=_number(row, "high"),
        distribution=_among(row, "distribution", ("", *DISTRIBUTIONS)), supersedes=row["supersedes"],
        note=note if note.zh else None,
    )  # fmt: skip
    _agreeing(made)
    return replace(made, id=factor_id(made))


def _agreeing(made: Factor) -> None:
    """What must hold between the cells of a row."""
    low, value, high = made.low, made.value, made.high
    if low is not None and high is not None and low > high:
        raise _Wrong("low", str(low), Text(f"不大于 {high}", f"at most {high}"))
    if value is not None and low is not None and high is not None and not low <= value <= high:
        raise _Wrong(
            "value", str(value), Text(f"在 {low} 与 {high} 之间", f"a value between {low} and {high}")
        )
    if made.valid_from and made.valid_to and made.valid_from > made.valid_to:
        raise _Wrong(
            "valid_to", made.valid_to.isoformat(), Text("不早于 valid_from", "not before valid_from")
        )
    if items()[made.of].kind == "electricity" and made.kind == "emission" and not made.family:
        raise _Wrong("family", "", ", ".join(FAMILIES))


def _among(row: _Row, column: str, choices: Iterable[str]) -> str:
    given = row[column]
    if given not in choices:
        some = ", ".join(each for each in choices if each)
        raise _Wrong(column, given, some[:160] + ("…" if len(some) > 160 else ""))
    return given


def _parsed(row: _Row, column: str, parse: Callable[[str], _T], expected: Text) -> _T | None:
    try:
        return parse(row[column]) if row[column] else None
    except (ValueError, InvalidOperation) as error:
        raise _Wrong(column, row[column], expected) from error


def _number(row: _Row, column: str) -> Decimal | None:
    expected = Text("十进制数，不带千分位", "a decimal number without separators of thousands")
    number = _parsed(row, column, Decimal, expected)
    if number is not None and not fits(number):
        expected = Text("0至10的12次方之间、不超过18位小数", "from 0 to 1e12, with at most 18 decimals")
        raise _Wrong(column, row[column][:40], expected)
    return number


def fits(number: Decimal) -> bool:
    """Whether it is from 0 to 1e12 with at most 18 decimals: what the table of validity holds exactly. No arithmetic, whatever its exponent."""
    if not number.is_finite() or not 0 <= number <= _LARGEST:
        return False
    return int(number.as_tuple().exponent) >= -_DECIMALS


def _year(row: _Row) -> int | None:
    year = _parsed(row, "data_year", int, Text("四位年份", "a year of four digits"))
    if year is not None and not 1900 <= year <= 2200:
        raise _Wrong("data_year", row["data_year"], Text("四位年份", "a year of four digits"))
    return year


def _day(row: _Row, column: str) -> date | None:
    return _parsed(row, column, date.fromisoformat, Text("日期，如 2024-01-31", "a day, as 2024-01-31"))


def _unit(row: _Row) -> str:
    """The unit as printed, where it measures what the kind measures."""
    given, kind = row["unit"], kinds()[_among(row, "kind", kinds())]
    if not kind.units and not given:
        return given
    try:
        dimension = unit(given).dimension
    except UnknownUnit as error:
        raise _Wrong("unit", given, Text("data/units.toml 中的单位", "a unit of data/units.toml")) from error
    if dimension not in {unit(each).dimension for each in kind.units}:
        raise _Wrong("unit", given, ", ".join(kind.units) or "-")
    return given


def _region(row: _Row) -> str:
    given = row["region"]
    if given and given not in grids() and not given.startswith("org.") and not _is_place(given):
        raise _Wrong(
            "region", given, Text("地区代码、电网或 org.节点", "a place code, a grid, or org.<node>")
        )
    return given


def _is_place(code: str) -> bool:
    return vocabulary().resolve(code, "place") == code


def _plain(value: object) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
