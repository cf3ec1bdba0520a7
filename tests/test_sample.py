"""The sample folder, end to end: the faults that docs/sample.md lists are found, and nothing else fails."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import touchstone
from touchstone.audit.finding import Finding
from touchstone.flow import Workspace

SERIOUS = ("fails", "revised")


@pytest.fixture(scope="module")
def workspace(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample folder, read."""
    workspace = touchstone.open(tmp_path_factory.mktemp("workspace"))
    workspace.read([sample_folder])
    return workspace


@pytest.fixture(scope="module")
def findings(workspace: Workspace) -> Sequence[Finding]:
    return workspace.audit()


def test_all_five_documents_are_read(workspace: Workspace, sample_folder: Path) -> None:
    assert {Path(entry.name).name for entry in workspace.documents()} == {
        p.name for p in sample_folder.iterdir()
    }
    assert all(entry.figures for entry in workspace.documents())


@pytest.mark.parametrize(
    ("words", "verdicts"),
    [
        pytest.param(("997.5",), SERIOUS, id="germanium in Rotterdam is headed with the wrong currency"),
        pytest.param(("持续上涨",), ("fails", "warning"), id="the indium heading says prices rise"),
        pytest.param(("97.1", "91.7"), SERIOUS, id="the table of the output note has a transposed figure"),
        pytest.param(("18", "8%"), SERIOUS, id="the share of home air conditioners differs from the text"),
        pytest.param(("1.995", "196.5"), SERIOUS, id="the English note differs from the Chinese one"),
        pytest.param(("1219.1", "1023.1"), SERIOUS, id="copper semis to July were revised"),
        pytest.param(("1418.4", "1219.1"), SERIOUS, id="copper semis to August were revised"),
        pytest.param(("32.19", "1.42", "30.99"), SERIOUS, id="the water of 2017 does not add up"),
        pytest.param(("72%", "15.7"), ("edge",), id="the share of clean heating is at the edge"),
        pytest.param(("八成", "2.28"), ("edge", "fails"), id="five provinces are not over eight tenths"),
    ],
)
def test_a_fault_of_the_list_is_found(
    findings: Sequence[Finding], words: tuple[str, ...], verdicts: tuple[str, ...]
) -> None:
    def tells(finding: Finding) -> bool:
        said = " ".join((*finding.quotes, finding.title.zh, finding.arithmetic.zh))
        return finding.verdict in verdicts and all(word in said for word in words)

    assert any(tells(finding) for finding in findings)


def test_nothing_fails_without_a_faulty_figure(findings: Sequence[Finding]) -> None:
    """A finding that fails and names none of the figures of the list is a false alarm."""
    faulty = (
        "997.5",
        "均价较上一交易日保持不变",
        "97.1",
        "18",
        "1.995",
        "1219.1",
        "1418.4",
        "14.184",
        "32.19",
        "72%",
    )
    joint = ("711.8", "7.118")  # each step holds at the edge, the chain does not
    wrong = [
        f
        for f in findings
        if f.verdict in SERIOUS and not any(q.startswith(faulty + joint) for q in f.quotes)
    ]
    assert [(f.rule, f.quotes) for f in wrong] == []


def test_the_same_folder_gives_the_same_findings(workspace: Workspace, findings: Sequence[Finding]) -> None:
    assert list(workspace.audit()) == list(findings)
