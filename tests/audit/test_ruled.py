"""Columns of a table: totals at its right, shares of its amounts; tables as users write them."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Told = Callable[..., list[Finding]]

SHARES = """2024年4月分省精炼锡产量

省份	产量（万吨）	同比（%）	占比（%）
云南	1.02	10.3	61.8
江西	0.36	6.0	{share}
广西	0.27	-2.0	16.4
合计	1.65	5.0	100.0
"""
BY_PROVINCE = """2024年4月分省产量（万吨）

品种	云南	江西	广西	合计
精炼锡	31.20	20.10	25.60	{total}
精炼铅	1.20	2.10	5.60	8.90
"""


def test_shares_are_of_the_amounts_though_growth_stands_between(told: Told) -> None:
    held = told("table_share", SHARES.format(share="21.8"))
    assert {f.quotes[:2] for f in held} == {("1.02", "1.65"), ("0.36", "1.65"), ("0.27", "1.65")}
    assert {f.verdict for f in held} == {"holds"}
    assert [f.quotes for f in told("table_share", SHARES.format(share="31.8")) if f.verdict == "fails"] == [
        ("0.36", "1.65", "31.8")
    ]


def test_growth_is_neither_part_nor_total(told: Told) -> None:
    text = SHARES.format(share="31.8")
    used = {quote for rule in ("table_share", "sum", "joint") for f in told(rule, text) for quote in f.quotes}
    assert used and not used & {"10.3", "6.0", "-2.0", "5.0"}


def test_shares_of_something_larger_than_the_total_row_are_left_alone(told: Told) -> None:
    text = SHARES.format(share="9.1").replace("100.0", "41.7")
    assert told("table_share", text) == []


def test_a_total_at_the_right_is_the_sum_of_its_row(told: Told) -> None:
    assert [f.verdict for f in told("sum", BY_PROVINCE.format(total="76.90"))] == ["holds", "holds"]
    [wrong] = [f for f in told("sum", BY_PROVINCE.format(total="79.60")) if f.verdict == "fails"]
    assert wrong.quotes == ("79.60", "31.20", "20.10", "25.60")


def test_prices_side_by_side_have_no_total(told: Told) -> None:
    text = "2024年4月锡价（元/吨）\n\n品种\t云南\t江西\t合计\n锡锭价格\t250000\t251000\t400000\n"
    assert told("sum", text) == []
