"""Targets against what was measured: verdicts, paces, the moment the goal is reached, and the edges between them."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.course import Measured, Progress
from touchstone.calc.target.progress import progress
from touchstone.calc.target.target import Target, read_targets

F = Fraction


def target(**fields: object) -> Target:
    """Renewable power of at least 30 % in 2030, with other fields where they are given."""
    row: dict[str, object] = {
        "key": "t", "indicator": "renewable.share", "sense": "least", "value": 30, "unit": "%", "year": 2030, "document": "d", "tag": "own",
    } | fields  # fmt: skip
    said = "\n".join(f"{key} = {_toml(value)}" for key, value in row.items() if value is not None)
    read = read_targets(f'[[target]]\nname = {{ zh = "目标", en = "target" }}\n{said}\n')
    assert not read.refused, str(read.refused[0])
    return read.targets[0]


def _toml(value: object) -> str:
    return (
        str(value).lower()
        if isinstance(value, bool)
        else str(value)
        if isinstance(value, int)
        else f'"{value}"'
    )


def at(**values: object) -> list[Measured]:
    """at(y2020=10) is 10 in 2020."""
    return [Measured(int(year[1:]), F(str(value))) for year, value in values.items()]


def judged(values: list[Measured], **fields: object) -> Progress:
    return progress(target(**fields), values)


def test_a_share_that_rises_two_points_a_year_reaches_30_two_and_a_half_years_late() -> None:
    got = judged(at(y2020=5, y2025=15))
    assert got.verdict == "slipping" and got.distance == 15
    assert got.present and got.present.linear == 2 and got.required and got.required.linear == 3
    assert got.expected == 25 and got.reached == F(65, 2) + 2000 and got.slack == F(-5, 2)


def test_at_exactly_the_required_pace_a_target_is_on_course_without_slack() -> None:
    got = judged(at(y2020=10, y2025=20))
    assert (got.verdict, got.expected, got.slack) == ("on-course", 30, 0)


def test_at_exactly_the_required_pace_more_than_30_is_slipping() -> None:
    assert judged(at(y2020=10, y2025=20), strict=True).verdict == "slipping"


def test_one_value_tells_no_pace_but_what_is_required() -> None:
    got = judged(at(y2025=20))
    assert got.verdict == "not-measured" and got.present is None and got.required and got.required.linear == 2
    assert judged(at(y2025=31)).verdict == "met"


def test_a_share_that_stands_still_or_falls_is_never_there() -> None:
    for last in (20, 15):
        got = judged(at(y2020=20, y2025=last))
        assert (got.verdict, got.reached, got.slack) == ("slipping", None, None)


def test_a_target_met_today_that_would_be_lost_by_its_year_is_slipping() -> None:
    got = judged(at(y2020=40, y2025=32))
    assert got.verdict == "slipping" and got.expected == 24 and got.slack is None
    assert "不能保持" in got.why.zh


def test_a_target_met_early_says_since_when() -> None:
    got = judged(at(y2022=20, y2024=40, y2025=41))
    assert (got.verdict, got.reached, got.slack, got.at_least) == ("met", 2023, 7, False)
    assert judged(at(y2024=40, y2025=41)).at_least


def test_when_its_year_is_over_the_value_of_that_year_decides_and_not_a_later_one() -> None:
    assert judged(at(y2029=20, y2030=29, y2031=35)).verdict == "missed"
    assert judged(at(y2029=20, y2030=30)).verdict == "met"
    assert judged(at(y2029=20, y2030=30), strict=True).verdict == "missed"
    late = judged(at(y2029=20, y2031=35))
    assert late.verdict == "met" and "2031" in late.why.en and "no value" in late.why.en


def test_a_target_that_was_missed_says_when_it_was_or_will_be_reached() -> None:
    assert judged(at(y2028=25, y2030=29, y2032=31)).slack == -1
    assert judged(at(y2028=25, y2030=29)).slack == F(-1, 2)
    assert judged(at(y2028=29, y2030=29)).slack is None


def test_the_pace_is_that_of_the_last_five_years_and_not_of_long_ago() -> None:
    got = judged(at(y2010=0, y2020=10, y2025=20))
    assert got.present and (got.present.since, got.present.linear) == (2020, 2)
    old = judged(at(y2005=0, y2010=10, y2025=20))
    assert old.present and old.present.since == 2010


def test_a_share_is_not_expected_above_100() -> None:
    assert judged(at(y2020=10, y2025=85)).expected == 100


def test_a_target_that_is_a_change_needs_the_value_of_its_base_year() -> None:
    change = {"indicator": "intensity", "sense": "most", "value": -18, "base": 2020}
    assert judged(at(y2021=10, y2025=9), **change).verdict == "not-measured"
    got = judged(at(y2020=10, y2025=9), **change)
    assert got.goal == F("8.2") and got.expected == 8 and got.verdict == "on-course"


def test_a_year_that_is_over_without_a_value_is_not_measured_whatever_was_expected() -> None:
    values = at(y2024=20, y2029=29)
    assert progress(target(), values, today=2030).verdict == "on-course"
    late = progress(target(), values, today=2031)
    assert late.verdict == "not-measured" and late.expected == F("30.8") and "is over" in late.why.en


def test_nothing_measured_says_why() -> None:
    assert judged([]).verdict == "not-measured"


def test_two_values_for_one_year_are_refused_and_the_same_value_twice_is_not() -> None:
    with pytest.raises(UnusablePathway, match="TARGET-008"):
        judged([*at(y2020=10), *at(y2020=11)])
    assert judged([*at(y2020=10), *at(y2020=10)]).latest == at(y2020=10)[0]


PEAK = {"indicator": "peak", "sense": "before", "value": None, "unit": None}


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        (at(y2020=10), "not-measured"),
        (at(y2020=10, y2025=12), "slipping"),
        (at(y2020=10, y2022=14, y2024=16), "on-course"),
        (at(y2020=10, y2022=11, y2024=13), "slipping"),
        (at(y2020=10, y2022=12, y2024=11), "on-course"),
        (at(y2020=10, y2022=12, y2024=12), "on-course"),
        (at(y2020=10, y2028=12, y2031=11), "met"),
        (at(y2020=10, y2028=12, y2031=12), "missed"),
        (at(y2020=10, y2028=12, y2031=13), "missed"),
    ],
)
def test_a_peak_before_2030(values: list[Measured], verdict: str) -> None:
    assert judged(values, **PEAK).verdict == verdict


def test_a_peak_that_nobody_measured_to_the_end_is_not_measured() -> None:
    values = at(y2020=10, y2022=12, y2024=11)
    assert progress(target(**PEAK), values, today=2031).verdict == "not-measured"


def test_a_rise_that_halves_every_two_years_ends_when_its_pace_is_gone() -> None:
    """2 a year about 2021, 1 a year about 2023: zero about 2025."""
    assert judged(at(y2020=10, y2022=14, y2024=16), **PEAK).reached == 2025


NUMBERS = st.fractions(F(1), F(90), max_denominator=50)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_moment_it_is_reached_lies_on_the_line_of_its_pace(
    first: Fraction, last: Fraction, goal: Fraction
) -> None:
    got = progress(
        target(value=str(goal.numerator // goal.denominator)), [Measured(2020, first), Measured(2025, last)]
    )
    assume(got.goal is not None and got.present and not (got.goal <= last))
    assert got.present and got.goal is not None
    if got.reached is not None:
        assert last + got.present.linear * (got.reached - 2025) == got.goal
        assert (got.slack is not None and got.slack >= 0) == (got.verdict == "on-course")
    else:
        assert got.present.linear <= 0


@given(NUMBERS, NUMBERS)
def test_going_at_the_required_pace_always_arrives(last: Fraction, before: Fraction) -> None:
    goal = target()
    got = progress(goal, [Measured(2020, before), Measured(2025, last)])
    assert got.required and last + got.required.linear * 5 == 30
    if got.required.compound is not None:
        assert float(last) * (1 + got.required.compound) ** 5 == pytest.approx(30)
