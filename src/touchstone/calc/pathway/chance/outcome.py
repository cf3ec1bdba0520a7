"""What comes out of many futures, and of which kind it is: a fixed plan, or one made anew for each future. The two answer different
questions and are different types: the first says how sure a plan is, the second what could be done by somebody who knew the future.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING
from touchstone.calc.pathway.case import Bools, Case, Floats, Ints, Rule
from touchstone.calc.pathway.chance.peak import Chance, Peaks, chance, peaks
from touchstone.calc.pathway.chance.sample import Draws
from touchstone.calc.pathway.pathway import PLATEAU
from touchstone.calc.pathway.refusal import refusal
from touchstone.facts.text import Text

SUMS = ("direct", "power", "recycled", "energy", "spending", "supply", "outside")
"""What is kept of every future by year, see `Outcomes`."""


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """A rule in many futures.

    Attributes:
        value: (N, Y) of its indicator, in its unit; missed: (N, Y) in units of its numerator. NaN where it says nothing.
        size: (N,) its largest numerator, against which rounding is judged as in `Held`.
    """

    rule: Rule
    value: Floats
    missed: Floats
    size: Floats

    @property
    def met_each(self) -> Bools:
        """(N, Y): met in the year; true where the rule says nothing."""
        return np.nan_to_num(self.missed) <= ROUNDING * self.size[:, None]

    @property
    def met(self) -> Bools:
        """(N,): met in every year it speaks of."""
        return np.logical_and.reduce(self.met_each, axis=1)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """N futures over Y years; made only as one of the two kinds below.

    Attributes:
        years, weight: (Y,) of the case; drivers: keys; seed, points: of the draws; batches: (B + 1,).
        direct, power, recycled: (N, Y) t CO2e of the lines, of their power, of metal from scrap. energy: (N, Y) tce.
        spending: (N, Y) yuan, undiscounted; cost: (N,) yuan, discounted as `objective` is.
        supply: (N, Y) t of metal made and recycled; outside: (N, Y) t bought outside because it could not be made.
        rules: every rule of the case.
    """

    kind: ClassVar[Text]
    years: Ints
    weight: Floats
    drivers: tuple[str, ...]
    seed: int
    points: str
    batches: Ints
    direct: Floats
    power: Floats
    recycled: Floats
    energy: Floats
    spending: Floats
    cost: Floats
    supply: Floats
    outside: Floats
    rules: tuple[RuleOutcome, ...]

    @classmethod
    def of(
        cls,
        case: Case,
        draws: Draws,
        sums: Mapping[str, Floats],
        rules: Sequence[RuleOutcome],
        batches: Ints,
    ) -> Self:
        """The outcome of the futures at the front of these arrays, in whole batches.

        Raises:
            UnusablePathway: CHANCE-012, fewer than two batches are done.
        """
        if len(batches) < 3:
            raise refusal("CHANCE-012", "chance", done=int(batches[-1]), needed=int(draws.batches[2]))
        part = slice(0, int(batches[-1]))
        return cls(
            case.years,
            case.weight,
            tuple(driver.key for driver in draws.drivers),
            draws.seed,
            draws.points,
            batches,
            sums["direct"][part],
            sums["power"][part],
            sums["recycled"][part],
            sums["energy"][part],
            sums["spending"][part],
            sums["spending"][part] @ case.discounted(),
            sums["supply"][part],
            sums["outside"][part],
            tuple(
                RuleOutcome(each.rule, each.value[part], each.missed[part], each.size[part]) for each in rules
            ),
        )

    def __len__(self) -> int:
        return int(self.batches[-1])

    @property
    def emissions(self) -> Floats:
        """(N, Y) t CO2e of all lines and of metal from scrap."""
        return self.direct + self.power + self.recycled

    @property
    def cumulative(self) -> Floats:
        """(N,) t CO2e over the horizon, years they stand for included."""
        return self.emissions @ self.weight

    @property
    def intensity(self) -> Floats:
        """(N, Y) t CO2e for a tonne made or recycled; NaN where nothing is."""
        return np.divide(
            self.emissions, self.supply, out=np.full_like(self.supply, np.nan), where=self.supply > 0
        )

    def fan(
        self, of: str = "emissions", quantiles: Sequence[float] = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    ) -> Floats:
        """(quantiles, Y) of any (N, Y) attribute."""
        return np.quantile(getattr(self, of), quantiles, axis=0)

    def peaks(self, tolerance: float = PLATEAU) -> Peaks:
        """When and how high emissions peak; see `peak`."""
        return peaks(self.emissions, self.years, self.batches, tolerance)

    def met(self, rule: str) -> Chance:
        """The chance that a rule is met in every year it speaks of."""
        return chance(self._rule(rule).met, self.batches)

    def met_in(self, rule: str, year: int) -> Chance:
        """The chance that a rule is met in one year."""
        return chance(self._rule(rule).met_each[:, int(np.flatnonzero(self.years == year)[0])], self.batches)

    def _rule(self, key: str) -> RuleOutcome:
        return next(each for each in self.rules if each.rule.key == key)


@dataclass(frozen=True, slots=True)
class FixedPlan(Outcomes):
    """One plan, carried out as it stands whatever happens."""

    kind: ClassVar[Text] = Text("固定方案，不确定驱动因素", "fixed plan under uncertain drivers")


@dataclass(frozen=True, slots=True)
class Reoptimised(Outcomes):
    """A plan made anew for each future as if it were known from the beginning: what could be reached, not what a plan will reach.

    Attributes:
        failed: draws for which no plan was found, each with why; they are not among the futures.
    """

    failed: tuple[tuple[int, str], ...] = ()
    kind: ClassVar[Text] = Text(
        "逐情景重新优化（假定未来已知）", "re-optimised for each future, as if it were known"
    )
