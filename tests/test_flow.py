"""The workspace: from files to documents, facts and findings, one step after the other."""

import os
from datetime import date
from decimal import Decimal
from getpass import getuser
from pathlib import Path

import pytest

import touchstone
from touchstone.errors import LedgerError, NoRate, TouchstoneError, UnknownFact, UnknownSeries
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.flow import Workspace

NOTE = "# 铜产量\n\n2022年6月，全国精炼铜产量85.7万吨，同比增长3.2%。\n\n1-6月，精炼铜产量533.4万吨。\n"
ENGLISH = "In June 2022 refined copper output was 857,000 tonnes, up 3.2% year on year.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return touchstone.open(tmp_path / "workspace")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "铜 产量.txt").write_text(NOTE, "utf-8")
    (folder / "note.txt").write_text(ENGLISH, "utf-8")
    return folder


def printed(workspace: Workspace) -> set[str]:
    return {fact.quote for fact in workspace.facts()}


def test_a_folder_becomes_documents_and_facts(workspace: Workspace, docs: Path) -> None:
    told: list[tuple[int, int, str]] = []
    report = workspace.read([docs], lambda *step: told.append(step))
    assert [entry.name for entry in report.documents] == ["note.txt", "铜 产量.txt"]
    assert (report.problems, report.unchanged) == ([], 0)
    assert report.added == len(workspace.facts()) == sum(entry.figures for entry in report.documents) > 3
    assert told == [(1, 2, "note.txt"), (2, 2, "铜 产量.txt")]
    [english, chinese] = workspace.documents()
    assert workspace.raw(chinese.hash) == NOTE.encode()
    assert workspace.document(english.hash).text.startswith("In June 2022")
    assert (english.size, english.chars) == (len(ENGLISH), len(workspace.document(english.hash).text))
    facts = workspace.facts(source=chinese.hash)
    text = workspace.document(chinese.hash).text
    assert all(fact.locator and text[fact.locator.start : fact.locator.end] == fact.quote for fact in facts)


def test_the_same_files_again_add_nothing(workspace: Workspace, docs: Path) -> None:
    workspace.read([docs])
    before = list(workspace.facts()), workspace.documents()
    again = workspace.read([docs, docs / "note.txt"])
    assert (again.documents, again.added, again.unchanged) == ([], 0, 2)
    assert (list(workspace.facts()), workspace.documents()) == before


def test_a_changed_file_makes_a_new_vintage(workspace: Workspace, docs: Path) -> None:
    workspace.read(docs)
    [old] = [entry for entry in workspace.documents() if entry.name == "铜 产量.txt"]
    (docs / "铜 产量.txt").write_text(NOTE.replace("85.7", "86.1"), "utf-8")
    report = workspace.read(docs)
    assert [entry.name for entry in report.documents] == ["铜 产量.txt"] and report.unchanged == 1
    assert not any("85.7" in quote for quote in printed(workspace))
    assert any("85.7" in fact.quote for fact in workspace.facts(as_of=old.recorded))
    [fact] = [fact for fact in workspace.facts() if "86.1" in fact.quote]
    values = [
        v.value for v in workspace.vintages(fact.subject, fact.measure, fact.place, fact.period, unit="万吨")
    ]
    assert values == [Decimal("85.7"), Decimal("86.1")]


def test_files_that_older_rules_have_read_are_read_anew(
    workspace: Workspace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("touchstone.read.intake.edition", lambda: "older")
        older.setattr("touchstone.read.intake.read_figures", lambda document: [])
        assert workspace.read(docs).added == 0
    (docs / "copy.txt").write_text(NOTE, "utf-8")
    report = workspace.read(docs)
    assert report.added == len(workspace.facts()) > 3
    assert (len(report.documents), report.unchanged) == (3, 0)
    assert all(entry.figures for entry in workspace.documents())
    assert workspace.read(docs).unchanged == 3


def test_two_files_of_one_name_are_two_documents(workspace: Workspace, tmp_path: Path) -> None:
    for week in ("week1", "week2"):
        (tmp_path / week).mkdir()
        (tmp_path / week / "bulletin.txt").write_text(f"2022年6月铜产量{week[-1]}0万吨。", "utf-8")
        workspace.read([tmp_path / week])
    assert [entry.name for entry in workspace.documents()] == ["bulletin.txt", "week2/bulletin.txt"]
    assert len(workspace.facts()) == 2
    (tmp_path / "week2" / "bulletin.txt").write_text("2022年6月铜产量21万吨。", "utf-8")
    [changed] = workspace.read([tmp_path / "week1", tmp_path / "week2"]).documents
    assert changed.name == "week2/bulletin.txt" and len(workspace.documents()) == 2


def test_one_document_under_two_names_is_read_once(workspace: Workspace, docs: Path) -> None:
    (docs / "copy.txt").write_text(NOTE, "utf-8")
    report = workspace.read(docs)
    assert len(report.documents) == 3
    assert report.added == len(workspace.facts())
    figures = {entry.name: entry.figures for entry in workspace.documents()}
    assert figures["copy.txt"] == figures["铜 产量.txt"] > 0
    assert {entry.hash for entry in workspace.documents()} == set(
        workspace.facts().to_arrow()["source"].to_pylist()
    )


def test_what_cannot_be_read_is_a_problem_and_the_rest_goes_on(workspace: Workspace, docs: Path) -> None:
    (docs / "empty.txt").touch()
    (docs / "broken.pdf").write_bytes(b"%PDF-1.7 truncated")
    report = workspace.read([docs, docs / "absent.txt"])
    assert sorted(problem.where for problem in report.problems) == ["absent.txt", "broken.pdf", "empty.txt"]
    assert all(problem.fix and problem.code for problem in report.problems)
    assert len(report.documents) == 2


def test_hidden_files_and_the_workspace_itself_are_passed_over(docs: Path) -> None:
    workspace = touchstone.open(docs / "workspace")
    (docs / ".hidden.txt").write_text("铜产量1万吨", "utf-8")
    (docs / ".git").mkdir()
    (docs / ".git" / "note.txt").write_text("铜产量1万吨", "utf-8")
    for _ in range(2):
        workspace.read(docs)
        assert [entry.name for entry in workspace.documents()] == ["note.txt", "铜 产量.txt"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_link_out_of_the_folder_is_not_followed(workspace: Workspace, docs: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("铜产量99万吨", "utf-8")
    (docs / "link.txt").symlink_to(tmp_path / "secret.txt")
    (docs / "folder").symlink_to(tmp_path)
    (docs / "inside.txt").symlink_to(docs / "note.txt")
    report = workspace.read(docs)
    assert [problem.where for problem in report.problems] == ["link.txt"]
    assert [entry.name for entry in report.documents] == ["inside.txt", "铜 产量.txt"], (
        "note.txt is inside.txt"
    )


def test_a_folder_of_many_files_is_committed_in_batches(
    workspace: Workspace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchstone.read.intake._BATCH_FACTS", 2)
    for day in range(1, 8):
        (docs / f"{day}.txt").write_text(f"2022年6月{day}日，铜价{day}0000元/吨。", "utf-8")
    report = workspace.read(docs)
    assert len(report.documents) == 9 and report.added == len(workspace.facts())
    assert len({entry.recorded for entry in workspace.documents()}) > 2


def test_the_audit_is_kept_until_the_next(workspace: Workspace, docs: Path) -> None:
    assert workspace.findings() == ()
    (docs / "sum.txt").write_text(
        "6月，铜产量85.7万吨，其中，甲厂50.0万吨，乙厂30.0万吨，丙厂1.0万吨。", "utf-8"
    )
    workspace.read(docs)
    findings = workspace.audit()
    assert findings and workspace.findings() == findings == touchstone.open(workspace.folder).findings()
    fact = findings[0].facts[0]
    assert findings[0] in workspace.findings_of(fact)
    assert workspace.findings_of("0" * 20) == ()
    assert workspace.audit() == findings, "same input, same output"


def test_an_accepted_finding_counts_as_accepted_until_its_day(workspace: Workspace, docs: Path) -> None:
    (docs / "text.txt").write_text(
        "2022年7月，精炼铜产量85.7万吨。1-6月，精炼铜产量533.4万吨。1-7月，精炼铜产量700.1万吨。", "utf-8"
    )  # fmt: skip
    workspace.read(docs)
    failed = [finding for finding in workspace.audit() if finding.verdict == "fails"]
    assert failed, "1-6月 and 7月 do not make 1-7月"
    workspace.accept(failed[0].id, '修订："见公告"\n', date(2027, 1, 1), "李")
    verdicts = {f.id: f.verdict for f in workspace.audit(today=date(2027, 1, 1))}
    assert verdicts[failed[0].id] == "accepted"
    verdicts = {f.id: f.verdict for f in workspace.audit(today=date(2027, 1, 2))}
    assert verdicts[failed[0].id] == "fails"
    with pytest.raises(TouchstoneError, match="reason"):
        workspace.accept(failed[0].id, "  ")
    with pytest.raises(TouchstoneError, match="2026-01-01"):
        workspace.accept(failed[0].id, "late", date(2026, 1, 1), today=date(2026, 1, 2))


def test_an_acceptance_says_why_who_and_how_long_and_can_be_withdrawn(
    workspace: Workspace, docs: Path
) -> None:
    (docs / "text.txt").write_text(
        "2022年7月，精炼铜产量85.7万吨。1-6月，精炼铜产量533.4万吨。1-7月，精炼铜产量700.1万吨。", "utf-8"
    )  # fmt: skip
    workspace.read(docs)
    [failed, *_] = [finding for finding in workspace.audit() if finding.verdict == "fails"]
    mine = '# kept by hand\n\n[[accepted]]\nfinding = "other"\nreason = "fine" # why\n\n# the next\n'
    (workspace.folder / "accepted.toml").write_text(mine, "utf-8")
    workspace.accept(failed.id, "口径不同", date(2099, 1, 1))
    [note] = [finding.note for finding in workspace.audit() if finding.id == failed.id]
    assert note and all(part in note.zh for part in ("已认可", "口径不同", getuser(), "2099-01-01"))
    assert note and all(part in note.en for part in ("Accepted", "口径不同", getuser(), "2099-01-01"))
    assert workspace.withdraw(failed.id) and not workspace.withdraw(failed.id)
    assert failed in workspace.audit()
    assert (workspace.folder / "accepted.toml").read_text("utf-8").rstrip() == mine.rstrip()


def test_a_series_that_is_not_there_names_the_nearest(workspace: Workspace, docs: Path) -> None:
    workspace.read(docs)
    key = workspace.series_keys()[0]
    assert len(workspace.series(key.subject, key.measure, key.place))
    with pytest.raises(UnknownSeries, match=key.subject):
        workspace.series(key.subject + "x", key.measure, key.place)
    assert len(workspace.series(key.subject, key.measure, key.place, as_of=date(2000, 1, 1))) == 0


def test_search_finds_figures_by_what_they_are_and_by_their_sentence(
    workspace: Workspace, docs: Path
) -> None:
    workspace.read(docs)
    assert {str(fact.value) for fact in workspace.search("精炼铜 同比")} == {"3.2"}
    assert {"85.7", "3.2"} <= {str(fact.value) for fact in workspace.search("全国精炼铜产量")}, (
        "words of the sentence"
    )
    [passage] = workspace.passages("REFINED copper")
    assert passage.name == "note.txt" and passage.text == ENGLISH and passage.facts
    assert {str(fact.value) for fact in workspace.search("精炼铜 tonnes")} == {"857000"}
    assert workspace.search("锌 tonnes") == workspace.search("") == workspace.search("  ") == []
    assert len(workspace.search("铜", limit=1)) == 1


def test_a_figure_is_explained_and_corrected(workspace: Workspace, docs: Path) -> None:
    workspace.read(docs)
    [fact] = [fact for fact in workspace.facts() if "85.7" in fact.quote]
    tree = workspace.explain(fact.id)
    assert tree.document == "铜 产量.txt" and tree.quote == fact.quote and "精炼铜产量" in tree.before
    new = workspace.correct(fact.id, Decimal("86.0"), "国家统计局更正")
    assert workspace.fact(new.id).value == Decimal("86.0")
    assert [p.fact.id for p in workspace.explain(new.id).parents] == [fact.id]
    with pytest.raises(UnknownFact):
        workspace.explain("0" * 20)
    with pytest.raises(LedgerError):
        workspace.document("../../etc/passwd")


def test_a_copied_workspace_is_whole(workspace: Workspace, docs: Path, tmp_path: Path) -> None:
    import shutil

    workspace.read(docs)
    workspace.audit()
    shutil.copytree(workspace.folder, tmp_path / "copy")
    copy = touchstone.open(tmp_path / "copy")
    assert list(copy.facts()) == list(workspace.facts())
    assert copy.documents() == workspace.documents() and copy.findings() == workspace.findings()


def test_importing_touchstone_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, touchstone; print([m for m in ('pyarrow', 'duckdb', 'numpy', 'lxml') if m in sys.modules])"
    source = str(Path(touchstone.__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": source}
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env).stdout == "[]\n"
    )


def test_a_file_that_is_gone_is_withdrawn_and_stays_as_a_vintage(workspace: Workspace, docs: Path) -> None:
    workspace.read(docs)
    [gone] = [entry for entry in workspace.documents() if entry.name == "铜 产量.txt"]
    before = list(workspace.facts())
    (docs / "铜 产量.txt").unlink()
    assert workspace.read(docs / "note.txt").withdrawn == (), "only a folder tells that a file is gone"
    report = workspace.read(docs)
    assert (report.withdrawn, report.unchanged) == (("铜 产量.txt",), 1)
    assert [entry.name for entry in workspace.documents()] == ["note.txt"]
    assert gone.hash not in {fact.source for fact in workspace.facts()}
    assert not any(gone.hash in finding.sources for finding in workspace.audit())
    moment = max(fact.recorded for fact in before if fact.recorded)
    assert list(workspace.facts(as_of=moment)) == before
    assert {entry.name for entry in workspace.documents(as_of=moment)} == {"note.txt", "铜 产量.txt"}
    one = next(fact for fact in before if fact.source == gone.hash and fact.period)
    stated = workspace.vintages(one.subject, one.measure, one.place, one.period, unit=one.unit)
    assert gone.hash in {fact.source for fact in stated}
    assert workspace.read(docs).withdrawn == ()
    (docs / "铜 产量.txt").write_text(NOTE, "utf-8")
    assert [entry.name for entry in workspace.read(docs).documents] == ["铜 产量.txt"]
    assert list(workspace.facts()) == before


def test_a_file_under_a_new_name_is_one_document(workspace: Workspace, docs: Path) -> None:
    workspace.read(docs)
    before = {fact.id for fact in workspace.facts()}
    (docs / "铜 产量.txt").rename(docs / "铜.txt")
    report = workspace.read(docs)
    assert report.withdrawn == ("铜 产量.txt",) and [entry.name for entry in report.documents] == ["铜.txt"]
    assert {fact.id for fact in workspace.facts()} == before


def test_what_lies_elsewhere_or_cannot_be_read_now_is_not_withdrawn(
    workspace: Workspace, docs: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text("2022年6月铝产量9万吨。", "utf-8")
    workspace.read([docs, tmp_path / "other"])
    (tmp_path / "other" / "b.txt").unlink()
    (docs / "note.txt").write_bytes(b"")
    report = workspace.read(docs)
    assert report.withdrawn == () and len(report.problems) == 1
    assert len(workspace.documents()) == 3


def test_a_document_the_reader_stumbles_over_is_a_problem_and_the_rest_is_read(
    workspace: Workspace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from touchstone.read.figures import read_figures

    def stumbling(document: Document) -> list[Fact]:
        if "stumble" in document.text:
            raise ValueError("month must be in 1..12")
        return read_figures(document)

    monkeypatch.setattr("touchstone.read.intake.read_figures", stumbling)
    (docs / "b.txt").write_text("stumble 2022年6月铜产量3万吨。", "utf-8")
    report = workspace.read(docs)
    [problem] = report.problems
    assert problem.code == "READ-025" and "b.txt" in str(problem) and "出错" in problem.text("zh")
    assert len(report.documents) == len(workspace.documents()) > 0


def test_a_document_that_still_lies_in_another_folder_is_not_withdrawn(
    workspace: Workspace, tmp_path: Path
) -> None:
    folders = [tmp_path / "x", tmp_path / "y"]
    for folder in folders:
        folder.mkdir()
        (folder / "a.txt").write_text(NOTE, "utf-8")
    workspace.read(folders)
    (folders[0] / "a.txt").unlink()
    assert workspace.read(folders).withdrawn == ()
    assert workspace.read([folders[0]]).withdrawn == () and len(workspace.facts()) > 0


def test_prices_become_quotes_by_the_quotations_of_the_workspace_and_rates_are_found(
    workspace: Workspace, docs: Path
) -> None:
    (docs / "价格.txt").write_text("2020年10月8日，鹿特丹锗价格为1010美元/公斤。", "utf-8")
    workspace.read(docs)
    [quote] = workspace.quotes().quotes
    assert (quote.quotation.code, quote.low, quote.unit) == (
        "ge.ingot@market.rotterdam",
        Decimal(1010),
        "USD/kg",
    )
    assert workspace.quotes(as_of=date(2000, 1, 1)).quotes == ()
    declared = 'code = "x"\ncommodity = "ge"\nmarket = "market.rotterdam"\nsubjects = ["ge"]\nunit = "USD/kg"\nsource = "desk"\n'
    (workspace.folder / "quotations.toml").write_text(f"[[quotation]]\n{declared}", "utf-8")
    assert workspace.quotations().get("x")
    assert [quote.quotation.code for quote in workspace.quotes().quotes] == ["x"]
    with pytest.raises(NoRate):
        workspace.exchange_rates().on(date(2020, 10, 8), "USD", "CNY")
