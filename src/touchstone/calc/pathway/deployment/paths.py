"""The cheapest way of every line through technologies and years, at given prices; from it a bound below which no plan can be.

Once everything that lines share (demand, power, spread, ramp, rules) has a price, every line decides for itself. What a line may have is a
flow through (technology, year): it begins as what stands, is built, changed, retired, year by year, and the cheapest flow is the cheapest
path. The sum over lines, with what the shared rows are worth, is below the cost of every plan, whatever the prices (Lagrange).
"""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats, Ints
from touchstone.calc.pathway.deployment.build import Model


@dataclass(frozen=True, slots=True)
class Slots:
    """Parts of capacity that begin together; a line has one unless its capacity changes.

    Attributes:
        line: (S,); begin: (S,) number of the year it begins; ends: (S, Y) years after which it may end.
        size: (S,) t/a; simple: (P,), whether the slots of a line say exactly what it may do: its capacity only rises or only falls.
    """

    line: Ints
    begin: Ints
    ends: Bools
    size: Floats
    simple: Bools


def slots(case: Case) -> Slots:
    """The slots of all lines.

    A line whose capacity only falls ends piece by piece, one that only rises begins piece by piece, and each piece is a slot. Of other
    lines every piece that begins may end wherever any does: more than the line may do, so that a bound stays one.
    """
    line, begin, ends, size = [], [], [], []
    simple = np.ones(len(case.lines), bool)
    for number, course in enumerate(case.capacity):
        up = np.maximum(np.diff(course, prepend=0.0), 0.0)
        down = np.maximum(-np.diff(course, append=0.0), 0.0)
        simple[number] = min((up > 0).sum(), (down > 0).sum()) <= 1
        falling = simple[number] and (down > 0).sum() > 1
        for year in np.flatnonzero(down if falling else up):
            line.append(number)
            begin.append(int(np.flatnonzero(up)[0]) if falling else int(year))
            ends.append(np.arange(len(course)) == year if falling else down > 0)
            size.append(float((down if falling else up)[year]))
    shape = (len(line), len(case.years))
    return Slots(
        np.array(line, int), np.array(begin, int), np.array(ends, bool).reshape(shape), np.array(size), simple
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """The cheapest way of every slot.

    Attributes:
        cost: (S,) in the model's money for each unit of capacity. state: (S, Y) technology it is in, T where none.
        arcs: of each slot, numbers of arcs of `Net` and of the years they are taken in.
    """

    cost: Floats
    state: Ints
    arcs: list[list[tuple[int, int]]]


class Net:
    """The technologies, "none" beside them, and the arcs between: changes, buildings, retirements."""

    def __init__(self, case: Case) -> None:
        """Of the technologies and transitions of a case."""
        none = len(case.technologies)
        every = np.arange(none)
        self.none = none
        self.source = np.concatenate((case.before, np.full(none, none), every))
        self.target = np.concatenate((case.after, every, np.full(none, none)))
        self.into = [np.flatnonzero(self.target == state) for state in range(none + 1)]

    def costs(self, model: Model, reduced: Floats) -> tuple[Floats, Floats]:
        """(P, arcs, Y) and (P, T + 1, Y): what each arc and each year in a state costs at reduced costs of the model's columns."""
        at, case = model.at, model.case
        free = np.zeros(at.built.shape)
        free[:, :, 0] = np.inf if model.stood else 0.0
        arcs = np.concatenate((_priced(at.changed, reduced), _priced(at.built, reduced), free), axis=1)
        made = np.minimum(np.where(at.output >= 0, reduced[at.output], 0.0), 0.0)
        states = _priced(at.standing, reduced) + case.load[:, None, :] * made
        return arcs, np.concatenate((states, np.zeros_like(states[:, :1])), axis=1)

    def cheapest(self, case: Case, parts: Slots, arcs: Floats, states: Floats, trace: bool = True) -> Ways:
        """The cheapest way of each slot from where it begins to where it ends; with `trace` which it is."""
        count, years = len(parts.line), len(case.years)
        now = np.full((count, self.none + 1), np.inf)
        cost, last, final = np.full(count, np.inf), np.zeros(count, np.int64), np.full(count, -1)
        taken: list[Ints] = []
        for year in range(years):
            fresh = parts.begin == year
            stood = fresh & (case.initial[parts.line] >= 0) if year == 0 else np.zeros(count, bool)
            now[fresh & ~stood, self.none] = 0.0
            now[stood, case.initial[parts.line[stood]]] = 0.0
            came = self._moved(now, arcs[parts.line, :, year])
            now = now + states[parts.line, :, year]
            over = parts.ends[:, year] & (now.min(1) < cost)
            last[over], final[over] = now[over].argmin(1), year
            cost[over] = now[over].min(1)
            taken.append(came)
        if not trace:
            return Ways(cost, np.zeros((0, 0), np.int64), [])
        return Ways(cost, *self._traced(parts, final, last, taken))

    def _moved(self, now: Floats, costs: Floats) -> Ints:
        """Take arcs within a year as long as any is worth it; `now` is bettered in place. Gives the arc by which each state is reached."""
        came = np.full(now.shape, -1)
        for _ in range(self.none + 1):
            offer = now[:, self.source] + costs
            better = False
            for state, into in enumerate(self.into):
                if not into.size:
                    continue
                best = offer[:, into].argmin(1)
                price = offer[np.arange(len(now)), into[best]]
                won = price < now[:, state] - 1e-12
                if won.any():
                    now[won, state], came[won, state], better = price[won], into[best[won]], True
            if not better:
                break
        return came

    def _traced(
        self, parts: Slots, final: Ints, last: Ints, taken: list[Ints]
    ) -> tuple[Ints, list[list[tuple[int, int]]]]:
        count, years = len(parts.line), len(taken)
        state = np.full((count, years), self.none)
        arcs: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for slot in range(count):
            at = int(last[slot])
            for year in range(int(final[slot]), int(parts.begin[slot]) - 1, -1):
                state[slot, year] = at
                while (arc := int(taken[year][slot, at])) >= 0:
                    arcs[slot].append((arc, year))
                    at = int(self.source[arc])
        return state, arcs


def _priced(numbers: Ints, reduced: Floats) -> Floats:
    return np.where(numbers >= 0, reduced[numbers], np.inf)
