"""The release calendar and the dispatch register: on pages, by forms, as twins and on the command line."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import touchstone
from touchstone.desk.dispatch_matter import Change
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.web import console

LIST = """企业名称,品种,地区,重点联系,联系人,来源
样例企业甲,铜、铝,江西,是,样例联系人 000-0001,样例名单
样例企业丙,精炼铜,安徽,否,样例联系人 000-0003,样例名单
"""
CHANGE = Change("cu.refined", "supply", "2022-08", "green", "red", (Text("库存低", "low stocks"),))
PAGE = f"/dispatch/{CHANGE.id}"


def output(period: str, value: str, published: date) -> Fact:
    return Fact(
        fact_id("output", period, value, published), "cu.refined", "output", period, Decimal(value), "万吨", Decimal("0.05"), "0" * 64,
        None, "test", place="CN", published=published,
    )  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with a white list and three months of output, of which one came late and one was revised."""
    opened = touchstone.open(tmp_path / "w")
    (tmp_path / "名单.csv").write_text(LIST, encoding="utf-8")
    opened.import_white_list(tmp_path / "名单.csv", "周")
    opened.ledger.append([
        output("2022-06", "90.0", date(2022, 7, 15)), output("2022-07", "92.5", date(2022, 8, 29)),
    ], recorded=datetime(2022, 8, 29, tzinfo=UTC))  # fmt: skip
    revised = Fact(
        **{
            **{n: getattr(output("2022-06", "91.8", date(2022, 8, 29)), n) for n in Fact.__slots__},
            "source": "1" * 64,
        }
    )
    opened.ledger.append([revised], recorded=datetime(2022, 8, 30, tzinfo=UTC))
    return opened


@pytest.fixture
def client(workspace: Workspace) -> Iterator[TestClient]:
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        yield asking


def token(client: TestClient) -> str:
    return re.findall(r'name="token" value="([^"]+)"', client.get("/dispatch").text)[0]


def post(client: TestClient, path: str, **fields: str) -> tuple[int, str]:
    answer = client.post(path, data={"token": token(client), "by": "李", **fields})
    return answer.status_code, answer.headers.get("location", answer.text)


def test_the_calendar_says_what_is_late_revised_and_missing_in_both_languages(client: TestClient) -> None:
    zh = client.get("/releases?day=2022-09-30&release=cn.nbs.industry&lang=zh").text
    assert "晚到" in zh and "10 个工作日" in zh and "90.0 万吨 → 91.8 万吨" in zh and "本软件预期" in zh
    en = client.get("/releases?day=2022-09-30&release=cn.nbs.industry&lang=en").text
    assert "10 working days" in en and "(+2.00%)" in en and "our expectation" in en


def test_the_twins_of_the_calendar_hold_every_period_with_what_its_day_stands_on(client: TestClient) -> None:
    data = client.get("/releases.json?day=2022-09-30").json()
    mine = {row["period"]: row for row in data["releases"] if row["release"] == "cn.nbs.industry"}
    assert [mine[p]["state"] for p in ("2022-06", "2022-07", "2022-08")] == ["on_time", "late", "missing"]
    assert mine["2022-08"]["due"] == "2022-09-15" and mine["2022-08"]["missing"] == ["cu.refined/output/CN"]
    assert mine["2022-06"]["largest"]["share"] == "2.00" and "[I]" in mine["2022-06"]["source"]
    rows = list(
        csv.DictReader(io.StringIO(client.get("/releases.csv?day=2022-09-30").text.removeprefix("\ufeff")))
    )
    assert len(rows) == len(data["releases"])


def test_as_of_an_earlier_day_the_calendar_is_as_it_was_then(
    workspace: Workspace, client: TestClient
) -> None:
    rows = client.get("/releases.json?day=2022-08-20").json()["releases"]
    [july] = [row for row in rows if (row["release"], row["period"]) == ("cn.nbs.industry", "2022-07")]
    assert july["state"] == "missing" and july["late"] == 4
    then = workspace.expected(date(2022, 9, 30), as_of=datetime(2022, 8, 29, 12, tzinfo=UTC))
    assert all(not each.revised for each in then)


def test_what_stood_only_in_a_document_that_was_withdrawn_has_not_come(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text(
        "发布日期：2022年9月15日\n\n2022年8月，中国精炼铜产量92.1万吨。", encoding="utf-8"
    )
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(tmp_path / "papers")
    states = {(each.release, each.period): each.state for each in workspace.expected(date(2022, 9, 30))}
    assert states["cn.nbs.industry", "2022-08"] == "on_time"
    workspace.ledger.withdraw(["a.txt"])
    states = {(each.release, each.period): each.state for each in workspace.expected(date(2022, 9, 30))}
    assert states["cn.nbs.industry", "2022-08"] == "never"


def test_a_round_by_the_forms_of_the_register(client: TestClient) -> None:
    status, where = post(
        client,
        "/dispatch/open",
        material="精炼铜",
        side="supply",
        period="2022-08",
        before="green",
        after="red",
        reason="库存低",
    )
    assert (status, where) == (303, PAGE)
    assert "样例企业甲" in client.get(PAGE).text
    assert post(client, f"{PAGE}/ask", **{"ask-1": "样例企业甲", "words": "为何？"})[0] == 303
    assert client.get(f"{PAGE}.json").json()["state"] == "asked"
    assert post(client, f"{PAGE}/answer", enterprise="样例企业甲", words="检修")[0] == 303
    assert post(client, f"{PAGE}/close", words="已核实")[0] == 303
    data = client.get(f"{PAGE}.json").json()
    assert (data["state"], data["closed_by"], data["result"]) == ("closed", "李", "已核实")
    assert [row["what"] for row in data["entries"]] == [
        "dispatch.open",
        "dispatch.ask",
        "dispatch.answer",
        "dispatch.close",
    ]
    first = data["entries"][0]["at"].replace("+", "%2B")
    assert client.get(f"{PAGE}.json?as_of={first}").json()["state"] == "open"
    assert "库存低" in client.get(PAGE, params={"as_of": data["entries"][1]["at"]}).text
    assert post(client, f"{PAGE}/reopen", words="又降")[0] == 303
    listed = client.get("/dispatch.json").json()["matters"]
    assert [(row["id"], row["state"]) for row in listed] == [(CHANGE.id, "reopened")]
    assert "重开事项" in client.get("/assessments/trail?lang=zh").text


def test_the_same_change_again_leads_to_the_matter_there_is(client: TestClient) -> None:
    fields = {
        "material": "cu.refined",
        "side": "supply",
        "period": "2022-08",
        "before": "green",
        "after": "red",
    }
    assert post(client, "/dispatch/open", **fields) == post(client, "/dispatch/open", **fields) == (303, PAGE)
    assert len(client.get("/dispatch.json").json()["matters"]) == 1


def test_forms_that_are_not_ours_or_do_not_fit_change_nothing(
    client: TestClient, workspace: Workspace
) -> None:
    workspace.dispatch().open(CHANGE, "李")
    assert client.post(f"{PAGE}/close", data={"words": "x", "by": "李"}).status_code == 403
    assert (
        client.post(
            f"{PAGE}/close", data={"token": token(client)}, headers={"sec-fetch-site": "cross-site"}
        ).status_code
        == 403
    )
    status, page = post(client, f"{PAGE}/ask", words="为何？")
    assert status == 409 and "DISPATCH-006" in page
    assert post(client, f"{PAGE}/dance", words="x")[0] == 404
    assert post(client, "/dispatch/nothing/close", words="x")[0] == 404
    assert client.get("/dispatch/nothing").status_code == 404
    assert workspace.dispatch().matter(CHANGE.id).state == "open"


def test_words_of_a_list_or_a_form_are_shown_and_never_run(client: TestClient, workspace: Workspace) -> None:
    workspace.dispatch().open(CHANGE, "<script>alert(1)</script>")
    page = client.get(PAGE).text
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def called(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_the_register_from_the_command_line(workspace: Workspace, tmp_path: Path) -> None:
    here = ("--workspace", str(workspace.folder), "--lang", "en")
    code, said = called(
        "dispatch",
        "open",
        "精炼铜",
        "supply",
        "2022-08",
        "green",
        "red",
        "--by",
        "Li",
        "--reason",
        "low stocks",
        *here,
    )
    assert code == 0 and CHANGE.id in said and "low stocks" in said
    assert (
        "no second one"
        in called("dispatch", "open", "cu.refined", "supply", "2022-08", "green", "red", "--by", "Li", *here)[
            1
        ]
    )
    assert called("dispatch", "ask", CHANGE.id, "样例企业甲", "-m", "why?", "--by", "Li", *here)[0] == 0
    assert (
        "repairs"
        in called("dispatch", "answer", CHANGE.id, "样例企业甲", "-m", "repairs", "--by", "Li", *here)[1]
    )
    assert "closed" in called("dispatch", "close", CHANGE.id, "-m", "checked", "--by", "Wang", *here)[1]
    shown = json.loads(called("dispatch", "show", CHANGE.id, "--json", "-w", str(workspace.folder))[1])
    assert shown["state"] == "closed" and shown["questions"][0]["answered"]["words"] == "repairs"
    assert json.loads(
        called("dispatch", "list", "--json", "--state", "open", "-w", str(workspace.folder))[1]
    ) == {"matters": []}
    (tmp_path / "bad.csv").write_text(LIST.replace("精炼铜", "魔铜"), encoding="utf-8")
    code, said = called("dispatch", "import-list", str(tmp_path / "bad.csv"), "--by", "Zhou", *here)
    assert code == 3 and "1 enterprises" in said and "DISPATCH-002" in said and "bad.csv!B3" in said


def test_the_calendar_from_the_command_line(workspace: Workspace) -> None:
    code, said = called("releases", "--day", "2022-09-30", "-w", str(workspace.folder), "--lang", "en")
    assert (
        code == 0
        and "monthly report on industrial production  Jul 2022  15 Aug 2022 (our expectation)  late  10 working days"
        in said
    )
    data = json.loads(
        called("releases", "--day", "2022-09-30", "--json", "--state", "late", "-w", str(workspace.folder))[1]
    )
    assert [row["period"] for row in data["releases"]] == ["2022-07"]
    (workspace.folder / "releases").mkdir()
    (workspace.folder / "releases" / "own.toml").write_text("[[release]]\nkey = 'x'\n", encoding="utf-8")
    code, said = called("releases", "-w", str(workspace.folder), "--lang", "en")
    assert code == 3 and "MONITOR-001" in said


def test_a_balance_is_kept_as_derived_facts_that_name_their_parents(workspace: Workspace) -> None:
    traded = [
        Fact(fact_id(m, p), "cu.refined", m, p, Decimal(v), "吨", Decimal(0), "2" * 64, None, "test", place="CN")
        for p in ("2022-06", "2022-07") for m, v in (("import", "300000"), ("export", "20000"))
    ]  # fmt: skip
    workspace.ledger.append(traded)
    july = workspace.balance("cu.refined").rows[-1].cells["apparent_use_gross"]
    assert july.value == Decimal("92.5") + 30 - 2
    assert workspace.keep_balance("cu.refined") == 2 and workspace.keep_balance("cu.refined") == 0
    [kept] = workspace.facts(rule="monitor.apparent_use_gross", period="2022-07")
    assert len(kept.parents) == 3 and workspace.explain(kept.id).parents
    here = ("-w", str(workspace.folder), "--lang", "en")
    code, said = called("balance", "cu.refined", "--last", "1", *here)
    assert code == 0 and "Jul 2022" in said and "Jun 2022" not in said
    assert (
        "apparent use, stocks left out  120.5×10,000 t" in said
        and "closing stocks  — (the ledger has no weekly closing stocks of" in said
    )
    rows = json.loads(called("balance", "cu.refined", "--to", "Q", "--json", *here)[1])["rows"]
    [june] = [row for row in rows if (row["period"], row["item"]) == ("2022-Q2", "output")]
    assert (june["value"], june["so_far"], june["present"], june["expected"]) == (None, "91.8", 1, 3)
    assert "19" not in called("balance", *here)[1] and len(called("balance", *here)[1].splitlines()) == 19
    with pytest.raises(touchstone.errors.UnreadableFile, match="MONITOR-002"):
        CliRunner().invoke(app, ["balance", "cu.refined", "--to", "D", *here], catch_exceptions=False)
    with pytest.raises(touchstone.errors.UnknownSeries, match="no balance"):
        workspace.balance("unobtainium")
