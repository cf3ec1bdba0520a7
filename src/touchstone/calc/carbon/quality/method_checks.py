"""The checks that methods declare, on the measured values of every unit that a method is applied to."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.formula.evaluate import exactly
from touchstone.calc.carbon.method import Check, Method, Tier
from touchstone.calc.carbon.quality.case import Case
from touchstone.calc.carbon.quality.declared import Declared, Finding, shown
from touchstone.facts.unit import convert, same_kind


def method_check(case: Case, check: Declared) -> Iterator[Finding]:
    """Months in which what a method tests lies outside its band.

    Only measured values are tested: a default is the method's own. Where one of several is not measured nothing is tested.
    """
    for unit, plant in case.plants.items():
        months = sorted({each.month for each in case.statements if each.unit == unit})
        for month in months:
            for method in plant.in_use(month, case.methods):
                chosen = method.chosen(plant.options)
                for each in method.checks:
                    yield from _tested(case, check, unit, month, method, each, chosen)


def _tested(
    case: Case, check: Declared, unit: str, month: str, method: Method, tested: Check, chosen: dict[str, str]
) -> Iterator[Finding]:
    values: dict[str, Fraction] = {}
    facts: list[str] = []
    item = parameter = ""
    for each in tested.parameters:
        for tier in each.tiers:
            key = unit, _item(tier, chosen), tier.factor
            entry = (
                case.series[key].entries.get(month)
                if tier.kind == "measured" and key in case.series
                else None
            )
            if entry and same_kind(entry.unit_of, each.unit):
                values[each.key] = convert(entry.value, entry.unit_of, each.unit)
                facts.append(entry.fact)
                item, parameter = entry.item, entry.parameter
                break
        else:
            return
    value = exactly(tested.expression, values)
    if (tested.low is not None and value < tested.low) or (tested.high is not None and value > tested.high):
        yield check.found(
            unit, month, item, parameter if len(facts) == 1 else "", facts, check=tested.name, value=shown(float(value)),
            unit=tested.unit, method=method.name, clause=tested.clause, low=_end(tested.low), high=_end(tested.high),
        )  # fmt: skip


def _item(tier: Tier, chosen: dict[str, str]) -> str:
    """The item a tier asks for; "" where that hangs on an option nobody declared."""
    try:
        return tier.item("", chosen)
    except KeyError:
        return ""


def _end(value: Decimal | None) -> str:
    return "…" if value is None else str(value)
