"""Shares of rising indicators. Figures are those printed in the releases of the copper index; the sentences are our own."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Told = Callable[..., list[Finding]]
# month, share, way, share of the year before
PRINTED = (
    ("2019年4月", 37, "上升", 42), ("2019年10月", 35, "上升", 29), ("2019年12月", 56, "上升", 40), ("2020年5月", 65, "正增长", 31),
    ("2021年8月", 41, "下降", 46), ("2022年6月", 56, "正增长", 28), ("2022年7月", 44, "正增长", 41), ("2022年8月", 53, "正增长", 34),
)  # fmt: skip
NAMED = "中国铜需求量景气指数发布。"


@pytest.mark.parametrize(("month", "share", "way", "before"), PRINTED)
def test_above_and_below_a_year_before_is_tested(
    told: Told, month: str, share: int, way: str, before: int
) -> None:
    right, wrong = ("高于", "低于") if share > before else ("低于", "高于")
    for word, verdict in ((right, "holds"), (wrong, "fails")):
        text = f"{NAMED}{month}有{share}%的指标{way}，{word}去年同期的{before}%。"
        assert [f.verdict for f in told("index_breadth", text)] == [verdict]


def test_the_share_of_a_year_before_is_the_one_printed_then(told: Told) -> None:
    then = NAMED + "2021年8月有{}%的指标上升。"
    now = NAMED + "2022年8月有53%的指标呈现正增长，而去年同期中仅有34%的指标呈现正增长。"
    assert [f.verdict for f in told("index_breadth", then.format(34), now)] == ["holds"]
    assert [f.verdict for f in told("index_breadth", then.format(36), now)] == ["revised"]
    assert [f.verdict for f in told("index_breadth", then.format(36) + now)] == ["fails"]


def test_rising_and_falling_shares_are_not_compared_with_each_other(told: Told) -> None:
    then = NAMED + "2021年8月有41%的指标下降，去年同期有46%的指标下降。"
    now = NAMED + "2022年8月有53%的指标上升，去年同期有34%的指标上升。"
    assert not told("index_breadth", then, now)


def test_english_releases_are_read_too(told: Told) -> None:
    text = "The China copper demand index. In August 2022, 53% of the indicators rose, {} 34% a year earlier."
    assert [f.verdict for f in told("index_breadth", text.format("above the"))] == ["holds"]
    assert [f.verdict for f in told("index_breadth", text.format("below the"))] == ["fails"]


def test_shares_of_other_texts_are_left_alone(told: Told) -> None:
    assert not told("index_breadth", "2022年8月有53%的指标上升，低于去年同期的34%。")


def test_what_moved_favourably_is_not_what_rose(told: Told) -> None:
    then = NAMED + "2021年8月有41%的指标上升，去年同期有46%的指标上升。"
    now = NAMED + "2022年8月有53%的指标环比向好，去年同期为34%的指标环比向好。"
    assert not told("index_breadth", then, now)
    printed = then.replace("上升", "环比向好")
    assert [f.verdict for f in told("index_breadth", printed, now)] == ["revised"]
