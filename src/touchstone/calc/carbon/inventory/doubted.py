"""What is known of how uncertain the inputs of lines are, and both approaches side by side.

A factor has the 95 % range of its document; fuel has the cited range for fossil activity data where nothing better is known. Values
nobody saw are not used. Whatever has no range is taken as exact, and told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.uncertainty import (
    Doubt,
    Ranged,
    by_derivatives,
    by_draws,
    key_of,
    kind_of,
)
from touchstone.calc.carbon.line import Input, Line
from touchstone.facts.unit import convert

DRAWS = 4_000
SEED = 20_060_401
_FOSSIL = "raw-coal"
"""The item under which the library keeps the range of fossil activity data."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """A total with its ranges.

    Attributes:
        first, second: by approach 1 and 2.
        sources: of the ranges that were used, by the key of an input.
        exact: inputs taken as exact, by parameter and whether measured, default or constant, with how many there are.
    """

    first: Ranged
    second: Ranged
    sources: dict[str, str]
    exact: dict[tuple[str, str], int]


def doubted(account: Account, draws: int = DRAWS, seed: int = SEED) -> Doubted:
    """The range of the total of an account, by derivatives and by draws on the same formulas."""
    sources: dict[str, str] = {}
    exact: dict[tuple[str, str], set[str]] = {}
    known: dict[tuple[object, ...], Doubt | None] = {}

    def doubts(line: Line, given: Input) -> Doubt | None:
        key = (given.factor, given.fact, given.parameter, line.item, given.unit)
        if key not in known:
            known[key] = doubt_of(account.library, line, given)
        found = known[key]
        if found is None:
            exact.setdefault((given.parameter, given.tier), set()).add(key_of(line, given))
        else:
            sources[key_of(line, given)] = found.source
        return found

    formulas = {
        (key, term.key): term.formula for key, method in account.used.items() for term in method.terms
    }
    weights = {(line.gas, line.unit, line.month): float(account.weight(line)) for line in account.lines}

    def weight(line: Line) -> float:
        return weights[line.gas, line.unit, line.month]

    first = by_derivatives(account.lines, formulas, doubts, weight)
    second = by_draws(account.lines, formulas, doubts, weight, draws, seed)
    return Doubted(first, second, sources, {each: len(keys) for each, keys in sorted(exact.items())})


def doubt_of(library: Library, line: Line, given: Input) -> Doubt | None:
    """The range of one input; None where no verified one is known."""
    if given.factor:
        return _of_factor(library.get(given.factor), given)
    fuel = line.item in items() and items()[line.item].kind == "fuel"
    if given.fact and given.parameter == AMOUNT and fuel:
        half = fossil_half(library)
        if half:
            factor, share = half
            value = float(given.value)
            return Doubt(value * (1 - share), value * (1 + share), "normal", factor.document)
    return None


def fossil_half(library: Library) -> tuple[Factor, float] | None:
    """The cited range of fossil activity data, as half of its width relative to the value; None where none is verified."""
    found = _verified(library.of("uncertainty", _FOSSIL))
    return (found[0], float(convert(found[0].value or 0, found[0].unit, "times"))) if found else None


def _of_factor(factor: Factor, given: Input) -> Doubt | None:
    if factor.tag == "unverified" or factor.low is None or factor.high is None:
        return None
    low, high = (
        float(Fraction(convert(each, factor.unit, given.unit))) for each in (factor.low, factor.high)
    )
    return Doubt(low, high, kind_of(float(given.value), low, high, factor.distribution), factor.document)


def _verified(factors: Iterable[Factor]) -> list[Factor]:
    return [each for each in factors if each.tag != "unverified" and each.value is not None]
