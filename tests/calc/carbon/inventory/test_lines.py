"""What a smelter emitted in a month, line by line, each explained by its inputs and the clause they are from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.lines import Worked, lines_of, whole
from touchstone.calc.carbon.inventory.plant import Plant
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.methods.method_file import methods

from .made import SMELTER, entry, plant

MONTH = (
    entry("aluminium.liquid", "10000", "t"), entry("anthracite", "1200", "t"), entry("natural-gas", "50", "万Nm3"),
    entry("electricity.grid", "135000", "MWh"), entry("heat", "500", "GJ"), entry("limestone", "20", "t"),
)  # fmt: skip


def work(of: Plant, *entries) -> Worked:  # type: ignore[no-untyped-def]
    return lines_of(of, entries, library(), methods())


def line(worked: Worked, term: str, item: str = "") -> Line:
    return next(each for each in worked.lines if each.term == term and (not item or each.item == item))


def tonnes(given: Line) -> Fraction:
    return Fraction(given.mass, 10**PLACES)


def test_a_month_of_a_smelter_by_the_guideline_of_2013() -> None:
    worked = work(SMELTER, *MONTH)
    assert (
        tonnes(line(worked, "anode"))
        == 10000 * Fraction("0.42") * (1 - Fraction("0.02") - Fraction("0.004")) * 44 / 12
    )
    assert tonnes(line(worked, "fuel", "anthracite")) == pytest.approx(
        1200 * 20.304 * 0.02749 * 0.94 * 44 / 12
    )
    assert tonnes(line(worked, "fuel", "natural-gas")) == pytest.approx(50 * 389.31 * 0.0153 * 0.99 * 44 / 12)
    assert tonnes(line(worked, "pfc-cf4")) == Fraction("0.34") and line(worked, "pfc-cf4").gas == "CF4"
    assert tonnes(line(worked, "pfc-c2f6")) == Fraction("0.034")
    assert tonnes(line(worked, "limestone")) == Fraction("8.1")
    assert tonnes(line(worked, "heat")) == 55
    assert not worked.missing


def test_every_input_names_its_fact_or_its_factor_and_why() -> None:
    given = line(work(SMELTER, *MONTH), "fuel", "anthracite").inputs
    assert [each.tier for each in given] == ["measured", "default", "default", "default"]
    assert given[0].fact == "fact-s1-2022-03-anthracite-amount" and not given[0].factor
    assert all(library().get(each.factor).document == "cn-ndrc-2013-al" for each in given[1:])
    assert all(each.why.zh and each.why.en for each in given)


def test_a_measured_heat_value_goes_before_the_default() -> None:
    measured = entry("anthracite", "24.1", "GJ/t", "ncv")
    got = line(work(SMELTER, *MONTH, measured), "fuel", "anthracite")
    assert (got.inputs[1].tier, got.inputs[1].value, got.inputs[1].fact) == (
        "measured",
        Decimal("24.1"),
        measured.fact,
    )
    assert tonnes(got) == pytest.approx(1200 * 24.1 * 0.02749 * 0.94 * 44 / 12)


def test_units_do_not_change_the_result() -> None:
    other = [
        entry("anthracite", "0.12", "万吨"),
        entry("electricity.grid", "135000000", "kWh"),
        entry("aluminium.liquid", "1", "万吨"),
    ]
    keys = {(each.item, each.parameter) for each in other}
    rest = [each for each in MONTH if (each.item, each.parameter) not in keys]
    assert {(x.term, x.item): x.mass for x in work(SMELTER, *rest, *other).lines} == {
        (x.term, x.item): x.mass for x in work(SMELTER, *MONTH).lines
    }


def test_the_factor_of_the_grid_is_that_of_the_place_and_year() -> None:
    in_yunnan = line(work(SMELTER, *MONTH), "electricity").inputs[-1]
    assert in_yunnan.value == Decimal("0.3869") and "grid.south" in in_yunnan.factor
    at = plant("s1", "CN-65", "cn-energy")
    assert line(work(at, *MONTH), "electricity").inputs[-1].value == Decimal("0.6231")


def test_a_fuel_the_guideline_has_no_value_for_is_told_and_the_rest_goes_on() -> None:
    worked = work(SMELTER, *MONTH, entry("petroleum-coke", "4", "t"))
    [told] = worked.missing
    assert (told.term, told.item, told.facts) == (
        "fuel",
        "petroleum-coke",
        ("fact-s1-2022-03-petroleum-coke-amount",),
    )
    assert "FACTOR-013" in told.why.zh and len(worked.lines) == 8


def test_a_heat_value_in_the_wrong_unit_is_told_and_never_taken() -> None:
    worked = work(SMELTER, entry("anthracite", "10", "t"), entry("anthracite", "24.1", "t", "ncv"))
    got = line(worked, "fuel", "anthracite").inputs[1]
    assert got.tier == "default", "the default stands in"


def test_what_no_method_counts_is_told() -> None:
    power = plant("s1", "CN-53", "cn-power")
    [told] = work(power, entry("limestone", "5", "t")).missing
    assert "没有" in told.why.zh or "不计" in told.why.zh


def test_own_power_is_counted_where_it_is_made() -> None:
    assert not work(SMELTER, entry("electricity.own", "5", "MWh")).missing


def test_a_later_guideline_takes_the_place_of_the_earlier_one_from_its_day() -> None:
    both = Plant(
        "s1",
        (),
        "CN-53",
        (("cn-ndrc-2013-al", None), ("cn-cets-2024-al", date(2024, 1, 1)), ("cn-energy", None)),
        {"anode": "net", "pfc": "default"},
    )
    known = methods()
    assert [each.key for each in both.in_use("2023-12", known)] == ["cn-ndrc-2013-al", "cn-energy"]
    assert [each.key for each in both.in_use("2024-01", known)] == ["cn-cets-2024-al", "cn-energy"]


def test_an_option_that_must_be_declared_is_asked_for() -> None:
    worked = work(
        plant("s1", "CN-53", "cn-cets-2024-al"), entry("aluminium.liquid", "10", "t", month="2024-05")
    )
    assert not worked.lines and "METHOD-008" in worked.missing[0].why.en


def test_half_a_milligram_is_rounded_up() -> None:
    assert whole(Fraction(1, 2 * 10**PLACES)) == 1 and whole(Fraction(-1, 3)) == -333333333


def test_what_two_methods_of_a_unit_both_count_is_counted_once_and_told() -> None:
    both = replace(SMELTER, methods=(("cn-ndrc-2013-al", None), ("cn-energy", None)))
    one, two = work(SMELTER, *MONTH), work(both, *MONTH)
    assert two.lines == one.lines
    assert {(each.item, each.method) for each in two.missing} == {
        ("electricity.grid", "cn-energy"),
        ("heat", "cn-energy"),
    }
    assert all("不重复计入" in each.why.zh for each in two.missing)
