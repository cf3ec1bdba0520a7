"""Shares: an amount over its total is the share beside it."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


PURCHASES = (
    "采购规模约[21.96亿元|空调采购额 money 2020-08]。\n"
    "其中清洁取暖采购额[15.7亿元|清洁取暖 money 2020-08]，占比[72%|清洁取暖 share 2020-08]；"
    "民用空调采购额[1.66亿元|民用空调 money 2020-08]，占比[8%|民用空调 share 2020-08]；"
    "中央空调采购额[{amount}亿元|中央空调 money 2020-08]，占比[13%|中央空调 share 2020-08]。"
)


def test_a_list_of_shares_is_tested_against_the_total_above_it(found: Found) -> None:
    tested = found("share_of_total", PURCHASES.format(amount="2.9"))
    assert [(f.verdict, f.chance) for f in tested] == [("edge", 0.486), ("holds", None), ("holds", None)]


def test_one_wrong_amount_in_the_list_fails_alone(found: Found) -> None:
    wrong = [f for f in found("share_of_total", PURCHASES.format(amount="9.2")) if f.verdict == "fails"]
    assert [f.quotes for f in wrong] == [("9.2亿元", "21.96亿元", "13%")]


def test_done_of_all_is_the_rate_of_completion(found: Found) -> None:
    [rate] = found(
        "share_of_total",
        "[76个|项目 count 2019]标志性项目完成[63个|项目 count 2019]，完成率达[82.9%|项目 share 2019]。",
    )
    assert rate.verdict == "holds"


def test_a_wrong_rate_of_completion_fails(found: Found) -> None:
    [rate] = found(
        "share_of_total",
        "发现的[76项|隐患 count 2019]隐患，已整改[69项|隐患 count 2019]，完成率[92%|隐患 share 2019]。",
    )
    assert rate.verdict == "fails"


def test_a_share_of_another_named_total_is_left_alone(found: Found) -> None:
    """16.67 % is of all generation, which is not printed."""
    marked = "总装机[190亿千瓦时|a energy 2019]，非化石发电量[26.48亿千瓦时|b energy 2019]，占总发电量的[16.67%|b share 2019]。"
    assert found("share_of_total", marked) == []
