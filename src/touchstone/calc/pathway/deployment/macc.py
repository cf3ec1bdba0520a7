"""The quick curve of abatement costs: the cheapest measure is taken, what it changes is worked out anew, then the next.

A measure is a change of one line into another technology, or of a supply's power into another contract. What it saves is counted where
the plan then stands: a tonne of power saved after the mix became cleaner avoids less, a line is changed into one technology only. So the
steps add up to what all of them together avoid, which the bars of a partial curve do not.

A changed process stands without the measures that stood before. Where one of them is worth taking again, that belongs to the change that lost
it, though the line may have been changed further since: it saves less and costs more by it, and no line has the same measure twice. Lines are
taken whole, as far as a technology may spread, with what stands on lines that are not looked at; how fast it can be added is left aside.
A contract gives as much as its limit leaves, where that is less than a supply uses a part of it; power
that is saved there later is saved of the rest, so that what is limited is used up. What a later change needs beyond the limit is bought of
the grid, and counted so with that change and all behind it; what others leave of a shared limit after that belongs to the contract's step.

Counted are the lines that stand in the year by the register: those of the first year, and those planned since, as they are registered.

Cost of a measure: what a year costs more (annuity, running, power) for each tonne of CO2e avoided; carbon's own price is left out.
Measures that save money come first, the most money saved first, not by yuan per tonne: of two that save the same money, yuan per tonne
would prefer the one that avoids less. The others follow by yuan per tonne.
"""

from dataclasses import dataclass, replace

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats, Ints
from touchstone.calc.pathway.deployment.build import most


@dataclass(frozen=True, slots=True)
class Measure:
    """A step of the curve, counted on top of those before it.

    Attributes:
        line: number of the line, None of a contract; supply: number, of a contract.
        before, after: technologies or contracts, by number; after with what is taken again of what the change lost, where both can stand.
        share: of the supply's power that a contract takes, when it is last taken; below 1 where its limit is used up by it. 1 of a line.
        avoided: t CO2e a year; cost: yuan a year, negative where it saves; alone: t CO2e a year it would avoid as the first.
    """

    line: int | None
    supply: int | None
    before: int
    after: int
    avoided: float
    cost: float
    alone: float
    share: float = 1.0

    @property
    def each(self) -> float:
        """Yuan for a tonne of CO2e avoided."""
        return self.cost / self.avoided


@dataclass(frozen=True, slots=True)
class Macc:
    """The measures in their order, and the emissions before any, t CO2e a year."""

    year: int
    begun: float
    measures: tuple[Measure, ...]

    @property
    def left(self) -> float:
        """Emissions after all measures, t CO2e a year."""
        return self.begun - sum(each.avoided for each in self.measures)


def macc(
    case: Case,
    year: int,
    lines: Bools | None = None,
    standing: Ints | None = None,
    contract: Ints | None = None,
) -> Macc:
    """The curve of one year for some lines (all if None), full load.

    Args:
        year: number of the year.
        standing: (P,) technology each line is in, -1 where nothing stands; as it begins or is planned by then if None.
        contract: (G,) contract each supply begins with; the first if None.
    """
    state = _State(case, year, lines, standing, contract)
    begun = state.emitted()
    alone = {key: gain[0] for key, gain in state.offers().items()}
    found: list[Measure] = []
    while offers := {key: gain for key, gain in state.offers().items() if gain[0] > 1e-9 * max(begun, 1.0)}:
        key = min(offers, key=lambda each: _rank(*offers[each]))
        (kind, number, after), (avoided, cost) = key, offers[key]
        before = int(state.way[number] if kind == "line" else state.buys[number])
        line, supply = (number, None) if kind == "line" else (None, number)
        if line is not None and (of := _again(case, found, line, before, after)) is not None:
            avoided, cost = found[of].avoided + avoided, found[of].cost + cost
            with_it = _joined(case, found[of].after, before, after)
            found[of] = replace(found[of], after=with_it, avoided=avoided, cost=cost)
        elif supply is not None and (of := _more_of(found, supply, before, after)) is not None:
            avoided, cost = found[of].avoided + avoided, found[of].cost + cost
            share = state.share_of(supply, after)
            found[of] = replace(found[of], avoided=avoided, cost=cost, share=share)
        else:
            share = 1.0 if supply is None else state.share_of(supply, after)
            found.append(Measure(line, supply, before, after, avoided, cost, alone.get(key, avoided), share))
        state.take(key)
    return Macc(int(case.years[year]), begun, tuple(found))


def _again(case: Case, found: list[Measure], line: int, before: int, after: int) -> int | None:
    """Which change of the line lost what is taken now; None where this is new to it."""
    has = case.made_of
    new = has[:, after] & ~has[:, before]
    for number in reversed(range(len(found))):
        each = found[number]
        if each.line == line and (new <= (has[:, each.before] & ~has[:, each.after])).all():
            return number
    return None


def _more_of(found: list[Measure], supply: int, before: int, after: int) -> int | None:
    """The step that began what a contract now gives more of to a supply; None where there is none."""
    for number, each in enumerate(found):
        if (each.supply, each.before, each.after) == (supply, before, after):
            return number
    return None


def _joined(case: Case, to: int, before: int, after: int) -> int:
    """The technology a change led to, with what one from before to after adds; as it was where there is none of that kind."""
    has = case.made_of
    wanted = has[:, to] | (has[:, after] & ~has[:, before])
    found = np.flatnonzero((has == wanted[:, None]).all(0))
    return int(found[0]) if len(found) else to


def _rank(avoided: float, cost: float) -> tuple[bool, float]:
    return (False, cost) if cost < 0 else (True, cost / avoided)


_Key = tuple[str, int, int]

_GRID = 0
"""The first contract, which gives what the others do not."""


class _State:
    """Where lines and supplies stand while measures are taken.

    A supply takes `part` (G, C) MWh of contracts whose limit is below what it needs, and the rest of the contract it `buys`, (G,).
    """

    def __init__(
        self, case: Case, year: int, lines: Bools | None, standing: Ints | None, contract: Ints | None
    ) -> None:
        self.case, self.year = case, year
        self.way = (_registered(case, year) if standing is None else standing).copy()
        chosen = np.ones(len(case.lines), bool) if lines is None else lines
        self.lines = np.flatnonzero(chosen & (self.way >= 0) & (case.capacity[:, year] > 0))
        self.buys = np.zeros(len(case.supplies), np.int64) if contract is None else contract.copy()
        self.part = np.zeros((len(case.supplies), len(case.contracts)))
        self.made = case.capacity[:, year] * case.load[:, year]

    def emitted(self) -> float:
        at, factor = self.lines, self.case.contract_factor
        direct = self.made[at] * self.case.direct[at, self.way[at]]
        power = self._rest() * self._of(factor) + (self.part * factor[:, :, self.year]).sum(1)
        return float(direct.sum() + power.sum())

    def _used(self) -> Floats:
        """(G,) MWh that these lines use."""
        used, at = np.zeros(len(self.case.supplies)), self.lines
        np.add.at(used, self.case.supply[at], self.made[at] * self.case.electricity[at, self.way[at]])
        return used

    def _rest(self) -> Floats:
        """(G,) MWh of the contract that a supply buys besides its parts."""
        return np.maximum(self._used() - self.part.sum(1), 0.0)

    def _of(self, values: Floats) -> Floats:
        return values[np.arange(len(self.buys)), self.buys, self.year]

    def _saved(self, values: Floats, supply: Ints, saved: Floats, beyond: Floats) -> Floats:
        """(rows,): what saving power (rows,) MWh brings, `values` (G, C, Y) for each: of the rest first, then of the parts alike.

        Where more is used (below 0), the MWh `beyond` (rows,) what the contract has left are of the grid.
        """
        part = self.part.sum(1)
        of_parts = (self.part * values[:, :, self.year]).sum(1)
        mean = np.divide(of_parts, part, out=np.zeros_like(part), where=part > 0)[supply]
        first = np.where(part[supply] > 0, np.minimum(saved, self._rest()[supply]), saved)
        of_rest = (first + beyond) * self._of(values)[supply] - beyond * values[supply, _GRID, self.year]
        return of_rest + (saved - first) * mean

    def offers(self) -> dict[_Key, tuple[float, float]]:
        """What each measure would avoid (t CO2e) and cost (yuan) a year, as things stand."""
        return self._changes() | self._contracts()

    def _changes(self) -> dict[_Key, tuple[float, float]]:
        case = self.case
        rows, arcs = np.nonzero(
            (case.before[None, :] == self.way[self.lines][:, None]) & np.isfinite(case.change[self.lines])
        )
        line, after = self.lines[rows], case.after[arcs]
        open_ = (
            self._within(line, arcs)
            & ~(case.adds.T @ ~case.open[:, self.year])[arcs]
            & case.allowed[line, after]
        )
        line, after, arcs = line[open_], after[open_], arcs[open_]
        way, made, g = self.way[line], self.made[line], case.supply[line]
        saved = made * (case.electricity[line, way] - case.electricity[line, after])
        direct = made * (case.direct[line, way] - case.direct[line, after])
        beyond = np.maximum(-saved - self._spare()[g], 0.0)
        avoided = direct + self._saved(case.contract_factor, g, saved, beyond)
        dearer = made * (case.running[line, after] - case.running[line, way])
        paid = case.capacity[line, self.year] * case.change[line, arcs] * case.change_payment[arcs]
        cost = dearer - self._saved(case.contract_price, g, saved, beyond) + paid
        return {
            ("line", int(p), int(t)): (float(a), float(c))
            for p, t, a, c in zip(line, after, avoided, cost, strict=True)
        }

    def _within(self, line: Ints, arcs: Ints) -> Bools:
        """Whether a technology may spread to the whole line that a change adds it to."""
        case, y, size = self.case, self.year, self.case.capacity[:, self.year]
        room = np.where(case.spread[:, y] < 1, most(case)[:, y], np.inf)
        stands = np.flatnonzero(self.way >= 0)
        room = room - case.made_of[:, self.way[stands]] @ size[stands]
        fits = (room[:, None] >= size[line] * (1 - 1e-9)) | ~case.adds[:, arcs]
        return np.asarray(fits.all(0))

    def _contracts(self) -> dict[_Key, tuple[float, float]]:
        case, y, rest = self.case, self.year, self._rest()
        found: dict[_Key, tuple[float, float]] = {}
        for g in np.flatnonzero(rest > 0):
            now = self.buys[g]
            for c in range(len(case.contracts)):
                if c != now and (taken := min(self._left(c, int(g)), float(rest[g]))) > 0:
                    avoided = taken * (case.contract_factor[g, now, y] - case.contract_factor[g, c, y])
                    cost = taken * (case.contract_price[g, c, y] - case.contract_price[g, now, y])
                    found["supply", int(g), c] = (float(avoided), float(cost))
        return found

    def _left(self, contract: int, supply: int) -> float:
        """MWh of a contract that a supply may still take: its own limit, and what others leave of one they share."""
        case, y = self.case, self.year
        taken = self.part[:, contract] + np.where(self.buys == contract, self._rest(), 0.0)
        left = float(case.contract_limit[supply, contract, y] - taken[supply])
        for pool in case.pools:
            if pool.contract == contract and pool.supplies[supply]:
                left = min(left, float(pool.limit[y] - taken[pool.supplies].sum()))
        return left

    def _spare(self) -> Floats:
        """(G,) MWh more that each supply may use of the contract it buys; the grid gives any."""
        left = [np.inf if c == _GRID else self._left(int(c), g) for g, c in enumerate(self.buys)]
        return np.maximum(np.array(left), 0.0)

    def share_of(self, supply: int, contract: int) -> float:
        """Of a supply's power, what a contract would have with what it would take now; 1 where it takes all that is left to take."""
        left, has = self._left(contract, supply), self.part[supply, contract]
        return 1.0 if left >= self._rest()[supply] else float((has + left) / self._used()[supply])

    def take(self, key: _Key) -> None:
        kind, number, after = key
        if kind == "line":
            g = int(self.case.supply[number])
            most_of_it = float(self._rest()[g] + self._spare()[g])
            self.way[number] = after
            if self._rest()[g] > most_of_it:
                self.part[g, self.buys[g]] += most_of_it
                self.buys[g] = _GRID
            used, part = self._used(), self.part.sum(1)
            kept = np.divide(used, part, out=np.ones_like(part), where=part > used)
            self.part *= kept[:, None]
        elif (left := self._left(after, number)) >= self._rest()[number]:
            self.buys[number] = after
        else:
            self.part[number, after] += left


def _registered(case: Case, year: int) -> Ints:
    """(P,): the technology that each line is in by the register in a year, -1 where nothing stands yet."""
    if case.since is None:
        return case.initial
    begun = case.since <= case.years[year]
    return np.where((case.initial < 0) & begun.any(1), begun.argmax(1), case.initial)
