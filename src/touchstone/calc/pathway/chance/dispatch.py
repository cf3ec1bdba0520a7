"""Who makes what a future demands: scrap by its planned share, then lines in proportion to their planned output as far as they can,
the rest bought outside.

What a line makes at the level u is its capacity x the smaller of u x its planned use and its load; the level is the one at which all
lines together make what is due. As use and load of a state do not depend on what stands, lines reach their load in one order.
"""

import numpy as np

from touchstone.calc.pathway.case import Floats


def level(due: Floats, standing: Floats, use: Floats, load: Floats) -> Floats:
    """(N,): the level at which lines make what is due of them; where they cannot, that of all lines at their load.

    Args:
        due: (N,) t; standing: (U, N) or (U, 1) t/a; use, load: (U,) t for a t/a, use at most load.
    """
    works = use > 0
    if not works.any():
        return np.zeros_like(due)
    steps, group = np.unique(load[works] / use[works], return_inverse=True)
    once = np.zeros((len(steps), len(group)))
    once[group, np.arange(len(group))] = 1.0
    stands = standing[works] if not works.all() else standing
    at_load, in_use = (once * load[works]) @ stands, (once * use[works]) @ stands
    before = np.zeros((len(steps) + 1, standing.shape[1]))
    np.cumsum(at_load, axis=0, out=before[1:])
    rest = np.zeros_like(before)
    np.cumsum(in_use[::-1], axis=0, out=rest[-2::-1])
    passed = (before[:-1] + steps[:, None] * rest[:-1] < due).sum(0)
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
