"""Weights out of pairwise judgements: the analytic hierarchy process.

Source: "index.ahp" in data/methods/index.toml.
"""

from collections.abc import Sequence
from typing import Any

MOST = 0.1
"""Judgements with a consistency ratio from here on contradict each other too much to be used."""
_RANDOM = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random reciprocal matrices of size 1 to 10."""


def priorities(judgements: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The weights that judgements of pairs stand for: their principal eigenvector, with a sum of one.

    Args:
        judgements: (n, n) positive; row i, column j says how many times i counts as much as j.

    >>> [round(w, 4) for w in priorities([[1, 3], [1 / 3, 1]])]
    [0.75, 0.25]
    """
    return _principal(judgements)[1]


def consistency(judgements: Sequence[Sequence[float]]) -> float:
    """The consistency ratio of judgements; 0 where they agree with one set of weights.

    >>> round(consistency([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]), 12)
    0.0
    """
    size = len(judgements)
    by_chance = _RANDOM[min(size, len(_RANDOM)) - 1]
    if not by_chance:
        return 0.0
    return max(0.0, (_principal(judgements)[0] - size) / (size - 1) / by_chance)


def _principal(judgements: Sequence[Sequence[float]]) -> tuple[float, tuple[float, ...]]:
    import numpy as np

    solve: Any = np.linalg.eig
    values, vectors = solve(np.array(judgements, dtype=float))
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    return float(values[first].real), tuple(float(each) for each in vector / vector.sum())
