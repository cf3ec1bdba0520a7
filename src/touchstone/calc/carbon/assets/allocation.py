"""Allocation: so many allowances of a year by a declared rule, with the numbers in its formula, or the reason there are none.

Rules are data (`data/carbon/allocation/*.toml`, and `carbon/allocation/*.toml` of a workspace): formula, document, clause, tag.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from touchstone.calc.carbon.assets.declaration import chosen, cited, said, table, whole_number, words
from touchstone.calc.carbon.assets.kind import KINDS, whole
from touchstone.calc.carbon.assets.unfit import no_value, one_of, unusable
from touchstone.calc.carbon.factors.reference import sectors
from touchstone.calc.carbon.formula.evaluate import exactly
from touchstone.calc.carbon.formula.expression import Expression, names
from touchstone.calc.carbon.formula.parse import parse
from touchstone.calc.carbon.formula.written import written
from touchstone.facts.text import Text

STAGES = {"pre": Text("预分配", "pre-allocation"), "final": Text("核定", "final allocation")}
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name of the formula.

    Attributes:
        value: as the document states it; None where it must be given.
        verified: years from the year of the rule to the one whose verified emissions it is; None where it is something else.
        band: name of the parameter that holds it between -band and +band where that is given; "" for none.
        reason: why there is no value, or what is not known of it; None for nothing.
    """

    key: str
    name: Text
    unit: str
    value: Decimal | None
    verified: int | None
    band: str
    document: str
    clause: str
    tag: str
    reason: Text | None


@dataclass(frozen=True, slots=True)
class Rule:
    """How much is allocated for one year.

    Attributes:
        key: of the rule; sector: key of data/carbon/sectors.toml; asset: of `KINDS`; stage: of `STAGES`.
        parameters: those of the formula, and the widths of bands.
    """

    key: str
    name: Text
    sector: str
    asset: str
    year: int
    stage: str
    formula: Expression
    document: str
    clause: str
    tag: str
    parameters: tuple[Parameter, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a rule gives.

    Attributes:
        amount: in t CO2e; None where parameters are lacking.
        lacking: the parameters without a value, each with its reason.
        values: what went into the formula, bands applied.
        bound: what a band changed: name, value before.
        written: the formula with its numbers; empty where there is no amount.
    """

    rule: Rule
    amount: Decimal | None
    lacking: tuple[Parameter, ...]
    values: dict[str, Decimal]
    bound: tuple[tuple[str, Decimal], ...]
    written: Text


def allowance(rule: Rule, given: Mapping[str, Decimal]) -> Allowance:
    """Work a rule out.

    Args:
        given: values of parameters by name; one that is given goes before the value of the rule.

    Returns:
        The amount, exact to 1e-9 t; nothing is assumed for what is lacking, and no band is applied unless its width is given.

    Raises:
        UnusableDeclaration: ASSET-019, a value is no number, or the width of a band below zero.
    """
    _sound(rule, given)
    known = {each.key: given.get(each.key, each.value) for each in rule.parameters}
    lacking = tuple(each for each in rule.parameters if each.key in names(rule.formula) and known[each.key] is None)  # fmt: skip
    if lacking:
        return Allowance(rule, None, lacking, {}, (), Text("", ""))
    values: dict[str, Decimal] = {}
    bound: list[tuple[str, Decimal]] = []
    for each in rule.parameters:
        if each.key not in names(rule.formula):
            continue
        value = known[each.key]
        assert value is not None
        if each.band and (width := known[each.band]) is not None and abs(value) > width:
            bound.append((each.key, value))
            value = width.copy_sign(value)
        values[each.key] = value
    shown = {each.key: (values[each.key], each.unit) for each in rule.parameters if each.key in values}
    return Allowance(
        rule, whole(exactly(rule.formula, values)), (), values, tuple(bound),
        Text(written(rule.formula, shown, "zh"), written(rule.formula, shown, "en")),
    )  # fmt: skip


def _sound(rule: Rule, given: Mapping[str, Decimal]) -> None:
    bands = {each.band for each in rule.parameters}
    for key, value in given.items():
        if not value.is_finite() or abs(value) >= _LARGEST:
            raise no_value(f"{rule.key} {key}", value, Text("有限的数", "a finite number"))
        if key in bands and value < 0:
            raise no_value(f"{rule.key} {key}", value, Text("零或正的限值", "a width of 0 or more"))


def read_rule(text: str, where: str) -> Rule:
    """The rule of one file. Raises UnusableDeclaration: ASSET-015, or FORMULA-001, with file and field."""
    row = table(text, where)
    formula = parse(words(row, "formula", where), where)
    found = row.get("parameter", {})
    parameters = tuple(_parameter(key, each, f"{where} parameter.{key}") for key, each in found.items())
    if strange := [name for name in names(formula) if name not in found]:
        raise one_of(f"{where} formula", strange[0], found)
    for each in parameters:
        if each.band and each.band not in found:
            raise one_of(f"{where} parameter.{each.key} band", each.band, found)
    document, clause, tag = cited(row, where)
    return Rule(
        words(row, "key", where), said(row, "name", where), chosen(row, "sector", where, tuple(sectors())),
        chosen(row, "asset", where, KINDS), whole_number(row, "year", where), chosen(row, "stage", where, STAGES),
        formula, document, clause, tag, parameters, said(row, "note", where) if "note" in row else None,
    )  # fmt: skip


def rules(own: Path | None = None) -> dict[str, Rule]:
    """The rules of Touchstone by key, and those of a workspace's folder `own`, which go before them."""
    found = dict(_shipped())
    for path in sorted(own.glob("*.toml")) if own else ():
        rule = read_rule(path.read_text("utf-8"), path.name)
        found[rule.key] = rule
    return found


@cache
def _shipped() -> dict[str, Rule]:
    folder = files("touchstone").joinpath("data/carbon/allocation")
    every = [read_rule(path.read_text("utf-8"), path.name) for path in folder.iterdir()]
    return {rule.key: rule for rule in sorted(every, key=lambda each: (each.year, each.stage != "pre", each.key))}  # fmt: skip


def _parameter(key: str, row: Mapping[str, Any], where: str) -> Parameter:
    reason = said(row, "reason", where) if "reason" in row else None
    verified = whole_number(row, "verified", where) if "verified" in row else None
    value = _value(row["value"], where) if "value" in row else None
    if value is None and verified is None and reason is None:
        raise unusable(
            f"{where} value",
            Text("没有取值也没有原因", "no value and no reason"),
            Text("取值，或没有取值的原因", "a value, or the reason there is none"),
        )
    document, clause, tag = cited(row, where)
    return Parameter(
        key, said(row, "name", where), words(row, "unit", where), value, verified, row.get("band", ""),
        document, clause, tag, reason,
    )  # fmt: skip


def _value(text: object, where: str) -> Decimal:
    try:
        value = Decimal(text) if isinstance(text, str) else Decimal("nan")
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or abs(value) >= _LARGEST:
        raise unusable(f"{where} value", str(text), Text('引号中的十进制数，如 "0.7"', 'a decimal in quotes, as "0.7"'))  # fmt: skip
    return value
