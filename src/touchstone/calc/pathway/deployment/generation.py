"""The full model by its lines' ways: priced, the cheapest ways found, chosen among, priced again (Dantzig and Wolfe).

Prices are taken between those of the best bound so far and those of the last choice: taken bare they swing (Wentges). After every
round the plan and the bound are known, so it can be ended at any time and says how good it is.
"""

import time
from dataclasses import dataclass
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.deployment.bound import Bounding
from touchstone.calc.pathway.deployment.master import Master
from touchstone.calc.pathway.deployment.pool import Pool, pool_at
from touchstone.calc.pathway.deployment.solver import Progress, Told

SMOOTH = 0.85
"""Share of the best bound's prices in the next."""
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Generated:
    """In the model's units: values of the columns, None where no choice was made; cost, bound; the bound's duals (shared,); ways known; rounds;
    whether the gap was reached."""

    values: Floats | None
    cost: float
    bound: float
    duals: Floats
    pool: Pool
    rounds: int
    ended: bool


def generate(
    bounding: Bounding,
    pool: Pool,
    duals: Floats,
    gap: float,
    seconds: float = np.inf,
    told: Told | None = None,
    stop: Event | None = None,
    seed: int = 1,
) -> Generated:
    """Better a plan until it is within `gap` of the bound; `duals` (shared,) to begin with; `pool` must hold a way of every line."""
    began, yuan = time.perf_counter(), bounding.model.yuan
    first = bounding.at(duals)
    best = first
    master = Master(bounding, pool + pool_at(bounding, first), seed)
    cost, values, rounds, ended = np.inf, None, 0, False
    while rounds < ROUNDS:
        left = seconds - (time.perf_counter() - began)
        solved = master.run(left, stop) if left > 0 and not (stop is not None and stop.is_set()) else None
        if solved is None:
            break
        rounds += 1
        cost, values = solved[0], master.values()
        at = bounding.at(SMOOTH * best.duals + (1 - SMOOTH) * solved[1])
        best = max(best, at, key=lambda bound: bound.value)
        if told is not None:
            told(Progress("paths", time.perf_counter() - began, rounds, cost * yuan, best.value * yuan))
        if cost - best.value <= gap * abs(best.value):
            ended = True
            break
        master.add(pool_at(bounding, at))
    return Generated(values, cost, best.value, best.duals, master.pool, rounds, ended)
