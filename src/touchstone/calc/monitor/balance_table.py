"""Balances as they are declared: which series of the ledger are the output, the imports, the stocks ... of a material.

Files of data/balances and of the folder `balances` of the workspace; one of the workspace takes the place of one of the
same material. A line that is not declared is told as such in every result, and never taken to be zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from tomllib import TOMLDecodeError, loads
from typing import Any

from touchstone.calc.monitor.release import FREQUENCIES
from touchstone.calc.monitor.unmonitored import declaration
from touchstone.errors import UnknownUnit, UnusableDeclaration
from touchstone.facts.calendar_table import codes
from touchstone.facts.text import Text
from touchstone.facts.unit import unit

ITEMS = {
    "output": Text("产量", "output"),
    "import": Text("进口", "imports"),
    "export": Text("出口", "exports"),
    "stock": Text("期末库存", "closing stocks"),
    "use": Text("消费量（来源给出）", "reported use"),
    "capacity": Text("产能", "capacity"),
    "utilisation": Text("产能利用率", "utilisation"),
    "price": Text("价格", "price"),
}
"""What may be declared of a material."""
WORKED_OUT = {
    "stock_change": Text("库存变动", "change in stocks"),
    "apparent_use": Text("表观消费量", "apparent use"),
    "apparent_use_gross": Text("表观消费量（未计库存变动）", "apparent use, stocks left out"),
    "gap": Text("平衡差额", "gap of the balance"),
    "margin": Text("价差毛利", "margin"),
}
"""What is worked out of that."""
MEASURES = {
    "output": "output", "import": "import", "export": "export", "stock": "stock", "use": "consumption",
    "capacity": "capacity", "utilisation": "rate", "price": "price",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """The series of one item: its subjects and places in the order in which they are looked for, and its unit."""

    item: str
    subjects: tuple[str, ...]
    measure: str
    places: tuple[str, ...]
    frequency: str
    unit: str


@dataclass(frozen=True, slots=True)
class Input:
    """What goes into a unit of the material: a series of prices, and how much of it, with its own source."""

    line: Line
    amount: str
    source: str


@dataclass(frozen=True, slots=True)
class Declared:
    """The balance of one material.

    Attributes:
        unit: that of its quantities; price_unit: of its price and margin.
        frequency: at which it is drawn up.
        calendar: whose trading days its daily prices have.
        lines: by item; inputs: of its margin.
    """

    material: str
    name: Text
    unit: str
    price_unit: str
    frequency: str
    calendar: str
    lines: Mapping[str, Line]
    inputs: tuple[Input, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Balances:
    """The balances that are declared, by material, and the files that could not be used."""

    by_material: Mapping[str, Declared]
    problems: tuple[UnusableDeclaration, ...]


_NEEDED = {"material", "zh", "en", "unit", "frequency", "lines", "source"}
_ALLOWED = _NEEDED | {"price_unit", "calendar", "inputs"}


def balances(own: Path | None = None) -> Balances:
    """The balances that come with Touchstone, and those of a folder of the workspace."""
    shipped = files("touchstone") / "data" / "balances"
    sheets = [
        (f"data/balances/{f.name}", f.read_text("utf-8"))
        for f in sorted(shipped.iterdir(), key=lambda f: f.name)
    ]
    for path in sorted(own.glob("*.toml")) if own else ():
        sheets.append((f"balances/{path.name}", path.read_text("utf-8", errors="replace")))
    found: dict[str, Declared] = {}
    problems: list[UnusableDeclaration] = []
    for where, text in sheets:
        try:
            found |= {each.material: each for each in balances_in(text, where)}
        except UnusableDeclaration as problem:
            problems.append(problem)
    return Balances(found, tuple(problems))


def balances_in(text: str, where: str) -> tuple[Declared, ...]:
    """The balances one file declares. Raises UnusableDeclaration: MONITOR-001."""
    try:
        rows = loads(text).get("balance", [])
        return tuple(
            _declared(row, f"{where} {row.get('material', number)}") for number, row in enumerate(rows, 1)
        )
    except (
        TOMLDecodeError,
        UnknownUnit,
        TypeError,
        AttributeError,
        KeyError,
        ArithmeticError,
        ValueError,
    ) as error:
        said = f"no {error}" if isinstance(error, KeyError) else str(error).splitlines()[0]
        raise declaration(
            where, said, "a balance like those of data/balances", (said, "写法同data/balances的平衡表")
        ) from error


def _declared(row: Mapping[str, Any], where: str) -> Declared:
    for names, zh, en in (
        (_NEEDED - row.keys(), "缺少", "missing"),
        (row.keys() - _ALLOWED, "不认识", "unknown"),
    ):
        if names:
            said = ", ".join(sorted(names))
            raise declaration(
                where,
                f"{en}: {said}",
                ", ".join(sorted(_ALLOWED)),
                (f"{zh}：{said}", "、".join(sorted(_ALLOWED))),
            )
    if row["frequency"] not in FREQUENCIES or row.get("calendar", "CN.spot") not in codes():
        said = f"{row['frequency']}, {row.get('calendar', 'CN.spot')}"
        raise declaration(
            where, said, "a frequency and a calendar that there are", (said, "已有的频率和日历")
        )
    for unknown in row["lines"].keys() - ITEMS.keys():
        raise declaration(where, f"line {unknown}", ", ".join(ITEMS), (f"项目{unknown}", "、".join(ITEMS)))
    quantity, price = unit(row["unit"]).zh, unit(row.get("price_unit", "元/吨")).zh
    units = {"utilisation": "%", "price": price}
    lines = {item: _line(item, given, row, units.get(item, quantity)) for item, given in row["lines"].items()}
    inputs = tuple(
        Input(_line("price", each, row, price), str(Fraction(str(each["amount"]))), each["source"])
        for each in row.get("inputs", ())
    )
    return Declared(
        row["material"], Text(row["zh"], row["en"]), quantity, price, row["frequency"], row.get("calendar", "CN.spot"),
        lines, inputs, row["source"],
    )  # fmt: skip


def _line(item: str, given: Mapping[str, Any], row: Mapping[str, Any], unit: str) -> Line:
    subjects = given.get("subject", row["material"])
    return Line(
        item, (subjects,) if isinstance(subjects, str) else tuple(subjects), given.get("measure", MEASURES[item]),
        tuple(given.get("places", ("CN", ""))), given.get("frequency", row["frequency"]), unit,
    )  # fmt: skip
