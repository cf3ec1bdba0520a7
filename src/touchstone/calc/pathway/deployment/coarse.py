"""Prices to begin with: of the clusters of a case, in every few years only, which is solved in a moment."""

from dataclasses import fields, replace

import numpy as np

from touchstone.calc.pathway.case import Case, Floats, Ints
from touchstone.calc.pathway.deployment.bound import SHARED, Bounding
from touchstone.calc.pathway.deployment.build import Model


def thinned(case: Case, step: int) -> Case:
    """The case in every `step`-th year, each of which stands for those up to the next; the last year stays."""
    count = len(case.years)
    kept = np.union1d(np.arange(0, count, step), [count - 1])
    weight = np.add.reduceat(case.weight, kept)
    changed: dict[str, object] = {
        part.name: value[..., kept]
        for part in fields(case)
        if isinstance(value := getattr(case, part.name), np.ndarray) and part.name in _WITH_YEARS
    }
    rules = tuple(replace(rule, limit=rule.limit[kept]) for rule in case.rules)
    pools = tuple(replace(pool, limit=pool.limit[kept]) for pool in case.pools)
    return replace(case, **(changed | {"weight": weight, "rules": rules, "pools": pools}))  # type: ignore[arg-type]


def spread_out(bounding: Bounding, model: Model, duals: Floats) -> Floats:
    """(shared,): duals of a thinned model of the same case between its years, by what they are in money of their year."""
    full, thin = bounding.model.case, model.case
    found = np.zeros(len(bounding.shared))
    for part in SHARED:
        here, there = getattr(bounding.model.rows, part), getattr(model.rows, part)
        yearly = np.where(there >= 0, duals[there], 0.0) / thin.discounted()
        between = _between(full.years, thin.years, yearly) * full.discounted()
        found[bounding.place[here[here >= 0]]] = between[here >= 0]
    return found


def _between(years: Ints, known: Ints, values: Floats) -> Floats:
    return np.array([np.interp(years, known, row) for row in values]).reshape(len(values), len(years))


_WITH_YEARS = frozenset(
    "years capacity load spread demand recycled_limit recycled_cost recycled_direct recycled_energy outside_cost contract_limit "
    "contract_price contract_factor contract_renewable carbon_price free".split()
)
