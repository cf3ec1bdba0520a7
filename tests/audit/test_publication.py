"""A period must have ended before it is reported on."""

from collections.abc import Callable
from datetime import date

import pytest

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding

from .conftest import written

Found = Callable[..., list[Finding]]


MARKED = """
# 前三季度金川集团
{day}，金川集团召开生产经营计划会。
1月至9月，营业收入{words}年度预算的[77%|营业收入 share 2020-01/2020-09]。
"""


def test_nine_months_cannot_be_reported_in_their_last_week(found: Found) -> None:
    [early] = found("period_publication", MARKED.format(day="9月25日", words="完成"))
    assert early.verdict == "fails" and early.note and "5 days" in early.note.en


def test_nine_months_may_be_reported_in_october(found: Found) -> None:
    assert [f.verdict for f in found("period_publication", MARKED.format(day="10月9日", words="完成"))] == [
        "holds"
    ]


def test_a_forecast_may_come_before_the_end(found: Found) -> None:
    assert found("period_publication", MARKED.format(day="9月25日", words="预计完成")) == []


def test_the_date_of_the_document_counts_as_well() -> None:
    reading = written("1-9月产量[77万吨|铜 output.cumulative 2022-01/2022-09]。", published=date(2022, 9, 20))
    assert [f.verdict for f in audit([reading]) if f.rule == "period_publication"] == ["fails"]


def test_the_price_of_a_month_may_be_agreed_before_its_end() -> None:
    offer = written("9月下半月采购价[40万元/吨|钨精矿 price 2022-09]。", published=date(2022, 9, 20))
    assert [f for f in audit([offer]) if f.rule == "period_publication"] == []


def test_a_share_beside_another_month_is_no_result_of_the_month() -> None:
    words = "空调约占需求的[13%|铜需求 share 2022-09]，2021年12月销量持平。"
    assert [
        f for f in audit([written(words, published=date(2022, 9, 20))]) if f.rule == "period_publication"
    ] == []


@pytest.mark.parametrize("words", ["7月精炼铜产量预估为", "7月上旬粗钢产量", "7月检修影响产量"])
def test_estimates_and_parts_of_a_month_may_come_before_its_end(words: str) -> None:
    note = written(f"{words}[105.3万吨|铜 output 2026-07]。", published=date(2026, 7, 12))
    assert [f for f in audit([note]) if f.rule == "period_publication"] == []
