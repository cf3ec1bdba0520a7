"""Pages of plants, technologies and scenarios: without script, in both languages, each number opening to where it was stated."""

import csv
import io
import re
from pathlib import Path
from shutil import copytree
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.calc.pathway.explained import explained
from touchstone.calc.pathway.pathway import projected
from touchstone.flow import Workspace
from touchstone.serve.web import console

PAGES = (
    "/pathway/register",
    "/pathway/line/al-1?s=plan&year=2030",
    "/pathway/technologies",
    "/pathway/technologies/al.fhest",
    "/pathway/scenario/plan",
    "/pathway/document/fujian-peaking-plan",
    "/pathway/stated?at=pathway/register.csv:3",
)


def page(planning: TestClient, address: str, lang: str = "en", status: int = 200) -> str:
    answer = planning.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert answer.status_code == status, address
    return answer.text


def twin(address: str, form: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}.{form}?{query}"


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there_in_both_languages_and_as_json_and_csv(
    planning: TestClient, address: str
) -> None:
    zh, en = page(planning, address, "zh"), page(planning, address, "en")
    assert '<html lang="zh">' in zh and '<html lang="en">' in en
    data = planning.get(twin(address, "json"))
    assert data.status_code == 200 and data.json()
    rows = list(csv.DictReader(io.StringIO(planning.get(twin(address, "csv")).text.lstrip("\ufeff"))))
    assert rows and len({tuple(row) for row in rows}) == 1


@pytest.mark.parametrize(
    "address", [each for each in PAGES if each not in ("/pathway/technologies", PAGES[-1])]
)
def test_every_place_that_a_page_names_shows_the_row_it_means(planning: TestClient, address: str) -> None:
    places = set(re.findall(r'href="(/pathway/stated\?at=[^"]+)"', page(planning, address)))
    assert places
    for place in sorted(places)[:12]:
        shown = page(planning, place)
        file, _, number = unquote(place).partition("at=")[2].rpartition(":")
        assert file in shown and number in shown


def test_the_register_is_filtered_by_product_place_and_enterprise(planning: TestClient) -> None:
    address = "/pathway/register.json?product=copper.cathode&place=CN-3509&enterprise=示例铜业乙"
    assert {row["line"] for row in planning.get(address).json()} == {"cu-nd-1", "cu-nd-2", "cu-nd-3"}


def test_a_row_of_the_register_opens_to_its_cells(planning: TestClient) -> None:
    assert (
        planning.get("/pathway/stated.json?at=pathway/register.csv:3").json()["row"]["capacity [t/yr]"]
        == "45000"
    )


def test_a_line_whose_unit_the_workspace_lacks_says_so_and_links_to_nothing(planning: TestClient) -> None:
    shown = page(planning, "/pathway/register?product=aluminium.liquid")
    assert "line-2" in shown and 'href="/inventory/line-2"' not in shown


def test_a_line_leads_to_its_unit_where_the_workspace_has_it(smelter: Workspace, tmp_path: Path) -> None:
    own = touchstone.open(copytree(smelter.folder, tmp_path / "own"))
    own.pathways().take_sample("province")
    register = own.folder / "pathway" / "register.csv"
    text = register.read_text("utf-8")
    register.write_text(text.replace(",28,,,synthetic", ",28,,line-2,synthetic"), "utf-8")
    with TestClient(console(own), base_url="http://127.0.0.1:8000") as client:
        shown = client.get("/pathway/line/al-2?lang=en").text
        assert 'href="/inventory/line-2"' in shown and client.get("/inventory/line-2").status_code == 200


def test_the_terms_of_a_line_add_up_to_its_emissions_and_name_where_each_is_stated(
    planning: TestClient, planned: Workspace
) -> None:
    told = planning.get("/pathway/line/al-1.json?s=plan&year=2030").json()
    [year] = [row for row in told["by_year"] if row["year"] == 2030]
    assert sum(step["emissions_tCO2e"] for step in told["steps"]) == pytest.approx(year["emissions_tCO2e"])
    found = projected(planned.pathways().compiled("plan"))
    line = found.given.register.of("al-1")
    assert line is not None
    steps = explained(found, line, 2030)
    stated = [(one["value"], one["where"]) for step in told["steps"] for one in step["stated"]]
    assert stated == [(one.value, one.where) for step in steps for one in step.stated]
    assert {where.partition(":")[0] for _, where in stated} >= {
        "pathway/register.csv",
        "pathway/scenarios/reference.toml",
    }


def test_a_number_of_a_line_leads_to_its_course_in_the_scenario(planning: TestClient) -> None:
    shown = page(planning, "/pathway/line/al-1?s=plan&year=2030")
    places = {
        (path, anchor) for path, anchor in re.findall(r'href="(/pathway/scenario/[^"#]+)#([^"]+)"', shown)
    }
    assert places
    for path, anchor in places:
        assert f'id="{anchor}"' in page(planning, path)


def test_what_is_not_known_of_a_technology_says_why(planning: TestClient) -> None:
    shown = page(planning, "/pathway/technologies/al.fhest")
    assert "no document that was seen states the lifetime" in shown and "not known" in shown
    assert "carbon report 2019" in shown and "taken by models" in shown


def test_a_case_shows_its_check_with_the_numbers_in_it_and_its_verdict(planning: TestClient) -> None:
    cases = planning.get("/pathway/technologies/al.low-voltage.json").json()["evidence"]
    [fall] = [each for each in cases if each["quantity"] == "fall"]
    assert fall["verdict"] == "holds" and fall["stated_at"].startswith("evidence.csv:")
    assert "÷" in page(planning, "/pathway/technologies/al.low-voltage")


def test_a_scenario_marks_what_it_changes_and_names_whose_the_rest_is(planning: TestClient) -> None:
    told = planning.get("/pathway/scenario/plan.json").json()
    own = {each["of"] for each in told["courses"] if each["own"]}
    assert told["inherits"] == ["reference", "plan"]
    assert "power.green.share" in own and "demand.copper.cathode" not in own
    assert page(planning, "/pathway/scenario/plan").count('class="own-mark"') >= len(own)
    assert 'class="own-mark"' not in page(planning, "/pathway/scenario/reference")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/pathway/line/nix", "no line &#39;nix&#39;"),
        ("/pathway/line/al-1?s=nix", "no scenario &#39;nix&#39;"),
        ("/pathway/line/al-1?year=1900", "no year &#39;1900&#39;"),
        ("/pathway/technologies/nix", "no technology &#39;nix&#39;"),
        ("/pathway/scenario/nix", "no scenario &#39;nix&#39;"),
        ("/pathway/register?product=gold", "no product &#39;gold&#39;"),
        ("/pathway/document/nix", "no document &#39;nix&#39;"),
        ("/pathway/stated?at=pathway/register.csv:9999", "no place"),
        ("/pathway/stated?at=pathway/../desk.toml:1", "no place"),
        ("/pathway/stated?at=/etc/hosts.toml:1", "no place"),
    ],
)
def test_what_is_not_there_is_refused_in_five_parts(planning: TestClient, address: str, said: str) -> None:
    shown = page(planning, address, status=404)
    assert "PATHWAY-0" in shown and said in shown and "expected" in shown and "fix" in shown
    assert page(planning, address, "zh", status=404) != shown


@pytest.mark.parametrize("address", ["/pathway/register", "/pathway/line/al-1", "/pathway/scenario/plan"])
def test_a_workspace_without_pathways_says_how_to_begin(tmp_path: Path, address: str) -> None:
    with TestClient(console(touchstone.open(tmp_path / "w")), base_url="http://127.0.0.1:8000") as client:
        answer = client.get(address, params={"lang": "en"})
    assert answer.status_code == 200 and "touchstone pathway sample" in answer.text
