"""The base year from the inventory: what the unit of a line made, used and emitted, beside what the register says of the line."""

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import power_for_product
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import NUMBERS, Line, Register
from touchstone.calc.pathway.register_heads import column_of
from touchstone.facts.unit import convert

PARTS = ("output", "electricity", "direct")
UNITS = {"output": "t", "electricity": "kWh/t", "direct": "t CO2e/t"}


@dataclass(frozen=True, slots=True)
class Base:
    """One line and its unit in one year.

    Attributes:
        registered, measured: "output" t, "electricity" kWh/t, "direct" t CO2e/t; None where nothing is stated, or nothing can be worked out.
        months: that state output and power, of which the measured values are.
    """

    line: Line
    year: str
    registered: dict[str, float | None]
    measured: dict[str, float | None]
    months: int

    def apart(self, part: str) -> float | None:
        """How far the register is from the inventory, as a share of the inventory."""
        mine, theirs = self.registered[part], self.measured[part]
        return None if mine is None or not theirs else mine / theirs - 1


def bases(register: Register, account: Account) -> Iterator[Base]:
    """The lines that name a unit of the account, each with what the account of its year measured; emissions are of scope 1.

    Months without power or without output count in neither, so that a tonne is never divided by what it did not take.
    """
    emitted: dict[str, float] = {}
    for each in account.lines:
        if each.scope == 1:
            emitted[each.unit] = emitted.get(each.unit, 0.0) + float(account.weighed(each))
    for line in register.lines:
        if line.inventory in account.units:
            yield _base(account, line, emitted.get(line.inventory))


def strangers(register: Register, account: Account) -> Iterator[UnusablePathway]:
    """PATHWAY-026: lines that name a unit which the organisation does not have; nothing is laid beside them."""
    for line in register.lines:
        if line.inventory and line.inventory not in account.units:
            near = difflib.get_close_matches(line.inventory, account.units, 3) or sorted(account.units)[:8]
            where = register.where(line)
            yield refusal("PATHWAY-026", where, line=line.key, found=line.inventory, near=", ".join(near))


def _base(account: Account, line: Line, emitted: float | None) -> Base:
    own = [each for each in account.entries if each.unit == line.inventory]
    by_month = power_for_product(own, line.product)
    power, output = (float(sum(each[n] for each in by_month.values())) for n in (0, 1))
    measured: dict[str, float | None] = dict.fromkeys(PARTS)
    if output > 0:
        measured = {
            "output": output,
            "electricity": 1000 * power / output,
            "direct": None if emitted is None or len(by_month) < 12 else emitted / output,
        }
    electricity = None if line.electricity is None else 1000 * line.electricity
    registered = {"output": line.output, "electricity": electricity, "direct": line.direct}
    return Base(line, account.year, registered, measured, len(by_month))


def filled(text: str, found: list[Base]) -> str:
    """The table of a register with the cells that are empty filled from the inventory, and the year said in the note; nothing stated is changed."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    heads = [column_of(cell)[0] for cell in rows[0]]
    by_key = {each.line.key: each for each in found}
    for row in rows[1:]:
        each = by_key.get(row[heads.index("line")].strip()) if len(row) == len(heads) else None
        taken = [] if each is None else list(_into(row, heads, rows[0], each))
        if each and taken and "note" in heads:
            note = heads.index("note")
            row[note] = "; ".join(
                filter(None, (row[note], f"{', '.join(taken)}: inventory {each.line.inventory} {each.year}"))
            )
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _into(row: list[str], heads: list[str], printed: list[str], each: Base) -> Iterator[str]:
    for part in PARTS:
        value = each.measured[part]
        if part in heads and not row[heads.index(part)].strip() and value is not None:
            unit = column_of(printed[heads.index(part)])[1] or NUMBERS[part]
            row[heads.index(part)] = f"{float(convert(Decimal(repr(value)), UNITS[part], unit)):.6g}"
            yield part
