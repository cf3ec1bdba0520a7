"""Lights: the worst of the sides with reasons in words, colours by a declared mode, roll-up, and lights set by hand."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

import touchstone
from touchstone.calc.timeseries import time_series
from touchstone.calc.warning.colour import colour, legend
from touchstone.calc.warning.light import wall
from touchstone.calc.warning.override import Override
from touchstone.calc.warning.rule import Cuts
from touchstone.calc.warning.rulebook import book
from touchstone.calc.warning.spell import Spent
from touchstone.read.sources.declaration import declaration

from .made import material, rule, series, worldbank

SUPPLY = replace(rule(), key="supply", side="supply", cuts=Cuts((-1, -2, -3), (1, 2, 3)))
PRICE = replace(rule("price_change"), key="price", parameters=(("span", 1.0),), cuts=Cuts((-0.1,), (0.1,)))
STUFF = material(SUPPLY, PRICE)


def given(ratios: list[float], prices: list[float]) -> dict:
    return {"x.ratio.M": series("x.ratio.M", ratios), "x.price.M": series("x.price.M", prices)}


def test_the_light_of_a_material_is_the_worst_of_its_sides_and_says_why() -> None:
    found = wall([STUFF], given([0, 0.5, -2.5], [10, 10.1, 10.2]))
    light = found.light("x", "M")
    assert (light.colour, light.score) == ("yellow", pytest.approx(-4 / 3))
    assert found.light("x", "M", "price").colour == "green"
    assert light.reasons[0].rule == "supply" and light.reasons[0].value == -2.5
    assert "-2.5" in light.words.en and "低于" in light.words.zh
    assert light.facts[0] == "x.ratio.M 1995-03" and light.legend == legend("severity")


def test_without_data_a_light_is_grey_and_names_the_series_that_is_missing() -> None:
    found = wall([STUFF], {"x.ratio.M": series("x.ratio.M", [0, 1])})
    light = found.light("x", "M", "price")
    assert "no rule at this frequency" in found.light("x", "M", "demand").words.en
    assert (light.colour, light.score, light.period) == ("grey", None, "")
    assert "price (x, China)" in light.silent[0].why.en and "缺少月度序列：价格" in light.silent[0].why.zh


def test_a_rule_without_a_card_is_marked_uncalibrated() -> None:
    light = wall([STUFF], given([0, 1.5], [10, 10.1])).light("x", "M")
    assert all(each.standing == "uncalibrated" for each in light.reasons)
    assert "(uncalibrated)" in light.words.en and "（未校准）" in light.words.zh


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("severity", ["red", "yellow", "blue", "green", "blue", "yellow", "red"]),
        ("direction", ["blue", "light_blue", "light_blue", "green", "yellow", "yellow", "red"]),
    ],
)
def test_the_colour_says_how_far_or_which_way_as_declared(mode: str, expected: list[str]) -> None:
    ratios = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]
    strip = wall([STUFF], given(ratios, [10, 11]), mode=mode).light("x", "M", "supply").strip
    assert [point.colour for point in strip] == expected
    assert colour(None, mode) == "grey"


def test_where_a_low_reading_means_tight_the_score_is_turned() -> None:
    turned = replace(SUPPLY, direction=-1)
    for of, score in ((turned, 2), (SUPPLY, -2)):
        light = wall([material(of)], given([0, -3], [1, 2])).light("x", "M", "supply")
        assert light.score == score


def test_months_roll_up_to_quarters_by_the_last_state_with_the_days_in_each() -> None:
    found = wall([STUFF], given([0, 0, 0, 0, 3.5, 1.5], [10, 11]))
    quarter = found.light("x", "Q", "supply")
    assert (quarter.period, quarter.score, quarter.rolled_from) == ("1995-Q2", pytest.approx(2 / 3), "M")
    assert quarter.spent == (Spent(2.0, 31), Spent(pytest.approx(2 / 3), 30), Spent(0.0, 30))
    year = found.light("x", "A", "supply")
    assert (year.period, year.rolled_from, year.score) == ("1995", "M", quarter.score)
    assert quarter.spell and (quarter.spell.since, quarter.spell.days) == ("1995-06", 30)
    assert "由月度灯号汇总" in quarter.words.zh


def test_what_is_published_later_counts_with_its_last_state_for_three_months_and_then_is_silent() -> None:
    prices = [10.0, 10.1] * 4
    late = wall([STUFF], given([0, 0, 0, 0, -3.5], prices))
    assert (late.light("x", "M").period, late.light("x", "M").score) == ("1995-08", -2)
    assert late.light("x", "M").reasons[0].period == "1995-05"
    stale = wall([STUFF], given([0, 0, 0, -3.5], prices))
    assert (stale.light("x", "M").colour, stale.light("x", "M", "supply").colour) == ("green", "red")
    both = replace(SUPPLY, key="other", measure="utilisation", cuts=Cuts((), (99.0,)))
    known = given([0, 0, 0, -3.5], prices) | {"x.utilisation.M": series("x.utilisation.M", prices)}
    side = wall([material(SUPPLY, both)], known).light("x", "M", "supply")
    assert [each.rule for each in side.reasons] == ["other"] and "1995-04" in side.silent[0].why.zh


def test_rules_of_its_own_go_before_the_roll_up() -> None:
    quarterly = replace(SUPPLY, frequency="Q")
    series_of = given([3.5] * 5 + [3.4], [10, 11]) | {"x.ratio.Q": series("x.ratio.Q", [0.0] * 61 + [1.5])}
    light = wall([material(SUPPLY, quarterly)], series_of).light("x", "Q", "supply")
    assert (light.score, light.rolled_from) == (pytest.approx(2 / 3), "")


def by_hand(**other: object) -> Override:
    plain = Override(
        "x", "M", "supply", 2.0, "Li", "strike not yet in the figures", date(1995, 3, 1), date(1995, 4, 30)
    )
    return replace(plain, **other)


def test_a_light_set_by_hand_is_shown_with_who_why_and_what_was_computed() -> None:
    found = wall([STUFF], given([0, 0.5, -1.5], [10, 11]), overrides=[by_hand()], day=date(1995, 4, 2))
    light = found.light("x", "M", "supply")
    assert (light.colour, light.computed, light.override) == ("red", "blue", by_hand())
    assert "Li" in light.words.en and "strike" in light.words.zh and "computed: blue" in light.words.en
    after = wall([STUFF], given([0, 0.5, -1.5], [10, 11]), overrides=[by_hand()], day=date(1995, 5, 1))
    assert after.light("x", "M", "supply").colour == "blue"


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("WARN-015", {"author": " "}), ("WARN-015", {"reason": ""}), ("WARN-015", {"until": date(1994, 1, 1)}),
        ("WARN-015", {"score": 3.0}), ("WARN-015", {"side": "front"}), ("WARN-016", {"material": "y"}),
    ],
)  # fmt: skip
def test_a_light_nobody_answers_for_is_not_set_and_the_others_are(code: str, wrong: dict) -> None:
    both = [by_hand(**wrong), by_hand(side="price")]
    found = wall([STUFF], given([0, -1.5], [10, 11]), overrides=both, day=date(1995, 4, 2))
    assert [each.code for each in found.refused] == [code] and found.refused[0].text("zh") != str(
        found.refused[0]
    )
    assert found.light("x", "M", "supply").override is None
    assert found.light("x", "M", "price").override == by_hand(side="price")
    with pytest.raises(ValueError, match="day"):
        wall([STUFF], given([0, -1.5], [10, 11]), overrides=both)


def test_the_series_wanted_are_found_among_the_facts_of_a_workspace_and_a_light_opens_to_its_cell(
    tmp_path: Path,
) -> None:
    opened = touchstone.open(tmp_path)
    opened.import_series(None, declaration("worldbank-pinksheet"))
    cu = book().material("cu")
    facts = opened.facts(subject="cu.cathode", measure="price", place="market.lme")
    light = wall([cu], {"cu.price.M": time_series("cu.price.M", facts, "M")}).light("cu", "M")
    assert light.period == "2025-11" and light.facts
    behind = [opened.fact(id) for id in light.reasons[0].facts]
    assert behind[0].period == "2025-11" and float(behind[0].value) == pytest.approx(10812.03)


def test_the_wall_of_nineteen_materials_on_the_prices_that_ship() -> None:
    ours = book().materials
    found = wall(ours, worldbank()).lights
    assert len(found) == 19 * 5 * 4
    lit = {
        light.material for light in found if light.side == "price" and light.frequency == "M" and light.period
    }
    assert len(lit) == 14
    assert all(light.facts and light.strip and light.reasons for light in found if light.period)
    assert json.loads(json.dumps([asdict(light) for light in found[:4]]))
    grey = {
        light.material
        for light in found
        if light.side == "all" and not light.period and light.frequency == "M"
    }
    assert grey == {"steel", "li", "ree", "cement", "glass"}
