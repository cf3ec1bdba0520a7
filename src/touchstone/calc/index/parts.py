"""What every form of the index gives, and the weights of those indicators that are there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.index.calibration import Calibration
from touchstone.calc.index.material import Material
from touchstone.calc.index.recipe import Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Levels and their parts; shapes and meanings as in `Index`."""

    levels: "NDArray[np.float64]"
    bases: "NDArray[np.float64]"
    contributions: "NDArray[np.float64]"
    trends: "NDArray[np.float64]"
    weights: "NDArray[np.float64]"
    coverage: "NDArray[np.float64]"
    cut: "NDArray[np.bool_]"


def steps(
    recipe: Recipe, of: Material, kept: Calibration
) -> "tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]":
    """What each indicator adds to a period, (T, N), with weights, coverage and cuts as `present_weights`.

    In points in the association's form; in percent of growth in those that chain. 0 of an indicator that is absent. The level
    form brings its standardisation factors to a sum of one over the indicators that are there.
    """
    import numpy as np

    scaled, weights, coverage, cut = present_weights(recipe, of, kept)
    unit: float | NDArray[np.float64] = kept.factor
    if recipe.form == "level":
        own = dict(zip(kept.indicators, kept.scale, strict=True))
        standing = ("spread", "diffusion")
        scale = np.array([1.0 if i.kind in standing else own.get(i.key, 1.0) for i in recipe.indicators])
        total = (weights / scale).sum(axis=1, keepdims=True)
        unit = 1 / np.where(total > 0, total, 1.0)
    return unit * weights * np.nan_to_num(scaled), weights, coverage, cut


def present_weights(
    recipe: Recipe, of: Material, kept: Calibration
) -> "tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]":
    """Moves in standard deviations, and the weights of those that are there.

    Returns:
        Scaled moves (T, N), cut off at the fences, nan where absent; weights (T, N) with a sum of one over those that are
        there; the share of the weight that is there, (T,); which moves were cut off, (T, N).

    An indicator that the calibration does not know counts as absent.
    """
    import numpy as np

    count = len(recipe.indicators)
    known = {key: number for number, key in enumerate(kept.indicators)}
    place = [known.get(indicator.key) for indicator in recipe.indicators]
    absent = np.array([at is None for at in place])

    def spread(numbers: tuple[float, ...], otherwise: float) -> "NDArray[np.float64]":
        return np.array([otherwise if at is None else numbers[at] for at in place])

    low, high = spread(kept.low, -np.inf), spread(kept.high, np.inf)
    cut = (of.moved < low) | (of.moved > high)
    scaled = (np.clip(of.moved, low, high) - spread(kept.middle, 0.0)) / spread(kept.scale, 1.0)
    scaled[:, absent] = np.nan
    weights = np.where(
        np.isfinite(scaled), np.broadcast_to(spread(kept.weights, 0.0), (len(scaled), count)), 0.0
    )
    coverage = weights.sum(axis=1)
    return scaled, weights / np.where(coverage > 0, coverage, 1.0)[:, None], coverage, cut
