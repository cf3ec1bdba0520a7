"""The files of an issue: every language and format, all of them or none, and the same quotes when read back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import touchstone
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.publish.bulletin.files import FORMATS, TakenName, UnknownFormat, write_issue
from touchstone.publish.bulletin.issue import Issue, Known, NoQuotes, issue_of, known_of
from touchstone.publish.bulletin.recheck import UnsoundBulletin

WEEK = date(2020, 10, 9)
WEEKLY = "小金属周报-2020-10-09.docx"


@pytest.fixture
def workspace(sample_folder: Path, tmp_path: Path) -> Workspace:
    """A workspace that has read the sample's bulletin."""
    opened = touchstone.open(tmp_path / "workspace")
    opened.read(sample_folder / WEEKLY)
    return opened


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_issue_is_written_in_every_language_and_format(workspace: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    made = workspace.bulletin(WEEK, tmp_path / "out", progress=lambda *step: told.append(step))
    assert names(tmp_path / "out") == ["bulletin-2020-10-09"]
    assert [path.name for path in made.files][:4] == [
        f"小金属市场周报-2020-10-09-zh.{kind}" for kind in ("docx", "xlsx", "pdf", "html")
    ]
    assert len(made.files) == 8 and all(path.stat().st_size > 1000 for path in made.files)
    assert told[-1] == (8, 8, "Minor-Metals-Weekly-2020-10-09-en.html")
    assert made.notices == ()


def test_a_workspace_that_reads_the_bulletin_makes_the_same_bulletin(
    workspace: Workspace, tmp_path: Path
) -> None:
    [path] = workspace.bulletin(WEEK, tmp_path / "out", ("zh",), ("docx",)).files
    second = touchstone.open(tmp_path / "second")
    second.read(path)
    quoted = [
        {code: [(q.period, q.low, q.high, q.unit) for q in quotes] for code, quotes in week.quoted.items()}
        for week in (issue_of(WEEK, known_of(each, WEEK), ("zh",)).week for each in (workspace, second))
    ]
    assert quoted[0] == quoted[1]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_bulletin_read_back_does_not_become_its_own_source(
    workspace: Workspace, tmp_path: Path, kind: str
) -> None:
    [path] = workspace.bulletin(WEEK, tmp_path / "out", ("zh",), (kind,)).files
    before = len(workspace.documents())
    report = workspace.read(tmp_path / "out")
    assert [problem.code for problem in report.problems] == ["READ-027"]
    assert path.name in report.problems[0].where and len(workspace.documents()) == before


def test_writing_again_replaces_file_by_file_and_leaves_the_others(
    workspace: Workspace, tmp_path: Path
) -> None:
    [first, page] = workspace.bulletin(WEEK, tmp_path, ("zh",), ("docx", "html")).files
    kept = first.read_bytes()
    page.write_bytes(b"old")
    (page.parent / "notes.txt").write_text("the editor's", encoding="utf-8")
    [again, english] = workspace.bulletin(WEEK, tmp_path, ("zh", "en"), ("html",)).files
    assert names(page.parent) == sorted((first.name, page.name, english.name, "notes.txt"))
    assert again == page and page.read_bytes() != b"old" and first.read_bytes() == kept
    assert names(tmp_path / "bulletin-2020-10-09") and not list(tmp_path.glob(".bulletin-*"))


@pytest.mark.parametrize("title", ["../../escaped", "/etc/weekly", "周报", "..", "a\\b:c", "长" * 300])
def test_a_title_is_no_way_out_of_the_folder_and_two_languages_are_two_files(
    sample: Known, tmp_path: Path, title: str
) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    named = replace(issue, report=replace(issue.report, title=Text(title, title)))
    files = write_issue(named, sample.quotations, tmp_path / "out", ("zh", "en"), ("html",))
    assert len(set(files)) == 2 and all(path.is_file() for path in files)
    assert {path.resolve().parent for path in files} == {(tmp_path / "out" / "bulletin-2020-10-09").resolve()}
    assert names(tmp_path / "out") == ["bulletin-2020-10-09"]


def test_a_file_where_the_folder_must_be_is_refused_before_anything_is_written(
    sample: Known, tmp_path: Path
) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    for out, place in ((tmp_path, tmp_path / "bulletin-2020-10-09"), (tmp_path / "x", tmp_path / "x")):
        place.write_text("mine", encoding="utf-8")
        with pytest.raises(TakenName) as caught:
            write_issue(issue, sample.quotations, out, ("zh",), ("html",))
        assert caught.value.code == "BULLETIN-014" and caught.value.zh
        assert place.read_text(encoding="utf-8") == "mine"
    assert names(tmp_path) == ["bulletin-2020-10-09", "x"]


def test_issues_written_at_the_same_time_are_all_whole(sample: Known, tmp_path: Path) -> None:
    issue = issue_of(WEEK, sample, ("zh",))

    def write(_: int) -> tuple[Path, ...]:
        return write_issue(issue, sample.quotations, tmp_path, ("zh", "en"), ("html",))

    with ThreadPoolExecutor(4) as pool:
        [files, *others] = pool.map(write, range(4))
    assert others == [files] * 3 and all(path.read_text(encoding="utf-8") for path in files)
    assert names(tmp_path) == ["bulletin-2020-10-09"]


def test_the_same_ledger_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    first, second = (
        [path.read_bytes() for path in workspace.bulletin(WEEK, tmp_path / name, ("zh",)).files]
        for name in ("one", "two")
    )
    assert first == second


def test_where_one_file_cannot_be_written_there_is_none(sample: Known, tmp_path: Path) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    broken = replace(issue, report=replace(issue.report, footer=Text("\a", "\a")))
    with pytest.raises(Exception, match="REPORT-001"):
        write_issue(broken, sample.quotations, tmp_path / "out", ("zh",), ("docx", "html"))
    assert names(tmp_path / "out") == []


def test_an_issue_that_stood_there_stays_where_the_new_one_fails(sample: Known, tmp_path: Path) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    [kept] = write_issue(issue, sample.quotations, tmp_path, ("zh",), ("html",))
    before = kept.read_bytes()
    broken = replace(issue, report=replace(issue.report, footer=Text("\a", "\a")))
    with pytest.raises(Exception, match="REPORT-001"):
        write_issue(broken, sample.quotations, tmp_path, ("zh",), ("html",))
    assert kept.read_bytes() == before and names(tmp_path) == ["bulletin-2020-10-09"]


def test_a_word_file_that_is_read_back_otherwise_is_not_published(sample: Known, tmp_path: Path) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    code = "se.powder@market.domestic"
    dearer = tuple(replace(quote, high=quote.high + 1) for quote in issue.week.quoted[code])
    altered: Issue = replace(issue, week=replace(issue.week, quoted={**issue.week.quoted, code: dearer}))
    with pytest.raises(UnsoundBulletin) as caught:
        write_issue(altered, sample.quotations, tmp_path, ("zh",), ("docx",))
    assert caught.value.code == "BULLETIN-010" and "90-111 CNY/kg → 90-110 CNY/kg" in caught.value.found
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("languages", "formats"), [(("fr",), ("docx",)), (("zh",), ("doc",)), ((), ("pdf",)), (("zh",), ())]
)
def test_a_language_or_format_that_there_is_not_is_refused_before_any_work(
    workspace: Workspace, tmp_path: Path, languages: tuple[str, ...], formats: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownFormat):
        workspace.bulletin(WEEK, tmp_path / "out", languages, formats)
    assert not (tmp_path / "out").exists()


def test_a_week_without_quotes_names_the_weeks_that_have_some(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NoQuotes) as caught:
        workspace.bulletin(date(2020, 7, 24), tmp_path / "out")
    assert "2020-W40, 2020-W41" in caught.value.expected and caught.value.zh
    assert not (tmp_path / "out").exists()


def test_changes_go_back_to_the_ledger_once_and_open_to_the_print(
    workspace: Workspace, tmp_path: Path
) -> None:
    for _ in range(2):
        workspace.bulletin(WEEK, tmp_path, ("zh",), ("html",))
    derived = list(workspace.facts(status="derived"))
    assert len({fact.id for fact in derived}) == len(derived) > 20
    change = next(f for f in derived if f.measure == "price.low.change" and f.subject == "bi.ingot")
    tree = workspace.explain(change.id)
    assert tree.fact.rule == "price.change"
    assert [parent.quote for parent in tree.parents] == ["41500", "41500"]
    assert {parent.document for parent in tree.parents} == {WEEKLY}


def test_a_corrected_price_gives_a_new_change_in_the_place_of_the_old_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.bulletin(WEEK, tmp_path, ("zh",), ("html",))

    def changes() -> list[str]:
        found = workspace.facts(status="derived", subject="ga.ingot", measure="price.low.change")
        return [f"{fact.value}" for fact in found]

    assert changes() == ["0"]
    [low] = [
        fact
        for fact in workspace.facts(subject="ga.ingot", measure="price.low", period="2020-09-30")
        if fact.value == 1250
    ]
    workspace.correct(low.id, low.value - 10, "typed wrongly; the desk's own sheet has 1240")
    workspace.bulletin(WEEK, tmp_path, ("zh",), ("html",))
    assert changes() == ["10"]


def test_a_quote_that_contradicts_itself_is_told_and_the_rest_goes_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    heads = "".join(f'<td colspan="2">{head}</td>' for head in ("粗硒（元/公斤）", "氧化铋（元/吨）"))
    row = "".join(f"<td>{cell}</td>" for cell in ("10月9日", "62", "70", "46000", "45000"))
    note = tmp_path / "note-2020-10-09.html"
    page = f"<h2>国内价格</h2><table><tr><td>日期</td>{heads}</tr><tr>{row}</tr></table>"
    note.write_text(page, encoding="utf-8")
    workspace.read(note)
    made = workspace.bulletin(WEEK, tmp_path / "out", ("zh",), ("html",))
    assert [notice.code for notice in made.notices] == ["QUOTE-002"]
    text = made.files[0].read_text(encoding="utf-8")
    assert "粗硒" in text and "氧化铋10月" not in text
