"""Figures are an indicator's by subject, measure and place; a unit is converted, or the indicator is refused by name."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from touchstone.calc.index.choosing import Figures, figures
from touchstone.calc.index.jumps import jumps
from touchstone.calc.index.preparing import prepare
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.recipe_file import recipes
from touchstone.calc.timeseries import clock
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.memory import Memory

from .made import adjusted, series, small

COPPER = recipes()["copper-demand"]
MONTHS = clock("2013-01", "2022-12")


def _one(key: str, **preparation: object) -> Recipe:
    own = COPPER.indicator(key)
    return replace(COPPER, indicators=(replace(own, preparation=replace(own.preparation, **preparation)),))  # type: ignore[arg-type]


def _fact(recipe: Recipe, period: str, value: str, unit: str) -> Fact:
    own = recipe.indicators[0].series
    return Fact(
        id=fact_id(period, value, unit), subject=own.subject, measure=own.measure, period=period, value=Decimal(value), unit=unit,
        half_width=Decimal("0.05"), source="a", locator=None, rule="t", place=own.place, published=date(2024, 1, 1),
    )  # fmt: skip


def _values(count: int) -> list[str]:
    dice = np.random.default_rng(0)
    return [f"{50 + each:.1f}" for each in dice.normal(size=count)]


def test_months_in_another_unit_that_cannot_be_converted_are_refused_by_name_and_not_dropped() -> None:
    """120 months of the purchasing managers' index, of which the last 30 are in another unit."""
    recipe = _one("pmi")
    units = ["点"] * 90 + ["亿元"] * 30
    facts = [_fact(recipe, p, v, u) for p, v, u in zip(MONTHS, _values(120), units, strict=True)]
    given = prepare(recipe, facts, None, Memory(), {})
    assert not given.ready and given.refused["pmi"].code == "INDEX-014"
    assert "30 figures of 2020-07..2022-12 in 亿元" in given.refused["pmi"].found


def test_another_spelling_of_the_unit_is_the_same_unit() -> None:
    recipe = _one("pmi")
    units = ["点"] * 90 + ["index points"] * 30
    facts = [_fact(recipe, p, v, u) for p, v, u in zip(MONTHS, _values(120), units, strict=True)]
    ready = prepare(recipe, facts, None, Memory(), {}).ready["pmi"]
    assert ready.series.periods[-1] == "2022-12" and not ready.flags
    assert ready.series.facts[-1] == (facts[-1].id,)


def test_another_size_of_the_unit_is_converted_exactly_and_told() -> None:
    recipe = _one("m2")
    facts = [_fact(recipe, "2022-01", "1.5", "万亿元"), _fact(recipe, "2022-02", "15100", "亿元")]
    found = figures(recipe, facts, None)["m2"]
    assert isinstance(found, Figures)
    assert {(f.period, f.value, f.unit) for f in found.facts} == {
        ("2022-01", Decimal(15000), "亿元"), ("2022-02", Decimal(15100), "亿元"),
    }  # fmt: skip
    [flag] = found.flags
    assert flag.kind == "converted" and flag.facts == (facts[0].id,)


def test_the_same_months_in_another_currency_are_another_series_and_in_nobodys_way() -> None:
    recipe = _one("m2")
    facts = [_fact(recipe, "2022-01", "15000", "亿元"), _fact(recipe, "2022-01", "2200", "亿美元")]
    found = figures(recipe, facts, None)["m2"]
    assert isinstance(found, Figures) and [f.unit for f in found.facts] == ["亿元"]


def test_figures_printed_in_no_unit_of_the_recipe_at_all_say_so() -> None:
    recipe = _one("m2")
    found = figures(recipe, [_fact(recipe, "2022-01", "15000", "铢")], None)["m2"]
    assert isinstance(found, Refusal) and found.code == "INDEX-014" and "铢" in found.found


def test_joined_months_without_a_split_and_a_split_without_its_evidence_say_so() -> None:
    def facts(recipe: Recipe) -> list[Fact]:
        unit = recipe.indicators[0].series.unit
        periods = [f"{p[:4]}-01/{p}" for p in MONTHS if p[5:] != "01"]
        return [_fact(recipe, p, str(100 * int(p[-2:]) + n % 7), unit) for n, p in enumerate(periods)]

    none, pmi = _one("investment-fixed", split="none"), _one("investment-fixed", split="pmi")
    assert prepare(none, facts(none), None, Memory(), {}).refused["investment-fixed"].code == "INDEX-015"
    assert prepare(pmi, facts(pmi), None, Memory(), {}).refused["investment-fixed"].code == "PREP-003"


def test_a_value_that_cannot_be_is_named_as_it_was_printed() -> None:
    recipe = _one("m2", seasonal="none")
    values = [str(1000 + n % 9) for n in range(120)]
    values[40] = "-1"
    facts = [_fact(recipe, p, v, "亿元") for p, v in zip(MONTHS, values, strict=True)]
    problem = prepare(recipe, facts, None, Memory(), {}).refused["m2"]
    assert (
        problem.code == "SERIES-005" and problem.found == "-1 亿元 (2016-05)" and "2016-05" in problem.where
    )


def test_a_series_that_goes_over_to_another_base_is_flagged_and_others_are_not() -> None:
    recipe = small()
    own = next(iter(adjusted(recipe).values()))
    assert not jumps(own)
    values = own.values.copy()
    row = own.periods.index("2020-05")
    values[row:] *= 3.1
    [flag] = jumps(replace(own, values=values))
    assert flag.kind == "jump" and flag.period == "2020-05" and "possible change of base" in flag.said.en
    once = own.values.copy()
    once[row] *= 3.1
    assert not jumps(replace(own, values=once)), "a month that falls back is no change of base"
    assert not jumps(series("short", [1.0, 1.1, 5.0]))
