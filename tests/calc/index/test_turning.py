"""Turning points: their rules hold on any series, and known cycles are found."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.datasets import macrodata

from touchstone.calc.index.smoothing import dominance, moving_mean, spencer, without_outliers
from touchstone.calc.index.turning import Turn, rules_of, turning_points
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import UnusableSeries
from touchstone.facts.period import span

from .made import series


def _months(turns: tuple[Turn, ...]) -> list[int]:
    return [12 * span(turn.period)[0].year + span(turn.period)[0].month for turn in turns]


@given(seed=st.integers(0, 100_000), noise=st.floats(0, 3), length=st.integers(60, 240))
def test_turns_alternate_keep_their_distances_and_stay_off_the_ends(
    seed: int, noise: float, length: int
) -> None:
    dice = np.random.default_rng(seed)
    values = np.cumsum(dice.normal(size=length)) + noise * dice.normal(size=length)
    turns = turning_points(series("x", values))
    at, rules = _months(turns), rules_of("M")
    assert all(a.way == -b.way for a, b in itertools.pairwise(turns))
    assert all(b - a >= rules.phase for a, b in itertools.pairwise(at))
    assert all(b - a >= rules.cycle for a, b in zip(at, at[2:], strict=False))
    assert all(12 * 2013 + 1 + rules.ends <= month < 12 * 2013 + 1 + length - rules.ends for month in at)


@given(seed=st.integers(0, 100_000))
def test_the_turns_of_a_series_upside_down_are_its_own_upside_down(seed: int) -> None:
    values = np.cumsum(np.random.default_rng(seed).normal(size=180))
    one, other = turning_points(series("x", values)), turning_points(series("x", -values))
    assert [(t.period, t.way) for t in one] == [(t.period, -t.way) for t in other]


def test_the_turns_of_a_wave_are_found_through_noise() -> None:
    at = np.arange(200)
    values = np.sin(2 * np.pi * at / 48) + 0.1 * np.random.default_rng(5).normal(size=200)
    turns = turning_points(series("x", values))
    expected = [12 + 24 * n for n in range(8)]
    found = [month - 12 * 2013 - 1 for month in _months(turns)]
    assert len(found) == len(expected) and [t.way for t in turns] == [1, -1] * 4
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 4


def test_peaks_and_troughs_of_american_output_lie_near_the_reference_dates() -> None:
    """Quarterly real GDP of 1959 to 2009 against the dates of the National Bureau of Economic Research
    (nber.org/cycles: peaks 1960Q2, 1969Q4, 1973Q4, 1980Q1, 1981Q3, 1990Q3, 2007Q4; troughs 1961Q1, 1970Q4, 1975Q1, 1980Q3,
    1982Q4, 1991Q1). GDP did not fall for two quarters in 2001, and turned up before the other series in 1970 and 1982."""
    data = macrodata.load_pandas().data
    periods = tuple(
        f"{int(year)}-Q{int(quarter)}" for year, quarter in zip(data.year, data.quarter, strict=True)
    )
    output = TimeSeries("gdp", "Q", periods, np.log(data.realgdp.to_numpy()), "", tuple(() for _ in periods))
    turns = turning_points(output)
    reference = {
        1: ("1960-Q2", "1969-Q4", "1973-Q4", "1980-Q1", "1981-Q3", "1990-Q3", "2007-Q4"),
        -1: ("1961-Q1", "1970-Q4", "1975-Q1", "1980-Q3", "1982-Q4", "1991-Q1"),
    }
    for way, dates in reference.items():
        found = [periods.index(turn.period) for turn in turns if turn.way == way]
        assert len(found) == len(dates)
        late = [abs(a - periods.index(b)) for a, b in zip(found, dates, strict=True)]
        assert max(late) <= 3 and sorted(late)[len(late) // 2] <= 1


def test_spencers_curve_keeps_a_cubic_and_a_moving_mean_keeps_a_line() -> None:
    at = np.arange(60.0)
    cubic = 0.001 * at**3 - 0.05 * at**2 + at
    np.testing.assert_allclose(spencer(cubic)[7:-7], cubic[7:-7], atol=1e-9)
    for length in (3, 12):
        np.testing.assert_allclose(moving_mean(at, length), at, atol=1e-9)


def test_an_outlier_is_replaced_by_the_curve_and_noise_lengthens_the_mean() -> None:
    wave = np.sin(np.arange(120) / 8)
    spoilt = wave.copy()
    spoilt[60] += 6
    assert (
        abs(without_outliers(spoilt, 3.5)[60] - wave[60]) < 2
        and without_outliers(spoilt, 3.5)[30] == spoilt[30]
    )
    noisy = wave + np.random.default_rng(1).normal(size=120)
    assert dominance(wave, 3, 6) == 3 and dominance(noisy, 3, 6) == 6


def test_a_short_or_gappy_series_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="SERIES-003"):
        turning_points(series("x", list(np.arange(30.0))))
    values = np.arange(90.0)
    values[40] = np.nan
    with pytest.raises(UnusableSeries, match="SERIES-002"):
        turning_points(series("x", values))
