"""Checks of activity data on the pages of an inventory: what they find, what it costs, and what a person accepted."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from touchstone.audit.accepted import load_accepted
from touchstone.flow import Workspace
from touchstone.serve.web import console

from .small_group import SPOILT, opened


@pytest.fixture
def spoilt(tmp_path: Path) -> Workspace:
    return opened(tmp_path, SPOILT)


@pytest.fixture
def asking(spoilt: Workspace) -> TestClient:
    return TestClient(console(spoilt), base_url="http://127.0.0.1:8000", follow_redirects=False)


def post(client: TestClient, act: str, **form: str) -> str:
    """Send a form as the page has it; the address it leads to."""
    token = re.search(r'name="token" value="([^"]+)"', client.get("/inventory").text)
    assert token
    sent = client.post(f"/inventory/{act}", data={"token": token[1], **form})
    return str(sent.headers["location"]) if sent.status_code == 303 else str(sent.status_code)


def error_of(client: TestClient) -> str:
    found = client.get("/inventory.json").json()["findings"]
    return next(str(each["id"]) for each in found if each["severity"] == "error")


def test_an_open_error_warns_on_top_of_the_group_with_a_count_and_a_link(asking: TestClient) -> None:
    page = asking.get("/inventory?year=2023&lang=en").text
    assert '<a href="#checks"><strong>Open findings of severity error: 1, of them 1 of 2023' in page
    assert page.index('id="x-' + error_of(asking)) < page.index(">warning</span>", page.index('id="x-'))


def test_a_finding_opens_to_its_cell_and_to_the_line_that_was_worked_out_with_it(asking: TestClient) -> None:
    page = asking.get("/inventory/east?lang=en").text
    own = page[page.index(f'id="x-{error_of(asking)}"') :].partition("</article>")[0]
    cells = re.findall(r'href="(/figure/[^"]+)"', own)
    lines = re.findall(r'href="(/inventory/east-1/2023-01/[^"]+)"', own)
    assert cells and lines
    assert all(asking.get(address).status_code == 200 for address in (*cells, *lines))


def test_an_enterprise_sees_its_own_findings_and_its_score(asking: TestClient) -> None:
    east, west = (asking.get(f"/inventory/{key}.json").json()["findings"] for key in ("east", "west"))
    assert {each["unit"] for each in east} == {"east-1"}
    assert {each["unit"] for each in west} == {"west-1"}
    assert "Score of each enterprise" in asking.get("/inventory/east?lang=en").text


def test_what_is_accepted_says_by_whom_and_why_and_no_longer_counts(
    asking: TestClient, spoilt: Workspace
) -> None:
    finding = error_of(asking)
    before = {each.key: each.points for each in spoilt.quality_scores(spoilt.quality())}
    to = post(asking, "accept", finding=finding, reason="bought as standard coal", by="Li", node="east")
    assert to == f"/inventory/east?finding={finding}#x-{finding}"
    page = asking.get("/inventory/east?lang=en").text
    assert "Accepted: bought as standard coal (Li, without expiry)" in page
    assert 'class="alarm"' not in page
    assert load_accepted(spoilt.folder / "accepted.toml")[finding].by == "Li"
    after = spoilt.quality_scores(spoilt.quality(), spoilt.acceptances())
    assert {each.key: each.points for each in after}["east"] > before["east"]


def test_an_acceptance_can_be_taken_back(asking: TestClient) -> None:
    finding = error_of(asking)
    post(asking, "accept", finding=finding, reason="known", node="")
    assert 'class="alarm"' not in asking.get("/inventory").text
    assert post(asking, "withdraw", finding=finding, node="") == f"/inventory?finding={finding}#x-{finding}"
    assert 'class="alarm"' in asking.get("/inventory").text


def test_what_was_accepted_of_an_audit_is_not_taken_back_here(asking: TestClient, spoilt: Workspace) -> None:
    spoilt.accept("x-of-an-audit", "known", by="Li")
    assert post(asking, "withdraw", finding="x-of-an-audit", node="") == "404"
    assert "x-of-an-audit" in spoilt.acceptances()


def test_nothing_is_accepted_without_a_reason_or_a_finding(asking: TestClient, spoilt: Workspace) -> None:
    assert post(asking, "accept", finding=error_of(asking), reason=" ") == "400"
    assert post(asking, "accept", finding="nobody", reason="because") == "404"
    assert not (spoilt.folder / "accepted.toml").exists()


def test_an_acceptance_that_has_expired_counts_no_more(asking: TestClient, spoilt: Workspace) -> None:
    (spoilt.folder / "accepted.toml").write_text(
        f'[[accepted]]\nfinding = "{error_of(asking)}"\nreason = "for a while"\nuntil = 2020-01-01\nby = "Li"\n'
    )
    assert 'class="alarm"' in asking.get("/inventory").text
