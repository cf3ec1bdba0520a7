"""What a template asks an enterprise for: its units in a year, the rows of each, and the words of the drop-downs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from touchstone.calc.carbon.consolidation import below, life, node
from touchstone.calc.carbon.factors.context import Context
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.factors.resolve import resolve
from touchstone.calc.carbon.inventory.passed import OUTPUT
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.needs import Need, Quantity, needs, quantities
from touchstone.calc.carbon.organisation import Organisation
from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.facts.activity import AMOUNT
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, same_kind
from touchstone.read.carbon.month import YEARS

POWER, _OWN_POWER = "power", "electricity.own"
"""The product of a power plant, which is what users take as their own power."""
BOILER_FUELS = ("bituminous-coal", "lignite", "raw-coal", "natural-gas", "fuel-oil", "diesel")
"""Fuels that stand ready for a unit that makes power: what it does not burn stays empty, and any other is in the lists."""
PERFORMANCE = ("pollutant", "water", "waste", "land", "money")
"""Kinds of items that no method counts and the group's table of performance has; offered to every unit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: a value of a unit.

    Attributes:
        evidence: what a method wants kept, None where nothing is said.
        default: what the methods of the unit take where it is not stated, in `quantity.unit`; None where they take nothing, or
            not one and the same.
    """

    unit: str
    quantity: Quantity
    evidence: Text | None
    default: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes into a template.

    Attributes:
        units: names by key, in the order of the organisation.
        rows: amounts and properties to be filled in, unit by unit.
        items: that may be chosen in an empty row; quantities of all of them.
    """

    units: Mapping[str, Text]
    rows: tuple[Asked, ...]
    items: tuple[str, ...]
    quantities: Mapping[tuple[str, str], Quantity]


def asked(
    organisation: Organisation, enterprise: str, year: int, methods: Mapping[str, Method], library: Library,
    stated: Collection[tuple[str, str, str]] = (),
) -> Sheet:  # fmt: skip
    """What an enterprise is asked for in a year.

    Args:
        enterprise: key of any node; it and all below it that is there in the year is asked.
        stated: unit, item and parameter of what was stated in other years: these rows stand ready.

    A unit has a row for each item its methods name and for each it has stated; for what it supplies to another unit or takes from
    it; and where it makes power, for the fuels of boilers. What a method counts by kind (any fuel) is offered in the lists.

    Raises:
        UnusableDeclaration: ORG-013 no such node, ORG-015 nothing of it is there in the year.
    """
    node(organisation, enterprise)
    units = [
        key for key in organisation.nodes if year in YEARS and _in_year(organisation, enterprise, key, year)
    ]
    if not units:
        raise refusal(UnusableDeclaration, "ORG-015", enterprise, year=year)
    known = quantities(methods.values(), library)
    parents = {organisation.nodes[key].parent for key in units}
    elsewhere = {organisation.nodes[key].product for key in units} - {""}
    rows: list[Asked] = []
    offered: dict[str, None] = {}
    for key in units:
        wanted = needs(organisation.nodes[key], methods, year, elsewhere)
        offered.update((need.item, None) for need in wanted)
        ready = {(item, parameter) for unit, item, parameter in stated if unit == key}
        transferred = _transferred(organisation, key, year)
        ready |= {(item, AMOUNT) for item in transferred}
        if organisation.nodes[key].product == POWER:
            ready |= {
                (need.item, AMOUNT)
                for need in wanted
                if need.item in BOILER_FUELS and need.parameter == AMOUNT
            }
        offered.update((item, None) for item in transferred)
        if key not in parents or ready:
            made = _rows(key, wanted, ready, known, key not in parents)
            place = organisation.nodes[key].place
            rows += [replace(each, default=_default(each, wanted, library, place, year)) for each in made]
    offered.update(
        (item.key, None) for item in items().values() if item.kind in PERFORMANCE and "/" not in item.unit
    )
    return Sheet(
        {key: organisation.nodes[key].name for key in units}, tuple(rows), tuple(offered),
        {key: each for key, each in known.items() if key[0] in offered},
    )  # fmt: skip


def _rows(
    unit: str, wanted: tuple[Need, ...], ready: set[tuple[str, str]], known: Mapping[tuple[str, str], Quantity], leaf: bool
) -> list[Asked]:  # fmt: skip
    """Rows of one unit: amounts, then properties; an item that is ready brings the properties its methods can use."""
    there = {item for item, _ in ready}
    keys = {
        (need.item, need.parameter): need.evidence
        for need in wanted
        if (leaf and need.named) or need.item in there
    }
    keys |= {key: None for key in sorted(ready) if key not in keys}
    every = [Asked(unit, known[key], evidence) for key, evidence in keys.items() if key in known]
    return sorted(every, key=lambda each: each.quantity.parameter != AMOUNT)


def _transferred(organisation: Organisation, key: str, year: int) -> list[str]:
    """The items that a unit takes from another in a year, and what it states of those it supplies."""
    found: dict[str, None] = {}
    for each in organisation.transfers:
        if (each.since or date.min).year <= year <= (each.until or date.max).year:
            if each.user == key:
                found[each.item] = None
            made = POWER if each.item == _OWN_POWER else OUTPUT.get(items()[each.item].kind, each.item)
            if each.maker == key and items()[made].kind == "product":
                found[made] = None
    return list(found)


def _default(
    asked: Asked, wanted: tuple[Need, ...], library: Library, place: str, year: int
) -> Fraction | None:
    """What the methods of a unit would take for a value that is not stated, where they all take the same."""
    quantity = asked.quantity
    found: set[Fraction] = set()
    for need in wanted:
        if (need.item, need.parameter) == (quantity.item, quantity.parameter):
            for each in need.defaults:
                context = Context(
                    year=year, region=place, documents=(each.document,) if each.document else (), asked_by=each.asked_by,
                    family=each.family, gas=each.gas,
                )  # fmt: skip
                try:
                    factor = resolve(library, each.factor, each.item, context).factor
                except Refusal:
                    continue
                if factor.value is not None and same_kind(factor.unit, quantity.unit):
                    found.add(convert(factor.value, factor.unit, quantity.unit))
    return found.pop() if len(found) == 1 else None


def _in_year(organisation: Organisation, enterprise: str, key: str, year: int) -> bool:
    since, until = life(organisation, key)
    first, last = max(since, date(year, 1, 1)), min(until, date(year, 12, 31))
    return first <= last and key in below(organisation, enterprise, last)
