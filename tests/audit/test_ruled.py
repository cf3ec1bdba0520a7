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


def test_a_share_of_last_year_is_none_of_this_years_total(told: Told) -> None:
    text = SHARES.format(share="21.8").replace("合计\t1.65", "上年同期云南\t0.90\t-2.0\t60.0\n合计\t1.65")
    assert {f.verdict for f in told("table_share", text)} == {"holds"}


def test_a_cell_may_say_that_its_share_is_more(told: Told) -> None:
    text = SHARES.replace("占比（%）", "占比").format(share="超20%")
    [more] = [f for f in told("table_share", text) if f.quotes[0] == "0.36"]
    assert more.verdict == "holds" and "≥20%" in more.arithmetic.zh


def test_a_column_of_shares_is_of_its_own_noun_or_of_the_nearest(told: Told) -> None:
    text = """2024年分省锡业

省份	产量（万吨）	库存（万吨）	产量占比（%）	库存占比（%）
云南	6.0	1.0	60.0	25.0
江西	4.0	3.0	40.0	75.0
合计	10.0	4.0	100.0	100.0
"""
    assert {f.quotes for f in told("table_share", text)} == {
        ("6.0", "10.0", "60.0"),
        ("4.0", "10.0", "40.0"),
        ("1.0", "4.0", "25.0"),
        ("3.0", "4.0", "75.0"),
    }
