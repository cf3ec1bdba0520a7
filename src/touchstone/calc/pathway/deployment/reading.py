"""From the values of a model's columns to a plan, and back."""

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.deployment.build import Model
from touchstone.calc.pathway.plan import Plan

PARTS = ("standing", "built", "changed", "output", "recycled", "outside", "power")


def plan_of(model: Model, values: Floats) -> Plan:
    """The plan that the columns say; what the solver left a hair below 0 is 0."""
    at = model.at
    return Plan(*(spread(getattr(at, part), values) * model.quantity for part in PARTS))


def values_of(model: Model, plan: Plan) -> Floats:
    """(columns,): the plan as the model says it, without missed rules and whole lines."""
    values = np.zeros(model.at.count)
    for part in PARTS:
        numbers = getattr(model.at, part)
        values[numbers[numbers >= 0]] = getattr(plan, part)[numbers >= 0] / model.quantity
    return values


ROUNDING = 1e-6
"""Share of what a row adds up by which a plan may be beyond its limit."""


def possible(model: Model, plan: Plan) -> bool:
    """Whether a plan keeps what a model asks of all plans; rules may be missed, and are left out."""
    for part in PARTS:
        amounts = getattr(plan, part)
        if np.abs(amounts[getattr(model.at, part) < 0]).max(initial=0.0) > ROUNDING * model.quantity:
            return False
    values, matrix = values_of(model, plan), model.matrix
    sums, size = matrix @ values, abs(matrix) @ np.abs(values) + 1.0
    rows = np.ones(len(sums), bool)
    rows[model.rows.rules[model.rows.rules >= 0]] = False
    beyond = np.maximum(model.row_lower - sums, sums - model.row_upper)[rows]
    return bool((beyond <= ROUNDING * size[rows]).all() and (values <= model.upper * (1 + ROUNDING)).all())


def spread(numbers: Ints, values: Floats) -> Floats:
    """Values of columns in the shape of their numbers, at least 0; 0 where there is none."""
    return (
        np.where(numbers >= 0, np.maximum(values[numbers], 0.0), 0.0)
        if values.size
        else np.zeros(numbers.shape)
    )


def signed(numbers: Ints, values: Floats) -> Floats:
    """Duals of rows in the shape of their numbers; 0 where there is none."""
    return np.where(numbers >= 0, values[numbers], 0.0) if values.size else np.zeros(numbers.shape)
