"""Pages and commands of targets, tables, replacement, parks, budgets and scores, over a made-up province."""

import csv
import io
import json
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import touchstone
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.web import console

from .planned import province

PAGES = (
    "/pathway/targets?place=CN-35",
    "/pathway/league",
    "/pathway/replacement?capacity=150000&product=aluminium.liquid",
    "/pathway/parks?factor=0.41",
    "/pathway/budget",
    "/pathway/allocation",
    "/pathway/score?emissions=99",
)


def told(planning: TestClient, address: str) -> object:
    path, _, query = address.partition("?")
    answer = planning.get(f"{path}.json?{query}")
    assert answer.status_code == 200, address
    return answer.json()


def run(workspace: Workspace, *words: str) -> object:
    made = CliRunner().invoke(app, ["pathway", *words, "--json", "-w", str(workspace.folder), "--lang", "en"])
    assert made.exit_code == 0, made.output
    return json.loads(made.stdout)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there_in_both_languages_and_as_csv(planning: TestClient, address: str) -> None:
    for lang in ("zh", "en"):
        answer = planning.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert answer.status_code == 200 and f'<html lang="{lang}">' in answer.text
    path, _, query = address.partition("?")
    rows = list(csv.DictReader(io.StringIO(planning.get(f"{path}.csv?{query}").text.lstrip("\ufeff"))))
    assert rows and len({tuple(row) for row in rows}) == 1


def test_a_target_stands_with_its_document_against_what_was_measured_and_what_scenarios_come_to(
    planning: TestClient,
) -> None:
    targets = told(planning, "/pathway/targets?place=CN-35&s=plan&s=delayed")["targets"]  # type: ignore[index]
    [green] = [each for each in targets if each["target"] == "fj-al-renewable-2030"]
    assert green["document"] == "fujian-peaking-plan" and green["stated_at"].startswith("policies.toml:")
    assert green["verdict"] == "on-course" and green["measured"][-1]["value"] == 19
    assert green["required_a_year"] == pytest.approx((30 - 19) / 6)
    shown = planning.get("/pathway/targets?place=CN-35&lang=en").text
    assert "now +2.75 percentage points a year; +1.833 percentage points a year needed until 2030" in shown
    plan, delayed = green["scenarios"]
    assert plan["holds"] and plan["value"] > 30 and not delayed["holds"] and delayed["value"] < 30


def test_nothing_speaks_for_a_place_before_somebody_says_so(smelter: Workspace) -> None:
    with TestClient(console(smelter), base_url="http://127.0.0.1:8000") as client:
        for speaks, measured in (("", False), ("CN", True)):
            targets = client.get(f"/pathway/targets.json?speaks={speaks}").json()["targets"]
            [green] = [each for each in targets if each["target"] == "cn-peak-2030"]
            assert bool(green["measured"]) is measured


def test_the_calculator_answers_with_the_rule_it_goes_by(planning: TestClient) -> None:
    made = told(planning, "/pathway/replacement?capacity=150000&product=aluminium.liquid&ratio=1.25")[
        "answer"
    ]  # type: ignore[index]
    assert (
        made["capacity"] == 120000 and made["ratio"] == 1.25 and made["rule"] is None and not made["findings"]
    )
    made = told(planning, "/pathway/replacement?capacity=150000&product=aluminium.liquid&ratio=0.5")["answer"]  # type: ignore[index]
    assert made["capacity"] == 150000 and made["rule"]["document"] == "cn-miit-2018-12"
    assert [each["code"] for each in made["findings"]] == ["TARGET-048"]
    made = told(planning, "/pathway/replacement?capacity=1&product=copper.cathode")["answer"]  # type: ignore[index]
    assert made["ratio"] is None and [each["code"] for each in made["findings"]] == ["TARGET-047"]


def test_a_line_that_began_before_its_quota_retired_is_named(planning: TestClient) -> None:
    [line] = told(planning, "/pathway/replacement")["register"]  # type: ignore[index]
    assert line["line"] == "al-2" and "TARGET-043" in {each["code"] for each in line["findings"]}


def test_a_line_that_is_closed_is_in_no_table_of_a_later_day(planning: TestClient) -> None:
    now, then = (
        told(planning, f"/pathway/league?product=aluminium.liquid&day={day}")
        for day in ("2024-01-01", "2018-01-01")
    )
    assert [each["line"] for each in now["places"]] == ["al-2", "al-1"]  # type: ignore[index]
    assert "al-old" in {each["line"] for each in then["places"]}  # type: ignore[index]


def test_a_budget_has_its_limits_and_says_which_year_of_a_scenario_slips_first_and_by_how_much(
    planning: TestClient,
) -> None:
    total, *_ = told(planning, "/pathway/budget?s=plan&s=delayed")  # type: ignore[misc]
    [year] = [each for each in total["years"] if each["year"] == 2025]
    assert year["limit"] == pytest.approx(1_372_800) and year["stated"]
    assert set(year["scenarios"]) == {"plan", "delayed"}
    assert total["stated_at"].startswith("budgets.toml:")
    late = total["against"]["delayed"]
    years = {each["year"]: each for each in late["years"]}
    over = [each for each in late["years"] if each["over"] > 0]
    assert late["first_over"] == min(each["year"] for each in over) and late["years_over"] == len(over)
    assert late["worst"] == {name: years[late["worst"]["year"]][name] for name in late["worst"]}
    assert years[2025]["light"] == "green" and years[2030]["light"] == "red"
    sums = sum(each["limit"] - each["value"] for each in late["years"])
    assert late["years"][-1]["remains"] == pytest.approx(sums)


def test_the_page_of_budgets_tells_the_light_the_first_year_and_the_tonnes(planning: TestClient) -> None:
    total, *_ = told(planning, "/pathway/budget?s=delayed")  # type: ignore[misc]
    late = total["against"]["delayed"]
    first = next(each for each in late["years"] if each["year"] == late["first_over"])
    shown = planning.get("/pathway/budget?s=delayed&lang=en").text
    assert f"slips first in {late['first_over']}, over by {first['over']:,.0f} t" in shown
    assert 'class="signal signal-red"' in shown and "own proposal" in shown
    assert "not both kept" in shown, "total and intensity are held side by side"


def test_the_running_year_of_an_inventory_has_an_outlook_once_it_speaks_for_the_place(
    smelter: Workspace, tmp_path: Path
) -> None:
    own = touchstone.open(copytree(smelter.folder, tmp_path / "own"))
    own.pathways().take_sample("province")
    path = own.folder / "pathway" / "budgets.toml"
    path.write_text(path.read_text("utf-8").replace("CN-35", "CN-53").replace("2025 =", "2024 ="), "utf-8")
    with TestClient(console(own), base_url="http://127.0.0.1:8000") as client:
        silent, *_ = client.get("/pathway/budget.json").json()
        speaking, aluminium, _ = client.get("/pathway/budget.json?speaks=CN-53").json()
        assert client.get("/pathway/budget?speaks=CN-53").status_code == 200
    assert silent["outlook"] is None and not any(year["used"] for year in silent["years"])
    assert speaking["outlook"]["months"] == [1] and speaking["outlook"]["known"] > 0
    [year] = [each for each in speaking["years"] if each["year"] == speaking["outlook"]["year"]]
    assert year["used"] > 0
    assert aluminium["outlook"]["year"] == year["year"], "an intensity has one, too"


def test_a_park_without_a_factor_of_power_does_not_say_its_emissions(planning: TestClient) -> None:
    without, known = (
        {item["indicator"]: item for park in told(planning, address) for item in park["items"]}  # type: ignore[attr-defined]
        for address in ("/pathway/parks", "/pathway/parks?factor=0.41")
    )
    assert without["carbon_of_energy"]["value"] is None and known["carbon_of_energy"]["value"] > 0


def test_a_sheet_with_values_missing_gives_a_range(planning: TestClient) -> None:
    made = told(planning, "/pathway/score?emissions=99")
    assert (made["low"], made["high"]) == (15, 90) and "reports" in made["missing"]  # type: ignore[index]


def test_a_sheet_is_filled_from_budget_and_scenario_and_what_is_typed_goes_first(
    planning: TestClient,
) -> None:
    made = told(planning, "/pathway/score?s=plan&year=2030&renewable=12")
    lines = {each["item"]: each for each in made["lines"]}  # type: ignore[index]
    total, *_ = told(planning, "/pathway/budget?s=plan")  # type: ignore[misc]
    [year] = [each for each in total["years"] if each["year"] == 2030]
    assert lines["emissions"]["value"] == pytest.approx(100 * year["scenarios"]["plan"] / year["limit"])
    assert lines["renewable"]["source"] == "typed" and lines["renewable"]["value"] == 12
    assert lines["renewable"]["filled"] > 30 and set(lines["renewable"]["filled_lines"].split()) == {
        "al-1",
        "al-2",
    }
    assert [each["source"] for each in made["lines"]] == ["scenario", "scenario", "scenario", "typed", ""]  # type: ignore[index]
    shown = planning.get("/pathway/score?s=plan&year=2030&renewable=12&lang=en").text
    assert 'href="/pathway/line/al-1?s=plan&amp;year=2030"' in shown and "budgets.toml:" in shown


def test_a_measured_value_goes_before_that_of_a_scenario_and_opens_to_its_row(planning: TestClient) -> None:
    made = told(planning, "/pathway/score?s=plan&year=2024&speaks=CN-35")
    lines = {each["item"]: each for each in made["lines"]}  # type: ignore[index]
    assert (lines["renewable"]["source"], lines["renewable"]["value"]) == ("measured", 19)
    place = lines["renewable"]["stated_at"]
    assert (
        place.startswith("measured.toml:") and planning.get(f"/pathway/stated?at={place}").status_code == 200
    )


def test_parks_stand_side_by_side_and_what_is_not_known_of_one_is_folded(planning: TestClient) -> None:
    shown = planning.get("/pathway/parks?lang=en").text
    assert "1 not known" in shown and "Take the factor 0.4711" in shown
    assert planning.get("/pathway/stated?at=pathway/parks.toml:4").status_code == 200
    every = told(planning, "/pathway/parks?factor=0.4711&system=low-carbon-metals")
    assert all(item["value"] is not None for park in every for item in park["items"])  # type: ignore[attr-defined]


def test_targets_of_a_scenario_name_their_documents(planning: TestClient) -> None:
    shown = planning.get("/pathway?s=plan&lang=zh").text
    table = shown[shown.index('class="sheet stack targets"') :].partition("</table>")[0]
    assert 'href="/pathway/document/fujian-peaking-plan">福建省有色金属行业碳达峰实施方案</a>' in table
    assert ">fujian-peaking-plan" not in table


@pytest.mark.parametrize(
    "address",
    [
        "/pathway/targets?place=XX", "/pathway/targets?s=nix", "/pathway/league?product=nix", "/pathway/league?day=soon",
        "/pathway/replacement?capacity=-1", "/pathway/replacement?capacity=much", "/pathway/parks?system=nix", "/pathway/parks?factor=x",
        "/pathway/score?emissions=high", "/pathway/score?s=nix", "/pathway/score?year=soon", "/pathway/allocation?s=nix", "/pathway/allocation?cap=nix",
        "/pathway/allocation?year=1900", "/pathway/allocation?by=nix", "/pathway/allocation?rule=nix", "/pathway/allocation?amount=much",
        "/pathway/allocation?product=gold",
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_with_what_is_right(planning: TestClient, address: str) -> None:
    answer = planning.get(f"{address}&lang=en")
    assert answer.status_code == 404 and "PATHWAY-0" in answer.text and "expected" in answer.text


@pytest.mark.parametrize(
    "address", ["/pathway/targets", "/pathway/budget", "/pathway/score", "/pathway/replacement"]
)
def test_policies_are_shown_where_there_is_no_register(
    tmp_path_factory: pytest.TempPathFactory, address: str
) -> None:
    empty = touchstone.open(tmp_path_factory.mktemp("empty") / "w")
    with TestClient(console(empty), base_url="http://127.0.0.1:8000") as client:
        assert client.get(address).status_code == 200


def test_a_faulty_file_leaves_out_the_row_and_says_where(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = province(tmp_path_factory.mktemp("faulty"))
    (own.folder / "pathway" / "targets.toml").write_text(
        '[[target]]\nkey = "x"\nindicator = "shine"\n', "utf-8"
    )
    with TestClient(console(own), base_url="http://127.0.0.1:8000") as client:
        answer = client.get("/pathway/targets?lang=en")
    assert answer.status_code == 200 and "targets.toml:" in answer.text and "TARGET-0" in answer.text


def test_commands_say_what_the_pages_say(planning: TestClient, planned: Workspace) -> None:
    assert (
        run(planned, "targets", "plan", "--place", "CN-35")
        == told(planning, "/pathway/targets?place=CN-35&s=plan")["targets"]
    )  # type: ignore[index]
    assert run(planned, "league", "--day", "2024-01-01") == told(planning, "/pathway/league?day=2024-01-01")
    question = "/pathway/replacement?capacity=150000&product=aluminium.liquid&start=2026-01-01"
    assert run(planned, "replace", "150000", "--start", "2026-01-01") == [told(planning, question)["answer"]]  # type: ignore[index]
    assert run(planned, "parks", "--factor", "0.41") == told(planning, "/pathway/parks?factor=0.41")
    assert run(planned, "budget", "plan") == told(planning, "/pathway/budget?s=plan")
    assert run(planned, "score", "emissions=99") == told(planning, "/pathway/score?emissions=99")
    question = "/pathway/score?reports=95&s=plan&year=2030"
    assert run(planned, "score", "reports=95", "--scenario", "plan", "--year", "2030") == told(
        planning, question
    )
    assert run(planned, "allocate", "plan", "2030") == told(planning, "/pathway/allocation?s=plan&year=2030")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [
        "targets",
        "league",
        "replace 150000",
        "replace",
        "parks",
        "budget",
        "score emissions=99",
        "score --scenario plan --year 2030",
        "allocate plan 2030",
    ],
)
def test_commands_speak_both_languages(planned: Workspace, words: str, lang: str) -> None:
    made = CliRunner().invoke(app, ["pathway", *words.split(), "-w", str(planned.folder), "--lang", lang])
    assert made.exit_code == 0 and made.stdout.strip()


def test_budgets_have_heads_and_scenarios_their_names_in_the_language_asked_for(planned: Workspace) -> None:
    said = {
        lang: CliRunner()
        .invoke(app, ["pathway", "budget", "plan", "-w", str(planned.folder), "--lang", lang])
        .stdout
        for lang in ("zh", "en")
    }
    name = planned.pathways().scenario("plan").name
    assert (
        "  年份  限额  已用" in said["zh"] and f"  {name.zh} " in said["zh"] and "  plan " not in said["zh"]
    )
    assert "  year  limit  used" in said["en"] and f"  {name.en} " in said["en"]


@pytest.mark.parametrize(
    "words",
    [
        "targets nix",
        "league --product nix",
        "replace 1 --product gold",
        "parks --system nix",
        "score glory=1",
        "score emissions",
    ],
)
def test_a_wrong_command_is_refused(planned: Workspace, words: str) -> None:
    made = CliRunner().invoke(app, ["pathway", *words.split(), "-w", str(planned.folder)])
    assert isinstance(made.exception, Refusal) and made.exception.code.startswith("PATHWAY-0")
