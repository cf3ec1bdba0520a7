"""Percentages of a counted whole."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.finding import Finding
from touchstone.audit.granularity import attainable

Found = Callable[..., list[Finding]]


@given(st.integers(1, 199), st.data(), st.integers(0, 2))
def test_whatever_was_counted_is_attainable(size: int, data: st.DataObject, places: int) -> None:
    count = data.draw(st.integers(0, size))
    unit = Decimal(1).scaleb(-places)
    printed = (Decimal(100 * count) / size).quantize(unit)
    assert attainable(printed, unit / 2, size) is not None


@pytest.mark.parametrize(
    ("share", "possible"), [(86, True), (62, True), (63, False), (64, False), (66, True)]
)
def test_of_29_people_only_some_percentages_occur(share: int, possible: bool) -> None:
    assert (attainable(Decimal(share), Decimal("0.5"), 29) is not None) == possible


def test_a_share_of_indicators_needs_the_counted_noun_behind_it(found: Found) -> None:
    marked = "包括的[32个|指数 count 2022-06]宏观指标中，有[{}%|a share 2022-06]的指标呈现正增长，电网占[57%|b share 2022-06]。"
    assert [f.verdict for f in found("granularity", marked.format(56))] == ["holds"]
    assert [f.verdict for f in found("granularity", marked.format(57))] == ["fails"]


def test_patients_of_the_same_study_share_its_size(found: Found) -> None:
    marked = """
    # 绿光可缓解头痛
    患者中，[86%|a share -]经历发作性偏头痛，[63%|b share -]经历慢性偏头痛。
    研究的对象总共有[29人|对象 count -]。
    """
    assert sorted(f.verdict for f in found("granularity", marked)) == ["fails", "holds"]


@pytest.mark.parametrize(
    "said",
    ["产能占比85.3%的企业", "占全国产量85.3%的企业", "开工率85.3%的企业", "85.3%的产能所在企业"],
)
def test_a_share_of_capacity_is_none_of_the_enterprises(told: Found, said: str) -> None:
    text = "本次共调研20家企业。20家企业中，{}维持正常生产。"
    assert told("granularity", text.format(said)) == []
    assert len(told("granularity", text.format("有85.3%的企业"))) == 1


def test_a_whole_named_twice_gives_one_finding(told: Found) -> None:
    text = "本次共调研20家企业。20家企业中，有{}%的企业维持正常生产。"
    assert [f.verdict for f in told("granularity", text.format(85))] == ["holds"]
    assert [f.verdict for f in told("granularity", text.format(86))] == ["fails"]


def test_of_two_wholes_a_share_is_of_the_one_it_can_be_of(told: Found) -> None:
    text = "甲省20家企业中，有85%的企业盈利；乙省30家企业中，有{}%的企业盈利。"
    assert {f.verdict for f in told("granularity", text.format("63.3"))} == {"holds"}
    assert {f.quotes: f.verdict for f in told("granularity", text.format("63.9"))} == {
        ("85%", "20家"): "holds",
        ("63.9%", "30家"): "fails",
    }
