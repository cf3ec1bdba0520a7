"""Chance: how likely rounding alone explains a difference.

Each printed figure is taken as uniform over its rounding interval, independent of the
others. The distribution of their weighted sum is then known exactly (a spline), so the
chance needs no sampling and is the same in every run.
"""

from itertools import product
from math import erf, factorial, prod, sqrt

_EXACT = 8
"""With more figures than this the normal distribution is close enough (error below 0.002)."""


def chance_inside(face: float, widths: list[float], low: float, high: float) -> float:
    """Probability that a computed figure falls into the stated interval.

    Args:
        face: the figure computed from the printed values.
        widths: for each figure it was computed from, how far half a unit of that figure moves it.
        low, high: the stated interval.

    Returns:
        A probability, 0 to 1, rounded to four places.

    >>> chance_inside(620.3, [0.05, 0.05], 620.15, 620.25)
    0.125
    """
    widths = [abs(w) for w in widths]
    largest = max(widths, default=0.0)
    widths = [w for w in widths if w > largest * 1e-3]
    if not widths or largest < 1e-15 * max(1.0, abs(face)):
        return 1.0 if low <= face <= high else 0.0
    below = _normal if len(widths) > _EXACT else _spline
    return round(min(1.0, max(0.0, below(high - face, widths) - below(low - face, widths))), 4)


def _spline(x: float, widths: list[float]) -> float:
    if x >= sum(widths):
        return 1.0
    if x <= -sum(widths):
        return 0.0
    unit = max(widths)
    widths, x = [w / unit for w in widths], x / unit
    n = len(widths)
    area = 0.0
    for signs in product((1, -1), repeat=n):
        reach = x + sum(s * w for s, w in zip(signs, widths, strict=True))
        if reach > 0:
            area += prod(signs) * reach**n
    return area / (factorial(n) * 2**n * prod(widths))


def _normal(x: float, widths: list[float]) -> float:
    return 0.5 * (1 + erf(x / sqrt(2 * sum(w * w for w in widths) / 3)))
