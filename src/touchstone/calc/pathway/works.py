"""Works: what a plan does to which line and when, what that saves and costs, in the order in which to do it; and the power it buys for it.

What one line takes up within a year is one work. A plan of parts takes things up in slivers: what a line takes up in parts, with less than five
years from one to the next, is one work from the first of these years to the last.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING
from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.register import Line

LEAST = 5e-3
"""Share of a line below which what it takes up is nothing that anybody would order."""
APART = 5
"""Years from one part to the next from which on they are two works."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A technology that a work takes up: its key, the share of the line that has it by the last year, and the first and last year of it."""

    key: str
    share: float
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Work:
    """What one line takes up.

    Attributes:
        number: in the order of the list, from 1. year, until: first and last year of it.
        before, after: the states most of the line is in before and behind it, before "" for a line built anew.
        taken: technologies, each with its own share of the line and its own years, the largest share first. capacity: t/a of the largest of
            these; share: of the line.
        emissions, power: t CO2e and MWh that a year takes less for it, at the mix of power and the load of `until`, against what it takes the
            place of; NaN of a line built where nothing stood. investment: yuan, NaN where nobody stated what it costs. running: yuan a year
            more, besides power.
        each: yuan for a tonne avoided: a year's part of the investment, running and the bill of power, over `emissions`; without the price
            of carbon. NaN where nothing is avoided or a cost is not known.
    """

    line: Line
    year: int
    until: int
    before: str
    after: str
    taken: tuple[Taken, ...]
    capacity: float
    share: float
    emissions: float
    power: float
    investment: float
    running: float
    each: float
    number: int = 0

    @property
    def whole(self) -> bool:
        """Whether all of the line takes up all of it."""
        return all(each.share > 1 - LEAST for each in self.taken)


@dataclass(frozen=True, slots=True)
class Purchase:
    """Power that a plan buys in a year of a contract besides the first.

    Attributes:
        power: MWh. dearer: yuan/MWh above the first contract in the same places. emissions: t CO2e less than of the first.
        each: yuan for a tonne avoided, NaN where none is.
    """

    contract: str
    year: int
    power: float
    dearer: float
    emissions: float
    each: float


def works(found: Pathway) -> tuple[Work, ...]:
    """Every work of a plan, by year, in a year by the cost of a tonne avoided; those of which it is not known come last."""
    ordered = sorted(
        (work for p in range(len(found.given.case.lines)) for work in _of_line(found, p)),
        key=lambda each: (each.year, np.isnan(each.each), np.nan_to_num(each.each), -each.capacity, each.line.key),
    )  # fmt: skip
    return tuple(replace(each, number=number) for number, each in enumerate(ordered, 1))


def purchases(found: Pathway) -> tuple[Purchase, ...]:
    """What is bought in every year of every contract but the first, which takes what no other does."""
    case, power = found.given.case, found.plan.power
    least = ROUNDING * power.sum((0, 1)).max(initial=0.0)
    dearer = (power * (case.contract_price - case.contract_price[:, :1])).sum(0)
    avoided = (power * (case.contract_factor[:, :1] - case.contract_factor)).sum(0)
    bought = power.sum(0)
    return tuple(
        Purchase(
            case.contracts[c], found.years[y], float(bought[c, y]), float(dearer[c, y] / bought[c, y]), float(avoided[c, y]),
            _each(float(dearer[c, y]), float(avoided[c, y]), float(bought[c, y])),
        )
        for c, y in np.argwhere(bought > least) if c > 0
    )  # fmt: skip


def _of_line(found: Pathway, p: int) -> Iterator[Work]:
    plan, case = found.plan, found.given.case
    full = float(case.capacity[p].max())
    if full <= 0:
        return
    keys, has = case.parts, case.made_of.astype(float)
    gained = has[:, case.after] - has[:, case.before]
    steps = np.maximum(gained @ plan.changed[p] + has @ plan.built[p], 0.0) / full
    for first, last in _runs(steps, found.years):
        grown = steps[:, first : last + 1].cumsum(1)
        years, more = found.years[first : last + 1], grown[:, -1]
        taken = tuple(
            Taken(keys[n], float(more[n]), *_span(grown[n], years))
            for n in np.argsort(-more, kind="stable")
            if more[n] > LEAST
        )
        if taken:
            yield _work(found, p, first, last, taken)


def _work(found: Pathway, p: int, first: int, last: int, taken: tuple[Taken, ...]) -> Work:
    case, plan = found.given.case, found.plan
    changed, built = (each[p][:, first : last + 1].sum(1) for each in (plan.changed, plan.built))
    unknown = (changed > 0) & np.isnan(case.change[p]), (built > 0) & np.isnan(case.investment[p])
    spent = changed * np.nan_to_num(case.change[p]), built * np.nan_to_num(case.investment[p])
    known = 0.0 if not (unknown[0].any() or unknown[1].any()) else np.nan
    fell = _fallen(plan.standing[p], changed @ _moves(case), built, first, last)
    # Of what is built where nothing stood before nobody knows what it saves: it takes the place of nothing.
    replaced = (
        built.sum() * (fell / fell.sum())
        if built.any() and fell.sum() >= built.sum() * (1 - LEAST)
        else np.zeros_like(fell)
    )
    saves = 0.0 if not built.any() or replaced.any() else np.nan
    stands, made = float(plan.standing[p, :, last].sum()), float(plan.output[p, :, last].sum())
    output = made / stands if stands > 0 else 0.0
    less_of = output * (replaced - built - changed @ _moves(case))

    def less(values: Floats) -> float:
        return float(less_of @ np.nan_to_num(values)) + saves

    g = int(case.supply[p])
    emitted = case.direct[p] + case.electricity[p] * found.accounts.factor[g, last]
    emissions, power, running = less(emitted), less(case.electricity[p]), -less(case.running[p])
    yearly = float(spent[0] @ case.change_payment + spent[1] @ case.built_payment[p])
    cost = yearly + running - power * _price(found, g, last) + known
    before, after = plan.standing[p, :, max(first - 1, 0)], plan.standing[p, :, last]
    share = taken[0].share
    return Work(
        found.given.register.lines[p], min(each.since for each in taken), max(each.until for each in taken),
        case.technologies[int(before.argmax())] if before.any() and first else "", case.technologies[int(after.argmax())],
        taken, share * float(case.capacity[p].max()), share, emissions, power, float(spent[0].sum() + spent[1].sum()) + known, running,
        _each(cost, emissions, made),
    )  # fmt: skip


def _span(grown: Floats, years: tuple[int, ...]) -> tuple[int, int]:
    """First and last year of what grows to more than `LEAST`: slivers before and behind it count for none."""
    return years[int((grown > LEAST).argmax())], years[int((grown > grown[-1] - LEAST).argmax())]


def _moves(case: Case) -> Floats:
    """(E, T): what a t/a changed adds to each state, and takes from it."""
    every = np.arange(len(case.technologies))
    return (case.after[:, None] == every).astype(float) - (case.before[:, None] == every)


def _fallen(standing: Floats, moved: Floats, built: Floats, first: int, last: int) -> Floats:
    """(T,) t/a that was left behind in a run of years: what stood before it and what came, less what stands after it."""
    before = standing[:, first - 1] if first else np.zeros_like(built)
    return np.maximum(before + moved + built - standing[:, last], 0.0)


def _each(cost: float, avoided: float, size: float) -> float:
    """Yuan for a tonne avoided; NaN where it is none, or the rounding of a solver on what it is a part of."""
    return cost / avoided if avoided > ROUNDING * size else float("nan")


def _price(found: Pathway, g: int, y: int) -> float:
    """Yuan/MWh that a supply pays in a year."""
    case, power = found.given.case, found.plan.power[g, :, y]
    price = case.contract_price[g, :, y]
    return float(power @ price / power.sum()) if power.sum() > 0 else float(price[0])


def _runs(steps: Floats, years: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """First and last year of each work, of the steps (technologies, Y) of a line: all of it in a year alone, parts near each other together."""
    run: list[int] = []
    for y in np.flatnonzero((steps > 0).any(0)):
        some = steps[:, y][steps[:, y] > LEAST]
        alone = some.size > 0 and bool((some > 1 - LEAST).all())
        if run and (alone or years[y] - years[run[-1]] >= APART):
            yield run[0], run[-1]
            run = []
        if alone:
            yield int(y), int(y)
        else:
            run.append(int(y))
    if run:
        yield run[0], run[-1]
