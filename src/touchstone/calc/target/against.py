"""A course against a budget: which year slips first, by how much, how far it adds up, and the light of every year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.target.budget import Budget, Year, used
from touchstone.calc.target.course import Measured
from touchstone.calc.target.light import Rule, Rules, lit
from touchstone.calc.target.registered import exact

_ROUNDING = Fraction(1, 10**9)
"""Share of a limit within which a value is the limit: the rounding of sums and solvers."""


@dataclass(frozen=True, slots=True)
class Against:
    """A course of values against the limits of a budget.

    Attributes:
        years: with a value; lights: of each year, None where no rule applies.
        first: that is over its limit; worst: that is over by most; closest: of those within it, the one with the least left; None for none.
    """

    years: tuple[Year, ...]
    lights: Mapping[int, Rule | None]
    first: Year | None
    worst: Year | None
    closest: Year | None

    @property
    def over(self) -> int:
        """Years that are over their limit."""
        return sum(each.kept is False for each in self.years)

    @property
    def last(self) -> Year | None:
        """The last year with a value."""
        return self.years[-1] if self.years else None

    def of(self, year: int) -> Year | None:
        """A year that has a value."""
        return next((each for each in self.years if each.year == year), None)


def against(given: Budget, values: Iterable[Measured], lights: Rules) -> Against:
    """What was measured against a budget."""
    years = tuple(each for each in used(given, values) if each.used)
    over = [each for each in years if each.kept is False]
    kept = [each for each in years if each.kept]
    told = {each.year: lit(lights, each.limit.value, each.used.value) for each in years if each.used}
    return Against(
        years, told, over[0] if over else None, min(over, key=_left, default=None), min(kept, key=_left, default=None)
    )  # fmt: skip


def course(given: Budget, values: Mapping[int, float]) -> list[Measured]:
    """The values of a model by year; one that is a limit but for rounding is the limit."""
    found = []
    for year, value in values.items():
        limit, own = given.of(year), exact(value)
        at = limit is not None and abs(own - limit.value) <= _ROUNDING * abs(limit.value)
        found.append(Measured(year, limit.value if at and limit else own))
    return found


def _left(each: Year) -> Fraction:
    """What is left of its limit, by the limit, so that years of a falling budget can be compared."""
    assert each.left is not None
    return each.left / each.limit.value if each.limit.value else each.left
