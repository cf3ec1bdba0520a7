"""Levels are chained by comparable growth."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.preparation.chain import chained
from touchstone.facts.fact import Fact

from .printed import printed


def level(period: str, value: str) -> Fact:
    return printed(period, value, "output")


def growth(period: str, value: str, unit: str = "%") -> Fact:
    return printed(period, value, "output.yoy", unit)


def test_a_level_grows_by_the_rate_and_names_both() -> None:
    base, rate, next_rate = level("2020-03", "80.0"), growth("2021-03", "5.0"), growth("2022-03", "-10.0")
    made = chained([base], [next_rate, rate])
    assert [(f.period, f.value) for f in made.facts] == [
        ("2021-03", Decimal("84.00")),
        ("2022-03", Decimal("75.60")),
    ]
    assert made.facts[0].parents == (base.id, rate.id)
    assert made.facts[1].parents == (made.facts[0].id, next_rate.id)
    assert made.facts[0].measure == "output" and made.facts[0].unit == "万吨"


def test_the_half_width_is_the_farthest_that_rounding_can_reach() -> None:
    [made] = chained([level("2020-03", "80.0")], [growth("2021-03", "5.0")]).facts
    assert made.half_width == Decimal("80.05") * Decimal("1.0505") - 84


@given(st.lists(st.decimals(min_value=-60, max_value=120, places=1), min_size=1, max_size=25))
def test_chaining_is_exact(rates: list[Decimal]) -> None:
    made = chained(
        [level("1990-06", "33.3")], [growth(f"{1991 + n}-06", str(r)) for n, r in enumerate(rates)]
    )
    exact = Fraction("33.3")
    for rate in rates:
        exact *= 1 + Fraction(rate) / 100
    assert Fraction(made.facts[-1].value) == exact


def test_a_published_level_that_differs_is_told_and_does_not_enter() -> None:
    made = chained(
        [level("2020-03", "80.0"), level("2021-03", "90.0")],
        [growth("2021-03", "5.0"), growth("2022-03", "0.0")],
    )
    assert [str(f.value.normalize()) for f in made.facts] == ["84", "84"]
    [flag] = made.flags
    assert flag.kind == "differs" and flag.period == "2021-03" and "90.0" in flag.said.zh


def test_a_published_level_within_rounding_is_no_difference() -> None:
    made = chained([level("2020-03", "80.0"), level("2021-03", "84.0")], [growth("2021-03", "5.0")])
    assert not made.flags


def test_what_cannot_be_chained_is_left_out_by_name() -> None:
    made = chained(
        [level("2020-03", "80.0")],
        [
            growth("2021-03", "5.0"),
            growth("2021-04", "3.0"),
            growth("2022-03", "-100.0"),
            growth("2021-05", "1.05", "倍"),
        ],
    )
    assert [f.period for f in made.facts] == ["2021-03"]
    assert [problem.code for problem in made.left_out] == ["PREP-006", "PREP-008", "PREP-007"]


def test_two_rates_or_two_levels_of_one_month_in_one_publication_are_named_and_neither_is_taken() -> None:
    levels = [level("2020-03", "80.0"), level("2020-04", "80.0"), level("2020-04", "90.0")]
    rates = [growth("2021-03", "5.0"), growth("2021-03", "6.0"), growth("2021-04", "5.0")]
    made = chained(levels, rates)
    assert made.facts == ()
    told = [(problem.code, problem.where[-7:]) for problem in made.left_out]
    assert told == [("SERIES-001", "2020-04"), ("SERIES-001", "2021-03"), ("PREP-006", "2021-04")]
