"""A ratio is of those who state both of its sides: the performance of a year and the table of years say one number."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.matched import in_runs
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.inventory.yearly import Cell, yearly

from .works import account, group, node, stated, year

METAL, DIESEL = ("aluminium.liquid", 10000, "t"), ("diesel", 100, "t")
SECOND = node("second", "", 'place = "CN-37"\nsector = "aluminium"\nmethods = { cn-ndrc-2013-al = "always" }', "group", "enterprise")  # fmt: skip
TWO = group(node("line"), SECOND, node("far", parent="second"))
BOUGHT = """
[[holding]]
owner = "group"
owned = "works"
share = "100 %"
controls = true
since = 2023-07-01
"""


def cell(found: Account, row: str) -> Cell:
    shown = yearly(found).row(row)
    assert shown
    return shown.cells["2023"]


def intensity(found: Account, item: str) -> Fraction | None:
    return next((each.value for each in performed(found).intensities if each.item == item), None)


def test_fuel_of_twelve_months_is_not_divided_by_the_output_of_six() -> None:
    found = account(group(), [*year(2023, METAL, months=range(1, 7)), *year(2023, DIESEL)], year="2023")
    shown = cell(found, "product.aluminium.liquid")
    assert shown.value == intensity(found, "aluminium.liquid") and shown.under
    assert shown.under.value == 60000
    assert shown.lacking and "line · 07–12" in shown.lacking.en


def test_emissions_of_a_works_without_output_are_not_set_against_that_of_another() -> None:
    money = [stated("works", "2023-12", "money.output", 5000, "1e4 CNY")]
    found = account(TWO, [*year(2023, DIESEL), *year(2023, DIESEL, unit="far"), *money], year="2023")
    alone = account(TWO, [*year(2023, DIESEL), *money], year="2023")
    for row in ("per-output", "energy-per-output"):
        assert cell(found, row).value == cell(alone, row).value
        assert "second · 01–12" in str(cell(found, row).lacking)
    assert cell(found, "per-output").value == intensity(found, "money.output") == found.total / 2 / 5000


def test_revenue_of_months_that_nobody_reports_energy_for_does_not_dilute_it() -> None:
    revenue = ("money.output", 500, "1e4 CNY")
    found = account(group(), [*year(2023, DIESEL, months=range(1, 7)), *year(2023, revenue)], year="2023")
    shown = cell(found, "per-output")
    assert shown.value == intensity(found, "money.output") == found.total / 3000
    assert shown.lacking and "07–12" in shown.lacking.en


@pytest.mark.parametrize("row", ["output", "per-output", "energy-per-output"])
def test_one_value_of_a_year_in_which_the_works_was_bought_does_not_count_as_if_it_were_of_its_months(
    row: str,
) -> None:
    """The group has the emissions from July; of the 5,000 nobody said how much came after."""
    money = [stated("works", "2023-12", "money.output", 5000, "1e4 CNY")]
    text = group(node("line"), more=BOUGHT)
    found = account(text, [*year(2023, DIESEL), *money], year="2023", group="group", approach="equity")
    assert cell(found, row).value is None and intensity(found, "money.output") is None
    monthly = [*year(2023, DIESEL, ("money.output", 500, "1e4 CNY"))]
    found = account(text, monthly, year="2023", group="group", approach="equity")
    assert cell(found, "output").value == 6 * 500
    assert cell(found, "per-output").value == intensity(found, "money.output") == found.total / 3000


def test_a_share_of_waste_used_is_of_the_months_that_state_both() -> None:
    entries = [*year(2023, DIESEL, ("waste.solid", 100, "t")), *year(2023, ("waste.used", 40, "t"), months=range(1, 4))]  # fmt: skip
    assert cell(account(group(), entries, year="2023"), "waste-use-rate").value == 40


def test_money_of_a_year_is_not_set_against_the_emissions_of_some_of_its_months() -> None:
    money = [stated("works", "2023-12", "money.output", 5000, "1e4 CNY")]
    found = account(group(), [*year(2023, DIESEL, months=range(1, 7)), *money], year="2023")
    shown = cell(found, "per-output")
    assert shown.value is None and intensity(found, "money.output") is None
    assert shown.why and "works · 07–12" in shown.why.en


@pytest.mark.parametrize("months", [(6, 12), (3, 6, 9, 12)], ids=["half-years", "quarters"])
def test_money_of_half_years_and_quarters_is_of_the_whole_year(months: tuple[int, ...]) -> None:
    money = [stated("works", f"2023-{month:02}", "money.output", 6000 // len(months), "1e4 CNY") for month in months]  # fmt: skip
    found = account(group(), [*year(2023, DIESEL), *money], year="2023")
    assert cell(found, "per-output").value == intensity(found, "money.output") == found.total / 6000


def test_a_works_that_closes_in_june_states_its_year_in_june() -> None:
    """It is of the six months in which the works was there."""
    text = group(node("line")).replace('sector = "aluminium"', 'sector = "aluminium"\nuntil = 2023-06-30', 1)
    money = [stated("works", "2023-06", "money.output", 5000, "1e4 CNY")]
    found = account(text, [*year(2023, DIESEL, months=range(1, 7)), *money], year="2023")
    assert cell(found, "per-output").value == intensity(found, "money.output") == found.total / 5000


CETS = {
    "methods": 'cn-cets-2024-al = "always"',
    "options": 'anode = "net-per-tonne", pfc = "default"',
}


@pytest.mark.parametrize(
    ("trading", "months"), [("true", 24), ("false", 12), ("2025-07-01", 18)], ids=["in", "out", "from July"]
)
def test_inside_the_trading_boundary_output_counts_where_the_scheme_counts_the_emissions(
    trading: str, months: int
) -> None:
    extra = f'place = "CN-37"\nsector = "aluminium"\ntrading = {trading}\nmethods = {{ {CETS["methods"]} }}\noptions = {{ {CETS["options"]} }}'
    second = node("second", "", extra, "group", "enterprise")
    text = group(node("line"), second, node("far", parent="second"), **CETS)
    money = stated("works", "2025-12", "money.output", 5000, "1e4 CNY")
    entries = [*year(2025, METAL), *year(2025, METAL, unit="far"), money]
    found = account(text, entries, year="2025", boundary="trading")
    shown = yearly(found).row("product.aluminium.liquid")
    assert shown and shown.cells["2025"].value == intensity(found, "aluminium.liquid")
    assert intensity(found, "aluminium.liquid") == found.total / (months * 10000)
    row = yearly(found).row("per-output")
    assert row and row.cells["2025"].value is None and intensity(found, "money.output") is None


MONTHS = st.sets(st.integers(1, 12), max_size=12)


@settings(max_examples=30, deadline=None)
@given(fuel=MONTHS, output=MONTHS, money=MONTHS, other=MONTHS, once=st.booleans())
def test_performance_and_table_say_one_number_whatever_months_are_missing(
    fuel: set[int], output: set[int], money: set[int], other: set[int], once: bool
) -> None:
    entries: list[Entry] = [
        *year(2023, DIESEL, months=sorted(fuel)),
        *year(2023, METAL, months=sorted(output)),
        *year(2023, ("money.output", 700, "1e4 CNY"), months=[12] if once else sorted(money)),
        *year(2023, DIESEL, METAL, unit="far", months=sorted(other)),
    ]
    found = account(TWO, entries, year="2023")
    table = yearly(found)
    for item, row in (("aluminium.liquid", "product.aluminium.liquid"), ("money.output", "per-output")):
        shown = table.row(row)
        said = shown.cells["2023"].value if shown and "2023" in shown.cells else None
        assert (said or None) == (intensity(found, item) or None)


def test_months_in_short() -> None:
    assert in_runs([12, 1, 3, 4, 5]) == "01, 03–05, 12"
