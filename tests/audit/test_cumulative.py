"""Cumulative figures: months add up, a restatement is told by its size, and steps are joined."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


COPPER = """
1-6月精炼铜产量[533.3万吨|cu.refined output.cumulative 2022-01/2022-06]。
7月[87.0万吨|cu.refined output 2022-07]，1-7月[620.2万吨|cu.refined output.cumulative 2022-01/2022-07]。
8月[91.7万吨|cu.refined output 2022-08]，1-8月[711.8万吨|cu.refined output.cumulative 2022-01/2022-08]。
"""


def test_a_step_inside_rounding_is_at_the_edge_and_says_how_likely(found: Found) -> None:
    steps = found("cumulative", COPPER)
    assert [(f.verdict, f.chance) for f in steps] == [("edge", 0.125), ("edge", 0.125)]


def test_steps_that_meet_in_one_point_only_are_joined_with_no_chance(found: Found) -> None:
    [chain] = found("cumulative_joint", COPPER)
    assert (chain.verdict, chain.chance, len(chain.facts)) == ("edge", 0.0, 4)


def test_a_restated_earlier_month_fails_and_tells_the_restatement(found: Found) -> None:
    [step] = found(
        "cumulative",
        """
        1-6月铜材[1023.1万吨|cu.products output.cumulative 2022-01/2022-06]，
        7月[188.5万吨|cu.products output 2022-07]，
        1-7月[1219.1万吨|cu.products output.cumulative 2022-01/2022-07]。
        """,
    )
    assert (step.verdict, step.half_units) == ("fails", 150.0)
    assert step.note and "+7.5万吨" in step.note.en and "+7.5万吨" in step.note.zh
    assert (step.heals[0].low, step.heals[0].high) == ("1211.5万吨", "1211.7万吨")


def test_quarters_make_a_half_year(found: Found) -> None:
    [step] = found(
        "cumulative",
        """
        一季度铅[10.0万吨|pb output 2022-Q1]，二季度[12.0万吨|pb output 2022-Q2]，
        上半年[22.0万吨|pb output.cumulative 2022-01/2022-06]。
        """,
    )
    assert step.verdict == "holds"


def test_next_months_document_is_joined_to_last_months(found: Found) -> None:
    july = "1-7月锌[620.2万吨|zn output.cumulative 2022-01/2022-07]。"
    august = "8月锌[91.7万吨|zn output 2022-08]，1-8月[720.9万吨|zn output.cumulative 2022-01/2022-08]。"
    [step] = found("cumulative", july, august)
    assert step.verdict == "revised" and len(step.sources) == 2
    assert step.note and "+9" in step.note.en


def test_prices_and_stocks_are_never_added_over_time(found: Found) -> None:
    marked = """
    1-6月均价[100元/吨|cu price 2022-01/2022-06]，7月[101元/吨|cu price 2022-07]，
    1-7月[100元/吨|cu price 2022-01/2022-07]。
    """
    assert found("cumulative", marked) == []


def test_zeros_for_a_multiplier_do_not_claim_precision(found: Found) -> None:
    """870,000 tonnes may be 869,800: it is not more exact than 87.0万吨."""
    [step] = found(
        "cumulative",
        """
        1-6月铝[533.35万吨|al output.cumulative 2022-01/2022-06]，
        7月[870,000 tonnes|al output 2022-07]，1-7月[620.31万吨|al output.cumulative 2022-01/2022-07]。
        """,
    )
    assert step.verdict == "edge"


def test_a_half_year_is_its_quarters_whatever_stands_between(told: Found) -> None:
    text = "2022年1—3月精炼铜产量300万吨，二季度产量310万吨，1—5月产量500万吨，1—6月产量{}万吨。"
    assert [f.verdict for f in told("cumulative", text.format(610))] == ["holds"]
    assert [f.verdict for f in told("cumulative", text.format(630))] == ["fails"]


def test_a_year_is_its_four_quarters_and_a_quarter_its_three_months(told: Found) -> None:
    year = "2022年一季度精炼铜产量100万吨，二季度产量110万吨，三季度产量120万吨，四季度产量130万吨，全年产量{}万吨。"
    quarter = "2022年1月精炼铜产量10.0万吨，2月产量11.0万吨，3月产量12.0万吨，一季度产量{}万吨。"
    assert [f.verdict for f in told("cumulative", year.format(460))] == ["holds"]
    assert [f.verdict for f in told("cumulative", year.format(470))] == ["fails"]
    assert [f.verdict for f in told("cumulative", quarter.format("35.0"))] == ["fails"]


def test_a_sentence_cut_over_two_lines_goes_on_about_its_subject(told: Found) -> None:
    text = (
        "Lead output note, May 2024\n\nRefined lead output was 970.0 kt in January 2024, 950.3 kt in February 2024 and "
        "999.5 kt in March 2024.\nOutput in January-March 2024 totalled {} kt.\n"
    )
    assert [f.verdict for f in told("cumulative", text.format("3,019.8"))] == ["fails"]
    assert [f.verdict for f in told("cumulative", text.format("2,919.8"))] == ["holds"]
