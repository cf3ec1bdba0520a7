"""Distributions of inputs: which one a range stands for, whether it can be drawn, and how a standard normal error becomes one of it.

Source: IPCC 2006 Guidelines, vol. 1, ch. 3 [C] for normal, lognormal and truncated normal from 2.5 and 97.5 percent points. Uniform and
triangular have a least and a greatest value, so their range is read as these; beta has the mean and the deviation of the range [I].
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NORMAL_95 = 1.959963984540054
"""Half width of the 95 % interval of a normal, in standard deviations."""
WIDE = 0.3
"""Relative standard deviation from which a positive value is drawn lognormally: a normal would reach below zero."""
_UP = 1.1
"""How much further up than down a range reaches before it is no longer taken as symmetric: printed ends are rounded."""
KINDS = {
    "normal": "2.5 and 97.5 percent points", "lognormal": "2.5 and 97.5 percent points", "positive": "of a normal cut off at 0",
    "share": "of a normal cut off at 0 and 1", "beta": "2.5 and 97.5 percent points of a normal as wide; on 0 to 1",
    "uniform": "least and greatest", "triangular": "least and greatest; the value is the likeliest",
}  # fmt: skip
"""Distributions, and what low and high are of each."""


def kind_of(value: float, low: float, high: float, stated: str = "", share: bool = False) -> str:
    """Which distribution a range stands for: the one stated, else what the range implies.

    Args:
        stated: of `factors.factor_file.DISTRIBUTIONS`, "" where none is.
        share: it is a part of a whole.

    >>> kind_of(0.02, 0.01, 0.03), kind_of(0.4, 0.004, 1.92), kind_of(26.8, 25.8, 27.5), kind_of(26.6, 22.6, 31.3)
    ('normal', 'lognormal', 'normal', 'lognormal')
    """
    if stated == "truncated-normal":
        return "share" if share else "positive"
    if stated:
        return stated
    if share and 0 < value < 1:
        return "share"
    wide = (high - low) / 2 / NORMAL_95 > WIDE * abs(value)
    return "lognormal" if low > 0 and (wide or high - value > _UP * (value - low)) else "normal"


def drawable(value: float, low: float, high: float, kind: str) -> bool:
    """Whether there is such a distribution.

    >>> drawable(1, 0.8, 1.2, "uniform"), drawable(1, 0, 2, "lognormal"), drawable(1.1, 0.9, 1.2, "beta")
    (True, False, False)
    """
    if kind == "lognormal":
        return low > 0
    if kind in ("uniform", "triangular"):
        return low <= value <= high
    if kind == "positive":
        return value > 0
    if kind in ("share", "beta"):
        return 0 < value < 1 and (
            kind == "share" or deviation(value, low, high, kind) ** 2 < value * (1 - value)
        )
    return kind == "normal"


def deviation(value: float, low: float, high: float, kind: str) -> float:
    """The standard deviation that a range means."""
    if kind == "uniform":
        return float((high - low) / 12**0.5)
    if kind == "triangular":
        squares = low**2 + value**2 + high**2 - low * value - low * high - value * high
        return float((squares / 18) ** 0.5)
    return (high - low) / 2 / NORMAL_95


def shaped(
    value: float, low: float, high: float, kind: str, error: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Draws of a value: standard normal errors, each turned into the value at the same percent point."""
    import numpy as np
    from scipy.special import betaincinv, ndtr, ndtri

    spread = deviation(value, low, high, kind)
    if kind == "normal":
        return value + spread * error
    if kind == "lognormal":
        middle = (np.log(low) + np.log(high)) / 2
        return np.exp(middle + (np.log(high) - np.log(low)) / 2 / NORMAL_95 * error)
    point = ndtr(error)
    if kind == "uniform":
        return low + (high - low) * point
    if kind == "triangular":
        rising = low + np.sqrt(point * (high - low) * (value - low))
        falling = high - np.sqrt((1 - point) * (high - low) * (high - value))
        return np.where(point < (value - low) / (high - low), rising, falling)
    if kind == "beta":
        size = value * (1 - value) / spread**2 - 1
        return betaincinv(value * size, (1 - value) * size, point)
    below, above = ndtr((0 - value) / spread), ndtr((1 - value) / spread) if kind == "share" else 1.0
    return value + spread * ndtri(below + (above - below) * point)
