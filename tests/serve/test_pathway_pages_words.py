"""Words and numbers on the pages of pathways as a planner reads them: names for keys, reasons for what is not there, no powers of ten."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.calc.pathway import made

import touchstone
from touchstone.calc.target.course import say
from touchstone.calc.target.target import Target
from touchstone.serve.pathway_budgeted import budgeted
from touchstone.serve.pathway_kept import courses_told
from touchstone.serve.web import console

BUDGET = """[[budget]]
key = "total"
name = { zh = "总量", en = "in all" }
indicator = "emissions"
place = "CN-53"
base = 2023
base_value = "900 万吨CO2e"
change = { 2025 = "-2 %", 2030 = "-12 %" }
document = "own"
tag = "own"
"""
MEASURED = """[[measured]]
indicator = "emissions"
place = "CN-53"
values = { 2024 = "%s" }
document = "own"
tag = "own"
"""
KEY = re.compile(r"(?<![\w/.:])[a-z]{2,}\.[a-z][a-z-]{2,}(?![\w/.])", re.ASCII)
"""A key of a product, technology or indicator: aluminium.liquid."""


def seen(planning: TestClient, address: str, lang: str = "zh") -> str:
    """What stands on a page, without what is marked as a key, a place in a file or the words of a file."""
    page = planning.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert page.status_code == 200
    [main] = html.fromstring(page.text).xpath("//main")
    for each in main.xpath(".//code | .//pre | .//*[contains(concat(' ', @class, ' '), ' at ')]"):
        each.drop_tree()
    return str(main.text_content())


@pytest.mark.parametrize(
    "address",
    ["/pathway/register", "/pathway/replacement", "/pathway/chances?s=plan&draws=100", "/pathway/scenario/plan", "/pathway/score", "/pathway/costs?s=plan"],
)  # fmt: skip
def test_a_page_has_names_where_files_have_keys(planning: TestClient, address: str) -> None:
    shown = seen(planning, address)
    assert KEY.findall(shown) == []
    assert not re.search(r"\b(steel|reports|demand|factor)\b", shown, re.ASCII)


def test_what_is_said_of_a_target_has_no_power_of_ten(planning: TestClient) -> None:
    emissions = Target.__new__(Target)
    object.__setattr__(emissions, "indicator", "emissions")
    assert say(Fraction(9_000_000), emissions) == "9,000,000 t CO₂e"
    assert say(Fraction(-10_200_000), emissions) == "−10,200,000 t CO₂e"
    shown = seen(planning, "/pathway/targets?place=CN-35", "en")
    assert not re.search(r"\de[+-]\d", shown) and "CO2e" not in shown


@pytest.mark.parametrize(("amount", "said"), [("900 万吨CO2e", "slips in 2024"), ("800 万吨CO2e", "within")])
def test_a_budget_known_in_one_year_speaks_of_that_year(tmp_path: Path, amount: str, said: str) -> None:
    opened = touchstone.open(tmp_path)
    folder = opened.pathways().folder
    folder.mkdir()
    (folder / "budgets.toml").write_text(BUDGET, "utf-8")
    (folder / "measured.toml").write_text(MEASURED % amount, "utf-8")
    demands = opened.demands()
    ([way], _), (series, _) = demands.budgets(), demands.measured()
    [told] = courses_told(budgeted(way, series, None, "", [], demands.lights()), {}, "en")
    assert said in told.said and "1 years" not in told.said and "the one year" in told.said


def test_a_budget_and_an_intensity_known_in_one_year_speak_of_that_year(tmp_path: Path) -> None:
    opened = touchstone.open(tmp_path)
    folder = opened.pathways().folder
    folder.mkdir()
    other = BUDGET.replace('"total"', '"each"').replace('"emissions"', '"intensity"')
    each = (MEASURED % "6 t CO2e/t").replace('"emissions"', '"intensity"')
    for name, text in (
        ("budgets.toml", BUDGET + other.replace("900 万吨CO2e", "6.6 t CO2e/t")),
        ("measured.toml", MEASURED % "800 万吨CO2e" + each),
    ):
        made_of_aluminium = text.replace('"CN-53"\n', '"CN-53"\nproducts = ["aluminium.liquid"]\n')
        (folder / name).write_text(made_of_aluminium, "utf-8")
    shown = TestClient(console(opened), base_url="http://127.0.0.1").get("/pathway/budget?lang=en").text
    assert "both are kept in the one year that is known" in shown


def test_a_line_that_states_no_electricity_is_not_said_to_have_no_level(tmp_path: Path) -> None:
    """Of aluminium the lists have levels, of copper cathode none; the planned lines are of aluminium, one states its electricity."""
    opened = touchstone.open(tmp_path)
    folder = opened.pathways().folder
    folder.mkdir()
    silent = "silent,拟建,planned,CN-35,aluminium.liquid,cell,planned,10,2026,,,,,,synthetic\n"
    planned = "planned,拟建,planned,CN-35,aluminium.liquid,cell,planned,10,2026,,,13000,1.5,20,synthetic\n"
    (folder / "register.csv").write_text(made.REGISTER + silent + planned, "utf-8")
    (folder / "technologies.toml").write_text(made.STRUCTURE, "utf-8")
    (folder / "technology_values.csv").write_text(made.VALUES, "utf-8")
    page = html.fromstring(
        TestClient(console(opened), base_url="http://127.0.0.1").get("/pathway/register?lang=en").text
    )
    rows = {each.xpath("string(./th/code)"): each.text_content() for each in page.xpath("//table[contains(@class, 'plants')]/tbody/tr")}  # fmt: skip
    assert "states no electricity" in rows["silent"] and "once it operates" in rows["planned"]
    assert "have no level" in rows["refinery"]
    assert sum("have no level" in each for each in rows.values()) == 1


def test_a_technology_whose_readiness_nobody_states_says_so(planning: TestClient) -> None:
    page = html.fromstring(planning.get("/pathway/technologies?lang=en").text)
    cells = page.xpath("//td[@data-label='Readiness']")
    assert cells and all(
        each.text_content().strip().isdigit() or "no document" in each.text_content() for each in cells
    )


def test_met_only_if_all_is_as_assumed_is_not_printed_as_met(planning: TestClient) -> None:
    page = html.fromstring(planning.get("/pathway/chances?s=plan&draws=200&lang=en").text)
    fragile = page.xpath("//*[normalize-space(text())='met only if all is as assumed']")
    assert fragile and all("verdict-edge" in each.get("class") for each in fragile)
