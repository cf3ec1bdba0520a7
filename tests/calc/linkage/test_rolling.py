"""All windows at once are the windows one by one; a window that cannot be computed is named, and stops no other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.linkage.convention import Convention
from touchstone.calc.linkage.lag_choice import LagSearch
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.rolling import rolling_spillover
from touchstone.calc.linkage.spillover import spillover
from touchstone.errors import UnusableSeries

from .made import of, returns, table_of_one_window


@pytest.mark.parametrize("lag", [1, 2, 4])
def test_every_window_is_that_of_statsmodels_to_1e_9(lag: int) -> None:
    panel = returns(330, 6, lag=lag)
    found = rolling_spillover(panel, Convention(lag=lag), 100)
    assert found.periods == panel.periods[99:] and not found.absent
    for place in range(0, len(found), 7):
        alone = table_of_one_window(panel.values[place : place + 100], lag)
        assert found.tables[place] == pytest.approx(alone, abs=1e-9)


NASTY = {
    "units from 1e-150 to 1e150": lambda x: x * 10.0 ** np.linspace(-150, 150, x.shape[1]),
    "far from zero": lambda x: x + 1e6,
    "levels": lambda x: x.cumsum(axis=0),
    "a trend": lambda x: 9 + 0.01 * x.cumsum(axis=0) + 0.01 * np.arange(len(x))[:, None],
    "one row a million times larger": lambda x: x * np.where(np.arange(len(x)) == 120, 1e6, 1)[:, None],
    "a storm, then calm": lambda x: x * np.where(np.arange(len(x)) < 150, 1e6, 1)[:, None],
    "two that hardly differ": lambda x: np.column_stack([x, x[:, 0] + 1e-3 * x[:, 1] ** 2]),
}


@pytest.mark.parametrize("how", NASTY)
@given(seed=st.integers(0, 1000), lag=st.integers(1, 3))
@settings(max_examples=4)
def test_windows_at_once_are_windows_one_by_one_for_badly_scaled_data(how: str, seed: int, lag: int) -> None:
    panel = of(np.ascontiguousarray(NASTY[how](returns(260, 4, seed).values)))
    convention = Convention(lag=lag, explosive="keep")
    found = rolling_spillover(panel, convention, 80)
    assert np.isfinite(found.tables).all()
    for period in found.periods[::13]:
        end = panel.periods.index(period) + 1
        alone = spillover(panel.between(end - 80, end), convention, None)
        assert found.at(period).table == pytest.approx(alone.table, abs=1e-9)


def test_a_series_that_stands_still_makes_only_its_windows_absent() -> None:
    """s1 is carried over from row 100 to row 219: windows of 80 rows that lie inside have nothing to say."""
    values = returns(300, 3).values.copy()
    values[100:220, 1] = values[100, 1]
    found = rolling_spillover(of(values), Convention(), 80)
    still = {each.what[0] for each in found.absent}
    assert {f"{end:04d}" for end in range(179, 220)} <= still <= {f"{end:04d}" for end in range(178, 221)}
    assert all("LINK-003  s1" in str(each.why) for each in found.absent)
    assert len(found) + len(found.absent) == 300 - 79
    assert not still & set(found.periods) and np.isfinite(found.tables).all()
    assert "could not be computed" in found.statement.sentence.en
    alone = spillover(of(values[20:100]), Convention(), None)
    assert found.at("0099").table == pytest.approx(alone.table, abs=1e-9)


def test_a_series_that_repeats_another_for_a_while_makes_those_windows_absent() -> None:
    values = returns(300, 3).values.copy()
    values[100:220, 2] = 1.13 * values[100:220, 0]
    found = rolling_spillover(of(values), Convention(), 80)
    why = {each.what[0]: str(each.why) for each in found.absent}
    assert all("LINK-004  s2" in why[f"{end:04d}"] for end in range(179, 220))


def test_an_explosive_window_is_absent_unless_it_is_to_be_kept() -> None:
    values = returns(200, 3).values.copy()
    values[120:, 0] += 1.15 ** np.arange(80)
    panel = of(values)
    refusing, keeping = (
        rolling_spillover(panel, Convention(explosive=how), 60) for how in ("refuse", "keep")
    )
    assert any(each.why.code == "LINK-103" for each in refusing.absent) and not keeping.absent
    for period in refusing.periods:
        assert np.array_equal(refusing.at(period).table, keeping.at(period).table)


def test_a_panel_of_nothing_but_unusable_windows_is_refused() -> None:
    values = returns(100, 3).values.copy()
    values[5:, 0] = 1.0
    with pytest.raises(UnusableSeries, match="LINK-003  s0"):
        rolling_spillover(of(values[5:]), Convention(), 60)


def test_a_panel_shorter_than_the_window_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="at least 200 for one window of 200 rows"):
        rolling_spillover(returns(199, 3), Convention(), 200)


def test_a_window_too_short_for_its_series_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="LINK-105"):
        rolling_spillover(returns(400, 10), Convention(lag=2), 32)
    assert len(rolling_spillover(returns(60, 10), Convention(lag=2, explosive="keep"), 33)) == 28


def test_one_series_alone_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="LINK-104"):
        rolling_spillover(returns(100, 1), Convention(), 50)


def test_a_reduced_window_has_the_lag_less_rows() -> None:
    panel = returns(150, 3)
    reduced = rolling_spillover(panel, Convention(lag=2, reduced=True), 100)
    plain = rolling_spillover(panel, Convention(lag=2), 98)
    assert np.array_equal(reduced.tables, plain.tables) and reduced.periods == plain.periods


def test_a_lag_that_is_searched_for_is_found_once_and_stated() -> None:
    panel = returns(300, 3, lag=2, strength=0.9)
    found = rolling_spillover(panel, Convention(lag=LagSearch("bic", 4)), 150)
    searched = (("lag", "2"), ("lag_by", "bic"), ("lag_least", "1"), ("lag_most", "4"))
    assert found.statement.parameters[:4] == searched
    fixed = rolling_spillover(panel, Convention(lag=2), 150)
    assert np.array_equal(found.tables, fixed.tables)


def test_the_last_window_has_intervals_where_they_are_asked_for() -> None:
    panel = returns(200, 3)
    found = rolling_spillover(panel, Convention(), 150, Resampling(seed=3, resamples=99))
    alone = spillover(panel.between(50, 200), Convention(), Resampling(seed=3, resamples=99))
    assert found.latest.intervals == alone.intervals is not None
    assert found.at(found.periods[0]).intervals is None
    assert ("seed", "3") in found.statement.parameters
