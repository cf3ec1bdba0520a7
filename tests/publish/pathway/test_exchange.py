"""Results as other programmes take them: every variable is in the code list with its unit, and what is read back is what was written."""

import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.text import Text
from touchstone.publish.pathway.book import book, document
from touchstone.publish.pathway.iamc import definition, definitions, iamc, read, region, to_wide, variable
from touchstone.publish.pathway.table import Row, UnusableTable, checked

from .samples import rows

DAY = date(2026, 11, 22)
EMISSIONS = variable("emissions")


def row(value: float, **given: object) -> Row:
    return replace(Row("green", "", "CN-35", "", "", EMISSIONS, "t CO2e", 2030, value), **given)


def test_every_exported_variable_is_in_the_code_list_with_its_unit() -> None:
    for line in iamc(rows(), "Touchstone").lines:
        found = definition(line.variable)
        assert found is not None and found.unit == line.unit


def test_every_name_follows_the_manner_of_the_format_and_says_what_it_is() -> None:
    for each in definitions().values():
        assert " |" not in each.name and "| " not in each.name and each.says.zh and each.says.en
        assert each.standing in ("common", "extension") and each.units[each.unit] == 1.0
        assert all(part[0].isupper() or part == "{metal}" for part in each.name.split("|"))


def test_no_two_variables_have_one_name() -> None:
    products = ("", "aluminium.liquid", "copper.cathode", "lead.crude", "lead.refined")
    names = {variable(key, product) for key in definitions() for product in products}
    whole = [key for key, each in definitions().items() if "{metal}" not in each.name]
    assert len(names) == len(definitions()) * len(products) - len(whole) * (len(products) - 1)


def test_read_back_the_values_are_the_same() -> None:
    table = iamc(rows(), "Touchstone")
    assert read(to_wide(table)).lines == table.lines


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=9))
def test_any_number_comes_back_within_a_billionth_and_dust_beside_it_as_nothing(values: list[float]) -> None:
    given_rows = [row(value, unit="Mt CO2-equiv/yr", year=2020 + n) for n, value in enumerate(values)]
    back = [line.value for line in read(to_wide(iamc(given_rows, "Touchstone"))).lines]
    assert back == pytest.approx(values, rel=1e-9, abs=1e-9 * max(map(abs, values)))


def test_numbers_leave_with_the_digits_they_have() -> None:
    sums = [row(0.1 + 0.2 - 0.1), row(7.69e-12, year=2031), row(1304669.6999999997, year=2032)]
    assert [each.value for each in checked(sums)] == [0.2, 0.0, 1304669.7]
    assert "0.19999" not in document(sums, {}) and "e-12" not in document(sums, {})


def test_tonnes_become_millions_of_tonnes_and_places_their_names() -> None:
    [line] = iamc([row(5e6)], "Touchstone").lines
    assert (line.value, line.unit, line.region) == (5.0, "Mt CO2-equiv/yr", "China|Fujian")
    assert region("") == "World" and region("CN") == "China"


def test_a_quantile_is_a_variable_and_a_plant_or_a_single_draw_is_left_out_and_counted() -> None:
    table = iamc(rows(), "Touchstone")
    assert f"{EMISSIONS}|90.0th Percentile" in {line.variable for line in table.lines}
    assert table.left_out == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (row(1, variable="Emissions|Joy"), "EXCHANGE-001"),
        (row(1, unit="kg"), "EXCHANGE-002"),
        (row(float("nan")), "EXCHANGE-003"),
        (row(1, scenario="=2+2"), "EXCHANGE-005"),
    ],
)
def test_what_cannot_be_exchanged_is_refused_with_its_place_in_both_languages(wrong: Row, code: str) -> None:
    with pytest.raises(UnusableTable, match=code) as refused:
        iamc([wrong], "Touchstone")
    assert wrong.scenario in str(refused.value)


def test_two_values_of_one_thing_are_refused() -> None:
    with pytest.raises(UnusableTable, match="EXCHANGE-004"):
        checked([row(1.0), row(2.0)])
    with pytest.raises(UnusableTable, match="EXCHANGE-001"):
        variable("output", "soup")


def test_a_table_of_other_columns_is_refused_and_a_value_that_is_no_number_is_named_by_its_line() -> None:
    with pytest.raises(UnusableTable, match="EXCHANGE-006"):
        read("a,b\n1,2\n")
    with pytest.raises(UnusableTable, match="line 2"):
        read("model,scenario,region,variable,unit,2030\nm,s,World,v,u,x\n")


def test_heads_may_be_capital_and_empty_cells_are_no_values() -> None:
    table = read("Model,Scenario,Region,Variable,Unit,2025,2030\nm,s,World,v,u,,7\n")
    assert [(line.year, line.value) for line in table.lines] == [(2030, 7.0)]


def test_the_workbook_has_the_table_of_the_format_on_a_sheet_of_its_own() -> None:
    table = iamc(rows(), "Touchstone")
    sheet = openpyxl.load_workbook(io.BytesIO(book(rows(), "Touchstone", (), DAY, "en")))["data"]
    found = list(sheet.iter_rows(values_only=True))
    assert found[0][:5] == ("Model", "Scenario", "Region", "Variable", "Unit")
    values = [v for line in found[1:] for v in line[5:] if v is not None]
    assert sorted(values) == pytest.approx(sorted(line.value for line in table.lines))


@pytest.mark.parametrize("lang", ("zh", "en"))
def test_the_workbook_has_every_row_and_says_what_it_left_out_of_the_table(lang: str) -> None:
    about = ((Text("输入的哈希", "Hash of the inputs"), "9f2c"),)
    bytes_of = book(rows(), "Touchstone", about, DAY, lang)
    assert bytes_of == book(rows(), "Touchstone", about, DAY, lang)
    made = openpyxl.load_workbook(io.BytesIO(bytes_of))
    assert len(made.sheetnames) == 4
    first, results, data, variables = (
        list(made[name].iter_rows(values_only=True)) for name in made.sheetnames
    )
    assert first[0][1] == "9f2c" and first[1][1] == "2"
    assert sum(v is not None for line in results[1:] for v in line[7:]) == len(rows())
    assert len(variables) - 1 == len({each.variable for each in rows()}) and len(data) > 1


def test_json_has_every_row_and_the_meaning_of_its_variables() -> None:
    made = json.loads(document(rows(), {"seed": "7"}))
    assert made["about"] == {"seed": "7"} and len(made["rows"]) == len(rows())
    assert made["variables"][EMISSIONS]["unit"] == "Mt CO2-equiv/yr"
    assert [Row(**each) for each in made["rows"]] == checked(rows())
