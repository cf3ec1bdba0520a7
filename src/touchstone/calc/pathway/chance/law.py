"""Laws of chance: the distributions a driver may follow, written by a planner and reached from a standard normal number."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import ndtr

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.refusal import refusal
from touchstone.facts.text import Text

PARAMETERS = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sd"),
    "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "discrete": ("values", "weights"),
}
"""What each distribution is given by. `sd` of lognormal is that of the logarithm; `weights` are shares and need not add up to 1."""

_WIDTH = 1.6448536269514722
"""Standard deviations from the middle of a normal distribution to where 95 % of it lies below."""


@dataclass(frozen=True, slots=True)
class Law:
    """A distribution; made by `law` or `spanning`, which check it.

    Attributes:
        name: of `PARAMETERS`; parameters: in that order, the values of a discrete one.
        weights: of the values of a discrete one; empty otherwise.
    """

    name: str
    parameters: tuple[float, ...]
    weights: tuple[float, ...] = ()

    def at(self, z: Floats) -> Floats:
        """The values that standard normal numbers `z` stand for: of the same rank in this law. Any shape."""
        match self.name, self.parameters:
            case "normal", (mean, sd):
                return mean + sd * z
            case "lognormal", (median, sd):
                return median * np.exp(sd * z)
            case "uniform", (low, high):
                return low + (high - low) * ndtr(z)
            case "triangular", (low, mode, high):
                return _triangular(ndtr(z), low, mode, high)
            case _:
                steps = np.cumsum(self.weights) / np.sum(self.weights)
                return np.array(self.parameters)[np.searchsorted(steps[:-1], ndtr(z), "right")]

    @property
    def least(self) -> float:
        """The value below which a thousandth of the law lies at most."""
        return float(self.at(np.array(-3.0902)))

    @property
    def greatest(self) -> float:
        """The value above which a thousandth of the law lies at most."""
        return float(self.at(np.array(3.0902)))


def law(name: str, where: str, **given: float | tuple[float, ...]) -> Law:
    """A checked law.

    Args:
        name: of `PARAMETERS`; given: its parameters by name. where: the file and place it was written in.

    Raises:
        UnusablePathway: CHANCE-001, no such distribution; CHANCE-002, a parameter is missing, too many or impossible.
    """
    if name not in PARAMETERS:
        raise refusal("CHANCE-001", where, name=name, known=", ".join(PARAMETERS))
    wanted = PARAMETERS[name]
    found = _said(given)
    if set(given) != set(wanted):
        raise refusal("CHANCE-002", where, name=name, found=found, wanted=", ".join(wanted))
    if name == "discrete":
        values, weights = (tuple(np.atleast_1d(given[key]).tolist()) for key in wanted)
        made = Law(name, values, weights)
        right = len(values) == len(weights) > 0 and min(weights) >= 0 and sum(weights) > 0
    else:
        made = Law(name, tuple(float(np.asarray(given[key])) for key in wanted))
        right = _ordered(made)
    if not (right and all(map(isfinite, (*made.parameters, *made.weights)))):
        raise refusal("CHANCE-002", where, name=name, found=found, wanted=_rule(name))
    return made


def spanning(name: str, where: str, low: float, high: float) -> Law:
    """The law of this name of which 90 % lies between `low` and `high`: normal, lognormal or uniform.

    >>> spanning("normal", "", 0.9, 1.1).parameters[0]
    1.0
    """
    if not low < high or name == "lognormal" and low <= 0 or name not in ("normal", "lognormal", "uniform"):
        raise refusal(
            "CHANCE-002",
            where,
            name=name,
            found=f"5 % {low}, 95 % {high}",
            wanted=Text(
                "normal、lognormal或uniform，5 %处的值小于95 %处的值",
                "normal, lognormal or uniform, its 5 % below its 95 %",
            ),
        )
    if name == "normal":
        return law(name, where, mean=(low + high) / 2, sd=(high - low) / 2 / _WIDTH)
    if name == "lognormal":
        span = float(np.log(high / low)) / 2 / _WIDTH
        return law(name, where, median=(low * high) ** 0.5, sd=span)
    beyond = (high - low) / 0.9 * 0.05
    return law(name, where, low=low - beyond, high=high + beyond)


def _ordered(made: Law) -> bool:
    match made.name, made.parameters:
        case "normal", (_, sd):
            return sd >= 0
        case "lognormal", (median, sd):
            return median > 0 and sd >= 0
        case _:
            return list(made.parameters) == sorted(made.parameters)


def _said(given: Mapping[str, float | tuple[float, ...]]) -> str:
    """Parameters as they were written: low = 0.9, values = [0, 1]."""
    lists = {key: np.atleast_1d(np.asarray(value)).tolist() for key, value in given.items()}
    numbers = {key: ", ".join(f"{one:g}" for one in each) for key, each in lists.items()}
    return ", ".join(
        f"{key} = {f'[{numbers[key]}]' if isinstance(given[key], tuple) else numbers[key]}" for key in given
    )


def _rule(name: str) -> Text:
    rules = {
        "normal": Text("sd不小于0", "sd of 0 or more"),
        "lognormal": Text("median大于0，sd不小于0", "median above 0, sd of 0 or more"),
        "discrete": Text(
            "每个值一个权重，权重不小于0且不全为0，如values = [0, 1], weights = [0.7, 0.3]",
            "one weight for each value, none below 0 and not all 0, as values = [0, 1], weights = [0.7, 0.3]",
        ),
        "triangular": Text(
            "由小到大：low不大于mode，mode不大于high",
            "rising numbers: low not above mode, mode not above high",
        ),
        "uniform": Text("low不大于high", "low not above high"),
    }
    return rules[name]


def _triangular(share: Floats, low: float, mode: float, high: float) -> Floats:
    span = high - low
    if span == 0:
        return np.full_like(share, low)
    rising = low + np.sqrt(share * span * (mode - low))
    falling = high - np.sqrt((1 - share) * span * (high - mode))
    return np.where(share * span < mode - low, rising, falling)
