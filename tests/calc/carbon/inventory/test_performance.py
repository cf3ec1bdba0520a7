"""Energy in standard coal: by the measured heat value, else by the coefficient, else by the default heat value; what has none is named."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from touchstone.calc.carbon.factor import CitedDocument, Factor
from touchstone.calc.carbon.factors.library import Library, library
from touchstone.calc.carbon.inventory.lines import lines_of
from touchstone.calc.carbon.inventory.performance import Energy, energy
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.facts.text import Text

from .made import SMELTER, entry

DOCUMENT = CitedDocument(
    "own-report",
    Text("自有报告", "own report"),
    Text("云南厂", "works"),
    "",
    "",
    None,
    None,
    "in-force",
    None,
    "",
)
TCE = Fraction("29.307")
"""GJ in a tonne of standard coal."""


def used(*entries, electricity: str = "calorific", known: Library | None = None) -> Energy:  # type: ignore[no-untyped-def]
    every = lines_of(SMELTER, entries, library(), methods()).lines
    heats = {(x.unit, x.month, x.item): i for x in every for i in x.inputs if i.parameter == "ncv"}
    return energy(entries, known or library(), 2022, electricity, heats, {"s1": ("s1", "yn", "group")})


def test_a_coal_of_measured_heat_value_counts_by_it() -> None:
    found = used(entry("anthracite", "1000", "t"), entry("anthracite", "23.5", "GJ/t", "ncv"))
    assert found.total == 1000 * Fraction("23.5") / TCE
    assert not found.factors and found.counted[0].factor == ""


def test_a_coal_without_coefficient_counts_by_the_default_heat_value_of_its_guideline_and_says_which() -> (
    None
):
    found = used(entry("anthracite", "1000", "t"))
    assert found.total == 1000 * Fraction("20.304") / TCE
    [factor] = found.factors["anthracite"]
    assert (library().get(factor).kind, library().get(factor).document) == ("ncv", "cn-ndrc-2013-al")
    assert not found.lacking


def test_a_fuel_with_a_coefficient_counts_by_it_and_heat_sold_is_taken_off() -> None:
    found = used(entry("diesel", "10", "t"), entry("heat", "500", "GJ"), entry("heat.sold", "100", "GJ"))
    assert found.parts["diesel"] == 10 * Fraction("1.4571")
    assert found.parts["heat"] + found.parts["heat.sold"] == 400 * Fraction("0.0341")


def test_electricity_by_its_equal_value_needs_a_coefficient_somebody_adopted() -> None:
    power = entry("electricity.grid", "135000", "MWh")
    assert used(power).total == 135000 * Fraction("0.1229")
    assert "electricity.grid" in used(power, electricity="equal").lacking
    adopted = library().adding([_own("0.3015", "org.yn")], [DOCUMENT])
    assert used(power, electricity="equal", known=adopted).total == 135000 * Fraction("0.3015")


@pytest.mark.parametrize("stated", [("135000", "MWh"), ("13500", "万千瓦时"), ("1.35", "亿千瓦时")])
def test_a_change_of_unit_changes_nothing(stated: tuple[str, str]) -> None:
    assert used(entry("electricity.grid", *stated)).total == 135000 * Fraction("0.1229")


def _own(value: str, region: str) -> Factor:
    shipped = next(each for each in library().factors if each.kind == "standard-coal-equal")
    return replace(
        shipped, id="own", value=Decimal(value), region=region, document="own-report", clause="measured", tag="user", valid_from=None, valid_to=None
    )  # fmt: skip
