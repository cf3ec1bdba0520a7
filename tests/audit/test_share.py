"""Shares: an amount over its total is the share beside it."""

from collections.abc import Callable

import pytest

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


INVESTED = "全年总投资{total}亿元。铜冶炼项目40亿元，占比40%；铝冶炼项目30亿元，占比{share}%。"


@pytest.mark.parametrize(("share", "verdict"), [(30, "holds"), (35, "fails")])
def test_the_one_figure_called_a_total_is_the_whole_whether_or_not_it_fits(
    told: Found, share: int, verdict: str
) -> None:
    tested = {f.quotes: f.verdict for f in told("share_of_total", INVESTED.format(total=100, share=share))}
    assert tested == {("40亿元", "100亿元", "40%"): "holds", ("30亿元", "100亿元", f"{share}%"): verdict}


def test_a_total_no_share_fits_is_named_by_all_of_them(told: Found) -> None:
    tested = told("share_of_total", INVESTED.format(total=200, share=30))
    assert [f.verdict for f in tested] == ["fails", "fails"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年总投资100亿元。2025年铜项目40亿元，占比50%；铅项目10亿元，占比12%。",
        "公共建筑投资100亿元。铜项目40亿元，占比50%；铅项目10亿元，占比12%。",
        "总产量100万吨，其中铜材50万吨。铜线20万吨，占比40%；铜管10万吨，占比20%。",
    ],
)
def test_what_is_no_total_of_these_amounts_fails_none_of_them(told: Found, text: str) -> None:
    assert [f for f in told("share_of_total", text) if f.verdict == "fails"] == []


def test_each_total_of_a_paragraph_has_its_own_shares(told: Found) -> None:
    text = (
        "总投资100亿元，铜40亿元，占比40%；铅10亿元，占比10%。"
        "总收入50亿元，锡10亿元，占比20%；锌5亿元，占比10%。"
    )
    assert {(f.quotes[1], f.verdict) for f in told("share_of_total", text)} == {
        ("100亿元", "holds"),
        ("50亿元", "holds"),
    }


@pytest.mark.parametrize(
    ("said", "verdict"), [("超5%", "holds"), ("超过9%", "fails"), ("不足9%", "holds"), ("不足5%", "fails")]
)
def test_a_share_said_to_be_more_may_be_much_more(told: Found, said: str, verdict: str) -> None:
    [share] = told("share_of_total", f"2025年总投资100亿元，铜冶炼项目8亿元，占比{said}。")
    sign = "≥" if "超" in said else "≤"
    assert share.verdict == verdict and f"{sign}{said[-2:]}" in share.arithmetic.zh
