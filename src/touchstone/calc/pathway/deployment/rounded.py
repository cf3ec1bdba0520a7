"""From a plan of parts to whole lines: of every line the one way that is most of what it does in the plan, such that all can go theirs together.

Lines share the pace at which a technology is added and how far it may spread. Where the nearest ways want more than there is, the lines that
do most of it in the plan go first and the others take their next best way.
"""

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats, Ints
from touchstone.calc.pathway.deployment.build import Model, most, pace
from touchstone.calc.pathway.deployment.paths import Net, Slots, Ways, slots
from touchstone.calc.pathway.plan import Plan

_TURNS = 200
_CHANGE = 1e-3
"""What a change counts beside the share of a line, so that a way does not swing for nothing."""


def rounded(model: Model, parts: Plan, growth: Floats) -> Floats:
    """(P, T, Y) 0 or 1: ways of the lines near a plan of parts, within pace and spread; where no such is found within reason, the nearest ones.

    Args:
        growth: (N, Y) as in `build`: by which the sum of what may be added rises.
    """
    case, net, pieces = model.case, Net(model.case), slots(model.case)
    full = case.capacity[:, None, :]
    share = np.divide(parts.standing, full, out=np.zeros_like(parts.standing), where=full > 0)
    wish = np.where(model.at.standing >= 0, -share, np.inf)
    none = -np.maximum(1 - share.sum(1, keepdims=True), 0)
    states = np.concatenate((wish, none), axis=1)
    arcs = np.concatenate(
        (
            np.where(model.at.changed >= 0, _CHANGE, np.inf),
            np.where(model.at.built >= 0, _CHANGE, np.inf),
            np.full(model.at.built.shape, _CHANGE),
        ),
        axis=1,
    )
    summed = np.where(np.isnan(growth), np.inf, growth.cumsum(1))
    adds = _adding(case, net.none)
    late = summed.T[None] < case.capacity[:, :, None] * (1 - 1e-9)
    arcs[np.einsum("pyn,nx->pxy", late, adds) > 0] = np.inf
    first = None
    for _ in range(_TURNS):
        ways = net.cheapest(case, pieces, arcs, states)
        chosen = _chosen(pieces, ways, net, parts.standing.shape)
        first = chosen if first is None else first
        if not _eased(model, net, pieces, ways, share, arcs, states, summed):
            return chosen
    assert first is not None
    return first


def _chosen(pieces: Slots, ways: Ways, net: Net, shape: tuple[int, ...]) -> Floats:
    """(P, T, Y) 0 or 1; a line whose pieces go apart is in none."""
    chosen = np.zeros(shape)
    slot, year = np.nonzero(ways.state < net.none)
    np.maximum.at(chosen, (pieces.line[slot], ways.state[slot, year], year), 1.0)
    return chosen * (chosen.sum(1, keepdims=True) <= 1)


def _adding(case: Case, none: int) -> Bools:
    """(N, ways into): which part a way adds; a change, a building, an end, as the arcs of a net stand."""
    return np.concatenate((case.adds, case.made_of, np.zeros((len(case.parts), none), bool)), axis=1)


def _eased(
    model: Model,
    net: Net,
    pieces: Slots,
    ways: Ways,
    share: Floats,
    arcs: Floats,
    states: Floats,
    summed: Floats,
) -> bool:
    """Whether too many wanted something; those that want it least are kept from it (in `arcs` and `states`) in the first such year."""
    case = model.case
    allowed = pace(case)
    limit = np.where(case.spread < 1, most(case), np.inf)
    nowhere = np.zeros((len(case.parts), net.none), bool)
    adds = _adding(case, net.none)
    has = np.concatenate((case.made_of, nowhere[:, :1]), axis=1)
    done = np.zeros(len(case.parts))
    for year in range(len(case.years)):
        eased = False
        taken = [[arc for arc, at in each if at == year] for each in ways.arcs]
        for n in range(len(case.parts)):
            wish = share[:, case.made_of[n], year].sum(1)
            into = np.array([slot for slot, each in enumerate(taken) if adds[n, each].any()], dtype=np.int64)
            late = _behind(into, pieces, wish, min(float(allowed[n, year]), float(summed[n, year] - done[n])))
            arcs[pieces.line[late][:, None], np.flatnonzero(adds[n])[None, :], year] = np.inf
            stand = np.flatnonzero(has[n, ways.state[:, year]])
            beyond = _behind(stand, pieces, wish, float(limit[n, year]))
            states[pieces.line[beyond][:, None], np.flatnonzero(has[n])[None, :], year] = np.inf
            eased = eased or bool(late.size or beyond.size)
            done[n] += pieces.size[into].sum()
        if eased:
            return True
    return False


def _behind(wanted: Ints, pieces: Slots, share: Floats, most: float) -> Ints:
    """Of the pieces that want something, those for which nothing is left behind others that want it more."""
    order = wanted[np.argsort(-share[pieces.line[wanted]], kind="stable")]
    taken, behind = 0.0, []
    for piece in order:
        if taken + pieces.size[piece] > most * (1 + 1e-9):
            behind.append(piece)
        else:
            taken += float(pieces.size[piece])
    return np.array(behind, dtype=np.int64)
