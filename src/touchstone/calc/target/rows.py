"""Rows of a file somebody wrote: every field that is read knows its file and line, and says what is wrong with it.

What targets, budgets, rules of allocation and replacement, indicator systems and score sheets have in common.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, TypeVar

from touchstone.calc.carbon.factor import TAGS
from touchstone.calc.pathway.lines_of_toml import Unparsed, parsed
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

T = TypeVar("T")
_YEARS = range(1990, 2101)
_LARGEST = Fraction(10) ** 15
_DIGITS = 60
_QUANTITY = re.compile(r"\s*([-+]?[\d.]+)\s*(.*?)\s*$")
YEAR = Text("1990至2100之间的年份，如 2030", "a year from 1990 to 2100, as 2030")
NUMBER = Text('数，如 30 或 "30.5"', 'a number, as 30 or "30.5"')


@dataclass(frozen=True, slots=True)
class Cited:
    """Where something is stated.

    Attributes:
        document: key or title; clause: of it; tag: how it became known, of `carbon.factor.TAGS`, "own" for Touchstone's proposal, or "synthetic".
    """

    document: str
    clause: str
    tag: str


OWN = (*TAGS, "own", "synthetic")
"""Tags of rows: those of factors; "own", a proposal of Touchstone or of the workspace that no document states; "synthetic", of a sample."""


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a file.

    Attributes:
        given: its fields; file: its name; line: where it begins; lines: where each field stands.
    """

    given: Mapping[str, Any]
    file: str
    line: int
    lines: Mapping[str, int]

    def at(self, field: str = "") -> str:
        """File, line and field: targets.toml:12 unit."""
        return f"{self.file}:{self.lines.get(field, self.line)} {field}".rstrip()

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self.given

    def words(self, field: str, default: str | None = None) -> str:
        """A word; TARGET-002 where it is missing, TARGET-003 where it is none."""
        if field not in self.given and default is not None:
            return default
        given = self._there(field)
        if not isinstance(given, str) or not given.strip():
            raise self.unlike(field, given, Text("文字", "a word"))
        return given.strip()

    def several(self, field: str) -> tuple[str, ...]:
        """A list of words; none where the field is missing."""
        given = self.given.get(field, [])
        if not isinstance(given, list) or not all(isinstance(each, str) and each for each in given):
            raise self.unlike(field, given, Text("文字的列表", "a list of words"))
        return tuple(given)

    def text(self, field: str) -> Text:
        """A text in both languages."""
        given = self._there(field)
        if not isinstance(given, dict) or not all(isinstance(given.get(lang), str) for lang in ("zh", "en")):
            raise self.unlike(field, given, Text("含zh和en的文字", "a text with zh and en"))
        return Text(given["zh"], given["en"])

    def choice(self, field: str, among: Collection[str], default: str | None = None) -> str:
        """One of some words; TARGET-003 with the choices."""
        given = self.words(field, default)
        if given not in among:
            near = difflib.get_close_matches(given, among, 3) or sorted(among)
            said = ", ".join(near)
            raise self.unlike(field, given, Text(f"以下之一：{said}", f"one of {said}"))
        return given

    def year(self, field: str) -> int:
        """A year; TARGET-004 where it has no form of one."""
        given = self._there(field)
        if type(given) is not int or given not in _YEARS:
            raise refusal("TARGET-004", self.at(field), found=given, expected=YEAR)
        return given

    def number(self, field: str) -> Fraction:
        """A number, exact as written."""
        return number(self._there(field), self.at(field))

    def quantity(self, field: str, to: str) -> Fraction:
        """A number with its unit ("-18 %"), in the unit `to`; as `quantity`."""
        return quantity(self._there(field), self.at(field), to)

    def by_year(self, field: str, to: str) -> dict[int, Fraction]:
        """A table of years: { 2025 = "-5 %", 2030 = "-18 %" }, in the unit `to`."""
        given = self._there(field)
        if not isinstance(given, dict) or not given:
            raise self.unlike(
                field,
                given,
                Text('按年份的表，如 { 2025 = "30 %" }', 'a table of years, as { 2025 = "30 %" }'),
            )
        found: dict[int, Fraction] = {}
        for year, value in given.items():
            if not re.fullmatch(r"[0-9]{4}", year) or int(year) not in _YEARS:
                raise refusal("TARGET-004", self.at(field), found=year, expected=YEAR)
            found[int(year)] = quantity(value, f"{self.at(field)}.{year}", to)
        return dict(sorted(found.items()))

    def cited(self) -> Cited:
        """Document, clause and tag."""
        return Cited(self.words("document"), self.words("clause", ""), self.choice("tag", OWN))

    def only(self, *fields: str) -> None:
        """Raises UnusablePathway: TARGET-010, it has a field that is none, as a misspelled one."""
        for field in self.given:
            if field not in fields:
                near = difflib.get_close_matches(field, fields, 1) or sorted(fields)
                raise refusal("TARGET-010", self.at(field), found=field, expected=", ".join(near))

    def unlike(self, field: str, found: object, expected: Text) -> UnusablePathway:
        """TARGET-003: a field says something that is not understood."""
        return refusal("TARGET-003", self.at(field), found=found, expected=expected)

    def _there(self, field: str) -> Any:
        if field not in self.given:
            raise refusal("TARGET-002", self.at(), field=field)
        return self.given[field]


def number(given: object, where: str) -> Fraction:
    """A finite number of a file, exact as written. Raises UnusablePathway: TARGET-003."""
    try:
        value = (
            Decimal(str(given))
            if isinstance(given, int | Decimal | str) and not isinstance(given, bool)
            else Decimal("nan")
        )
    except InvalidOperation:
        value = Decimal("nan")
    # A Decimal of a few signs can be a Fraction of a billion digits.
    if (
        not value.is_finite()
        or abs(value.adjusted()) > _DIGITS
        or len(value.as_tuple().digits) > _DIGITS
        or abs(Fraction(value)) >= _LARGEST
    ):
        raise refusal("TARGET-003", where, found=given, expected=NUMBER)
    return Fraction(value)


def quantity(given: object, where: str, to: str) -> Fraction:
    """A number with its unit, in the unit `to`.

    Raises:
        UnusablePathway: TARGET-003, it is none; TARGET-006, its unit is another; TARGET-012, it has none: 880 is tonnes to one reader and
            10,000 tonnes to another. 0 is 0 in every unit, and what is counted ("1") has none.
    """
    found = _QUANTITY.match(given) if isinstance(given, str) else None
    if isinstance(given, str) and found is None:
        raise refusal("TARGET-003", where, found=given, expected=NUMBER)
    value = number(found.group(1) if found else given, where)
    if found and found.group(2):
        return in_unit(value, found.group(2), to, where)
    if value and to != "1":
        raise refusal("TARGET-012", where, found=given, unit=to)
    return value


def in_unit(value: Fraction, unit: str, to: str, where: str) -> Fraction:
    """The value in another unit. Raises UnusablePathway: TARGET-006, there is no way."""
    try:
        return Fraction(convert(value, unit, to))
    except (UnitMismatch, UnknownUnit) as error:
        raise refusal("TARGET-006", where, found=unit, expected=to) from error


def rows(text: str, file: str, table: str) -> list[Row]:
    """The tables `[[table]]` of a TOML file, in order. Raises UnusablePathway: TARGET-001, it is no TOML, or has other things of that name."""
    given = _parsed(text, file).get(table, [])
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise refusal("TARGET-001", file, error=f"[[{table}]]")
    places = _places(text, table)
    return [Row(each, file, *(places[at] if at < len(places) else (1, {}))) for at, each in enumerate(given)]


def whole(text: str, file: str) -> Row:
    """The whole file as one row. Raises UnusablePathway: TARGET-001."""
    lines = {
        found.group(1): at for at, line in enumerate(text.splitlines(), 1) if (found := _FIELD.match(line))
    }
    return Row(_parsed(text, file), file, 1, lines)


_HEADER = re.compile(r"\s*(\[\[?[^\[\],]+\]\]?)\s*(?:#.*)?$")
_FIELD = re.compile(r"\s*[\"']?([\w.-]+?)[\"']?\s*=")


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return parsed(text, Decimal)
    except Unparsed as error:
        raise refusal("TARGET-001", f"{file}:{error.line}", error=error.said) from error


def _places(text: str, table: str) -> list[tuple[int, dict[str, int]]]:
    """Where each `[[table]]` begins, and its fields."""
    found: list[tuple[int, dict[str, int]]] = []
    inside = False
    for at, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            inside = header.group(1).replace(" ", "") == f"[[{table}]]"
            if inside:
                found.append((at, {}))
        elif inside and (field := _FIELD.match(line)):
            found[-1][1].setdefault(field.group(1), at)
    return found


def each_of(given: Iterable[Row], make: Callable[[Row], T]) -> tuple[list[T], list[UnusablePathway]]:
    """What could be made of rows, and what was refused; one wrong row leaves the others in."""
    kept: list[T] = []
    refused: list[UnusablePathway] = []
    for row in given:
        try:
            kept.append(make(row))
        except UnusablePathway as error:
            refused.append(error)
    return kept, refused
