"""Growth rates of cumulative figures: weighted means, and the levels of the year before."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


MARKED = """
1-6月{m}[{a}万吨|x output.cumulative 2022-01/2022-06]，同比增长[{ga}%|x output.cumulative.yoy 2022-01/2022-06]；
7月[{b}万吨|x output 2022-07]，同比增长[{gb}%|x output.yoy 2022-07]；
1-7月[{c}万吨|x output.cumulative 2022-01/2022-07]，同比增长[{gc}%|x output.cumulative.yoy 2022-01/2022-07]。
"""
REFINED = MARKED.format(m="精炼铜", a="533.3", ga="2.5", b="87.0", gb="2.1", c="620.2", gc="2.4")
SEMIS = MARKED.format(m="铜材", a="1023.1", ga="2.4", b="188.5", gb="7.4", c="1219.1", gc="4.2")


def test_the_rate_of_the_whole_is_the_weighted_mean(found: Found) -> None:
    assert [f.verdict for f in found("weighted_growth", REFINED)] == ["holds"]


def test_a_rate_outside_its_parts_fails(found: Found) -> None:
    [mean] = found("weighted_growth", SEMIS)
    assert mean.verdict == "fails" and "3.14709%" in mean.arithmetic.en


def test_the_levels_of_the_year_before_add_up_too(found: Found) -> None:
    assert [f.verdict for f in found("base_chain", REFINED, SEMIS.replace("x output", "y output"))] == [
        "fails",
        "holds",
    ]


def test_a_rate_without_a_subject_belongs_to_the_figure_before_it(found: Found) -> None:
    orphan = REFINED.replace("x output.cumulative.yoy", "同比 output.cumulative.yoy").replace(
        "x output.yoy", "同比 output.yoy"
    )
    assert [f.verdict for f in found("weighted_growth", orphan)] == ["holds"]


def test_a_fall_to_nothing_has_no_level_of_the_year_before(found: Found) -> None:
    """-100 % would divide by zero; the step is left out, not reported."""
    gone = MARKED.format(m="铊", a="5.0", ga="下降100", b="1.0", gb="2.0", c="6.0", gc="1.0")
    assert found("base_chain", gone) == []
