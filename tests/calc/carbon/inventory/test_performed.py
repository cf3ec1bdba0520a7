"""How a year performed: months that state only half are named, and no number stands for more than it holds."""

from fractions import Fraction

import pytest

from touchstone.calc.carbon.inventory.performed import consumed, performed
from touchstone.publish.carbon.said import performance_said

from .works import account, group, node, stated, year

CETS = group(
    methods='cn-cets-2024-al = "always"',
    options='anode = "net-per-tonne", pfc = "default"',
    top="data_years = { 2024 = 2023 }",
)
METAL, POWER = ("aluminium.liquid", 10000, "t"), ("electricity.grid", 136000, "MWh")


def test_a_level_is_of_the_months_that_have_both_metal_and_electricity_and_names_the_others() -> None:
    """Electricity of 11 months and metal of 12 is 12,467 kWh/t, level 1, if one divides without looking."""
    entries = [*year(2024, METAL), *year(2024, POWER, months=range(1, 12))]
    whole = account(CETS, entries, node="line", year="2024")
    [level] = performed(whole).levels
    assert level.standing.value == 13600
    assert level.standing.reached and level.standing.reached.level == "level-3"
    assert level.without == ("line 12",) == performed(whole).intensities[0].without
    said = [" ".join(performance_said(whole, performed(whole), lang)) for lang in ("zh", "en")]
    assert (
        "未计入：works·line · 12" in said[0]
        and "left out, as only one of the two is stated: works · line · 12" in said[1]
    )


def test_an_intensity_is_of_the_months_that_have_both_output_and_energy() -> None:
    entries = [*year(2023, METAL, months=range(1, 7)), *year(2023, POWER)]
    found = performed(account(group(), entries, node="line", year="2023"))
    half = performed(
        account(group(), [each for each in entries if each.month < "2023-07"], node="line", year="2023")
    )
    assert found.intensities[0].value == half.intensities[0].value
    assert found.intensities[0].without == tuple(f"line {month:02}" for month in range(7, 13))
    assert half.intensities[0].without == ()


def test_a_month_at_a_standstill_is_stated_and_counts() -> None:
    idle = ("aluminium.liquid", 0, "t"), ("electricity.grid", 5000, "MWh")
    entries = [*year(2024, METAL, POWER, months=range(1, 12)), *year(2024, *idle, months=(12,))]
    [level] = performed(account(CETS, entries, node="line", year="2024")).levels
    assert level.standing.value == Fraction(11 * 136000 + 5000, 110) and level.without == ()


def test_power_that_is_sold_is_no_power_for_the_metal() -> None:
    sold = ("electricity.sold", 3000, "MWh")
    [level] = performed(account(CETS, year(2024, METAL, POWER, sold), node="line", year="2024")).levels
    assert level.standing.value == 13300
    assert level.standing.reached and level.standing.reached.level == "level-2"


def test_emissions_for_ten_thousand_yuan_are_those_of_the_enterprises_that_state_revenue() -> None:
    other = node(
        "second",
        "",
        'place = "CN-37"\nsector = "aluminium"\nmethods = { cn-ndrc-2013-al = "always" }',
        "group",
        "enterprise",
    )
    two = group(node("line"), other, node("far", parent="second"))
    revenue = ("money.revenue", 18000, "1e4 CNY")
    entries = [*year(2023, METAL, revenue), *year(2023, METAL, unit="far")]
    [money] = [
        each
        for each in performed(account(two, entries, year="2023")).intensities
        if each.item == "money.revenue"
    ]
    own = account(two, entries, node="works", year="2023")
    assert money.emissions == own.total and money.amount == 12 * 18000
    assert money.without == tuple(f"second {month:02}" for month in range(1, 13))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_standard_coal_without_the_power_that_was_bought_is_no_number(lang: str) -> None:
    """By the equivalent value there is no coefficient of electricity: 1.7 Mtce without it would be less than the calorific value."""
    whole = account(group(), year(2023, METAL, POWER, ("diesel", 100, "t")), year="2023")
    found = performed(whole).energy
    assert found["calorific"].whole and not found["equal"].whole
    [said] = [
        each
        for each in performance_said(whole, performed(whole), lang)
        if ("等价值" in each or "equivalent value" in each)
    ]
    assert ("不能合计" if lang == "zh" else "not added up") in said
    assert "1748.52" in said.replace(",", ""), "the part of diesel: 1,200 t at 1.4571"


def test_coke_that_reduces_an_ore_and_power_made_inside_are_energy_of_the_unit_that_uses_them() -> None:
    """1,000 t of coke at 0.9714 and 2,000 MWh at 0.1229 are 971.4 + 245.8 tce; of the whole, the power is in its fuel."""
    made, coke, own = (
        ("zinc.refined", 1000, "t"),
        ("reductant.coke", 1000, "t"),
        ("electricity.own", 2000, "MWh"),
    )
    text = group(node("line", "zinc.refined"), methods='cn-ndrc-2015-nonferrous = "always"')
    found = account(text, [stated("line", "2023-03", *each) for each in (made, coke, own)], year="2023")
    used = consumed(found, found.entries, "zinc.refined", "comprehensive-energy")
    assert used and used.value == Fraction("971.4") + Fraction("245.8") and not used.lacking
    assert performed(found).energy["calorific"].parts == {"reductant.coke": Fraction("971.4")}


def test_a_reductant_without_a_coefficient_makes_the_energy_incomplete() -> None:
    entries = year(2023, METAL, ("reductant.coal", 10, "t"), ("diesel", 1, "t"))
    found = account(group(methods='cn-ndrc-2015-nonferrous = "always"'), entries, year="2023")
    assert set(performed(found).energy["calorific"].lacking) == {"reductant.coal"}
