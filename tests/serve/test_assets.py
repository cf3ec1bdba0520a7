"""Carbon assets on the page, by its forms, as twins and on the command line."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import touchstone
from touchstone.calc.carbon.assets.position import Emitted
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.web import console

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
D = Decimal
BUY = {"act": "buy", "enterprise": "smelter-1", "asset": "cea", "vintage": "2025", "amount": "1,000.5", "price": "60", "day": "2026-01-05"}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two smelters; the first has verified emissions and the allowances of 2024."""
    opened = touchstone.open(tmp_path / "w")
    assets = opened.carbon_assets()
    assets.open("smelter-1", Text("一厂", "Smelter One"), "周", NOW)
    assets.open("smelter-2", Text("二厂", "Smelter Two"), "周", NOW + timedelta(minutes=1))
    assets.verify("smelter-1", 2024, Emitted(D(1000)), "核查报告2024", "周", NOW + timedelta(minutes=2))
    assets.verify("smelter-1", 2025, Emitted(D(1100), D(1050), D(1180)), "核查报告2025", "周", NOW + timedelta(minutes=3))  # fmt: skip
    assets.allocate("smelter-1", "cn-al-2024", date(2025, 11, 20), "周", at=NOW + timedelta(minutes=4))
    return opened


@pytest.fixture
def client(workspace: Workspace) -> Iterator[TestClient]:
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        yield asking


def post(client: TestClient, act: str, /, **fields: str) -> tuple[int, str]:
    token = re.findall(r'name="token" value="([^"]+)"', client.get("/assets").text)[0]
    answer = client.post(f"/assets/{act}", data={"token": token, "by": "李", **fields})
    return answer.status_code, answer.headers.get("location", answer.text)


def run(workspace: Workspace, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["assets", *words, "-w", str(workspace.folder), "--lang", "en"])
    return done.exit_code, done.output if done.exception is None or done.exit_code == 0 else str(done.exception)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("query", ["", "&enterprise=smelter-1", "&year=2024&price=80", "&year=2031", "&on=2025-10-05"])  # fmt: skip
def test_the_page_shows_every_part_in_both_languages(client: TestClient, lang: str, query: str) -> None:
    answer = client.get(f"/assets?lang={lang}{query}")
    assert answer.status_code == 200
    for part in ("position", "due", "holdings", "bookings", "verified", "rules"):
        assert f'id="{part}"' in answer.text
    assert ("一厂" if lang == "zh" else "Smelter One") in answer.text


def test_an_empty_workspace_offers_to_open_an_account(tmp_path: Path) -> None:
    with TestClient(console(touchstone.open(tmp_path / "w")), base_url="http://127.0.0.1:8000") as client:
        assert 'action="/assets/open"' in client.get("/assets").text
        assert client.get("/assets.json").json()["positions"] == []


def test_the_position_has_its_price_with_days_and_tag_and_what_is_not_known_is_said(client: TestClient) -> None:  # fmt: skip
    page = client.get("/assets?lang=en&year=2025").text
    assert "57.97" in page and "[F]" not in page.split("Price 57.97")[1][:40] and "30 Sep 2025" in page
    assert "not known" in page and "−1,100" in page
    twin = client.get("/assets.json?year=2025").json()["positions"][0]
    assert twin["balance"] == "-1100" and twin["value"] == "-63767.00" and twin["value_low"] == "-68404.60"
    dear = client.get("/assets.json?year=2025&price=100").json()["positions"]
    assert dear[0]["value"] == "-110000.00" and dear[1]["value"] is None


def test_twins_hold_entries_that_sum_to_zero(client: TestClient) -> None:
    assert post(client, "book", **BUY)[0] == 303
    rows = list(csv.DictReader(io.StringIO(client.get("/assets.csv").text.lstrip("\ufeff"))))
    sums: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        key = row["asset"], row["vintage"]
        sums[key] = sums.get(key, D(0)) + D(row["amount"])
    assert sums == {("cea", "2024"): 0, ("cea", "2025"): 0}
    assert {row["account"] for row in rows} == {"issuer", "market", "smelter-1"}


def test_a_round_of_forms(client: TestClient, workspace: Workspace) -> None:
    assert post(client, "open", key="smelter-3", zh="三厂", en="Smelter Three") == (303, "/assets")
    assert post(client, "verify", enterprise="smelter-3", year="2024", amount="500", words="报告")[0] == 303
    status, address = post(client, "allocate", enterprise="smelter-3", rule="cn-al-2025-pre", day="2026-04-01")  # fmt: skip
    assert status == 303 and address.startswith("/assets?year=2025#b")
    status, address = post(client, "book", **BUY)
    bought = address.removeprefix("/assets#")
    assert status == 303
    moved = {**BUY, "act": "transfer", "taker": "smelter-2", "amount": "0.5", "price": ""}
    assert post(client, "book", **moved)[0] == 303
    out = {**BUY, "act": "surrender", "vintage": "2024", "amount": "1000", "year": "2024", "day": "2025-12-30"}  # fmt: skip
    assert post(client, "book", **out)[0] == 303
    assert post(client, "fulfil", enterprise="smelter-1", duty="report-2025", day="2026-03-30") == (303, "/assets#due")  # fmt: skip
    assert post(client, "correct", id=bought, words="有误")[0] == 409  # half a tonne of it has gone
    states = {each["duty"]: each["state"] for each in client.get("/assets.json").json()["due"] if each["enterprise"] == "smelter-1"}  # fmt: skip
    assert states["surrender-2024"] == "done" and states["report-2025"] == "done"
    trail = client.get("/assessments/trail").text
    assert f"/assets#{bought}" in trail and workspace.carbon_assets().book().accounts["smelter-3"].zh == "三厂"  # fmt: skip


@pytest.mark.parametrize(
    ("act", "fields", "code"),
    [
        ("book", {**BUY, "amount": "-5"}, "ASSET-006"),
        ("book", {**BUY, "amount": "many"}, "ASSET-006"),
        ("book", {**BUY, "price": ""}, "ASSET-007"),
        ("book", {**BUY, "vintage": "25"}, "ASSET-008"),
        ("book", {**BUY, "act": "steal"}, "ASSET-008"),
        ("book", {**BUY, "enterprise": "smelter-9"}, "ASSET-005"),
        ("book", {**BUY, "day": "someday"}, "DESK-023"),
        ("book", {**BUY, "act": "sell"}, "ASSET-002"),
        ("book", {**BUY, "by": ""}, "DESK-018"),
        ("allocate", {"enterprise": "smelter-1", "rule": "cn-al-2025", "day": "2026-10-01"}, "ASSET-009"),
        ("allocate", {"enterprise": "smelter-1", "rule": "cn-al-2024", "day": "2026-10-01"}, "ASSET-018"),
        ("correct", {"id": "b99", "words": "x"}, "ASSET-011"),
        ("fulfil", {"enterprise": "smelter-1", "duty": "nothing", "day": "2026-03-30"}, "ASSET-016"),
        ("verify", {"enterprise": "smelter-1", "year": "2025", "amount": "5", "low": "6", "high": "7", "words": "x"}, "ASSET-017"),
    ],
)  # fmt: skip
def test_a_refused_form_says_why_and_leaves_nothing(
    client: TestClient, workspace: Workspace, act: str, fields: dict[str, str], code: str
) -> None:
    before = workspace.carbon_assets().trail.entries()
    status, page = post(client, act, **fields)
    assert status == 409 and code in page
    assert workspace.carbon_assets().trail.entries() == before


def test_addresses_that_say_nothing_are_not_found(client: TestClient) -> None:
    for query in ("on=2026-13-01", "on=9999-01-01", "price=-1", "price=0", "price=x"):
        assert client.get(f"/assets?{query}").status_code == 404
    assert post(client, "burn")[0] == 404


def test_the_command_books_shows_and_corrects(workspace: Workspace) -> None:
    assert run(workspace, "open", "smelter-3", "--zh", "三厂", "--en", "Smelter Three", "--by", "周") == (0, "opened: smelter-3\n")  # fmt: skip
    assert run(workspace, "verify", "smelter-3", "2024", "200", "-m", "报告", "--by", "周")[0] == 0
    code, said = run(workspace, "allocate", "smelter-3", "cn-al-2025-pre", "--day", "2026-04-01", "--by", "周")  # fmt: skip
    assert code == 0 and "0.70 × 200 t CO2e" in said and "+140" in said
    code, said = run(workspace, "book", "sell", "smelter-3", "cea", "2025", "40", "--price", "60", "--day", "2026-05-01", "--by", "周")  # fmt: skip
    assert code == 0 and "−40" in said
    sale = said.split()[0]
    assert run(workspace, "correct", sale, "-m", "有误", "--by", "周")[0] == 0
    code, said = run(workspace, "list", "--enterprise", "smelter-3", "--json")
    assert code == 0 and json.loads(said)["holdings"] == [
        {"account": "smelter-3", "asset": "cea", "vintage": 2025, "amount": "140"}
    ]
    code, said = run(workspace, "position", "2025", "--price", "100", "--json")
    assert json.loads(said)["positions"][2]["held"] == "140"
    assert "57.97" in run(workspace, "position", "2025")[1]
    assert run(workspace, "done", "smelter-3", "report-2025", "--day", "2026-03-30", "--by", "周")[0] == 0
    code, said = run(workspace, "due", "smelter-3", "--on", "2026-04-05")
    assert code == 0 and re.search(r"2026-03-31 +done +smelter-3 +report-2025", said)
    assert run(workspace, "list")[0] == 0


def test_the_command_refuses_with_the_code(workspace: Workspace) -> None:
    sold = ("book", "sell", "smelter-2", "cea", "2025", "40", "--day", "2026-05-01", "--by", "周")
    for words, code in (
        (sold, "ASSET-007"),
        ((*sold, "--price", "60"), "ASSET-002"),
        (("allocate", "smelter-1", "cn-al-2025", "--day", "2026-04-01", "--by", "周"), "ASSET-009"),
        (("allocate", "smelter-1", "cn-al-2025", "--day", "2026-04-01", "--by", "周", "--given", "gap=1"), "ASSET-008"),
        (("due", "smelter-9"), "ASSET-005"),
        (("position", "2025", "--price", "0"), "ASSET-007"),
    ):  # fmt: skip
        status, said = run(workspace, *words)
        assert status and code in said


def test_every_enterprise_of_the_organisation_gets_an_account_once(workspace: Workspace) -> None:
    assert "ORG-016" in run(workspace, "open-all", "--by", "周")[1]
    sample = files("touchstone").joinpath("data/carbon/sample/organisation.toml")
    (workspace.folder / "carbon").mkdir(exist_ok=True)
    (workspace.folder / "carbon" / "organisation.toml").write_bytes(sample.read_bytes())
    enterprises = {each.key: each.name for each in workspace.organisation().nodes.values() if each.kind == "enterprise"}  # fmt: skip
    code, said = run(workspace, "open-all", "--by", "周")
    assert code == 0 and len(said.splitlines()) == len(enterprises) > 10
    accounts = workspace.carbon_assets().book().accounts
    assert {key: accounts[key] for key in enterprises} == enterprises
    assert run(workspace, "open-all", "--by", "周") == (0, "")


def test_as_of_a_day_before_anything_was_recorded_there_is_nothing(workspace: Workspace) -> None:
    assert json.loads(run(workspace, "list", "--as-of", "2020-01-01", "--json")[1]) == {"holdings": [], "entries": []}  # fmt: skip
    assert json.loads(run(workspace, "position", "2024", "--as-of", "2020-01-01", "--json")[1])["positions"] == []  # fmt: skip


def test_a_workspace_with_a_rule_that_cannot_be_used_says_so(client: TestClient, workspace: Workspace) -> None:  # fmt: skip
    folder = workspace.folder / "carbon" / "allocation"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text("key = 1", "utf-8")
    assert "ASSET-015" in run(workspace, "list")[1]
    assert "ASSET-015" in client.get("/assets").text
