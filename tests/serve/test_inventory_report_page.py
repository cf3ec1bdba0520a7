"""The report of an inventory, made from its page: asked for by a form of ours, shown as far as it is, downloaded in every format and language."""

import re
import time
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from touchstone.flow import Workspace
from touchstone.serve.web import console

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
        assert file.startswith(f"inventory-{name}-")
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


def test_another_site_and_an_old_form_make_no_report(asking: TestClient) -> None:
    form = form_of(asking.get("/inventory?year=2022").text)
    assert asking.post("/inventory/report", data=form | {"token": "old"}).status_code == 403
    foreign = asking.post("/inventory/report", data=form, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert asking.get("/inventory/report?node=nobody").status_code == 404
