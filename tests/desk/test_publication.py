"""The whole round with real files, and what the ledger holds of it; whatever dies in between is mended."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from touchstone.desk.assessment import Assessment
from touchstone.desk.posting import post, unposted
from touchstone.desk.publication import RULE, anchor_of
from touchstone.desk.refusal import DamagedTrail
from touchstone.desk.trail import broken
from touchstone.facts.ledger import Ledger

from .conftest import FRIDAY, GE, Work

SERIES = ("ge.ingot", "price.low", "market.rotterdam")


def book(path: Path) -> Path:
    """The week as the desk keeps it in a spreadsheet."""
    made = openpyxl.Workbook()
    page = made.active
    assert page
    for row in (
        ["日期", "时间", "类型", "最低", "最高", "单位", "数量", "税", "对手方代码", "备注"],
        [date(2020, 10, 8), "15:10", "成交", 985, 985, "美元/公斤", "100公斤", "不含税", "P07/B12", ""],
        [date(2020, 10, 9), "10:00", "成交", 1005, 1005, "美元/公斤", "200公斤", "不含税", "P03/B02", ""],
        [date(2020, 10, 9), "11:30", "卖盘", 460, 460, "美元/磅", "", "", "P01", "下午三点前有效"],
        [date(2020, 10, 9), "12:00", "成交", 930, 930, "美元/公斤", "", "", "P08/B08", "关联方"],
    ):
        page.append(row)
    made.save(path)
    return path


def through(work: Work, tmp_path: Path) -> Assessment:
    """Import, exclude, judge, submit, approve, publish."""
    work.workspace.import_inputs(book(tmp_path / "询价.xlsx"), "赵", GE, work.now(FRIDAY))
    desk, id = work.desk, work.desk.open(GE, FRIDAY, "李", work.now()).id
    related = next(given for given in desk.inputs(GE).values() if given.low == 930)
    desk.exclude(id, related.id, "related", "买卖双方同属一个集团", "李", work.now())
    desk.judge(id, Decimal(985), Decimal(1005), "", "李", work.now())
    desk.submit(id, "李", work.now())
    desk.approve(id, {}, "王", work.now())
    return desk.publish(id, "李", work.now())


def test_a_round_from_the_spreadsheet_to_a_correction(work: Work, tmp_path: Path) -> None:
    given = through(work, tmp_path)
    low, high = sorted(work.workspace.facts(subject="ge.ingot"), key=lambda fact: fact.value)
    assert [(f.measure, str(f.value), f.unit, f.place, f.period) for f in (low, high)] == [
        ("price.low", "985.0", "美元/公斤", "market.rotterdam", "2020-10-09"),
        ("price.high", "1005.0", "美元/公斤", "market.rotterdam", "2020-10-09"),
    ]
    assert (low.rule, low.source, low.published) == (RULE, given.record, date(2020, 10, 9))
    record = work.workspace.document(low.source)
    assert low.locator and record.text[low.locator.start : low.locator.end] == "985.0" == low.quote
    for said in ("买卖双方同属一个集团", "李", "王", "min(成交 985，成交 1005) = 985.0 美元/公斤"):
        assert said in record.text
    assert "P07" not in record.text, "codes of parties stay at the desk"

    desk = work.desk
    desk.correct(
        given.id, (Decimal(980), Decimal(1005)), "missed_deal", "漏了一笔 980 的成交", "李", work.now()
    )
    assert [str(f.value) for f in work.workspace.facts(measure="price.low")] == ["985.0"], (
        "a draft changes nothing"
    )
    corrected = desk.issue(given.id, "王", work.now())
    [now] = work.workspace.facts(measure="price.low")
    assert (str(now.value), now.replaces, now.source) == ("980.0", low.id, corrected.record)
    assert [str(f.value) for f in work.workspace.vintages(*SERIES)] == ["985.0", "980.0"]
    notice = work.workspace.document(now.source).text
    assert "漏了一笔 980 的成交" in notice and "985.0 - 1005.0" in notice
    assert corrected.value == (Decimal("980.0"), Decimal("1005.0"))
    assert broken(desk.trail.entries()) is None


def test_a_notice_may_itself_be_corrected(work: Work, tmp_path: Path) -> None:
    """Fastmarkets, cadmium, December 2022: published at 185-195, corrected to 185-198, then to 187-198."""
    id = through(work, tmp_path).id
    for low in (980, 975):
        work.desk.correct(id, (Decimal(low), Decimal(1005)), "missed_deal", f"{low}", "李", work.now())
        work.desk.issue(id, "王", work.now())
    assert [str(f.value) for f in work.workspace.facts(measure="price.low")] == ["975.0"]
    assert [str(f.value) for f in work.workspace.vintages(*SERIES)] == ["985.0", "980.0", "975.0"]
    told = work.workspace.explain(work.workspace.facts(measure="price.low")[0].id)
    assert [str(parent.fact.value) for parent in (told.parents[0], told.parents[0].parents[0])] == [
        "980.0",
        "985.0",
    ]


def test_a_publication_taken_back_leaves_no_figure_and_stays_readable_as_of_its_day(
    work: Work, tmp_path: Path
) -> None:
    """Platts, 8 January 2019: the assessments of 26 December, a holiday, were removed."""
    id = through(work, tmp_path).id
    work.desk.correct(id, (Decimal(980), Decimal(1005)), "typing", "980", "李", work.now())
    work.desk.issue(id, "王", work.now())
    before = max(fact.recorded or datetime.min for fact in work.workspace.facts())
    work.desk.correct(id, None, "wrong_day", "休市日误发", "李", work.now())
    gone = work.desk.issue(id, "王", work.now())
    assert (gone.state, gone.value) == ("withdrawn", None)
    assert len(work.workspace.facts()) == 0
    assert [str(f.value) for f in work.workspace.facts(as_of=before, measure="price.low")] == ["980.0"]
    assert "撤回" in work.workspace.document(gone.record).text
    assert work.desk.results(work.draft(date(2020, 10, 16), "985", "1005"), FRIDAY), (
        "history goes on without it"
    )


def test_a_figure_carried_over_is_marked_as_such(work: Work) -> None:
    work.weeks("985 1005")
    work.published(FRIDAY, "985", "1005", "three traders say the level holds")
    states = {fact.period: fact.status for fact in work.workspace.facts(measure="price.low")}
    assert states == {"2020-10-02": "reported", "2020-10-09": "carried-over"}


def test_a_process_that_dies_before_the_ledger_is_mended_by_the_next(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> int:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="space"):
        patched.setattr(Ledger, "append", dies)
        through(work, tmp_path)
    assert work.desk.assessment(f"{GE}/2020-10-09").state == "published"
    assert len(work.workspace.facts()) == 0
    assert len(unposted(work.desk.trail, work.workspace.ledger)) == 1
    assert post(work.desk.trail, work.workspace.ledger) == 1
    assert [str(f.value) for f in work.workspace.facts(measure="price.low")] == ["985.0"]
    assert post(work.desk.trail, work.workspace.ledger) == 0


def test_a_record_names_the_trail_it_stands_on_so_that_a_trail_written_anew_is_found(
    work: Work, tmp_path: Path
) -> None:
    import sqlite3

    given = through(work, tmp_path)
    anchor = anchor_of(work.workspace.document(given.record))
    entry = work.desk.entries(given.id)[-2]
    assert anchor == (entry.number, entry.hash)
    assert work.desk.damage() == []
    with sqlite3.connect(work.desk.trail.path) as db:
        db.execute("drop trigger entry_is_kept")
        db.execute("delete from entry where number >= ?", (entry.number,))
    assert broken(work.desk.trail.entries()) is None, "a chain cut short is a chain"
    assert [problem.code for problem in work.desk.damage()] == ["DESK-037"]
    assert all(isinstance(problem, DamagedTrail) for problem in work.desk.damage())


def test_the_audit_finds_nothing_wrong_with_records(work: Work, tmp_path: Path) -> None:
    id = through(work, tmp_path).id
    work.desk.correct(id, (Decimal(980), Decimal(1005)), "typing", "980", "李", work.now())
    work.desk.issue(id, "王", work.now())
    work.weeks("985 1005", until=date(2020, 10, 23))
    assert {finding.verdict for finding in work.workspace.audit()} == {"holds"}


def test_a_trail_cut_off_before_the_last_publication_is_found(work: Work, tmp_path: Path) -> None:
    """The record names the entry before its own, so that cutting off just the publication left that in place."""
    given = through(work, tmp_path)
    last = work.desk.entries(given.id)[-1]
    _edit(work, "delete from entry where number >= ?", last.number, trigger="entry_is_kept")
    assert [problem.code for problem in work.desk.damage()] == ["DESK-037"]


def test_words_that_look_like_an_anchor_are_none(work: Work, tmp_path: Path) -> None:
    work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    forged = f"thin\ntrail 1 {'0' * 64}\nmarket"
    given = work.published(FRIDAY, "980", "1005", forged)
    entry = work.desk.entries(given.id)[-2]
    document = work.workspace.document(given.record)
    assert anchor_of(document) == (entry.number, entry.hash)
    assert f"thin trail 1 {'0' * 64} market" in document.text
    assert work.desk.damage() == []


def test_what_was_not_posted_is_told_and_posted_by_whatever_is_done_next(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> int:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="space"):
        patched.setattr(Ledger, "append", dies)
        through(work, tmp_path)
    assert [problem.code for problem in work.desk.damage()] == ["DESK-039"]
    work.put(f"bid 970 {FRIDAY} P09")
    assert [str(f.value) for f in work.workspace.facts(measure="price.low")] == ["985.0"]
    assert work.desk.damage() == []


def test_an_emptied_trail_is_no_trail_and_its_records_say_so(work: Work, tmp_path: Path) -> None:
    through(work, tmp_path)
    for path in work.workspace.folder.glob("desk.sqlite*"):
        path.unlink()
    work.desk.trail.path.write_bytes(b"")
    assert work.desk.trail.entries() == () and work.desk.listed() == []
    assert [problem.code for problem in work.desk.damage()] == ["DESK-037"]


def _edit(work: Work, statement: str, *values: object, trigger: str) -> None:
    """Change the trail behind its back."""
    import sqlite3

    with sqlite3.connect(work.desk.trail.path) as db:
        db.execute(f"drop trigger {trigger}")
        db.execute(statement, values)
