"""The page on which the editor writes, and what becomes of it."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.web import console

from .test_command import WEEKLY

ISSUE = "2020-10-09"


@pytest.fixture
def workspace(sample_folder: Path, tmp_path: Path) -> Workspace:
    opened = touchstone.open(tmp_path / "workspace")
    opened.read(sample_folder / WEEKLY)
    return opened


@pytest.fixture
def browser(workspace: Workspace) -> TestClient:
    return TestClient(console(workspace), base_url="http://localhost")


def posted(browser: TestClient, **fields: str) -> int:
    token = browser.app.state.token.value  # type: ignore[attr-defined]
    form = {"token": token, "week": ISSUE, "by": "编者"} | fields
    return browser.post("/bulletin/judgement", data=form, follow_redirects=False).status_code


def test_what_the_editor_writes_on_the_page_stands_in_the_preview_and_in_the_files(
    browser: TestClient, workspace: Workspace, tmp_path: Path
) -> None:
    said = '买方观望，"惜售"明显。'
    assert posted(browser, **{"bi.zh": said, "outlook.en": "Steady."}) == 303
    form = browser.get(f"/bulletin?week={ISSUE}").text
    assert "惜售" in form and "Steady." in form and "编者" in form
    assert "惜售" in browser.get(f"/bulletin/preview?week={ISSUE}&lang=zh").text
    [path] = workspace.bulletin(date(2020, 10, 9), tmp_path / "out", ("zh",), ("html",)).files
    assert "惜售" in path.read_text(encoding="utf-8")


def test_without_a_name_or_with_a_foreign_token_nothing_is_written(
    browser: TestClient, workspace: Workspace
) -> None:
    assert posted(browser, by=" ", **{"bi.zh": "平稳。"}) == 409
    assert posted(browser, token="x", **{"bi.zh": "平稳。"}) == 403
    assert not list(workspace.folder.glob("judgement/*"))


def test_a_week_without_quotes_is_a_page_that_says_so(browser: TestClient) -> None:
    answer = browser.get("/bulletin/preview?week=2020-07-24&lang=en")
    assert answer.status_code == 409 and "BULLETIN-008" in answer.text


def test_a_week_that_is_none_has_no_page(browser: TestClient) -> None:
    assert browser.get("/bulletin?week=autumn").status_code == 404


def test_the_page_has_its_twins(browser: TestClient) -> None:
    found = browser.get(f"/bulletin.json?week={ISSUE}").json()
    assert found["week"] == ISSUE and [row["code"] for row in found["texts"]][-1] == "outlook"
