"""What a template asks an enterprise for: its units in a year, the rows of each, and the words of the drop-downs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.calc.carbon.consolidation import below, life, node
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.needs import Need, Quantity, needs, quantities
from touchstone.calc.carbon.organisation import Organisation
from touchstone.errors import UnusableDeclaration
from touchstone.facts.activity import AMOUNT
from touchstone.facts.text import Text
from touchstone.read.carbon.month import YEARS

PERFORMANCE = ("pollutant", "water", "waste", "land", "money")
"""Kinds of items that no method counts and the group's table of performance has; offered to every unit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: a value of a unit. `evidence`, what a method wants kept, None where nothing is said."""

    unit: str
    quantity: Quantity
    evidence: Text | None


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

    A unit has a row for each item its methods name and for each it has stated. What a method counts by kind (any fuel) is
    offered in the lists.

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
    rows: list[Asked] = []
    offered: dict[str, None] = {}
    for key in units:
        wanted = needs(organisation.nodes[key], methods, year)
        offered.update((need.item, None) for need in wanted)
        ready = {(item, parameter) for unit, item, parameter in stated if unit == key}
        if key not in parents or ready:
            rows += _rows(key, wanted, ready, known, key not in parents)
    offered.update((item.key, None) for item in items().values() if item.kind in PERFORMANCE)
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


def _in_year(organisation: Organisation, enterprise: str, key: str, year: int) -> bool:
    since, until = life(organisation, key)
    first, last = max(since, date(year, 1, 1)), min(until, date(year, 12, 31))
    return first <= last and key in below(organisation, enterprise, last)
