"""Carbon assets beside the inventory, the lines of a position, and what CBAM costs, on the page and the command line."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from touchstone.calc.carbon.assets.position import Emitted
from touchstone.errors import UnusableDeclaration
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.web import console

from .small_group import ORGANISATION, activity, opened

D = Decimal


def run(workspace: Workspace, *words: str, lang: str = "en") -> tuple[int, str]:
    done = CliRunner().invoke(app, ["assets", *words, "-w", str(workspace.folder), "--lang", lang])
    return done.exit_code, done.output if done.exception is None or done.exit_code == 0 else str(done.exception)  # fmt: skip


@pytest.fixture
def group(tmp_path: Path) -> Workspace:
    """The small group in the year the trading scheme took it in, with accounts of its enterprises."""
    workspace = opened(tmp_path)
    declared = workspace.folder / "carbon" / "organisation.toml"
    methods, options = 'cn-ndrc-2013-al = "always"', 'pfc = "slope"'
    text = ORGANISATION.replace(methods, f"{methods}, cn-cets-2024-al = 2024-01-01")
    declared.write_text(text.replace(options, f'{options}, anode = "net-per-tonne"'), encoding="utf-8")
    (tmp_path / "later.csv").write_text(activity().replace("2022-", "2024-"), encoding="utf-8")
    assert workspace.import_activity(tmp_path / "later.csv", "synthetic").problems == ()
    workspace.open_asset_accounts("周")
    return workspace


def test_what_was_verified_stands_beside_the_trading_total_of_the_inventory(group: Workspace) -> None:
    year = 2024
    says = group.inventoried(year)["east"].tonnes
    account = group.account(year=str(year), boundary="trading", node="east")
    assert {line.method for line in account.lines} == {"cn-cets-2024-al"} and "east" not in group.inventoried(
        2022
    )
    assert says == D(f"{float(account.total):.9f}").normalize() and says > 0
    group.carbon_assets().verify("east", year, Emitted(says + 12), "核查报告", "周")
    code, said = run(group, "position", str(year), "--json")
    [east] = [each for each in json.loads(said)["positions"] if each["enterprise"] == "east"]
    assert code == 0 and D(east["inventory"]) == says and D(east["verified_less_inventory"]) == 12
    with TestClient(console(group), base_url="http://127.0.0.1:8000") as client:
        page = client.get(f"/assets?lang=en&year={year}").text
    assert "inventory (trading)" in page and "verified less inventory +12.00" in page


def test_verify_takes_the_total_of_the_inventory_where_no_tonnes_are_given(group: Workspace) -> None:
    year = 2024
    code, said = run(group, "verify", "east", str(year), "-m", "核查报告", "--by", "周")
    assert code == 0 and "inventory" in said
    stated = group.carbon_assets().book().verified["east", year].emitted.tonnes
    assert stated == group.inventoried(year)["east"].tonnes
    assert "COMMAND-035" in run(group, "verify", "east", "2001", "-m", "x", "--by", "周")[1]


def test_of_what_is_not_in_the_scheme_page_command_and_verify_say_just_that(tmp_path: Path) -> None:
    """They said that there is no inventory yet, and to import data that had been imported."""
    workspace = opened(tmp_path)
    workspace.open_asset_accounts("周")
    assert workspace.account(year="2022").lines
    done = CliRunner().invoke(
        app, ["inventory", "--boundary", "trading", "--year", "2022", "-w", str(workspace.folder)]
    )
    assert isinstance(done.exception, UnusableDeclaration) and done.exception.code == "INVENTORY-006"
    refused = run(workspace, "verify", "east", "2022", "-m", "x", "--by", "周")[1]
    assert "COMMAND-035" in refused and "inside the trading boundary" in refused
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        page = client.get("/inventory?lang=en&boundary=trading").text
    assert (
        "INVENTORY-006" in page and "There is no inventory yet" not in page and "boundary=enterprise" in page
    )


def test_the_calendar_has_no_duty_done_of_those_whom_it_does_not_concern(tmp_path: Path) -> None:
    """Twenty-two duties of aluminium smelters stood as completed by a group of copper works."""
    workspace = opened(tmp_path)
    declared = workspace.folder / "carbon" / "organisation.toml"
    declared.write_text(
        declared.read_text("utf-8").replace('sector = "aluminium"', 'sector = "copper"'), encoding="utf-8"
    )
    workspace.open_asset_accounts("周")
    concerned = [run(workspace, "due", key)[1] for key in workspace.carbon_assets().book().accounts]
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        page = client.get("/assets?lang=en").text
    assert all("The calendar has no duty of the enterprises here" in each for each in (*concerned, page))
    assert "surrender-2024" not in page


def test_an_amount_below_zero_is_an_amount_and_no_option(group: Workspace) -> None:
    assert "ASSET-006" in run(group, "verify", "east", "2024", "-5", "-m", "x", "--by", "周")[1]


def test_a_position_is_printed_with_its_range_and_the_price_a_tenth_up(group: Workspace) -> None:
    group.carbon_assets().verify("east", 2024, Emitted(D(1000), D(900), D(1100)), "核查报告", "周")
    said = run(group, "position", "2024", "--price", "100")[1]
    assert "900 to 1,100" in said and "−110,000.00 to −90,000.00" in said
    assert "Price 10 % up" in said and "−110,000.00" in said.split("Price 10 % up")[1]


def test_an_allocation_is_flagged_once_the_emissions_it_was_reckoned_from_are_corrected(group: Workspace) -> None:  # fmt: skip
    assets = group.carbon_assets()
    assets.verify("east", 2024, Emitted(D(100000)), "核查报告", "周")
    assets.allocate("east", "cn-al-2024", date(2025, 11, 20), "周")
    assert "to be checked" not in run(group, "position", "2024")[1]
    assets.verify("east", 2024, Emitted(D(120000)), "更正的核查报告", "周")
    said = run(group, "position", "2024")[1]
    assert "100,000 allocated by cn-al-2024, which gives 120,000" in said
    with TestClient(console(group), base_url="http://127.0.0.1:8000") as client:
        assert "which gives 120,000" in client.get("/assets?lang=en&year=2024").text


def test_cbam_tells_every_parameter_with_its_factor_document_and_status(group: Workspace) -> None:
    asked = ("cbam", "aluminium.unwrought", "--price", "80", "--on", "2026-05-01")

    def cost(*more: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["assets", *asked, *more, "--lang", "en"])
        return done.exit_code, done.output

    code, said = cost()
    assert (
        code == 3
        and "unverified, and not taken" in said
        and "benchmark.aluminium.liquid@cbam-benchmark-draft" in said
    )
    assert "draft" in said and "surcharge.aluminium.unwrought@cbam-default-2025/2026" in said
    code, said = cost("--unverified", "--tonnes", "100", "--json")
    told = json.loads(said)
    assert code == 0 and D(told["per_tonne"]) == D("153.006") and D(told["cost"]) == D("15300.6")
    assert {each["parameter"]: each["tag"] for each in told["parameters"]}["free"] == "unverified"
    assert all(each["factors"] for each in told["parameters"] if each["tag"] != "user")
    assert cost("--free", "0.975", "--declared", "1.6")[0] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("aluminium.cake", "--price", "80", "--on", "2026-05-01"), "COMMAND-033"),
        (("aluminium.foil", "--price", "x", "--on", "2026-05-01"), "ASSET-006"),
        (("aluminium.foil", "--price", "80", "--on", "someday"), "DESK-023"),
        (("aluminium.foil", "--price", "80", "--on", "2026-05-01", "--free", "97.5"), "COMMAND-033"),
    ],
)
def test_cbam_refuses_what_it_cannot_reckon_with(words: tuple[str, ...], code: str) -> None:
    done = CliRunner().invoke(app, ["assets", "cbam", *words])
    assert done.exit_code and getattr(done.exception, "code", "") == code


def test_the_page_offers_the_enterprises_of_the_organisation_to_open_accounts_for(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        page = client.get("/assets?lang=en").text
        assert "East works (east)" in page and "West works (west)" in page
        token = page.split('name="token" value="')[1].split('"')[0]
        assert (
            client.post("/assets/open-known", data={"token": token, "by": "周", "key": "west"}).status_code
            == 303
        )
        assert list(workspace.carbon_assets().book().accounts) == ["west"]
        assert "West works (west)" not in client.get("/assets?lang=en").text
        client.post("/assets/open-known", data={"token": token, "by": "周", "key": ""})
        assert set(workspace.carbon_assets().book().accounts) == {"west", "east"}
        assert client.get("/assets/west").headers["location"] == "/assets?enterprise=west"
        assert client.get("/assets/nobody").status_code == 404
