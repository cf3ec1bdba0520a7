"""Curves through a series: Spencer's, moving means, and how long a mean must be for the cycle to show.

Source: "index.turning" in data/methods/index.toml.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPENCER = (-3, -6, -5, 3, 21, 46, 67, 74, 67, 46, 21, 3, -5, -6, -3)
"""Weights of Spencer's 15-term curve, over 320."""
_END = 4
"""Values whose mean change carries a series beyond its ends, so that a curve reaches them."""


def spencer(values: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Spencer's 15-term curve, (T,) to (T,); it leaves every cubic as it is, but for seven values at both ends."""
    import numpy as np

    return np.convolve(_longer(values, 7), np.array(SPENCER) / 320, mode="valid")


def moving_mean(values: "NDArray[np.float64]", length: int) -> "NDArray[np.float64]":
    """The centred mean of so many values, (T,) to (T,); an even length gives both outermost values half the weight."""
    import numpy as np

    if length % 2:
        weights = np.full(length, 1 / length)
    else:
        weights = np.full(length + 1, 1 / length)
        weights[[0, -1]] /= 2
    return np.convolve(_longer(values, len(weights) // 2), weights, mode="valid")


def without_outliers(values: "NDArray[np.float64]", deviations: float) -> "NDArray[np.float64]":
    """Values further from Spencer's curve than so many standard deviations of all distances, replaced by the curve."""
    import numpy as np

    curve = spencer(values)
    apart = values - curve
    return np.where(np.abs(apart - apart.mean()) > deviations * apart.std(), curve, values)


def dominance(values: "NDArray[np.float64]", least: int, most: int) -> int:
    """Months for cyclical dominance: the span over which the cycle moves more than the noise, within limits."""
    import numpy as np

    curve = spencer(values)
    noise = values - curve
    for span in range(1, most):
        moved, jumped = (
            np.abs(curve[span:] - curve[:-span]).mean(),
            np.abs(noise[span:] - noise[:-span]).mean(),
        )
        if moved and jumped / moved < 1:
            return max(least, span)
    return most


def _longer(values: "NDArray[np.float64]", by: int) -> "NDArray[np.float64]":
    """The series carried on at both ends by the mean of its last changes there."""
    import numpy as np

    steps = np.arange(1, by + 1)
    reach = min(_END, len(values) - 1)
    before = values[0] - steps[::-1] * (values[reach] - values[0]) / reach
    after = values[-1] + steps * (values[-1] - values[-1 - reach]) / reach
    return np.concatenate((before, values, after))
