"""Series, rules and materials made for tests of early warning, and the World Bank's prices as they ship."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from touchstone.calc.timeseries import TimeSeries, clock
from touchstone.calc.warning.rule import Cuts, Holding, Material, Rule, Wanted
from touchstone.calc.warning.rulebook import book
from touchstone.facts.text import Text

_FIRST = {"D": "2015-01-01", "W": "2010-W01", "M": "1995-01", "Q": "1980-Q1", "A": "1950"}
_LAST = {"D": "2026-12-31", "W": "2026-W40", "M": "2045-12", "Q": "2050-Q4", "A": "2049"}
_HEADS = {
    "Crude oil, Brent": "oil", "Coal, Australian": "coal", "Rubber, TSR20": "rubber", "Phosphate rock": "phosphate", "DAP": "dap",
    "Urea": "urea", "Potassium chloride": "potash", "Aluminum": "al", "Iron ore, cfr spot": "iron_ore", "Copper": "cu", "Lead": "pb",
    "Tin": "sn", "Nickel": "ni", "Zinc": "zn",
}  # fmt: skip


def series(key: str, values: Sequence[float] | NDArray[np.float64], unit: str = "元/吨") -> TimeSeries:
    """A series from bare values; its frequency is the last part of its key."""
    every = key.rsplit(".", 1)[-1]
    periods = clock(_FIRST[every], _LAST[every])[: len(values)]
    facts = tuple((f"{key} {period}",) for period in periods)
    return TimeSeries(key, every, periods, np.array(values, dtype=float), unit, facts)


def wandering(count: int, seed: int = 1, scale: float = 0.05) -> NDArray[np.float64]:
    """A price that wanders, with some persistence in its changes."""
    dice = np.random.default_rng(seed)
    moves, last = np.zeros(count), 0.0
    for t, shock in enumerate(dice.normal(scale=scale, size=count)):
        last = moves[t] = 0.3 * last + shock
    return 100 * np.exp(np.cumsum(moves))


def rule(measure: str = "ratio", every: str = "M", **other: object) -> Rule:
    """A rule on the value itself, entered at once; fields may be given by name."""
    plain = Rule(
        "test", Text("测试", "test"), "price", every, measure, (), "absolute", False, 12, Cuts((-1.0, -2.0), (1.0, 2.0)),
        Holding(1, 1, 0.0, 1), 1, 0.05, "test",
    )  # fmt: skip
    return replace(plain, **other)


def material(*rules: Rule, key: str = "x", mode: str = "severity") -> Material:
    """A material with a series for every role."""
    roles = "price cost stock output import export use utilisation ratio".split()
    wanted = tuple(Wanted(role, "x", role, "CN") for role in roles)
    return Material(key, Text("某料", "stuff"), mode, wanted, rules, Text("测试", "test"))


def shared(key: str, every: str) -> Rule:
    """A rule of the book, as copper has it."""
    return next(r for r in book().material("cu").rules if (r.key, r.frequency) == (key, every))


@cache
def worldbank() -> dict[str, TimeSeries]:
    """The fourteen prices that ship, by the keys the rule book wants, and the prices of inputs among them."""
    path = files("touchstone") / "data" / "history" / "worldbank-pinksheet-monthly.csv"
    head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    found = {}
    for place, title in enumerate(head[1:], 1):
        name, _, unit = title.rpartition(" (")
        there = [(row[0], float(row[place])) if row[place] else (row[0], np.nan) for row in rows]
        first = next(n for n, (_, value) in enumerate(there) if value == value)
        periods = tuple(period for period, _ in there[first:])
        values = np.array([value for _, value in there[first:]])
        facts = tuple((f"{name} {period}",) for period in periods)
        for key in _keys(name):
            found[key] = TimeSeries(key, "M", periods, values, unit.rstrip(")"), facts)
    return found


def _keys(name: str) -> list[str]:
    inputs = {"Iron ore, cfr spot": "steel", "Natural gas, Europe": "urea", "Phosphate rock": "dap"}
    keys = [f"{_HEADS[name]}.price.M"] if name in _HEADS else []
    return keys + ([f"{inputs[name]}.cost.M"] if name in inputs else [])
