"""Bands: where a level stands, and what limits the history of an index would give.

Source: "index.bands" in data/methods/index.toml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import TYPE_CHECKING

from touchstone.calc.index.recipe import Band, Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TERCILE = 0.43
"""Standard deviations from the mean of a normal distribution to the limit of its middle third."""
FREQUENCIES = {3: (1 / 3, 2 / 3), 5: (0.1, 0.3, 0.7, 0.9)}
"""Shares of history below each limit: thirds, or 10, 20, 40, 20 and 10 percent."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Limits that a history would give; nothing changes unless somebody writes them into the recipe.

    Attributes:
        since, until: the history; `count` levels in it.
        mean, deviation: of these levels, in points.
        by_deviation: mean -/+ 0.43 standard deviations, the middle third of a normal distribution.
        by_frequency: quantiles of the levels themselves, as many as the recipe has limits.
        limits: of the recipe.
        shares: of the levels in each band of the recipe, from low to high.
    """

    since: str
    until: str
    count: int
    mean: float
    deviation: float
    by_deviation: tuple[float, float]
    by_frequency: tuple[float, ...]
    limits: tuple[float, ...]
    shares: tuple[float, ...]


def band_of(recipe: Recipe, level: float) -> str:
    """The key of the band of a level; "" for nan.

    The level is judged as it is published, with the decimals of the recipe. A limit belongs to the band nearer the middle:
    104.2 is still normal, and 95.7 too.
    """
    return band_at(recipe, level).key if level == level else ""


def band_at(recipe: Recipe, level: float) -> Band:
    """The band of a level that is a number; see `band_of`."""
    shown, limits = published(recipe, level), _exact(recipe.bands.limits)
    half = len(limits) // 2
    passed = sum(shown >= limit for limit in limits[:half]) + sum(shown > limit for limit in limits[half:])
    return recipe.bands.bands[passed]


def published(recipe: Recipe, level: float) -> Decimal:
    """A level with the decimals of the recipe, halves to even."""
    return Decimal(repr(level)).quantize(_last_place(recipe.decimals), ROUND_HALF_EVEN)


@cache
def _exact(limits: tuple[float, ...]) -> tuple[Decimal, ...]:
    return tuple(Decimal(repr(limit)) for limit in limits)


@cache
def _last_place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def proposal(
    recipe: Recipe, periods: Sequence[str], levels: "NDArray[np.float64]", since: str, until: str, count: int | None = None
) -> Proposal:  # fmt: skip
    """Limits that the levels of a declared history would give, beside those of the recipe.

    Args:
        periods, levels: T of them; nan levels are passed over.
        since, until: the history, period codes, both included.
        count: bands to propose, 3 or 5; None takes as many as the recipe has, and 3 where it has no limits.

    Raises:
        ValueError: fewer than two levels lie in the history.
        KeyError: neither 3 nor 5 bands are asked for.
    """
    import numpy as np

    own = np.array([v for p, v in zip(periods, levels, strict=True) if since <= p <= until and v == v])
    if len(own) < 2:
        raise ValueError(f"{len(own)} levels from {since} to {until}")
    mean, deviation = float(own.mean()), float(own.std(ddof=1))
    cuts = FREQUENCIES[count or max(len(recipe.bands.bands), 3)]
    keys = [band_of(recipe, float(level)) for level in own]
    return Proposal(
        since, until, len(own), mean, deviation, (mean - _TERCILE * deviation, mean + _TERCILE * deviation),
        tuple(float(limit) for limit in np.quantile(own, cuts)), recipe.bands.limits,
        tuple(keys.count(band.key) / len(own) for band in recipe.bands.bands),
    )  # fmt: skip
