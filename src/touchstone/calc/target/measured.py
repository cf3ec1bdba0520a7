"""What inventories and facts say of the indicators of targets, year by year; what they cannot say comes with the reason.

Ratios are of the units and months that state both sides (`carbon.inventory.matched`); the table they are taken from is `yearly`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.yearly import Cell, Row, Yearly, yearly
from touchstone.calc.target.course import INVENTORY, Measured
from touchstone.calc.target.indicator import Indicator, indicators
from touchstone.calc.target.shares import at_benchmark, renewable
from touchstone.calc.target.stated import known_by
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

_ROWS = {
    "emissions": "emissions",
    "peak": "emissions",
    "intensity.value": "per-value-added",
    "energy": "energy",
    "water.reuse": "water-reuse-rate",
    "waste.use": "waste-use-rate",
}
"""Indicators of a whole, and the rows of `data/carbon/performance.toml` that hold them."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """An indicator year by year; why: for what there is no value."""

    indicator: str
    values: tuple[Measured, ...]
    why: Text | None = None


def measured(
    account: Account, indicator: str, products: tuple[str, ...] = (), table: Yearly | None = None
) -> Measurement:
    """An indicator, as an inventory has it.

    Args:
        account: of all years, or up to the one it names.
        products: item keys; none for the whole account.
        table: `yearly(account)`, where it is at hand already.

    Raises:
        UnusableDeclaration: INVENTORY-002, no one set of potentials holds for all years; ask for one.
    """
    found = table or yearly(account)
    match indicator:
        case "renewable.share":
            return _collected(
                indicator, (renewable(replace(account, year=year), products) for year in found.years)
            )
        case "benchmark.share":
            return _collected(
                indicator, (at_benchmark(replace(account, year=year), products) for year in found.years)
            )
        case "emissions" | "peak" | "intensity" | "output" if products:
            return _of_products(found, indicator, products)
        case _ if indicator in _ROWS and not products:
            return _of_row(found.row(_ROWS[indicator]), indicator)
    return Measurement(
        indicator,
        (),
        Text("清单不含这一指标，请给出实际值", "inventories do not have this indicator; state its values"),
    )


def monthly(account: Account) -> "Months":
    """Emissions by year and month, t CO2e: what a year that is running is projected from (`warned.outlook`). Raises as `measured`."""
    found: Months = {}
    for line in account.lines:
        year, month = int(line.month[:4]), int(line.month[5:7])
        own = found.setdefault(year, {})
        own[month] = own.get(month, Fraction(0)) + account.weighed(line)
    return found


Months = dict[int, dict[int, Fraction]]
"""Amounts by year and month."""


def monthly_sides(account: Account, products: tuple[str, ...]) -> tuple[Months, Months]:
    """What the makers of products emitted (t CO2e), and what they made (t), of the months that state both: the two sides of an intensity
    that is running (`warned.outlook_of_ratio`). Raises as `measured`."""
    sides: tuple[Months, Months] = ({}, {})
    table = yearly(account)
    cells = [(int(year), cell) for key in products if (row := table.row(f"product.{key}")) for year, cell in row.cells.items()]  # fmt: skip
    for year, cell in cells:
        for side, found in zip((cell.over, cell.under), sides, strict=True):
            for record in side.records if side else ():
                own, month = found.setdefault(year, {}), int(record.month[5:7])
                own[month] = own.get(month, Fraction(0)) + record.counted
    return sides


def from_facts(
    facts: Iterable[Fact], indicator: str, sentence: Callable[[Fact], str], place: str = ""
) -> tuple[Measured, ...]:
    """Yearly values that documents report of an indicator; targets are not among them, and of a year the fact published last counts.

    Args:
        place: of the facts; those that name no place count for every one.
    """
    about, latest = indicators()[indicator], dict[int, Fact]()
    for fact in facts:
        if (
            fact.status == "target"
            or not fact.period
            or frequency(fact.period) != "A"
            or place not in ("", fact.place or place)
        ):
            continue
        if known_by(fact, sentence(fact))[0] is not about:
            continue
        year = int(fact.period)
        if year not in latest or _published(latest[year]) <= _published(fact):
            latest[year] = fact
    how = Text("文件所述", "as documents report")
    return tuple(
        Measured(year, Fraction(convert(fact.value, fact.unit, about.unit)), (fact.id,), how)
        for year, fact in sorted(latest.items())
    )


def _published(fact: Fact) -> str:
    return fact.published.isoformat() if fact.published else ""


def _collected(indicator: str, found: Iterator[Measured | Text]) -> Measurement:
    every = list(found)
    values = tuple(each for each in every if isinstance(each, Measured))
    reasons = [each for each in every if isinstance(each, Text)]
    return Measurement(indicator, values, reasons[-1] if reasons else None if values else _NONE)


_NONE = Text("清单没有任何年份", "the inventory has no year")


def _of_row(row: Row | None, indicator: str) -> Measurement:
    if row is None:
        return Measurement(indicator, (), _NONE)
    about = indicators()[indicator]
    return _collected(
        indicator, (_of_cell(int(year), cell, row.unit, about) for year, cell in row.cells.items())
    )


def _of_cell(year: int, cell: Cell, unit: str, about: Indicator) -> Measured | Text:
    if cell.value is None:
        return Text(f"{year}年：{cell.why.zh}", f"{year}: {cell.why.en}") if cell.why else _NONE
    made = cell.records or tuple(each for side in (cell.over, cell.under) if side for each in side.records)
    return Measured(year, Fraction(convert(cell.value, unit, about.unit)), made, INVENTORY, cell.lacking)


def _of_products(table: Yearly, indicator: str, products: tuple[str, ...]) -> Measurement:
    """Of the makers of some products: what they emitted, what they made, or one by the other."""
    rows = [row for product in products if (row := table.row(f"product.{product}"))]
    if not rows:
        names = Text(
            "、".join(_name(each).zh for each in products), ", ".join(_name(each).en for each in products)
        )
        return Measurement(
            indicator, (), Text(f"清单没有{names.zh}的产量", f"the inventory has no output of {names.en}")
        )
    return _collected(indicator, (_added(rows, year, indicator) for year in table.years))


def _name(product: str) -> Text:
    return items()[product].name if product in items() else Text(product, product)


def _added(rows: list[Row], year: str, indicator: str) -> Measured | Text:
    cells = [row.cells[year] for row in rows]
    if empty := next(
        (each for each in cells if each.value is None or each.over is None or each.under is None), None
    ):
        return empty.why or _NONE
    over = sum((each.over.value or Fraction(0) for each in cells if each.over), Fraction(0))
    under = sum((each.under.value or Fraction(0) for each in cells if each.under), Fraction(0))
    value = {"output": under, "intensity": over / under}.get(indicator, over)
    records = tuple(
        record for each in cells for side in (each.over, each.under) if side for record in side.records
    )
    lacking = next((each.lacking for each in cells if each.lacking), None)
    return Measured(int(year), value, records, INVENTORY, lacking)
