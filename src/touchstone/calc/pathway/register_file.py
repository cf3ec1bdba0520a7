"""The plant register from its table: csv to a `Register`, or everything that is wrong with it, with file and row.

A cell without a value is not known, never zero; without a row that cannot be used every sum would be wrong, so the register is not used.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.pathway.naming import a_product
from touchstone.calc.pathway.places import a_place, places
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import NUMBERS, STATUSES, Line, Register
from touchstone.calc.pathway.register_heads import NEEDED, heads_of
from touchstone.calc.pathway.table_text import rows_of
from touchstone.calc.pathway.technology import BOUNDS
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

_DIGITS = 30
_UTMOST = 1.3
"""Times its capacity that a line can make at all: more is a slip of units."""
_FIRST = "line,place,product,technology,capacity [t/a]"
"""A head that will do."""
_KEY = re.compile(r"\w[\w.-]*")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_QUOTA = re.compile(r"\s*([\w.-]+)\s*[:：]\s*(\d+(?:\.\d+)?)\s*")
_STATUS = Text(
    "operating（在产）、idle（停产）、planned（拟建）",
    "operating, idle (stands still) or planned (not built yet)",
)
_BOUNDS = {
    "capacity": (1e-9, 1e9),
    "latitude": (-90.0, 90.0),
    "longitude": (-180.0, 180.0),
    "since": (1900.0, 2200.0),
    "until": (1900.0, 2200.0),
    **{name: BOUNDS[name] for name in ("electricity", "direct", "energy")},
}


def read_register(text: str, file: str) -> tuple[Register | None, tuple[UnusablePathway, ...]]:
    """A register, or everything that is wrong with its table.

    Args:
        text: csv with a head; file: how the user knows it, for messages.

    Returns:
        None with the reasons, PATHWAY-001 (head) to PATHWAY-009 and PATHWAY-025 (no commas), where anything is wrong.
    """
    try:
        rows = list(rows_of(text, lambda number: refusal("PATHWAY-008", f"{file}:{number}")))
        if not rows:
            raise refusal("PATHWAY-009", file, columns=_FIRST)
    except UnusablePathway as problem:
        return None, (problem,)
    heads, unread = heads_of(rows[0][1], file)
    if unread:
        return None, tuple(unread)
    wrong: list[UnusablePathway] = []
    lines: dict[str, Line] = {}
    for number, cells in rows[1:]:
        where = f"{file}:{number}"
        wrong += _beyond(cells, len(heads), where)
        row = {head: cell for (head, _), cell in zip(heads, cells, strict=False)}
        for line in _line(row, dict(heads), where, number, wrong):
            if before := lines.get(line.key):
                wrong.append(refusal("PATHWAY-004", where, line=line.key, before=f"{file}:{before.row}"))
            lines.setdefault(line.key, line)
    register = Register(file, tuple(_in_english(lines.values())))
    wrong = wrong or list(_quotas(register))
    if not lines and not wrong:
        wrong = [refusal("PATHWAY-001", file, found=Text("没有一行", "no row"), columns=", ".join(NEEDED))]
    return (None, tuple(wrong)) if wrong else (register, ())


def _in_english(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, each with the English names of its enterprise and park that any line of theirs states."""
    every = tuple(lines)
    owners = {each.enterprise: each.enterprise_en for each in every if each.enterprise_en}
    parks = {each.park: each.park_en for each in every if each.park_en}
    for each in every:
        owner, park = owners.get(each.enterprise, ""), parks.get(each.park, "")
        yield replace(each, enterprise_en=each.enterprise_en or owner, park_en=each.park_en or park)


def _beyond(cells: list[str], width: int, where: str) -> Iterator[UnusablePathway]:
    """A cell behind the last column of the head: a comma too many moves every cell behind it."""
    if len(cells) > width:
        expected = Text(
            f"不多于表头的{width}格；数中的逗号须去掉，或把这一格放进引号",
            f"at most the {width} cells of the head; a comma within a cell needs quotation marks around it",
        )
        yield refusal("PATHWAY-003", where, column=f"{width + 1}", found=cells[width], expected=expected)


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
        a_place(row.get("place", "")),
    )
    product = cell(
        "product",
        lambda said: said in items(),
        a_product(row.get("product", "")),
    )
    technology = cell("technology", bool, Text("工艺的键", "the key of a technology"))
    status = cell("status", lambda said: said in ("", *STATUSES), _STATUS) or "operating"
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
            row.get("enterprise_en", ""), row.get("park_en", ""),
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


def _number(said: str, column: str, own: str, where: str, wrong: list[UnusablePathway]) -> float | None:
    """A cell in the unit of `NUMBERS`; None where it is empty, and where it is wrong, which is told."""
    if not said:
        return None
    low, high = _BOUNDS.get(column, (0.0, 1e12))
    plain = said.replace("，", ",")
    try:
        printed = Decimal(plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain)
    except InvalidOperation:
        printed = Decimal("nan")
    if printed.is_finite() and abs(printed.adjusted()) > _DIGITS:
        # No amount of the industry has so many digits, and turning it into a number would take for ever.
        printed = Decimal("nan")
    value = float(convert(printed, own, NUMBERS[column]) if own and printed.is_finite() else printed)
    if low <= value <= high and (
        column not in ("since", "until") or (said.isascii() and value == int(value))
    ):
        return value
    expected = _expected(column, own, low, high)
    wrong.append(
        refusal("PATHWAY-003", where, column=column, found=f"{said} {own}".strip(), expected=expected)
    )
    return None


def _expected(column: str, own: str, low: float, high: float) -> Text:
    """What a number may be, in the unit that the head states."""
    if column in ("since", "until"):
        return Text(f"{low:g}至{high:g}的年份，如2020", f"a year from {low:g} to {high:g}, as 2020")
    ends = [
        f"{float(convert(Decimal(repr(end)), NUMBERS[column], own)) if own else end:,.10g}"
        for end in (low, high)
    ]
    unit = f" {own}" if own else ""
    zh = "大于0" if column == "capacity" else f"不小于{ends[0]}"
    en = "above 0" if column == "capacity" else f"from {ends[0]}"
    only = (
        ("，格中只写数，单位在表头", ", the cell without its unit, which is in the head") if own else ("", "")
    )
    return Text(
        f"{zh}、不大于{ends[1]}{unit}的数{only[0]}；逗号只用于千位（10,000）",
        f"a number {en} to {ends[1]}{unit}{only[1]}; commas only between thousands (10,000)",
    )


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
            if replaced is line:
                expected = Text("另一条线的指标", "the quota of another line")
                yield refusal(
                    "PATHWAY-003", register.where(line), column="quota", found=key, expected=expected
                )
                continue
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
