"""Pathways as JSON. How numbers are written: `publish.pathway`."""

from math import isnan
from typing import TYPE_CHECKING, Any

from touchstone.publish.pathway.pen import figure
from touchstone.publish.pathway.priced import costs_of

if TYPE_CHECKING:
    from touchstone.calc.pathway.accounts import Held
    from touchstone.calc.pathway.explained import Stated
    from touchstone.calc.pathway.pathway import Pathway


def told(found: "Pathway") -> dict[str, Any]:
    """A pathway as JSON: by year, full precision."""
    case = found.given.case
    return {
        "scenario": found.key, "model": found.kind, "years": list(found.years),
        "peak": {"year": found.peak.year, "t_co2e": found.peak.height, "state": found.peak.state},
        "emissions": found.accounts.emissions.tolist(),
        "by_scope": {key: each.tolist() for key, each in found.emissions_by("scope").items()},
        "by_product": {key: each.tolist() for key, each in found.emissions_by("product").items()},
        "output": dict(zip(case.products, found.output().tolist(), strict=True)),
        "recycled": dict(zip(case.products, found.plan.recycled.tolist(), strict=True)),
        "outside": dict(zip(case.products, found.plan.outside.tolist(), strict=True)),
        "costs": {key: each.tolist() for key, each in found.accounts.costs.items()},
        "discounted_cost_cny": sum(costs_of(found).values()),
        "rules": [rule_told(each) for each in found.held],
        "notes": [{"zh": each.zh, "en": each.en} for each in found.told],
    }  # fmt: skip


def rule_told(held: "Held") -> dict[str, Any]:
    """A rule against a plan as JSON; None where it says nothing."""

    def values(each: Any) -> list[float | None]:
        return [None if isnan(value) else float(value) for value in each]

    rule = held.rule
    return {
        "rule": rule.key, "indicator": rule.indicator, "sense": rule.sense, "source": rule.source, "met": held.met,
        "limit": values(rule.limit), "value": values(held.value), "missed": values(held.missed),
    }  # fmt: skip


def stated_value(one: "Stated", lang: str) -> str:
    """A number somebody stated with its unit; a share in percent."""
    if one.unit == "1":
        return f"{figure(100 * one.value, lang, 6)}%"
    return f"{figure(one.value, lang)} {one.unit.replace('CO2', 'CO₂')}"
