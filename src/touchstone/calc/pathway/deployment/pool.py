"""Ways of lines as columns: what a line does from the first year to the last, as one choice among those known."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csc_array, hstack

from touchstone.calc.pathway.case import Ints
from touchstone.calc.pathway.deployment.bound import Bound, Bounding
from touchstone.calc.pathway.deployment.build import Model
from touchstone.calc.pathway.deployment.reading import values_of
from touchstone.calc.pathway.plan import Plan

PARTS = ("standing", "built", "changed", "output")
"""What lines decide for themselves; these columns are the first of every model, so a pool serves every case of the same lines."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Known ways.

    Attributes:
        ways: (line columns, ways), in the model's quantities. line: (ways,) whose it is.
    """

    ways: csc_array
    line: Ints

    def __add__(self, other: "Pool") -> "Pool":
        """Both pools."""
        return Pool(csc_array(hstack([self.ways, other.ways])), np.concatenate((self.line, other.line)))

    def only(self, kept: np.ndarray) -> "Pool":
        """The ways of these numbers, or where true."""
        return Pool(csc_array(self.ways[:, kept]), self.line[kept])


def owners(model: Model) -> Ints:
    """(line columns,): the line of each."""
    at = model.at
    found = np.empty(sum(int((getattr(at, part) >= 0).sum()) for part in PARTS), np.int64)
    for part in PARTS:
        numbers = getattr(at, part)
        found[numbers[numbers >= 0]] = np.nonzero(numbers >= 0)[0]
    return found


def pool_of(model: Model, plan: Plan) -> Pool:
    """What every line does in a plan, as one way each."""
    line = owners(model)
    values = values_of(model, plan)[: len(line)]
    count = len(model.case.lines)
    ways = coo_array((values, (np.arange(len(line)), line)), shape=(len(line), count))
    return _clean(ways, np.arange(count))


def pool_at(bounding: Bounding, bound: Bound) -> Pool:
    """The cheapest way of every line at the prices of a bound: it makes all it can in the years in which that pays."""
    model, parts, net = bounding.model, bounding.parts, bounding.net
    at, load, size = model.at, model.case.load, parts.size / model.quantity
    slot, year = np.nonzero(bound.ways.state < net.none)
    line, state = parts.line[slot], bound.ways.state[slot, year]
    made = at.output[line, state, year]
    pays = (made >= 0) & (bound.reduced[made] < 0)
    taken = np.array([(s, arc, y) for s, arcs in enumerate(bound.ways.arcs) for arc, y in arcs], int).reshape(
        -1, 3
    )
    taken = taken[net.source[taken[:, 1]] != net.target[taken[:, 1]]]
    changes = taken[:, 1] < len(model.case.before)
    builds = ~changes & (taken[:, 1] < len(model.case.before) + net.none)
    rows, lines, values = [at.standing[line, state, year], made[pays]], [line, line[pays]], [size[slot]]
    values.append(size[slot[pays]] * load[line[pays], year[pays]])
    for chosen, numbers, first in ((changes, at.changed, 0), (builds, at.built, len(model.case.before))):
        s, arc, y = taken[chosen].T
        rows.append(numbers[parts.line[s], arc - first, y])
        lines.append(parts.line[s])
        values.append(size[s])
    width = sum(int((getattr(at, part) >= 0).sum()) for part in PARTS)
    count = len(model.case.lines)
    cells = (np.concatenate(values), (np.concatenate(rows), np.concatenate(lines)))
    return _clean(coo_array(cells, shape=(width, count)), np.arange(count))


def _clean(ways: coo_array, line: Ints) -> Pool:
    made = csc_array(ways)
    made.data[np.abs(made.data) < 1e-11] = 0.0
    made.eliminate_zeros()
    return Pool(made, line)
