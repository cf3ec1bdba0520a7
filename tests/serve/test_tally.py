"""Tallies: each trouble counts once."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.audit.finding import Finding
from touchstone.audit.kept import keep_findings
from touchstone.facts.text import Text
from touchstone.publish.tally import counted
from touchstone.serve import terminal
from touchstone.serve.web import console


def finding(id: str, rule: str, verdict: str, facts: str) -> Finding:
    text = Text("题", "title")
    return Finding(id, rule, verdict, tuple(facts), text, text, (), ())


SUM, SHARE, HELD = (
    finding("1", "sum", "fails", "abc"),
    finding("2", "table_share", "fails", "cd"),
    finding("3", "sum", "holds", "de"),
)
REPEATS, SAYS_MORE = finding("4", "joint", "fails", "abcd"), finding("5", "joint", "fails", "abcde")


def test_a_group_whose_figures_all_fail_by_themselves_is_not_counted_again() -> None:
    assert counted([SUM, SHARE, REPEATS, HELD]) == [SUM, SHARE, HELD]


def test_a_group_with_a_figure_that_fails_nowhere_else_counts() -> None:
    assert counted([SUM, SHARE, SAYS_MORE, HELD]) == [SUM, SHARE, SAYS_MORE, HELD]
    assert counted([HELD, SAYS_MORE]) == [HELD, SAYS_MORE]
    assert counted([REPEATS, SAYS_MORE]) == [REPEATS, SAYS_MORE]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "检验 3 项勾稽关系：不成立 2，成立 1"), ("en", "3 identities tested: fails 2, holds 1")],
)
def test_the_command_line_counts_a_trouble_once_and_lists_both(
    capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    every = [SUM, SHARE, REPEATS, HELD]
    opened: Any = SimpleNamespace(findings=lambda: every, documents=list)
    terminal.print_findings(opened, every, False, lang)
    out = capsys.readouterr().out
    assert out.rstrip().splitlines()[-1] == said
    assert out.count("title" if lang == "en" else "题") == 6


def test_one_of_a_thing_is_told_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    opened: Any = SimpleNamespace(findings=lambda: [SUM], documents=list)
    terminal.print_findings(opened, [SUM], False, "en")
    assert capsys.readouterr().out.rstrip().endswith("\n1 identity tested: fails 1")


def test_the_home_page_and_the_audit_page_count_a_trouble_once_and_list_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2022年6月，精炼铜产量为620.2万吨。", encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(tmp_path / "a.txt")
    [entry] = workspace.documents()
    every = [replace(each, sources=(entry.hash,)) for each in (SUM, SHARE, REPEATS, HELD)]
    keep_findings(workspace.folder / "findings.json.zz", every)
    with TestClient(console(workspace), base_url="http://localhost") as asking:
        home, audit, document = (
            asking.get(page, params={"lang": "en"}).text
            for page in ("/", "/audit", f"/document/{entry.hash}")
        )
        [row] = asking.get("/documents.json").json()["documents"]
    assert '<strong class="num">2</strong>' in home and "3 identities tested" in home
    assert row["fails"] == 2
    assert 'fails <span class="num">2</span>' in audit and 'fails <span class="num">2</span>' in document
    assert audit.count("<article") == 3
