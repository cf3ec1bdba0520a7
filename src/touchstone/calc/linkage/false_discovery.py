"""The false-discovery rate over many tests: of a hundred links called real, how many may be chance.

Source: "linkage.false_discovery" in data/methods/econometrics.toml.
"""

from collections.abc import Sequence


def benjamini_hochberg(probabilities: Sequence[float]) -> tuple[float, ...]:
    """The q value of each p value, in the order given.

    Calling every test with q <= 0.05 real keeps the expected share of false ones at 5 % or below, if the tests are
    independent or positively dependent. A q is never below its p, and the order of the q is that of the p.

    Raises:
        ValueError: a probability lies outside 0 to 1.

    >>> benjamini_hochberg([0.04, 0.01, 0.5])
    (0.06, 0.03, 0.5)
    """
    if any(not 0 <= p <= 1 for p in probabilities):
        raise ValueError("a probability lies outside 0 to 1")
    count = len(probabilities)
    adjusted = [0.0] * count
    smallest = 1.0
    for rank, place in sorted(enumerate(_ascending(probabilities), 1), reverse=True):
        smallest = min(smallest, probabilities[place] * (count / rank))
        adjusted[place] = smallest
    return tuple(adjusted)


def _ascending(values: Sequence[float]) -> list[int]:
    return sorted(range(len(values)), key=values.__getitem__)
