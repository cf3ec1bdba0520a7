"""What each page of the console says, and its twins."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from touchstone.flow import Workspace
from touchstone.publish.tally import counted
from touchstone.serve.series import address
from touchstone.serve.web import console

WEEKLY = "小金属周报-2020-10-09.docx"


def pages(workspace: Workspace) -> list[str]:
    """An address of every kind of page."""
    entry = next(e for e in workspace.documents() if e.name == WEEKLY)
    fact = next(iter(workspace.facts(source=entry.hash)))
    key = next(k for k in workspace.series_keys() if k.n > 1)
    series = address(key.subject, key.measure, key.place, key.unit)
    found = [
        "/documents",
        f"/document/{entry.hash}",
        f"/figure/{fact.id}",
        "/audit",
        "/series",
        series,
        "/search",
    ]
    return found


def text_of(html: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_opens_is_light_and_has_both_twins(
    client: TestClient, sampled: Workspace, number: int, lang: str
) -> None:
    page = pages(sampled)[number]
    asked = {"q": "铟"} if page == "/search" else {}
    html = client.get(page, params={"lang": lang, **asked})
    assert html.status_code == 200
    assert f'<html lang="{lang}">' in html.text
    assert len(html.content) < 50_000
    assert isinstance(client.get(page + ".json", params=asked).json(), dict)
    table = client.get(page + ".csv", params=asked)
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"), newline="")))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_first_page_tells_what_is_wrong_and_lists_every_document(
    client: TestClient, sampled: Workspace
) -> None:
    html = client.get("/", params={"lang": "zh"}).text
    assert "有数字对不上" in html
    for entry in sampled.documents():
        assert entry.name in html
        assert f"/document/{entry.hash}" in html


def test_the_json_twin_counts_what_the_audit_found(client: TestClient, sampled: Workspace) -> None:
    listed = client.get("/documents.json").json()["documents"]
    assert sum(d["figures"] for d in listed) == len(sampled.facts())
    fails = [f for f in counted(sampled.findings()) if f.verdict == "fails"]
    assert fails
    for entry in listed:
        assert entry["fails"] == sum(entry["hash"] in f.sources for f in fails)


def test_a_document_shows_its_text_unchanged_with_every_figure_marked_once(
    client: TestClient, sampled: Workspace, hash_of: dict[str, str]
) -> None:
    for hash in hash_of.values():
        document = sampled.document(hash)
        places = {(f.locator.start, f.locator.end) for f in sampled.facts(source=hash) if f.locator}
        marks, shown, leaf, leaves = 0, "", 1, 1
        while leaf <= leaves:
            html = client.get(f"/document/{hash}", params={"leaf": leaf, "lang": "en"}).text
            leaves = int((re.findall(r"Page \d+ of (\d+)", html) or ["1"])[0])
            body = html[
                html.index('id="text"') : html.index('<nav class="pager"')
                if leaves > 1
                else html.index("<aside")
            ]
            marks += body.count('<a class="f ')
            shown += text_of(body)
            leaf += 1
        printed = "".join(document.text[b.start : b.end] for b in document.blocks)
        assert re.sub(r"\s", "", printed) in re.sub(r"\s", "", shown)
        assert 0 < marks <= len(places)


def test_a_table_keeps_its_merged_cells(client: TestClient, hash_of: dict[str, str]) -> None:
    weekly, quarterly = (
        client.get(f"/document/{hash_of[name]}").text for name in (WEEKLY, "铜产量简报-2022Q3.pdf")
    )
    assert re.search(r'<td colspan="2">铟', weekly)
    assert re.search(r'<td rowspan="\d">精炼铜', quarterly)


def test_the_germanium_row_of_rotterdam_is_marked_as_failing_and_says_why(
    client: TestClient, hash_of: dict[str, str]
) -> None:
    html = client.get(f"/document/{hash_of[WEEKLY]}").text
    mark = re.search(r'class="f v-fails" id="f-(\w+)" href="[^"]*">997.5</a>', html)
    assert mark
    opened = client.get(f"/document/{hash_of[WEEKLY]}", params={"figure": mark[1], "lang": "zh"}).text
    panel = text_of(opened[opened.index('<aside id="panel"') :])
    assert "不成立" in panel
    assert "美元" in panel
    assert 'class="f v-fails here"' in opened


def test_every_figure_of_the_sample_opens_in_both_languages(client: TestClient, sampled: Workspace) -> None:
    for fact in list(sampled.facts())[::7]:
        for lang in ("zh", "en"):
            answer = client.get(f"/figure/{fact.id}", params={"panel": "1", "lang": lang})
            assert answer.status_code == 200, fact
            assert "<html" not in answer.text


def test_a_figure_leads_to_the_leaf_it_stands_on(client: TestClient, tmp_path: Path) -> None:
    import touchstone

    lines = [f"第{i}段：铜材产量{i}.5万吨，同比增长{i % 9}.1%。" for i in range(1, 900)]
    file = tmp_path / "long.txt"
    file.write_text("\n\n".join(lines), encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(file)
    [entry] = workspace.documents()
    last = list(workspace.facts(source=entry.hash))[-1]
    with TestClient(console(workspace), base_url="http://localhost") as asking:
        first = asking.get(f"/document/{entry.hash}?lang=en")
        opened = asking.get(f"/document/{entry.hash}", params={"figure": last.id})
    assert "Page 1 of" in first.text
    assert len(first.content) < 60_000
    assert f'id="f-{last.id}"' in opened.text


def test_findings_are_filtered_by_verdict_rule_and_document(client: TestClient, sampled: Workspace) -> None:
    one = next(f for f in sampled.findings() if f.verdict == "fails")
    asked = {"verdict": "fails", "rule": one.rule, "document": one.sources[0]}
    found = client.get("/audit.json", params=asked).json()["findings"]
    assert one.id in [f["id"] for f in found]
    assert all(
        f["verdict"] == "fails" and f["rule"] == one.rule and one.sources[0] in f["sources"] for f in found
    )
    shown = client.get("/audit.json").json()["findings"]
    assert {f["verdict"] for f in shown}.isdisjoint({"holds", "accepted"})
    everything = client.get("/audit.json", params={"verdict": "all"}).json()["findings"]
    assert len(everything) == len(sampled.findings())


def test_every_finding_leads_to_the_places_it_quotes(client: TestClient, sampled: Workspace) -> None:
    html = client.get("/audit").text
    links = re.findall(r'href="(/document/\w+\?figure=(\w+)#f-\w+)"', html)
    assert len(links) > 10
    for link, id in links[:8]:
        assert f'id="f-{id}"' in client.get(link.partition("#")[0]).text


def test_a_series_has_a_chart_and_its_points(client: TestClient, sampled: Workspace) -> None:
    key = next(k for k in sampled.series_keys() if k.n > 2)
    html = client.get(address(key.subject, key.measure, key.place, key.unit)).text
    assert html.count('<svg class="chart"') == 2
    for fact in sampled.series(key.subject, key.measure, key.place, unit=key.unit).points:
        assert f"figure={fact.id}" in html


def test_a_changed_document_leaves_its_earlier_values_as_a_thin_line_and_a_table(tmp_path: Path) -> None:
    import touchstone

    workspace, file = touchstone.open(tmp_path / "w"), tmp_path / "铜.txt"
    for june in ("93.2", "94.0"):
        file.write_text(
            f"2022年6月，精炼铜产量{june}万吨。\n\n2022年7月，精炼铜产量87.0万吨。", encoding="utf-8"
        )
        workspace.read(file)
    [key] = workspace.series_keys()
    with TestClient(console(workspace), base_url="http://localhost") as asking:
        page = address(key.subject, key.measure, key.place, key.unit)
        html = asking.get(page, params={"lang": "zh"}).text
        said = asking.get(page + ".json").json()
    assert html.count('class="c-vintage"') == 4
    assert "先前的说法" in html
    assert [f["value"] for f in said["points"]] == ["94.0", "87.0"]
    assert "93.2" in [f["value"] for f in said["vintages"]]


def test_every_series_opens(client: TestClient, sampled: Workspace) -> None:
    for key in sampled.series_keys():
        assert client.get(address(key.subject, key.measure, key.place, key.unit)).status_code == 200, key


def test_search_finds_figures_by_the_words_of_their_sentence(client: TestClient) -> None:
    found = client.get("/search.json", params={"q": "鹿特丹 硒粉"}).json()["figures"]
    assert any(f["value"] == "6.55" for f in found)
    assert client.get("/search.json", params={"q": ""}).json()["figures"] == []


@pytest.mark.parametrize(
    "address",
    ["/figure/none", "/document/none", "/series/none", "/series/a%7Cb%7Cc%7Cd", "/raw/none", "/nowhere"],
)
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, address: str) -> None:
    answer = client.get(address, params={"lang": "en"})
    assert answer.status_code == 404
    assert "There is no such document" in answer.text


def test_how_a_figure_was_read_is_told_in_words(client: TestClient, sampled: Workspace) -> None:
    fact = next(f for f in sampled.facts() if f.rule == "Q.range+M.price")
    for lang, said in (("zh", "文中的区间 · 价格"), ("en", "a range in the text · price")):
        assert said in text_of(client.get(f"/figure/{fact.id}", params={"lang": lang}).text)


@pytest.mark.parametrize("leaf", ["0", "-1", "999999", "x", "1e9", "٣"])
def test_a_leaf_that_is_not_there_is_the_nearest_one(
    client: TestClient, leaf: str, hash_of: dict[str, str]
) -> None:
    assert client.get(f"/document/{hash_of[WEEKLY]}", params={"leaf": leaf}).status_code == 200
    assert client.get("/audit", params={"leaf": leaf}).status_code == 200


def test_the_briefing_is_one_file_to_keep(client: TestClient) -> None:
    answer = client.get("/briefing.html")
    assert answer.headers["content-disposition"] == "attachment; filename=touchstone-briefing.html"
    assert "<script" not in answer.text
    assert answer.text.count("<main") == 2


def test_problems_of_the_last_reading_are_shown_in_the_language_of_the_page(
    sampled: Workspace, tmp_path: Path
) -> None:
    import touchstone

    (tmp_path / "空.txt").write_bytes(b"")
    report = touchstone.open(tmp_path / "w").read(tmp_path / "空.txt")
    assert report.problems
    with TestClient(console(sampled, report.problems), base_url="http://127.0.0.1") as asking:
        assert "空.txt" in asking.get("/", params={"lang": "en"}).text
        assert report.problems[0].zh
        assert report.problems[0].zh[0] in asking.get("/", params={"lang": "zh"}).text
        assert (
            json.loads(asking.get("/documents.json").text)["problems"][0]["code"] == report.problems[0].code
        )


def test_a_name_with_any_characters_has_a_series_of_its_own(tmp_path: Path) -> None:
    import touchstone

    (tmp_path / "a.txt").write_text("2022年6月，甲/乙|丙?丁产量为620.2万吨。", encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(tmp_path / "a.txt")
    [key] = workspace.series_keys()
    with TestClient(console(workspace), base_url="http://localhost") as asking:
        assert asking.get(address(key.subject, key.measure, key.place, key.unit)).status_code == 200
