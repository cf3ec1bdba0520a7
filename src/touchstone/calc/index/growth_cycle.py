"""The growth-cycle form of the OECD: deviations from trend, smoothed, normalised, averaged.

Source: "index.growth_cycle" in data/methods/index.toml. The filter looks both ways: the newest months are revised when more
become known, more than in any other form.
"""

from math import pi, sin
from typing import TYPE_CHECKING, Literal

from touchstone.calc.index.calibration import Calibration
from touchstone.calc.index.material import Material
from touchstone.calc.index.parts import Parts, present_weights
from touchstone.calc.index.recipe import Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Phase = Literal["expansion", "downturn", "slowdown", "recovery", ""]


def stiffness(months: float) -> float:
    """The parameter of a Hodrick-Prescott filter whose cut is at cycles of so many periods.

    >>> round(stiffness(120), 2), round(stiffness(12), 2)
    (133107.94, 13.93)
    """
    return (2 * sin(pi / months)) ** -4


def trend(values: "NDArray[np.float64]", months: float) -> "NDArray[np.float64]":
    """The part of a series slower than cycles of so many periods: (T,) without nan, five or more, to (T,)."""
    import numpy as np
    from scipy.linalg import solveh_banded

    count = len(values)
    banded = np.zeros((3, count))
    banded[2] = 6.0
    banded[2, [0, -1]], banded[2, [1, -2]] = 1.0, 5.0
    banded[1, 1:] = -4.0
    banded[1, [1, -1]] = -2.0
    banded[0, 2:] = 1.0
    banded *= stiffness(months)
    banded[2] += 1.0
    return solveh_banded(banded, values)


def cyclical(values: "NDArray[np.float64]", longest: float, shortest: float) -> "NDArray[np.float64]":
    """The cycles between two lengths in periods: the trend taken out, then the noise; (T,) without nan to (T,)."""
    return trend(values - trend(values, longest), shortest)


def normalised(cycle: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Deviations from the mean in mean absolute deviations."""
    import numpy as np

    own = cycle - cycle.mean()
    return own / np.abs(own).mean()


def growth_cycle(recipe: Recipe, of: Material, kept: Calibration) -> Parts:
    """The index: 100 plus the weighed mean of normalised cycles, with the amplitude of the reference.

    Contributions add up to level - 100 exactly.

    Raises:
        UnusableSeries: SERIES-002, a series has a gap: a filter would have to invent what is in it.
    """
    import numpy as np

    _, _, _, cut = present_weights(recipe, of, kept)
    known = set(kept.indicators)
    cycles = np.column_stack(
        [
            _cycle(recipe, of, n) if i.key in known else np.full(len(of.periods), np.nan)
            for n, i in enumerate(recipe.indicators)
        ]
    )
    own = dict(zip(kept.indicators, kept.weights, strict=True))
    base = np.array([own.get(indicator.key, 0.0) for indicator in recipe.indicators])
    weights = np.where(np.isfinite(cycles), base, 0.0)
    coverage = weights.sum(axis=1)
    weights = weights / np.where(coverage > 0, coverage, 1.0)[:, None]
    points = weights * np.nan_to_num(cycles)
    enough = coverage >= recipe.coverage - 1e-12
    deviation = points.sum(axis=1)
    middle = deviation[enough].mean() if enough.any() else 0.0
    size = np.abs(deviation[enough] - middle).mean() if enough.any() else 1.0
    points = (points - weights * middle) * (_amplitude(recipe, of) / size)
    none = np.zeros(len(of.periods))
    return Parts(100 + points.sum(axis=1), none + 100, points, none, weights, coverage, np.zeros_like(cut))


def _cycle(recipe: Recipe, of: Material, column: int) -> "NDArray[np.float64]":
    """The normalised cycle of one indicator, nan before its first value and behind its last."""
    import numpy as np

    indicator, values = recipe.indicators[column], of.values[:, column]
    there = np.flatnonzero(np.isfinite(values))
    part = slice(there[0], there[-1] + 1)
    found = np.full(len(values), np.nan)
    own = cyclical(values[part], recipe.cycle.longest, recipe.cycle.shortest)
    found[part] = indicator.sign * normalised(own)
    return found


def _amplitude(recipe: Recipe, of: Material) -> float:
    """Mean absolute deviation of the reference from its trend, in percent of it; 1 point where no reference is named."""
    import numpy as np

    if not recipe.cycle.reference:
        return 1.0
    column = next(n for n, i in enumerate(recipe.indicators) if i.key == recipe.cycle.reference)
    values = of.values[:, column][np.isfinite(of.values[:, column])]
    return float(np.abs(100 * (values / trend(values, recipe.cycle.longest) - 1)).mean())


def phase(level: float, before: float) -> Phase:
    """The phase of a growth cycle: above or below 100, rising or falling; "" where one of both is nan.

    >>> phase(101, 100.5), phase(101, 101.5), phase(99, 99.5), phase(99, 98.5)
    ('expansion', 'downturn', 'slowdown', 'recovery')
    """
    if level != level or before != before:
        return ""
    rising = level > before
    if level > 100:
        return "expansion" if rising else "downturn"
    return "recovery" if rising else "slowdown"
