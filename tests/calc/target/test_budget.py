"""Dual control: limits on a straight line down, what was used of them, and a year that slips while it runs."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.budget import Budget, budget, dual, read_paths, used
from touchstone.calc.target.course import Measured
from touchstone.calc.target.light import read_rules, shipped
from touchstone.calc.target.warned import Outlook, outlook, outlook_of_ratio

F = Fraction
FILE = """
[[budget]]
key = "all"
name = { zh = "总量", en = "total" }
indicator = "emissions"
place = "CN-35"
base = 2020
base_value = "100 万吨CO2e"
change = { 2025 = "-10 %", 2030 = "-30 %" }
document = "plan"
tag = "own"
"""


def total(text: str = FILE) -> Budget:
    [path], refused = read_paths(text)
    assert not refused
    return budget(path)


def test_between_stated_years_the_budget_goes_down_on_a_straight_line() -> None:
    limits = {each.year: each for each in total().limits}
    assert (limits[2025].value, limits[2030].value) == (900_000, 700_000)
    assert limits[2023].value == 940_000 and limits[2027].change == -18
    assert [year for year, each in limits.items() if each.stated] == [2025, 2030] and min(limits) == 2021


def test_use_is_added_up_until_a_year_is_not_known() -> None:
    got = used(total(), [Measured(2021, F(990_000)), Measured(2022, F(950_000)), Measured(2024, F(900_000))])
    assert [each.kept for each in got[:4]] == [False, True, None, True]
    assert [each.remains for each in got[:4]] == [-10_000, 0, None, None]


def test_a_year_is_kept_only_under_both_controls() -> None:
    intensity = total(
        FILE.replace('"all"', '"each"')
        .replace("emissions", "intensity")
        .replace('"100 万吨CO2e"', '"10 tCO2e/t"')
    )
    one = used(total(), [Measured(2021, F(1)), Measured(2022, F(1))])
    other = used(intensity, [Measured(2021, F(1)), Measured(2022, F(11)), Measured(2023, F(1))])
    assert [each.kept for each in dual(one, other)][:4] == [True, False, None, None]
    assert other[0].spent is None, "intensities do not add up"


def test_without_a_value_of_its_base_year_there_is_no_budget() -> None:
    [path], _ = read_paths(FILE.replace('base_value = "100 万吨CO2e"\n', ""))
    assert budget(path, [Measured(2020, F(5))]).limits[-1].value == F("3.5")
    with pytest.raises(UnusablePathway, match=r"TARGET-020  budgets.toml:2"):
        budget(path)


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ('2025 = "-10 %"', '2019 = "-10 %"', "TARGET-004", 9),
        ('"-30 %"', '"-130 %"', "TARGET-021", 9),
        ('"100 万吨CO2e"', '"100 km"', "TARGET-006", 8),
        ('"100 万吨CO2e"', '"1000000"', "TARGET-012", 8),
        ('"-30 %"', '"-30"', "TARGET-012", 9),
        ('"emissions"', '"emission"', "TARGET-003", 5),
        ("base = 2020", 'base = "2020"', "TARGET-004", 7),
        ('tag = "own"', 'tag = "official"', "TARGET-003", 11),
        ("place", "palce", "TARGET-010", 6),
    ],
)
def test_a_wrong_budget_is_named_with_its_line(before: str, after: str, code: str, line: int) -> None:
    kept, [refused] = read_paths(FILE.replace(before, after))
    assert not kept and refused.code == code and refused.where.startswith(f"budgets.toml:{line}")


def test_of_two_budgets_of_one_key_the_second_is_left_out() -> None:
    kept, [refused] = read_paths(FILE + FILE)
    assert len(kept) == 1 and refused.code == "TARGET-023" and refused.where == "budgets.toml:13"


FLAT = dict.fromkeys(range(1, 13), F(100))


def of(months: dict[int, int], limit: int = 1200, last: dict[int, Fraction] | None = None) -> Outlook:
    return outlook(
        2025, F(limit), {month: F(value) for month, value in months.items()}, FLAT if last is None else last
    )


def test_half_a_year_ten_per_cent_above_the_last_ends_ten_per_cent_above_it() -> None:
    got = of(dict.fromkeys(range(1, 7), 110))
    assert got.middle == 1320 and (got.low, got.high) == (1320, 1320) and got.due == 600
    assert got.light and got.light.key == "red"


def test_the_season_of_the_year_before_is_not_taken_for_a_trend() -> None:
    """Winter uses twice what summer does: a winter like the last one is no warning."""
    last = {month: F(200 if month < 7 else 100) for month in range(1, 13)}
    got = of(dict.fromkeys(range(1, 7), 200), 1800, last)
    assert got.middle == 1800 and got.light and got.light.key == "green"


def test_scatter_makes_the_interval_and_the_interval_makes_yellow() -> None:
    got = of({1: 90, 2: 110, 3: 85, 4: 112})
    assert got.middle == 1191 and got.low and got.high and got.low < 1191 < got.high
    assert got.light and (got.light.key, got.light.of) == ("yellow", "high")


def test_one_month_gives_a_projection_without_an_interval_and_says_so() -> None:
    got = of({1: 101})
    assert got.middle == 1212 and got.low is None and got.why and got.light and got.light.key == "yellow"


def test_a_whole_year_is_what_it_is() -> None:
    got = of(dict.fromkeys(range(1, 13), 100))
    assert (
        got.low == got.middle == got.high == 1200
        and got.light
        and got.light.key == "green"
        and got.why is None
    )


def test_a_month_that_was_left_out_is_expected_and_not_zero() -> None:
    assert of({1: 100, 3: 100}).middle == 1200


def test_without_the_year_before_there_is_no_light_but_a_reason() -> None:
    got = of({1: 100}, last={1: F(100)})
    assert got.light is None and got.middle is None and got.why and "2, 3" in got.why.en
    assert of({}).light is None


@pytest.mark.parametrize("months", [{13: 1}, {0: 1}, {1: -1}])
def test_no_month_and_no_value_below_zero(months: dict[int, int]) -> None:
    with pytest.raises(UnusablePathway, match="TARGET-022"):
        of(months)


def test_the_lights_are_marked_as_a_proposal_and_a_workspace_can_have_its_own() -> None:
    assert shipped().coverage == F(4, 5)
    own = 'coverage = "90 %"\n[[light]]\nkey = "red"\nof = "middel"\nabove = "100 %"\n'
    with pytest.raises(UnusablePathway, match=r"TARGET-00[23]  warning.toml"):
        read_rules(own)


SIZES = st.lists(st.integers(1, 1000), min_size=12, max_size=12)


@given(SIZES, SIZES, st.integers(2, 11))
def test_the_projection_lies_in_its_interval_and_never_below_what_is_known(
    now: list[int], last: list[int], until: int
) -> None:
    got = outlook(
        2025, F(1), {at + 1: F(now[at]) for at in range(until)}, {at + 1: F(last[at]) for at in range(12)}
    )
    assert got.low is not None and got.middle is not None and got.high is not None
    assert got.known <= got.low <= got.middle <= got.high


def test_a_line_that_began_within_the_year_before_is_not_taken_for_a_rise() -> None:
    """Last year 100 until March, then a new line step by step up to 200; this year 200 throughout, and so is the budget."""
    last = {month: F(100 if month < 4 else min(200, 100 + 25 * (month - 3))) for month in range(1, 13)}
    got = of(dict.fromkeys(range(1, 10), 200), 2400, last)
    assert got.middle == 2400 and got.why and "moves one way" in got.why.en
    assert got.low and got.high and got.low < 2400 < got.high and got.light and got.light.key == "yellow"


def test_an_intensity_that_is_a_tenth_higher_month_by_month_is_so_for_the_year_however_much_is_made() -> None:
    season = {month: F(month) for month in range(1, 13)}
    intensity = {month: F(2 if month < 7 else 3) for month in season}
    last = {month: season[month] * intensity[month] for month in season}
    whole = F(sum(last.values())) / sum(season.values())
    months = range(1, 5)
    under = {month: 5 * season[month] for month in months}
    over = {month: under[month] * intensity[month] * F(11, 10) for month in months}
    got = outlook_of_ratio(2025, whole, over, under, last, season)
    assert got.middle == got.low == whole * F(11, 10) and got.light and got.light.key == "red"
    assert outlook_of_ratio(2025, whole, {}, {}, last, season).why


def test_on_simulated_years_the_interval_of_80_per_cent_covers_four_in_five() -> None:
    made = np.random.default_rng(7)
    last = made.uniform(50, 150, 12)
    years = 1.03 * last + made.normal(size=(600, 12)) * 0.8 * np.sqrt(last)
    before = {at + 1: F(float(each)) for at, each in enumerate(last)}
    inside = 0
    for year in years:
        got = outlook(2025, F(1), {at + 1: F(float(year[at])) for at in range(5)}, before)
        assert got.low is not None and got.high is not None
        inside += got.low <= F(float(year.sum())) <= got.high
    assert 0.75 <= inside / len(years) <= 0.85
