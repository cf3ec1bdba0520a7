"""The logarithmic mean, by which a difference is split among the factors of a product without a rest."""

from math import log, log1p


def logarithmic_mean(a: float, b: float) -> float:
    """The logarithmic mean of two numbers of one sign.

    >>> round(logarithmic_mean(1, 2), 6), logarithmic_mean(3, 3)
    (1.442695, 3)
    """
    if abs(b - a) <= 1e-14 * abs(a):
        return a
    return (b - a) / (log1p((b - a) / a) if abs(b - a) < abs(a) / 2 else log(abs(b)) - log(abs(a)))
