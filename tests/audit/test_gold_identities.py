"""The labelled identities: what careful readers found wrong is found, and nothing else is called wrong."""

import json
from collections.abc import Sequence

import pytest

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding

from .conftest import SHARED, Reading

RULES = {
    "heading_vs_text": {"heading_text"},
    "unit_sanity": {"unit_sanity"},
    "share_of_total": {"share_of_total", "words_figures"},
    "period_vs_publication": {"period_publication"},
    "share_exclusive": {"disjoint_shares"},
    "grim": {"granularity"},
    "cumulative": {"cumulative"},
    "cumulative_joint": {"cumulative_joint"},
    "base_chain": {"base_chain"},
    "weighted_growth": {"weighted_growth"},
}
NOT_FIGURES = {"numbering", "toc"}


@pytest.fixture(scope="module")
def findings(gold: list[Reading]) -> list[Finding]:
    return audit(gold)


def _wrong(verdicts: Sequence[str]) -> list[dict]:
    rows = (
        json.loads(line) for line in (SHARED / "gold" / "identities.jsonl").read_text("utf-8").splitlines()
    )
    return [row for row in rows if row["verdict"] in verdicts and row["kind"] not in NOT_FIGURES]


def _matches(row: dict, finding: Finding) -> bool:
    if finding.rule not in RULES.get(row["kind"], ()):
        return False
    # a step and the chain it is part of share figures: the closest set of figures is meant
    overlap = set(row["facts"]) & set(finding.facts)
    return len(overlap) >= max(1, len(row["facts"]) // 2)


def test_every_labelled_failure_and_edge_is_found_with_its_verdict(findings: list[Finding]) -> None:
    wrong = _wrong(("fails", "edge"))
    missed = [
        row["title"]
        for row in wrong
        if not any(_matches(row, f) and f.verdict == row["verdict"] for f in findings)
    ]
    assert len(wrong) == 17
    assert missed == []


def test_whatever_fails_is_labelled_as_failing(findings: list[Finding]) -> None:
    labelled = {fact for row in _wrong(("fails", "edge")) for fact in row["facts"]}
    alarms = [f.title.en for f in findings if f.verdict == "fails" and not labelled & set(f.facts)]
    assert alarms == []


def test_a_labelled_figure_that_holds_is_not_said_to_fail(findings: list[Finding]) -> None:
    """Of the identities labelled as holding, none is found failing by the rule that tests its kind."""
    holding = [row for row in _wrong(("holds",)) if row["facts"]]
    contradicted = [
        (row["title"], f.arithmetic.en)
        for row in holding
        for f in findings
        if f.verdict == "fails" and f.rule in RULES.get(row["kind"], ()) and set(row["facts"]) == set(f.facts)
    ]
    assert contradicted == []
