"""Cumulative figures become months."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.linkage.methods import formula
from touchstone.calc.preparation.monthly import monthly_of
from touchstone.calc.timeseries import time_series
from touchstone.facts.fact import Fact

from .printed import printed

amounts = st.decimals(min_value=Decimal("-50"), max_value=Decimal("900"), places=1)


def to(month: int, value: str, published: date | None = None, unit: str = "万吨") -> Fact:
    """The cumulative figure of 2022 to a month."""
    period = "2022-01" if month == 1 else f"2022-01/2022-{month:02d}"
    return printed(period, value, published=published, unit=unit)


def test_a_month_is_the_difference_of_two_cumulative_figures_and_names_both() -> None:
    facts = [to(1, "80.5"), to(2, "160.2"), to(3, "250.0")]
    made = monthly_of(facts)
    assert [(f.period, f.value, f.measure, f.unit) for f in made.facts] == [
        ("2022-01", Decimal("80.5"), "output", "万吨"),
        ("2022-02", Decimal("79.7"), "output", "万吨"),
        ("2022-03", Decimal("89.8"), "output", "万吨"),
    ]
    assert made.facts[2].parents == (facts[2].id, facts[1].id)
    assert made.facts[2].half_width == Decimal("0.10")
    assert made.facts[2].rule == made.method and formula(made.method).name.en
    assert not made.flags and not made.left_out


@given(st.lists(amounts, min_size=12, max_size=12))
def test_the_months_of_a_year_add_up_to_its_last_cumulative_figure(months: list[Decimal]) -> None:
    totals = [sum(months[: n + 1], Decimal()) for n in range(12)]
    made = monthly_of(to(n + 1, str(total)) for n, total in enumerate(totals))
    assert sum((f.value for f in made.facts), Decimal()) == totals[-1]
    assert [f.value for f in made.facts] == months


def test_january_and_february_published_together_stay_together() -> None:
    made = monthly_of([to(2, "160.2"), to(3, "250.0")])
    assert [(f.period, str(f.value)) for f in made.facts] == [
        ("2022-01/2022-02", "160.2"),
        ("2022-03", "89.8"),
    ]
    assert time_series("cu", made.facts, "M").periods == ("2022-03",)


def test_a_cumulative_figure_that_falls_is_flagged_and_not_cut_off() -> None:
    made = monthly_of([to(5, "400.0"), to(6, "395.0"), to(7, "480.0")])
    falling = next(f for f in made.facts if f.period == "2022-06")
    assert falling.value == -5
    assert [(flag.period, flag.kind) for flag in made.flags] == [("2022-06", "falls")]
    assert "-5" in made.flags[0].said.zh and made.flags[0].facts == falling.parents


def test_a_revised_figure_is_taken_as_last_published_and_both_months_it_touches_are_flagged() -> None:
    facts = [
        to(5, "400.0", date(2022, 6, 15)),
        to(6, "480.0", date(2022, 7, 15)),
        to(6, "470.0", date(2022, 8, 15)),
        to(7, "560.0", date(2022, 8, 15)),
    ]
    made = monthly_of(facts)
    assert [(f.period, str(f.value)) for f in made.facts] == [("2022-06", "70.0"), ("2022-07", "90.0")]
    assert [(flag.period, flag.kind) for flag in made.flags] == [
        ("2022-06", "revised"),
        ("2022-07", "revised"),
    ]
    assert "480.0 → 470.0" in made.flags[0].said.en
    assert made.facts[0].published == date(2022, 8, 15)


def test_as_of_a_day_only_what_was_published_by_then_counts() -> None:
    facts = [
        to(5, "400.0", date(2022, 6, 15)),
        to(6, "480.0", date(2022, 7, 15)),
        to(6, "470.0", date(2022, 8, 15)),
    ]
    [june] = monthly_of(facts, published_by=date(2022, 8, 1)).facts
    assert june.value == 80 and june.published == date(2022, 7, 15)


def test_a_month_without_the_figure_before_is_left_out_by_name_and_the_rest_goes_on() -> None:
    made = monthly_of([to(1, "80.5"), to(4, "330.0"), to(5, "420.0")])
    assert [f.period for f in made.facts] == ["2022-01", "2022-05"]
    assert made.left_out[0].code == "PREP-001" and "2022-04" in made.left_out[0].where
    assert "2022-03" in made.left_out[0].text("zh")


def test_two_units_are_not_subtracted() -> None:
    made = monthly_of([to(5, "400.0"), to(6, "4800000", unit="吨")])
    assert [problem.code for problem in made.left_out] == ["PREP-001", "PREP-002"]


@pytest.mark.parametrize("period", ["2022", "2022-Q1", "2022-02/2022-05", "2021-01/2022-05", "2022-06-30"])
def test_other_periods_are_passed_over(period: str) -> None:
    assert monthly_of([printed(period, "1.0")]).facts == ()


def test_two_values_of_one_month_in_one_publication_are_named_and_neither_is_taken() -> None:
    made = monthly_of([to(3, "10"), to(4, "20"), to(4, "25"), to(5, "33"), to(6, "41")])
    assert [(f.period, f.value) for f in made.facts] == [("2022-06", 8)]
    assert [problem.code for problem in made.left_out] == ["PREP-001", "SERIES-001", "PREP-001"]
    assert "2022-04" in made.left_out[1].where and "20 and 25" in made.left_out[1].found
    assert "2022-05" in made.left_out[2].where
    assert not made.flags


def test_a_corrected_cumulative_figure_is_taken_by_its_last_correction() -> None:
    first = to(6, "480.0")
    second = replace(to(6, "470.0"), replaces=first.id)
    third = replace(to(6, "475.0"), replaces=second.id)
    for order in permutations([first, second, third]):
        made = monthly_of([to(5, "400.0"), *order])
        assert [(f.period, str(f.value)) for f in made.facts] == [("2022-06", "75.0")]
        assert made.facts[0].parents[0] == third.id


def test_one_amount_in_another_unit_is_no_revision_and_another_amount_is() -> None:
    june, july = date(2022, 7, 15), date(2022, 8, 15)
    facts = [to(6, "10.00", june), to(6, "100000", july, "吨"), to(7, "200000", july, "吨")]
    assert not monthly_of(facts).flags
    assert [f.value for f in monthly_of(facts).facts] == [100000]
    [flag] = monthly_of([facts[0], to(6, "101000", july, "吨"), facts[2]]).flags
    assert flag.kind == "revised" and "10.00 万吨 → 101000 吨" in flag.said.en


def test_one_amount_printed_twice_in_two_units_of_one_publication_is_no_contradiction() -> None:
    made = monthly_of([to(1, "10.00"), to(1, "100000", unit="吨")])
    assert len(made.facts) == 1 and not made.left_out and not made.flags
    again = monthly_of([to(1, "10.00"), to(1, "100001", unit="吨")])
    assert [problem.code for problem in again.left_out] == ["SERIES-001"]
