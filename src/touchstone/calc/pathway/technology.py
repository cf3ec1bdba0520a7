"""Technologies: processes a line can be, and measures that change one; with every value cited, or empty with the reason.

A process is a whole state (electricity, direct emissions and energy of a tonne); a measure saves something of each tonne of the processes it
applies to. The files are `technologies.toml` (what there is) and `technology_values.csv` (what is known of it).
"""

import csv
import io
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from touchstone.calc.carbon.factor import TAGS, CitedDocument
from touchstone.calc.carbon.factors.reference import document_from, documents, items
from touchstone.calc.field import Table
from touchstone.calc.pathway.places import places
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.errors import Refusal, UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

COLUMNS = (
    "technology", "parameter", "value", "low", "high", "unit", "document", "clause", "tag", "currency_year", "place", "note_zh", "note_en",
)  # fmt: skip
PARAMETERS = {
    "electricity": "MWh/t", "direct": "tCO2e/t", "energy": "tce/t", "saving.electricity": "MWh/t", "saving.direct": "tCO2e/t",
    "saving.energy": "tce/t", "investment": "CNY/t", "running": "CNY/t", "lifetime": "yr", "first_year": "", "last_year": "",
    "spread": "%", "ramp": "t/yr",
}  # fmt: skip
"""What can be said of a technology, and the unit models take it in. An investment is for a t/a of capacity."""
BOUNDS = {
    "electricity": (0.0, 1000.0), "direct": (0.0, 1000.0), "energy": (0.0, 1000.0), "saving.electricity": (-100.0, 1000.0),
    "saving.direct": (-100.0, 1000.0), "saving.energy": (-100.0, 1000.0), "investment": (0.0, 1e7), "running": (-1e6, 1e6),
    "lifetime": (1.0, 200.0), "first_year": (1900.0, 2200.0), "last_year": (1900.0, 2200.0), "spread": (0.0, 100.0), "ramp": (0.0, 1e9),
}  # fmt: skip
"""What a value can be at all, in the unit of `PARAMETERS`: a measure may use more of one thing to save another, nothing is built for less
than nothing."""
SYNTHETIC = "synthetic"
"""Tag of values that are made up for a sample, and say so."""
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


@dataclass(frozen=True, slots=True)
class Value:
    """One cited value, in the unit of `PARAMETERS`; None where it was not found, and `note` says why.

    Attributes:
        low, high: as stated, None where no range is.
        printed, unit: as the document has it. place: "" for everywhere. currency_year: whose prices, None for none.
        where: file and row.
    """

    parameter: str
    value: float | None
    low: float | None
    high: float | None
    printed: str
    unit: str
    document: str
    clause: str
    tag: str
    currency_year: int | None
    place: str
    note: Text | None
    where: str

    @property
    def usable(self) -> bool:
        """It has a value, and somebody saw it (or made it up and says so)."""
        return self.value is not None and self.tag != "unverified"


@dataclass(frozen=True, slots=True)
class Technology:
    """A process or a measure.

    Attributes:
        kind: "process" or "measure". applies_to: processes a measure can be added to. excludes: measures that cannot stand beside it.
        origins: processes a line can be changed from. buildable: whether a line can be built anew with it. scrap: whether its metal is made of scrap.
        readiness: technology readiness level 1 to 9, 0 where nobody stated it.
        values: everything that is said of it, cited first.
    """

    key: str
    name: Text
    kind: str
    product: str
    applies_to: tuple[str, ...]
    excludes: tuple[str, ...]
    origins: tuple[str, ...]
    buildable: bool
    scrap: bool
    readiness: int
    note: Text | None
    values: tuple[Value, ...]

    def value(self, parameter: str, place: str = "") -> Value | None:
        """What is taken: of the place before everywhere, the user's own before what comes with Touchstone; None where nothing usable is."""
        fits = [
            each
            for each in self.values
            if each.parameter == parameter and each.usable and each.place in ("", place)
        ]
        return max(enumerate(fits), key=lambda each: (bool(each[1].place), each[0]), default=(0, None))[1]

    def number(self, parameter: str, place: str = "") -> float | None:
        """The number of what is taken, in the unit of `PARAMETERS`."""
        found = self.value(parameter, place)
        return None if found is None else found.value


Catalogue = Mapping[str, Technology]


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
    wrong += _references(found, named[0])
    if wrong:
        wrong[0].also = tuple(wrong[1:])
        raise wrong[0]
    return found


def _technologies(text: str, file: str, wrong: list[Refusal]) -> Iterator[tuple[str, Technology]]:
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        wrong.append(_faulty(file, "", Text(str(error), str(error)), Text("TOML文件", "a TOML file")))
        return
    top = Table(given.get("technology", {}), file, _faulty, "technology")
    for key in top.fields():
        try:
            yield key, _technology(key, top.table(key))
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


def _references(known: Catalogue, file: str) -> Iterator[UnusablePathway]:
    """A technology names others of its product, measures name processes, and exclusions name measures."""
    for key, each in known.items():
        for field, named, kind in (
            ("applies_to", each.applies_to, "process"),
            ("from", each.origins, "process"),
            ("excludes", each.excludes, "measure"),
        ):
            for name in named:
                if name not in known or known[name].kind != kind or known[name].product != each.product:
                    expected = Text(f"{each.product}的{kind}", f"a {kind} of {each.product}")
                    yield _faulty(file, f"technology.{key}.{field}", Text(f"“{name}”", repr(name)), expected)


def _values(
    text: str, file: str, known: Catalogue, synthetic: bool, wrong: list[Refusal]
) -> Iterator[tuple[str, Value]]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if text and tuple(rows.fieldnames or ()) != COLUMNS:
        expected = Text(f"表头{','.join(COLUMNS)}", f"the head {','.join(COLUMNS)}")
        wrong.append(
            refusal(
                "TECH-002", f"{file}:1", column="", found=",".join(rows.fieldnames or ()), expected=expected
            )
        )
        return
    for row in rows if text else ():
        before = len(wrong)
        value = _value(row, f"{file}:{rows.line_num}", known, synthetic, wrong)
        if len(wrong) == before:
            yield row["technology"].strip(), value


def _value(
    row: Mapping[str, str], where: str, known: Catalogue, synthetic: bool, wrong: list[Refusal]
) -> Value:
    def cell(column: str, fits: Callable[[str], bool], expected: Text) -> str:
        said = (row.get(column) or "").strip()
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
    value, low, high = [
        _converted(row.get(name) or "", name, parameter, row.get("unit") or "", where, wrong)
        for name in ("value", "low", "high")
    ]
    zh, en = ((row.get(name) or "").strip() for name in ("note_zh", "note_en"))
    if not row.get("value") and not (zh and en):
        wrong.append(refusal("TECH-003", where))
    year = cell(
        "currency_year",
        lambda said: not said or (said.isdecimal() and len(said) == 4),
        Text("年份", "a year"),
    )
    return Value(
        parameter, value, low, high, row.get("value") or "", row.get("unit") or "", row.get("document") or "", row.get("clause") or "", tag,
        int(year) if year.isdecimal() else None, (row.get("place") or "").strip(), Text(zh, en or zh) if zh or en else None, where,
    )  # fmt: skip


def _converted(
    said: str, column: str, parameter: str, unit: str, where: str, wrong: list[Refusal]
) -> float | None:
    own = PARAMETERS.get(parameter, "")
    if not said.strip():
        return None
    try:
        value = Decimal(said.strip())
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
    if not low <= found <= high or (parameter.endswith("_year") and found != int(found)):
        expected = Text(f"{low:g}至{high:g} {own}", f"from {low:g} to {high:g} {own}")
        wrong.append(refusal("TECH-002", where, column=column, found=f"{said} {unit}", expected=expected))
        return None
    return found


def _faulty(file: str, field: str, found: Text, expected: Text) -> UnusablePathway:
    return refusal("TECH-001", f"{file} {field}".strip(), found=found, expected=expected)
