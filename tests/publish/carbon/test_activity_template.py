"""The activity template: it asks for what the methods of each unit need, and for nothing else by hand."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.needs import needs, quantities
from touchstone.calc.carbon.organisation_file import organisation_of
from touchstone.errors import UnusableDeclaration
from touchstone.facts.unit import same_kind, unit
from touchstone.publish.carbon.asked import Sheet, asked
from touchstone.publish.carbon.template import activity_template
from touchstone.read.carbon.layout import SHEETS

from ...calc.carbon.made import GROUP

Stated = set[tuple[str, str, str]]


def _sheet(year: int = 2024, stated: Stated | None = None, enterprise: str = "mine") -> Sheet:
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    return asked(organisation, enterprise, year, methods(), library(), stated or set())


def _book(lang: str, sheet: Sheet | None = None, year: int = 2024) -> Any:
    return load_workbook(BytesIO(activity_template(sheet or _sheet(year), "mine", year, lang)))


def _asked(sheet: Sheet, key: str) -> set[tuple[str, str]]:
    return {(row.quantity.item, row.quantity.parameter) for row in sheet.rows if row.unit == key}


def test_a_smelter_with_the_slope_method_is_asked_for_anode_effect_minutes() -> None:
    assert ("anode-effect", "aem") in _asked(_sheet(), "line-1")
    assert ("anode-effect", "overvoltage") not in _asked(_sheet(), "line-1")


def test_gross_anodes_are_asked_for_only_where_the_plant_declared_that_it_weighs_them() -> None:
    assert ("anode", "amount") not in _asked(_sheet(), "line-1")
    assert ("anode", "consumption") in _asked(_sheet(), "line-1")
    nodes = organisation_of(
        GROUP.replace('anode = "net-per-tonne"', 'anode = "gross-and-loss"'), "o", methods()
    ).nodes
    assert ("anode", "amount") in {
        (need.item, need.parameter) for need in needs(nodes["line-1"], methods(), 2024)
    }


def test_before_a_method_is_in_force_nothing_is_asked_for_by_it() -> None:
    nodes = organisation_of(GROUP, "organisation.toml", methods()).nodes
    carbonate = "carbonate.caco3"
    asked_in = {
        year: carbonate in {need.item for need in needs(nodes["line-1"], methods(), year)}
        for year in (2023, 2024)
    }
    assert asked_in == {2023: False, 2024: True}


def test_a_fuel_that_was_stated_before_has_its_rows_ready_with_what_can_be_measured_of_it() -> None:
    assert not any(row.quantity.item == "diesel" for row in _sheet().rows)
    ready = _asked(_sheet(stated={("line-1", "diesel", "amount")}), "line-1")
    assert {
        ("diesel", "amount"),
        ("diesel", "ncv"),
        ("diesel", "carbon-content"),
        ("diesel", "oxidation"),
    } <= ready


def test_only_units_that_are_there_in_the_year_are_asked() -> None:
    assert list(_sheet(2021).units) == ["mine", "line-1"]
    assert list(_sheet(2022).units) == ["mine", "line-1", "line-2"]
    with pytest.raises(UnusableDeclaration, match="ORG-013"):
        _sheet(enterprise="nobody")
    with pytest.raises(UnusableDeclaration, match="ORG-015"):
        _sheet(2021, enterprise="line-2")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_heads_and_formulas_are_locked_and_cells_to_be_filled_in_are_not(lang: str) -> None:
    book = _book(lang)
    for layout in SHEETS:
        page = book[layout.name.zh if lang == "zh" else layout.name.en]
        assert page.protection.sheet
        assert page.row_dimensions[4].hidden
        for number, column in enumerate(layout.columns(2024), 1):
            assert page.cell(3, number).value == (column.head.zh if lang == "zh" else column.head.en)
            assert page.cell(3, number).protection.locked and page.cell(4, number).protection.locked
            if page.cell(5, number).value is not None:
                assert page.cell(5, number).protection.locked != column.open
    assert book["lists"].sheet_state == "veryHidden"


def test_items_evidence_and_units_of_measure_are_chosen_from_lists() -> None:
    page = _book("en")["amounts"]
    lists = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    heads = {page.cell(3, column).value: column for column in range(1, 8)}
    for head in ("unit", "item", "measured in", "evidence"):
        address = page.cell(5, heads[head]).coordinate
        assert any(address in rule.sqref for rule in lists), head
    assert [
        rule
        for rule in page.data_validations.dataValidation
        if rule.type == "decimal" and rule.operator == "greaterThanOrEqual"
    ]


def test_each_row_has_a_total_of_its_months() -> None:
    page = _book("en")["amounts"]
    last = next(column for column in range(1, 25) if page.cell(3, column).value == "total of the year")
    assert page.cell(5, last).value == "=SUM(F5:Q5)"


def test_the_default_of_the_library_stands_beside_a_measured_property() -> None:
    sheet = _sheet(stated={("line-1", "natural-gas", "amount")})
    page = _book("en", sheet)["measured properties"]
    [row] = [
        r
        for r in range(5, 40)
        if page.cell(r, 3).value == "natural gas" and page.cell(r, 4).value == "net calorific value"
    ]
    assert page.cell(row, 20).value == "389.31 GJ/1e4 Nm3"


def test_the_same_request_gives_the_same_bytes() -> None:
    assert activity_template(_sheet(), "mine", 2024, "zh") == activity_template(_sheet(), "mine", 2024, "zh")


def test_every_unit_of_measure_that_is_offered_measures_the_quantity_and_reads_back_in_chinese() -> None:
    for quantity in quantities(methods().values(), library()).values():
        for code in (quantity.unit, *quantity.others):
            assert same_kind(code, quantity.unit)
            assert unit(unit(code).zh) == unit(code)


def test_no_two_items_have_one_name() -> None:
    """So that a list of names is understood when it is read back."""
    for words in ([item.name.zh for item in items().values()], [item.name.en for item in items().values()]):
        assert len(set(words)) == len(words)


def _hint(sheet: Sheet, item: str, parameter: str) -> str:
    [row] = [r for r in sheet.rows if (r.unit, r.quantity.item, r.quantity.parameter) == ("line-1", item, parameter)]  # fmt: skip
    return "" if row.default is None else f"{float(row.default):g}"


def test_the_hint_is_what_the_methods_of_the_unit_would_take_and_nothing_else() -> None:
    steam = {("line-1", "heat.steam", "amount")}
    assert _hint(_sheet(stated=steam), "heat.steam", "enthalpy") == ""  # 83.74 is that of water at 20 °C
    old = GROUP.replace(", cn-cets-2024-al = 2024-01-01", "").replace(
        'options = { anode = "net-per-tonne" }', ""
    )
    organisation = organisation_of(old, "organisation.toml", methods())
    sheet = asked(organisation, "mine", 2023, methods(), library())
    assert _hint(sheet, "anode", "consumption") == "0.42"


def test_prices_are_no_activity_data() -> None:
    sheet = _sheet()
    assert "allowance.cea" not in sheet.items and "money.revenue" in sheet.items


PLANT = (
    GROUP
    + """
[[node]]
key = "boilers"
kind = "unit"
parent = "mine"
name = { zh = "自备电厂", en = "own power plant" }
product = "power"

[[transfer]]
item = "electricity.own"
maker = "boilers"
user = "line-1"
"""
)


def test_what_a_unit_supplies_or_takes_by_a_declared_transfer_has_a_row_and_stands_in_the_list() -> None:
    organisation = organisation_of(PLANT, "organisation.toml", methods())
    sheet = asked(organisation, "mine", 2024, methods(), library())
    assert ("electricity.own", "amount") in _asked(sheet, "line-1")
    assert ("power", "amount") in _asked(sheet, "boilers")
    assert ("electricity.own", "amount") not in _asked(sheet, "boilers")
    assert "electricity.own" in sheet.items


def test_a_power_plant_has_rows_for_its_fuels_and_what_can_be_measured_of_them() -> None:
    organisation = organisation_of(PLANT, "organisation.toml", methods())
    ready = _asked(asked(organisation, "mine", 2024, methods(), library()), "boilers")
    assert {("bituminous-coal", "amount"), ("bituminous-coal", "ncv"), ("natural-gas", "amount")} <= ready


def test_the_form_says_in_which_cubic_metres_gases_are_stated() -> None:
    words = [cell.value or "" for cell in _book("zh").worksheets[0]["A"]]
    assert any("标准立方米" in each and "标准煤" in each for each in words)


def test_a_cast_house_beside_potlines_is_not_asked_for_anodes_and_anode_effects() -> None:
    cast = (
        '\n[[node]]\nkey = "cast"\nkind = "unit"\nparent = "mine"\nname = { zh = "铸造车间", en = "cast house" }\n'
        'product = "aluminium.ingot"\n'
    )
    organisation = organisation_of(GROUP + cast, "organisation.toml", methods())
    sheet = asked(organisation, "mine", 2024, methods(), library())
    potline, house = _asked(sheet, "line-1"), _asked(sheet, "cast")
    assert {("anode", "consumption"), ("anode-effect", "aem"), ("aluminium.liquid", "amount")} <= potline
    assert not {item for item, _ in house} & {"anode", "anode-effect", "aluminium.liquid"}
    assert ("aluminium.ingot", "amount") in house and ("electricity.grid", "amount") in house


def test_who_supplies_heat_by_a_declared_transfer_has_a_row_for_the_heat_supplied() -> None:
    """The products of its users have an intensity with transfers only where the maker states it."""
    heat = '\n[[transfer]]\nitem = "heat.steam"\nmaker = "boilers"\nuser = "line-1"\n'
    organisation = organisation_of(PLANT + heat, "organisation.toml", methods())
    sheet = asked(organisation, "mine", 2024, methods(), library())
    assert ("heat.supplied", "amount") in _asked(sheet, "boilers")
    assert ("heat.supplied", "amount") not in _asked(sheet, "line-1")
