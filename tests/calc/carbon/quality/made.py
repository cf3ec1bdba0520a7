"""A small group for the checks: two potlines, their own power plant, an anode shop, and three years or so of quiet data."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import sin

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.inventory.inventory import plant_of
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation import Organisation
from touchstone.calc.carbon.organisation_file import organisation_of
from touchstone.calc.carbon.quality.case import Case, Deposit, case_of
from touchstone.calc.carbon.quality.declared import Finding
from touchstone.calc.carbon.quality.quality import quality

MONTHS = tuple(f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13))
LINES = ("line-1", "line-2", "line-3", "line-4")


def _node(key: str, sector: str, product: str) -> str:
    return f"""
[[node]]
key = "{key}"
kind = "unit"
parent = "works"
name = {{ zh = "{key}", en = "{key}" }}
sector = "{sector}"
product = "{product}"
"""


GROUP = (
    """
[[node]]
key = "group"
kind = "group"
name = { zh = "集团", en = "group" }

[[node]]
key = "works"
kind = "enterprise"
parent = "group"
name = { zh = "铝厂", en = "works" }
place = "CN-53"
methods = { ipcc-2006-al = "always", cn-cets-2024-al = 2024-01-01 }
options = { technology = "cwpb", pfc = "slope", anode = "net-per-tonne" }
"""
    + "".join(_node(key, "aluminium", "aluminium.liquid") for key in LINES)
    + _node("power", "power", "power")
    + _node("anodes", "anode", "anode")
    + """
[[transfer]]
item = "electricity.own"
maker = "power"
user = "line-1"

[[transfer]]
item = "electricity.own"
maker = "power"
user = "line-2"
"""
)


def organisation() -> Organisation:
    """The group, read."""
    return organisation_of(GROUP, "organisation.toml", methods())


def entry(
    unit: str, month: str, item: str, value: float | str, unit_of: str, parameter: str = "amount", evidence: str = "meter"
) -> Entry:  # fmt: skip
    """One value."""
    fact = f"{unit} {month} {item} {parameter} {evidence}"
    return Entry(unit, month, item, parameter, Decimal(str(value)), unit_of, evidence, fact)


def quiet(months: Iterable[str] = MONTHS) -> list[Entry]:
    """Data without a fault: rates stay within a percent or two, and what the power plant supplies is what two lines take."""
    found: list[Entry] = []
    for number, month in enumerate(months):
        for place, line in enumerate(LINES):
            metal = round(10_000 + 300 * sin(number + place), 1)
            rate = 13.3 + 0.05 * sin(3 * number + place)
            found.append(entry(line, month, "aluminium.liquid", metal, "t"))
            item = "electricity.own" if place < 2 else "electricity.grid"
            found.append(entry(line, month, item, round(metal * rate, 1), "MWh"))
            found.append(entry(line, month, "anode", round(metal * 0.484, 1), "t", evidence="stock"))
            found.append(
                entry(
                    line, month, "anode", round(0.411 + 0.002 * sin(number), 4), "t/t", "consumption", "stock"
                )
            )
            found.append(
                entry(line, month, "anode", round(1.9 + 0.1 * sin(number + place), 2), "%", "sulphur", "lab")
            )
            found.append(
                entry(
                    line, month, "anode-effect", round(0.26 + 0.02 * sin(number * place + 1), 3), "min", "aem"
                )
            )
        own = sum(
            (each.value for each in found if each.month == month and each.item == "electricity.own"),
            Decimal(0),
        )
        found.append(entry("power", month, "power", str(own), "MWh"))
        found.append(
            entry("power", month, "bituminous-coal", round(float(own) * 0.43, 1), "t", evidence="stock")
        )
        ncv = round(20.9 + 0.2 * sin(number), 3)
        found.append(entry("power", month, "bituminous-coal", ncv, "GJ/t", "ncv", "lab"))
        found.append(entry("anodes", month, "anode", round(16_000 + 200 * sin(number), 1), "t"))
        found.append(
            entry("anodes", month, "anode.green", round(16_800 + 200 * sin(number), 1), "t", evidence="stock")
        )
        found.append(
            entry(
                "anodes", month, "anode.baking", round(16_000 + 200 * sin(number), 1), "t", evidence="stock"
            )
        )
    return found


def case(entries: Iterable[Entry], deposits: Iterable[Deposit] = ()) -> Case:
    """The case of these entries; of two with one key, unit of measure aside, the first counts."""
    group = organisation()
    return case_of(group, entries, {unit: plant_of(group, unit) for unit in group.nodes}, methods(), deposits)


def changed(unit: str, month: str, item: str, parameter: str = "amount", **by: object) -> list[Entry]:
    """Quiet data with one value changed: `times` or `to`, in `unit_of`, on `evidence`; left out where nothing is said."""
    found: list[Entry] = []
    for each in quiet():
        if each.key != (unit, month, item, parameter):
            found.append(each)
        elif by:
            value = Decimal(str(by["to"])) if "to" in by else each.value * Decimal(str(by.get("times", 1)))
            found.append(
                entry(
                    unit,
                    month,
                    item,
                    str(value),
                    str(by.get("unit_of", each.unit_of)),
                    parameter,
                    str(by.get("evidence", each.evidence)),
                )
            )
    return found


def findings(entries: Iterable[Entry], *checks: str) -> tuple[Finding, ...]:
    """What the checks find, notices left out."""
    return tuple(each for each in quality(case(entries), checks).findings if each.severity != "notice")


def deposit(month: str, day: date, unit: str = "line-1") -> Deposit:
    """Evidence of the metal of a month, of a day."""
    return Deposit(unit, "aluminium.liquid", "amount", month, "M-1", day)
