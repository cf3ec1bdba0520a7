"""The real bulletin against its labels: every quote and every stated change is in the bulletin made from it."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from touchstone.facts.fact import Fact
from touchstone.publish.bulletin.issue import Issue, Known, issue_of

WEEK = date(2020, 10, 9)
MARKETS = ("domestic", "international", "rotterdam", "export")


@pytest.fixture
def issue(corpus: Known) -> Issue:
    return issue_of(WEEK, corpus, ("zh", "en"))


@pytest.fixture
def labels(corpus_folder: Path) -> list[dict[str, Any]]:
    path = corpus_folder.parent / "gold" / "minor-metals-weekly-2020-10-09.gold.jsonl"
    if not path.is_file():
        pytest.skip("needs the labels of ../shared/gold beside the checkout")
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["market"] in MARKETS]


def printed(issue: Issue) -> Iterator[Fact]:
    """Every fact that a sentence or a cell of the bulletin stands on."""
    yield from (issue.week.facts[id] for id in issue.report.facts())


def test_every_labelled_quote_stands_in_the_tables_or_in_a_sentence(
    issue: Issue, labels: list[dict[str, Any]]
) -> None:
    facts = list(printed(issue))
    known = {(f.measure, f.place, f.value, f.period) for f in facts}
    known |= {
        (f.measure, f.place, f.value, WEEK.isoformat()) for f in facts
    }  # a sentence may repeat the table
    missing = []
    for row in labels:
        measure = {"price_low": "price.low", "price_high": "price.high", "price": "price"}.get(row["measure"])
        place, value = f"market.{row['market']}", Decimal(str(row["value"]))
        quoted = (
            "某生产商" not in row["subject"]
        )  # what one producer asks is no quote of the market: see below
        if measure and quoted and (measure, place, value, row["period"]) not in known:
            missing.append((row["subject"], row["quote"]))
    assert missing == []


def test_every_labelled_change_is_told_by_a_sentence(issue: Issue, labels: list[dict[str, Any]]) -> None:
    told = {(f.place, f.value) for f in printed(issue) if f.measure.endswith("change")}
    changes = [row for row in labels if row["measure"] == "change" and row["base"]]
    assert len(changes) > 10
    missing = [
        (row["subject"], row["quote"])
        for row in changes
        if (f"market.{row['market']}", Decimal(str(row["value"]))) not in told
    ]
    assert missing == []


def test_what_a_producer_says_is_quoted_with_the_printed_sentence(issue: Issue) -> None:
    said = [sentence for sentence in issue.report.sentences() if sentence.rule == "bulletin.digest"]
    assert any("1350元/公斤" in s.text.zh and "50元/公斤的还盘" in s.text.zh for s in said)
    assert any("21.96亿元" in s.text.zh and s.by == "1" for s in said)


def test_manganese_is_told_with_the_change_the_source_states(issue: Issue) -> None:
    said = next(s for s in issue.report.sentences() if "电解锰" in s.text.zh)
    values = [issue.week.facts[id].value for id in said.facts]
    assert values == [10200, 10400, -100]
    assert issue.week.told["mn.electrolytic@market.domestic"].stated
    assert "原文所载" in said.text.zh and "as stated by the source" in said.text.en


def test_nothing_of_the_real_bulletin_had_to_be_left_out(issue: Issue) -> None:
    assert issue.notices == ()
