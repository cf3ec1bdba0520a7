"""Scenarios beside each other on the pages of pathways: what is wrong with one, or odd in its name, does not reach the others."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.calc.pathway import made

import touchstone
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.pathway.scenario_file import read_scenario
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.pathway_papers import Wanted, report_of
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.web import console

from .test_pathway_pages import token

NAMED = 'name = { zh = "甲", en = "own" }\nbase = "reference"\nsource = "synthetic"\n'
DRIVER = """
[[driver]]
key = "load"
of = "demand"
product = "aluminium.liquid"
kind = "level"
distribution = "uniform"
low = "80 %"
high = "99 %"
source = "synthetic"
"""
ODD = "绿电+再生&b#c 'd"
"""The name of a file that a planner may well give."""
FILES = {
    "register.csv": made.REGISTER,
    "technologies.toml": made.STRUCTURE,
    "technology_values.csv": made.VALUES,
    "scenarios/reference.toml": made.SCENARIO,
    "scenarios/a-broken.toml": NAMED + "years = [2050, 2020]\n",
    "scenarios/b-typed.toml": "name = [\n",
    "scenarios/large.toml": NAMED
    + '[demand."aluminium.liquid"]\nunit = "t"\n1950 = 1e15\ngrowth = "50 %"\n[outside."aluminium.liquid"]\ncost = { unit = "CNY/t", 2020 = 1000 }\n',
    "scenarios/twin.toml": NAMED,
    "scenarios/uncertain.toml": NAMED.replace("own", "uncertain") + DRIVER,
    f"scenarios/{ODD}.toml": NAMED,
    "scenarios/z-short.toml": NAMED.replace("own", "short") + "milestones = [2020, 2024, 2030]\n",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A province of three lines, with two scenarios that cannot be used, one beyond all bounds, a twin and one with an odd name."""
    workspace = touchstone.open(tmp_path_factory.mktemp("beside"))
    folder = workspace.pathways().folder
    (folder / "scenarios").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return workspace


@pytest.fixture(scope="module")
def visitor(own: Workspace) -> Iterator[TestClient]:
    with TestClient(console(own), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    "page",
    ["", "/plans", "/costs", "/report", "/known", "/why", "/line/old", "/scenario/reference", "/scenario/b-typed", "/targets"],
)  # fmt: skip
def test_a_scenario_with_a_mistake_does_not_take_the_pages_of_the_others_with_it(
    visitor: TestClient, page: str
) -> None:
    shown = visitor.get(f"/pathway{page}?s=reference&lang=en")
    assert shown.status_code == (404 if page == "/scenario/b-typed" else 200)


def test_the_workbench_says_what_is_wrong_with_a_scenario(visitor: TestClient) -> None:
    shown = visitor.get("/pathway?s=reference&lang=en").text
    assert "a-broken cannot be used" in shown and "b-typed.toml" in shown


def test_a_course_that_grows_beyond_all_bounds_is_shown_all_the_same(visitor: TestClient) -> None:
    for page in ("/pathway", "/pathway.json", "/pathway/costs", "/pathway/why", "/pathway/scenario/large"):
        assert visitor.get(f"{page}?s=large").status_code == 200


@pytest.mark.parametrize(
    ("room", "more"), [("plans", {"seconds": "1"}), ("costs", {}), ("known", {"futures": "20"}), ("report", {"form": "html"})]
)  # fmt: skip
def test_what_is_asked_for_a_scenario_with_an_odd_name_is_found_again(
    visitor: TestClient, room: str, more: dict[str, str]
) -> None:
    began = {"s": ODD, "token": token(visitor.get("/pathway/plans", params={"s": ODD}).text), **more}
    answer = visitor.post(f"/pathway/{room}", data=began)
    if answer.status_code == 303:
        assert visitor.get(answer.headers["location"]).status_code == 200
    else:
        assert "CHANCE-013" in answer.text, "the scenario is found, and has no drivers"


def test_two_scenarios_of_one_case_each_have_the_plan_that_was_asked_for(
    visitor: TestClient, own: Workspace
) -> None:
    asked = {"token": token(visitor.get("/pathway/plans?s=reference").text), "level": "paths", "seconds": "5"}
    for key in ("reference", "twin"):
        visitor.post("/pathway/plans", data=asked | {"s": key})
    plans = [own.pathways().folder / "plans" / f"{key}.paths.npz" for key in ("reference", "twin")]
    for _ in range(300):
        if all(each.exists() for each in plans):
            break
        time.sleep(0.1)
    assert [each.name for each in plans if not each.exists()] == []
    for key in ("reference", "twin"):
        assert visitor.get(f"/pathway/plans.json?s={key}&level=paths").json()["years"]


def test_chances_begin_with_a_scenario_that_has_drivers_and_name_those_without(visitor: TestClient) -> None:
    """The first by name has none: the menu leads to no dead end."""
    page = html.fromstring(visitor.get("/pathway/chances?draws=100&lang=en").text)
    choices = page.xpath("//fieldset//label[input[@name='s']]")
    assert [each.xpath("./input/@value") for each in choices if each.xpath("./input[@checked]")] == [
        ["uncertain"]
    ]
    lacking = {each.xpath("./input/@value")[0] for each in choices if "no drivers" in each.text_content()}
    assert {"reference", "twin"} <= lacking and "uncertain" not in lacking
    told = visitor.get("/pathway/chances.json?draws=100").json()
    assert told["draws"] == 100


def test_a_scenario_without_drivers_says_so_and_another_can_be_chosen(visitor: TestClient) -> None:
    page = visitor.get("/pathway/chances?s=twin&lang=en")
    assert page.status_code == 404 and "CHANCE-013" in page.text
    assert html.fromstring(page.text).xpath("//form//input[@name='s' and @value='uncertain']")


def test_beside_one_with_drivers_a_scenario_without_is_compared_in_its_futures(visitor: TestClient) -> None:
    """As `pathway robust` does."""
    told = visitor.get("/pathway/chances.json?s=twin&s=uncertain&draws=100").json()
    assert [each["scenario"] for each in told["scenarios"]] == ["uncertain"]
    assert {each["plan"] for each in told["robust"]} == {"uncertain", "twin"}
    assert visitor.get("/pathway/chances?s=twin&s=uncertain&draws=100").status_code == 200


def test_a_key_of_thousands_of_parts_is_refused_at_once_with_its_line() -> None:
    """Read in full it would hold up every page for a quarter of a minute."""
    began = time.process_time()
    with pytest.raises(Refusal) as told:
        read_scenario(f"{NAMED}{'.'.join(['a'] * 20_000)} = 1\n", "deep.toml", "deep")
    assert told.value.code == "SCENARIO-002" and told.value.where == "deep.toml:4"
    assert time.process_time() - began < 2


def test_a_scenario_of_other_years_is_not_laid_beside_and_its_numbers_keep_their_years(
    own: Workspace, visitor: TestClient
) -> None:
    both = "?s=reference&s=z-short"
    page = html.fromstring(visitor.get(f"/pathway{both}&lang=en").text)
    assert "short" in page.get_element_by_id("apart").text_content()
    rows = page.xpath("//section[h2[@id='table']]//tbody[1]/tr[td]")
    assert [row.text_content()[:9] for row in rows] == ["reference"]
    every = {each["scenario"]: each["years"] for each in visitor.get(f"/pathway.json{both}").json()}
    assert every["z-short"] == [2020, 2024, 2030]
    with pytest.raises(UnusablePathway) as caught:
        report_of(PathwayStock(own.pathways()), ("reference", "z-short"), Wanted(), date(2026, 1, 1))
    assert caught.value.code == "PATHWAY-021" and "z-short" in caught.value.text("en")
