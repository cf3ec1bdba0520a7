"""低 and 高 over the columns of a price table are the ends of a range."""

import pytest

from touchstone.facts.fact import Fact
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

from .conftest import DAY, read_words, said


def in_html(low: str, high: str, metals: str = "<th colspan=2>锑锭（美元/吨）</th>") -> list[Fact]:
    """The figures of a price table with a merged head for the metal over heads for the ends."""
    page = (
        f"<h1>鹿特丹价格</h1><table><tr><th rowspan=2>日期</th>{metals}</tr><tr><th>{low}</th><th>{high}</th></tr>"
        "<tr><td>10月12日</td><td>45000</td><td>47000</td></tr></table>"
    )
    return read_figures(read_bytes(page.encode(), f"note-{DAY}.html"))


@pytest.mark.parametrize(
    ("low", "high"),
    [("低", "高"), ("低端", "高端"), ("最低", "最高"), ("低价", "高价"), ("Low", "High"), ("low", "high"),
     ("低（美元/吨）", "高（美元/吨）")],
)  # fmt: skip
def test_the_heads_for_the_ends_under_a_metal_give_low_and_high_of_the_metal(low: str, high: str) -> None:
    assert [(f.subject, f.measure, said(f), f.period) for f in in_html(low, high)] == [
        ("sb.ingot", "price.low", "45000 美元/吨", "2022-10-12"),
        ("sb.ingot", "price.high", "47000 美元/吨", "2022-10-12"),
    ]


def test_a_head_that_begins_with_low_names_a_product() -> None:
    [fact] = read_words("国内价格\n日期\t低碳铬铁（元/吨）\n10月12日\t9000\n")
    assert (fact.measure, fact.subject_words) == ("price", "低碳铬铁")


def test_low_and_high_over_counts_are_no_ends_of_a_price() -> None:
    facts = read_words("风险等级\n企业\t低（家）\t高（家）\n铜企业\t3\t4\n")
    assert [(f.measure, f.subject_words) for f in facts] == [("count", "铜企业 低"), ("count", "铜企业 高")]
