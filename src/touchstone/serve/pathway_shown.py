"""Numbers of pathways as they are read: rounded once, with their unit; rules and peaks in words. Used by pages and the command line alike."""

from decimal import Decimal
from math import floor, log10
from typing import TYPE_CHECKING, Any

import numpy as np

from touchstone.calc.pathway.case import INDICATORS, MISSED
from touchstone.publish.format import quantity
from touchstone.publish.words import word

if TYPE_CHECKING:
    from touchstone.calc.pathway.accounts import Held
    from touchstone.calc.pathway.pathway import Pathway, Peak

_DIGITS = 4
_NOTHING = 1e-9
"""What is below it is the rounding of sums."""


def rounded(value: float, digits: int = _DIGITS) -> Decimal:
    """A number of a model with so many significant digits, whole numbers in full: no model knows more.

    >>> rounded(1234567.8), rounded(0.123456)
    (Decimal('1234568'), Decimal('0.1235'))
    """
    if abs(value) < _NOTHING or not np.isfinite(value):
        return Decimal(0)
    places = max(digits - 1 - floor(log10(abs(value))), 0)
    return Decimal(f"{value:.{places}f}")


def amount(value: float, lang: str, digits: int = _DIGITS) -> str:
    """A number as it is read."""
    return quantity(rounded(value, digits), lang)


def of_indicator(value: float, indicator: str, lang: str) -> str:
    """A value of an indicator with its unit; shares in percent."""
    unit = INDICATORS[indicator]
    if unit == "1":
        return f"{quantity(rounded(value * 100, 3), lang)} %"
    return f"{amount(value, lang)} {unit.replace('CO2', 'CO₂')}"


def missed_of(value: float, indicator: str, lang: str) -> str:
    """By how much an indicator is missed, in the unit of its numerator."""
    return f"{amount(value, lang)} {MISSED.get(indicator, INDICATORS[indicator]).replace('CO2', 'CO₂')}"


def asked_of(held: "Held", y: int, lang: str) -> str:
    """What a rule asks in a year."""
    return word(
        f"pathway.{held.rule.sense}",
        lang,
        limit=of_indicator(float(held.rule.limit[y]), held.rule.indicator, lang),
    )


def worst_year(held: "Held") -> int:
    """The index of the year a rule is missed by most; the last it speaks of where it is met."""
    if held.met:
        return int(np.flatnonzero(~np.isnan(held.rule.limit))[-1])
    return int(np.nanargmax(held.missed))


def peak_said(found: "Peak", lang: str) -> str:
    """The peak in a sentence."""
    return word(f"pathway.peak_{found.state}", lang, year=found.year, height=amount(found.height, lang, 6))


def milestones(years: tuple[int, ...]) -> list[int]:
    """Indices of the years a table shows: the first, every fifth, the last."""
    return [y for y, year in enumerate(years) if y in (0, len(years) - 1) or year % 5 == 0]


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
        "rules": [rule_told(each) for each in found.held],
        "notes": [{"zh": each.zh, "en": each.en} for each in found.given.told],
    }  # fmt: skip


def rule_told(held: "Held") -> dict[str, Any]:
    """A rule against a plan as JSON; None where it says nothing."""

    def values(each: Any) -> list[float | None]:
        return [None if np.isnan(value) else float(value) for value in each]

    rule = held.rule
    return {
        "rule": rule.key, "indicator": rule.indicator, "sense": rule.sense, "source": rule.source, "met": held.met,
        "limit": values(rule.limit), "value": values(held.value), "missed": values(held.missed),
    }  # fmt: skip
