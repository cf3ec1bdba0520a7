"""Pages and commands of targets, tables, replacement, parks, budgets and scores, over a made-up province."""

import csv
import io
import json
from collections.abc import Iterator
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

from .planned import BUDGETS, province

PAGES = (
    "/pathway/targets?place=CN-35",
    "/pathway/league",
    "/pathway/replacement?capacity=150000&product=aluminium.liquid",
    "/pathway/parks?factor=0.41",
    "/pathway/budget",
    "/pathway/score?emissions=99",
)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return province(tmp_path_factory.mktemp("planned"))


@pytest.fixture(scope="module")
def asking(planned: Workspace) -> Iterator[TestClient]:
    with TestClient(console(planned), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def told(asking: TestClient, address: str) -> object:
    path, _, query = address.partition("?")
    answer = asking.get(f"{path}.json?{query}")
    assert answer.status_code == 200, address
    return answer.json()


def run(workspace: Workspace, *words: str) -> object:
    made = CliRunner().invoke(app, ["pathway", *words, "--json", "-w", str(workspace.folder), "--lang", "en"])
    assert made.exit_code == 0, made.output
    return json.loads(made.stdout)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there_in_both_languages_and_as_csv(asking: TestClient, address: str) -> None:
    for lang in ("zh", "en"):
        answer = asking.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert answer.status_code == 200 and f'<html lang="{lang}">' in answer.text
    path, _, query = address.partition("?")
    rows = list(csv.DictReader(io.StringIO(asking.get(f"{path}.csv?{query}").text.lstrip("\ufeff"))))
    assert rows and len({tuple(row) for row in rows}) == 1


def test_a_target_stands_with_its_document_against_what_was_measured_and_what_scenarios_come_to(
    asking: TestClient,
) -> None:
    targets = told(asking, "/pathway/targets?place=CN-35&s=plan&s=delayed")["targets"]  # type: ignore[index]
    [green] = [each for each in targets if each["target"] == "fj-al-renewable-2030"]
    assert green["document"] == "fujian-peaking-plan" and green["stated_at"].startswith("policies.toml:")
    assert green["verdict"] == "on-course" and green["measured"][-1]["value"] == 19
    plan, delayed = green["scenarios"]
    assert plan["holds"] and plan["value"] > 30 and not delayed["holds"] and delayed["value"] < 30


def test_nothing_speaks_for_a_place_before_somebody_says_so(smelter: Workspace) -> None:
    with TestClient(console(smelter), base_url="http://127.0.0.1:8000") as client:
        for speaks, measured in (("", False), ("CN", True)):
            targets = client.get(f"/pathway/targets.json?speaks={speaks}").json()["targets"]
            [green] = [each for each in targets if each["target"] == "cn-peak-2030"]
            assert bool(green["measured"]) is measured


def test_the_calculator_answers_with_the_rule_it_goes_by(asking: TestClient) -> None:
    made = told(asking, "/pathway/replacement?capacity=150000&product=aluminium.liquid&ratio=1.25")["answer"]  # type: ignore[index]
    assert (
        made["capacity"] == 120000 and made["ratio"] == 1.25 and made["rule"] is None and not made["findings"]
    )
    made = told(asking, "/pathway/replacement?capacity=150000&product=aluminium.liquid&ratio=0.5")["answer"]  # type: ignore[index]
    assert made["capacity"] == 150000 and made["rule"]["document"] == "cn-miit-2018-12"
    assert [each["code"] for each in made["findings"]] == ["TARGET-048"]
    made = told(asking, "/pathway/replacement?capacity=1&product=copper.cathode")["answer"]  # type: ignore[index]
    assert made["ratio"] is None and [each["code"] for each in made["findings"]] == ["TARGET-047"]


def test_a_line_that_began_before_its_quota_retired_is_named(asking: TestClient) -> None:
    [line] = told(asking, "/pathway/replacement")["register"]  # type: ignore[index]
    assert line["line"] == "al-2" and "TARGET-043" in {each["code"] for each in line["findings"]}


def test_a_line_that_is_closed_is_in_no_table_of_a_later_day(asking: TestClient) -> None:
    now, then = (
        told(asking, f"/pathway/league?product=aluminium.liquid&day={day}")
        for day in ("2024-01-01", "2018-01-01")
    )
    assert [each["line"] for each in now["places"]] == ["al-2", "al-1"]  # type: ignore[index]
    assert "al-old" in {each["line"] for each in then["places"]}  # type: ignore[index]


def test_a_budget_has_its_limits_and_what_scenarios_make_of_them(asking: TestClient) -> None:
    [total] = told(asking, "/pathway/budget?s=plan")  # type: ignore[misc]
    [year] = [each for each in total["years"] if each["year"] == 2025]
    assert year["limit"] == pytest.approx(1_320_000) and year["stated"] and set(year["scenarios"]) == {"plan"}
    assert total["stated_at"].startswith("budgets.toml:")


def test_the_running_year_of_an_inventory_has_an_outlook_once_it_speaks_for_the_place(
    smelter: Workspace, tmp_path: Path
) -> None:
    own = touchstone.open(copytree(smelter.folder, tmp_path / "own"))
    (own.folder / "pathway").mkdir()
    budgets = BUDGETS.replace("CN-35", "CN-53").replace("2025 =", "2024 =")
    (own.folder / "pathway" / "budgets.toml").write_text(budgets, "utf-8")
    with TestClient(console(own), base_url="http://127.0.0.1:8000") as client:
        [silent] = client.get("/pathway/budget.json").json()
        [speaking] = client.get("/pathway/budget.json?speaks=CN-53").json()
        assert client.get("/pathway/budget?speaks=CN-53").status_code == 200
    assert silent["outlook"] is None and not any(year["used"] for year in silent["years"])
    assert speaking["outlook"]["months"] == [1] and speaking["outlook"]["known"] > 0
    [year] = [each for each in speaking["years"] if each["year"] == speaking["outlook"]["year"]]
    assert year["used"] > 0


def test_a_park_without_a_factor_of_power_does_not_say_its_emissions(asking: TestClient) -> None:
    without, known = (
        {item["indicator"]: item for park in told(asking, address) for item in park["items"]}  # type: ignore[attr-defined]
        for address in ("/pathway/parks", "/pathway/parks?factor=0.41")
    )
    assert without["carbon_of_energy"]["value"] is None and known["carbon_of_energy"]["value"] > 0


def test_a_sheet_with_values_missing_gives_a_range(asking: TestClient) -> None:
    made = told(asking, "/pathway/score?emissions=99")
    assert (made["low"], made["high"]) == (15, 90) and "reports" in made["missing"]  # type: ignore[index]


@pytest.mark.parametrize(
    "address",
    [
        "/pathway/targets?place=XX", "/pathway/targets?s=nix", "/pathway/league?product=nix", "/pathway/league?day=soon",
        "/pathway/replacement?capacity=-1", "/pathway/replacement?capacity=much", "/pathway/parks?system=nix", "/pathway/parks?factor=x",
        "/pathway/score?emissions=high",
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_with_what_is_right(asking: TestClient, address: str) -> None:
    answer = asking.get(f"{address}&lang=en")
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


def test_commands_say_what_the_pages_say(asking: TestClient, planned: Workspace) -> None:
    assert (
        run(planned, "targets", "plan", "--place", "CN-35")
        == told(asking, "/pathway/targets?place=CN-35&s=plan")["targets"]
    )  # type: ignore[index]
    assert run(planned, "league", "--day", "2024-01-01") == told(asking, "/pathway/league?day=2024-01-01")
    question = "/pathway/replacement?capacity=150000&product=aluminium.liquid&start=2026-01-01"
    assert run(planned, "replace", "150000", "--start", "2026-01-01") == [told(asking, question)["answer"]]  # type: ignore[index]
    assert run(planned, "parks", "--factor", "0.41") == told(asking, "/pathway/parks?factor=0.41")
    assert run(planned, "budget", "plan") == told(asking, "/pathway/budget?s=plan")
    assert run(planned, "score", "emissions=99") == told(asking, "/pathway/score?emissions=99")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words", ["targets", "league", "replace 150000", "replace", "parks", "budget", "score emissions=99"]
)
def test_commands_speak_both_languages(planned: Workspace, words: str, lang: str) -> None:
    made = CliRunner().invoke(app, ["pathway", *words.split(), "-w", str(planned.folder), "--lang", lang])
    assert made.exit_code == 0 and made.stdout.strip()


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
