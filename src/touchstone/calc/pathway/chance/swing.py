"""How far each driver alone swings the emissions of a year: at its low and its high quantile, all others in the middle.

A walk is moved by its longest wave, which carries most of it; of a delay all projects are late by the same quantile.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.chance.sample import Design, Draws, Scores, worth
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.plan import Plan

QUANTILES = (0.1, 0.9)
"""Where a driver is low and where it is high."""


@dataclass(frozen=True, slots=True)
class Swung:
    """Emissions of a year, t CO2e, with every driver in the middle, and with one of them low or high.

    Attributes:
        drivers: D keys; of: what each moves. low, high: (D,) t CO2e. worth: (D, 2) what the driver itself is worth in that year, low and high:
            a multiplier, or years of delay.
    """

    year: int
    base: float
    drivers: tuple[str, ...]
    of: tuple[str, ...]
    low: Floats
    high: Floats
    worth: Floats


def swung(case: Case, plan: Plan, of: Design, year: int) -> Swung:
    """The swings of a fixed plan; `of` as for `sample`, with as many projects as the plan has; `year` is one of the case."""
    y, drawn = int(np.flatnonzero(case.years == year)[0]), _alone(of)
    count, size = len(of.drivers), len(drawn.waves)
    values = worth(of, drawn)
    made = simulate(
        case, plan, Draws(of.drivers, values, np.array([0, size // 2, size]), 0, "quantiles")
    ).emissions[:, y]
    at = [
        0 if driver.of == "delay" else min(y, each.shape[1] - 1)
        for driver, each in zip(of.drivers, values, strict=True)
    ]
    ends = np.array([each[1 + 2 * row : 3 + 2 * row, at[row]] for row, each in enumerate(values)])
    names, kinds = tuple(d.key for d in of.drivers), tuple(d.of for d in of.drivers)
    return Swung(year, float(made[0]), names, kinds, made[1::2], made[2::2], ends.reshape(count, 2))


def _alone(of: Design) -> Scores:
    """Scores of 1 + 2 D futures: all in the middle, then each driver low and high by itself."""
    count = len(of.drivers)
    waves = np.zeros((1 + 2 * count, count, of.length))
    own = [np.zeros((len(waves), of.own(driver))) for driver in of.drivers]
    for row, driver in enumerate(of.drivers):
        at = slice(1 + 2 * row, 3 + 2 * row)
        score = ndtri(QUANTILES)
        if (
            driver.of == "delay"
        ):  # what projects share and what each has of its own, so that together they are at the quantile
            score = score / (np.sqrt(driver.alike) + np.sqrt(1 - driver.alike))
            own[row][at] = score[:, None]
        waves[at, row, 0] = score
    return Scores(waves, tuple(own))
