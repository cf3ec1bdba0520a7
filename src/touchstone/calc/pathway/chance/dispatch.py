"""Who makes what a future demands: scrap by its planned share, then lines in proportion to their planned output as far as they can,
the rest bought outside.

What a line makes at the level u is its capacity x the smaller of u x its planned use and its load; the level is the one at which all
lines together make what is due. As use and load of a state do not depend on what stands, lines reach their load in one order.
"""

import numpy as np
from scipy.sparse import csr_array

from touchstone.calc.pathway.case import Floats

_ALIKE = 9
"""Decimals in which states that reach their load at one level agree: a solver leaves as much between them."""


def level(due: Floats, standing: Floats, use: Floats, load: Floats) -> Floats:
    """(N,): the level at which lines make what is due of them; where they cannot, that of all lines at their load.

    Args:
        due: (N,) t; standing: (U, N) or (U, 1) t/a; use, load: (U,) t for a t/a, use at most load.
    """
    works = np.flatnonzero(use > 0)
    if not len(works):
        return np.zeros_like(due)
    steps, group = np.unique(np.round(load[works] / use[works], _ALIKE), return_inverse=True)
    shape = (len(steps), len(use))
    at_load, in_use = (csr_array((of[works], (group, works)), shape=shape) @ standing for of in (load, use))
    before = np.zeros((len(steps) + 1, standing.shape[1]))
    np.cumsum(at_load, axis=0, out=before[1:])
    rest = np.zeros_like(before)
    np.cumsum(in_use[::-1], axis=0, out=rest[-2::-1])
    # By less than rounding no load is passed, so that a plan with lines at their load comes out as it went in.
    passed = (before[:-1] + steps[:, None] * rest[:-1] < due * (1 - 1e-12)).sum(0)
    future = np.arange(len(due)) if standing.shape[1] > 1 else np.zeros(len(due), dtype=np.int64)
    wanted, left = due - before[passed, future], rest[passed, future]
    found = np.divide(wanted, left, out=np.full(len(due), steps[-1]), where=left > 0)
    return np.minimum(found, steps[-1])


def outputs(at: Floats, standing: Floats, use: Floats, load: Floats) -> Floats:
    """(U, N): t that each state makes at these levels (N,)."""
    made = use[:, None] * at
    np.minimum(made, load[:, None], out=made)
    made *= standing
    return made
