"""What a method makes of inputs: who is heard, what does not count, how the range is formed and rounded."""

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.desk.method import Method, method
from touchstone.desk.proposal import proposal_from, propose, rounded

from .conftest import EXAMPLE, FRIDAY, line_input


def declared(**changed: object) -> Method:
    """The example with some of its fields changed."""
    return method(tomllib.loads(EXAMPLE.read_text(encoding="utf-8")) | changed)


GIVEN = declared()


def proposed(*lines: str, using: Method = GIVEN) -> tuple[str, str, bool]:
    """Low and high, and whether the minimum is met."""
    made = propose(using, FRIDAY, [line_input(line) for line in lines])
    return str(made.low), str(made.high), made.met


def test_deals_alone_are_heard_where_there_are_enough_of_them() -> None:
    assert proposed("deal 985 2020-10-08 P01", "deal 1005 2020-10-09 P02", "bid 900 2020-10-09 P03") == (
        "985.0", "1005.0", True,
    )  # fmt: skip


def test_bids_and_offers_join_a_single_deal_and_indications_are_heard_last() -> None:
    lines = ["deal 990 2020-10-09 P01", "bid 985 2020-10-09 P02", "offer 1010 2020-10-09 P03"]
    assert proposed(*lines, "indication 900 2020-10-09 P04") == ("985.0", "1010.0", True)
    assert proposed(lines[0], "indication 980-1000 2020-10-09 P04") == ("980.0", "1000.0", True)


def test_two_inputs_of_one_party_are_fewer_than_the_method_needs() -> None:
    assert proposed("deal 985 2020-10-08 P01", "deal 1005 2020-10-09 P01") == ("985.0", "1005.0", False)


def test_bids_alone_form_no_high() -> None:
    assert proposed("bid 985 2020-10-08 P01", "bid 990 2020-10-09 P02") == ("985.0", "None", False)


def test_nothing_forms_nothing() -> None:
    assert proposed() == ("None", "None", False)


@pytest.mark.parametrize(
    ("line", "criterion"),
    [
        ("deal 985 2020-10-02 P01", "window"),  # the close seven days ago is outside
        ("deal 985 2020-10-09 P01 16:01", "window"),
        ("deal 985 2020-10-09 P01 CNY/kg", "unit"),
        ("deal 985 2020-10-09 P01 20kg", "quantity"),
        ("deal 985 2020-10-09 P01 included", "tax"),
    ],
)
def test_what_does_not_meet_the_method_is_set_aside_with_the_condition(line: str, criterion: str) -> None:
    made = propose(GIVEN, FRIDAY, [line_input(line)])
    assert made.used == ()
    # an input of another day that is out of the window is simply not of this assessment
    assert [each.criterion for each in made.aside] == ([] if "10-02" in line else [criterion])


@pytest.mark.parametrize(
    "line",
    [
        "deal 985 2020-10-02 P01 16:01",
        "deal 985 2020-10-09 P01 16:00",
        "deal 985 2020-10-09 P01 50kg excluded",
    ],
)
def test_what_meets_the_method_to_the_edge_counts(line: str) -> None:
    assert len(propose(GIVEN, FRIDAY, [line_input(line)]).used) == 1


def test_a_price_per_pound_is_converted_exactly_and_the_steps_are_shown() -> None:
    made = propose(
        GIVEN, FRIDAY, [line_input("deal 450 2020-10-09 P01 USD/lb"), line_input("deal 985 2020-10-09 P02")]
    )
    assert (made.low, made.high) == (Decimal("985.0"), Decimal("992.0"))  # 450 / 0.45359237 = 992.080...
    assert "450 USD/lb = 992.08" in made.arithmetic.en
    assert "992.08 → 992.0" in made.arithmetic.zh


def test_a_proposal_comes_back_from_the_trail_as_it_was() -> None:
    made = propose(
        GIVEN, FRIDAY, [line_input("deal 450 2020-10-09 P01 USD/lb"), line_input("bid 9 2020-10-09 P02 20kg")]
    )
    assert proposal_from(made.content()) == made


steps = st.sampled_from(["0.01", "0.5", "1", "5", "50"])


@given(st.fractions(min_value=Fraction(1, 100), max_value=10**6, max_denominator=10**6), steps, st.booleans())
def test_rounding_is_to_the_nearest_step_and_keeps_its_places(value: Fraction, step: str, even: bool) -> None:
    using = declared(rounding={"step": step, "rule": "half-even" if even else "half-up"})
    made = rounded(using, value)
    assert abs(Fraction(made) - value) <= Fraction(step) / 2
    assert Fraction(made) % Fraction(step) == 0
    assert made.as_tuple().exponent == Decimal(step).as_tuple().exponent


def test_a_half_goes_up_or_to_the_even_step_as_the_method_says() -> None:
    for rule, made in (("half-up", "3"), ("half-even", "2")):
        using = declared(rounding={"step": "1", "rule": rule})
        assert str(rounded(using, Fraction(5, 2))) == made


prices = st.lists(st.integers(900, 1100), min_size=2, max_size=8, unique=True)


@given(prices, st.randoms(use_true_random=False))
def test_the_order_in_which_inputs_came_does_not_matter(values: list[int], chance) -> None:
    lines = [f"deal {value} 2020-10-09 P{number}" for number, value in enumerate(values)]
    shuffled = chance.sample(lines, len(lines))
    assert proposed(*lines) == proposed(*shuffled) == (f"{min(values)}.0", f"{max(values)}.0", True)


def test_a_window_of_one_day_is_that_day() -> None:
    daily = declared(window={"days": 1})
    assert proposed("deal 985 2020-10-09 P01", "deal 990 2020-10-08 P02", using=daily) == (
        "985.0",
        "985.0",
        False,
    )
    assert date(2020, 10, 8) < FRIDAY
