"""Moves told without a unit: both ends are prices, in the unit of the other end or of what was told before."""

import pytest

from .conftest import read_words, said


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Each figure of a note of 14 October 2022: subject, figure with its unit, period."""
    return [(f.subject, said(f), f.period) for f in read_words(text)]


@pytest.mark.parametrize(("old", "verb"), [("1800", "涨"), ("2000", "上涨"), ("2000", "小幅回升")])
def test_the_first_end_of_a_move_shares_the_unit_of_the_second_and_is_no_year(old: str, verb: str) -> None:
    assert told(f"国内镁锭由{old}{verb}至2050元/吨。") == [
        ("mg.ingot", f"{old} 元/吨", None), ("mg.ingot", "2050 元/吨", "2022-10-14"),
    ]  # fmt: skip


def test_a_move_without_any_unit_has_that_of_the_price_told_before_of_the_same_product() -> None:
    text = "国内镁锭报2050元/吨，由2000涨到2050，涨幅2.5%。"
    assert told(text)[1:3] == [("mg.ingot", "2000 元/吨", None), ("mg.ingot", "2050 元/吨", "2022-10-14")]
    assert [fact.rule.partition("+")[0] for fact in read_words(text)][1:3] == ["Q.moved", "Q.moved"]
    english = "Magnesium ingot was at 2150 yuan/t. The price rose from 1800 to 2150."
    assert [figure for _, figure, _ in told(english)] == ["2150 yuan/t", "1800 yuan/t", "2150 yuan/t"]


def test_a_move_under_a_heading_with_its_unit_has_that_unit() -> None:
    facts = read_words("# 镁锭（元/吨）\n\n价格由2000涨到2050。\n")
    assert [(f.subject, said(f)) for f in facts] == [("mg.ingot", "2000 元/吨"), ("mg.ingot", "2050 元/吨")]


@pytest.mark.parametrize(
    "text",
    [
        "国内镁锭报2050元/吨。铋锭由2000涨到2050。",
        "国内镁锭报2050元/吨，由20涨到30。",
        "国内镁锭由2000涨到2050。",
        "Magnesium ingot was at 2050 yuan/t. The price fell from 2015 to 2020.",
    ],
)
def test_another_product_another_size_no_unit_before_or_years_stay_unread(text: str) -> None:
    assert {figure for _, figure, _ in told(text)} <= {"2050 元/吨", "2050 yuan/t"}
    assert "Q.moved" not in "".join(fact.rule for fact in read_words(text))
