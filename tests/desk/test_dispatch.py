"""The dispatch register: a change of light opens one matter; who is concerned, asked, answers; who closes it."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

import touchstone
from touchstone.desk.dispatch import Dispatch
from touchstone.desk.dispatch_list import affected
from touchstone.desk.dispatch_matter import Change
from touchstone.desk.refusal import DamagedTrail, NotAllowed, UnknownMatter, UnusableList
from touchstone.errors import UnknownFact
from touchstone.facts.calendar import NoCalendar
from touchstone.facts.text import Text
from touchstone.flow import Workspace

HEAD = ["企业名称", "品种", "地区", "重点联系", "联系人", "来源"]
ROWS = [
    ["样例企业甲", "铜、铝", "江西", "是", "样例联系人 000-0001", "样例名单"],
    ["样例企业乙", "阴极铜", "云南", "否", "样例联系人 000-0002", "样例名单"],
    ["样例企业丙", "锡", "云南", "", "样例联系人 000-0003", "样例名单"],
    ["样例企业丁", "精炼铜", "江西省", "√", "样例联系人 000-0004", "样例名单"],
]
RED = Change(
    "cu.refined",
    "supply",
    "2022-08",
    "green",
    "red",
    (Text("库存天数低于下限", "days of stocks below the limit"),),
)
NOW = datetime(2022, 9, 29, 9, tzinfo=UTC)
"""A Thursday before the week of the National Day."""


def later(days: int = 0, minutes: int = 0) -> datetime:
    return NOW + timedelta(days=days, minutes=minutes)


def sheet(path: Path, *rows: list, title: str = "白名单") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page
    page.title = title
    for row in rows:
        page.append(row)
    book.save(path)
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = touchstone.open(tmp_path / "w")
    opened.import_white_list(sheet(tmp_path / "名单.xlsx", HEAD, *ROWS), "周", NOW)
    return opened


@pytest.fixture
def desk(workspace: Workspace) -> Dispatch:
    return workspace.dispatch()


def test_a_list_comes_in_by_its_columns_and_broken_rows_are_told_with_sheet_and_cell(tmp_path: Path) -> None:
    workspace = touchstone.open(tmp_path / "w")
    file = sheet(
        tmp_path / "名单.xlsx", HEAD, *ROWS[:2],
        ["样例企业戊", "魔铜", "江西", "是", "样例联系人", ""],
        ["样例企业己", "铜", "火星", "是", "样例联系人", ""],
        ["样例企业庚", "铜", "江西", "或许", "样例联系人", ""],
        ["样例企业辛", "铜", "江西", "是", "", ""],
        ["样例企业甲", "铜", "江西", "是", "样例联系人", ""],
    )  # fmt: skip
    done, problems = workspace.import_white_list(file, "周")
    assert done.listed == 2 and not done.known
    assert [(p.code, p.where) for p in problems] == [
        ("DISPATCH-002", "名单.xlsx!白名单!B4"),
        ("DISPATCH-002", "名单.xlsx!白名单!C5"),
        ("DISPATCH-002", "名单.xlsx!白名单!D6"),
        ("DISPATCH-002", "名单.xlsx!白名单!E7"),
        ("DISPATCH-003", "名单.xlsx!白名单!8"),
    ]
    assert all(p.zh for p in problems)
    first, second = workspace.dispatch().enterprises()
    assert (first.materials, first.region, first.key, first.source) == (
        ("cu", "al"),
        "CN-36",
        True,
        "样例名单",
    )
    assert second.materials == ("cu.cathode",) and second.place == "名单.xlsx!白名单!3"


def test_a_newer_file_of_the_same_name_takes_the_place_of_the_older_and_the_same_again_adds_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    again, _ = workspace.import_white_list(tmp_path / "名单.xlsx", "周")
    assert again.known and len(workspace.dispatch().enterprises()) == 4
    done, _ = workspace.import_white_list(sheet(tmp_path / "名单.xlsx", HEAD, *ROWS[:3]), "周")
    assert (done.listed, done.gone) == (3, 1)
    assert [each.name for each in workspace.dispatch().enterprises()] == [row[0] for row in ROWS[:3]]


def test_a_file_without_the_columns_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("企业名称,品种\n样例企业甲,铜\n", encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    with pytest.raises(UnusableList, match="DISPATCH-001"):
        workspace.import_white_list(tmp_path / "x.csv", "周")
    assert workspace.dispatch().enterprises() == ()


def test_a_csv_in_english_serves_as_well(tmp_path: Path) -> None:
    text = "Company,Material,Region,Key contact,Contact\nSample enterprise,copper; tin,Yunnan,yes,sample contact\n"
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    _, problems = workspace.import_white_list(tmp_path / "list.csv", "Zhou")
    [one] = workspace.dispatch().enterprises()
    assert not problems and one.materials == ("cu", "sn") and one.key and one.source == "list.csv"


def test_a_matter_opened_before_any_list_takes_up_whom_the_first_list_names(tmp_path: Path) -> None:
    opened = touchstone.open(tmp_path / "w")
    before = opened.dispatch().open(RED, "李", NOW).matter
    assert before.affected == ()
    opened.import_white_list(sheet(tmp_path / "名单.xlsx", HEAD, *ROWS), "周", later(minutes=5))
    now = opened.dispatch().matter(before.id)
    assert [each.name for each in now.affected][:1] == ["样例企业丁"] and now.state == "open"
    assert (
        opened.dispatch().ask(before.id, ["样例企业丁"], "库存为何下降？", "李", later(minutes=9)).state
        == "asked"
    )
    assert opened.dispatch().matter(before.id, as_of=later(minutes=1)).affected == ()


def test_whoever_is_listed_with_the_material_or_what_is_above_or_below_it_is_concerned_key_contacts_first(
    desk: Dispatch,
) -> None:
    names = [each.name for each in affected(desk.enterprises(), "cu.refined")]
    assert names == ["样例企业丁", "样例企业甲"]
    assert [each.name for each in affected(desk.enterprises(), "cu")] == [
        "样例企业丁",
        "样例企业甲",
        "样例企业乙",
    ]
    assert [each.name for each in affected(desk.enterprises(), "cu", "CN-53")] == ["样例企业乙"]
    assert affected(desk.enterprises(), "cement") == ()


def test_a_change_opens_one_matter_and_the_same_change_again_opens_nothing(desk: Dispatch) -> None:
    first = desk.open(RED, "李", later(minutes=1))
    again = desk.open(RED, "王", later(days=1))
    assert first.new and not again.new and again.matter == first.matter
    assert len(desk.matters()) == 1 and first.matter.opened.by == "李"
    other = desk.open(Change("cu.refined", "demand", "2022-08", "green", "red"), "李", later(days=2))
    assert other.new and desk.matters()[0].id == other.matter.id


def test_a_change_that_comes_again_after_its_matter_was_closed_reopens_it_with_the_reason(
    desk: Dispatch,
) -> None:
    id = desk.open(RED, "李", later(minutes=1)).matter.id
    desk.close(id, "已核实", "李", later(minutes=2))
    again = desk.open(RED, "touchstone warning", later(days=1))
    assert again.new and again.matter.id == id and again.matter.state == "reopened"
    [act] = again.matter.reopened
    assert "库存天数低于下限" in act.words and "came again" in act.words and act.by == "touchstone warning"
    assert again.matter.deadline == date(2022, 10, 8), "counted from the day it came again"
    assert not desk.open(RED, "李", later(days=2)).new


def test_the_deadline_counts_working_days_make_up_days_included(desk: Dispatch) -> None:
    """Red is due in one working day, yellow in three: Friday, then Saturday 8 October 2022 is worked after the holiday."""
    assert desk.open(RED, "李", later(minutes=1)).matter.deadline == date(2022, 9, 30)
    yellow = Change("cu.refined", "demand", "2022-08", "green", "yellow")
    assert desk.open(yellow, "李", later(minutes=2)).matter.deadline == date(2022, 10, 9)
    own = Change("cu.refined", "price", "2022-08", "green", "yellow")
    assert desk.open(own, "李", later(minutes=3), date(2022, 12, 1)).matter.deadline == date(2022, 12, 1)


def test_a_matter_goes_from_open_over_asked_and_answered_to_closed_and_may_be_reopened(
    desk: Dispatch,
) -> None:
    id = desk.open(RED, "李", later(minutes=1)).matter.id
    asked = desk.ask(id, ["样例企业丁", "样例企业甲"], "产量为何下降？", "李", later(minutes=2))
    assert asked.state == "asked" and len(asked.waiting) == 2
    half = desk.answer(id, "样例企业甲", "检修十天", "王", later(minutes=3))
    assert half.state == "asked" and [each.enterprise for each in half.waiting] == ["样例企业丁"]
    full = desk.answer(id, "样例企业丁", "原料到货推迟", "王", later(minutes=4))
    assert full.state == "answered" and full.questions[1].answered
    closed = desk.close(id, "属短期检修，继续观察", "赵", later(minutes=5))
    assert closed.state == "closed" and closed.closed and closed.closed.by == "赵"
    again = desk.reopen(id, "产量再降", "李", later(days=20))
    assert (
        again.state == "reopened"
        and again.deadline == date(2022, 10, 20)
        and again.questions == full.questions
    )
    assert desk.matter(id, later(minutes=3)).state == "asked"
    assert desk.matter(id, later(minutes=5)).state == "closed"


def test_a_matter_past_its_deadline_is_overdue_by_working_days_until_it_is_closed(desk: Dispatch) -> None:
    matter = desk.open(RED, "李", later(minutes=1)).matter
    assert matter.overdue(date(2022, 9, 30)) == 0
    assert matter.overdue(date(2022, 10, 9)) == 2
    assert desk.close(matter.id, "办结", "李", later(minutes=2)).overdue(date(2022, 10, 9)) == 0
    assert matter.overdue(date(2042, 1, 1)) is None


def test_acts_that_do_not_fit_are_refused_and_leave_no_entry(desk: Dispatch) -> None:
    id = desk.open(RED, "李", later(minutes=1)).matter.id
    before = len(desk.trail.entries())
    for code, act in (
        ("DISPATCH-005", lambda: desk.answer(id, "样例企业甲", "x", "李")),
        ("DISPATCH-005", lambda: desk.reopen(id, "x", "李")),
        ("DISPATCH-006", lambda: desk.ask(id, ["样例企业丙"], "x", "李")),
        ("DISPATCH-006", lambda: desk.ask(id, [], "x", "李")),
        ("DESK-019", lambda: desk.close(id, "  ", "李")),
        ("DESK-018", lambda: desk.close(id, "x", " ")),
    ):
        with pytest.raises(NotAllowed, match=code) as caught:
            act()
        assert caught.value.zh
    with pytest.raises(UnknownMatter, match="DISPATCH-004"):
        desk.close("cu@supply", "x", "李")
    assert len(desk.trail.entries()) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"after": "green"}, {"after": "violet"}, {"side": "left"}, {"material": "unobtainium"}, {"material": ""},
        {"region": "Mars"}, {"period": "August"},
    ],
)  # fmt: skip
def test_a_change_that_says_something_unknown_opens_nothing(desk: Dispatch, changed: dict[str, str]) -> None:
    given = {
        "material": "cu",
        "side": "supply",
        "period": "2022-08",
        "before": "green",
        "after": "red",
    } | changed
    with pytest.raises(NotAllowed, match="DISPATCH-007"):
        desk.open(Change(**given), "李", later(minutes=1))
    assert desk.matters() == ()


def test_a_deadline_in_the_past_a_fact_that_is_none_and_a_year_without_calendar_are_refused(
    desk: Dispatch,
) -> None:
    with pytest.raises(NotAllowed, match="DISPATCH-008"):
        desk.open(RED, "李", later(minutes=1), date(2022, 1, 1))
    with pytest.raises(UnknownFact):
        desk.open(
            Change("cu", "supply", "2022-08", "green", "red", facts=("f" * 20,)), "李", later(minutes=1)
        )
    with pytest.raises(NoCalendar):
        desk.open(RED, "李", datetime(2041, 1, 1, tzinfo=UTC))
    assert desk.matters() == ()


def test_matters_do_not_show_among_assessments_and_both_stand_on_one_chain(
    workspace: Workspace, desk: Dispatch
) -> None:
    desk.open(RED, "李", later(minutes=1))
    assert workspace.desk().listed() == [] and workspace.desk().damage() == []
    assert [entry.what for entry in desk.trail.entries()] == ["dispatch.list", "dispatch.open"]


def test_an_entry_that_was_changed_is_found_and_nothing_is_built_on_it(desk: Dispatch) -> None:
    id = desk.open(RED, "李", later(minutes=1)).matter.id
    with sqlite3.connect(desk.trail.path) as db:
        db.execute("drop trigger entry_is_final")
        [text] = db.execute("select content from entry where what = 'dispatch.open'").fetchone()
        content = json.loads(text)
        content["affected"] = []
        db.execute("update entry set content = ? where what = 'dispatch.open'", [json.dumps(content)])
    assert desk.trail.broken() == 2
    with pytest.raises(DamagedTrail, match="DESK-035"):
        desk.close(id, "办结", "李")
