"""The inventory of a nation: the same sums on every run and after every revision, and how uncertain they are."""

from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp

from touchstone.calc.carbon.scale.cube import Cube
from touchstone.calc.carbon.scale.rollup import VIEWS, roll_up
from touchstone.calc.carbon.scale.spread import Spread
from touchstone.calc.carbon.scale.unweighed import UnusableInventory

from .made import Nation, changed, nation


def by_hand(of: Nation) -> dict[tuple[int, int], int]:
    """Grams by enterprise and month, line by line."""
    known = {
        (f["item"], f["region"], month): f["value"]
        for f in of.factor.to_pylist()
        for month in range(f["first"], f["last"] + 1)
    }
    found: dict[tuple[int, int], int] = {}
    for line in of.activity.to_pylist():
        exact = line["amount"] * (known[line["item"], line["region"], line["month"]] * 1e6)
        grams = int((Decimal(exact) + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
        at = line["enterprise"], line["month"]
        found[at] = found.get(at, 0) + grams
    return found


def of_cells(sums: pa.Table) -> dict[tuple[int, int], int]:
    return {(row["enterprise"], row["month"]): row["mass"] for row in sums.to_pylist()}


def test_every_cell_is_the_sum_of_its_lines_in_whole_grams_on_any_number_of_threads(tmp_path: Path) -> None:
    made = nation(1)
    files = made.written(tmp_path)
    wanted = by_hand(made)
    for threads in (1, 2, 4):
        sums = roll_up(*files, threads=threads)
        assert of_cells(sums.cells) == wanted
        assert sums.total == sum(wanted.values())


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_totals_are_the_sum_of_their_parts_at_every_level(seed: int) -> None:
    made = nation(seed)
    cube = Cube(made.activity, made.factor, made.enterprise)
    for view in VIEWS:
        assert sum(cube.by(view).values()) == cube.total == int(cube.cells().sum())
    sector = {row["enterprise"]: row["sector"] for row in made.enterprise.to_pylist()}
    for key, mass in cube.by("sector").items():
        assert mass == sum(grams for who, grams in cube.by("enterprise").items() if sector[who] == key)


def test_the_open_inventory_and_the_run_from_files_agree_to_the_gram(tmp_path: Path) -> None:
    made = nation(3)
    sums, cube = roll_up(*made.written(tmp_path)), Cube(made.activity, made.factor, made.enterprise)
    for view in VIEWS:
        assert {key: mass for key, mass in cube.by(view).items() if mass or key in sums.by[view]} == sums.by[
            view
        ]


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 1000),
    st.lists(st.tuples(st.integers(0, 29), st.floats(0, 50)), max_size=6),
    st.lists(st.integers(0, 11), max_size=4),
)
def test_after_any_revisions_the_sums_are_those_of_a_new_run_bit_by_bit(
    seed: int, factors: list[tuple[int, float]], again: list[int]
) -> None:
    made = nation(seed)
    cube = Cube(made.activity, made.factor, made.enterprise)
    values = made.factor.column("value").to_numpy().copy()
    amounts = made.activity.column("amount").to_numpy().copy()
    who = made.activity.column("enterprise").to_numpy()
    for row, value in factors:
        cube.revise(100 + row, value)
        values[row] = value
    for number in again:
        enterprise = 7 + number
        other = np.round(amounts[who == enterprise] * 1.25 + 1, 3)
        assert cube.resubmit(enterprise, other) == len(other)
        amounts[who == enterprise] = other
    anew = Cube(
        made.activity.set_column(4, "amount", pa.array(amounts)),
        made.factor.set_column(5, "value", pa.array(values)),
        made.enterprise,
    )
    assert all(cube.by(view) == anew.by(view) for view in VIEWS)
    assert (cube.cells() == anew.cells()).all()


def test_a_line_without_a_factor_is_named_and_nothing_is_added_up(tmp_path: Path) -> None:
    made = nation(4)
    beyond = made.activity.set_column(
        1, "month", pa.array(np.where(np.arange(400) == 17, 99, made.activity.column("month").to_numpy()))
    )
    holed = Nation(beyond, made.factor, made.enterprise)
    for run in (
        lambda: roll_up(*holed.written(tmp_path)),
        lambda: Cube(holed.activity, holed.factor, holed.enterprise),
    ):
        with pytest.raises(UnusableInventory, match="INVENTORY-102") as caught:
            run()
        assert "month 99" in caught.value.found and "1 lines" in caught.value.found
        assert "月 99" in caught.value.text("zh")


def test_a_factor_that_holds_until_further_notice_weighs_as_one_that_ends_with_the_lines(
    tmp_path: Path,
) -> None:
    made = nation(4)
    last = made.factor.column("last").to_numpy()
    open_ended = changed(made, "last", np.where(last == last.max(), 999_912, last))
    wanted = roll_up(*made.written(tmp_path))
    assert roll_up(*open_ended.written(tmp_path)).by == wanted.by
    cube = Cube(open_ended.activity, open_ended.factor, open_ended.enterprise)
    assert cube.total == wanted.total


def test_a_line_without_an_amount_is_named(tmp_path: Path) -> None:
    made = nation(4)
    amounts = made.activity.column("amount").to_pylist()
    amounts[5] = None
    holed = Nation(made.activity.set_column(4, "amount", pa.array(amounts)), made.factor, made.enterprise)
    with pytest.raises(UnusableInventory, match="INVENTORY-102"):
        roll_up(*holed.written(tmp_path))


def test_two_factors_for_one_month_are_named_and_not_counted_twice(tmp_path: Path) -> None:
    made = nation(5)
    lasts = made.factor.column("last").to_numpy().copy()
    lasts[0] += 1
    twice = Nation(made.activity, made.factor.set_column(4, "last", pa.array(lasts)), made.enterprise)
    for run in (
        lambda: roll_up(*twice.written(tmp_path)),
        lambda: Cube(twice.activity, twice.factor, twice.enterprise),
    ):
        with pytest.raises(UnusableInventory, match="INVENTORY-103") as caught:
            run()
        assert "100 and 101" in caught.value.found


def test_a_file_without_its_columns_is_named_with_what_it_needs(tmp_path: Path) -> None:
    made = nation(6)
    short = Nation(made.activity.drop_columns(["region"]), made.factor, made.enterprise)
    with pytest.raises(UnusableInventory, match=r"INVENTORY-101  activity.parquet"):
        roll_up(*short.written(tmp_path))


def test_what_is_not_in_the_inventory_cannot_be_revised() -> None:
    made = nation(7)
    cube = Cube(made.activity, made.factor, made.enterprise)
    before = cube.total
    for change in (
        lambda: cube.revise(5, 1.0),
        lambda: cube.resubmit(999, np.ones(1)),
        lambda: cube.resubmit(7, np.ones(999)),
    ):
        with pytest.raises(UnusableInventory, match="INVENTORY-104"):
            change()
    assert cube.total == before


def spread_of(made: Nation) -> tuple[Spread, np.ndarray]:
    row_of = {
        (f["item"], f["region"], month): row
        for row, f in enumerate(made.factor.to_pylist())
        for month in range(f["first"], f["last"] + 1)
    }
    rows = np.array([row_of[x["item"], x["region"], x["month"]] for x in made.activity.to_pylist()])
    table = made.activity.select(["enterprise", "amount", "sigma"]).append_column("factor", pa.array(rows))
    values, sigmas = (made.factor.column(name).to_numpy() for name in ("value", "sigma"))
    return Spread(table, values, sigmas, made.enterprise), rows


def naive(made: Nation, rows: np.ndarray, count: int, seed: int) -> np.ndarray:
    """The nation's sum drawn line by line, each factor once."""
    dice = np.random.default_rng(seed)
    values, sigmas = (made.factor.column(name).to_numpy() for name in ("value", "sigma"))
    amount, error = (made.activity.column(name).to_numpy() for name in ("amount", "sigma"))
    sums = np.empty(count)
    for n in range(count):
        factors = values * (1 + sigmas * dice.standard_normal(len(values)))
        sums[n] = (amount * (1 + error * dice.standard_normal(len(amount))) * factors[rows]).sum()
    return sums


def test_draws_have_the_distribution_of_drawing_every_line() -> None:
    made = nation(8)
    spread, rows = spread_of(made)
    drawn, plain = spread.draws(("nation",), 4000, 1)["nation"][0], naive(made, rows, 4000, 2)
    assert ks_2samp(drawn, plain).pvalue > 0.01
    exact = spread.moments("nation")
    for sample in (drawn, plain):
        assert sample.mean() == pytest.approx(exact.mean[0], abs=4 * exact.deviation[0] / 4000**0.5)
        assert sample.std() == pytest.approx(exact.deviation[0], rel=0.05)


def test_in_every_draw_a_whole_is_the_sum_of_its_parts() -> None:
    made = nation(9)
    drawn = spread_of(made)[0].draws(("enterprise", "sector", "province", "nation"), 50, 3)
    for view in ("enterprise", "sector", "province"):
        assert np.allclose(drawn[view].sum(axis=0), drawn["nation"][0], rtol=1e-12)


def test_a_factor_drawn_once_for_all_makes_the_nation_less_certain_than_one_drawn_for_each() -> None:
    made = nation(10, enterprises=40, lines=2000)
    spread, _ = spread_of(made)
    shared = spread.moments("nation").deviation[0]
    apart = float((spread.moments("enterprise").deviation ** 2).sum() ** 0.5)
    assert shared > apart
    shares = spread.moments("nation").shares
    assert 0 < shares.sum() <= 1 + 1e-12
