"""A cell is wholly a number, exactly the one printed, or it is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.read.sources.number import number

PRINTED = st.decimals(-(10**12), 10**12, places=4)


@given(PRINTED)
def test_a_printed_number_is_that_number_and_half_a_unit_of_its_last_place(value: Decimal) -> None:
    for words in (f"{value:f}", f"{value:,f}", f"{value:f}".replace("-", "−")):
        read = number(words)
        assert read and (read.value, read.half_width) == (value, Decimal("0.00005"))


@given(PRINTED, st.integers(0, 6))
def test_places_that_mean_nothing_are_rounded_off_and_others_kept(value: Decimal, places: int) -> None:
    read = number(f"{value:f}", places)
    assert read and abs(read.value - value) <= read.half_width
    assert -int(read.value.as_tuple().exponent) == min(places, 4)


@pytest.mark.parametrize(
    ("words", "value", "half_width"),
    [
        ("2601", "2601", "0.5"),
        ("40.0", "40.0", "0.05"),
        ("1,234.50", "1234.50", "0.005"),
        ("１２．５", "12.5", "0.05"),
        ("+3", "3", "0.5"),
        ("1.5E-05", "0.000015", "0.0000005"),
        ("1.2E+3", "1200", "50"),
    ],
)
def test_the_last_printed_place_says_how_exact_it_is(words: str, value: str, half_width: str) -> None:
    read = number(words)
    assert read and (read.value, read.half_width) == (Decimal(value), Decimal(half_width))


def test_single_precision_is_undone_where_the_places_are_declared() -> None:
    assert str(number("2054.86010742188", 2).value) == "2054.86"  # pyright: ignore[reportOptionalMemberAccess]


@pytest.mark.parametrize(
    "words",
    ["66,o00", "12,34", "1,2345", "12 (est.)", "12-13", "1.2.3", "5.", "NaN", "inf", "1e999", "", "-", "½", "9" * 61],
)  # fmt: skip
def test_what_is_not_wholly_a_number_is_none(words: str) -> None:
    assert number(words) is None
