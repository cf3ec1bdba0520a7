"""The catalogue of technologies from its files: `technologies.toml` (what there is) and `technology_values.csv` (what is known of it)."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from touchstone.calc.carbon.factor import TAGS, CitedDocument
from touchstone.calc.carbon.factors.reference import document_from, documents, items
from touchstone.calc.field import Table
from touchstone.calc.pathway.lines_of_toml import Unparsed, head_of, lines_of, parsed
from touchstone.calc.pathway.places import places
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.table_text import UNREAD, rows_of
from touchstone.calc.pathway.technology import (
    BOUNDS,
    EVERYWHERE,
    PARAMETERS,
    SYNTHETIC,
    Catalogue,
    Technology,
    Value,
)
from touchstone.errors import Refusal, UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

COLUMNS = (
    "technology", "parameter", "value", "low", "high", "unit", "document", "clause", "tag", "currency_year", "place", "note_zh", "note_en",
)  # fmt: skip
# A plus joins the parts of a state.
_KEY = re.compile(r"\w[\w.-]*")
_A_KEY = Text("由字母、数字、点和连字符组成的代码", "a key of letters, digits, dots and hyphens")
_FIELDS = (
    "name",
    "kind",
    "product",
    "applies_to",
    "excludes",
    "from",
    "buildable",
    "scrap",
    "readiness",
    "note",
)


@cache
def pathway_documents() -> dict[str, CitedDocument]:
    """All documents that can be cited: those of carbon and those of pathways."""
    own = files("touchstone").joinpath("data/pathway/documents.toml").read_text("utf-8")
    return documents() | {key: document_from(key, row) for key, row in tomllib.loads(own).items()}


@cache
def catalogue() -> Catalogue:
    """The technologies that come with Touchstone. Raises UnusablePathway: TECH-001 to TECH-003."""
    folder = files("touchstone").joinpath("data/pathway")
    texts = (
        folder.joinpath(name).read_text("utf-8") for name in ("technologies.toml", "technology_values.csv")
    )
    return read_catalogue(
        next(texts), next(texts), known={}, named=("technologies.toml", "technology_values.csv")
    )


def read_catalogue(
    structure: str, values: str, known: Catalogue, named: tuple[str, str], synthetic: bool = False
) -> Catalogue:
    """Technologies and values of two files, added to those that are known.

    Args:
        structure: TOML, "" for none; values: csv, "" for none; named: how the user knows them, for messages.
        known: what the new stands beside; a technology stated anew takes its place, a value of it is taken before the known ones.
        synthetic: whether values may be tagged as made up.

    Raises:
        UnusablePathway: TECH-001 a field, TECH-002 a cell, TECH-003 neither value nor reason; the first, with the others in `also`.
    """
    wrong: list[Refusal] = []
    found = dict(known)
    for key, technology in _technologies(structure, named[0], wrong):
        before = known.get(key)
        found[key] = technology if before is None else replace(technology, values=before.values)
    for key, value in _values(values, named[1], found, synthetic, wrong):
        found[key] = replace(found[key], values=(*found[key].values, value))
    wrong += _references(found, named[0], lines_of(structure))
    if wrong:
        wrong[0].also = tuple(wrong[1:])
        raise wrong[0]
    return found


def _technologies(text: str, file: str, wrong: list[Refusal]) -> Iterator[tuple[str, Technology]]:
    try:
        given = parsed(text)
    except Unparsed as error:
        wrong.append(_faulty(f"{file}:{error.line}", "", error.said, Text("TOML文件", "a TOML file")))
        return
    lines = lines_of(text)

    def faulty(_: str, place: str, found: Text, expected: Text) -> UnusablePathway:
        return _faulty(f"{file}:{head_of(lines, place)}", place, found, expected)

    try:
        tables = Table(given, file, faulty).table("technology", {}).tables()
    except Refusal as problem:
        wrong.append(problem)
        return
    for key, each in tables.items():
        try:
            if not _KEY.fullmatch(key):
                raise faulty("", f"technology.{key}", Text(f"“{key}”", repr(key)), _A_KEY)
            yield key, _technology(key, each)
        except Refusal as problem:
            wrong.append(problem)


def _technology(key: str, given: Table) -> Technology:
    given.only(_FIELDS)
    kind = given.choice("kind", ("process", "measure"))

    def some(field: str) -> tuple[str, ...]:
        return given.words(field) if given.has(field) else ()

    return Technology(
        key, given.text("name"), kind, given.choice("product", tuple(items())), some("applies_to"), some("excludes"), some("from"),
        given.yes("buildable", kind == "process"), given.yes("scrap", False), given.whole("readiness", 0, 0, 9),
        given.text("note") if given.has("note") else None, (),
    )  # fmt: skip


def _references(known: Catalogue, file: str, lines: dict[str, int]) -> Iterator[UnusablePathway]:
    """A technology names others of its product, measures name processes, and exclusions name measures."""
    for key, each in known.items():
        for field, named, kind in (
            ("applies_to", each.applies_to, "process"),
            ("from", each.origins, "process"),
            ("excludes", each.excludes, "measure"),
        ):
            for name in named:
                other = known.get(name)
                if other is None or other is each or (other.kind, other.product) != (kind, each.product):
                    expected = Text(f"{each.product}的另一{kind}", f"another {kind} of {each.product}")
                    place = f"technology.{key}.{field}"
                    where = f"{file}:{head_of(lines, place)}"
                    yield _faulty(where, place, Text(f"“{name}”", repr(name)), expected)


def _values(
    text: str, file: str, known: Catalogue, synthetic: bool, wrong: list[Refusal]
) -> Iterator[tuple[str, Value]]:
    try:
        rows = list(rows_of(text, lambda number: _uncut(f"{file}:{number}", UNREAD)))
    except UnusablePathway as problem:
        wrong.append(problem)
        return
    head = tuple(rows[0][1]) if rows else COLUMNS
    if head != COLUMNS:
        expected = Text(f"表头{','.join(COLUMNS)}", f"the head {','.join(COLUMNS)}")
        wrong.append(refusal("TECH-002", f"{file}:1", column="", found=",".join(head), expected=expected))
        return
    for number, cells in rows[1:]:
        before, where = len(wrong), f"{file}:{number}"
        if len(cells) > len(COLUMNS):
            wrong.append(_uncut(where, Text(f"{len(cells)}格", f"{len(cells)} cells")))
            continue
        row: dict[str, str] = dict(zip(COLUMNS, (*cells, *[""] * (len(COLUMNS) - len(cells))), strict=True))
        value = _value(row, where, known, synthetic, wrong)
        if len(wrong) == before:
            yield row["technology"], value


def _uncut(where: str, found: Text) -> UnusablePathway:
    expected = Text(
        f"{len(COLUMNS)}格，含逗号的格放进引号",
        f"{len(COLUMNS)} cells, those with a comma in quotation marks",
    )
    return refusal("TECH-004", where, found=found, expected=expected)


def _value(
    row: Mapping[str, str], where: str, known: Catalogue, synthetic: bool, wrong: list[Refusal]
) -> Value:
    def cell(column: str, fits: Callable[[str], bool], expected: Text) -> str:
        said = row[column]
        if not fits(said):
            wrong.append(refusal("TECH-002", where, column=column, found=said, expected=expected))
        return said

    cell("technology", known.__contains__, Text("技术目录中的技术", "a technology of the catalogue"))
    parameter = cell("parameter", PARAMETERS.__contains__, Text("、".join(PARAMETERS), ", ".join(PARAMETERS)))
    tags = (*TAGS, SYNTHETIC) if synthetic else TAGS
    tag = cell("tag", tags.__contains__, Text("、".join(tags), ", ".join(tags)))
    cell(
        "document",
        lambda said: (
            said in pathway_documents()
            or (synthetic and (said == SYNTHETIC or (bool(said) and tag == "user")))
        ),
        Text(
            "data/pathway/documents.toml或data/carbon/documents.toml中的文件；自有资料写其名称，tag写user",
            "a document of data/pathway/documents.toml or data/carbon/documents.toml; an own one by its name, with the tag user",
        ),
    )
    cell("place", lambda said: not said or said in places(), Text("地区代码", "the code of a place"))
    # Limits and lives are of all places together: one of a single place would be passed over without a word.
    cell(
        "place",
        lambda said: not said or parameter not in EVERYWHERE,
        Text("空：该参数不分地区", "nothing: this parameter is of all places"),
    )
    value, low, high = [
        _converted(row[name], name, parameter, row["unit"], where, wrong) for name in ("value", "low", "high")
    ]
    zh, en = (row[name] for name in ("note_zh", "note_en"))
    if not row["value"] and not (zh and en):
        wrong.append(refusal("TECH-003", where))
    year = cell(
        "currency_year",
        lambda said: not said or (said.isascii() and said.isdecimal() and len(said) == 4),
        Text("年份", "a year"),
    )
    return Value(
        parameter, value, low, high, row["value"], row["unit"], row["document"], row["clause"], tag,
        int(year) if year.isascii() and year.isdecimal() else None, row["place"], Text(zh, en or zh) if zh or en else None, where,
    )  # fmt: skip


def _converted(
    said: str, column: str, parameter: str, unit: str, where: str, wrong: list[Refusal]
) -> float | None:
    own = PARAMETERS.get(parameter, "")
    if not said:
        return None
    try:
        value = Decimal(said)
        if not value.is_finite() or abs(value.adjusted()) > 30:
            raise InvalidOperation
        # A price of capacity is written for a tonne a year, which is a tonne of it.
        found = float(convert(value, unit.replace("/(t/a)", "/t"), own) if own else value)
    except (InvalidOperation, UnknownUnit, UnitMismatch):
        expected = Text(
            f"可换算为{own or '年份'}的数", f"a number in a unit that converts to {own or 'a year'}"
        )
        wrong.append(refusal("TECH-002", where, column=column, found=f"{said} {unit}", expected=expected))
        return None
    low, high = BOUNDS.get(parameter, (-1e12, 1e12))
    if not low <= found <= high or (
        parameter.endswith("_year") and not (said.isascii() and found == int(found))
    ):
        expected = Text(f"{low:g}至{high:g} {own}", f"from {low:g} to {high:g} {own}")
        wrong.append(refusal("TECH-002", where, column=column, found=f"{said} {unit}", expected=expected))
        return None
    return found


def _faulty(file: str, field: str, found: Text, expected: Text) -> UnusablePathway:
    return refusal("TECH-001", f"{file} {field}".strip(), found=found, expected=expected)
