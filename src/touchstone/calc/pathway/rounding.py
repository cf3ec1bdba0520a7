"""Results without the dust of solvers and of sums: what is below `ROUNDING` of what it is a part of is nothing, for every page, file and command."""

from dataclasses import replace

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING, Held
from touchstone.calc.pathway.case import MISSED, Case, Floats
from touchstone.calc.pathway.plan import Plan


def clean_plan(case: Case, plan: Plan) -> Plan:
    """The plan; of a line what is a part of its capacity, of metal of the demand, of power of what the supply buys."""
    line, demand = case.capacity.max(1)[:, None, None], case.demand
    bought = plan.power.sum(1, keepdims=True)
    parts = {"standing": line, "built": line, "changed": line, "output": line, "recycled": demand, "outside": demand, "power": bought}  # fmt: skip
    return replace(plan, **{name: _clean(getattr(plan, name), whole) for name, whole in parts.items()})


def clean_held(held: Held) -> Held:
    """A rule against a plan; a ratio is a part of 1, everything else of the rule's own size."""
    whole = 1.0 if held.rule.indicator in MISSED else held.size
    return replace(held, value=_clean(held.value, whole), missed=_clean(held.missed, held.size))


def _clean(values: Floats, whole: Floats | float) -> Floats:
    return np.where(np.abs(values) < ROUNDING * whole, 0.0, values)
