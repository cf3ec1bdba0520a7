"""How uncertain totals are: by derivatives (approach 1) and by drawing (approach 2), on the same formulas.

A value that stands in many lines (a factor, a meter) is one unknown: its derivatives are added up before they are squared, and
it is drawn once for all lines. That is what makes a total less certain than independent lines would be.

Source: IPCC 2006 Guidelines, vol. 1, ch. 3, approach 1 and 2 [C]; ranges of tables are read as 2.5 and 97.5 percent points
(ibid., p. 3.9 [C]); positive values with a range that is not symmetric are lognormal, shares between 0 and 1 truncated normal [C].
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.carbon.formula.derive import derive
from touchstone.calc.carbon.formula.evaluate import evaluate
from touchstone.calc.carbon.formula.expression import Expression
from touchstone.calc.carbon.line import PLACES, Input, Line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NORMAL_95 = 1.959963984540054
"""Half width of the 95 % interval of a normal, in standard deviations."""
_LOG_AT = 0.3
"""Relative standard deviation from which a positive value is drawn lognormally: a normal would reach below zero."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How uncertain one input is.

    Attributes:
        low, high: ends of its 95 % range, in the unit of the formula.
        kind: normal, lognormal, or share (truncated to between 0 and 1).
        source: where the range is from.
    """

    low: float
    high: float
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Ranged:
    """A total with its range, in the unit of the lines.

    Attributes:
        mean: by approach 1 the total itself; low, high: the 95 % interval.
        shares: of the variance, by the key of each input, the largest first; of approach 1.
        draws: how many, 0 for approach 1; settled: the largest move of either end, relative to the mean, when half of the draws
            are taken away; None for approach 1.
    """

    mean: float
    low: float
    high: float
    shares: Mapping[str, float]
    draws: int
    settled: float | None


Weight = Callable[[Line], float]
"""What a line counts in the total: its share times the weight of its gas."""
Doubts = Callable[[Line, Input], Doubt | None]


def key_of(line: Line, given: Input) -> str:
    """The unknown an input is: the factor, the fact, or the constant of the clause."""
    return given.factor or given.fact or f"{line.method}.{line.term}.{given.parameter}"


def by_derivatives(
    lines: Iterable[Line], formulas: Mapping[tuple[str, str], Expression], doubts: Doubts, weight: Weight
) -> Ranged:
    """Approach 1: the variance of a total from first derivatives; right for small doubts and mild bends.

    Args:
        formulas: by method and term; doubts: of each input of a line, None where it is taken as exact.
    """
    slope = Slopes(formulas, doubts)
    return by_slopes((line, weight(line), slope(line)) for line in lines)


class Slopes:
    """What each doubtful input of a line moves it by, in t for one standard deviation of the input, by the key of the input.

    Every derivative is made once, and every line worked out once, whatever totals it stands in.
    """

    def __init__(self, formulas: Mapping[tuple[str, str], Expression], doubts: Doubts) -> None:
        self._formulas, self._doubts = formulas, doubts
        self._derived: dict[tuple[str, str, str], Expression] = {}
        self._known: dict[Line, Mapping[str, float]] = {}

    def __call__(self, line: Line) -> Mapping[str, float]:
        """The slopes of a line; empty where all its inputs are taken as exact."""
        if line not in self._known:
            self._known[line] = self._made(line)
        return self._known[line]

    def _made(self, line: Line) -> Mapping[str, float]:
        found: dict[str, float] = {}
        values = {each.parameter: float(each.value) for each in line.inputs}
        for each in line.inputs:
            doubt = self._doubts(line, each)
            if doubt is None or doubt.high <= doubt.low:
                continue
            of = (line.method, line.term, each.parameter)
            if of not in self._derived:
                self._derived[of] = derive(self._formulas[of[:2]], each.parameter)
            key, deviation = key_of(line, each), (doubt.high - doubt.low) / 2 / NORMAL_95
            found[key] = found.get(key, 0.0) + float(evaluate(self._derived[of], values)[0]) * deviation
        return found


def by_slopes(weighed: Iterable[tuple[Line, float, Mapping[str, float]]]) -> Ranged:
    """Approach 1 for lines, each with what it counts and its slopes."""
    moves: dict[str, float] = {}
    total = 0.0
    for line, size, slopes in weighed:
        total += line.mass / 10**PLACES * size
        for key, slope in slopes.items():
            moves[key] = moves.get(key, 0.0) + slope * size
    parts = {key: move**2 for key, move in moves.items()}
    variance = sum(parts.values())
    half = NORMAL_95 * variance**0.5
    shares = {
        key: part / variance for key, part in sorted(parts.items(), key=lambda each: -each[1]) if variance
    }
    return Ranged(total, total - half, total + half, shares, 0, None)


def by_draws(
    lines: Iterable[Line], formulas: Mapping[tuple[str, str], Expression], doubts: Doubts, weight: Weight, count: int, seed: int
) -> Ranged:  # fmt: skip
    """Approach 2: the total of `count` worlds, in each of which every unknown has one value.

    The same seed gives the same draws, whatever the order of the lines: every unknown has its own stream.
    """
    import numpy as np

    known: dict[str, NDArray[np.float64]] = {}
    total = np.zeros(count)
    for line in lines:
        values: dict[str, NDArray[np.float64] | float] = {}
        for each in line.inputs:
            doubt = doubts(line, each)
            if doubt is None or doubt.high <= doubt.low:
                values[each.parameter] = float(each.value)
                continue
            key = key_of(line, each)
            if key not in known:
                known[key] = drawn(float(each.value), doubt, count, seed, key)
            values[each.parameter] = known[key]
        total += evaluate(formulas[line.method, line.term], values) * weight(line)
    low, high = np.quantile(total, (0.025, 0.975))
    mean = float(total.mean())
    early = np.quantile(total[: count // 2], (0.025, 0.975))
    settled = float(max(abs(early[0] - low), abs(early[1] - high))) / abs(mean) if mean else 0.0
    return Ranged(mean, float(low), float(high), {}, count, settled)


def drawn(value: float, doubt: Doubt, count: int, seed: int, key: str) -> "NDArray[np.float64]":
    """Draws of one unknown: its own stream, so that it is the same in every total it stands in."""
    from hashlib import blake2b

    import numpy as np

    stream = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
    dice = np.random.default_rng([seed, stream])
    z = dice.standard_normal(count)
    if doubt.kind == "lognormal" and doubt.low > 0:
        middle = (np.log(doubt.low) + np.log(doubt.high)) / 2
        return np.exp(middle + (np.log(doubt.high) - np.log(doubt.low)) / 2 / NORMAL_95 * z)
    deviation = (doubt.high - doubt.low) / 2 / NORMAL_95
    if doubt.kind != "share":
        return value + deviation * z
    from scipy.special import ndtr, ndtri

    below, above = ndtr((0 - value) / deviation), ndtr((1 - value) / deviation)
    return value + deviation * ndtri(below + (above - below) * ndtr(z))


def kind_of(value: float, low: float, high: float, stated: str = "") -> str:
    """Which distribution a range stands for where none is stated.

    >>> kind_of(0.02, 0.01, 0.03), kind_of(0.4, 0.004, 1.92), kind_of(26.8, 25.8, 27.5)
    ('normal', 'lognormal', 'normal')
    """
    if stated in ("normal", "lognormal"):
        return stated
    if stated in ("truncated-normal", "beta"):
        return "share"
    wide = (high - low) / 2 / NORMAL_95 > _LOG_AT * abs(value)
    return "lognormal" if low > 0 and wide else "normal"
