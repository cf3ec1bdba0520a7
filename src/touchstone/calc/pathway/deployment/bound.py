"""A cost below which no plan can be, from the prices of what lines share."""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.deployment.build import Model, Rows
from touchstone.calc.pathway.deployment.paths import Net, Slots, Ways, slots

SHARED = ("power", "demand", "spread", "ramp", "pools", "rules")
"""Rows that lines share."""


@dataclass(frozen=True, slots=True)
class Bound:
    """In the model's money: the bound, what each line costs at the prices (P,), the ways of the slots, and the duals, made valid."""

    value: float
    lines: Floats
    ways: Ways
    duals: Floats
    reduced: Floats


class Bounding:
    """A full model made ready for bounds by any prices."""

    def __init__(self, model: Model) -> None:
        """Keep what does not depend on prices."""
        self.model, self.net, self.parts = model, Net(model.case), slots(model.case)
        rows = np.concatenate([getattr(model.rows, part).ravel() for part in SHARED])
        self.shared = np.sort(rows[rows >= 0])
        self.matrix = model.matrix.tocsr()[self.shared]
        self.across = self.matrix.T.tocsr()
        limit = np.where(np.isinf(model.row_upper), model.row_lower, model.row_upper)
        self.limit = limit[self.shared]
        self.place = np.full(len(model.row_lower), -1)
        self.place[self.shared] = np.arange(len(self.shared))

    def duals_of(self, rows: Rows, duals: Floats) -> Floats:
        """(shared,): duals of the same rows of another model of this case (of clusters)."""
        found = np.zeros(len(self.shared))
        for part in SHARED:
            here, there = getattr(self.model.rows, part), getattr(rows, part)
            both = (here >= 0) & (there >= 0)
            found[self.place[here[both]]] = duals[there[both]]
        return found

    def at(self, duals: Floats, trace: bool = True) -> Bound:
        """The bound at duals (shared,) of the shared rows."""
        duals = self.valid(duals)
        model = self.model
        reduced = model.cost - self.across @ duals
        arcs, states = self.net.costs(model, reduced)
        ways = self.net.cheapest(model.case, self.parts, arcs, states, trace)
        lines = _by_line(self.parts, ways.cost, model)
        own = np.concatenate(
            [getattr(model.at, part).ravel() for part in ("recycled", "outside", "power", "missed")]
        )
        own = own[own >= 0]
        gained = np.minimum(reduced[own], 0.0)
        given = np.zeros_like(gained)
        finite = np.isfinite(model.upper[own])
        given[finite] = gained[finite] * model.upper[own][finite]
        value = float(duals @ self.limit + given.sum() + lines.sum())
        return Bound(value, lines, ways, duals, reduced)

    def valid(self, duals: Floats) -> Floats:
        """Duals made such that nothing without a limit earns by them: signs of limits, prices of rules, metal and power."""
        duals = duals.copy()
        rows, at, cost = self.model.rows, self.model.at, self.model.cost
        for part in ("spread", "ramp", "pools", "rules"):
            numbers = self.place[getattr(rows, part)[getattr(rows, part) >= 0]]
            duals[numbers] = np.minimum(duals[numbers], 0.0)
        told = rows.rules >= 0
        numbers = self.place[rows.rules[told]]
        duals[numbers] = np.maximum(duals[numbers], -cost[at.missed[told]])
        for part, columns in (("demand", (at.outside, at.recycled)), ("power", (at.power,))):
            numbers = getattr(rows, part)
            duals[self.place[numbers[numbers >= 0]]] = np.minimum(
                duals[self.place[numbers[numbers >= 0]]], self._most(duals, numbers, columns)[numbers >= 0]
            )
        return duals

    def _most(self, duals: Floats, rows: Ints, columns: tuple[Ints, ...]) -> Floats:
        """(rows): the largest dual at which no unlimited column of a row earns."""
        kept = np.where(np.isin(np.arange(len(duals)), self.place[rows[rows >= 0]]), 0.0, duals)
        without = self.model.cost - self.across @ kept
        most = np.full(rows.shape, np.inf)
        for numbers in columns:
            free = (numbers >= 0) & np.isinf(self.model.upper[numbers])
            price = np.where(free, without[numbers], np.inf)
            most = np.minimum(most, price if numbers.ndim == rows.ndim else price.min(1))
        return most


def _by_line(parts: Slots, cost: Floats, model: Model) -> Floats:
    """(P,): what each line costs at least."""
    found = np.zeros(len(model.case.lines))
    np.add.at(found, parts.line, cost * parts.size / model.quantity)
    return found
