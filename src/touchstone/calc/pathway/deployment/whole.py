"""Plans in which every line is wholly in one technology: what a group decides line by line.

The plan of parts (the linear optimum) is rounded to the nearest whole way of every line, which is a plan already and where the search
begins.
"""

from dataclasses import dataclass
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.deployment.build import Model, build
from touchstone.calc.pathway.deployment.paths import Net, slots
from touchstone.calc.pathway.deployment.reading import plan_of
from touchstone.calc.pathway.deployment.result import Options
from touchstone.calc.pathway.deployment.rules import mix_of
from touchstone.calc.pathway.deployment.solver import Solver, Told
from touchstone.calc.pathway.plan import Plan


@dataclass(frozen=True, slots=True)
class Whole:
    """The plan of whole lines, None where not even the rounded one can be; the bound in yuan; nodes searched."""

    plan: Plan | None
    bound: float
    steps: int


def whole(
    case: Case,
    parts: Plan,
    options: Options,
    seconds: float,
    told: Told | None = None,
    stop: Event | None = None,
) -> Whole:
    """The least-cost plan of whole lines, begun from a plan of parts, whose mix of power holds where rules count part of a supply."""
    model = build(case, mix_of(case, parts), whole=True)
    solver = Solver(model, options.method, options.seed, options.gap)
    rounded = _solved_with(model, nearest(model, parts), options)
    if rounded is not None:
        _begin_with(solver, rounded)
    found = solver.run(seconds, told, stop)
    values = found.values if found.values is not None else rounded
    return Whole(None if values is None else plan_of(model, values), found.bound * model.yuan, found.steps)


def nearest(model: Model, parts: Plan) -> Floats:
    """(P, T, Y) 0 or 1: the way of each line, possible by itself, that is most of what it does in a plan of parts."""
    case, net = model.case, Net(model.case)
    share = np.divide(
        parts.standing,
        case.capacity[:, None, :],
        out=np.zeros_like(parts.standing),
        where=case.capacity[:, None, :] > 0,
    )
    wish = np.where(model.at.standing >= 0, -share, np.inf)
    none = -np.maximum(1 - share.sum(1, keepdims=True), 0)
    small = 1e-3
    arcs = np.concatenate(
        (
            np.where(model.at.changed >= 0, small, np.inf),
            np.where(model.at.built >= 0, small, np.inf),
            np.full(model.at.built.shape, small),
        ),
        axis=1,
    )
    parts_ = slots(case)
    ways = net.cheapest(case, parts_, arcs, np.concatenate((wish, none), axis=1))
    chosen = np.zeros(parts.standing.shape)
    slot, year = np.nonzero(ways.state < net.none)
    np.maximum.at(chosen, (parts_.line[slot], ways.state[slot, year], year), 1.0)
    return chosen * (chosen.sum(1, keepdims=True) <= 1)


def _solved_with(model: Model, chosen: Floats, options: Options) -> Floats | None:
    """(columns,): the best there is with the lines as chosen; None where they cannot all be so."""
    solver = Solver(model, options.method, options.seed)
    numbers = model.at.whole[model.at.whole >= 0].astype(np.int32)
    fixed = chosen[model.at.whole >= 0]
    solver.highs.changeColsBounds(len(numbers), numbers, fixed, fixed)
    return solver.run().values


def _begin_with(solver: Solver, values: Floats) -> None:
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = list(values)
    solution.value_valid = True
    solver.highs.setSolution(solution)
