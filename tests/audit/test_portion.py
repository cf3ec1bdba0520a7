"""Shares of what 其中 names: sentences as users write them."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Told = Callable[..., list[Finding]]

TIN = "2024年4月，精炼锡产量1.65万吨，其中云南产量1.02万吨，{said}；江西产量0.36万吨，占21.8%。"


@pytest.mark.parametrize(
    ("said", "verdict"), [("占61.8%", "holds"), ("占68.1%", "fails"), ("占63.8%", "fails")]
)
def test_each_share_of_a_sentence_is_tested_whether_or_not_it_fits(
    told: Told, said: str, verdict: str
) -> None:
    found = {f.quotes[0]: f.verdict for f in told("share_of_total", TIN.format(said=said))}
    assert found == {"1.02万吨": verdict, "0.36万吨": "holds"}


def test_a_single_part_is_enough(told: Told) -> None:
    text = "2024年4月，精炼锡产量1.65万吨，其中云南产量1.02万吨，占比46.3%。"
    assert [f.verdict for f in told("share_of_total", text)] == ["fails"]


def test_growth_between_an_amount_and_its_share_does_not_part_them(told: Told) -> None:
    text = "2024年4月，精炼锡产量1.65万吨，其中云南产量1.02万吨，同比增长3.0%，占66.8%。"
    assert [(f.verdict, f.quotes[2]) for f in told("share_of_total", text)] == [("fails", "66.8%")]


def test_a_share_of_the_country_is_not_one_of_a_province(told: Told) -> None:
    text = "2024年4月，{}精炼锡产量1.65万吨，其中个旧产量1.02万吨，占全国的6.2%。"
    assert told("share_of_total", text.format("云南")) == []
    assert [f.verdict for f in told("share_of_total", text.format("全国"))] == ["fails"]


def test_a_part_divided_again_may_be_the_whole(told: Told) -> None:
    text = "2024年4月，精炼铜产量100万吨，其中江西20万吨，占20%；其中贵溪10万吨，占{}%。"
    assert [f.verdict for f in told("share_of_total", text.format(50))] == ["holds", "holds"]
    assert [f.verdict for f in told("share_of_total", text.format(10))] == ["holds", "holds"]
    assert sorted(f.verdict for f in told("share_of_total", text.format(30))) == ["fails", "holds"]
