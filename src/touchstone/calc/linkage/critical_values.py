"""Critical values of the tests whose distributions are not in any textbook table of chi-squares.

The numbers are data: data/methods/econometrics.toml, each table with its source.
"""

from typing import Literal

from touchstone.calc.linkage.methods import declared

Deterministic = Literal["none", "ci", "co", "li"]
"""none; ci: constant inside the relations only; co: constant outside, so levels may drift; li: and a trend inside them."""

Statistic = Literal["trace", "largest"]
Table = Literal["doornik-1998", "osterwald-lenum-1992"]

SIZES = (0.10, 0.05, 0.01)
"""Sizes of the tests for which rank tests print critical values."""


def rank_probability(statistic: float, kind: Statistic, deterministic: Deterministic, free: int) -> float:
    """Asymptotic probability of a rank statistic as large, with `free` series minus rank under the null."""
    from scipy.stats import gamma

    shape, scale = _gamma(kind, deterministic, free)
    return float(gamma.sf(statistic, shape, scale=scale))


def rank_critical(
    kind: Statistic, deterministic: Deterministic, free: int, table: Table
) -> tuple[float, float, float]:
    """Critical values of a rank statistic at the `SIZES`.

    Raises:
        ValueError: Osterwald-Lenum's tables kept here are ci and li, for up to 11 series.
    """
    if table == "doornik-1998":
        from scipy.stats import gamma

        shape, scale = _gamma(kind, deterministic, free)
        low, middle, high = (float(gamma.isf(size, shape, scale=scale)) for size in SIZES)
        return low, middle, high
    rows = declared("econometrics")["osterwald_lenum_1992"][kind].get(deterministic, ())
    if free > len(rows):
        raise ValueError(f"Osterwald-Lenum 1992 has no {kind} row for {deterministic!r} with {free}")
    low, middle, high = rows[free - 1]
    return low, middle, high


def bounds(statistic: Literal["f", "t"], regressors: int, size: float) -> tuple[float, float]:
    """Lower (all I(0)) and upper (all I(1)) critical bound of a bounds test with an unrestricted constant.

    Args:
        regressors: k, 1 or 2.
        size: 0.10, 0.05, 0.025 or 0.01.

    Raises:
        ValueError: another k or size: nothing is interpolated.
    """
    table = declared("econometrics")["pesaran_shin_smith_2001"]
    sizes = [round(each, 3) for each in table["levels"]]
    if round(size, 3) not in sizes or not 1 <= regressors <= len(table[statistic]):
        raise ValueError(f"bounds are tabled for k = 1, 2 and sizes {sizes}, not k = {regressors}, {size}")
    lower, upper = table[statistic][regressors - 1][sizes.index(round(size, 3))]
    return lower, upper


def _gamma(kind: Statistic, deterministic: Deterministic, free: int) -> tuple[float, float]:
    """Shape and scale of the gamma distribution with Doornik's mean and variance."""
    surface = declared("econometrics")["doornik_1998"][kind][deterministic]
    terms = (free**2, free, 1, free == 1, free == 2, free**0.5)[kind == "largest" :]
    mean = sum(a * b for a, b in zip(surface["mean"], terms, strict=True))
    variance = sum(a * b for a, b in zip(surface["variance"], terms, strict=True))
    return mean**2 / variance, variance / mean
