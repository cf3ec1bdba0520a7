"""Notices: what is left out, contradicted or restated is told to the editor, and the issue is made all the same."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import touchstone
from touchstone.flow import Workspace
from touchstone.publish.bulletin.issue import Issue, issue_of, known_of
from touchstone.publish.sentence import in_words

from .conftest import BEFORE, FRIDAY

Make = Callable[..., Issue]
BISMUTH = {
    BEFORE.isoformat(): "国内铋锭报41000-42000元/吨。",
    FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。",
}


def codes(issue: Issue) -> list[str]:
    return [notice.code for notice in issue.notices]


def test_a_change_that_a_document_states_otherwise_is_told_with_both_numbers_and_the_document(
    make: Make,
) -> None:
    texts = BISMUTH | {FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨，均价较上周五上涨900元/吨。"}
    [notice] = make(texts).notices
    assert notice.code == "BULLETIN-012" and notice.where.startswith("weekly-2020-10-16.txt")
    assert "+900" in notice.found and "+500" in notice.found and notice.zh


def test_a_change_that_a_document_states_in_another_size_of_the_unit_is_the_same(make: Make) -> None:
    texts = BISMUTH | {FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨，均价较上周五上涨0.05万元/吨。"}
    assert make(texts).notices == ()


def test_a_price_that_moved_is_not_what_a_document_calls_unchanged(make: Make) -> None:
    texts = BISMUTH | {FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨，均价较上周五保持不变。"}
    assert codes(make(texts)) == ["BULLETIN-012"]


def test_a_quote_that_has_no_place_in_the_layout_is_told(make: Make) -> None:
    texts = BISMUTH | {"2020-10-15": "国内精炼镍报120000-121000元/吨。"}
    [notice] = make(texts).notices
    assert (
        notice.code == "BULLETIN-011"
        and "国内" in (notice.zh or ("",))[0]
        and "镍" in (notice.zh or ("",))[0]
    )


def test_a_refused_quote_is_told_also_where_it_was_the_only_one_of_its_document(make: Make) -> None:
    texts = BISMUTH | {"2020-10-15": "国内粗铟报1400元/公斤。国内粗铟报1300元/公斤。"}
    issue = make(texts)
    assert codes(issue) == ["QUOTE-006"]
    said = [sentence.text.zh for sentence in issue.report.sentences()]
    assert "本周报价有误、未予刊出：国内粗铟。" in said
    [never] = [text for text in said if text.startswith("迄今没有报价")]
    assert "粗铟" not in never


def test_a_refused_price_is_not_printed_among_other_figures(make: Make) -> None:
    texts = BISMUTH | {"2020-10-15": "国内精炼镍价格为120000元/吨。国内精炼镍价格为130000元/吨。"}
    issue = make(texts)
    assert "QUOTE-006" in codes(issue)
    assert not any("精炼镍" in s.text.zh for s in issue.report.sentences() if s.rule == "bulletin.digest")


def test_a_told_quote_is_not_told_again_among_other_figures(make: Make) -> None:
    texts = BISMUTH | {"2020-10-15": "国内铋锭10月15日价格为4.15万元/吨。"}
    assert not [s for s in make(texts).report.sentences() if s.rule == "bulletin.digest"]


def workspace_of(texts: dict[str, str], folder: Path) -> Workspace:
    for day, text in texts.items():
        (folder / f"weekly-{day}.txt").write_text(f"{day}\n{text}", encoding="utf-8")
    opened = touchstone.open(folder / "workspace")
    opened.read(folder)
    return opened


def test_what_a_later_document_says_of_the_week_does_not_count(tmp_path: Path) -> None:
    later = {"2020-10-23": "国内铋锭10月16日报45000-46000元/吨，10月23日报45500-46500元/吨。"}
    opened = workspace_of(BISMUTH | later, tmp_path)
    week = issue_of(FRIDAY, known_of(opened, FRIDAY), ("zh",)).week
    assert [q.low for q in week.quoted["bi.ingot@market.domestic"]] == [41500]


def test_a_base_that_was_quoted_otherwise_the_week_before_is_told(tmp_path: Path) -> None:
    texts = BISMUTH | {FRIDAY.isoformat(): "国内铋锭10月9日报41200-42200元/吨，10月16日报41500-42500元/吨。"}
    issue = issue_of(FRIDAY, known_of(workspace_of(texts, tmp_path), FRIDAY), ("zh",))
    [notice] = issue.notices
    assert notice.code == "BULLETIN-013"
    assert "41000—42000元/吨" in (notice.zh or ("",))[0] and "41200—42200元/吨" in (notice.zh or ("",))[0]


def test_the_ledger_is_read_as_of_a_moment_and_the_issue_says_so(tmp_path: Path) -> None:
    opened = workspace_of(BISMUTH, tmp_path)
    [read, *_] = opened.documents()
    known = known_of(opened, FRIDAY)
    assert known.as_of == max(entry.recorded.date() for entry in opened.documents())
    assert known_of(opened, FRIDAY, read.recorded).as_of == read.recorded.date()
    assert known_of(opened, FRIDAY, date(2020, 1, 1)).quoted.quotes == ()
    assert isinstance(read.recorded, datetime)


def test_a_later_quote_of_the_week_is_named_in_a_notice_and_a_note_and_not_printed(tmp_path: Path) -> None:
    later = {"2020-10-23": "国内铋锭10月16日报45000-46000元/吨，10月23日报45500-46500元/吨。"}
    opened = workspace_of(BISMUTH | later, tmp_path)
    issue = issue_of(FRIDAY, known_of(opened, FRIDAY), ("zh", "en"))
    [notice] = issue.notices
    assert notice.code == "BULLETIN-015" and "published on 2020-10-23" in notice.found
    assert "41,500–42,500" in notice.found and "45,000–46,000" in notice.found
    [note] = [
        s.text for s in issue.report.sentences() if "2020-10-23" in s.text.en or "23 October" in s.text.en
    ]
    assert "domestic bismuth ingot of 16 October" in note.en and "after the day of this issue" in note.en
    assert "本期日期之后发布" in note.zh and "45" not in note.zh


def test_a_later_document_that_says_the_same_again_is_not_told(tmp_path: Path) -> None:
    later = {"2020-10-23": "国内铋锭10月16日报4.15-4.25万元/吨，10月23日报45500-46500元/吨。"}
    opened = workspace_of(BISMUTH | later, tmp_path)
    assert issue_of(FRIDAY, known_of(opened, FRIDAY), ("zh", "en")).notices == ()


def test_not_quoted_since_is_said_of_what_was_published_by_the_day_of_the_issue(tmp_path: Path) -> None:
    """7 October 2023 was a working Saturday: its quotes were published on the 13th, after the issue of the 7th."""
    texts = {
        "2023-10-07": "国内铋锭9月28日报54000-55000元/吨。",
        "2023-10-13": "国内铋锭10月7日报54200-55200元/吨，10月13日报54500-55500元/吨。",
    }
    opened, day = workspace_of(texts, tmp_path), date(2023, 10, 7)
    issue = issue_of(day, known_of(opened, day), ("zh", "en"))
    said = " ".join(sentence.text.en for sentence in issue.report.sentences())
    assert "on 28 September, with no newer quote known on the day of this issue" in said
    assert "domestic bismuth ingot of 7 October" in said
    assert [notice.code for notice in issue.notices] == ["BULLETIN-015"]


def test_a_price_that_names_no_market_is_told_and_not_called_never_quoted(make: Make) -> None:
    issue = make(BISMUTH | {"2020-10-15": "Indium ingot was quoted at $170-185/kg on 15 October 2020."})
    assert "QUOTE-009" in codes(issue)
    said = [sentence.text.zh for sentence in issue.report.sentences()]
    [never] = [text for text in said if text.startswith("迄今没有报价")]
    assert "铟" not in never.replace("粗铟", "")


def test_a_price_refused_in_an_earlier_week_was_quoted_though_not_usably(make: Make) -> None:
    issue = make(BISMUTH | {"2020-09-15": "国内粗铟报1400元/公斤。国内粗铟报1300元/公斤。"})
    said = [sentence.text.zh for sentence in issue.report.sentences()]
    assert "以往报价无法采用，本周没有报价：国内粗铟。" in said


def test_the_note_of_a_wrong_unit_and_the_audit_compute_with_the_same_rate(tmp_path: Path) -> None:
    text = (
        "国内镓锭报1760-1810元/公斤。鹿特丹镓锭报275-305元/公斤，鹿特丹铟锭报245-260美元/公斤，"
        "鹿特丹锗锭报1450-1550美元/公斤。"
    )
    opened = workspace_of({"2023-10-13": text}, tmp_path)
    (tmp_path / "rates.csv").write_text("日期,美元\n2023-10-13,717.75\n", encoding="utf-8")
    opened.import_series(tmp_path / "rates.csv", "fx-central-parity", date(2023, 10, 13))
    opened.audit()
    [finding] = [f for f in opened.findings() if f.rule == "unit_sanity" and f.verdict == "fails"]
    issue = issue_of(date(2023, 10, 13), known_of(opened, date(2023, 10, 13)), ("zh", "en"))
    [note] = [s for s in issue.report.sentences() if s.rule == "unit_sanity"]
    assert finding.note and "汇率7.1775" in finding.note.zh
    assert in_words(finding.note.zh, "zh") in note.text.zh
    assert in_words(finding.arithmetic.zh, "zh") in note.text.zh
