"""Markets whose truth is known because they are made here, and published series that lie beside a checkout."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from touchstone.calc.linkage.panel import Panel, panel

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "published"


def panel_of(**series: NDArray[np.float64]) -> Panel:
    """A panel of named series over numbered periods."""
    length = len(next(iter(series.values())))
    return panel(tuple(series), periods(length), np.column_stack(list(series.values())))


def unchecked(**series: NDArray[np.float64]) -> Panel:
    """A panel that nobody checked: what it holds may have gaps or stand still."""
    length = len(next(iter(series.values())))
    return Panel(tuple(series), periods(length), np.column_stack(list(series.values())))


def periods(length: int) -> tuple[str, ...]:
    """Consecutive days from the first of 2000, as period codes."""
    days = np.datetime64("2000-01-01") + np.arange(length)
    return tuple(map(str, days))


def walk(length: int, seed: int, size: float = 0.01) -> NDArray[np.float64]:
    """A log price that wanders."""
    return 10 + np.random.default_rng(seed).normal(0, size, length).cumsum()


def led(length: int, seed: int, lag: int, strength: float, memory: float = 0.5) -> Panel:
    """Returns of two metals: `late` follows `early`, which remembers itself, after `lag` days."""
    random = np.random.default_rng(seed)
    early = np.zeros(length + lag)
    for day in range(1, length + lag):
        early[day] = memory * early[day - 1] + random.normal()
    late = strength * early[: length or None] + random.normal(size=length)
    return panel_of(early=early[lag:], late=late)


def two_markets(length: int, seed: int, pulls: tuple[float, float], together: float = 0.3) -> Panel:
    """Log prices of one metal in two places, drawn back to each other by `pulls`; their shocks correlate."""
    random = np.random.default_rng(seed)
    shocks = random.normal(0, 0.01, (length, 2))
    shocks[:, 1] = together * shocks[:, 0] + (1 - together**2) ** 0.5 * shocks[:, 1]
    prices = np.full((length, 2), 10.0)
    for day in range(1, length):
        gap = prices[day - 1, 0] - prices[day - 1, 1]
        prices[day] = prices[day - 1] + np.array(pulls) * gap + shocks[day]
    return panel_of(london=prices[:, 0], shanghai=prices[:, 1])


def passed_on(length: int, seed: int, rise: float, fall: float, pull: float = -0.2) -> Panel:
    """Log prices of copper and rod: in the long run `rise` of each rise and `fall` of each fall pass through."""
    random = np.random.default_rng(seed)
    steps = random.normal(0, 0.03, length)
    steps[0] = 0
    ups, downs = np.maximum(steps, 0).cumsum(), np.minimum(steps, 0).cumsum()
    rod = np.zeros(length)
    for day in range(1, length):
        gap = rod[day - 1] - rise * ups[day - 1] - fall * downs[day - 1]
        at_once = 0.3 * max(steps[day], 0) + 0.1 * min(steps[day], 0)
        rod[day] = rod[day - 1] + pull * gap + at_once + random.normal(0, 0.005)
    return panel_of(copper=11 + steps.cumsum(), rod=11 + rod)


def danish_money() -> Panel:
    """Real money, income, bond and deposit rate of Denmark, 1974-Q1 to 1987-Q3 (Johansen & Juselius 1990)."""
    file = PUBLISHED / "johansen_denmark_input.csv"
    if not file.is_file():
        pytest.skip(f"needs {file.name} in shared/data/published beside the checkout")
    names = ("LRM", "LRY", "IBO", "IDE")
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    quarters = [row["ENTRY"].replace(":0", "-Q") for row in rows]
    return panel(names, quarters, np.array([[float(row[name]) for name in names] for row in rows]))
