"""A year's cap handed down: to the tonne by every rule, each amount open to its arithmetic, its lines and their sources."""

import re
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import touchstone
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.web import console

PLAN = "s=plan&year=2030"


def answer(planning: TestClient, query: str = PLAN) -> dict[str, Any]:
    made = planning.get(f"/pathway/allocation.json?{query}")
    assert made.status_code == 200, made.text
    return made.json()  # type: ignore[no-any-return]


def by_rule(made: dict[str, Any]) -> dict[str, Any]:
    return {each["rule"]: each for each in made["rules"]}


@pytest.mark.parametrize(
    "query",
    [PLAN, f"{PLAN}&amount=1000000.7&reserve=333", f"{PLAN}&cap=scenario&by=plant&product=copper.cathode"],
)
def test_every_rule_shares_the_whole_cap_to_the_tonne(planning: TestClient, query: str) -> None:
    made = answer(planning, query)
    assert made["budget"] == int(made["cap"]["t_co2e"] - made["cap"]["of_scrap"]) - made["reserve"]
    shared = [
        sum(one["t_co2e"] for one in each["amounts"].values()) for each in made["rules"] if each["amounts"]
    ]
    assert len(shared) >= 5 and set(shared) == {made["budget"]}


def test_figures_are_the_sums_of_lines_that_the_accounts_of_the_scenario_have(planning: TestClient) -> None:
    made = answer(planning)
    sharers = {each["key"]: each for each in made["sharers"]}
    for each in sharers.values():
        for name in ("history", "emissions", "output", "capacity"):
            assert each["figures"][name] == pytest.approx(sum(line[name] for line in each["lines"]))
    [al_1] = [line for line in sharers["示例铝业"]["lines"] if line["line"] == "al-1"]
    told = planning.get("/pathway/line/al-1.json?s=plan&year=2029").json()
    [year] = [row for row in told["by_year"] if row["year"] == 2029]
    assert (
        al_1["emissions"] == pytest.approx(year["emissions_tCO2e"])
        and al_1["stated_at"] == "pathway/register.csv:3"
    )


def test_by_benchmark_an_enterprise_gets_its_output_times_the_benchmark_of_all(planning: TestClient) -> None:
    made = answer(planning)
    due = {
        each["key"]: sum(line["output"] * line["benchmark"] for line in each["lines"])
        for each in made["sharers"]
    }
    amounts = by_rule(made)["benchmark"]["amounts"]
    for key, each in amounts.items():
        assert each["exact"] == pytest.approx(made["budget"] * due[key] / sum(due.values()))
        assert abs(each["t_co2e"] - each["exact"]) < 1 and "÷" in each["parts"][0]["written"]


def test_a_rule_without_its_figures_says_whose_are_lacking_and_the_others_go_on(planning: TestClient) -> None:
    rules = by_rule(answer(planning))
    assert rules["value"]["amounts"] is None and rules["value"]["why"]["code"] == "TARGET-031"
    assert (
        "示例铝业: value of output" in rules["value"]["why"]["en"] and "产值" in rules["value"]["why"]["zh"]
    )
    assert all(each["amounts"] for key, each in rules.items() if key != "value")


def test_every_amount_opens_to_its_arithmetic_and_every_place_to_its_row(planning: TestClient) -> None:
    shown = planning.get(f"/pathway/allocation?{PLAN}&lang=en").text
    anchors = set(re.findall(r'class="f" href="#([^"]+)"', shown))
    assert anchors and all(f'id="{each}"' in shown for each in anchors)
    places = sorted(set(re.findall(r'href="(/pathway/stated\?at=[^"]+)"', shown)))
    assert {"allocation.toml", "budgets.toml", "register.csv"} <= {
        re.split(r"[/=:]", each)[-2] for each in places
    }
    for place in places[:3] + places[-3:]:
        assert planning.get(place).status_code == 200


def own(planned: Workspace, tmp_path: Path, **files: str) -> Workspace:
    made = touchstone.open(copytree(planned.folder, tmp_path / "own"))
    for name, text in files.items():
        path = made.folder / "pathway" / f"{name}.toml"
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    return made


def test_figures_that_a_workspace_states_go_first_and_a_strange_enterprise_is_named(
    planned: Workspace, tmp_path: Path
) -> None:
    stated = '\n[[enterprise]]\nkey = "{}"\nhistory = "10 万吨CO2e"\nvalue = "5 亿元"\ndocument = "own"\ntag = "own"\n'
    again = (
        '\n[[benchmark]]\nproduct = "aluminium.liquid"\nvalue = "1 t CO2e/t"\ndocument = "own"\ntag = "own"\n'
    )
    workspace = own(
        planned, tmp_path, allocation=again + stated.format("示例铝业") + stated.format("示例金业")
    )
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        made = answer(client)
        assert client.get(f"/pathway/allocation?{PLAN}&lang=zh").status_code == 200
    [aluminium] = [each for each in made["sharers"] if each["key"] == "示例铝业"]
    assert aluminium["figures"]["history"] == 100_000 and aluminium["figures"]["value"] == 50_000
    assert aluminium["stated_at"].startswith("pathway/allocation.toml:")
    twice, strange = made["refused"]
    assert "TARGET-036" in strange and "示例金业" in strange
    assert "TARGET-051" in twice and "aluminium.liquid: twice" in twice
    assert "示例铝业: value" not in by_rule(made)["value"]["why"]["en"]


def test_a_line_that_is_nobodys_stops_the_allocation(planned: Workspace, tmp_path: Path) -> None:
    workspace = own(planned, tmp_path)
    register = workspace.folder / "pathway" / "register.csv"
    register.write_text(register.read_text("utf-8").replace(",示例锌业,", ",,"), "utf-8")
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        shown = client.get(f"/pathway/allocation?{PLAN}&lang=en")
        assert shown.status_code == 404 and "TARGET-037" in shown.text and "zn-3" in shown.text
        assert client.get(f"/pathway/allocation?{PLAN}&by=plant").status_code == 200


def test_weights_that_sum_to_nothing_are_refused(planned: Workspace, tmp_path: Path) -> None:
    """A sole enterprise of one product that states a value of nothing."""
    stated = '\n[[enterprise]]\nkey = "示例铝业"\nvalue = "0"\ndocument = "own"\ntag = "own"\n'
    workspace = own(planned, tmp_path, allocation=stated)
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        made = by_rule(answer(client, f"{PLAN}&cap=scenario&product=aluminium.liquid"))
    assert made["value"]["why"]["code"] == "TARGET-033" and made["history"]["amounts"]


def test_a_product_alone_is_shared_by_a_cap_of_that_product_and_no_other(planning: TestClient) -> None:
    """The province's budget is of all metals: asked for copper, what copper emits is shared, among its lines."""
    made = answer(planning, f"{PLAN}&product=copper.cathode")
    products = {line["product"] for each in made["sharers"] for line in each["lines"]}
    assert products == {"copper.cathode"} and made["cap"]["key"] == "scenario"
    assert answer(planning)["cap"]["key"] != "scenario" and answer(planning)["budget"] > made["budget"]
    both = planning.get(f"/pathway/allocation?{PLAN}&product=copper.cathode&cap=budget:total&lang=en")
    assert both.status_code == 404 and "TARGET-039" in both.text and "scenario" in both.text
    assert answer(planning, f"{PLAN}&cap=budget:total")["cap"]["key"] == "budget:total"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("plan 2030 --amount 5 --reserve 5", "TARGET-038"),
        ("plan 2030 --amount 0", "TARGET-038"),
        ("nix 2030", "PATHWAY-012"),
        ("plan 1990", "PATHWAY-030"),
        ("plan 2030 --rule nix", "PATHWAY-030"),
        ("plan 2030 --until 2031", "PATHWAY-030"),
        ("plan 2030 --cap rule:nix", "PATHWAY-030"),
        ("plan 2030 --cap budget:total --product copper.cathode", "TARGET-039"),
    ],
)
def test_what_cannot_be_asked_is_refused(planned: Workspace, words: str, code: str) -> None:
    made = CliRunner().invoke(app, ["pathway", "allocate", *words.split(), "-w", str(planned.folder)])
    assert isinstance(made.exception, Refusal) and made.exception.code == code


def test_the_command_writes_the_table_of_the_page(
    planning: TestClient, planned: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "shares.csv"
    words = [
        "pathway",
        "allocate",
        "plan",
        "2030",
        "--out",
        str(out),
        "-w",
        str(planned.folder),
        "--lang",
        "en",
    ]
    made = CliRunner().invoke(app, words)
    assert made.exit_code == 0, made.output
    assert out.read_bytes().decode() == planning.get(f"/pathway/allocation.csv?{PLAN}").content.decode()
