"""Files of pathways from the console: results at once; reports begun by a form, stopped, made anew, and fetched."""

import csv
import io
import threading
from collections.abc import Iterator

import pytest
from httpx import Response
from lxml import html
from starlette.testclient import TestClient

import touchstone
from touchstone.serve import pathway_downloads
from touchstone.serve.web import console


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A console of the made-up province."""
    workspace = touchstone.open(tmp_path_factory.mktemp("province"))
    workspace.pathways().take_sample("province")
    with TestClient(console(workspace), base_url="http://127.0.0.1") as one:
        yield one


def asked(client: TestClient, address: str) -> Response:
    """What the button of a page says that asks for a report."""
    page = html.fromstring(client.get(address).text)
    [form] = page.xpath("//form[@action='/pathway/report']")
    return client.post("/pathway/report", data=dict(form.form_values()))


def fetched(client: TestClient, address: str) -> Response:
    """A file, once it is made."""
    for _ in range(60):
        answer = client.get(address)
        if "content-disposition" in answer.headers or answer.status_code != 200:
            return answer
        assert 'http-equiv="refresh"' in answer.text
    raise AssertionError(f"{address} was never made")


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_console_gives_results_as_files(client: TestClient, form: str) -> None:
    answer = client.get(f"/pathway/export/{form}?s=delayed")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    if form == "csv":
        assert {row["scenario"] for row in csv.DictReader(io.StringIO(answer.text))} == {"delayed"}


@pytest.mark.parametrize(("form", "lang"), [("docx", "zh"), ("pdf", "en")])
def test_the_console_gives_a_report(client: TestClient, form: str, lang: str) -> None:
    address = f"/pathway/report?s=plan&s=reference&form={form}&lang={lang}"
    asked(client, address)
    answer = fetched(client, address)
    assert answer.status_code == 200 and f".{lang}.{form}" in answer.headers["content-disposition"]
    assert len(answer.content) > 10_000


def test_a_report_of_the_console_has_chances_when_asked_and_its_sources_lead_to_the_console(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pathway_downloads, "PATIENCE", 0.0)
    address = "/pathway/report?s=delayed&form=html&chances=1&lang=en"
    first = asked(client, address)
    assert "is being made" in first.text and 'http-equiv="refresh"' in first.text
    monkeypatch.undo()
    text = fetched(client, address).text
    [then] = html.fromstring(first.text).xpath("//meta[@http-equiv='refresh']/@content")
    done = client.get(then.partition("url=")[2])
    assert "is made" in done.text and "Download it again" in done.text and "<progress" not in done.text
    [begins] = html.fromstring(done.text).xpath("//meta[@http-equiv='refresh']/@content")
    assert client.get(begins.partition("url=")[2]).text == text, "the page that waited fetches the file"
    assert "The chance of a peak before 2030" in text and "hangs on" in text
    leads = sorted(set(html.fromstring(text).xpath("//a[contains(@href, '/pathway/stated')]/@href")))
    assert leads and client.get(leads[0]).status_code == 200


def test_a_page_elsewhere_cannot_have_reports_made(client: TestClient) -> None:
    """An address alone begins nothing; a form without the token of the console is turned away."""
    address = "/pathway/report?s=ambitious&form=html&lang=en"
    assert "is not made yet" in client.get(address).text and "is not made yet" in client.get(address).text
    assert client.post("/pathway/report", data={"s": "ambitious", "form": "html"}).status_code == 403
    assert "is not made yet" in client.get(address).text


def test_a_report_that_failed_once_is_made_when_it_is_asked_for_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError("no room on the disk")

    address = "/pathway/report?s=ambitious&form=html&lang=en"
    monkeypatch.setattr(pathway_downloads, "form_of", full)
    assert "PATHWAY-016" in asked(client, address).text
    monkeypatch.undo()
    assert "PATHWAY-016" in client.get(address).text
    asked(client, address)
    assert "attachment" in fetched(client, address).headers["content-disposition"]


def test_a_report_is_stopped_when_somebody_says_so_and_made_when_asked_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, stopped = threading.Event(), threading.Event()
    make = pathway_downloads.report_of

    def slow(*given: object) -> object:
        began.set()
        stopped.wait(20)
        return make(*given)  # type: ignore[arg-type]

    address = "/pathway/report?s=delayed&form=xlsx&lang=en"
    monkeypatch.setattr(pathway_downloads, "report_of", slow)
    monkeypatch.setattr(pathway_downloads, "PATIENCE", 0.0)
    page = html.fromstring(asked(client, address).text)
    assert began.wait(20)
    monkeypatch.undo()
    [form] = page.xpath("//form[@action='/pathway/report/stop']")
    threading.Timer(0.3, stopped.set).start()
    assert "PATHWAY-020" in client.post("/pathway/report/stop", data=dict(form.form_values())).text
    asked(client, address)
    assert "attachment" in fetched(client, address).headers["content-disposition"]


def test_the_page_of_reports_offers_formats_and_chances(client: TestClient) -> None:
    page = client.get("/pathway/report?s=plan&lang=en").text
    assert (
        'name="chances"' in page
        and "<option>pdf</option>" in page
        and '<option value="plan" selected>' in page
    )


@pytest.mark.parametrize(
    "address", ["/pathway/export/exe?s=plan", "/pathway/export/csv?s=soup", "/pathway/report?form=odt"]
)
def test_a_file_that_is_none_is_refused_in_words(client: TestClient, address: str) -> None:
    answer = client.get(address + ("&" if "?" in address else "?") + "lang=en")
    assert answer.status_code == 404 and "PATHWAY-0" in answer.text


def test_the_workbench_leads_to_the_files(client: TestClient) -> None:
    page = client.get("/pathway?s=plan&lang=en").text
    assert "/pathway/export/csv?s=plan" in page and '<button name="form" value="docx">' in page
