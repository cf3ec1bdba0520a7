"""Which targets cannot hold together: the smallest set, and by how much each would have to give way.

Rules are elastic, so a plan always exists; here they are asked to hold, and so is demand, without metal bought outside. What is missed is
made as little as can be (each in parts of its own size). Where something is missed, the rows that bear on it are a set that cannot hold
(Farkas); of these all that can be left out are left out, one by one, until leaving out any one would let the others hold.
"""

import time
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import INDICATORS, MISSED, Case, Floats
from touchstone.calc.pathway.deployment.build import Model, build
from touchstone.calc.pathway.deployment.clusters import cluster
from touchstone.calc.pathway.deployment.reading import spread
from touchstone.calc.pathway.deployment.result import Deployed, Options, misses
from touchstone.calc.pathway.deployment.rules import Mix, mix_of
from touchstone.calc.pathway.deployment.solver import Found, Progress, Solver, Told
from touchstone.calc.pathway.naming import keyed, product_name
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.scenario import Scenario
from touchstone.facts.text import Text

LEAST = 1e-7
"""Of its own size, below which what is missed is the solver's rounding."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A rule, or the demand for a product, that shall hold.

    Attributes:
        rule: its number, or None; product: its number, or None.
        gives: (Y,) by how much it must give way if all others of its set hold, in units of the rule's numerator, or tonnes.
    """

    rule: int | None
    product: int | None
    gives: Floats


class Late(Exception):
    """There was no time to find out."""


def conflict(
    case: Case, mix: Mix | None = None, seconds: float = np.inf, stop: Event | None = None
) -> tuple[Wish, ...] | None:
    """The smallest set of rules and demands of a case that cannot hold together; empty where all can, None where there was no time to know.

    Lines that are alike count as one (`clusters`): what they could only do by doing different things is not looked for.
    """
    if seconds <= 0 or (stop is not None and stop.is_set()):
        return None
    together = cluster(case, 0).case
    search = Search(build(together, mix), seconds, stop)
    try:
        search.least(np.ones(search.count, bool))
        if search.total() <= LEAST:
            return ()
        asked = search.bearing()
        for each in np.flatnonzero(asked):
            asked[each] = False
            search.least(asked)
            if search.total() <= LEAST:
                asked[each] = True
        return tuple(search.alone(int(each), asked) for each in np.flatnonzero(asked))
    except Late:
        return None


def judged(
    case: Case, found: Deployed, options: Options, told: Told | None = None, stop: Event | None = None
) -> Deployed:
    """A plan with what conflicts where it misses targets, looked for in the time its solve left of `options.seconds`."""
    if not misses(case, found.plan):
        return replace(found, wishes=())
    if told is not None:
        told(Progress("conflict", found.seconds, found.steps))
    left = options.seconds - found.seconds
    return replace(found, wishes=conflict(case, mix_of(case, found.plan), left, stop))


def explained(case: Case, wishes: tuple[Wish, ...], scenario: Scenario) -> UnusablePathway:
    """The conflict in a planner's words, with the lines of the scenario that state what conflicts."""
    only = wishes[0]
    where = ", ".join(dict.fromkeys(filter(None, (_stated_at(case, each, scenario) for each in wishes))))
    if len(wishes) == 1 and only.product is not None:
        years = case.years[only.gives > LEAST * max(case.demand[only.product].max(), 1)]
        named = ", ".join(map(str, years))
        short = float(only.gives.sum())
        return refusal(
            "PLAN-002",
            where,
            product=keyed(product_name(case.products[only.product]), case.products[only.product]),
            years=named,
            short=short,
        )
    gives = Text(
        *("; ".join(_given(case, each, scenario, language) for each in wishes) for language in ("zh", "en"))
    )
    if len(wishes) == 1:
        return refusal("PLAN-004", where, rule=_named(case, only, scenario), gives=gives)
    names = [_named(case, each, scenario) for each in wishes]
    named_ = Text("；".join(each.zh for each in names), "; ".join(each.en for each in names))
    return refusal("PLAN-001", where, rules=named_, gives=gives)


class Search:
    """One model, solved for one set of wishes after another; each costs by how much it is missed, in parts of its size."""

    def __init__(self, model: Model, seconds: float, stop: Event | None) -> None:
        self.until, self.stop = time.perf_counter() + seconds, stop
        self.model, case, at = model, model.case, model.at
        self.rules, self.count = len(case.rules), len(case.rules) + len(case.products)
        # What was bought outside in a first year that stands is no wish of anybody's.
        outside = np.where(model.stood & (case.years == case.years[0]), -1, at.outside)
        self.columns = [*at.missed, *outside]
        size = np.maximum(case.demand.sum(0).mean(), 1.0)
        scale = [_size(case, number, size) for number in range(self.rules)]
        scale += [max(float(each.mean()), 1.0) for each in case.demand]
        self.scale = np.array(scale) / model.quantity
        self.solver = Solver(model, "simplex")
        self.solver.highs.changeColsCost(at.count, np.arange(at.count, dtype=np.int32), np.zeros(at.count))
        self.found: Found | None = None

    def least(self, asked: np.ndarray) -> None:
        """Miss as little as can be of the wishes asked for; the others are free. Raises Late: time is up."""
        for each, numbers in enumerate(self.columns):
            there = numbers[numbers >= 0].astype(np.int32)
            cost = np.full(len(there), 1 / self.scale[each] if asked[each] else 0.0)
            self.solver.highs.changeColsCost(len(there), there, cost)
        self.found = self.solver.run(self.until - time.perf_counter(), None, self.stop)
        if self.found.values is None:
            raise Late

    def size(self, each: int) -> float:
        """What a rule or a demand is measured by, in its own unit."""
        return float(self.scale[each]) * self.model.quantity

    def total(self) -> float:
        """What is missed altogether, in sizes."""
        assert self.found is not None
        return self.found.objective

    def bearing(self) -> np.ndarray:
        """(wishes,): those whose rows bear on what is missed."""
        assert self.found is not None
        rows = [*self.model.rows.rules, *self.model.rows.demand]
        duals = self.found.duals
        return np.array(
            [
                bool((np.abs(duals[row[row >= 0]]) * self.scale[each] > LEAST).any())
                for each, row in enumerate(rows)
            ]
        )

    def alone(self, each: int, asked: np.ndarray) -> Wish:
        """By how much one must give way while the others asked for hold."""
        others = [int(other) for other in np.flatnonzero(asked) if other != each]
        highs = self.solver.highs
        held = np.concatenate([self.columns[other] for other in others] or [np.zeros(0, int)])
        held = held[held >= 0].astype(np.int32)
        highs.changeColsBounds(len(held), held, np.zeros(len(held)), np.zeros(len(held)))
        one = np.zeros(self.count, bool)
        one[each] = True
        self.least(one)
        assert self.found is not None and self.found.values is not None
        gives = spread(self.columns[each], self.found.values) * self.model.quantity
        highs.changeColsBounds(len(held), held, np.zeros(len(held)), np.full(len(held), np.inf))
        rule = each if each < self.rules else None
        return Wish(rule, None if rule is not None else each - self.rules, gives)


def _size(case: Case, number: int, size: float) -> float:
    rule = case.rules[number]
    limits = np.abs(rule.limit[~np.isnan(rule.limit)])
    mean = float(limits.mean()) if limits.size else 0.0
    return max(
        mean * size if "/" in INDICATORS[rule.indicator] or INDICATORS[rule.indicator] == "1" else mean,
        size * 1e-3,
    )


def _named(case: Case, wish: Wish, scenario: Scenario) -> Text:
    if wish.rule is None:
        key = case.products[wish.product or 0]
        name = keyed(product_name(key), key)
        return Text(f"{name.zh}的需求由自有产线和废料满足", f"demand for {name.en} met by lines and scrap")
    rule = case.rules[wish.rule]
    name = next(
        (keyed(aim.name, aim.key) for aim in scenario.aims if aim.key == rule.key),
        keyed(Text(rule.key, rule.key), rule.key),
    )
    return Text(f"{name.zh}［{rule.source}］", f"{name.en} [{rule.source}]") if rule.source else name


def _stated_at(case: Case, wish: Wish, scenario: Scenario) -> str:
    """File and line of a target, or of the demand for a product; "" where nobody states it."""
    if wish.rule is not None:
        key = case.rules[wish.rule].key
        return next((aim.where for aim in scenario.aims if aim.key == key), key)
    course = scenario.course("demand", case.products[wish.product or 0])
    return course.where if course else ""


def _given(case: Case, wish: Wish, scenario: Scenario, language: str) -> str:
    unit = "t" if wish.rule is None else _missed_in(case.rules[wish.rule].indicator)
    years = np.flatnonzero(wish.gives > LEAST * max(float(wish.gives.max()), 1))
    parts = ", ".join(f"{case.years[y]}: {_written(float(wish.gives[y]))} {unit}" for y in years)
    return f"{getattr(_named(case, wish, scenario), language)} – {parts}"


def _written(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def _missed_in(indicator: str) -> str:
    return MISSED.get(indicator, INDICATORS[indicator])
