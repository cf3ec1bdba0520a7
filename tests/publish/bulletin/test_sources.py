"""The sources stand at the end, numbered; nothing before them names a file or the ledger."""

from collections.abc import Callable

import pytest

from touchstone.publish.bulletin.issue import Issue
from touchstone.publish.bulletin.sources import RULE
from touchstone.publish.report.page import page
from touchstone.publish.report.report import Figure, Report, Table

from .conftest import BEFORE, FRIDAY

TEXTS = {
    BEFORE.isoformat(): "国内铋锭报41000-42000元/吨。",
    FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。9月精炼铅产量62.4万吨。",
}


def listed(report: Report) -> list[str]:
    return [s.text.zh for s in report.sentences() if s.rule == RULE]


def test_the_documents_are_numbered_and_the_digest_and_the_charts_name_a_number(
    make: Callable[..., Issue],
) -> None:
    report = make(TEXTS).report
    assert listed(report)[:2] == [f"[1] weekly-{FRIDAY}.txt", f"[2] weekly-{BEFORE}.txt"]
    [chart] = [block for block in report.blocks if isinstance(block, Figure)]
    assert chart.zh.sources == ("1", "2")
    assert [s.by for s in report.sentences() if s.rule == "bulletin.digest"] == ["1"]


@pytest.mark.parametrize(("lang", "words"), [("zh", "资料来源"), ("en", "Sources</h2>")])
def test_no_file_and_no_ledger_is_named_before_the_sources(
    make: Callable[..., Issue], lang: str, words: str
) -> None:
    before, _, after = page(make(TEXTS).report, lang).rpartition(words)
    assert f"weekly-{FRIDAY}.txt" in after
    assert not any(word in before for word in (".txt", "账本", "edger"))


def test_tables_are_numbered_through(make: Callable[..., Issue]) -> None:
    text = "国际市场铋锭报2.85-3.1美元/磅。国内铋锭报41500-42500元/吨。国内精铟报1300-1400元/公斤。"
    captions = [b.caption for b in make({FRIDAY.isoformat(): text}).report.blocks if isinstance(b, Table)]
    assert [caption.zh for caption in captions] == [
        "表1 国际市场小金属价格", "表2 国内小金属价格", "表3 国内小金属价格（续）",
    ]  # fmt: skip
    assert captions[0].en == "Table 1 International prices of minor metals"
