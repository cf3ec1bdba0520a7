"""Who may ask the console, and what a browser may do with its answers."""

import asyncio
from collections.abc import MutableMapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.guard import HEADERS
from touchstone.serve.web import console


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:8000", "[::1", "localhost.evil"]
)
def test_an_unknown_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "<html" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8123", "LOCALHOST:80", "[::1]:9000"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/series", headers={"host": host}).status_code == 200


def test_another_host_is_answered_where_it_was_allowed(sampled: Workspace) -> None:
    with TestClient(
        console(sampled, allowed_hosts=["figures.example"]), base_url="http://figures.example"
    ) as asking:
        assert asking.get("/series").status_code == 200


@pytest.mark.parametrize(
    "page", ["/", "/audit.json", "/documents.csv", "/static/stone.css", "/nowhere", "/briefing.html"]
)
def test_every_answer_has_the_protective_headers(client: TestClient, page: str) -> None:
    answer = client.get(page)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


def test_nothing_is_allowed_that_is_not_our_own() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_pages_hold_no_script_style_or_handler_of_their_own(
    client: TestClient, hash_of: dict[str, str]
) -> None:
    import re

    for page in ("/", "/audit", "/series", *(f"/document/{h}" for h in hash_of.values())):
        html = client.get(page).text
        assert re.findall(r"<script[^>]*>", html) == ['<script src="/static/console.js" defer>']
        assert not re.search(
            r"<[a-z][^>]* on\w+=|<style|<[a-z][^>]* style=|javascript:|https?://(?!www\.w3\.org)", html
        )


def test_an_original_is_saved_and_never_shown(client: TestClient, hash_of: dict[str, str]) -> None:
    answer = client.get(f"/raw/{hash_of['下游观察-2020-09.html']}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E4%B8%8B" in answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.content.startswith(b"<")


@pytest.mark.parametrize(
    "path",
    ["/raw/../../etc/passwd", "/raw/..%2f..%2fetc%2fpasswd", "/static/../web.py", "/static/..%2f..%2fweb.py",
     "/static/%2e%2e/web.py", "/document/..%2fledger", "/raw/%00", "/static//etc/passwd"],
)  # fmt: skip
def test_no_path_leads_out_of_the_workspace(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.fixture
def own(sample_folder: Path, tmp_path: Path) -> Workspace:
    """A workspace that a test may change."""
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(sample_folder / "小金属周报-2020-10-09.docx")
    workspace.audit()
    return workspace


def form_of(asking: TestClient) -> dict[str, str]:
    """The fields of the first acceptance form of the audit page."""
    import re

    html = asking.get("/audit").text
    return dict(re.findall(r'type="hidden" name="(token|finding)" value="([^"]+)"', html)[:2])


def test_accepting_with_a_reason_and_a_day_is_kept_and_shown(own: Workspace) -> None:
    with TestClient(console(own), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        form = form_of(asking)
        until = date.today().replace(year=date.today().year + 1, day=1).isoformat()
        answer = asking.post("/audit/accept", data=form | {"reason": "编辑部已确认", "until": until})
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/audit?verdict=accepted#x-{form['finding']}"
        accepted = asking.get("/audit.json?verdict=accepted").json()["findings"]
    assert form["finding"] in [f["id"] for f in accepted]


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"},
     {"origin": "http://127.0.0.1:9999"}],
)  # fmt: skip
def test_another_site_cannot_accept(own: Workspace, headers: dict[str, str]) -> None:
    with TestClient(console(own), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        form = form_of(asking)
        assert asking.post("/audit/accept", data=form | {"reason": "x"}, headers=headers).status_code == 403
        assert asking.get("/audit.json?verdict=accepted").json()["findings"] == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"token": ""}, 403), ({"token": "guess"}, 403), ({"reason": "  "}, 400), ({"until": "morgen"}, 400),
     ({"reason": "x" * 30_000}, 413)],
)  # fmt: skip
def test_an_incomplete_or_forged_form_changes_nothing(
    own: Workspace, changed: dict[str, str], status: int
) -> None:
    with TestClient(console(own), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        form = form_of(asking) | {"reason": "good"} | changed
        assert asking.post("/audit/accept", data=form).status_code == status
        assert asking.get("/audit.json?verdict=accepted").json()["findings"] == []


@pytest.mark.parametrize(
    "announced", [[(b"content-length", b"300000000")], [(b"content-length", b"9" * 5000)], []]
)
def test_a_form_that_is_too_long_is_refused_before_it_is_read(
    sampled: Workspace, announced: list[tuple[bytes, bytes]]
) -> None:
    read, said = 0, []

    async def receive() -> dict[str, object]:
        nonlocal read
        read += 10_000
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": read < 900_000}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/audit/accept", "raw_path": b"/audit/accept", "root_path": "",
        "query_string": b"lang=en", "scheme": "http", "http_version": "1.1", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "headers": [(b"host", b"localhost"), *announced],
    }  # fmt: skip
    asyncio.run(console(sampled)(scope, receive, send))
    assert said[0]["status"] == 413
    assert b"too long" in b"".join(message.get("body", b"") for message in said)
    assert read == (0 if announced else 30_000)


def test_accepting_what_is_not_a_finding_changes_nothing(own: Workspace) -> None:
    with TestClient(console(own), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        form = form_of(asking) | {"reason": "good", "finding": "../../x\n[evil]"}
        assert asking.post("/audit/accept", data=form).status_code == 404
        assert asking.get("/audit.json?verdict=accepted").json()["findings"] == []


def test_a_page_cannot_be_changed_by_opening_it(client: TestClient) -> None:
    assert client.get("/audit/accept").status_code in (404, 405)


def test_a_day_that_has_passed_is_refused_in_words_and_an_acceptance_can_be_taken_back(
    own: Workspace,
) -> None:
    with TestClient(console(own), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        form = form_of(asking)
        passed = asking.post("/audit/accept?lang=zh", data=form | {"reason": "x", "until": "2001-01-01"})
        assert passed.status_code == 400 and "2001年1月1日 已过" in passed.text
        asking.post("/audit/accept", data=form | {"reason": "编辑部已确认", "by": "李"})
        page = asking.get("/audit?verdict=accepted&lang=zh").text
        assert "已认可：编辑部已确认（李，长期有效）" in page and "/audit/withdraw" in page
        assert asking.post("/audit/withdraw", data=form | {"token": "x"}).status_code == 403
        assert asking.post("/audit/withdraw", data=form).status_code == 303
        assert asking.get("/audit.json?verdict=accepted").json()["findings"] == []
        assert asking.post("/audit/withdraw", data=form).status_code == 404
