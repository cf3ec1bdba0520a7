"""Headings against the figures below them."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]
Told = Found


MARKED = """
# 3、铟评论：{heading}
今日国内铟锭报价[1300元/公斤|in.ingot price 2020-10-09 market.domestic]，[{said}|铟锭 price.change 2020-10-09 market.domestic form={form} value={value} unit=元/公斤]。
"""
SAME = {"said": "均价较上一交易日保持不变", "form": "implicit", "value": "0"}
ROSE = {"said": "均价上涨20元/公斤", "form": "digit", "value": "20"}


def test_a_heading_that_says_rising_over_prices_that_stand_still_fails(found: Found) -> None:
    [wrong] = found("heading_text", MARKED.format(heading="铟锭市场价格持续上涨", **SAME))
    assert wrong.verdict == "fails" and "保持不变" in wrong.arithmetic.zh


def test_a_heading_that_says_rising_over_rising_prices_holds(found: Found) -> None:
    assert [f.verdict for f in found("heading_text", MARKED.format(heading="铟锭价格上涨", **ROSE))] == [
        "holds"
    ]


def test_soft_words_are_only_worth_a_look(found: Found) -> None:
    assert [f.verdict for f in found("heading_text", MARKED.format(heading="铟锭市场显弱", **SAME))] == [
        "warning"
    ]


def test_a_heading_about_demand_says_nothing_of_prices(found: Found) -> None:
    assert found("heading_text", MARKED.format(heading="铟锭需求持续上升", **SAME)) == []


def test_a_heading_about_another_metal_is_left_alone(found: Found) -> None:
    assert found("heading_text", MARKED.format(heading="锗价持续上涨", **SAME)) == []


@pytest.mark.parametrize(("said", "verdict"), [("下跌", "fails"), ("上涨", "holds")])
def test_a_heading_is_tested_against_a_change_said_in_the_text(told: Told, said: str, verdict: str) -> None:
    text = f"# 氧化镨钕价格小幅{said}\n\n2024年4月12日，氧化镨钕均价39.5万元/吨，较上周上涨0.7万元/吨，涨幅1.8%。\n"
    assert [f.verdict for f in told("heading_text", text)] == [verdict]


def test_a_heading_about_output_says_nothing_of_prices(told: Told) -> None:
    text = "# 锡锭产量下降\n\n2024年4月12日，锡锭均价25.5万元/吨，较上周上涨0.7万元/吨，涨幅2.8%。\n"
    assert told("heading_text", text) == []


@pytest.mark.parametrize(
    "heading", ["铟锭价格停止上涨", "铟锭价格上涨乏力", "政策抑制铟锭价格上涨", "铟锭价格止跌"]
)
def test_a_movement_that_ends_or_is_held_back_claims_none(found: Found, heading: str) -> None:
    assert found("heading_text", MARKED.format(heading=heading, **SAME)) == []
