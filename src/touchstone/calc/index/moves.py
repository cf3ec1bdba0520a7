"""Moves: what each indicator did from one period to the next, before it is weighed.

Sources: "index.rate" and "index.winsorising" in data/methods/index.toml.
"""

from typing import TYPE_CHECKING

from touchstone.calc.index.recipe import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NORMAL = 1.4826
"""The standard deviation of a normal distribution in median absolute deviations."""


def symmetric_rate(values: "NDArray[np.float64]", span: int = 1) -> "NDArray[np.float64]":
    """Rates of change in percent of the mean of both levels: 200 (x - x') / (x + x').

    Args:
        values: (T,) above zero; nan where there is none.
        span: periods between the two levels.

    Returns:
        (T,) percent; nan in the first `span` periods and wherever one of both levels is nan.

    A rise and the fall that undoes it have the same size, unlike simple percentages.
    """
    import numpy as np

    moved = np.full(len(values), np.nan)
    new, old = values[span:], values[:-span]
    moved[span:] = 200 * (new - old) / (new + old)
    return moved


def difference(values: "NDArray[np.float64]", span: int = 1) -> "NDArray[np.float64]":
    """Changes in the unit of the values; shapes as `symmetric_rate`."""
    import numpy as np

    moved = np.full(len(values), np.nan)
    moved[span:] = values[span:] - values[:-span]
    return moved


def moves(values: "NDArray[np.float64]", kind: Kind, standing: bool = False) -> "NDArray[np.float64]":
    """The moves of one indicator, (T,): symmetric rates of a level, differences of everything else.

    `standing` lets spreads and diffusion indices enter by their level, as the Conference Board does.
    """
    if kind == "level":
        return symmetric_rate(values)
    return values.copy() if standing and kind in ("spread", "diffusion") else difference(values)


def fences(sample: "NDArray[np.float64]", robust: float) -> tuple[float, float]:
    """Where moves are cut off: the median of a sample and so many robust standard deviations to both sides.

    The robust standard deviation is 1.4826 median absolute deviations; 0 of them cut nothing.
    """
    import numpy as np

    if not robust:
        return -np.inf, np.inf
    middle = float(np.median(sample))
    reach = robust * _NORMAL * float(np.median(np.abs(sample - middle)))
    return middle - reach, middle + reach
