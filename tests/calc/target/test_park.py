"""Parks: indicators from the figures of lines, the mark that fits the size and year, and no verdict on half the data."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.documents import documents
from touchstone.calc.target.park import Line, Park, parks
from touchstone.calc.target.system import read_systems, shipped

F = Fraction
NATIONAL = shipped().systems["cn-zero-carbon-2025"]
HUNAN = shipped().systems["hunan-zero-carbon"]
FULL = {
    "emissions": 60_000, "energy": 300_000, "clean": 280_000, "limited": 2, "level_two": 2, "waste": 10, "waste_used": 9, "heat": 10,
    "heat_used": 6, "water": 100, "water_reused": 95,
}  # fmt: skip


def line(key: str, **figures: int) -> Line:
    return Line(key, "park", {name: F(value) for name, value in figures.items()}, {})


def one(*lines: Line, year: int | None = None, system=NATIONAL) -> Park:
    [got] = parks(lines, system, year)
    return got


def test_a_park_of_300000_tonnes_of_coal_at_exactly_0_2_passes() -> None:
    got = one(line("a", **FULL))
    assert {each.verdict for each in got.items} == {"met"} and got.passed
    core = got.item("carbon_of_energy")
    assert core and core.value == F(1, 5) and core.mark and core.mark.value == F(1, 5) and core.gap == 0


def test_a_large_park_has_the_mark_of_large_parks() -> None:
    got = one(line("a", **FULL | {"energy": 1_000_000, "emissions": 300_000, "clean": 950_000}))
    core = got.item("carbon_of_energy")
    assert core and core.mark and core.mark.value == F(3, 10) and core.verdict == "met"


def test_a_park_below_the_sizes_of_the_system_has_no_verdict() -> None:
    got = one(line("a", **FULL | {"energy": 100_000, "clean": 95_000}))
    core = got.item("carbon_of_energy")
    assert (
        core and core.verdict == "unknown" and core.why and "this size" in core.why.en and got.passed is None
    )


def test_a_line_that_states_one_side_only_counts_on_neither_and_is_named() -> None:
    got = one(line("a", **FULL), line("b", energy=1, emissions=0, clean=0, waste=50))
    item = got.item("waste_share")
    assert item and (item.value, item.lines, item.without, item.verdict) == (90, ("a",), ("b",), "unknown")
    assert item.why and "b" in item.why.en


def test_a_core_indicator_that_is_missed_fails_the_park_and_a_guiding_one_does_not() -> None:
    assert one(line("a", **FULL | {"emissions": 60_001})).passed is False
    assert one(line("a", **FULL | {"heat_used": 4})).passed


def test_the_marks_of_hunan_are_of_a_year() -> None:
    figures = FULL | {"emissions": 240_000, "clean": 200_000}
    assert one(line("a", **figures), year=2027, system=HUNAN).passed
    assert one(line("a", **figures), year=2030, system=HUNAN).passed is False
    with pytest.raises(UnusablePathway, match="TARGET-004"):
        one(line("a", **figures), year=2029, system=HUNAN)


def test_a_system_without_values_shows_and_judges_nothing() -> None:
    got = one(line("a", emissions=5, output=2), system=shipped().systems["low-carbon-metals"])
    item = got.item("carbon_of_product")
    assert item and (item.value, item.verdict) == (F(5, 2), "shown") and item.why and got.passed is None


@pytest.mark.parametrize("lines", [[line("a"), line("a")], [line("a", energy=-1)]])
def test_a_line_twice_or_below_zero_is_refused(lines: list[Line]) -> None:
    with pytest.raises(UnusablePathway, match="TARGET-051"):
        one(*lines)


def test_a_workspace_can_have_a_system_of_its_own_with_the_indicators_that_are_known() -> None:
    text = '[[system]]\nkey = "own"\nname = { zh = "自定", en = "own" }\ndocument = "plan"\ntag = "own"\nmarks = [{ indicator = "%s", role = "core" }]\n'
    assert read_systems(text % "waste_share", base=shipped()).systems["own"].ratios[0].over == "waste_used"
    with pytest.raises(UnusablePathway, match=r"TARGET-005  parks.toml:6"):
        read_systems(text % "waste", base=shipped())


def test_every_system_is_cited() -> None:
    for system in shipped().systems.values():
        assert system.cited.document in {*documents(), "fujian-peaking-plan"} and system.cited.tag in (
            "C",
            "F",
        )


ROWS = st.lists(st.tuples(st.integers(0, 999), st.integers(1, 999)), min_size=1, max_size=6)


@given(ROWS)
def test_the_indicator_of_a_park_lies_between_those_of_its_lines(rows: list[tuple[int, int]]) -> None:
    got = one(*(line(f"l{at}", waste_used=over, waste=under) for at, (over, under) in enumerate(rows)))
    item = got.item("waste_share")
    each = [F(over, under) * 100 for over, under in rows]
    assert item and item.value is not None and min(each) <= item.value <= max(each)
