"""Diffusion: how many indicators rise, in the convention of the association and in that of the Conference Board.

Source: "index.diffusion" in data/methods/index.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.index.material import Material
from touchstone.calc.index.moves import difference, symmetric_rate
from touchstone.calc.index.recipe import Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNCHANGED = 0.05
"""Percent up or down within which an indicator counts as unchanged, and by half."""
SPANS = (1, 6)


@dataclass(frozen=True, slots=True, eq=False)
class Diffusion:
    """How many indicators rise, in percent of those that have a value in both periods; (T,) each, nan where none has.

    Attributes:
        rising: strictly above the period before, as the association counts.
        falling: strictly below it.
        one, six: rising plus half of the unchanged (within 0.05 percent), over 1 and over 6 periods.
    """

    rising: "NDArray[np.float64]"
    falling: "NDArray[np.float64]"
    one: "NDArray[np.float64]"
    six: "NDArray[np.float64]"


def diffusion(recipe: Recipe, of: Material) -> Diffusion:
    """The breadth of the moves of a recipe's indicators; a counter-cyclical one rises when it falls."""
    one, six = (_moved(recipe, of, span) for span in SPANS)
    return Diffusion(strict(one), strict(-one), halves(one), halves(six))


def strict(moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Percent of moves above zero, of those there are: (T, N) to (T,)."""
    return _mean((moved > 0).astype(float), moved)


def halves(moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Percent of moves above 0.05, those within it counted by half: (T, N) to (T,).

    >>> import numpy as np
    >>> halves(np.array([[0.06, 0.05, -0.05, -0.06]])).tolist()
    [50.0]
    """
    import numpy as np

    near = np.abs(moved) <= UNCHANGED + 1e-12
    return _mean(np.where(near, 0.5, (moved > 0).astype(float)), moved)


def _mean(score: "NDArray[np.float64]", moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    there = np.isfinite(moved)
    count = there.sum(axis=1)
    return np.where(count, 100 * np.where(there, score, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def _moved(recipe: Recipe, of: Material, span: int) -> "NDArray[np.float64]":
    import numpy as np

    return np.column_stack(
        [
            i.sign * (symmetric_rate if i.kind == "level" else difference)(of.values[:, n], span)
            for n, i in enumerate(recipe.indicators)
        ]
    )
