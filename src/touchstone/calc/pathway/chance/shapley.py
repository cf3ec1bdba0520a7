"""Shapley effects of drivers that move together: the variance shared out by what each adds to what the others explain already.

Of the part of a result that is linear in the scores, what a set of drivers explains is known exactly; only the rest is left to chance. The
linear part takes the longest waves of each driver and may be fitted as badly as it likes: that widens the errors and biases nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.chance.sample import Design, Scores, root, scores, worth

EXACT = 5
"""Up to so many drivers every set of them is worked out; beyond, orders in which they are added are drawn."""

_AT_ONCE = 8192
"""Futures that are worked out in one call of the model: many, for a call costs more than the futures in it, and not all, for the memory they take."""
_WAVES = 6
"""Waves of each driver that the linear part takes."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The linear part of R results: middle (R,), weights (R, D, waves), and the correlation (D, D) of drivers."""

    middle: Floats
    weights: Floats
    correlation: Floats

    def at(self, drawn: Scores) -> Floats:
        """(R, N) about its middle."""
        return np.einsum("rdw,ndw->rn", self.weights, drawn.waves[:, :, : self.weights.shape[2]])

    def explained(self, kept: Ints) -> Floats:
        """(R, 1): the variance of it that these drivers explain."""
        inside = self.correlation[np.ix_(kept, kept)]
        seen = self.correlation[:, kept] @ np.linalg.pinv(inside, hermitian=True) @ self.correlation[kept]
        return np.einsum("rdw,de,rew->r", self.weights, seen, self.weights)[:, None]

    def gain(self, made: Floats, again_: Floats, first: Scores, other: Scores, kept: Ints) -> Floats:
        """(R, N), the mean of which is what the drivers explain of the results."""
        whole = (made - self.middle[:, None]) * (again_ - self.middle[:, None])
        return whole - self.at(first) * self.at(other) + self.explained(kept)


def _line(of: Design, drawn: Scores, made: Floats) -> _Line:
    waves = drawn.waves[:, :, :_WAVES]
    table = np.column_stack([np.ones(len(waves)), waves.reshape(len(waves), -1)])
    weights: Floats = np.linalg.lstsq(table, made.T, rcond=None)[0][1:].T.astype(np.float64)
    return _Line(made.mean(1), weights.reshape(len(made), *waves.shape[1:]), of.correlation)


def shapley(
    model: Callable[[tuple[Floats, ...]], Floats], of: Design, seed: int, futures: int, orders: int
) -> tuple[Floats, Floats, int]:
    """Effects (D, R), their standard errors (D, R), and how many futures were worked out.

    What a set of drivers explains is the covariance of two futures in which these drivers are the same and the others drawn anew, given
    them. `futures` pairs are drawn for every set; beyond `EXACT` drivers, a quarter of them for each of so many `orders`, at least four.
    """
    count = len(of.drivers)
    if count > EXACT:
        gains, drawn = _orders(model, of, seed, futures, orders)
    else:
        base = scores(of, futures, (seed, 201), "sobol")
        explained, drawn = _all_sets(model, of, base, np.random.default_rng((seed, 202)))
        gains = np.array(
            [
                sum(w * (explained[big] - explained[small]) for w, small, big in each)
                for each in _weights(count)
            ]
        )
    # Shares of what all together explain, so that they add up to 1; the error is that of a ratio.
    total = gains.sum(0).mean(1)
    total = np.where(total > 0, total, 1.0)
    owed = gains.mean(2) / total
    rest = gains - owed[:, :, None] * gains.sum(0)
    return owed, rest.std(2, ddof=1) / np.sqrt(gains.shape[2]) / total, drawn


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
) -> tuple[dict[tuple[int, ...], Floats], int]:
    """By set of drivers: (R, N), the mean of which is what the set explains."""
    count, plain = len(of.drivers), model(worth(of, base))
    line, everything = _line(of, base, plain), np.arange(count)
    whole = line.gain(plain, plain, base, base, everything)
    explained = {(): np.zeros_like(plain), tuple(range(count)): whole}
    drawn = plain.shape[1]
    for size in range(1, count):
        for part in combinations(range(count), size):
            kept = np.array(part)
            other = again(of, base, kept, rng)
            explained[part] = line.gain(plain, model(worth(of, other)), base, other, kept)
            drawn += plain.shape[1]
    return explained, drawn


def _orders(
    model: Callable[[tuple[Floats, ...]], Floats], of: Design, seed: int, futures: int, orders: int
) -> tuple[Floats, int]:
    """(D, R, pairs): what each driver adds, in the unit of the variance, in each pair of orders drawn at random."""
    count, rng = len(of.drivers), np.random.default_rng((seed, 203))
    start = scores(of, futures, (seed, 204), "sobol")
    whole = model(worth(of, start))
    line = _line(of, start, whole)
    size = max(futures // 4, 32)
    chains, ranks = list[tuple[Ints, list[Scores]]](), np.arange(count)
    for order in range(2 * max((orders + 1) // 2, 2)):
        base = scores(of, size, (seed, 300 + order), "sobol")
        # Every other order is the one before it from its end: what one adds late, the other adds early.
        ranks = rng.permutation(count) if order % 2 == 0 else ranks[::-1]
        chains.append((ranks, [base, *(again(of, base, ranks[:length], rng) for length in range(1, count))]))
    at_once = max(_AT_ONCE // (size * count), 1)
    made = [
        each for n in range(0, len(chains), at_once) for each in _worked(model, of, chains[n : n + at_once])
    ]
    found = [_added(line, *chain, done) for chain, done in zip(chains, made, strict=True)]
    pairs = np.array(found).reshape(-1, 2, *found[0].shape).mean(1)
    return pairs.transpose(1, 2, 0), futures + size * count * len(chains)


def _worked(
    model: Callable[[tuple[Floats, ...]], Floats], of: Design, chains: list[tuple[Ints, list[Scores]]]
) -> list[list[Floats]]:
    """The results of some chains, worked out together."""
    every = [each for _, drawn in chains for each in drawn]
    own = tuple(np.concatenate(parts) for parts in zip(*(each.own for each in every), strict=True))
    made = model(worth(of, Scores(np.concatenate([each.waves for each in every]), own)))
    parts = iter(np.split(made, len(every), axis=1))
    return [[next(parts) for _ in drawn] for _, drawn in chains]


def _added(line: _Line, ranks: Ints, drawn: list[Scores], made: list[Floats]) -> Floats:
    """(D, R): what each driver adds where they are added in this order; the first of `drawn` are the futures themselves."""
    base, plain = drawn[0], made[0]
    before, gains = np.zeros(len(plain)), np.zeros((len(ranks), len(plain)))
    for length, driver in enumerate(ranks, 1):
        last = length == len(ranks)
        other, again_ = (base, plain) if last else (drawn[length], made[length])
        now = line.gain(plain, again_, base, other, ranks[:length]).mean(1)
        gains[driver], before = now - before, now
    return gains
