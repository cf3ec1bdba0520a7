"""What would make the sums of a nation wrong without a word is refused by name, in the run from files, held open and as ranges."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.scale.cube import Cube
from touchstone.calc.carbon.scale.rollup import VIEWS, roll_up
from touchstone.calc.carbon.scale.spread import Spread
from touchstone.calc.carbon.scale.unweighed import UnusableInventory

from .made import Nation, changed, nation


def _rolled(of: Nation, folder: Path) -> object:
    return roll_up(*of.written(folder))


def _open(of: Nation, folder: Path) -> object:
    return Cube(of.activity, of.factor, of.enterprise)


def _spread(of: Nation, folder: Path) -> object:
    rows = pa.array(np.zeros(of.activity.num_rows, np.int64))
    table = of.activity.select(["enterprise", "amount", "sigma"]).append_column("factor", rows)
    return Spread(table, np.array([1.0]), np.array([0.1]), of.enterprise)


WAYS = [_rolled, _open, _spread]
Way = Callable[[Nation, Path], object]


def _amount(of: Nation, row: int, value: float) -> Nation:
    amounts = of.activity.column("amount").to_numpy().copy()
    amounts[row] = value
    return Nation(of.activity.set_column(4, "amount", pa.array(amounts)), of.factor, of.enterprise)


@pytest.mark.parametrize("way", WAYS)
def test_an_enterprise_that_is_not_in_the_table_is_named_and_in_no_total(way: Way, tmp_path: Path) -> None:
    made = nation(1)
    gone = made.activity.column("enterprise")[0].as_py()
    others = made.enterprise.filter(pa.compute.not_equal(made.enterprise.column("enterprise"), gone))
    with pytest.raises(UnusableInventory, match="INVENTORY-107") as caught:
        way(Nation(made.activity, made.factor, others), tmp_path)
    assert str(gone) in caught.value.found and str(gone) in caught.value.text("zh")


@pytest.mark.parametrize("way", WAYS)
def test_an_enterprise_that_is_there_twice_is_named_and_not_doubled(way: Way, tmp_path: Path) -> None:
    made = nation(1)
    twice = pa.concat_tables([made.enterprise, made.enterprise.slice(3, 1)])
    with pytest.raises(UnusableInventory, match="INVENTORY-107") as caught:
        way(Nation(made.activity, made.factor, twice), tmp_path)
    assert str(made.enterprise.column("enterprise")[3].as_py()) in caught.value.found


@pytest.mark.parametrize("way", [_rolled, _open])
def test_an_enterprise_without_a_province_is_refused(way: Way, tmp_path: Path) -> None:
    made = nation(1)
    provinces = made.enterprise.column("province").to_pylist()
    provinces[2] = None
    with pytest.raises(UnusableInventory, match="INVENTORY-107") as caught:
        way(Nation(made.activity, made.factor, made.enterprise.set_column(2, "province", pa.array(provinces))), tmp_path)  # fmt: skip
    assert "province" in caught.value.found


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), 1e14, -1e300])
@pytest.mark.parametrize("way", WAYS)
def test_an_amount_beyond_all_measure_is_named_and_nothing_is_added_up(
    way: Way, value: float, tmp_path: Path
) -> None:
    with pytest.raises(UnusableInventory, match="INVENTORY-106") as caught:
        way(_amount(nation(2), 17, value), tmp_path)
    assert f"{value:g}".rstrip("0") in caught.value.found.replace("100000000000000.0", "1e+14")


@pytest.mark.parametrize("way", WAYS)
def test_an_amount_that_is_no_number_is_named_and_nothing_is_added_up(way: Way, tmp_path: Path) -> None:
    with pytest.raises(UnusableInventory, match=r"INVENTORY-10[26]"):
        way(_amount(nation(2), 17, float("nan")), tmp_path)


@pytest.mark.parametrize("way", [_rolled, _open])
def test_a_factor_that_is_no_number_is_told_with_the_lines_it_weighs(way: Way, tmp_path: Path) -> None:
    made = nation(2)
    values = made.factor.column("value").to_numpy().copy()
    values[:] = float("nan")
    with pytest.raises(UnusableInventory, match="INVENTORY-106") as caught:
        way(Nation(made.activity, made.factor.set_column(5, "value", pa.array(values)), made.enterprise), tmp_path)  # fmt: skip
    assert "400 lines" in caught.value.found


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e14])
def test_a_revision_that_cannot_be_added_up_changes_nothing(value: float) -> None:
    made = nation(3)
    cube = Cube(made.activity, made.factor, made.enterprise)
    before = {view: dict(cube.by(view)) for view in VIEWS}
    amounts = made.activity.column("amount").to_numpy()[made.activity.column("enterprise").to_numpy() == 7]
    with pytest.raises(UnusableInventory, match="INVENTORY-106"):
        cube.revise(100, value)
    with pytest.raises(UnusableInventory, match="INVENTORY-106"):
        cube.resubmit(7, np.full(len(amounts), value))
    assert {view: dict(cube.by(view)) for view in VIEWS} == before
    assert cube.resubmit(7, amounts) == len(amounts) and dict(cube.by("month")) == before["month"]


@pytest.mark.parametrize(("column", "values"), [("amount", ["12.5"] * 400), ("month", [1.5] * 400)])
def test_words_for_amounts_and_parts_of_months_are_named_by_their_column(
    column: str, values: list[object], tmp_path: Path
) -> None:
    with pytest.raises(UnusableInventory, match="INVENTORY-101") as caught:
        _rolled(changed(nation(2), column, values), tmp_path)
    assert column in caught.value.found


def test_a_factor_that_is_there_twice_is_named_and_its_lines_are_not_doubled(tmp_path: Path) -> None:
    made = nation(2)
    twice = Nation(made.activity, pa.concat_tables([made.factor, made.factor.slice(3, 1)]), made.enterprise)
    for way in (_rolled, _open):
        with pytest.raises(UnusableInventory, match="INVENTORY-103") as caught:
            way(twice, tmp_path)
        assert "103 and 103" in caught.value.found


def test_factors_of_other_months_than_all_lines_weigh_none_of_them(tmp_path: Path) -> None:
    made = nation(2)
    months = made.factor.column("first").to_numpy() + 50, made.factor.column("last").to_numpy() + 50
    later = changed(changed(made, "first", months[0]), "last", months[1])
    for way in (_rolled, _open):
        with pytest.raises(UnusableInventory, match="INVENTORY-102") as caught:
            way(later, tmp_path)
        assert "400 lines" in caught.value.found


@pytest.mark.parametrize("way", [_rolled, _open])
def test_days_are_not_taken_for_months(way: Way, tmp_path: Path) -> None:
    made = nation(2)
    days = changed(made, "month", made.activity.column("month").to_numpy() * 10_000)
    last = made.factor.column("last").to_numpy()
    with pytest.raises(UnusableInventory, match="INVENTORY-105") as caught:
        way(changed(days, "last", np.where(last == last.max(), 99_999_999, last)), tmp_path)
    assert "12,000" in caught.value.expected


def test_many_lines_that_each_fit_and_together_do_not_are_refused(tmp_path: Path) -> None:
    count = 2000
    made = nation(4, lines=count)
    factor = made.factor.set_column(5, "value", pa.array(np.ones(made.factor.num_rows)))
    full = Nation(
        made.activity.set_column(4, "amount", pa.array(np.full(count, 8e9))), factor, made.enterprise
    )
    for way in (_rolled, _open):
        with pytest.raises(UnusableInventory, match="INVENTORY-106"):
            way(full, tmp_path)


def test_a_line_by_a_factor_that_is_not_there_has_no_range() -> None:
    table = pa.table({"enterprise": [1], "factor": [-1], "amount": [10.0], "sigma": [0.0]})
    with pytest.raises(UnusableInventory, match="INVENTORY-104"):
        Spread(table, np.array([2.0]), np.array([0.1]), pa.table({"enterprise": [1]}))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_totals_of_files_are_the_sum_of_their_parts_at_every_level_or_there_are_none(
    seed: int, data: st.DataObject
) -> None:
    """Whatever enterprises a table has, and however often."""
    made = nation(seed, enterprises=6, lines=40)
    rows = data.draw(
        st.lists(st.integers(0, 5), max_size=8) | st.permutations(range(6)).map(lambda each: list(each))
    )
    of = Nation(made.activity, made.factor, made.enterprise.take(pa.array(rows, pa.int64())))
    needed = set(made.activity.column("enterprise").to_pylist())
    there = of.enterprise.column("enterprise").to_pylist()
    with TemporaryDirectory() as folder:
        try:
            sums = roll_up(*of.written(Path(folder)), threads=1)
        except UnusableInventory as error:
            assert error.code == "INVENTORY-107"
            assert not needed <= set(there) or len(set(there)) < len(there)
            return
    cube = Cube(of.activity, of.factor, of.enterprise)
    for view in VIEWS:
        assert sum(sums.by[view].values()) == sums.total == cube.total == sum(cube.by(view).values())
