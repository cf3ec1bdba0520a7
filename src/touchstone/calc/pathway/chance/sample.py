"""Draws: what each driver is worth in each of many futures, the same for the same seed.

Drivers are joined by a Gaussian copula. A walk is spread over the waves (cosines) of its years, the longest first, so that the few first
coordinates, to which Sobol points or a Latin hypercube are given, carry most of what happens. Points are scrambled anew for each batch;
from the batches follows the standard error of whatever is estimated, which points of low discrepancy do not tell by themselves.

Source: Owen, A. B., Monte Carlo theory, methods and examples, ch. 17 (randomized quasi-Monte Carlo) [R].
"""

from dataclasses import dataclass

import numpy as np
from scipy.fft import idct
from scipy.special import ndtri
from scipy.stats import qmc

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.chance.driver import Correlation, Driver, checked, correlations, known
from touchstone.calc.pathway.chance.law import Law
from touchstone.calc.pathway.refusal import refusal

_EVEN = 64
"""So many coordinates are spread evenly; those after them, which carry little each, are drawn at random."""

BEYOND, RARELY = 1_000.0, 0.001
"""A driver may multiply or divide by more than so much in no more than this share of the futures."""


@dataclass(frozen=True, slots=True)
class Design:
    """What draws are made of.

    Attributes:
        drivers: D of them; correlation: (D, D); years: (Y,) of the case; projects: how many projects the plan has.
    """

    drivers: tuple[Driver, ...]
    correlation: Floats
    years: Ints
    projects: int

    @property
    def start(self) -> int:
        """The last year that is known of every driver."""
        return min(
            (known(each, self.years) for each in self.drivers if each.grows), default=int(self.years[0])
        )

    @property
    def length(self) -> int:
        """A: years that a walk is drawn for; at least 1."""
        return max(int(self.years[-1]) - self.start, 1)

    def own(self, driver: Driver) -> int:
        """Numbers that this driver takes and shares with no other."""
        if driver.of == "delay":
            return self.projects if driver.alike < 1 else 0
        return 0 if isinstance(driver.law, Law) else driver.law.own


@dataclass(frozen=True, slots=True)
class Scores:
    """Standard normal numbers of N futures.

    Attributes:
        waves: (N, D, A), correlated among drivers, the longest wave first; of a driver that does not grow only the first counts.
        own: for each driver (N, its own numbers), independent.
    """

    waves: Floats
    own: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Draws:
    """Values of drivers in N futures.

    Attributes:
        values: for each driver (N, Y), 1 in years that are known, or (N, 1) of a level of which none is; multipliers, or (N, projects) years
            of delay.
        batches: (B + 1,) where each batch of points begins, and N.
        seed: of everything drawn; points: "sobol", "latin" or "random".
    """

    drivers: tuple[Driver, ...]
    values: tuple[Floats, ...]
    batches: Ints
    seed: int
    points: str

    def __len__(self) -> int:
        return int(self.batches[-1])


def design(
    drivers: tuple[Driver, ...], years: Ints, together: tuple[Correlation, ...] = (), projects: int = 0
) -> Design:
    """What draws are made of, checked; raises as `checked` and `correlations` do."""
    return Design(checked(drivers), correlations(drivers, together), np.asarray(years), projects)


def sample(of: Design, draws: int, seed: int, *, points: str = "sobol", batches: int = 10) -> Draws:
    """`draws` futures.

    Raises:
        UnusablePathway: CHANCE-010, fewer than two draws in a batch, or no such points; CHANCE-022, a driver takes quantities beyond all sense.
    """
    if batches < 2 or draws < 2 * batches or points not in ("sobol", "latin", "random"):
        raise refusal("CHANCE-010", "sample", draws=draws, batches=batches, points=points)
    edges = np.array([draws * batch // batches for batch in range(batches + 1)])
    sizes = np.diff(edges)
    each = [scores(of, int(size), (seed, batch), points) for batch, size in enumerate(sizes)]
    own = tuple(np.concatenate(parts) for parts in zip(*(one.own for one in each), strict=True))
    joined = Scores(np.concatenate([one.waves for one in each]), own)
    values = worth(of, joined)
    for driver, each in zip(of.drivers, values, strict=True):
        _sensible(driver, each)
    return Draws(of.drivers, values, edges, seed, points)


def scores(of: Design, draws: int, seed: tuple[int, ...], points: str) -> Scores:
    """Scores of `draws` futures, of one scramble of points."""
    return pair(of, draws, seed, points, 1)[0]


def pair(of: Design, draws: int, seed: tuple[int, ...], points: str, sides: int = 2) -> tuple[Scores, ...]:
    """As many independent sets of scores, of one scramble: two scrambles of the same points would not be independent, row by row."""
    rows = len(of.drivers)
    walks = sum(driver.grows for driver in of.drivers)
    width = rows + sum(map(of.own, of.drivers)) + walks * (of.length - 1)
    drawn = _normal(np.random.default_rng(seed), draws, width, points, sides)
    return tuple(_scores(of, each) for each in drawn)


def _scores(of: Design, drawn: Floats) -> Scores:
    """Standard normal numbers (N, width), the weightiest first, as scores of drivers."""
    draws, rows, length = len(drawn), len(of.drivers), of.length
    walks = [row for row, driver in enumerate(of.drivers) if driver.grows]
    waves = np.zeros((draws, rows, length))
    waves[:, :, 0] = drawn[:, :rows] @ root(of.correlation)
    # Parameters of a history move all years: they come before the waves, and a project's own luck after them.
    late = [row for row, driver in enumerate(of.drivers) if driver.of == "delay"]
    widths, own, at = list(map(of.own, of.drivers)), [np.zeros((draws, 0))] * rows, rows
    for row in (row for row in range(rows) if row not in late):
        own[row], at = drawn[:, at : at + widths[row]], at + widths[row]
    if walks:
        rest = drawn[:, at : at + len(walks) * (length - 1)].reshape(draws, length - 1, len(walks))
        mixed = rest @ root(of.correlation[np.ix_(walks, walks)])
        waves[:, walks, 1:] = mixed.transpose(0, 2, 1)
        at += len(walks) * (length - 1)
    for row in late:
        own[row], at = drawn[:, at : at + widths[row]], at + widths[row]
    return Scores(waves, tuple(own))


def worth(of: Design, drawn: Scores) -> tuple[Floats, ...]:
    """What the drivers are worth by their scores; see `Draws.values`."""
    return tuple(
        _worth(of, driver, drawn.waves[:, row], drawn.own[row]) for row, driver in enumerate(of.drivers)
    )


def root(matrix: Floats) -> Floats:
    """The symmetric root of a matrix of correlations, which may be singular."""
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T


def _worth(of: Design, driver: Driver, waves: Floats, own: Floats) -> Floats:
    if not driver.grows:
        assert isinstance(driver.law, Law)
        if driver.of == "delay":
            shared = np.sqrt(driver.alike) * waves[:, :1]
            mixed = shared + np.sqrt(1 - driver.alike) * own if driver.alike < 1 else waves[:, :1]
            return np.maximum(driver.law.at(mixed), 0.0)
        level = np.maximum(driver.law.at(waves[:, :1]), 0.0)
        unknown = of.years > known(driver, of.years)
        return level if unknown.all() else np.where(unknown, level, 1.0)
    z = np.asarray(idct(waves, norm="ortho", axis=1))[:, known(driver, of.years) - of.start :]
    path = driver.law.at(z).cumsum(1) if isinstance(driver.law, Law) else driver.law.path(z, own)
    ahead = of.years - known(driver, of.years)
    path = np.concatenate([np.zeros((len(path), 1)), path], axis=1)
    with np.errstate(over="ignore"):  # what is too large to be a number is refused by `sample`
        return np.asarray(np.exp(path[:, np.clip(ahead, 0, path.shape[1] - 1)]))


def _sensible(driver: Driver, values: Floats) -> None:
    least = 1 / BEYOND if driver.grows else -np.inf
    if driver.of == "delay" or (values.max() < BEYOND and values.min() > least):
        return
    share = (~(values < BEYOND) | (values < least)).any(1).mean()
    if share > RARELY or not np.isfinite(values).all():
        where = driver.where or f"[{driver.key}]"
        raise refusal("CHANCE-022", where, share=f"{share:.2%}", beyond=f"{BEYOND:,.0f}")


def _normal(rng: np.random.Generator, draws: int, width: int, points: str, sides: int) -> Floats:
    """(sides, N, width)."""
    even = 0 if points == "random" else min(width, _EVEN)
    drawn = np.empty((sides, draws, width))
    if even:
        if points == "latin":
            shares = qmc.LatinHypercube(sides * even, rng=rng).random(draws)
        else:
            shares = qmc.Sobol(sides * even, rng=rng).random_base2(int(np.ceil(np.log2(draws))))[:draws]
        shares = ndtri(np.clip(shares, 1e-12, 1 - 1e-12))
        drawn[:, :, :even] = shares.reshape(draws, even, sides).transpose(2, 0, 1)
    drawn[:, :, even:] = rng.standard_normal((sides, draws, width - even))
    return drawn
