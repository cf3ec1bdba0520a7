"""How an account performed: emissions for a tonne of each product and for 10,000 yuan, energy in standard coal, levels of limits.

Only what was measured for a unit as a whole is held against a limit: an indicator of a part of the plant (AC electricity of the
cells, a process) needs a meter there, which monthly activity data do not have.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from touchstone.calc.carbon.organisation import Organisation
from touchstone.calc.carbon.organisation_checks import ancestors
from touchstone.facts.text import Text

_SOLD = "electricity.sold"
_HEAT, _ENTHALPY = "ncv", {"enthalpy", "base_enthalpy"}
WHOLE = ("comprehensive-ac-electricity", "comprehensive-energy")
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
    """Where a unit stands, and by how much electricity or energy.

    Attributes:
        lacking: what the value is without, with why; it then reaches no level, because it is too low.
    """

    unit: str
    product: str
    standing: Standing
    lacking: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consumed:
    """What a unit used for a tonne of its product, by an indicator; lacking: what that is without, with why."""

    value: Fraction
    unit: str
    lacking: Mapping[str, Text]


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
        tuple(_intensities(account, emitted)),
        {each: standard_coal(account, once(account, shared), each) for each in COAL},
        tuple(_levels(account, of_unit, year)),
    )


def standard_coal(account: Account, entries: Iterable[Entry], electricity: str = "calorific") -> Energy:
    """Energy of the year of an account, by the heat values that its lines took and the coefficients of its nodes."""
    owners = {key: (key, *ancestors(account.organisation, key)) for key in account.units}
    return energy(entries, account.library, int(account.year), electricity, _heats(account), owners)


def once(account: Account, entries: Iterable[Entry]) -> list[Entry]:
    """What was used without what another unit of the account supplies: the fuel burnt for it is counted there."""
    return [each for each in entries if not account.supplied(each.unit, each.item, each.month)]


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


def makers(organisation: Organisation, entries: Iterable[Entry]) -> dict[str, frozenset[str]]:
    """By product, the units that state activity data and whose main product it is."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit in dict.fromkeys(entry.unit for entry in entries):
        if product := organisation.nodes[unit].product:
            found[product].add(unit)
    return {product: frozenset(units) for product, units in found.items()}


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


def _intensities(account: Account, emitted: dict[str, Fraction]) -> Iterable[Intensity]:
    shared = _shared(account)
    for product, units in makers(account.organisation, account.entries).items():
        made = amounts(each for each in shared if each.unit in units and each.item == product).get(product)
        if made:
            yield Intensity(
                product, made, items()[product].unit, sum((emitted[each] for each in units), Fraction(0))
            )
    for item, made in amounts(shared).items():
        if item in items() and items()[item].kind == "money" and made:
            yield Intensity(item, made, items()[item].unit, sum(emitted.values(), Fraction(0)))


def _levels(account: Account, of_unit: dict[str, list[Entry]], year: int) -> Iterable[Level]:
    day = date(year, 12, 31)
    for unit, entries in of_unit.items():
        product = account.organisation.nodes[unit].product
        for indicator in WHOLE:
            found = consumed(account, entries, product, indicator) if limits_of(product, indicator) else None
            if found:
                reached = standing(product, indicator, found.value, found.unit, day)
                if found.lacking:
                    reached = replace(reached, reached=None)
                yield Level(unit, product, reached, found.lacking)


def consumed(account: Account, entries: Iterable[Entry], product: str, indicator: str) -> Consumed | None:
    """What a unit used for a tonne of its product; None where it made none, used nothing, or by an indicator of a part of it."""
    own = list(entries)
    used = amounts(own)
    if not product or not used.get(product) or (product in _CHAIN and not used.get(_CHAIN[product])):
        return None
    if indicator == "comprehensive-energy":
        found = standard_coal(account, own)
        size, unit, lacking = found.total * 1000, "kgce/t", found.lacking
    elif indicator == "comprehensive-ac-electricity":
        power = (
            amount * (-1 if item == _SOLD else 1)
            for item, amount in used.items()
            if items()[item].kind == "electricity"
        )
        size, unit, lacking = sum(power, Fraction(0)) * 1000, "kWh/t", {}
    else:
        return None
    return Consumed(size / used[product], unit, lacking) if size else None
