"""A panel is checked once: what it holds moves, has no gaps and does not repeat itself, whatever the unit."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.linkage.panel import checked, panel, several
from touchstone.errors import UnusableSeries

from .markets import panel_of, periods, unchecked, walk


@given(st.lists(st.integers(-305, 305), min_size=3, max_size=3))
@settings(max_examples=40)
def test_no_unit_is_too_small_or_too_large_to_be_checked(powers: list[int]) -> None:
    """Squares of prices of 1e-200 are zero, and those of 1e200 are infinite."""
    values = np.random.default_rng(1).normal(size=(50, 3)) * 10.0 ** np.array(powers)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert panel(("a", "b", "c"), periods(50), values).values is values
        values[:, 2] = -3 * values[:, 0]
        with pytest.raises(UnusableSeries, match="LINK-004  c 2000-01-01"):
            panel(("a", "b", "c"), periods(50), values)


def test_all_series_that_repeat_others_are_named() -> None:
    one, two = walk(60, 1), walk(60, 2)
    with pytest.raises(UnusableSeries, match="LINK-004  twin, sum 2000-01-01"):
        panel_of(one=one, twin=2 * one + 1, two=two, sum=one + two)


def test_series_that_stand_still_are_named_before_any_that_repeat_others() -> None:
    one = walk(60, 1)
    with pytest.raises(UnusableSeries, match=r"LINK-003  still 2000-01-01\.\.2000-02-29") as refused:
        panel_of(one=one, twin=one, still=np.full(60, 7.0))
    assert "完全相同" in refused.value.text("zh")


def test_a_gap_and_a_period_out_of_order_are_named() -> None:
    with pytest.raises(UnusableSeries, match="LINK-002  two 2000-01-05"):
        panel_of(one=walk(60, 1), two=np.where(np.arange(60) == 4, np.nan, walk(60, 2)))
    with pytest.raises(UnusableSeries, match="LINK-001  2000-01-01"):
        panel(("one",), (*periods(59), "2000-01-01"), walk(60, 1)[:, None])


def test_an_empty_panel_is_refused_like_one_that_stands_still() -> None:
    with pytest.raises(UnusableSeries, match="LINK-003  one"):
        panel_of(one=np.empty(0))


def test_a_part_of_a_panel_is_checked_anew() -> None:
    given_panel = unchecked(one=walk(60, 1), gap=np.full(60, np.nan))
    assert checked(given_panel, "one").names == ("one",)
    with pytest.raises(UnusableSeries, match="LINK-002  gap"):
        checked(given_panel)
    with pytest.raises(UnusableSeries, match="LINK-104  one"):
        several(given_panel.chosen(["one"]))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([["a", "b"]] * 3, "could not convert"),
        (np.zeros((2, 3)), r"shape \(2, 3\)"),
        ([[1.0], [1.0, 2.0]], "no numbers"),
    ],
)
def test_values_that_are_no_table_of_numbers_are_refused_in_both_languages(values: list, found: str) -> None:
    with pytest.raises(UnusableSeries, match=f"LINK-013  one, two\n.*{found}") as refused:
        panel(("one", "two"), periods(3), values)  # pyright: ignore
    assert "每期一行" in refused.value.text("zh")


def test_a_series_named_twice_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="LINK-014  one"):
        panel(("one", "one"), periods(60), np.column_stack([walk(60, 1), walk(60, 2)]))
    with pytest.raises(UnusableSeries, match="LINK-014  one"):
        checked(panel_of(one=walk(60, 1), two=walk(60, 2)), "one", "one")


def test_row_numbers_as_text_are_answered_with_how_to_write_them() -> None:
    with pytest.raises(UnusableSeries, match="10 behind 9") as refused:
        panel(("one",), [str(row) for row in range(1, 61)][8:], walk(52, 1)[:, None])
    assert "compared as text" in refused.value.text() and "0009, 0010" in refused.value.text()
    assert "按文本比较" in refused.value.text("zh")


@pytest.mark.parametrize("code", [20200109, None, np.datetime64("2020-01-09")])
def test_a_period_that_is_no_text_is_refused(code: object) -> None:
    with pytest.raises(UnusableSeries, match="LINK-015"):
        panel(("one",), (*periods(59), code), walk(60, 1)[:, None])  # pyright: ignore


def test_a_series_too_small_to_keep_its_digits_is_one_that_stands_still() -> None:
    with pytest.raises(UnusableSeries, match="LINK-003  dust"):
        panel_of(dust=1e-310 * np.random.default_rng(1).normal(size=60))
