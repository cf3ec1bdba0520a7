"""How an account performed: emissions for a tonne of each product and for 10,000 yuan, energy in standard coal, levels of limits.

Only what was measured for a unit as a whole is held against a limit: an indicator of a part of the plant (AC electricity of the
cells, a process) needs a meter there, which monthly activity data do not have. Months count where both the output and what it is
held against were stated; the others are named.
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
from touchstone.calc.carbon.inventory.matched import MONEY, by_money, by_product, makers, of_whole
from touchstone.calc.carbon.inventory.passed import Passed, emitted, passed
from touchstone.calc.carbon.inventory.performance import (
    COAL,
    USED,
    Energy,
    Heats,
    Standing,
    amounts,
    energy,
    power_for_product,
    standing,
)
from touchstone.calc.carbon.inventory.supplied import as_bought, bought
from touchstone.calc.carbon.line import Input
from touchstone.calc.carbon.organisation_checks import ancestors
from touchstone.facts.text import Text

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
        passed: emissions of own power, heat and anodes that declared transfers brought to these units (`inventory.passed`).
        known: whether all that transfers brought is known; else `passed` is 0 and `full` says nothing.
        without: units, or enterprises, and months that count in neither, since they state only one of the two: "line-1 07".
    """

    item: str
    amount: Fraction
    unit: str
    emissions: Fraction
    without: tuple[str, ...] = ()
    passed: Fraction = Fraction(0)
    known: bool = True

    @property
    def value(self) -> Fraction:
        """Emissions for one unit of it."""
        return self.emissions / self.amount

    @property
    def full(self) -> Fraction:
        """The same with what was passed on."""
        return (self.emissions + self.passed) / self.amount


@dataclass(frozen=True, slots=True)
class Level:
    """Where a unit stands, and by how much electricity or energy.

    Attributes:
        lacking: what the value is without, with why; it then reaches no level, because it is too low.
        without: months left out as they state only one of output and use, each behind the unit: "line-1 07".
    """

    unit: str
    product: str
    standing: Standing
    lacking: Mapping[str, Text] = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consumed:
    """What a unit used for a tonne of its product, by an indicator; lacking: what that is without, with why; without: as of a `Level`."""

    value: Fraction
    unit: str
    lacking: Mapping[str, Text]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Performance:
    """Of an account of one year: intensities, energy by both values of electricity, levels, and why units have none."""

    intensities: tuple[Intensity, ...]
    energy: dict[str, Energy]
    levels: tuple[Level, ...]
    notes: tuple[Text, ...] = ()


def performed(account: Account) -> Performance:
    """The performance of a year; of consolidated units, what counts of them."""
    of_unit: dict[str, list[Entry]] = defaultdict(list)
    for entry in account.entries:
        of_unit[entry.unit].append(entry)
    shared = _shared(account)
    levels, notes = _levels(account, of_unit, int(account.year))
    brought = passed(account)
    intensities = (*_products(account, shared, brought), *_money(account, shared))
    told = dict.fromkeys(why for each in intensities for why in brought.unknown.get(each.item, ()))
    return Performance(
        intensities,
        {each: standard_coal(account, once(account, shared), each) for each in COAL},
        tuple(levels),
        (*notes, *told),
    )


def standard_coal(account: Account, entries: Iterable[Entry], electricity: str = "calorific") -> Energy:
    """Energy of the year of an account, by the heat values that its lines took and the coefficients of its nodes."""
    owners = {key: (key, *ancestors(account.organisation, key)) for key in account.units}
    return energy(entries, account.library, int(account.year), electricity, _heats(account), owners)


def once(account: Account, entries: Iterable[Entry]) -> list[Entry]:
    """What was used without what another unit of the account supplies: the fuel burnt for it is counted there."""
    return [
        part for each in entries for part in bought(each, account.supplied(each.unit, each.item, each.month))
    ]


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

    return [part(each) for each in of_whole(account)]


def _products(account: Account, shared: list[Entry], brought: Passed) -> Iterable[Intensity]:
    own = emitted(account)
    for product in makers(account):
        matched = by_product(account, product)
        made = [each for each in shared if each.item == product and (each.unit, each.month) in matched.both]
        if amount := amounts(made).get(product):
            emissions = sum((own[at] for at in matched.both), Fraction(0))
            taken = sum((brought.sizes.get(at, Fraction(0)) for at in matched.both), Fraction(0))
            yield Intensity(
                product,
                amount,
                items()[product].unit,
                emissions,
                matched.without,
                taken,
                product not in brought.unknown,
            )


def _money(account: Account, shared: list[Entry]) -> Iterable[Intensity]:
    own = emitted(account)
    for item in dict.fromkeys(each.item for each in shared if each.item in items()):
        if items()[item].kind == MONEY:
            matched = by_money(account, item, own)
            counted = [each for each in shared if each.item == item and matched.counts(each.unit, each.month)]
            emissions = sum((size for at, size in own.items() if matched.counts(*at)), Fraction(0))
            if amount := amounts(counted).get(item):
                yield Intensity(item, amount, items()[item].unit, emissions, matched.without)


def _levels(account: Account, of_unit: dict[str, list[Entry]], year: int) -> tuple[list[Level], list[Text]]:
    day = date(year, 12, 31)
    levels: list[Level] = []
    notes: list[Text] = []
    for unit, entries in of_unit.items():
        product = account.organisation.nodes[unit].product
        for indicator in WHOLE:
            found = consumed(account, entries, product, indicator) if limits_of(product, indicator) else None
            if found:
                reached = standing(product, indicator, found.value, found.unit, day)
                if found.lacking:
                    reached = replace(reached, reached=None)
                levels.append(Level(unit, product, reached, found.lacking, found.without))
        if product and amounts(entries).get(product):
            notes += _undeclared(account, unit, product)
    return levels, notes


def consumed(account: Account, entries: Iterable[Entry], product: str, indicator: str) -> Consumed | None:
    """What a unit used for a tonne of its product, in the months that state both; None where it made none, used nothing, or by an indicator
    of a part of it.

    Args:
        entries: of one unit and year.
    """
    own = list(entries)
    used = amounts(own)
    if not product or not used.get(product) or (product in _CHAIN and not used.get(_CHAIN[product])):
        return None
    kinds = {"comprehensive-energy": USED, "comprehensive-ac-electricity": ("electricity",)}.get(indicator)
    if kinds is None:
        return None
    months = {each.month for each in own if each.item in items() and items()[each.item].kind in kinds}
    stated = _made(own, product)
    lacking: Mapping[str, Text] = {}
    if indicator == "comprehensive-energy":
        made = {month: size for month, size in stated.items() if month in months}
        # what a unit takes of power made inside is energy that it used, though not energy of the whole
        taken = [replace(each, item=as_bought(each.item)) for each in own if each.month in made]
        coal = standard_coal(account, taken)
        size, unit, lacking = coal.total * 1000, "kgce/t", coal.lacking
    else:
        power = power_for_product(own, product)
        made = {month: size for month, (_, size) in power.items()}
        size, unit = sum((each for each, _ in power.values()), Fraction(0)) * 1000, "kWh/t"
    output = sum(made.values(), Fraction(0))
    if not size or not output:
        return None
    alone = (months | stated.keys()) - made.keys()
    return Consumed(
        size / output, unit, lacking, tuple(f"{own[0].unit} {month[5:]}" for month in sorted(alone))
    )


def _made(entries: Iterable[Entry], product: str) -> dict[str, Fraction]:
    """Output by month, where it is stated."""
    found: dict[str, Fraction] = {}
    for each in entries:
        if each.item == product and each.parameter == AMOUNT:
            found[each.month] = amounts([each]).get(product, Fraction(0))
    return found


def _undeclared(account: Account, unit: str, product: str) -> Iterable[Text]:
    """Why a product has no limits: they are set for kinds of it, and which is made is not declared."""
    kinds = [
        key
        for key in items()
        if key.startswith(f"{product}.") and any(limits_of(key, each) for each in WHOLE)
    ]
    if kinds and not any(limits_of(product, each) for each in WHOLE):
        name = account.title(unit)
        zh, en = (
            "、".join(items()[key].name.zh for key in kinds),
            ", ".join(items()[key].name.en for key in kinds),
        )
        keys = ", ".join(kinds)
        yield Text(
            f"{name.zh}：限额分{zh}规定，组织文件未写明该单元生产哪一种（product = {keys}），不判定限额等级",
            f"{name.en}: no level, since limits are set for {en} and the organisation does not say which the unit makes (product = {keys})",
        )
