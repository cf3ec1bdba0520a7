"""Courses against a budget in words: the light, the first year that slips, by how much, and what it adds up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from touchstone.calc.target.against import Against
from touchstone.calc.target.budget import TOTALS, Year
from touchstone.calc.target.light import Rule
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import share
from touchstone.publish.pathway.target import both
from touchstone.publish.words import word
from touchstone.serve.pathway_budgeted import Budgeted
from touchstone.serve.pathway_guarded import written

_WHOLE = 1000
"""From here on a value is told in whole units."""


@dataclass(frozen=True, slots=True)
class Told:
    """A course against a budget: who, its worst light (None where no rule applies), and a sentence."""

    name: Text
    light: Rule | None
    said: str
    kept: bool


def courses_told(each: Budgeted, names: Mapping[str, Text], lang: str) -> list[Told]:
    """What was measured, where anything was, and every scenario that has values."""
    every = [(names[key], one) for key, one in each.scenarios.items()]
    if each.own:
        every.insert(0, (both("pathway_page.measured_course"), each.own))
    return [_told(name, one, each, lang) for name, one in every if one.years]


def _told(name: Text, one: Against, each: Budgeted, lang: str) -> Told:
    unit = each.path.about.unit.replace("CO2", "CO₂")
    tightest = one.worst or one.closest
    light = one.lights[tightest.year] if tightest else None
    if one.first and one.worst:
        first, worst = (_by(year, lang) for year in (one.first, one.worst))
        values = {
            "first": one.first.year, "by": first[0], "share": first[1], "worst": one.worst.year, "most": worst[0], "worst_share": worst[1],
            "n": one.over, "whole": len(one.years), "unit": unit,
        }  # fmt: skip
        many = "_sole" if len(one.years) == 1 else "_once" if one.over == 1 else ""
        return Told(
            name,
            light,
            (word(f"pathway_page.budget_over{many}", lang, **values) + _sum(one, each, unit, lang)).strip(),
            False,
        )
    assert one.closest is not None
    left, part = _by(one.closest, lang)
    sole = "_sole" if len(one.years) == 1 else ""
    said = word(f"pathway_page.budget_kept{sole}", lang, whole=len(one.years), closest=one.closest.year, left=left, unit=unit, share=part)  # fmt: skip
    return Told(name, light, (said + _sum(one, each, unit, lang)).strip(), True)


def base_told(each: Budgeted, lang: str) -> str:
    """The value of the base year, and who says it: a budget that states none takes it from elsewhere. "" where there is none."""
    if each.budget is None:
        return ""
    base, unit = each.budget.base, each.path.about.unit.replace("CO2", "CO₂")
    taken = "budget_base" if each.path.base_value is not None else "budget_base_taken"
    how = getattr(base.how, lang) if base.how else "—"
    return word(
        f"pathway_page.{taken}", lang, year=base.year, value=rounded(base.value, lang), unit=unit, how=how
    )


def _sum(one: Against, each: Budgeted, unit: str, lang: str) -> str:
    """What a total adds up to by the last year that is known without a gap."""
    known = [(year.year, year.remains) for year in one.years if year.remains is not None]
    if each.path.indicator not in TOTALS or len(known) < 2:
        return ""
    last, rest = known[-1]
    key = "pathway_page.budget_sum_over" if rest < 0 else "pathway_page.budget_sum_left"
    return word(key, lang, first=known[0][0], last=last, sum=rounded(abs(rest), lang), unit=unit)


def _by(year: Year, lang: str) -> tuple[str, str]:
    """How far a year is from its limit, and as a share of it."""
    assert year.left is not None
    part = share(float(abs(year.left) / year.limit.value), lang) if year.limit.value else "—"
    return rounded(abs(year.left), lang), part


def signed(year: Year | None, lang: str) -> str:
    """By how much a year is over its limit (+) or under it (−); "" where that is not known."""
    if year is None or year.left is None:
        return ""
    return ("+" if year.left < 0 else "−" if year.left else "") + rounded(abs(year.left), lang)


def rounded(value: Fraction, lang: str) -> str:
    """A value with the digits that count; large ones in whole units."""
    return written(round(value) if abs(value) >= _WHOLE else float(value), lang)


def against_told(one: Against) -> dict[str, Any]:
    """A course against a budget as JSON: over is above zero where a year exceeds its limit."""
    lights = {year: light.key if light else None for year, light in one.lights.items()}
    return {
        "first_over": one.first.year if one.first else None, "worst": _year(one.worst), "closest": _year(one.closest), "years_over": one.over,
        "years": [
            {**(_year(each) or {}), "remains": None if each.remains is None else float(each.remains), "light": lights[each.year]}
            for each in one.years
        ],
    }  # fmt: skip


def _year(each: Year | None) -> dict[str, Any] | None:
    if each is None or each.left is None or each.used is None:
        return None
    return {"year": each.year, "value": float(each.used.value), "limit": float(each.limit.value), "over": float(-each.left)}  # fmt: skip
