"""Lists of amounts with their total behind them: sentences as users write them."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Told = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("listed", "total"),
    [
        ("云南、广西、湖南三省产量分别为11.2万吨、20.6万吨和8.8万吨，合计{}万吨", "40.6"),
        ("三省产量分别为11.2万吨、20.6万吨和8.8万吨，三省合计{}万吨", "40.6"),
        ("云南产量11.2万吨、广西20.6万吨，两省合计产量{}万吨", "31.8"),
        ("云南产量11.2万吨，广西20.6万吨，湖南8.8万吨，合计{}万吨", "40.6"),
    ],
)
def test_the_members_of_a_list_make_the_total_behind_it(told: Told, listed: str, total: str) -> None:
    assert [f.verdict for f in told("sum", f"2024年4月，{listed.format(total)}。")] == ["holds"]
    assert [f.verdict for f in told("sum", f"2024年4月，{listed.format('36.0')}。")] == ["fails"]


@pytest.mark.parametrize(
    "sentence",
    [
        "铜、铝产量分别为100.2万吨、350.6万吨，十种有色金属产量合计650万吨",
        "云南、广西等省产量分别为11.2万吨、20.6万吨，合计46.0万吨",
        "精炼铜产量100.2万吨，其中云南11.2万吨、广西20.6万吨，合计占31.7%",
    ],
)
def test_a_total_of_more_than_the_list_is_left_alone(told: Told, sentence: str) -> None:
    assert told("sum", f"2024年4月，{sentence}。") == []
