"""A model with only some of what its lines can do: those columns and the rows they need."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from touchstone.calc.pathway.case import Bools, Floats, Ints
from touchstone.calc.pathway.deployment.bound import Bounding
from touchstone.calc.pathway.deployment.build import Model
from touchstone.calc.pathway.deployment.pool import owners
from touchstone.calc.pathway.deployment.solver import Solver

TAKEN = 1e-5
"""Of the model's quantity, above which a column counts as taken."""


@dataclass(frozen=True, slots=True)
class Restricted:
    """A part of a model, and the numbers of its columns and rows in the whole one."""

    model: Model
    columns: Ints
    rows: Ints

    def values(self, whole: Model, values: Floats) -> Floats:
        """(columns,) of the whole model."""
        found = np.zeros(whole.at.count)
        found[self.columns] = values
        return found

    def duals(self, bounding: Bounding, duals: Floats) -> Floats:
        """(shared,): duals of the shared rows."""
        found = np.zeros(len(bounding.model.row_lower))
        found[self.rows] = duals
        return found[bounding.shared]


def carried(solver: Solver, before: Restricted, after: Restricted) -> Any:
    """The basis a solver ended with, for a model with more columns and rows: what is new is 0, and its rows hold by themselves."""
    import highspy

    ended, made = solver.highs.getBasis(), highspy.HighsBasis()
    status = highspy.HighsBasisStatus
    columns = dict(zip(before.columns.tolist(), ended.col_status, strict=True))
    rows = dict(zip(before.rows.tolist(), ended.row_status, strict=True))
    made.col_status = [columns.get(number, status.kLower) for number in after.columns.tolist()]
    made.row_status = [rows.get(number, status.kBasic) for number in after.rows.tolist()]
    made.valid = True
    return made


def taken(model: Model, values: Floats) -> Bools:
    """(line columns,): what lines do in a solution."""
    return values[: len(owners(model))] > TAKEN


def restricted(bounding: Bounding, support: Bools) -> Restricted:
    """The model with the line columns of `support` alone. A row of a line that no kept column raises holds by itself and is left out."""
    model = bounding.model
    columns = np.flatnonzero(np.concatenate((support, np.ones(model.at.count - len(support), bool))))
    part = model.matrix[:, columns].tocsr()
    raised = np.zeros(len(model.row_lower), bool)
    raised[np.repeat(np.arange(len(raised)), np.diff(part.indptr))[part.data > 0]] = True
    raised[bounding.shared] = True
    rows = np.flatnonzero(raised)
    small = replace(
        model,
        cost=model.cost[columns],
        upper=model.upper[columns],
        matrix=part[rows].tocsc(),
        row_lower=model.row_lower[rows],
        row_upper=model.row_upper[rows],
    )
    return Restricted(small, columns, rows)
