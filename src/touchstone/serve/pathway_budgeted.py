"""Budgets joined to what was used of them, to the outlook of the running year, and to what scenarios make of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.pathway.case import INDICATORS
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.against import Against, against, course
from touchstone.calc.target.budget import Budget, Dual, Year, budget, dual, used
from touchstone.calc.target.budget import Path as Way
from touchstone.calc.target.course import Measured
from touchstone.calc.target.foreseen import by_year, lines_of
from touchstone.calc.target.light import Rules as Lights
from touchstone.calc.target.measured import measured, monthly, monthly_sides
from touchstone.calc.target.tracked import Series
from touchstone.calc.target.warned import Outlook, outlook, outlook_of_ratio
from touchstone.errors import Refusal
from touchstone.facts.text import Text

if TYPE_CHECKING:
    from touchstone.flow.demands import Demands


@dataclass(frozen=True, slots=True)
class Budgeted:
    """A budget with what was used of it, the outlook of its running year, and what scenarios make of it.

    Attributes:
        why: why there is no budget; all but the path is empty then.
        own: what was used of it in the years that are known; outlook: of the last year of the inventory, None where it has none of this.
        scenarios: by key, against the same limits.
    """

    path: Way
    budget: Budget | None
    years: tuple[Year, ...] = ()
    own: Against | None = None
    outlook: Outlook | None = None
    scenarios: Mapping[str, Against] = field(default_factory=dict)
    why: Refusal | None = None


def budgeted(
    way: Way, series: Iterable[Series], account: Account | None, speaks: str, pathways: Iterable[Pathway], lights: Lights
) -> Budgeted:  # fmt: skip
    """A budget: stated values go before those of the inventory, which speaks for one place alone."""
    own = [
        each
        for each in series
        if (each.indicator, each.place, set(each.products)) == (way.indicator, way.place, set(way.products))
    ]
    values = {year: _stated(each, year, value) for each in own for year, value in each.values.items()}
    speaking = account if account and way.place == speaks else None
    if speaking:
        made = measured(speaking, way.indicator, way.products)
        values = {each.year: each for each in made.values} | values
    try:
        found = budget(way, values.values())
    except Refusal as problem:
        return Budgeted(way, None, why=problem)
    courses = {each.key: against(found, course(found, _foreseen(each, way)), lights) for each in pathways}
    return Budgeted(
        way, found, used(found, values.values()), against(found, values.values(), lights),
        _outlook(found, speaking, lights) if speaking else None, courses,
    )  # fmt: skip


def _stated(series: Series, year: int, value: Fraction) -> Measured:
    return Measured(year, value, (), Text(f"pathway/{series.where}", f"pathway/{series.where}"))


def budgets_of(demands: "Demands", account: Account | None, speaks: str) -> tuple[list[Budget], tuple[UnusablePathway, ...]]:  # fmt: skip
    """The budgets of a workspace that can be worked out, and why rows of their files cannot be read."""
    (paths, refused), (series, wrong) = demands.budgets(), demands.measured()
    every = [budgeted(each, series, account, speaks, (), demands.lights()).budget for each in paths]
    return [each for each in every if each], (*refused, *wrong)


def _outlook(found: Budget, account: Account, lights: Lights) -> Outlook | None:
    """The last year of the inventory that the budget speaks of, from its months; of a total, and of an intensity of products."""
    way = found.path
    if way.indicator == "emissions" and not way.products:
        months = monthly(account)
        year = max(months, default=0)
        limit = found.of(year)
        return outlook(year, limit.value, months[year], months.get(year - 1, {}), lights) if limit else None
    if way.indicator == "intensity" and way.products:
        over, under = monthly_sides(account, way.products)
        year = max(over.keys() & under.keys(), default=0)
        limit, last = found.of(year), year - 1
        sides = (over.get(year, {}), under.get(year, {}), over.get(last, {}), under.get(last, {}))
        return outlook_of_ratio(year, limit.value, *sides, lights) if limit else None
    return None


def dual_years(one: Against, other: Against) -> tuple[Dual, ...]:
    """The years in which both controls have a value."""
    return tuple(each for each in dual(one.years, other.years) if each.total and each.intensity)


def pairs(every: Iterable[Budgeted]) -> Iterator[tuple[Budgeted, Budgeted]]:
    """Budgets that hold the same lines from both sides: a total, and an intensity of the same place and products."""
    usable = [each for each in every if each.budget]
    for one in usable:
        for other in usable:
            same = (one.path.place, set(one.path.products)) == (other.path.place, set(other.path.products))
            if same and one.path.indicator == "emissions" and other.path.indicator == "intensity":
                yield one, other


def _foreseen(found: Pathway, way: Way) -> dict[int, float]:
    lines = lines_of(found, way.place, way.products)
    if way.indicator not in INDICATORS or not lines.any():
        return {}
    return {
        year: float(value)
        for year, value in zip(found.years, by_year(found, way.indicator, lines), strict=True)
        if not np.isnan(value)
    }
