"""Derived facts going back into the ledger: kept once, replaced when an input was corrected."""

from dataclasses import replace
from decimal import Decimal

from touchstone.facts.derived import fresh
from touchstone.facts.fact import Fact

CHANGE = Fact(
    "a", "bi.ingot", "price.change", "2020-10-16", Decimal(500), "CNY/t", Decimal(0), "", None, "price.change",
    status="derived", base="2020-10-09", parents=("x", "y"),
)  # fmt: skip


def test_what_is_kept_already_is_not_kept_again() -> None:
    assert fresh([CHANGE], [CHANGE]) == []


def test_what_is_new_is_kept_as_it_is() -> None:
    other = replace(CHANGE, id="b", period="2020-10-23")
    assert fresh([other], [CHANGE]) == [other]


def test_another_result_for_the_same_takes_the_place_of_the_old_one() -> None:
    corrected = replace(CHANGE, id="c", value=Decimal(400), parents=("x", "z"))
    assert fresh([corrected], [CHANGE]) == [replace(corrected, replaces="a")]


def test_a_change_in_percent_is_no_other_state_of_the_change_in_yuan() -> None:
    percent = replace(CHANGE, id="d", unit="%", rule="price.percent")
    assert fresh([percent], [CHANGE]) == [percent]
