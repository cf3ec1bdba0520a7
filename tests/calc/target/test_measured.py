"""Targets against an inventory: a works of the made-up group, year by year, each value with the records it was made of."""

from fractions import Fraction

import pytest

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.yearly import Yearly, yearly
from touchstone.calc.target.course import Measured
from touchstone.calc.target.measured import Measurement, measured, monthly
from touchstone.calc.target.target import Target, read_targets
from touchstone.calc.target.tracked import tracked
from touchstone.calc.target.warned import outlook
from touchstone.flow.workspace import Workspace

METAL = ("aluminium.liquid",)


@pytest.fixture(scope="module")
def account(group: Workspace) -> Account:
    return group.account(node="al-south", asked_set="AR5")


@pytest.fixture(scope="module")
def table(account: Account) -> Yearly:
    return yearly(account)


def of(
    account: Account, table: Yearly, indicator: str, products: tuple[str, ...] = ()
) -> dict[int, Measured]:
    return {each.year: each for each in measured(account, indicator, products, table).values}


def test_emissions_are_those_of_the_inventory_with_their_records(account: Account, table: Yearly) -> None:
    row = table.row("emissions")
    found = of(account, table, "emissions")
    assert row and {str(year): each.value for year, each in found.items()} == {
        year: cell.value for year, cell in row.cells.items()
    }
    assert all(each.made for each in found.values())


def test_intensity_of_a_product_is_emissions_by_output_of_the_same_makers(
    account: Account, table: Yearly
) -> None:
    emitted, made, intensity = (
        of(account, table, each, METAL) for each in ("emissions", "output", "intensity")
    )
    assert intensity and all(
        each.value == emitted[year].value / made[year].value for year, each in intensity.items()
    )


def test_the_renewable_share_counts_no_unknown_part_of_the_grid_and_says_so(
    account: Account, table: Yearly
) -> None:
    found = of(account, table, "renewable.share", METAL)
    assert found and all(0 < each.value < 100 and each.lacking and each.made for each in found.values())


def test_shares_that_need_verified_levels_say_why_there_are_none(account: Account, table: Yearly) -> None:
    got = measured(account, "benchmark.share", METAL, table)
    assert got == Measurement("benchmark.share", (), got.why) and got.why


def test_what_inventories_do_not_have_is_not_measured(account: Account, table: Yearly) -> None:
    assert measured(account, "alloying.share", METAL, table).why


def test_targets_of_the_place_are_judged_by_the_account_and_others_are_not(account: Account) -> None:
    row = '[[target]]\nkey = "%s"\nname = { zh = "甲", en = "A" }\nindicator = "%s"\nsense = "%s"\n%s\nyear = 2030\nplace = "%s"\ndocument = "d"\ntag = "own"\n'
    made = (
        ("a", "emissions", "most", 'value = "1"\nunit = "tCO2e"', "X"),
        ("b", "peak", "before", "", "X"),
        ("c", "peak", "before", "", "Y"),
    )
    kept: tuple[Target, ...] = tuple(each for given in made for each in read_targets(row % given).targets)
    a, b, c = tracked(kept, account, place="X")
    assert a.verdict == "slipping" and a.distance and a.distance > 0
    assert b.measured and b.verdict != "not-measured" and c.verdict == "not-measured"
    assert a.latest and isinstance(a.latest.value, Fraction)


def test_the_months_of_a_year_are_the_year_and_project_it(account: Account, table: Yearly) -> None:
    months, years = monthly(account), of(account, table, "emissions")
    assert {year: sum(own.values()) for year, own in months.items()} == {
        year: each.value for year, each in years.items()
    }
    last, running = max(months) - 1, max(months)
    half = {month: size for month, size in months[running].items() if month <= 6}
    got = outlook(running, years[running].value, half, months[last])
    assert got.middle and abs(got.middle / years[running].value - 1) < Fraction(1, 10) and got.light
