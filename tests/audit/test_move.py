"""Moves of prices and amounts within one sentence, as users write them."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Told = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("钨精矿均价15.2万元/吨，较上周的14.9万元/吨上涨0.3万元/吨，涨幅2.0%", "holds holds"),
        ("钨精矿均价15.2万元/吨，较上周的14.9万元/吨上涨0.5万元/吨，涨幅5.0%", "fails fails"),
        ("氧化镨钕价格由上周五的585万元/吨跌至576万元/吨，下跌9万元/吨，跌幅1.5%", "holds holds"),
        ("氧化镨钕价格由上周五的585万元/吨跌至576万元/吨，跌幅3.5%", "fails"),
        ("铜价82350元/吨，较前一日上涨850元/吨，涨幅1.04%；前一日均价81500元/吨", "holds holds"),
        ("铜价82350元/吨，较前一日上涨850元/吨，涨幅2.04%；前一日均价81500元/吨", "fails holds"),
        ("锌价22350元/吨，较前一日下跌850元/吨，跌幅3.66%", "holds"),
        ("锌价22350元/吨，较前一日下跌850元/吨，跌幅4.66%", "fails"),
        ("铝价由19900元/吨上涨至19700元/吨，涨幅1.0%", "fails"),
        ("精炼铅产量62.4万吨，比上年同期的60.6万吨增长3.0%", "holds"),
        ("精炼铅产量62.4万吨，比上年同期的600.0万吨增长3.0%", "fails"),
        ("精炼铅产量62.4万吨，同比增加1.8万吨，增长3.0%，环比增长5.2%", "holds"),
    ],
)
def test_levels_difference_and_rate_of_one_sentence_agree(told: Told, sentence: str, verdicts: str) -> None:
    found = told("change", f"2024年4月12日，{sentence}。")
    assert " ".join(sorted(f.verdict for f in found)) == verdicts


def test_a_mean_rate_of_years_is_not_the_change_between_them(told: Told) -> None:
    text = "锡产量由2015年的10.0万吨增长到2020年的15.0万吨，年均增长8.4%。"
    assert told("change", text) == []


def test_the_price_before_a_move_is_no_quote_of_today(told: Told) -> None:
    text = (
        "2024年4月12日，锡锭报价25.0-25.6万元/吨。\n\n"
        "2024年4月12日，锡锭均价25.3万元/吨，较上周的24.1万元/吨上涨1.2万元/吨，涨幅5.0%。"
    )
    assert [f for f in told("within_range", text) if f.verdict == "warning"] == []


def test_a_level_that_the_words_date_earlier_is_the_base(told: Told) -> None:
    text = "2024年4月12日，钨精矿均价150000元/吨，与4月1日的160000元/吨相比下跌10000元/吨、跌幅6.25%。"
    assert "fails" not in [f.verdict for f in told("change", text)]


def test_what_is_said_behind_a_range_is_said_of_its_mean_not_of_an_end(told: Told) -> None:
    """500 of 41500 is 1.20 %, of 41000 it would be 1.22 %."""
    text = "2024年4月12日，国内铋锭报41500-42500元/吨，均价较上周五上涨500元/吨，涨幅1.20%。"
    assert told("change", text) == []
