"""Energy, limits and benchmarks on the pages of an inventory, and the areas of the treemap that lead to enterprises."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from touchstone.serve.web import console

from .small_group import opened

YEAR_2024 = "".join(
    f"east-1,2024-01,{row}\n"
    for row in ("aluminium.liquid,,1000,t,meter", "electricity.grid,,13300,MWh,invoice")
)
"""A month of 2024, when the levels of GB 21346-2022 are in force."""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("energy")
    with TestClient(console(opened(folder, YEAR_2024)), base_url="http://127.0.0.1:8000") as client:
        yield client


def section(client: TestClient, address: str) -> str:
    page = client.get(address).text
    return page[page.index('id="energy"') :].partition("</section>")[0]


@pytest.mark.parametrize("page", ["/inventory", "/inventory/east"])
def test_energy_stands_by_both_values_and_says_what_it_is_without_and_why(
    asking: TestClient, page: str
) -> None:
    said = section(asking, f"{page}?year=2023&lang=en")
    assert "electricity by calorific value" in said and "electricity by equivalent value" in said
    assert (
        "Incomplete, without:" in said
        and "electricity from the grid (" in said
        and "anthracite (" not in said
    )


@pytest.mark.parametrize("page", ["/inventory", "/inventory/east"])
def test_a_potline_stands_against_the_three_levels_with_document_and_clause(
    asking: TestClient, page: str
) -> None:
    said = section(asking, f"{page}?year=2024&lang=en")
    levels = said[said.index("Levels of energy limits") : said.index("Benchmark and baseline")]
    assert all(f">{value}</td>" in levels for value in ("13,250", "13,350", "13,700"))
    assert "13,300.00" in levels and "<b>level 2</b>" in levels
    assert "GB 21346-2022" in levels and "限额等级" in levels


def test_the_twins_say_the_same(asking: TestClient) -> None:
    for page in ("/inventory", "/inventory/east"):
        told = asking.get(f"{page}.json?year=2024").json()["energy"]
        [level] = [each for each in told["levels"] if each["indicator"] == "comprehensive-ac-electricity"]
        assert (level["reached"], level["document"]) == ("level-2", "gb-21346-2022")
        assert told["capacity_at_benchmark_percent"] is None and told["benchmark"][0]["why"]


def test_a_limit_that_was_not_in_force_grades_nothing(asking: TestClient) -> None:
    assert "not in force in the year" in section(asking, "/inventory/east?year=2023&lang=en")


def test_benchmarks_that_nobody_verified_leave_the_share_of_capacity_open(asking: TestClient) -> None:
    said = section(asking, "/inventory?year=2024&lang=en")
    assert "Share of capacity at the benchmark: cannot be told" in said and "not verified" in said
    assert "标杆产能占比：无法得出" in section(asking, "/inventory?year=2024&lang=zh")


def test_every_area_of_the_treemap_leads_to_its_enterprise(asking: TestClient) -> None:
    page = asking.get("/inventory?year=2022&lang=en").text
    areas = re.findall(r'<a href="(/inventory/[^"]+)"><title>([^<]+)', page)
    assert {name.split(" · ")[0] for _, name in areas} == {"East works"}
    assert all(name.endswith("%") for _, name in areas), "each says its share"
    assert all(asking.get(address.replace("&amp;", "&")).status_code == 200 for address, _ in areas)
