"""Bands: lows, highs and what lies between."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


def test_a_low_above_its_high_fails(found: Found) -> None:
    marked = "报价[110元/公斤|se price.low 2020-10-09]至[90元/公斤|se price.high 2020-10-09]。"
    assert [f.verdict for f in found("band", marked)] == ["fails"]


def test_an_index_above_its_bound_is_above(found: Found) -> None:
    marked = "指数为[{}|景气指数 index 2022-08 unit=]，分布于“偏热”界限（[104.2|景气指数 band.low 2022-08 unit=]）以上。"
    assert [f.verdict for f in found("band", marked.format("104.4"))] == ["holds"]
    assert [f.verdict for f in found("band", marked.format("103.4"))] == ["fails"]
