"""A course against a budget: the first year that slips, the worst, the closest, and the light of each."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.target.against import against, course
from touchstone.calc.target.budget import Budget, budget, read_paths
from touchstone.calc.target.course import Measured
from touchstone.calc.target.light import lit, shipped

FLAT = """
[[budget]]
key = "flat"
name = { zh = "总量", en = "total" }
indicator = "emissions"
base = 2020
base_value = "1000 t CO2e"
change = { 2025 = "0 %" }
document = "own"
tag = "own"
"""


def flat() -> Budget:
    """1,000 t in each year from 2021 to 2025."""
    [path], _ = read_paths(FLAT)
    return budget(path)


def test_the_first_year_over_and_the_worst_are_told_with_their_lights() -> None:
    got = against(
        flat(), course(flat(), {2021: 990, 2022: 1010, 2023: 1080, 2024: 1000, 2025: 900}), shipped()
    )
    assert got.first and got.worst and got.closest
    assert (got.first.year, got.worst.year, got.closest.year, got.over) == (2022, 2023, 2024, 2)
    lights = {year: light.key if light else None for year, light in got.lights.items()}
    assert lights == {2021: "green", 2022: "yellow", 2023: "red", 2024: "green", 2025: "green"}
    assert got.years[-1].remains == 20


def test_a_value_that_is_the_limit_but_for_rounding_is_the_limit() -> None:
    got = against(flat(), course(flat(), {2021: 1000.0000001, 2022: 1000.01}), shipped())
    assert [each.kept for each in got.years] == [True, False]


def test_years_outside_the_budget_or_without_a_value_say_nothing() -> None:
    got = against(flat(), course(flat(), {2019: 1.0, 2025: 1.0, 2040: 9e9}), shipped())
    assert [each.year for each in got.years] == [2025] and got.first is None and got.over == 0
    assert against(flat(), (), shipped()).closest is None


@pytest.mark.parametrize(
    ("value", "light"), [(900, "green"), (1000, "green"), (1001, "yellow"), (1050, "yellow"), (1051, "red")]
)
def test_a_value_without_an_interval_is_lit_by_the_declared_marks_of_the_middle(
    value: int, light: str
) -> None:
    found = lit(shipped(), Fraction(1000), Fraction(value))
    assert found and found.key == light


@given(st.dictionaries(st.integers(2021, 2025), st.integers(0, 3000), min_size=1))
def test_a_year_is_over_exactly_where_its_value_is_above_its_limit(values: dict[int, int]) -> None:
    got = against(flat(), [Measured(year, Fraction(value)) for year, value in values.items()], shipped())
    over = sorted(year for year, value in values.items() if value > 1000)
    assert (got.first.year if got.first else None) == (over[0] if over else None) and got.over == len(over)
    if over:
        assert got.worst and got.worst.used and got.worst.used.value == max(values.values())
