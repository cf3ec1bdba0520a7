"""Needs: which values the methods of a unit ask for, and in which units each may be stated.

Nothing is listed by hand: it is what the terms of the methods are worked out over, and what their parameters can be measured for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import product
from string import Formatter

from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items, over
from touchstone.calc.carbon.factors.size import limits, published
from touchstone.calc.carbon.method import Method, Parameter, Term, Tier
from touchstone.calc.carbon.methods.applicable import in_force
from touchstone.calc.carbon.organisation import Node
from touchstone.facts.activity import AMOUNT
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Quantity:
    """What can be stated of an item.

    Attributes:
        names: of the parameter, as the methods call it; the amount has the first words of any table.
        unit: it enters the methods in; `others`, further units that a table offers.
        low, high: the value in `unit` lies between; None where nothing bounds it.
        default: of the library in `unit`, None where it has none or several, or no method falls back on one.
    """

    item: str
    parameter: str
    names: tuple[Text, ...]
    unit: str
    others: tuple[str, ...]
    low: Fraction | None
    high: Fraction | None
    default: Fraction | None


@dataclass(frozen=True, slots=True)
class Need:
    """A value that a method of a unit asks for; `evidence`, what has to be kept for it, None where nothing is said.

    Attributes:
        named: True where a method names the item itself, False where it counts every item of its kind (fuel).
        defaults: what the methods take where it is not stated.
    """

    item: str
    parameter: str
    evidence: Text | None
    named: bool
    defaults: tuple["Default", ...] = ()


@dataclass(frozen=True, slots=True)
class Default:
    """A factor that a method takes for a value that is not stated: kind, item, gas and family of it, and the document it is from."""

    factor: str
    item: str
    gas: str
    family: str
    document: str
    asked_by: str


_PROCESS = "process"
_AMOUNT_NAME = Text("数量", "amount")
_ALSO = {
    "t": ("kg", "1e4 t"), "MWh": ("kWh", "1e4 kWh"), "GJ": ("MJ", "TJ"), "1e4 Nm3": ("Nm3",), "m3": ("1e4 m3",), "ha": ("m2",),
    "1e4 CNY": ("CNY",), "GJ/t": ("MJ/kg", "kJ/kg", "kcal/kg"), "GJ/1e4 Nm3": ("MJ/Nm3", "kJ/Nm3"), "times": ("%",),
    "t/t": ("kg/t",),
}  # fmt: skip
"""Units that plants print; any other of the same kind is read too."""


def quantities(methods: Iterable[Method], library: Library) -> dict[tuple[str, str], Quantity]:
    """All that can be stated: the amount of every item, and every property a method can take as measured."""
    found = {
        (item.key, AMOUNT): Quantity(
            item.key, AMOUNT, (_AMOUNT_NAME,), item.unit, _ALSO.get(item.unit, ()), Fraction(0), None, None
        )
        for item in items().values()
    }
    for method in methods:
        for term in method.terms:
            for item, parameter, tier in _measured(term, _choices(method)):
                key = item, tier.factor
                before = found.get(key)
                if tier.factor != AMOUNT and before is None:
                    found[key] = _quantity(item, parameter, tier, library)
                elif before and parameter.name not in before.names and tier.factor != AMOUNT:
                    found[key] = _named(before, parameter.name)
    return found


def needs(
    node: Node, methods: Mapping[str, Method], year: int | None = None, elsewhere: Collection[str] = ()
) -> tuple[Need, ...]:
    """What the methods of a node ask for in a year (None: in any), each once, in the order of the methods; its main product is one of them.

    Args:
        elsewhere: main products of other units of its enterprise. What a method works out over one of them is worked out there: a cast house
            that makes ingots beside potlines has no anodes and no anode effects.

    An option that is not declared yet leaves all its terms in: what is not needed may stay empty.
    """
    found: dict[tuple[str, str], Need] = {}
    others = frozenset(elsewhere) - {node.product} if node.product else frozenset[str]()
    if node.product:
        found[node.product, AMOUNT] = Need(node.product, AMOUNT, None, True)
    for key, first in node.methods:
        method = methods[key]
        if year is None or _applies(method, first, year):
            for need in _of(method, dict(node.options), others):
                before = found.get((need.item, need.parameter))
                found[need.item, need.parameter] = need if before is None else _both(before, need)
    return tuple(found.values())


def _applies(method: Method, first: date | None, year: int) -> bool:
    begun = first is None or first.year <= year
    return begun and any(in_force(method, date(year, month, 1)) for month in range(1, 13))


def _both(one: Need, other: Need) -> Need:
    defaults = tuple(dict.fromkeys((*one.defaults, *other.defaults)))
    return replace(
        one, evidence=one.evidence or other.evidence, named=one.named or other.named, defaults=defaults
    )


def _of(method: Method, declared: Mapping[str, str], elsewhere: frozenset[str]) -> Iterator[Need]:
    """What the terms ask for that count, or may count where an option is not declared; not those of a product made elsewhere."""
    given = {
        option.key: declared.get(f"{method.key}.{option.key}") or declared.get(option.key) or option.preset
        for option in method.options
    }
    choices = {
        key: (given[key],) if given[key] in every else every for key, every in _choices(method).items()
    }
    for term in _here(method, elsewhere):
        if all(set(choices[option]) & set(wanted) for option, wanted in term.when):
            for item, parameter, tier in _measured(term, choices):
                defaults = tuple(_defaults(method, term, item, parameter, choices))
                yield Need(item, tier.factor, tier.evidence, tier.of != "" or item in term.over, defaults)


def _here(method: Method, elsewhere: frozenset[str]) -> Iterator[Term]:
    """The terms but those over products made elsewhere; where the process of the method is such a product's, none of the process."""
    products = set(method.products)
    process = products & {item for term in method.terms if term.level == _PROCESS for item in term.over}
    for term in method.terms:
        over = process if term.level == _PROCESS and process else products & set(term.over)
        if not over or not over <= elsewhere:
            yield term


def _defaults(
    method: Method, term: Term, item: str, parameter: Parameter, choices: Mapping[str, tuple[str, ...]]
) -> Iterator[Default]:
    """What a parameter falls back on."""
    for tier in (tier for tier in parameter.tiers if tier.kind == "default"):
        gas = tier.gas or (term.gas if tier.factor == "emission" else "")
        document = tier.document or ("" if tier.family else method.document)
        for of in _named_items(tier.of, choices) if tier.of else (item,):
            yield Default(tier.factor, of, gas, tier.family, document, method.document)


def _choices(method: Method) -> dict[str, tuple[str, ...]]:
    return {option.key: tuple(choice.key for choice in option.choices) for option in method.options}


def _measured(term: Term, choices: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Parameter, Tier]]:
    """Item, parameter and tier of every value of a term that can be measured."""
    for parameter in term.parameters:
        for tier in (tier for tier in parameter.tiers if tier.kind == "measured"):
            for item in _named_items(tier.of, choices) if tier.of else over(term.over):
                yield item, parameter, tier


def _named_items(of: str, choices: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The items that `anode-effect.{technology}` comes to."""
    asked = [name for _, name, _, _ in Formatter().parse(of) if name]
    for answers in product(*(choices[name] for name in asked)):
        yield of.format_map(dict(zip(asked, answers, strict=True)))


def _quantity(item: str, parameter: Parameter, tier: Tier, library: Library) -> Quantity:
    unit = parameter.unit_of(items()[item].unit)
    cited = published(library, tier.factor, item, unit)
    low, high = None if unit == "°C" else Fraction(0), Fraction(1) if unit == "times" else None
    low, high = limits(library, tier.factor, item, unit) or (low, high)
    return Quantity(
        item,
        tier.factor,
        (parameter.name,),
        unit,
        _ALSO.get(unit, ()),
        low,
        high,
        cited[0]
        if len(set(cited)) == 1 and any(each.kind == "default" for each in parameter.tiers)
        else None,
    )


def _named(before: Quantity, name: Text) -> Quantity:
    return replace(before, names=(*before.names, name))
