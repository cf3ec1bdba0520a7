"""What the tables of an inventory report print, read back as numbers."""

import re
from decimal import Decimal
from fractions import Fraction

from touchstone.publish.carbon.labelled import both, held
from touchstone.publish.report.report import Report, Table


def table(report: Report, caption: str, **values: object) -> Table:
    [found] = [
        each for each in report.blocks
        if isinstance(each, Table) and each.caption == both(f"inventory_report.{caption}", **values)
    ]  # fmt: skip
    return found


def texts(found: Table, lang: str = "zh") -> list[list[str]]:
    return [[getattr(cell.text, lang) for cell in cells] for cells in found.body]


def figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def cents(value: Fraction) -> Decimal:
    return held(value, 2)


def product_of(mass: str, part: str, gwp: str) -> Fraction:
    share = Fraction(1) if part == "—" else Fraction(figure(part)) / 100
    return Fraction(figure(mass)) * share * Fraction(figure(gwp))


def assert_multiplies_out(row: list[str]) -> None:
    """A row of emissions of a unit: mass, then part and its mass where only a part counts, then GWP and equivalent."""
    [gwp] = re.findall(r"GWP ([\d,.]+)", row[3])
    shared = re.findall(r"^× ([\d.]+)%（计入部分）＝ (−?[\d,.]+)吨", row[3])
    mass = Fraction(figure(row[1]))
    for part, counted in shared:
        places = len(counted.partition(".")[2])
        assert held(mass * Fraction(figure(part)) / 100, places) == figure(counted), row
        mass = Fraction(figure(counted))
    equivalent = row[4] if len(row) == 5 else re.findall(r" ＝ (−?[\d,.]+)吨CO2当量", row[3])[0]
    assert cents(mass * Fraction(figure(gwp))) == figure(equivalent), row
