"""Series to adjust: published ones that lie beside a checkout, and made ones whose truth is known."""

import csv
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.seasonal.feasts import Effect, regressor
from touchstone.calc.timeseries import TimeSeries, clock

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "published"


def published(name: str) -> list[dict[str, str]]:
    """The rows of a file of published data; skips where it is not there."""
    file = PUBLISHED / f"{name}.csv"
    if not file.is_file():
        pytest.skip("needs the data of ../shared/data/published beside the checkout")
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def series(key: str, first: str, values: np.ndarray, frequency: str = "M") -> TimeSeries:
    """A series without facts."""
    periods = [first]
    while len(periods) < len(values):
        periods = list(clock(first, f"{int(first[:4]) + len(values) // 4 + 1}{first[4:]}"))[: len(values)]
    return TimeSeries(key, frequency, tuple(periods), np.asarray(values, float), "万吨", ((),) * len(values))


def imports() -> TimeSeries:
    """Imports of China, January 2000 to December 2013, 100 million dollars."""
    rows = published("cny_imports_input")
    return series("imports", rows[0]["period"], np.array([float(row["imports_usd_100m"]) for row in rows]))


def airline() -> TimeSeries:
    """Passengers of airlines, 1949 to 1960, thousands (Box & Jenkins, series G)."""
    rows = published("x13_airpassengers_input")
    return series("passengers", rows[0]["period"], np.array([float(row["value"]) for row in rows]))


def output(
    key: str = "made", months: int = 180, seed: int = 1, festival: float = -0.15, first: str = "2008-01"
) -> TimeSeries:
    """Monthly output with trend, season, a fall of `festival` in the week of Spring Festival, and noise of 1 %."""
    dice = np.random.default_rng(seed)
    month = np.arange(months)
    season = 0.1 * np.sin(2 * np.pi * month / 12) + 0.05 * np.cos(4 * np.pi * month / 12)
    trend = 4 + 0.004 * month + np.cumsum(dice.normal(0, 0.005, months))
    plain = series(key, first, trend)
    effect = festival * regressor(Effect("spring", 0, 6), plain.periods)
    return series(key, first, np.exp(trend + season + effect + dice.normal(0, 0.01, months)))
