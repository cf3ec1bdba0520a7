"""The total of an account with its range by both approaches side by side, and what was taken as exact.

Ranges are those somebody stated (`inventory.doubts`): of factors by their documents, of fuel by the cited range for fossil activity
data where nothing better is known. Values nobody verified are not used. Approach 1 gives a symmetric interval, so it is not given
where an input is wide and far from symmetric.
"""

from collections import Counter
from dataclasses import dataclass

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.doubts import doubts_of
from touchstone.calc.carbon.inventory.uncertainty import Doubt, Ranged, by_derivatives, by_draws, key_of
from touchstone.calc.carbon.line import Input, Line
from touchstone.facts.text import Text

DRAWS = 4_000
SEED = 20_060_401


@dataclass(frozen=True, slots=True)
class Doubted:
    """A total with its ranges.

    Attributes:
        total: what the range is of.
        first, second: by approach 1 and 2; first None where `skewed` forbids it.
        skewed: ids of the factors whose range is too far from symmetric for approach 1.
        sources: ids of the factors that state the ranges which were used, by the key of an input.
        exact: inputs taken as exact, by parameter and reason, with how many there are.
    """

    total: float
    first: Ranged | None
    second: Ranged
    skewed: tuple[str, ...]
    sources: dict[str, str]
    exact: dict[tuple[str, Text], int]


def doubted(account: Account, draws: int = DRAWS, seed: int = SEED) -> Doubted:
    """The range of the total of an account, by derivatives and by draws on the same formulas."""
    known = doubts_of(account.library, account.entries)
    sources: dict[str, str] = {}
    skewed: dict[str, None] = {}

    def doubts(line: Line, given: Input) -> Doubt | None:
        found = known(line, given)
        if found:
            sources[key_of(line, given, found)] = found.source
            if found.skewed(float(given.value)):
                skewed[found.source] = None
        return found

    formulas = {
        (key, term.key): term.formula for key, method in account.used.items() for term in method.terms
    }
    weights = {
        (line.gas, line.unit, line.month, line.item): float(account.weight(line)) for line in account.lines
    }

    def weight(line: Line) -> float:
        return weights[line.gas, line.unit, line.month, line.item]

    first = by_derivatives(account.lines, formulas, doubts, weight)
    second = by_draws(account.lines, formulas, doubts, weight, draws, seed)
    exact = Counter((each.parameter, each.why) for each in known.exact(account.lines))
    given = None if skewed else first
    return Doubted(
        first.mean,
        given,
        second,
        tuple(skewed),
        sources,
        dict(sorted(exact.items(), key=lambda each: each[0][0])),
    )
