"""The league of a product: ranks, ties, distances to cited levels, and silence where a level was not verified."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.league import Entry, League, league
from touchstone.facts.text import Text

F = Fraction
DAY = date(2024, 12, 31)
ALLOY = "silicomanganese"


def works(key: str, value: int | None, capacity: int | None = 100, unit: str = "kgce/t") -> Entry:
    return Entry(
        key,
        Text(key, key),
        None if value is None else F(value),
        unit,
        None if capacity is None else F(capacity),
    )


def table(
    *entries: Entry, product: str = ALLOY, indicator: str = "comprehensive-energy", unit: str = "kgce/t", day: date = DAY,
) -> League:  # fmt: skip
    return league(entries, product, indicator, unit, day)


def test_silicomanganese_stands_against_860_and_950() -> None:
    got = table(works("c", 1000), works("a", 860), works("b", 950))
    rows = [
        (each.entry.key, each.rank, each.to_benchmark, each.to_baseline, each.state) for each in got.places
    ]
    assert rows == [("a", 1, 0, -90, "benchmark"), ("b", 2, 90, 0, "between"), ("c", 3, 140, 50, "beyond")]
    assert got.benchmark and got.benchmark.document == "cn-levels-2021" and got.why is None
    assert [each.saving for each in got.places] == [0, 9000, 14_000]


def test_equal_values_share_a_rank_and_the_next_is_left_out() -> None:
    got = table(works("a", 900), works("b", 880), works("c", 880), works("d", 950))
    assert {each.entry.key: each.rank for each in got.places} == {"b": 1, "c": 1, "a": 3, "d": 4}


def test_shares_are_of_capacity_and_not_of_works() -> None:
    got = table(works("good", 800, 30), works("bad", 1000, 90))
    assert (got.share("benchmark"), got.share("between"), got.share("beyond")) == (F(1, 4), 0, F(3, 4))
    assert got.mean == 950


def test_a_level_that_was_not_verified_classifies_nothing_and_says_so() -> None:
    got = table(
        works("cells", 12_900, unit="kWh/t"),
        product="aluminium.liquid",
        indicator="ac-electricity",
        unit="kWh/t",
        day=date(2026, 6, 30),
    )
    [row] = got.places
    assert (
        row.rank == 1
        and row.state == ""
        and row.to_benchmark is None
        and row.why
        and got.share("benchmark") is None
    )
    assert got.why and "not verified" in got.why.en and got.unknown == 100


def test_liquid_aluminium_stands_against_13000_and_13350_as_long_as_the_action_plan_runs() -> None:
    lines = [works("a", 12_900, unit="kWh/t"), works("b", 13_400, unit="kWh/t")]
    got = table(*lines, product="aluminium.liquid", indicator="ac-electricity", unit="kWh/t")
    assert [(each.state, each.to_benchmark, each.to_baseline) for each in got.places] == [
        ("benchmark", -100, -450),
        ("beyond", 400, 50),
    ]
    assert got.benchmark and got.benchmark.document == "cn-energy-constraint-2021"


def test_who_states_nothing_stands_last_without_a_rank_and_is_in_no_share() -> None:
    got = table(works("a", 800), works("b", None, 700), works("c", 900, None))
    assert [(each.entry.key, each.rank) for each in got.places] == [("a", 1), ("c", 2), ("b", None)]
    assert (got.classified, got.unknown, got.uncounted, got.share("benchmark")) == (100, 700, ("c",), 1)


def test_values_in_another_unit_are_converted_and_of_another_kind_refused() -> None:
    assert table(Entry("a", Text("a", "a"), F("0.86"), "tce/t", F(1))).places[0].value == 860
    with pytest.raises(UnusablePathway, match="TARGET-051"):
        table(works("a", 5, unit="kWh/t"))


@pytest.mark.parametrize("entries", [[works("a", 1), works("a", 2)], [works("a", -1)], [works("a", 1, -1)]])
def test_an_entry_twice_or_below_zero_is_refused(entries: list[Entry]) -> None:
    with pytest.raises(UnusablePathway, match="TARGET-051"):
        table(*entries)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12))
def test_a_rank_is_one_more_than_how_many_are_better(values: list[int]) -> None:
    got = table(*(works(f"w{at}", value) for at, value in enumerate(values)))
    for each in got.places:
        assert each.value is not None and each.rank == 1 + sum(value < each.value for value in values)
