"""Decomposition of emissions: published figures, and what must hold of any."""

from math import log, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.pathway.accounts import accounts
from touchstone.calc.pathway.lmdi import Amounts, decomposed, of_plan, split
from touchstone.calc.pathway.refusal import UnusablePathway

from .chance.made import case, plan

NAMES = ("one", "two", "three")
PUBLISHED = {
    1971: [[1, 10, 2], [4, 5, 3]],
    1972: [[4, 5, 3], [5, 6, 4]],
    1973: [[8, 2, 4], [5, 7, 5]],
    1974: [[10, 1, 5], [6, 8, 6]],
}
"""The worked example published with the package LMDIR for R (Heun, M. K.; its method: Heun and Brockway, Applied Energy 2019)."""


def step(first: int, last: int, **zeros: tuple[int, int]):
    ends = [np.array(PUBLISHED[year], dtype=float) for year in (first, last)]
    for end, at in zeros.items():
        ends[end == "after"][at] = 0
    return split(*ends, NAMES, ("a", "b"))


@pytest.mark.parametrize(
    ("first", "rows", "ratios"),
    [
        (
            1971,
            ((50.47438029, -25.23719014, 14.76280986), (19.31568569, 15.78206435, 24.90224996)),
            (1.761117821, 0.926191306, 1.379410116),
        ),
        (
            1972,
            ((42.96021467, -56.79031473, 17.83010006), (0, 22.47128816, 32.52871184)),
            (1.229284572, 0.847970248, 1.273773912),
        ),
        (
            1973,
            ((12.6549815, -39.30996299, 12.6549815), (41.35566084, 30.28867832, 41.35566084)),
            (1.208140223, 0.968911503, 1.208140223),
        ),
    ],
)
def test_the_published_example_is_reproduced_in_sums_and_in_ratios(first, rows, ratios) -> None:
    found = step(first, first + 1)
    assert found.parts == pytest.approx(np.array(rows), abs=1e-8)
    assert tuple(found.ratios.values()) == pytest.approx(ratios, abs=1e-9)


def test_a_factor_of_nothing_bears_the_whole_of_what_came_or_went() -> None:
    """Published with the example: 60 of the first row where its first factor was 0, -60 of the second where its last becomes 0."""
    assert step(1971, 1972, before=(0, 0)).parts[0] == pytest.approx([60, 0, 0])
    assert step(1971, 1972, after=(1, 2)).parts[1] == pytest.approx([0, 0, -60])


factors = st.one_of(st.just(0.0), st.floats(1e-6, 1e6))
tables = st.integers(1, 5).flatmap(
    lambda rows: st.tuples(
        *(st.lists(st.lists(factors, min_size=3, max_size=3), min_size=rows, max_size=rows) for _ in "ab")
    )
)


@given(tables)
def test_effects_add_up_and_multiply_out_whatever_the_numbers(ends) -> None:
    before, after = (np.array(end) for end in ends)
    found = split(before, after, NAMES, "x" * len(before))
    difference = after.prod(1).sum() - before.prod(1).sum()
    scale = max(after.prod(1).sum(), before.prod(1).sum())
    assert sum(found.effects.values()) == pytest.approx(difference, abs=1e-9 * scale)
    if found.before > 0 and found.after > 0:
        assert prod(found.ratios.values()) == pytest.approx(found.after / found.before, rel=1e-9)


@given(tables)
def test_the_way_back_is_the_way_there_turned_round(ends) -> None:
    before, after = (np.array(end) for end in ends)
    there, back = (split(*way, NAMES, "x" * len(before)) for way in ((before, after), (after, before)))
    assert there.parts == pytest.approx(-back.parts, rel=1e-9, abs=1e-9 * max(there.before, there.after))


@given(tables)
def test_the_order_of_factors_makes_no_difference(ends) -> None:
    before, after = (np.array(end) for end in ends)
    there = split(before, after, NAMES, "x" * len(before))
    turned = split(before[:, ::-1], after[:, ::-1], NAMES[::-1], "x" * len(before))
    assert there.parts == pytest.approx(turned.parts[:, ::-1], rel=1e-9, abs=1e-9)


def test_a_total_of_nothing_has_no_ratio() -> None:
    found = split(np.zeros((1, 3)), np.ones((1, 3)), NAMES, ("a",))
    assert sum(found.effects.values()) == pytest.approx(1)
    with pytest.raises(UnusablePathway, match="CHANCE-014"):
        _ = found.ratios


@pytest.mark.parametrize("by", ["line", "product", "place"])
@pytest.mark.parametrize("chained", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_a_plan_is_decomposed_without_a_rest_through_openings_and_closures(by, chained, seed) -> None:
    of = case(7, 12, seed)
    fixed = plan(of, seed)
    emitted = accounts(of, fixed).emissions
    amounts = of_plan(of, fixed, by)
    for first, last in ((2020, 2031), (2031, 2020), (2023, 2027)):
        found = decomposed(amounts, first, last, chained=chained)
        difference = emitted[last - 2020] - emitted[first - 2020]
        assert found.after - found.before == pytest.approx(difference, abs=1e-9 * emitted.max())
        assert sum(found.effects.values()) == pytest.approx(difference, abs=1e-9 * emitted.max())
        assert sum(sum(each.values()) for each in found.groups.values()) == pytest.approx(
            difference, abs=1e-9 * emitted.max()
        )


def test_a_year_of_one_cause_is_put_down_to_it_alone() -> None:
    """Two smelters. Worked by hand: 10 % more of everything; then half the factor; then all of it made by the cleaner one."""
    years = np.arange(2020, 2024)
    made = np.array([[100.0, 110, 110, 0], [100, 110, 110, 220]])
    direct = made * np.array([[1.8], [1.6]])
    indirect = 13.5 * made * np.array([0.5, 0.5, 0.25, 0.25])
    amounts = Amounts(years, ("a", "b"), made, 13.5 * made, direct, indirect)
    more, cleaner, moved = (decomposed(amounts, year, year + 1).effects for year in (2020, 2021, 2022))
    assert more == pytest.approx({**dict.fromkeys(more, 0), "activity": 169}, abs=1e-9)
    assert cleaner == pytest.approx({**dict.fromkeys(more, 0), "factor": -742.5}, abs=1e-9)
    assert moved == pytest.approx({**dict.fromkeys(more, 0), "structure": -22}, abs=1e-9)


def test_chained_effects_follow_the_way_and_the_others_see_its_ends() -> None:
    """Output doubles, then is halved again while intensity halves: the way counts activity at two intensities, the ends see none."""
    years = np.array([2020, 2021, 2022])
    made, direct = np.array([[10.0, 20, 10]]), np.array([[10.0, 20, 5]])
    amounts = Amounts(years, ("a",), made, made * 0, direct, made * 0)
    ends, way = (decomposed(amounts, 2020, 2022, chained=each).effects for each in (False, True))
    assert ends["activity"] == 0
    assert ends["intensity"] == pytest.approx(-5)
    assert way["activity"] == pytest.approx(10 - 15 / log(4) * log(2))
    assert way["activity"] + way["intensity"] == pytest.approx(-5)
