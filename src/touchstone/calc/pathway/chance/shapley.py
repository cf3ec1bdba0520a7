"""Shapley effects of drivers that move together: the variance shared out by what each adds to what the others explain already."""

from collections.abc import Callable
from itertools import combinations
from math import factorial

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.chance.sample import Design, Scores, root, scores, worth

EXACT = 5
"""Up to so many drivers every set of them is worked out; beyond, orders in which they are added are drawn."""


def shapley(
    model: Callable[[tuple[Floats, ...]], Floats], of: Design, seed: int, futures: int, orders: int
) -> tuple[Floats, Floats, int]:
    """Effects (D, R), their standard errors (D, R), and how many futures were worked out.

    What a set of drivers explains is the covariance of two futures in which these drivers are the same and the others drawn anew, given
    them. `futures` pairs are drawn for every set; beyond `EXACT` drivers, a quarter of them for each of so many `orders`, at least four.
    """
    count = len(of.drivers)
    if count <= EXACT:
        base = scores(of, futures, (seed, 201), "sobol")
        explained, variance, drawn = _all_sets(model, of, base, np.random.default_rng((seed, 202)))
        weights = _weights(count)
        each = np.array(
            [
                sum(w * explained[with_] - w * explained[without] for w, without, with_ in weights[row])
                for row in range(count)
            ]
        )
        owed = each.mean(2)
        error = each.std(2, ddof=1) / np.sqrt(futures)
    else:
        owed, error, variance, drawn = _orders(model, of, seed, futures, orders)
    scale = np.where(variance > 0, variance, 1.0)
    return owed / scale, error / scale, drawn


def again(of: Design, base: Scores, kept: Ints, rng: np.random.Generator) -> Scores:
    """The scores with those of `kept` drivers as they are and the others drawn anew, given these."""
    anew = np.setdiff1d(np.arange(len(of.drivers)), kept)
    waves, fresh = base.waves.copy(), rng.standard_normal((len(base.waves), len(anew), base.waves.shape[2]))
    matrix = of.correlation
    across = matrix[np.ix_(anew, kept)] @ np.linalg.pinv(matrix[np.ix_(kept, kept)], hermitian=True)
    rest = matrix[np.ix_(anew, anew)] - across @ matrix[np.ix_(kept, anew)]
    waves[:, anew] = np.einsum("ab,nbw->naw", across, base.waves[:, kept]) + np.einsum(
        "ab,nbw->naw", root(rest), fresh
    )
    own = tuple(rng.standard_normal(each.shape) if row in anew else each for row, each in enumerate(base.own))
    return Scores(waves, own)


def _weights(count: int) -> list[list[tuple[float, tuple[int, ...], tuple[int, ...]]]]:
    """For each driver: weight, a set without it, and the same set with it."""
    found = []
    for row in range(count):
        others = [each for each in range(count) if each != row]
        sets = [part for size in range(count) for part in combinations(others, size)]
        found.append(
            [
                (
                    factorial(len(part)) * factorial(count - len(part) - 1) / factorial(count),
                    part,
                    tuple(sorted((*part, row))),
                )
                for part in sets
            ]
        )
    return found


def _all_sets(
    model: Callable[[tuple[Floats, ...]], Floats], of: Design, base: Scores, rng: np.random.Generator
) -> tuple[dict[tuple[int, ...], Floats], Floats, int]:
    """By set of drivers: (R, N), the mean of which is what the set explains; and the variance (R,)."""
    count, plain = len(of.drivers), model(worth(of, base))
    middle, variance = plain.mean(1, keepdims=True), plain.var(1)
    explained = {(): np.zeros_like(plain), tuple(range(count)): (plain - middle) ** 2}
    drawn = plain.shape[1]
    for size in range(1, count):
        for part in combinations(range(count), size):
            other = model(worth(of, again(of, base, np.array(part), rng)))
            explained[part] = (plain - middle) * (other - middle)
            drawn += plain.shape[1]
    return explained, variance, drawn


def _orders(
    model: Callable[[tuple[Floats, ...]], Floats], of: Design, seed: int, futures: int, orders: int
) -> tuple[Floats, Floats, Floats, int]:
    """Effects in the unit of the variance, errors, variance and futures worked out, from orders drawn at random."""
    count, rng = len(of.drivers), np.random.default_rng((seed, 203))
    whole = model(worth(of, scores(of, futures, (seed, 204), "sobol")))
    middle, variance = whole.mean(1, keepdims=True), whole.var(1)
    size = max(futures // 4, 32)
    found, drawn, ranks = [], futures, np.arange(count)
    for order in range(2 * max((orders + 1) // 2, 2)):
        base = scores(of, size, (seed, 300 + order), "sobol")
        plain = model(worth(of, base)) - middle
        # Every other order is the one before it from its end: what one adds late, the other adds early.
        ranks = rng.permutation(count) if order % 2 == 0 else ranks[::-1]
        before = np.zeros(len(plain))
        gains = np.zeros((count, len(plain)))
        for length in range(1, count + 1):
            now = (plain**2).mean(1)
            if length < count:
                other = model(worth(of, again(of, base, ranks[:length], rng))) - middle
                now = (plain * other).mean(1)
            gains[ranks[length - 1]], before = now - before, now
        drawn += size * count
        found.append(gains)
    each = np.array(found).reshape(-1, 2, *found[0].shape).mean(1)
    return each.mean(0), each.std(0, ddof=1) / np.sqrt(len(each)), variance, drawn
