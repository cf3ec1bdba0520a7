"""How an account performed: emissions for a tonne of each product and for 10,000 yuan, energy in standard coal, levels of limits.

Only what was measured for a unit as a whole is held against a limit: an indicator of a part of the plant (AC electricity of the
cells, a process) needs a meter there, which monthly activity data do not have.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.limit import limits_of
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import (
    COAL,
    Energy,
    Heats,
    Standing,
    amounts,
    energy,
    standing,
)
from touchstone.calc.carbon.line import Input
from touchstone.calc.carbon.organisation_checks import ancestors

_SOLD = "electricity.sold"
_HEAT, _ENTHALPY = "ncv", {"enthalpy", "base_enthalpy"}
_WHOLE = ("comprehensive-ac-electricity", "comprehensive-energy")
"""Indicators of a unit as a whole."""
_CHAIN = {"aluminium.ingot": "aluminium.liquid"}
"""Products whose limits include making another: a cast house by itself is not held to the limit of ingots."""


@dataclass(frozen=True, slots=True)
class Intensity:
    """Tonnes of CO2 equivalent for one unit of something.

    Attributes:
        item: product or money; amount of it in `unit`; emissions of the units that made it.
    """

    item: str
    amount: Fraction
    unit: str
    emissions: Fraction

    @property
    def value(self) -> Fraction:
        """Emissions for one unit of it."""
        return self.emissions / self.amount


@dataclass(frozen=True, slots=True)
class Level:
    """Where a unit stands, and by how much electricity or energy."""

    unit: str
    product: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Performance:
    """Of an account of one year: intensities, energy by both values of electricity, and levels."""

    intensities: tuple[Intensity, ...]
    energy: dict[str, Energy]
    levels: tuple[Level, ...]


def performed(account: Account) -> Performance:
    """The performance of a year; of consolidated units, what counts of them."""
    of_unit: dict[str, list[Entry]] = defaultdict(list)
    for entry in account.entries:
        of_unit[entry.unit].append(entry)
    emitted: dict[str, Fraction] = defaultdict(Fraction)
    for line in account.lines:
        emitted[line.unit] += account.weighed(line)
    year = int(account.year)
    shared = _shared(account)
    return Performance(
        tuple(_intensities(account, of_unit, emitted)),
        {each: standard_coal(account, shared, each) for each in COAL},
        tuple(_levels(account, of_unit, year)),
    )


def standard_coal(account: Account, entries: Iterable[Entry], electricity: str = "calorific") -> Energy:
    """Energy of the year of an account, by the heat values that its lines took and the coefficients of its nodes."""
    owners = {key: (key, *ancestors(account.organisation, key)) for key in account.units}
    return energy(entries, account.library, int(account.year), electricity, _heats(account), owners)


def _heats(account: Account) -> Heats:
    """The heat values that the lines took; of steam and hot water, the heat that the line counts in a tonne of it."""
    found: dict[tuple[str, str, str], Input] = {}
    for line in account.every_line:
        given = {each.parameter: each for each in line.inputs}
        key = (line.unit, line.month, line.item)
        if _HEAT in given:
            found[key] = given[_HEAT]
        elif given.keys() >= _ENTHALPY:
            content = given["enthalpy"].value - given["base_enthalpy"].value
            found[key] = replace(given["enthalpy"], value=content)
    return found


def _shared(account: Account) -> list[Entry]:
    """The amounts as they count: whole, or by the share of each unit and month."""

    def part(entry: Entry) -> Entry:
        share = account.share(entry.unit, entry.month)
        return (
            entry
            if share == 1
            else replace(entry, value=entry.value * share.numerator / Decimal(share.denominator))
        )

    return [part(each) for each in account.entries if each.parameter == AMOUNT]


def _intensities(
    account: Account, of_unit: dict[str, list[Entry]], emitted: dict[str, Fraction]
) -> Iterable[Intensity]:
    makers: dict[str, list[str]] = defaultdict(list)
    for unit in of_unit:
        makers[account.organisation.nodes[unit].product].append(unit)
    shared = _shared(account)
    for product, units in makers.items():
        made = amounts(each for each in shared if each.unit in units and each.item == product).get(product)
        if made:
            yield Intensity(
                product, made, items()[product].unit, sum((emitted[each] for each in units), Fraction(0))
            )
    for item, made in amounts(shared).items():
        if item in items() and items()[item].kind == "money" and made:
            yield Intensity(item, made, items()[item].unit, sum(emitted.values(), Fraction(0)))


def _levels(account: Account, of_unit: dict[str, list[Entry]], year: int) -> Iterable[Level]:
    for unit, entries in of_unit.items():
        product = account.organisation.nodes[unit].product
        used = amounts(entries)
        if not product or not used.get(product) or (product in _CHAIN and not used.get(_CHAIN[product])):
            continue
        for indicator in _WHOLE:
            if not limits_of(product, indicator):
                continue
            if indicator == "comprehensive-energy":
                size, unit_of = standard_coal(account, entries).total * 1000, "kgce/t"
            else:
                power = (
                    amount * (-1 if item == _SOLD else 1)
                    for item, amount in used.items()
                    if items()[item].kind == "electricity"
                )
                size, unit_of = sum(power, Fraction(0)) * 1000, "kWh/t"
            if size:
                yield Level(
                    unit,
                    product,
                    standing(product, indicator, size / used[product], unit_of, date(year, 12, 31)),
                )
