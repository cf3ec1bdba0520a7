"""The desk in the console: a whole round by its forms, what they refuse, and what the pages and their twins say."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.web import console

GE = "ge.ingot@market.rotterdam"
DAY = date(2020, 10, 9)
PAGE = f"/assessments/{GE}/{DAY}"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with two deals, a bid and an offer of one day, imported from a spreadsheet."""
    opened = touchstone.open(tmp_path / "w")
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("询价")
    for row in (
        ["日期", "类型", "最低", "最高", "单位", "对手方代码"],
        [DAY, "成交", 985, 985, "美元/公斤", "P07/B12"],
        [DAY, "成交", 1005, 1005, "美元/公斤", "P03/B02"],
        [DAY, "买盘", 930, 930, "美元/公斤", "P08"],
        [DAY, "卖盘", 460, 460, "美元/磅", "P01"],
    ):
        page.append(row)
    book.save(tmp_path / "询价.xlsx")
    opened.import_inputs(tmp_path / "询价.xlsx", "赵", GE)
    return opened


class Browser:
    """Fills in forms as a person would; `token` is that of the pages."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.token = re.findall(r'name="token" value="([^"]+)"', client.get("/assessments").text)[0]

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Post a form; the status, and where it leads or what the page says."""
        answer = self.client.post(path, data={"token": self.token, **fields})
        return answer.status_code, answer.headers.get("location", answer.text)

    def page(self, lang: str = "zh", path: str = PAGE) -> str:
        """The page as text."""
        answer = self.client.get(path, params={"lang": lang})
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
def browser(workspace: Workspace) -> Iterator[Browser]:
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        yield Browser(asking)


def published(browser: Browser) -> None:
    """From opening to publication."""
    for path, fields in (
        ("/assessments/open", {"quotation": GE, "day": str(DAY), "by": "李"}),
        (f"{PAGE}/judge", {"low": "985", "high": "1005", "by": "李", "then": "submit"}),
        (f"{PAGE}/approve", {"by": "王"}),
        (f"{PAGE}/publish", {"by": "李"}),
    ):
        assert browser.post(path, **fields) == (303, PAGE), path


def test_a_round_by_the_forms_makes_figures_that_open_to_the_page(
    browser: Browser, workspace: Workspace
) -> None:
    published(browser)
    page = browser.page()
    for said in (
        "已发布",
        "985.0—1005.0",
        "美元/公斤",
        "李",
        "王",
        "成交 → 买盘、卖盘 → 意向 → 判断",
        "询价!2",
        "P07/B12",
    ):
        assert said in page, said
    low = next(iter(workspace.facts(measure="price.low")))
    figure = browser.page(path=f"/figure/{low.id}")
    assert "985.0" in figure and "价格评估" in figure
    document = browser.page(path=f"/document/{low.source}")
    assert f'href="{PAGE}"' in document
    assert f"/figure/{low.id}" in page


def test_an_input_is_excluded_readmitted_and_typed_by_the_forms(
    browser: Browser, workspace: Workspace
) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    deal = next(each for each in workspace.desk().inputs(GE).values() if each.low == 985)
    assert (
        browser.post(f"{PAGE}/exclude", input=deal.id, criterion="related", words="同一集团", by="李")[0]
        == 303
    )
    assert "关联方之间的交易：同一集团" in browser.page()
    assert "between related parties: 同一集团" in browser.page("en")
    assert browser.post(f"{PAGE}/readmit", input=deal.id, words="已核实并非关联", by="李")[0] == 303
    typed = {
        "quotation": GE, "assessment": f"{GE}/{DAY}", "kind": "bid", "low": "970", "unit": "美元/公斤",
        "day": str(DAY), "by": "赵", "parties": "P11", "quantity": "100公斤",
    }  # fmt: skip
    assert browser.post("/assessments/input", **typed) == (303, f"{PAGE}#inputs")
    assert "手工录入" in browser.page() and "P11" in browser.page()


@pytest.mark.parametrize(
    ("act", "fields", "code"),
    [
        ("judge", {"low": "66,o00", "high": "1005", "by": "李"}, "DESK-020"),
        ("judge", {"low": "985.3", "high": "1005", "by": "李"}, "DESK-032"),
        ("judge", {"low": "985", "high": "1005", "by": " "}, "DESK-018"),
        ("judge", {"low": "950", "high": "1005", "by": "李", "then": "submit"}, "DESK-011"),
        ("approve", {"by": "王"}, "DESK-006"),
        ("exclude", {"input": "x", "criterion": "related", "words": "x", "by": "李"}, "DESK-008"),
        ("correct", {"take_back": "1", "cause": "typing", "words": "x", "by": "李"}, "DESK-006"),
    ],
)
def test_what_is_not_allowed_is_said_in_five_parts_and_nothing_changes(
    browser: Browser, workspace: Workspace, act: str, fields: dict, code: str
) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    state = workspace.desk().assessment(f"{GE}/{DAY}").state
    status, said = browser.post(f"{PAGE}/{act}", **fields)
    assert status == 409
    assert code in said and "<dl>" in said
    assert workspace.desk().assessment(f"{GE}/{DAY}").state == state


def test_the_second_person_must_be_another_and_lets_a_failure_pass_with_a_reason(
    browser: Browser, workspace: Workspace
) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    browser.post(f"{PAGE}/judge", low="985", high="1005", by="李", then="submit")
    status, said = browser.post(f"{PAGE}/approve", by="李")
    assert status == 409 and "DESK-012" in said
    browser.post(
        "/assessments/input",
        quotation=GE,
        kind="deal",
        low="1040",
        unit="美元/公斤",
        day=str(DAY),
        by="赵",
        parties="P09/B09",
    )
    page = browser.page()
    assert "提交后才到，未用" in page
    [pass_field] = re.findall(r'name="(pass-[0-9a-f]+)"', page)
    assert browser.post(f"{PAGE}/approve", by="王")[0] == 409
    assert browser.post(f"{PAGE}/approve", by="王", **{pass_field: "P09 已撤回此笔"})[0] == 303
    assert "P09 已撤回此笔" in browser.page()


def test_a_correction_waits_for_its_second_person_and_then_replaces_the_figure(
    browser: Browser, workspace: Workspace
) -> None:
    published(browser)
    browser.post(f"{PAGE}/correct", low="930", high="1005", cause="missed_deal", words="漏了 930", by="李")
    assert [str(f.value) for f in workspace.facts(measure="price.low")] == ["985.0"]
    assert [browser.post(f"{PAGE}/issue", by=by)[0] for by in ("李", "王")] == [409, 303]
    assert [str(f.value) for f in workspace.facts(measure="price.low")] == ["930.0"]
    old, new = browser.page("en").split("The figure of correction 1")
    assert "985.0–1,005.0" in old and "930.0–1,005.0" in new and "a deal was missed" in new
    assert "departure from the method" in old and "departure from the method" in new
    browser.post(f"{PAGE}/correct", take_back="1", cause="wrong_day", words="休市", by="李")
    browser.post(f"{PAGE}/issue", by="王")
    assert "已撤回" in browser.page()
    assert len(workspace.facts()) == 0


def test_a_page_as_of_an_earlier_moment_shows_it_as_it_stood_and_has_no_forms(browser: Browser) -> None:
    published(browser)
    addresses = re.findall(r'href="(/assessments/[^"]*as_of=[^"]+)"', browser.page())
    assert len(addresses) == 5
    stood = browser.client.get(addresses[-1].replace("&amp;", "&")).text
    assert '<form class="act"' not in stood
    assert "草稿" in stood or "draft" in stood
    assert browser.client.get(PAGE, params={"as_of": "2001-01-01T00:00:00+00:00"}).status_code == 404
    assert browser.client.get(PAGE, params={"as_of": "yesterday"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/assessments/open", "/assessments/input", f"{PAGE}/judge", f"{PAGE}/publish"]
)
def test_no_form_counts_without_the_token_or_from_another_site(browser: Browser, path: str) -> None:
    fields = {"quotation": GE, "day": str(DAY), "by": "李"}
    assert browser.client.post(path, data={**fields, "token": "guess"}).status_code == 403
    foreign = {"origin": "http://evil.example"}
    assert (
        browser.client.post(path, data={**fields, "token": browser.token}, headers=foreign).status_code == 403
    )
    assert browser.client.get(path).status_code in (404, 405)
    assert browser.client.get("/assessments.json").json()["assessments"] == []


@pytest.mark.parametrize("path", [f"{PAGE}/burn", "/assessments/nonsense/2020-13-01/judge", f"{PAGE}/judge"])
def test_an_act_on_what_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    assert browser.post(path, low="1", high="2", by="李")[0] == 404
    assert browser.client.get("/assessments/nonsense/2020-13-01").status_code == 404


def test_the_twins_hold_all_of_the_page(browser: Browser) -> None:
    published(browser)
    data = browser.client.get(f"{PAGE}.json").json()
    assert (data["state"], data["low"], data["high"], data["unit"]) == (
        "published",
        "985.0",
        "1005.0",
        "美元/公斤",
    )
    assert [entry["what"] for entry in data["trail"]] == ["open", "judge", "submit", "approve", "publish"]
    assert {test["test"] for test in data["tests"]} >= {"missed_deal", "second_person"}
    assert data["method"]["order"] == [["deal"], ["bid", "offer"], ["indication"]]
    rows = list(csv.DictReader(io.StringIO(browser.client.get(f"{PAGE}.csv").text.removeprefix("\ufeff"))))
    assert [row["treatment"] for row in rows] == ["used", "used", "unneeded", "unneeded"]
    assert rows[3]["in_method_unit"] == "1014.13"
    assert {(row["taken_in_by"], row["place"]) for row in rows} == {("赵", f"询价!{n}") for n in (2, 3, 4, 5)}
    listed = browser.client.get("/assessments.json").json()["assessments"]
    assert [(each["id"], each["second"]) for each in listed] == [(f"{GE}/{DAY}", "王")]
    trail = browser.client.get("/assessments/trail.json").json()
    assert trail["sound"] and len(trail["entries"]) == 9


def test_the_list_is_filtered_by_state_and_day(browser: Browser) -> None:
    published(browser)
    earlier = DAY - timedelta(days=7)
    browser.post("/assessments/open", quotation=GE, day=str(earlier), by="李")

    def ids(**asked: str) -> list[str]:
        return [
            each["day"]
            for each in browser.client.get("/assessments.json", params=asked).json()["assessments"]
        ]

    assert ids() == [str(DAY), str(earlier)]
    assert ids(state="draft") == [str(earlier)]
    assert ids(day=str(DAY)) == [str(DAY)]
    assert ids(state="nonsense", day="nonsense") == [str(DAY), str(earlier)]


def test_words_that_people_type_are_text_and_nothing_else(browser: Browser) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="<script>李</script>")
    browser.post(
        f"{PAGE}/judge", low="985", high="1005", words='"><img src=x onerror=alert(1)>\u202e', by="李"
    )
    page = browser.page()
    assert "<script>李" not in page and "<img" not in page.replace('<img src="/static/mark.svg"', "")
    assert "\\u202e" in page


def test_only_files_of_inputs_are_given_out_and_only_to_be_saved(
    browser: Browser, workspace: Workspace
) -> None:
    first = next(iter(workspace.desk().inputs(GE).values()))
    answer = browser.client.get(f"/assessments/{GE}/file/{first.origin.hash}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.content.startswith(b"PK")
    assert browser.client.get(f"/assessments/{GE}/file/{'0' * 64}").status_code == 404
    assert browser.client.get(f"/assessments/cu@market.lme/file/{first.origin.hash}").status_code == 404


def test_a_damaged_trail_is_said_on_its_page(browser: Browser, workspace: Workspace) -> None:
    import sqlite3

    published(browser)
    assert "台账完好" in browser.page(path="/assessments/trail")
    with sqlite3.connect(workspace.desk().trail.path) as db:
        db.execute("drop trigger entry_is_final")
        db.execute("update entry set who = '张' where number = 5")
    page = browser.page(path="/assessments/trail")
    assert "DESK-035" in page and "台账完好" not in page


def test_the_name_last_given_is_put_into_forms_but_never_for_the_second_person(browser: Browser) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李 Wei")
    assert 'name="by" value="李 Wei"' in browser.page()
    browser.post(f"{PAGE}/judge", low="985", high="1005", by="李 Wei", then="submit")
    assert 'name="by" value="李 Wei"' not in browser.page()
    assert "没有登录" in browser.page()


def test_a_method_that_cannot_be_used_is_told_on_the_list(browser: Browser, workspace: Workspace) -> None:
    (workspace.folder / "methods").mkdir()
    (workspace.folder / "methods" / "bad.toml").write_text("quotation = ", encoding="utf-8")
    assert "bad.toml" in browser.page(path="/assessments") and "DESK-002" in browser.page(path="/assessments")


def _edit(workspace: Workspace, change: str) -> None:
    """Change the trail behind its back."""
    import sqlite3

    with sqlite3.connect(workspace.desk().trail.path) as db:
        db.execute("drop trigger entry_is_final")
        db.execute(f"update entry set {change}")


def test_a_changed_entry_is_said_on_every_page_and_stops_every_act(
    browser: Browser, workspace: Workspace
) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    browser.post(f"{PAGE}/judge", low="985", high="1005", by="李")
    _edit(workspace, """content = replace(content, '"985.0"', '"880.0"') where what = 'judge'""")
    for path in (PAGE, "/assessments", "/assessments/trail"):
        assert "DESK-035" in browser.page(path=path), path
    status, said = browser.post(f"{PAGE}/judge", low="985", high="1005", by="李", then="submit")
    assert status == 409 and "DESK-035" in said


@pytest.mark.parametrize("what", ["nonsense", "approve", "submit"])
def test_an_entry_that_tells_of_no_act_leaves_the_pages_readable(
    browser: Browser, workspace: Workspace, what: str
) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    browser.post("/assessments/open", quotation=GE, day=str(DAY - timedelta(days=7)), by="李")
    browser.post(f"{PAGE}/judge", low="985", high="1005", by="李")
    _edit(workspace, f"what = '{what}' where what = 'judge'")
    listed = browser.page(path="/assessments")
    assert "DESK-035" in listed and "DESK-038" in listed and str(DAY - timedelta(days=7)) in listed
    assert "DESK-035" in browser.page(path="/assessments/trail")
    one = browser.client.get(PAGE)
    assert one.status_code == 500 and "DESK-038" in one.text and "<dl>" in one.text


def test_a_correction_that_fails_a_test_is_let_pass_by_the_form_with_a_reason(
    browser: Browser, workspace: Workspace
) -> None:
    published(browser)
    browser.post(f"{PAGE}/correct", low="985000", high="1005000", cause="typing", words="零", by="李")
    page = browser.page()
    fields = re.findall(r'name="(pass-[0-9a-f]+)"', page)
    assert fields and "按待复核的更正重新检验" in page
    status, said = browser.post(f"{PAGE}/issue", by="王")
    assert status == 409 and "DESK-012" in said
    assert browser.post(f"{PAGE}/issue", by="王", **dict.fromkeys(fields, "按吨计，已核对"))[0] == 303
    assert "按吨计，已核对" in browser.page()


def test_a_draft_is_discarded_and_reopened_by_the_forms(browser: Browser) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    assert browser.post(f"{PAGE}/discard", words="开错了", by="李")[0] == 303
    assert "已作废" in browser.page() and f"{PAGE}/reopen" in browser.page()
    assert browser.post(f"{PAGE}/reopen", words="没有错", by="李")[0] == 303
    assert "草稿" in browser.page() and "没有错" in browser.page()


def test_a_form_sent_twice_and_a_quotation_nobody_declared_are_refused(
    browser: Browser, workspace: Workspace
) -> None:
    typed = {
        "quotation": GE, "kind": "bid", "low": "970", "unit": "美元/公斤", "day": str(DAY), "by": "赵",
    }  # fmt: skip
    assert browser.post("/assessments/input", **typed)[0] == 303
    status, said = browser.post("/assessments/input", **typed)
    assert status == 409 and "DESK-042" in said
    status, said = browser.post("/assessments/input", **typed | {"quotation": "ge.ingot@market.roterdam"})
    assert status == 409 and "DESK-041" in said and GE in said
    assert len(workspace.desk().inputs(GE)) == 5


def test_the_parameters_of_the_tests_are_on_the_page(browser: Browser) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    assert "与此前几期相比" in browser.page() and "kg/lb" in browser.page()
    shown = browser.client.get(f"{PAGE}.json").json()["parameters"]
    assert shown["wide_range"] == {"lately": 12, "at_least": 4}


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_moment_beyond_the_calendar_is_no_address(browser: Browser, moment: str) -> None:
    browser.post("/assessments/open", quotation=GE, day=str(DAY), by="李")
    assert browser.client.get(PAGE, params={"as_of": moment}).status_code == 404


def test_series_and_records_of_assessments_stand_behind_the_documents_on_the_first_page(
    workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    published(browser)
    workspace.import_series(None, "fed-h10-cny-monthly")
    (note := tmp_path / "zz.txt").write_text("2020年10月9日，国内市场锗锭价格为6900-7300元/公斤。", "utf-8")
    workspace.read(note)
    kinds = [row["kind"] for row in browser.client.get("/documents.json").json()["documents"]]
    assert kinds == ["document", "series", "assessment"]
    html = browser.client.get("/", params={"lang": "zh"}).text
    assert html.index("zz.txt") < html.index("导入的序列") < html.index("价格评估记录")
