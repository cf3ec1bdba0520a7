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


NEGATIVE = "| 日期 | {what} | {what} |\n| 10月9日 | [-79500|{code} price.low 2020-10-09 unit=元/吨 value=-79500] | [80500|{code} price.high 2020-10-09 unit=元/吨] |"


def test_a_negative_price_fails_and_low_below_high_does_not_hold_by_it(found: Found) -> None:
    [wrong] = found("band", NEGATIVE.format(what="锑锭", code="sb.ingot"))
    assert wrong.verdict == "fails" and wrong.arithmetic.en == "-79500元/吨 < 0"


def test_a_negative_treatment_charge_is_no_fault(found: Found) -> None:
    assert [f.verdict for f in found("band", NEGATIVE.format(what="加工费", code="铜精矿加工费"))] == [
        "holds"
    ]


def test_a_low_above_its_high_is_printed_as_above(found: Found) -> None:
    marked = NEGATIVE.format(what="锑锭", code="sb.ingot").replace("-79500", "81000")
    [wrong] = found("band", marked)
    assert wrong.verdict == "fails" and wrong.arithmetic.en == "81000元/吨 > 80500元/吨"
