"""How an account performed: emissions for a tonne of each product and for 10,000 yuan, energy in standard coal, levels of limits.

Only what was measured for a unit as a whole is held against a limit: an indicator of a part of the plant (AC electricity of the
cells, a process) needs a meter there, which monthly activity data do not have. Months count where both the output and what it is
held against were stated; the others are named.
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
from touchstone.calc.carbon.inventory.passed import passed
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
from touchstone.calc.carbon.line import Input
from touchstone.calc.carbon.organisation_checks import ancestors
from touchstone.facts.text import Text

At = tuple[str, str]
"""Unit and month."""
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
        passed: emissions of own power, heat and anodes that declared transfers brought to these units (`inventory.passed`).
        without: units, or enterprises, and months that count in neither, since they state only one of the two: "line-1 07".
    """

    item: str
    amount: Fraction
    unit: str
    emissions: Fraction
    without: tuple[str, ...] = ()
    passed: Fraction = Fraction(0)

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
        without: months left out as they state only one of output and use, each behind the unit: "line-1 07".
    """

    unit: str
    product: str
    standing: Standing
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
    return Performance(
        (*_products(account, shared), *_money(account, shared)),
        {each: standard_coal(account, shared, each) for each in COAL},
        tuple(levels),
        tuple(notes),
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


def _products(account: Account, shared: list[Entry]) -> Iterable[Intensity]:
    """Of each product, by the months that state both output and energy; where a unit states no energy at all, any emission."""
    emitted, brought = _emitted(account), passed(account)
    used = {
        (each.unit, each.month) for each in shared if each.item in items() and items()[each.item].kind in USED
    }
    powered = {unit for unit, _ in used}
    used |= {(each.unit, each.month) for each in account.every_line if each.unit not in powered}
    made: dict[str, dict[At, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for entry in shared:
        product = account.organisation.nodes[entry.unit].product
        if entry.item == product:
            made[product][entry.unit, entry.month] += amounts([entry]).get(product, Fraction(0))
    for product, by_month in made.items():
        makers = {unit for unit, _ in by_month}
        both = by_month.keys() & used
        amount = sum((by_month[at] for at in both), Fraction(0))
        if amount:
            emissions = sum((emitted.get(at, Fraction(0)) for at in both), Fraction(0))
            alone = {at for at in by_month.keys() ^ used if at[0] in makers}
            taken = sum((brought.get(at, Fraction(0)) for at in both), Fraction(0))
            yield Intensity(product, amount, items()[product].unit, emissions, _named(alone), taken)


def _money(account: Account, shared: list[Entry]) -> Iterable[Intensity]:
    """For 10,000 yuan, of the enterprises that state it in the months that they do."""
    emitted = _emitted(account)
    where = account.inventory.where
    stated: dict[str, list[Entry]] = defaultdict(list)
    for entry in shared:
        if entry.item in items() and items()[entry.item].kind == "money":
            stated[entry.item].append(entry)
    for item, entries in stated.items():
        earned = {(where[each.unit]["enterprise"] or each.unit, each.month) for each in entries}
        amount, emissions, alone = amounts(entries).get(item), Fraction(0), set()
        for (unit, month), size in emitted.items():
            if any((key, month) in earned for key in (unit, *ancestors(account.organisation, unit))):
                emissions += size
            else:
                alone.add((where[unit]["enterprise"] or unit, month))
        if amount:
            yield Intensity(item, amount, items()[item].unit, emissions, _named(alone))


def _emitted(account: Account) -> dict[At, Fraction]:
    """What units emitted, as it counts, by month."""
    found: dict[At, Fraction] = defaultdict(Fraction)
    for line in account.lines:
        found[line.unit, line.month] += account.weighed(line)
    return dict(found)


def _named(every: Iterable[At]) -> tuple[str, ...]:
    return tuple(f"{key} {month[5:]}" for key, month in sorted(every))


def _levels(account: Account, of_unit: dict[str, list[Entry]], year: int) -> tuple[list[Level], list[Text]]:
    levels: list[Level] = []
    notes: list[Text] = []
    for unit, entries in of_unit.items():
        product = account.organisation.nodes[unit].product
        used = amounts(entries)
        if not product or not used.get(product) or (product in _CHAIN and not used.get(_CHAIN[product])):
            continue
        for indicator in _WHOLE:
            if limits_of(product, indicator):
                found = _level(account, unit, entries, indicator, date(year, 12, 31))
                if isinstance(found, Level):
                    levels.append(found)
                elif found:
                    notes.append(found)
        notes += _undeclared(account, unit, product)
    return levels, notes


def _level(
    account: Account, unit: str, entries: list[Entry], indicator: str, day: date
) -> Level | Text | None:
    """Where a unit stands by an indicator; why it cannot be said; None where nothing is stated of it."""
    product = account.organisation.nodes[unit].product
    if indicator == "comprehensive-energy":
        size, unit_of = Fraction(0), "kgce/t"
        months = {each.month for each in entries if each.item in items() and items()[each.item].kind in USED}
        made = {month: made for month, made in _made(entries, product).items() if month in months}
        coal = standard_coal(account, [each for each in entries if each.month in made])
        if coal.lacking:
            without = (items()[item].name for item in coal.lacking)
            zh, en = zip(*((each.zh, each.en) for each in without), strict=True)
            name = account.title(unit)
            return Text(
                f"{name.zh}：{'、'.join(zh)}没有折标系数，综合能耗不完整，不判定限额等级",
                f"{name.en}: no level of energy, which is incomplete without a coefficient of {', '.join(en)}",
            )
        size = coal.total * 1000
    else:
        power = power_for_product(entries, product)
        made = {month: made for month, (_, made) in power.items()}
        size, unit_of = sum((each for each, _ in power.values()), Fraction(0)) * 1000, "kWh/t"
        months = {
            each.month
            for each in entries
            if each.item in items() and items()[each.item].kind == "electricity"
        }
    output = sum(made.values(), Fraction(0))
    if not size or not output:
        return None
    alone = (months | _made(entries, product).keys()) - made.keys()
    return Level(
        unit,
        product,
        standing(product, indicator, size / output, unit_of, day),
        _named((unit, month) for month in alone),
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
        if key.startswith(f"{product}.") and any(limits_of(key, each) for each in _WHOLE)
    ]
    if kinds and not any(limits_of(product, each) for each in _WHOLE):
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
