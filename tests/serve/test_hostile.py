"""Documents that try to run something in the reader's browser."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.series import address
from touchstone.serve.web import console

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></textarea><iframe src=javascript:alert(1)>",
    "{{ 7654321*1234577 }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


class Live(HTMLParser):
    """Notes everything in a page that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script that is not ours, a frame, a handler, or an address that runs."""
        given = dict(attrs)
        if tag == "script" and given.get("src") != "/static/console.js":
            self.found.append("script")
        if tag in ("iframe", "object", "embed", "base", "textarea"):
            self.found.append(tag)
        if tag == "img" and given.get("src") != "/static/mark.svg":
            self.found.append("img")
        self.found += [
            n for n, v in attrs if n.startswith("on") or (v or "").lower().startswith("javascript:")
        ]


@pytest.fixture(scope="module", params=range(len(PAYLOADS)))
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Workspace]:
    """A workspace whose names, titles, texts, cells and subjects all hold one payload."""
    from docx import Document

    payload = PAYLOADS[request.param]
    folder: Path = tmp_path_factory.mktemp("hostile")
    name = payload.replace("/", "\N{DIVISION SLASH}")
    written = Document()
    written.core_properties.title = payload
    written.add_heading(payload, 1)
    written.add_paragraph(f"{payload}产量为620.2万吨，{payload}1-6月累计产量533.3万吨，7月产量95.4万吨。")
    table = written.add_table(3, 2)
    for row, cells in enumerate(
        ((payload, f"{payload}（元/公斤）"), ("10月8日", "997.5"), (payload, "1300"))
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    written.save(str(folder / f"{name}.docx"))
    (folder / f"{name}.txt").write_text(
        f"{payload}\n\n{payload}价格为{payload}120元/吨。\n", encoding="utf-8"
    )
    workspace = touchstone.open(folder / "w")
    workspace.read([folder / f"{name}.docx", folder / f"{name}.txt"])
    workspace.audit()
    return payload, workspace


def test_nothing_in_a_document_runs_on_any_page(hostile: tuple[str, Workspace]) -> None:
    _, workspace = hostile
    asked = ["/", "/audit?verdict=all", "/series", "/search?q=120", "/briefing.html"]
    asked += [f"/document/{e.hash}" for e in workspace.documents()]
    asked += [f"/figure/{f.id}" for f in workspace.facts()]
    asked += [f"/figure/{f.id}?panel=1" for f in workspace.facts()]
    asked += [f"/document/{f.source}?figure={f.id}" for f in workspace.facts()]
    asked += [address(k.subject, k.measure, k.place, k.unit) for k in workspace.series_keys()]
    assert len(asked) > 12
    with TestClient(console(workspace), base_url="http://127.0.0.1") as asking:
        for page in asked:
            answer = asking.get(page)
            assert answer.status_code == 200, page
            reader = Live()
            reader.feed(answer.text)
            assert reader.found == [], page
            # no template ran; a shorter product may stand in an id by chance
            assert "9449848657217" not in answer.text, page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_an_address_runs(client: TestClient, payload: str) -> None:
    for page in ("/search", "/series", "/audit", "/"):
        names = ("q", "rule", "document", "verdict", "lang", "figure", "leaf")
        answer = client.get(page, params=dict.fromkeys(names, payload))
        reader = Live()
        reader.feed(answer.text)
        assert answer.status_code == 200
        assert reader.found == []


def test_a_formula_in_a_document_does_not_run_in_a_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "=cmd.txt"
    file.write_text('=HYPERLINK("x")产量为620.2万吨。', encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(file)
    with TestClient(console(workspace), base_url="http://127.0.0.1") as asking:
        table = asking.get("/documents.csv").text
    assert "'=cmd.txt" in table
