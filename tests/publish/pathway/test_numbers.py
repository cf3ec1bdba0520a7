"""Results and targets of a report: what is counted, and of which year it speaks."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from touchstone.calc.pathway.accounts import Held
from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.pathway import projected
from touchstone.publish.pathway.assumed import assumptions
from touchstone.publish.pathway.numbers import results
from touchstone.publish.pathway.reported import Told, paper_of
from touchstone.publish.pathway.results import rows_of
from touchstone.publish.pathway.shown import worst_year

from ...calc.pathway.made import REGISTER, SCENARIO, case, catalogue, register, scenario


def test_copper_without_a_level_does_not_count_as_failing_it() -> None:
    """Of 300,000 t/a of aluminium the new line, 200,000, is at the level; the copper line has none, and is not counted."""
    found = projected(case())
    assert set(found.given.levels) == {"aluminium.liquid"}
    [row] = [each for each in results(found) if each.key == "benchmark"]
    assert row.values[0] == pytest.approx(100 * 2 / 3)
    assert "只计有标杆水平的产品" in row.name.zh and "of products that have one" in row.name.en
    shares = [
        each
        for each in rows_of(found)
        if each.variable.startswith("Share|") and each.variable.endswith("Benchmark Efficiency")
    ]
    all_of_it = [each for each in shares if not each.plant and each.year == found.years[0]]
    assert all_of_it and all(each.value == pytest.approx(2 / 3) for each in all_of_it)
    assert {each.plant for each in shares} == {"", "old", "new"}


def held(values: list[float], sense: str, limit: list[float]) -> Held:
    rule = (
        projected(
            case('\n[[rule]]\nkey = "cap"\nindicator = "emissions"\nmost = { unit = "t CO2e", 2025 = 1 }\n')
        )
        .held[0]
        .rule
    )
    rule = replace(rule, sense=sense, limit=np.array(limit))
    value = np.array(values)
    over = value - rule.limit if sense == "most" else rule.limit - value
    return Held(
        rule, value, np.where(np.isnan(over), np.nan, np.maximum(over, 0)), float(np.nanmax(np.abs(value)))
    )


def test_a_target_of_2030_that_binds_alike_for_years_is_told_of_2030() -> None:
    """A solver leaves a billionth less room in some later year; that says nothing of the year that was asked for."""
    nan = float("nan")
    assert worst_year(held([9.0, 5 + 3e-9, 5 + 2e-9, 5.0], "least", [nan, 5, 5, 5])) == 1
    assert worst_year(held([1e6, -1e-3, 0.0, -2e5], "most", [nan, 0, 0, 0])) == 1
    assert worst_year(held([9.0, 5 - 3e-9, 5.0, 5.0], "most", [nan, 5, 5, 5])) == 1


def test_a_target_that_is_missed_alike_for_years_is_told_of_the_first() -> None:
    nan = float("nan")
    assert worst_year(held([9.0, 6.0, 6 + 1e-9, 5.0], "most", [nan, 5, 5, 5])) == 1
    assert worst_year(held([9.0, 5.5, 6.0, 5.0], "most", [nan, 5, 5, 5])) == 2


def test_the_rate_of_discount_of_a_base_is_cited_with_the_file_and_line_of_the_base() -> None:
    own = scenario('name = { zh = "本省", en = "own" }\nbase = "reference"\n', scenario(), "own")
    found = projected(compiled(register(), catalogue(), own))
    [row] = [each for each in assumptions(found.given, found.plan) if each.kind == "discount"]
    assert row.where == row.source.zh == "scenarios/reference.toml:4"


def test_a_rate_nobody_states_is_said_to_be_the_usual_one() -> None:
    found = projected(case(text=SCENARIO.replace('discount = "0 %"\n', "")))
    [row] = [each for each in assumptions(found.given, found.plan) if each.kind == "discount"]
    assert row.where == "" and "stated by no scenario" in row.source.en


def test_lines_without_a_value_of_their_own_are_told_in_one_sentence() -> None:
    bare = REGISTER.replace(",14000,1.6,20,", ",,,20,").replace(",1000,0.5,150,", ",,,150,")
    found = projected(compiled(register(bare), catalogue(), scenario()))
    [said] = [each for each in found.told if "未登记" in each.zh]
    assert all(part in said.zh for part in ("老线", "铜线", "预焙槽", "闪速炉"))
    assert "old line (old): prebaked cells" in said.en and "refinery" in said.en


def test_the_limits_of_a_report_name_lines_and_never_their_keys() -> None:
    bare = REGISTER.replace(",14000,1.6,20,", ",,,20,")
    found = projected(compiled(register(bare), catalogue(), scenario()))
    assert any("（old）" in said.zh for said in found.told), "who mends files has the key"
    limits = paper_of(found, Told(date(2026, 1, 2), "", "", 2030)).limits
    assert [each for each in limits if "(old)" in each.en or "（old）" in each.zh] == []
    [said] = [each for each in limits if "未登记" in each.zh]
    assert "“老线”取" in said.zh and said.en.startswith("Lines that") and "old line: prebaked" in said.en
