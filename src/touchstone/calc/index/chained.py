"""Forms that chain rates into a level: that of the Conference Board, and the Chinese composite index (合成指数).

They differ in what a component is divided by (calibration.py) and share the chain.
Sources: "index.level" and "index.composite" in data/methods/index.toml.
"""

from typing import TYPE_CHECKING, TypeVar

from touchstone.calc.index.calibration import Calibration
from touchstone.calc.index.material import Material
from touchstone.calc.index.misfit import no_base_level
from touchstone.calc.index.parts import Parts, steps
from touchstone.calc.index.recipe import Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Number = TypeVar("_Number", float, "NDArray[np.float64]")


def standardisation(deviations: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Standardisation factors r = (1 / s) / sum(1 / s): volatile components count less. (N,) to (N,), sum of one."""
    inverse = 1 / deviations
    return inverse / inverse.sum()


def contribution(factor: float, move: float) -> float:
    """What one component adds to the growth of the index, in percent: its factor times its symmetric rate or difference.

    >>> round(contribution(0.189, -0.96), 2)
    -0.18
    """
    return factor * move


def next_level(level: float, growth: _Number) -> _Number:
    """The level after a symmetric rate of growth in percent: I (200 + i) / (200 - i).

    >>> round(next_level(105.2, 0.06), 1)
    105.3
    """
    return level * (200 + growth) / (200 - growth)


def chained(recipe: Recipe, of: Material, kept: Calibration) -> Parts:
    """Levels of 100 in the base period, and each part of their growth in points of the level.

    The chain begins at the first period whose indicators have the coverage of the recipe. A period inside it without that
    coverage ends it: nothing is chained over a gap. Raises UnusableSeries: INDEX-018, the base period has no level.
    """
    import numpy as np

    growth, weights, coverage, cut = steps(recipe, of, kept)
    levels, bases = (np.full(len(of.periods), np.nan) for _ in range(2))
    points, trends = np.zeros_like(growth), np.zeros(len(of.periods))
    level = 100.0
    for row in _unbroken(coverage >= recipe.coverage - 1e-12):
        total = float(growth[row].sum()) + kept.drift
        bases[row], levels[row] = level, next_level(level, total)
        # growth turns into points of the level in equal measure for all parts
        share = 2 * level / (200 - total)
        points[row], trends[row] = growth[row] * share, kept.drift * share
        level = float(levels[row])
    to = 100 / _base(recipe, of, levels)
    return Parts(levels * to, bases * to, points * to, trends * to, weights, coverage, cut)


def _unbroken(enough: "NDArray[np.bool_]") -> range:
    """The first run of rows that have enough."""
    import numpy as np

    there = np.flatnonzero(enough)
    if not len(there):
        return range(0)
    lacking = np.flatnonzero(~enough[there[0] :])
    return range(int(there[0]), int(there[0] + lacking[0]) if len(lacking) else len(enough))


def _base(recipe: Recipe, of: Material, levels: "NDArray[np.float64]") -> float:
    """The mean level of the base period; 100, the level before the first, where none is named. Raises UnusableSeries: INDEX-018."""
    base = recipe.chain.base
    if not base:
        return 100.0
    there = [(p, v) for p, v in zip(of.periods, levels, strict=True) if v == v]
    known = [v for p, v in there if base in (p, p[:4])]
    if not known:
        raise no_base_level(recipe.key, base, there[0][0] if there else "—", there[-1][0] if there else "—")
    return float(sum(known) / len(known))
