"""A case: activity data as the checks look at them, in series of months and one unit of measure each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import median

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.reference import items, kinds
from touchstone.calc.carbon.inventory.plant import Plant
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation import Organisation
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, same_kind

Key = tuple[str, str, str]
"""Unit, item, parameter."""
SCALE = 1.4826
"""Turns the median absolute deviation of a normal into its standard deviation."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """Evidence and the day it is of; `month` is "" where it stands for a whole file."""

    unit: str
    item: str
    parameter: str
    month: str
    reference: str
    day: date


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one item and parameter of one unit by month.

    Attributes:
        unit: every value is in; values: by month, in order; entries: they were stated by.
    """

    unit: str
    values: Mapping[str, float]
    entries: Mapping[str, Entry]

    @property
    def median(self) -> float:
        """Of the values that are not zero; 0 where there is none."""
        given = [value for value in self.values.values() if value]
        return median(given) if given else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the checks look at.

    Attributes:
        statements: every value on every kind of evidence, the better evidence of one value first.
        series: of the value that counts; strangers: entries left out of their series, whose unit measures another thing, each
            with the unit of the series.
        plants: units with what they inherit; methods: known ones by key.
    """

    organisation: Organisation
    statements: tuple[Entry, ...]
    series: Mapping[Key, Series]
    strangers: tuple[tuple[Entry, str], ...]
    plants: Mapping[str, Plant]
    methods: Mapping[str, Method]
    deposits: tuple[Deposit, ...]

    def product(self, unit: str) -> Series | None:
        """The output of a unit; None where it has no product, or states none."""
        node = self.organisation.nodes.get(unit)
        return self.series.get((unit, node.product, AMOUNT)) if node else None

    def running(self, unit: str) -> frozenset[str]:
        """Months in which a unit was in operation: it made something, or stated anything where it has no product."""
        made = self.product(unit)
        if made:
            return frozenset(month for month, value in made.values.items() if value > 0)
        return frozenset(each.month for each in self.statements if each.unit == unit)


def case_of(
    organisation: Organisation, statements: Iterable[Entry], plants: Mapping[str, Plant], known: Mapping[str, Method],
    deposits: Iterable[Deposit] = (),
) -> Case:  # fmt: skip
    """The case of an organisation. Args: statements: as `calc.carbon.activity.statements` gives them; known: methods by key."""
    every = tuple(statements)
    counted: dict[Key, dict[str, Entry]] = defaultdict(dict)
    for each in every:
        counted[each.unit, each.item, each.parameter].setdefault(each.month, each)
    series: dict[Key, Series] = {}
    strangers: list[tuple[Entry, str]] = []
    for key, by_month in counted.items():
        made, odd = _series(key, by_month)
        series[key] = made
        strangers += ((each, made.unit) for each in odd)
    return Case(organisation, every, series, tuple(strangers), plants, known, tuple(deposits))


def what(item: str, parameter: str = AMOUNT) -> Text:
    """An item and what is stated of it, in words."""
    name = items()[item].name if item in items() else Text(item, item)
    if parameter == AMOUNT:
        return name
    if (item, parameter) in _named():
        return _named()[item, parameter]
    of = kinds()[parameter].name if parameter in kinds() else Text(parameter, parameter)
    return Text(f"{name.zh}的{of.zh}", f"{of.en} of {name.en}")


@cache
def _named() -> dict[tuple[str, str], Text]:
    """What methods call a property that they ask of one item only, and so name whole: anode-effect minutes per cell-day."""
    tiers = (
        (parameter.name, tier)
        for method in methods().values()
        for term in method.terms
        for parameter in term.parameters
        for tier in parameter.tiers
        if tier.kind == "measured" and tier.of
    )
    return {(tier.of, tier.factor): name for name, tier in tiers}


def in_unit(entry: Entry, unit: str) -> float:
    """The value of an entry in a unit that measures the same."""
    return float(entry.value if entry.unit_of == unit else convert(entry.value, entry.unit_of, unit))


def _series(key: Key, by_month: Mapping[str, Entry]) -> tuple[Series, list[Entry]]:
    """A series in the unit of the vocabulary where most values can be told in it, else in the one most are stated in."""
    stated = [each.unit_of for each in by_month.values()]
    unit = max(sorted(set(stated)), key=stated.count)
    if key[2] == AMOUNT and key[1] in items() and same_kind(unit, items()[key[1]].unit):
        unit = items()[key[1]].unit
    fits = {word: word == unit or same_kind(word, unit) for word in set(stated)}
    kept = {month: each for month, each in sorted(by_month.items()) if fits[each.unit_of]}
    odd = [each for each in by_month.values() if not fits[each.unit_of]]
    return Series(unit, {month: in_unit(each, unit) for month, each in kept.items()}, kept), odd
