"""Why emissions are not what they were, or will not be what they are: activity, structure, intensity, power and factor, without a rest.

Emissions of a group (a line, a product, a place; metal from scrap is a group of its product) are
activity x structure x (intensity + power x factor): tonnes of all, the group's share of them, t CO2e of fuels and process for a tonne,
MWh for a tonne, t CO2e for a MWh. LMDI-I splits the difference of two years into sums, and their ratio into products.

A group that begins or ends has a factor of nothing at one end: the limit of the formula gives the whole difference to the factors that
are nothing, in equal parts if there are several. What a group that makes nothing would emit for a tonne is not known and changes nothing.

Source: Ang, B. W., LMDI decomposition approach: a guide for implementation, Energy Policy 86 (2015) 233-238 [R]; zeros: Ang, B. W. and
Liu, N., Handling zero values in the logarithmic mean Divisia index decomposition approach, Energy Policy 35 (2007) 238-246 [R].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from touchstone.calc.logmean import logarithmic_mean
from touchstone.calc.pathway.accounts import accounts
from touchstone.calc.pathway.case import Case, Floats, Ints
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.refusal import refusal

EFFECTS = ("activity", "structure", "intensity", "power", "factor")

_mean = np.vectorize(logarithmic_mean, otypes=[float])


@dataclass(frozen=True, slots=True)
class Split:
    """A difference of a total, split.

    Attributes:
        before, after: totals; names: F factors.
        parts: (I, F) of the difference, by row and factor; rows: I names.
    """

    before: float
    after: float
    names: tuple[str, ...]
    rows: tuple[str, ...]
    parts: Floats

    @property
    def effects(self) -> dict[str, float]:
        """Additive: in the unit of the total; their sum is after - before."""
        return dict(zip(self.names, self.parts.sum(0).tolist(), strict=True))

    @property
    def ratios(self) -> dict[str, float]:
        """Multiplicative: their product is after / before.

        Raises:
            UnusablePathway: CHANCE-014, one of the totals is nothing, so that there is no ratio.
        """
        if self.before <= 0 or self.after <= 0:
            raise refusal("CHANCE-014", "lmdi", found=f"{self.before:g} → {self.after:g}")
        mean = logarithmic_mean(self.before, self.after)
        return {name: float(np.exp(each / mean)) for name, each in self.effects.items()}

    @property
    def groups(self) -> dict[str, dict[str, float]]:
        """Additive, by row; rows of one name added up."""
        found: dict[str, dict[str, float]] = {}
        for row, parts in zip(self.rows, self.parts.tolist(), strict=True):
            into = found.setdefault(row, dict.fromkeys(self.names, 0.0))
            for name, part in zip(self.names, parts, strict=True):
                into[name] += part
        return found


def split(before: Floats, after: Floats, names: Sequence[str], rows: Sequence[str]) -> Split:
    """The difference between two sums of products.

    Args:
        before, after: (I, F) factors, at least 0; each row's product is a part of the total. A factor that is not known is NaN, where
            another of its row is 0.
    """
    first, last = (
        np.where(np.isnan(mine), np.where(np.isnan(other), 1.0, other), mine)
        for mine, other in ((before, after), (after, before))
    )
    was, now = first.prod(1), last.prod(1)
    parts = np.zeros_like(first)
    both = (was > 0) & (now > 0)
    logs = np.log(last[both]) - np.log(first[both])
    if both.any():
        parts[both] = _mean(was[both], now[both])[:, None] * logs
    zeros = np.where((was == 0)[:, None], first, last) == 0
    one = (was > 0) != (now > 0)
    parts[one] = ((now - was) / np.maximum(zeros.sum(1), 1))[one, None] * zeros[one]
    return Split(float(was.sum()), float(now.sum()), tuple(names), tuple(rows), parts)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What groups made and emitted; arrays (I, Y).

    Attributes:
        years: (Y,); groups: I names. output: t; power: MWh; direct, indirect: t CO2e of fuels and process, and of power.
    """

    years: Ints
    groups: tuple[str, ...]
    output: Floats
    power: Floats
    direct: Floats
    indirect: Floats

    def factors(self, year: int) -> Floats:
        """(2 I, 5): rows of fuels and process, then of power; columns as `EFFECTS`."""
        at = int(np.flatnonzero(self.years == year)[0])
        made, power = self.output[:, at], self.power[:, at]
        total, one = made.sum(), np.ones_like(made)
        activity, structure = total * one, made / total if total > 0 else one * np.nan
        intensity, use = (_each(amounts[:, at], made) for amounts in (self.direct, self.power))
        factor = _each(self.indirect[:, at], power)
        return np.vstack(
            [
                np.column_stack([activity, structure, intensity, one, one]),
                np.column_stack([activity, structure, one, use, factor]),
            ]
        )


def decomposed(amounts: Amounts, first: int, last: int, *, chained: bool = False) -> Split:
    """Emissions of the year `last` against those of `first`; chained, by way of every year between that is there.

    Chained effects follow the way that was gone; the others see its two ends alone. Both add up to the same difference.
    """
    years = [int(year) for year in amounts.years if first <= year <= last or last <= year <= first]
    years = sorted(years, reverse=first > last) if chained else [first, last]
    names = 2 * amounts.groups
    steps = [split(amounts.factors(a), amounts.factors(b), EFFECTS, names) for a, b in pairwise(years)]
    parts = np.sum([step.parts for step in steps], axis=0) if steps else np.zeros((len(names), len(EFFECTS)))
    ends = [amounts.factors(year) for year in (first, last)]
    before, after = (float(np.nan_to_num(each).prod(1).sum()) for each in ends)
    return Split(before, after, EFFECTS, names, parts)


def between(one: Amounts, two: Amounts, year: int) -> Split:
    """The same year of two pathways, the second against the first; their groups are those of both."""
    groups = tuple(dict.fromkeys((*one.groups, *two.groups)))
    first, last = (_spread(each, groups, year) for each in (one, two))
    return split(first, last, EFFECTS, groups * 2)


def _spread(amounts: Amounts, groups: tuple[str, ...], year: int) -> Floats:
    """(2 I, 5) as `factors`, for more groups than there are: one that is not there makes nothing."""
    factors, half = amounts.factors(year), len(amounts.groups)
    absent = np.array([factors[0, 0], 0.0, np.nan, np.nan, np.nan])
    place = {key: n for n, key in enumerate(amounts.groups)}
    blocks = (0, half)
    return np.vstack(
        [[factors[block + place[key]] if key in place else absent for key in groups] for block in blocks]
    )


def of_plan(case: Case, plan: Plan, by: str = "line") -> Amounts:
    """Amounts of a plan by "line", "product" or "place"; scrap is a group `<product> (recycled)`."""
    made = accounts(case, plan)
    places = [case.supplies[row][1] for row in case.supply]
    keys = {"line": case.lines, "product": [case.products[row] for row in case.product], "place": places}[by]
    names = tuple(dict.fromkeys(keys))
    order = np.array([names.index(key) for key in keys])

    def grouped(of: Floats, scrap: Floats) -> Floats:
        total = np.zeros((len(names), len(case.years)))
        np.add.at(total, order, of)
        return np.vstack([total, scrap])

    none = np.zeros_like(plan.recycled)
    return Amounts(
        case.years,
        (*names, *(f"{key} (recycled)" for key in case.products)),
        grouped(made.output, plan.recycled),
        grouped(made.power, none),
        grouped(made.direct, made.recycled),
        grouped(made.indirect, none),
    )


def _each(amount: Floats, of: Floats) -> Floats:
    return np.divide(amount, of, out=np.full_like(of, np.nan), where=of > 0)
