"""How uncertain totals are: by derivatives (approach 1) and by drawing (approach 2), on the same formulas.

A value that stands in many lines is one unknown, and so is the error of a meter or balance, which is the same in every month that it
is read: derivatives are added up before they are squared, and an unknown is drawn once for all lines. That is what makes a total
less certain than independent lines would be.

Source: IPCC 2006 Guidelines, vol. 1, ch. 3, approach 1 and 2 [C]; ranges of tables are read as 2.5 and 97.5 percent points
(ibid., p. 3.9 [C]); positive values with a range that reaches further up are lognormal, shares between 0 and 1 truncated normal [C].
How each distribution is drawn: `inventory.distribution`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.carbon.formula.derive import derive
from touchstone.calc.carbon.formula.evaluate import evaluate
from touchstone.calc.carbon.formula.expression import Expression
from touchstone.calc.carbon.inventory.distribution import NORMAL_95, WIDE, deviation, shaped
from touchstone.calc.carbon.line import PLACES, Input, Line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Weight = Callable[[Line], float]
"""What a line counts in the total: its share times the weight of its gas."""
_SKEW = 2.0
"""How much further a range may reach to one side before it is too far from symmetric for approach 1, if it is wide."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How uncertain one input is.

    Attributes:
        low, high: ends of its range, in the unit of the formula; of what they are the ends: `distribution.KINDS`.
        kind: of `distribution.KINDS`.
        source: where the range is from.
        unknown: what errs: inputs with the same err alike. "" where that is the factor or fact itself.
        random: standard deviation of what errs anew in each statement, beside the range; 0 unless a document tells it apart.
    """

    low: float
    high: float
    kind: str
    source: str
    unknown: str = ""
    random: float = 0.0

    def skewed(self, value: float) -> bool:
        """Whether a symmetric interval says something else than the range: it is wide, and reaches further to one side."""
        up, down = self.high - value, value - self.low
        wide = deviation(value, self.low, self.high, self.kind) > WIDE * abs(value)
        return wide and max(up, down) > _SKEW * min(up, down)


@dataclass(frozen=True, slots=True)
class Ranged:
    """A total with its range, in the unit of the lines.

    Attributes:
        mean: by approach 1 the total itself; low, high: the 95 % interval.
        shares: of the variance, by the key of each input, the largest first; of approach 1.
        draws: how many, 0 for approach 1; settled: the largest move of either end, relative to the mean, when half of the draws
            are taken away; None for approach 1.
        skewed: ids of ranges of its inputs that no symmetric interval can stand for: then low and high of approach 1 say nothing.
    """

    mean: float
    low: float
    high: float
    shares: Mapping[str, float]
    draws: int
    settled: float | None
    skewed: tuple[str, ...] = ()


Doubts = Callable[[Line, Input], Doubt | None]
RANDOM = "random "
"""Before the key of what a statement errs by itself."""


def key_of(line: Line, given: Input, doubt: Doubt | None = None) -> str:
    """The unknown an input is: what errs, the factor, the fact, or the constant of the clause."""
    own = given.factor or given.fact or f"{line.method}.{line.term}.{given.parameter}"
    return doubt.unknown or own if doubt else own


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
        self._skewed: dict[Line, tuple[str, ...]] = {}

    def __call__(self, line: Line) -> Mapping[str, float]:
        """The slopes of a line; empty where all its inputs are taken as exact."""
        if line not in self._known:
            self._known[line] = self._made(line)
        return self._known[line]

    def skewed(self, line: Line) -> tuple[str, ...]:
        """Ids of the ranges of a line that no symmetric interval can stand for, so that approach 1 is not given."""
        self(line)
        return self._skewed.get(line, ())

    def _made(self, line: Line) -> Mapping[str, float]:
        found: dict[str, float] = {}
        values = {each.parameter: float(each.value) for each in line.inputs}
        for each in line.inputs:
            doubt = self._doubts(line, each)
            if doubt is None or doubt.high <= doubt.low:
                continue
            if doubt.skewed(float(each.value)):
                self._skewed[line] = (*self._skewed.get(line, ()), doubt.source)
            of = (line.method, line.term, each.parameter)
            if of not in self._derived:
                self._derived[of] = derive(self._formulas[of[:2]], each.parameter)
            slope = float(evaluate(self._derived[of], values)[0])
            spread = deviation(float(each.value), doubt.low, doubt.high, doubt.kind)
            for key, error in (
                (key_of(line, each, doubt), spread),
                (RANDOM + key_of(line, each), doubt.random),
            ):
                if error:
                    found[key] = found.get(key, 0.0) + slope * error
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
    """Approach 2: the total of `count` worlds, in each of which every unknown has one error.

    The same seed gives the same draws, whatever the order of the lines: every unknown has its own stream.
    """
    import numpy as np

    known: dict[str, NDArray[np.float64]] = {}

    def dice(key: str) -> "NDArray[np.float64]":
        if key not in known:
            known[key] = stream(count, seed, key)
        return known[key]

    total = np.zeros(count)
    for line in lines:
        values: dict[str, NDArray[np.float64] | float] = {}
        for each in line.inputs:
            doubt, value = doubts(line, each), float(each.value)
            values[each.parameter] = value
            if doubt and doubt.high > doubt.low:
                drawn = shaped(value, doubt.low, doubt.high, doubt.kind, dice(key_of(line, each, doubt)))
                own = doubt.random * dice(RANDOM + key_of(line, each)) if doubt.random else 0.0
                values[each.parameter] = drawn + own
        total += evaluate(formulas[line.method, line.term], values) * weight(line)
    low, high = np.quantile(total, (0.025, 0.975))
    mean = float(total.mean())
    early = np.quantile(total[: count // 2], (0.025, 0.975))
    settled = float(max(abs(early[0] - low), abs(early[1] - high))) / abs(mean) if mean else 0.0
    return Ranged(mean, float(low), float(high), {}, count, settled)


def stream(count: int, seed: int, key: str) -> "NDArray[np.float64]":
    """Standard normal errors of one unknown: its own stream, so that they are the same in every total it stands in."""
    from hashlib import blake2b

    import numpy as np

    own = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng([seed, own]).standard_normal(count)
