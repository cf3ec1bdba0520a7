"""The plant register: production lines with technology, capacity, vintage and what a tonne takes; a table to a `Register`, or all that is wrong.

A line is what is replaced, retrofitted or retired as a whole: a potline, a furnace with its refinery. A cell without a value is not known,
never zero; a row that cannot be used leaves the whole register unused, because every sum over it would be wrong.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.pathway.places import places
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

WORDS = (
    "line", "name_zh", "name_en", "plant", "enterprise", "place", "park", "product", "technology", "status", "quota", "inventory", "source",
    "note",
)  # fmt: skip
NUMBERS = {
    "capacity": "t/yr",
    "output": "t",
    "electricity": "MWh/t",
    "direct": "tCO2e/t",
    "energy": "tce/t",
    "latitude": "",
    "longitude": "",
    "since": "",
    "until": "",
}
"""Columns of numbers and the unit a `Line` keeps them in; a head states its own, `capacity [1e4 t/yr]`."""
STATUSES = ("operating", "idle", "planned")
_DIGITS = 30
_UTMOST = 1.3
"""Times its capacity that a line can make at all: more is a slip of units."""
_NEEDED = ("line", "place", "product", "technology", "capacity")
_HEAD = re.compile(r"\s*([^\[\]]+?)\s*(?:\[\s*(.*?)\s*\])?\s*")
_KEY = re.compile(r"\w[\w.-]*")
_QUOTA = re.compile(r"\s*([\w.-]+)\s*[:：]\s*(\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One production line.

    Attributes:
        capacity: t/a; output: t in the base year; electricity: MWh/t; direct: t CO2e/t of fuels and process; energy: tce/t besides power;
            None where it is not known.
        since, until: first and last year it stands, None where nothing is said.
        quota: lines whose retired capacity it was built by, with t/a of each; inventory: key of its unit in the carbon inventory.
        row: of the file.
    """

    key: str
    name: Text
    plant: str
    enterprise: str
    place: str
    park: str
    product: str
    technology: str
    status: str
    capacity: float
    output: float | None
    electricity: float | None
    direct: float | None
    energy: float | None
    since: int | None
    until: int | None
    latitude: float | None
    longitude: float | None
    quota: tuple[tuple[str, float], ...]
    inventory: str
    source: str
    note: str
    row: int


@dataclass(frozen=True, slots=True)
class Register:
    """All lines of a file, in its order."""

    file: str
    lines: tuple[Line, ...]

    def of(self, key: str) -> Line | None:
        """The line of a key."""
        return next((each for each in self.lines if each.key == key), None)

    def where(self, line: Line) -> str:
        """The file and row of a line, for messages."""
        return f"{self.file}:{line.row}"


def read_register(text: str, file: str) -> tuple[Register | None, tuple[UnusablePathway, ...]]:
    """A register, or everything that is wrong with its table.

    Args:
        text: csv with a head; file: how the user knows it, for messages.

    Returns:
        None with the reasons, PATHWAY-001 (head) to PATHWAY-006, where anything is wrong.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    try:
        heads = _heads(rows[0] if rows else [], file)
    except UnusablePathway as problem:
        return None, (problem,)
    wrong: list[UnusablePathway] = []
    lines: dict[str, Line] = {}
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {head: cell.strip() for (head, _), cell in zip(heads, cells, strict=False)}
        units = dict(heads)
        found = list(_line(row, units, f"{file}:{number}", number, wrong))
        for line in found:
            if line.key in lines:
                wrong.append(
                    refusal(
                        "PATHWAY-004",
                        f"{file}:{number}",
                        line=line.key,
                        before=f"{file}:{lines[line.key].row}",
                    )
                )
            lines.setdefault(line.key, line)
    register = Register(file, tuple(lines.values()))
    if not wrong:
        wrong = list(_quotas(register)) or (
            []
            if lines
            else [refusal("PATHWAY-001", file, found=Text("没有一行", "no row"), columns=", ".join(_NEEDED))]
        )
    return (None, tuple(wrong)) if wrong else (register, ())


def _heads(cells: Iterable[str], file: str) -> list[tuple[str, str]]:
    """Column and unit of each head. Raises UnusablePathway: PATHWAY-001 a column is missing or unknown, PATHWAY-002 its unit."""
    heads: list[tuple[str, str]] = []
    for cell in cells:
        found = _HEAD.fullmatch(cell)
        name = found[1].lower() if found else cell
        if name not in WORDS and name not in NUMBERS or name in dict(heads):
            raise refusal(
                "PATHWAY-001",
                f"{file}:1",
                found=Text(f"列“{cell}”", f"the column {cell!r}"),
                columns=", ".join((*WORDS, *NUMBERS)),
            )
        own = NUMBERS.get(name, "")
        said = (found[2] if found else "") or ""
        if own:
            try:
                convert(1, said or own, own)
            except (UnknownUnit, UnitMismatch):
                raise refusal("PATHWAY-002", f"{file}:1", column=name, found=said, expected=own) from None
        heads.append((name, said or own))
    if lacking := [name for name in _NEEDED if name not in dict(heads)]:
        raise refusal(
            "PATHWAY-001",
            f"{file}:1",
            found=Text(f"没有列{'、'.join(lacking)}", f"no column {', '.join(lacking)}"),
            columns=", ".join((*WORDS, *NUMBERS)),
        )
    return heads


def _line(
    row: Mapping[str, str], units: Mapping[str, str], where: str, number: int, wrong: list[UnusablePathway]
) -> Iterator[Line]:
    """The line of a row, unless something is wrong with it: each fault is told."""
    before = len(wrong)

    def cell(column: str, fits: Callable[[str], bool], expected: Text) -> str:
        said = row.get(column, "")
        if not fits(said):
            wrong.append(refusal("PATHWAY-003", where, column=column, found=said, expected=expected))
        return said

    values = {
        name: _number(row.get(name, ""), name, units.get(name, own), where, wrong)
        for name, own in NUMBERS.items()
    }
    key = cell(
        "line",
        lambda said: bool(_KEY.fullmatch(said)),
        Text("字母、数字、点或连字符组成的键", "a key of letters, digits, dots or hyphens"),
    )
    place = cell(
        "place",
        lambda said: said in places(),
        Text("地区代码，如CN-35", "the code of a place, CN-35"),
    )
    product = cell(
        "product",
        lambda said: said in items(),
        Text("data/carbon/items.toml中的产品", "a product of data/carbon/items.toml"),
    )
    technology = cell("technology", bool, Text("工艺的键", "the key of a technology"))
    status = (
        cell("status", lambda said: said in ("", *STATUSES), Text("、".join(STATUSES), ", ".join(STATUSES)))
        or "operating"
    )
    quota = _quota(row.get("quota", ""), where, wrong)
    since, until = (None if values[each] is None else int(values[each] or 0) for each in ("since", "until"))
    if len(wrong) == before or values["capacity"] is None:
        wrong += _unlike(
            key, status, values, since, until, where, told=any(each.where == where for each in wrong[before:])
        )
    if len(wrong) == before:
        yield Line(
            key, Text(row.get("name_zh", "") or key, row.get("name_en", "") or row.get("name_zh", "") or key),
            row.get("plant", "") or key, row.get("enterprise", ""), place, row.get("park", ""), product, technology, status,
            values["capacity"] or 0.0, values["output"], values["electricity"], values["direct"], values["energy"], since, until,
            values["latitude"], values["longitude"], quota, row.get("inventory", ""), row.get("source", ""), row.get("note", ""), number,
        )  # fmt: skip


def _unlike(
    key: str, status: str, values: Mapping[str, float | None], since: int | None, until: int | None, where: str, *, told: bool
) -> Iterator[UnusablePathway]:  # fmt: skip
    """Cells that are each well written and do not go together, or are not there though they must be; `told`: the row has other faults."""
    capacity, output = values["capacity"], values["output"] or 0.0
    if capacity is None and not told:
        expected = Text("大于0的产能", "a capacity above 0")
        yield refusal("PATHWAY-003", where, column="capacity", found="", expected=expected)
    if since is not None and until is not None and until < since:
        yield refusal("PATHWAY-005", where, line=key, since=since, until=until)
    if status == "planned" and since is None:
        expected = Text("拟建产线的投产年份", "the first year of a planned line")
        yield refusal("PATHWAY-003", where, column="since", found="", expected=expected)
    if capacity and output > _UTMOST * capacity:
        yield refusal("PATHWAY-007", where, line=key, output=f"{output:,.0f}", capacity=f"{capacity:,.0f}")


_BOUNDS = {
    "capacity": (1e-9, 1e9),
    "latitude": (-90.0, 90.0),
    "longitude": (-180.0, 180.0),
    "since": (1900.0, 2200.0),
    "until": (1900.0, 2200.0),
}


def _number(said: str, column: str, own: str, where: str, wrong: list[UnusablePathway]) -> float | None:
    """A cell in the unit of `NUMBERS`; None where it is empty, and where it is wrong, which is told."""
    if not said:
        return None
    low, high = _BOUNDS.get(column, (0.0, 1e12))
    try:
        printed = Decimal(said.replace(",", "").replace("，", ""))
    except InvalidOperation:
        printed = Decimal("nan")
    if printed.is_finite() and abs(printed.adjusted()) > _DIGITS:
        printed = Decimal(
            "nan"
        )  # no amount of the industry has so many digits, and turning it into a number would take for ever
    value = float(convert(printed, own, NUMBERS[column]) if own and printed.is_finite() else printed)
    if low <= value <= high and (column not in ("since", "until") or value == int(value)):
        return value
    expected = Text(f"{low:g}至{high:g}之间的数", f"a number from {low:g} to {high:g}")
    wrong.append(refusal("PATHWAY-003", where, column=column, found=said, expected=expected))
    return None


def _quota(said: str, where: str, wrong: list[UnusablePathway]) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    for part in filter(None, re.split(r"[;；]", said)):
        match = _QUOTA.fullmatch(part)
        if match is None:
            expected = Text("“线:吨/年”，以分号隔开", "line:t/a, separated by semicolons")
            wrong.append(refusal("PATHWAY-003", where, column="quota", found=part, expected=expected))
            continue
        found.append((match[1], float(match[2])))
    return tuple(found)


def _quotas(register: Register) -> Iterator[UnusablePathway]:
    """A quota names a line of the register, and no line is replaced by more than it had."""
    used: dict[str, float] = {}
    for line in register.lines:
        for key, size in line.quota:
            replaced = register.of(key)
            if replaced is None:
                near = ", ".join(sorted(each.key for each in register.lines)[:5])
                yield refusal(
                    "PATHWAY-003",
                    register.where(line),
                    column="quota",
                    found=key,
                    expected=Text(f"登记表中的线：{near}", f"a line of the register: {near}"),
                )
                continue
            used[key] = used.get(key, 0.0) + size
            if used[key] > replaced.capacity * (1 + 1e-9):
                yield refusal(
                    "PATHWAY-006",
                    register.where(line),
                    line=key,
                    used=f"{used[key]:g}",
                    capacity=f"{replaced.capacity:g}",
                )
