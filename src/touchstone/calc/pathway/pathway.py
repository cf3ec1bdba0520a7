"""A pathway: a scenario worked out by one of the models, with its accounts, its rules and its peak."""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.accounts import Accounts, Held, accounts, held
from touchstone.calc.pathway.adopting import unreached
from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.naming import keyed, product_name
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.presets import presets
from touchstone.calc.pathway.projection import projection, undelivered
from touchstone.calc.pathway.rounding import clean_held, clean_plan
from touchstone.facts.text import Text

KINDS = ("projection", "optimum")
OUTSIDE = 1e-3
"""Share of demand above which metal bought outside is told."""
PLATEAU = 1e-6
"""Relative difference below which two years are one height: the rounding of a solver."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The year of the largest emissions.

    Attributes:
        year: the first of that height, from which on they do not rise any more; height: t CO2e.
        state: "within" the years of the plan; "first", they never exceed where they stand; "last", they have not peaked yet.
    """

    year: int
    height: float
    state: str


@dataclass(frozen=True, slots=True)
class Pathway:
    """A scenario worked out; `kind` says by which model, `told` what a reader must know of it."""

    given: Compiled
    kind: str
    plan: Plan
    accounts: Accounts
    held: tuple[Held, ...]
    told: tuple[Text, ...]

    @property
    def key(self) -> str:
        """Of the scenario."""
        return self.given.scenario.key

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan."""
        return self.given.scenario.years

    def year_from(self, year: int) -> int:
        """The first year of the plan from a year on; its last one where there is none."""
        return next((each for each in self.years if each >= year), self.years[-1])

    @property
    def peak(self) -> Peak:
        """When emissions are largest."""
        return peak(self.years, self.accounts.emissions)

    def output(self) -> Floats:
        """(K, Y) t made by lines."""
        case = self.given.case
        made = np.zeros_like(case.demand)
        np.add.at(made, case.product, self.accounts.output)
        return made

    def emissions_by(self, by: str) -> dict[str, Floats]:
        """t CO2e by year of each product, place, plant, line, enterprise or scope; metal from scrap is a part of its own of all but scope and product.

        Args:
            by: "product", "place", "plant", "line", "enterprise" or "scope" (direct, power, recycled).
        """
        made, lines = self.accounts, self.given.register.lines
        if by == "scope":
            return {
                "direct": made.direct.sum(0),
                "power": made.indirect.sum(0),
                "recycled": made.recycled.sum(0),
            }
        found: dict[str, Floats] = {}
        for p, line in enumerate(lines):
            key = line.key if by == "line" else getattr(line, by)
            found[key] = found.get(key, np.zeros(len(self.years))) + made.direct[p] + made.indirect[p]
        for k, product in enumerate(self.given.case.products):
            key = product if by == "product" else "recycled"
            if made.recycled[k].any():
                found[key] = found.get(key, np.zeros(len(self.years))) + made.recycled[k]
        return found


def peak(years: tuple[int, ...], emissions: Floats) -> Peak:
    """The peak of emissions (Y,) t CO2e; of several years of one height the first."""
    height = float(emissions.max())
    y = int(np.argmax(emissions >= height - PLATEAU * abs(height)))
    state = "first" if y == 0 else "last" if y == len(years) - 1 else "within"
    return Peak(years[y], height, state)


def pathway(given: Compiled, kind: str, plan: Plan) -> Pathway:
    """What a plan makes of a scenario, without the solver's dust."""
    plan = clean_plan(given.case, plan)
    made = accounts(given.case, plan)
    rules = tuple(clean_held(each) for each in held(given.case, plan, made))
    told = (*unreached(given, plan), *undelivered(given, plan)) if kind == "projection" else ()
    return Pathway(given, kind, plan, made, rules, (*bought(given, plan), *told, *given.told))


def spans(chosen: Ints, years: Ints) -> Text:
    """Years of a plan in words, those that follow each other together: 2030, 2034–2045."""
    at = np.searchsorted(years, chosen)
    runs = np.split(chosen, np.flatnonzero(np.diff(at) > 1) + 1)
    said = [f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return Text("、".join(said), ", ".join(said))


def bought(given: Compiled, plan: Plan) -> tuple[Text, ...]:
    """Metal bought outside, because lines and scrap cannot make it or a plan has it so: its emissions are not counted, so a reader must know of it."""
    case, found = given.case, []
    for k, product in enumerate(case.products):
        part = np.divide(
            plan.outside[k], case.demand[k], out=np.zeros_like(case.demand[k]), where=case.demand[k] > 0
        )
        if part.max() > OUTSIDE:
            y = int(part.argmax())
            years = spans(case.years[part > OUTSIDE], case.years)
            name = keyed(product_name(product), product)
            size, share, price = f"{plan.outside[k, y]:,.0f}", f"{part[y]:.0%}", _unpriced(given, product)
            found.append(
                Text(
                    f"{name.zh}有一部分外购（{years.zh}年），{case.years[y]}年最多：{size}吨，占需求{share}；外购金属的排放不计入{price.zh}",
                    f"{name.en} is bought outside ({years.en}): most in {case.years[y]}, {size} t or {share} of demand; "
                    f"its emissions are not counted{price.en}",
                )
            )
    return tuple(found)


def _unpriced(given: Compiled, product: str) -> Text:
    """That the price of metal bought outside is a preset, so high that nobody would pay it: sums of costs with it mean nothing."""
    if given.scenario.course("outside", product, "cost"):
        return Text("", "")
    cost = f"{presets()['outside']['cost']:,}"
    return Text(
        f'；情景没有写明其价格，暂按{cost}元/吨计入成本，含有它的成本不能引用：请写明[outside."{product}"]的cost',
        f'; no price of it is stated, so that {cost} yuan/t stand in for it and costs with it mean nothing: state the cost in [outside."{product}"]',
    )


def projected(given: Compiled) -> Pathway:
    """The pathway that follows from the scenario's own rules."""
    return pathway(given, "projection", projection(given))
