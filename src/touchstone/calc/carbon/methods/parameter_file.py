"""Parameters of a method file, with the tiers of their values."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.factor import FAMILIES
from touchstone.calc.carbon.factors.context import PUBLISHED
from touchstone.calc.carbon.formula.units import ITEM, ITEM_UNITS
from touchstone.calc.carbon.method import KINDS, Option, Parameter, Tier
from touchstone.calc.carbon.methods.known import check_key, comes_in
from touchstone.calc.carbon.methods.unfit import unknown_unit
from touchstone.calc.field import Table
from touchstone.errors import UnknownUnit
from touchstone.facts.unit import unit

_TIER = ("kind", "factor", "of", "gas", "family", "document", "level", "value", "clause", "evidence")
_CHOSEN = re.compile(r"\{([^{}]+)\}")


def parameter_of(key: str, given: Table, options: tuple[Option, ...]) -> Parameter:
    """The parameter of one table. Raises UnusableDeclaration: METHOD-001, METHOD-005 or METHOD-006."""
    given.only(("name", "unit", "tiers"))
    code = given.word("unit")
    try:
        unit(code.replace(ITEM, ITEM_UNITS[0]))
    except UnknownUnit as error:
        raise unknown_unit(given.at("unit"), code) from error
    tiers = tuple(_tier(key, each, code, options) for each in given.rows("tiers"))
    given.distinct("tiers", [repr(tier) for tier in tiers])
    return Parameter(key, given.text("name"), code, tiers)


def _tier(key: str, given: Table, code: str, options: tuple[Option, ...]) -> Tier:
    given.only(_TIER)
    kind = given.choice("kind", KINDS)
    constant = kind == "constant"
    factor = "" if constant else given.word("factor", key.replace("_", "-"))
    if kind == "default":
        _check_factor(given, factor, code)
    if document := given.word("document", ""):
        check_key("documents", document, given.at("document"))
    of = given.word("of", "")
    for item in _items(given, of, options):
        check_key("items", item, given.at("of"))
    return Tier(
        kind=kind,
        factor=factor,
        of=of,
        gas=given.word("gas", ""),
        family=given.choice("family", ("", *FAMILIES), ""),
        document=document,
        level=given.choice("level", ("", *PUBLISHED), ""),
        value=_constant(given) if constant else None,
        clause=given.word("clause") if constant else given.word("clause", ""),
        evidence=given.text("evidence") if given.has("evidence") else None,
    )


def _check_factor(given: Table, factor: str, code: str) -> None:
    """A default is a kind of factor that can be brought to the unit of the parameter."""
    check_key("kinds", factor, given.at("factor"))
    if factor == AMOUNT or not any(comes_in(factor, code.replace(ITEM, item)) for item in ITEM_UNITS):
        raise given.wrong(
            "factor", f"a kind of factor that comes in {code}", f"单位为{code}的因子种类", factor
        )


def _items(given: Table, of: str, options: tuple[Option, ...]) -> Iterator[str]:
    """Every item that `of` can come to, over all choices of the option it names."""
    if not of:
        return
    asked = _CHOSEN.search(of)
    if asked is None:
        yield of
        return
    option = next((option for option in options if option.key == asked[1]), None)
    if option is None:
        raise given.wrong("of", "an item, or the key of an option in braces", "物项，或花括号中的选项键")
    yield from (of.replace(asked[0], choice.key) for choice in option.choices)


def _constant(given: Table) -> Decimal:
    try:
        return Decimal(given.word("value"))
    except InvalidOperation as error:
        raise given.wrong("value", "a decimal in quotes", "引号中的十进制数") from error
