"""Write the synthetic sample behind the copper demand index: data/history/copper-demand-sample.csv.

    python tools/make_index_sample.py

No figure of it is a statistic. Levels, swings and days of publication are made up so that the index meets what real series
bring: a season, the Spring Festival that wanders between January and February, January published together with February,
figures counted from the start of the year, a slump, days of publication that differ, revisions. The same seed writes the
same bytes.
"""

import csv
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from touchstone.calc.index.recipe import Indicator
from touchstone.calc.index.recipe_file import recipes

SEED = 20130131
FIRST, LAST = 2013, 2024
OUT = Path(__file__).parents[1] / "src" / "touchstone" / "data" / "history" / "copper-demand-sample.csv"
# first days of the Chinese year in the Gregorian calendar, as in any almanac
NEW_YEAR = (
    "2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12",
    "2022-02-01", "2023-01-22", "2024-02-10",
)  # fmt: skip
SIZE = {
    "m2": 1_000_000, "pmi": 50.3, "investment-fixed": 30_000, "investment-secondary": 11_000, "power-use-industry": 3_400,
    "investment-grid": 330, "investment-power": 300, "motors": 2_400, "transformers": 13_000, "power-cable": 4_200_000, "generators": 1_100,
    "solar-new": 150, "wind-new": 160, "thermal-new": 380, "hydro-new": 130, "refrigerators": 750, "air-conditioners": 1_200,
    "freezers": 180, "washers": 560, "televisions": 1_150, "vehicles": 190, "new-energy-vehicles": 5, "investment-rail": 560,
    "locomotives": 105, "motorcycles": 190, "computers": 2_700, "chips": 85, "base-stations": 2_000, "phones": 12_500,
    "floor-completed": 8_200, "floor-started": 16_000, "floor-sold": 10_500,
}  # fmt: skip
GROWTH = {
    "m2": 9.5,
    "new-energy-vehicles": 45,
    "solar-new": 22,
    "wind-new": 10,
    "chips": 12,
    "floor-started": -3,
    "thermal-new": -2,
    "televisions": 1,
}
SWINGY = (
    "solar-new",
    "wind-new",
    "thermal-new",
    "hydro-new",
    "base-stations",
    "locomotives",
    "investment-rail",
    "floor-completed",
)
DAYS = {
    "m2": 12,
    "power-use-industry": 14,
    "solar-new": 20,
    "wind-new": 20,
    "thermal-new": 20,
    "hydro-new": 20,
    "investment-grid": 20,
    "investment-power": 20,
}
REVISED = (
    "investment-fixed",
    "investment-secondary",
    "vehicles",
    "chips",
    "motors",
    "floor-sold",
    "power-use-industry",
)
HEADS = (
    "index",
    "money",
    "energy",
    "output.cumulative",
    "investment.cumulative",
    "area.cumulative",
    "power.cumulative",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure."""

    month: str
    indicator: Indicator
    published: date
    value: str


def main() -> None:
    """Write the file and say how many rows it has."""
    indicators = recipes()["copper-demand"].indicators
    random = np.random.default_rng(SEED)
    months = [(year, month) for year in range(FIRST, LAST + 1) for month in range(1, 13)]
    common = _cycle(random, len(months))
    for month, size in ((2, -5.0), (3, -1.5), (4, -0.5)):
        common[months.index((2020, month))] += size
    sectors = {
        sector: 0.5 * _cycle(random, len(months)) for sector in dict.fromkeys(i.sector for i in indicators)
    }
    rows = [
        row
        for indicator in indicators
        for row in _published(
            random, indicator, months, _levels(random, indicator, months, common + sectors[indicator.sector])
        )
    ]
    rows.sort(key=lambda row: (row.published, row.month, row.indicator.key))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("month", "published", "status", "indicator", "name", "unit", *HEADS))
        for row in rows:
            of = row.indicator.series
            values = [row.value if head == of.measure else "" for head in HEADS]
            name = f"{row.indicator.name.zh}（合成）"
            out.writerow((row.month, row.published, "synthetic", of.subject, name, of.unit, *values))
    print(f"{OUT.name}: {len(rows)} rows")


def _cycle(random: np.random.Generator, count: int) -> np.ndarray:
    """A wave of four years or so, with shocks, in standard deviations."""
    wave = np.zeros(count)
    for at in range(2, count):
        wave[at] = 1.55 * wave[at - 1] - 0.62 * wave[at - 2] + random.normal()
    return wave / wave.std()


def _levels(
    random: np.random.Generator, indicator: Indicator, months: list[tuple[int, int]], cycle: np.ndarray
) -> np.ndarray:
    """What happened in each month: trend, cycle, season, festival and noise multiplied."""
    key, count = indicator.key, len(months)
    if indicator.kind == "diffusion":
        return SIZE[key] + 0.5 * cycle + random.normal(size=count) * 0.15
    years = np.arange(count) / 12
    trend = np.log(SIZE[key]) + np.log1p(GROWTH.get(key, random.uniform(-1, 3)) / 100) * years
    if key == "m2":
        return np.exp(
            trend
            + 0.002 * cycle
            + 0.005 * random.normal(size=count)
            + 0.004 * (np.array([m == 3 for _, m in months]))
        )
    size = 0.09 if key in SWINGY else 0.035
    season = random.normal(size=12) * (0.18 if key in SWINGY else 0.07)
    season[11] += 0.25 if key in (*SWINGY, "investment-grid", "floor-completed", "investment-rail") else 0.05
    season -= season.mean()
    effect = random.uniform(0.25, 0.45) if key != "power-use-industry" else 0.18
    festival = np.array([-effect * _holiday(year, month) for year, month in months])
    noise = size * random.normal(size=count)
    return np.exp(trend + 0.025 * cycle + season[[m - 1 for _, m in months]] + festival + noise)


def _holiday(year: int, month: int) -> float:
    """The part of the 20 days around New Year (5 before it, 15 from it on) that lies in a month."""
    start = date.fromisoformat(NEW_YEAR[year - FIRST]) - timedelta(5)
    days = [start + timedelta(n) for n in range(20)]
    return sum((day.year, day.month) == (year, month) for day in days) / 20


def _published(
    random: np.random.Generator, indicator: Indicator, months: list[tuple[int, int]], levels: np.ndarray
) -> Iterator[Row]:
    """What was printed on which day; of figures counted from the start of the year, January is printed with February."""
    total = 0.0
    for (year, month), level in zip(months, levels, strict=True):
        total = level if month == 1 else total + level
        cumulative = indicator.preparation.cumulative
        if cumulative and month == 1:
            continue
        value = total if cumulative else level
        day = _day(indicator, year, month)
        if (
            indicator.key in REVISED and random.random() < 0.04
        ):  # a first figure that is corrected a month later
            wrong = value * (1 + random.choice((-1, 1)) * random.uniform(0.002, 0.012))
            yield Row(f"{year}-{month:02d}", indicator, day, _printed(wrong))
            day = _day(indicator, *_after(year, month))
        yield Row(f"{year}-{month:02d}", indicator, day, _printed(value))


def _day(indicator: Indicator, year: int, month: int) -> date:
    """The purchasing managers' index on the last day of its month, all else in the month after."""
    if indicator.kind == "diffusion":
        return date(year, month, monthrange(year, month)[1])
    return date(*_after(year, month), DAYS.get(indicator.key, 16))


def _after(year: int, month: int) -> tuple[int, int]:
    return (year, month + 1) if month < 12 else (year + 1, 1)


def _printed(value: float) -> str:
    """Four or five digits, as statistics are printed."""
    return f"{value:.0f}" if value >= 10_000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


if __name__ == "__main__":
    main()
