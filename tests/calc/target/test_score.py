"""Score sheets: points with their arithmetic, vetoes, and totals that do not take what is missing for nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.score import Score, scored
from touchstone.calc.target.sheet import example, read_sheet

F = Fraction
BEST = {"emissions": 95, "intensity": -20, "benchmark": 35, "renewable": 30, "reports": 100}


def score(**values: object) -> Score:
    return scored(example(), {key: F(str(value)) for key, value in values.items()})


def points(got: Score) -> dict[str, Fraction | None]:
    return {each.item.key: each.points for each in got.lines}


def test_all_marks_reached_are_100_points_and_more_is_no_more() -> None:
    got = score(**BEST)
    assert got.points == got.high == 100 and got.grade and got.grade.key == "excellent"


def test_between_zero_and_full_points_lie_on_a_straight_line() -> None:
    got = score(**BEST | {"emissions": 100, "renewable": 15, "intensity": -9, "benchmark": 0})
    assert points(got) == {
        "emissions": F("12.5"),
        "intensity": 10,
        "benchmark": 0,
        "renewable": 5,
        "reports": 15,
    }
    assert got.grade and got.grade.key == "fail"
    assert got.lines[1].written == "20 × (-9 - 0) / (-18 - 0) = 10"


def test_bands_count_from_their_value_on() -> None:
    assert [points(score(reports=value))["reports"] for value in ("89.9", 90, "99.9", 100)] == [0, 8, 8, 15]


def test_what_is_missing_is_named_and_the_total_is_a_range() -> None:
    got = score(**{key: value for key, value in BEST.items() if key != "benchmark"})
    assert (got.points, got.low, got.high, got.share, got.missing) == (80, 80, 100, 100, ("benchmark",))
    assert got.grade is None and got.grades and [each.key for each in got.grades] == ["good", "excellent"]


def test_a_veto_fails_the_whole_sheet_and_the_bound_itself_does_not() -> None:
    got = score(**BEST | {"reports": "59.9"})
    assert got.vetoed == ("reports",) and got.grade and got.grade.key == "fail"
    assert score(**BEST | {"reports": 60}).vetoed == () and score(**BEST | {"emissions": 110}).vetoed == ()


def test_a_veto_that_is_not_known_leaves_the_grade_open() -> None:
    got = score(**{key: value for key, value in BEST.items() if key != "reports"})
    assert got.open == ("reports",) and got.grade is None and got.grades and got.grades[0].key == "fail"


def test_nothing_known_is_nothing_scored() -> None:
    got = score()
    assert (got.points, got.weight, got.share, got.low, got.high) == (0, 0, None, 0, 100)


def test_a_value_for_no_item_of_the_sheet_is_refused() -> None:
    with pytest.raises(UnusablePathway, match="TARGET-051"):
        score(renewables=1)


SHEET = """key = "s"
name = { zh = "表", en = "sheet" }
[[item]]
key = "a"
name = { zh = "甲", en = "A" }
unit = "%"
weight = 10
full = 1
zero = 0
[[grade]]
key = "all"
name = { zh = "全部", en = "all" }
from = 0
"""


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("weight = 10", "weight = 0", "TARGET-003  score.toml:7"),
        ("zero = 0", "zero = 1", "TARGET-003  score.toml:9"),
        ("full = 1\n", "", "TARGET-002  score.toml:3"),
        ("full = 1", "ful = 1", "TARGET-010  score.toml:8"),
        ("from = 0", "from = 10", "TARGET-050"),
        ("zero = 0", 'zero = 0\nbands = [["5", "1"], ["4", "2"]]', "TARGET-003  score.toml:10"),
        ("zero = 0", 'zero = 0\nbands = [["5", "11"]]', "TARGET-003  score.toml:10"),
        ("zero = 0", 'zero = 0\nveto = { above = "1" }', "TARGET-003  score.toml:10"),
        ('key = "s"\n', "", "TARGET-002"),
        ("[[item]]", "[[items]]", "TARGET-050"),
    ],
)
def test_a_sheet_with_a_fault_is_refused_with_its_line(before: str, after: str, code: str) -> None:
    assert read_sheet(SHEET).weight == 10
    with pytest.raises(UnusablePathway, match=code):
        read_sheet(SHEET.replace(before, after))


VALUES = st.dictionaries(st.sampled_from(sorted(BEST)), st.integers(-50, 150))


@given(VALUES, VALUES)
def test_whatever_becomes_known_later_the_total_stays_within_its_range(
    known: dict[str, int], later: dict[str, int]
) -> None:
    first, then = score(**known), score(**later | known)
    assert first.low <= then.low <= then.high <= first.high
    assert set(first.vetoed) <= set(then.vetoed)
