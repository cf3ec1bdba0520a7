"""The report of an inventory, made from its page: asked for by a form of ours, shown as far as it is, downloaded in every format and language."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.calc.carbon.inventory.compared import compared
from touchstone.flow import Workspace
from touchstone.publish.carbon.labelled import figure
from touchstone.serve.web import console

from .small_group import ORGANISATION
from .test_inventory_picks import two_guidelines

BEGIN = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-", "html": b"<!doctype html>"}


@pytest.fixture(scope="module")
def asking(accounted: Workspace) -> Iterator[TestClient]:
    with TestClient(console(accounted), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def form_of(page: str) -> dict[str, str]:
    form = page.split('action="/inventory/report"')[1].split("</form>")[0]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


def made(client: TestClient, address: str) -> str:
    """The page of the report once all files are there."""
    for _ in range(600):
        page = client.get(address)
        assert page.status_code == 200
        if 'http-equiv="refresh"' not in page.text:
            return page.text
        assert "<progress" in page.text and 'role="status"' in page.text
        time.sleep(0.1)
    raise AssertionError("the report was not made within a minute")


@pytest.mark.parametrize(
    ("path", "name"), [("/inventory?year=2023", "group"), ("/inventory/east?year=2022", "east")]
)
def test_an_accountant_presses_the_button_and_saves_the_report_in_every_format(
    asking: TestClient, path: str, name: str
) -> None:
    begun = asking.post("/inventory/report", data=form_of(asking.get(path).text))
    assert begun.status_code == 303
    page = made(asking, begun.headers["location"])
    links = re.findall(r'href="(/inventory/report/[^"]+)" download', page)
    assert len(links) == 2 * len(BEGIN)
    for link in links:
        file = unquote(link.split("?")[0].rpartition("/")[2])
        assert re.fullmatch(rf"inventory-{name}-\d{{4}}\.(zh|en)\.\w+", file), (
            "what is usual is not in the name"
        )
        answer = asking.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert answer.content.startswith(BEGIN[file.rpartition(".")[2]])
        assert (
            answer.headers["content-disposition"].startswith("attachment")
            and file in answer.headers["content-disposition"]
        )


def test_a_report_that_nobody_asked_for_is_offered_and_has_no_files(asking: TestClient) -> None:
    page = asking.get("/inventory/report?year=2022&boundary=direct").text
    assert 'action="/inventory/report"' in page and "<table" not in page
    assert (
        asking.get("/inventory/report/inventory-group-2022.zh.pdf?year=2022&boundary=direct").status_code
        == 404
    )
    assert asking.get("/inventory/report/../../desk.sqlite").status_code == 404


def test_a_set_nobody_chose_is_that_of_each_years_methods_as_in_the_command(asking: TestClient) -> None:
    asking.post("/inventory/report", data=form_of(asking.get("/inventory?year=2023").text))
    page = made(asking, "/inventory/report?year=2023&lang=en")
    [html] = re.findall(r'href="([^"]+\.en\.html[^"]*)" download', page)
    said = asking.get(html.replace("&amp;", "&")).text
    assert "only carbon dioxide: every set gives the same" in said and "as asked for" not in said
    chosen = asking.get("/inventory?year=2023&set=AR6").text
    begun = asking.post("/inventory/report", data=form_of(chosen)).headers["location"]
    [html] = re.findall(r'href="([^"]+\.en\.html[^"]*)" download', made(asking, begun))
    assert "-AR6.en.html" in html and "as asked for" in asking.get(html.replace("&amp;", "&")).text


def test_the_year_before_in_the_report_is_weighed_as_its_page_and_the_command_weigh_it(
    tmp_path: Path,
) -> None:
    """East changes from the guideline of 2013 (SAR) to that of the trading scheme (AR5) at the end of 2023."""
    changed = ORGANISATION.replace(
        'methods = { cn-ndrc-2013-al = "always" }',
        'methods = { cn-ndrc-2013-al = "always", cn-cets-2024-al = 2024-01-01 }',
    ).replace('pfc = "slope"', 'pfc = "default", anode = "net-per-tonne"')
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(changed, encoding="utf-8")
    sent = tmp_path / "sent.csv"
    rows = [f"east-1,{month},aluminium.liquid,,1000,t,meter" for month in ("2023-01", "2024-01")]
    sent.write_text(
        "\n".join(["unit,month,item,parameter,value,measured_in,evidence", *rows]) + "\n", "utf-8"
    )
    assert workspace.import_activity(sent, "synthetic").problems == ()
    account = workspace.account(year="2024", group="group", approach="control")
    [(_, first, _)] = [compared(account, "2023", "2024")]
    assert (first.set, account.set) == ("SAR", "AR5")
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        begun = client.post("/inventory/report", data=form_of(client.get("/inventory?year=2024").text))
        page = made(client, begun.headers["location"])
        [html] = re.findall(r'href="([^"]+\.en\.html[^"]*)" download', page)
        said = client.get(html.replace("&amp;", "&")).text
    [row] = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*GWP SAR(?:(?!</tr>).)*</tr>", said, re.S)
    assert figure(first.total, "en") in row


def test_a_year_of_several_sets_asks_which_before_a_report_is_made(tmp_path: Path) -> None:
    with TestClient(
        console(two_guidelines(tmp_path)), base_url="http://127.0.0.1:8000", follow_redirects=False
    ) as client:
        answer = client.post("/inventory/report", data=form_of(client.get("/inventory?year=2024").text))
        assert answer.status_code == 409 and "INVENTORY-002" in answer.text
        chosen = form_of(client.get("/inventory?year=2024&set=AR5").text)
        assert client.post("/inventory/report", data=chosen).status_code == 303


def test_the_report_of_a_year_that_is_not_there_is_refused_and_no_other_year_is_made(
    asking: TestClient,
) -> None:
    form = form_of(asking.get("/inventory?year=2023").text)
    answer = asking.post("/inventory/report?lang=en", data=form | {"year": "2019"})
    assert answer.status_code == 409 and "2019 has nothing inside the boundary" in answer.text
    assert asking.get("/inventory/report?year=2019").status_code == 404


def test_a_report_that_failed_says_why_and_offers_to_try_again(asking: TestClient) -> None:
    """Of the other group alone nothing can be worked out."""
    form = form_of(asking.get("/inventory/other?year=2023").text)
    begun = asking.post("/inventory/report", data=form).headers["location"]
    page = made(asking, begun)
    assert "INVENTORY-004" in page and "<progress" not in page
    assert form_of(page)["node"] == "other"
    assert asking.get(begun.replace("/report?", "/report.json?")).json()["problem"] == "INVENTORY-004"
    assert asking.post("/inventory/report", data=form_of(page)).headers["location"] == begun


def test_another_site_and_an_old_form_make_no_report(asking: TestClient) -> None:
    form = form_of(asking.get("/inventory?year=2022").text)
    assert asking.post("/inventory/report", data=form | {"token": "old"}).status_code == 403
    foreign = asking.post("/inventory/report", data=form, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert asking.get("/inventory/report?node=nobody").status_code == 404
