"""What swings round a level: an autoregression of the logarithm whose forecasts hold what they say, however short its history is.

How fast it comes back is what a short history says least about, and with a bias. So every persistence is weighed by the confidence that the
history leaves it: how often Burg's estimate would be as high or higher if that persistence were the true one, a distribution that depends
on nothing but the number of values and is simulated once for each. Given the persistence, level and spread are drawn from what the values
leave of them under the reference prior. Mixed so, intervals are still too wide or too narrow by a few points, each persistence and horizon
in its own way; they are widened or narrowed by factors that were found by simulation (data/pathway/calibration.toml, made by
tools/calibrate_reverting.py).

Source: Andrews, D. W. K., Exactly median-unbiased estimation of first order autoregressive/unit root models, Econometrica 61 (1993) 139-165
[R]; Beran, R., Calibrating prediction regions, Journal of the American Statistical Association 85 (1990) 715-723 [R].
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy.special import ndtr

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.chance.inflation import inflation

PERSISTENCES = np.concatenate([np.linspace(-0.6, 0.8, 15), [0.84, 0.88, 0.91, 0.94, 0.96, 0.98, 0.99]])
"""Persistences that are weighed; what a history says above the last counts for it."""

_SIMULATED, _SEED = 4_000, 1993


@dataclass(frozen=True, slots=True)
class Reverting:
    """A swing round a level; a `Course`.

    Attributes:
        logs: the logarithms of the history, one for each year without a gap, not all alike.
    """

    logs: tuple[float, ...]
    own: int = 3

    @property
    def values(self) -> int:
        """How many values it was estimated from."""
        return len(self.logs)

    @property
    def persistence(self) -> float:
        """What is left of a deviation after a year, at the middle of the confidence in it."""
        weights = confidence(np.array(self.logs)).cumsum()
        return float(PERSISTENCES[np.searchsorted(weights, 0.5)])

    def path(self, z: Floats, own: Floats) -> Floats:
        """(N, A): deviations from the forecast."""
        logs, ahead = np.array(self.logs), np.arange(1, z.shape[1] + 1)
        weights, freedom = confidence(logs), len(logs) - 1
        level, sd, doubt = conditional(logs)
        chosen = np.minimum(np.searchsorted(weights.cumsum(), ndtr(own[:, 0])), len(weights) - 1)
        back, sd = PERSISTENCES[chosen], sd[chosen] * inflation(own[:, 1], freedom)
        mean = level[chosen] + sd * np.sqrt(doubt[chosen]) * own[:, 2]
        now, found = np.full(len(z), logs[-1]) - mean, np.empty_like(z)
        for year in range(z.shape[1]):
            now = back * now + sd * z[:, year]
            found[:, year] = now + mean
        return (found - self.forecast(logs[-1], ahead)) * (weights @ factors(len(logs), ahead))

    def forecast(self, last: float, ahead: Ints) -> Floats:
        """Logarithms so many years ahead of the last one."""
        logs = np.array(self.logs)
        weights, level = confidence(logs), conditional(logs)[0]
        left = PERSISTENCES[:, None] ** np.asarray(ahead, dtype=np.float64)
        return np.asarray(weights @ (level[:, None] + left * (last - level[:, None])))


def confidence(logs: Floats) -> Floats:
    """(..., G): weights of `PERSISTENCES`, 1 in sum, of histories (..., n)."""
    there = _burgs(logs.shape[-1])
    estimate = burg(logs)
    above = np.stack([1 - np.searchsorted(row, estimate) / row.size for row in there], axis=-1)
    above = np.maximum.accumulate(above, axis=-1)
    none, every = np.zeros_like(above[..., :1]), np.ones_like(above[..., :1])
    edges = np.concatenate([none, (above[..., 1:] + above[..., :-1]) / 2, every], axis=-1)
    return np.diff(edges, axis=-1)


def conditional(logs: Floats) -> tuple[Floats, Floats, Floats]:
    """Level and spread of histories (..., n), each (..., G) by persistence; and (G,) the variance of the level by that of a year."""
    back = PERSISTENCES
    start = 1 - back**2
    weight = start + (logs.shape[-1] - 1) * (1 - back) ** 2
    steps = logs[..., None, 1:] - back[:, None] * logs[..., None, :-1]
    first = logs[..., :1]
    level = (start * first + (1 - back) * steps.sum(-1)) / weight
    rest = start * (first - level) ** 2 + ((steps - ((1 - back) * level)[..., None]) ** 2).sum(-1)
    return level, np.sqrt(rest / (logs.shape[-1] - 1)), 1 / weight


def spread(ahead: Ints, doubt: Floats) -> Floats:
    """(G, A): standard deviations so many years ahead, by that of a year, the doubt about the level included."""
    left = PERSISTENCES[:, None] ** np.asarray(ahead, dtype=np.float64)
    swung = (1 - left**2) / (1 - PERSISTENCES[:, None] ** 2)
    return np.sqrt(swung + (1 - left) ** 2 * doubt[:, None])


def burg(logs: Floats) -> Floats:
    """(...,): Burg's estimate of the persistence of histories (..., n), between -1 and 1."""
    rest = logs - logs.mean(-1, keepdims=True)
    both = (rest[..., 1:] ** 2 + rest[..., :-1] ** 2).sum(-1)
    return np.asarray(2 * (rest[..., 1:] * rest[..., :-1]).sum(-1) / both)


def swings(back: Floats, length: int, count: int, rng: np.random.Generator) -> Floats:
    """(B, count, length): swings round 0 with a yearly standard deviation of 1, begun anywhere, of each persistence (B,)."""
    shocks = rng.standard_normal((count, length))
    found = np.empty((len(back), count, length))
    found[:, :, 0] = shocks[:, 0] / np.sqrt(1 - back[:, None] ** 2)
    for year in range(1, length):
        found[:, :, year] = back[:, None] * found[:, :, year - 1] + shocks[:, year]
    return found


def factors(length: int, ahead: Ints) -> Floats:
    """(G, A): by how much deviations of a history of `length` values are widened so many years ahead, by persistence."""
    lengths, horizons, backs, known = _calibration()
    # Between lengths by their inverse: of an endless history nothing has to be widened.
    wide = np.array([[np.interp(1 / length, 1 / lengths[::-1], each[::-1]) for each in row] for row in known])
    over = np.array([np.interp(np.asarray(ahead), horizons, row) for row in wide.T])
    return np.array([np.interp(PERSISTENCES, backs, row) for row in over.T]).T


@cache
def _burgs(length: int) -> Floats:
    """(G, simulated): Burg's estimates of histories of each persistence, sorted."""
    made = swings(PERSISTENCES, length, _SIMULATED, np.random.default_rng(_SEED))
    return np.sort(burg(made), axis=1)


@cache
def _calibration() -> tuple[Floats, Floats, Floats, Floats]:
    """Lengths (L,), horizons (H,), persistences (B,) and factors (H, B, L) as they were found, and 1 for an endless history."""
    text = (files("touchstone") / "data" / "pathway" / "calibration.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    known = np.array([row["factors"] for row in told["history"]])
    lengths = np.array([*(row["values"] for row in told["history"]), 1e9])
    every = np.concatenate([known, np.ones_like(known[:1])]).transpose(1, 2, 0)
    return lengths, np.array(told["years_ahead"], float), np.array(told["persistences"]), every
