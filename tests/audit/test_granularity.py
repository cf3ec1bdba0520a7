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
