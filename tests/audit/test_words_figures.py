"""Words of size against the figures they sum up."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


MARKED = """
采购规模约[21.96亿元|空调 money 2020-08]。
# 北方[五强|省 count 2020-08 value=5 unit=强 form=zh]占比[八成|五强 share 2020-08 value={tenths} unit=成 form=zh approx=over]
河北[7.5亿元|河北 money 2020-08]；山东[3.5亿元|山东 money 2020-08]；陕西、北京和河南分别为[2.28亿元|陕西 money 2020-08]、[2.18亿元|北京 money 2020-08]和[2.00亿元|河南 money 2020-08]。
"""


def test_just_under_eight_tenths_is_at_the_edge_of_over_eight_tenths(found: Found) -> None:
    [claim] = found("words_figures", MARKED.format(tenths=8))
    assert claim.verdict == "edge" and "79.5082%" in claim.arithmetic.en and "逾八成" in claim.arithmetic.zh


def test_over_seven_tenths_is_true(found: Found) -> None:
    assert [f.verdict for f in found("words_figures", MARKED.format(tenths=7))] == ["holds"]


def test_over_nine_tenths_is_false(found: Found) -> None:
    assert [f.verdict for f in found("words_figures", MARKED.format(tenths=9))] == ["fails"]


def test_a_claim_far_from_the_figures_is_about_others(found: Found) -> None:
    assert found("words_figures", MARKED.format(tenths=2)) == []
