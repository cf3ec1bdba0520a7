"""What is known of how uncertain the inputs of lines are, and both approaches side by side.

The ranges are those of `doubts`. Whatever has none is taken as exact, and told.
"""

from dataclasses import dataclass

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.doubts import doubts_of
from touchstone.calc.carbon.inventory.uncertainty import Doubt, Ranged, by_derivatives, by_draws, key_of
from touchstone.calc.carbon.line import Input, Line

DRAWS = 4_000
SEED = 20_060_401


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
    known = doubts_of(account.library)

    def doubts(line: Line, given: Input) -> Doubt | None:
        found = known(line, given)
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
