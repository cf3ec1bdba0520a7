"""What inventories and facts say of the indicators of targets, year by year; what they cannot say comes with the reason.

Ratios are of the units and months that state both sides (`carbon.inventory.matched`); the table they are taken from is `yearly`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.benchmark import STATES, Placed, placed
from touchstone.calc.carbon.inventory.matched import makers
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.calc.carbon.inventory.yearly import Cell, Row, Yearly, yearly
from touchstone.calc.target.course import Measured
from touchstone.calc.target.indicator import Indicator, indicators
from touchstone.calc.target.stated import known_by
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

RENEWABLE = ("hydro", "wind", "solar", "solar-thermal", "biomass", "certified")
"""Kinds of electricity that are renewable; certified is green power or power with green certificates."""
_USED = ("grid", "direct", "own", "nuclear", "coal", "gas", *RENEWABLE)
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
                indicator, (_renewable(replace(account, year=year), products) for year in found.years)
            )
        case "benchmark.share":
            return _collected(
                indicator, (_benchmark(replace(account, year=year), products) for year in found.years)
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


def monthly(account: Account) -> dict[int, dict[int, Fraction]]:
    """Emissions by year and month, t CO2e: what a year that is running is projected from (`warned.outlook`). Raises as `measured`."""
    found: dict[int, dict[int, Fraction]] = {}
    for line in account.lines:
        year, month = int(line.month[:4]), int(line.month[5:7])
        own = found.setdefault(year, {})
        own[month] = own.get(month, Fraction(0)) + account.weighed(line)
    return found


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
    return Measured(year, Fraction(convert(cell.value, unit, about.unit)), made, _INVENTORY, cell.lacking)


_INVENTORY = Text("排放清单", "the inventory")


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
    return Measured(int(year), value, records, _INVENTORY, lacking)


def _renewable(account: Account, products: tuple[str, ...]) -> Measured | Text:
    """Power known to be renewable, of all power that was used; what of the grid's power is renewable is not known here."""
    units = (
        frozenset(unit for product in products for unit in makers(account).get(product, frozenset()))
        if products
        else None
    )
    own = [each for each in account.entries if (units is None or each.unit in units) and _power(each)]
    sizes = {
        kind: sum(
            (_counted(account, each) for each in own if each.item == f"electricity.{kind}"), Fraction(0)
        )
        for kind in _USED
    }
    total = sum(sizes.values(), Fraction(0))
    if not total:
        return Text(f"{account.year}年没有用电记录", f"no electricity is recorded for {account.year}")
    share = 100 * sum((sizes[kind] for kind in RENEWABLE), Fraction(0)) / total
    note = Text(
        "电网电量中的可再生部分未知，不计入",
        "what of the grid's power is renewable is not known and not counted",
    )
    return Measured(
        int(account.year),
        share,
        tuple(each.fact for each in own),
        _INVENTORY,
        note if sizes["grid"] else None,
    )


def _power(entry: Entry) -> bool:
    return entry.item.removeprefix("electricity.") in _USED and entry.item in amounts([entry])


def _counted(account: Account, entry: Entry) -> Fraction:
    return amounts([entry])[entry.item] * account.share(entry.unit, entry.month)


def _benchmark(account: Account, products: tuple[str, ...]) -> Measured | Text:
    """Capacity at the benchmark, of the capacity that can be classified; what cannot be is said."""
    rows = [
        each
        for each in placed(account).units
        if not products or account.organisation.nodes[each.unit].product in products
    ]
    known = [each for each in rows if each.state in STATES and each.capacity]
    whole = sum((each.capacity or Fraction(0) for each in known), Fraction(0))
    if not whole:
        why = next((each.why for each in rows if each.why), None)
        reason = why or Text("没有可分类的产能", "no capacity can be classified")
        return Text(f"{account.year}年：{reason.zh}", f"{account.year}: {reason.en}")
    good = sum((each.capacity or Fraction(0) for each in known if each.state == "benchmark"), Fraction(0))
    return Measured(
        int(account.year), 100 * good / whole, _units(known), _INVENTORY, _unknown(account, rows, known)
    )


def _units(rows: Iterable[Placed]) -> tuple[str, ...]:
    return tuple(each.unit for each in rows)


def _unknown(account: Account, rows: list[Placed], known: list[Placed]) -> Text | None:
    rest = list(dict.fromkeys(each.unit for each in rows if each not in known))
    zh, en = "、".join(account.name(key).zh for key in rest), ", ".join(account.name(key).en for key in rest)
    return Text(f"{zh}未能分类", f"{en} could not be classified") if rest else None
