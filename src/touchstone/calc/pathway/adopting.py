"""Who takes up what when, by a scenario's own rules: lines move to a technology as `[[adopt]]` says, within what the catalogue says of it.

As in the optimum nothing is added after a technology's last year, no more of it in a year than its ramp, and no more in all than its spread.
"""

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats, Ints
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.naming import keyed
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.scenario import Adoption
from touchstone.calc.pathway.selection import chosen_lines
from touchstone.calc.pathway.technology import Technology
from touchstone.facts.text import Text

_NOTHING = 1e-12
_SHORT = 0.005
_ALMOST = 1 - 1e-9
_LIMITS = ("spread", "ramp", "last_year")
_Moves = list[tuple[int, int, Floats]]


def taken_up(given: Compiled) -> tuple[Floats, Floats, Floats]:
    """Parts of each line's capacity: (P, T, Y) in each state, (P, E, Y) moved and (P, T, Y) built in each year."""
    case = given.case
    shape = (len(case.lines), len(case.technologies), len(case.years))
    parts, built = np.zeros(shape), np.zeros(shape)
    moved = np.zeros((shape[0], len(case.before), shape[2]))
    keys = {key: t for t, key in enumerate(case.technologies)}
    first = np.array([keys[line.technology] for line in given.register.lines])
    # A process takes the place of what stands with its measures, so measures come behind it, however the file is ordered.
    rules = sorted(
        given.scenario.adoptions, key=lambda each: given.catalogue[each.technology].kind == "measure"
    )
    steps = [(each, chosen_lines(given.register, each.chosen), _becomes(given, each)) for each in rules]
    now, limits = np.zeros(shape[:2]), _Limits(given)
    for y, year in enumerate(case.years):
        begins = (case.capacity[:, y] > 0) & (now.sum(1) == 0)
        now[begins, first[begins]] = 1
        new = begins & (case.initial < 0)
        built[new, first[new], y] = 1
        limits.begin(new, first, y)
        for adoption, lines, becomes in steps:
            asked = _moved(
                case, now, lines & (case.capacity[:, y] > 0), becomes, _reached(adoption, int(year))
            )
            for t, after, part in limits.within(adoption.technology, becomes, now, asked, y):
                now[:, t] -= part
                now[:, after] += part
                edge = np.flatnonzero((case.before == t) & (case.after == after))
                if edge.size:
                    moved[:, edge[0], y] += part
                else:
                    built[:, after, y] += part
        # What is left behind by the rounding of differences is nothing, and would be listed as a state.
        now[np.abs(now) < _NOTHING] = 0
        parts[:, :, y] = now
    return parts, moved, built


def _reached(adoption: Adoption, year: int) -> float:
    """The share that has the technology at the end of a year."""
    if year < adoption.since:
        return 0.0
    return adoption.share * min((year - adoption.since + 1) / (adoption.until - adoption.since + 1), 1.0)


def _becomes(given: Compiled, adoption: Adoption) -> list[int]:
    """(T,): the state each state turns into by the adoption: itself where it has the technology already, -1 where it cannot."""
    technology = given.catalogue[adoption.technology]
    keys = {key: t for t, key in enumerate(given.case.technologies)}
    found = []
    for t, state in enumerate(given.states):
        if technology in (state.process, *state.measures):
            found.append(t)
        elif technology.kind == "measure":
            found.append(keys.get(state.with_measure(technology), -1))
        else:
            found.append(keys[technology.key] if state.process.product == technology.product else -1)
    return found


class _Limits:
    """What may still be added of each technology; ramps are used up by all rules of a year together."""

    def __init__(self, given: Compiled) -> None:
        self.case, self.catalogue = given.case, given.catalogue
        self.gaps = np.diff(self.case.years, prepend=self.case.years[0] - 1)
        self.added: dict[tuple[str, int], float] = {}

    def begin(self, new: Bools, first: Ints, y: int) -> None:
        """Lines that begin as they are registered: that is decided, and uses up the ramp of the year."""
        for line in np.flatnonzero(new):
            key = self.case.technologies[first[line]], y
            self.added[key] = self.added.get(key, 0.0) + float(self.case.capacity[line, y])

    def within(self, key: str, becomes: list[int], now: Floats, asked: _Moves, y: int) -> _Moves:
        """The moves, each made smaller alike where together they are more than the technology may have."""
        capacity = self.case.capacity[:, y]
        size = float(sum(part @ capacity for _, _, part in asked))
        room = self._room(self.catalogue[key], becomes, now, y) if size > 0 else 0.0
        kept = min(max(room, 0.0) / size, 1.0) if size > 0 else 0.0
        self.added[key, y] = self.added.get((key, y), 0.0) + kept * size
        return [(t, after, part * kept) for t, after, part in asked] if kept > 0 else []

    def _room(self, technology: Technology, becomes: list[int], now: Floats, y: int) -> float:
        """t/a that may be added in a year."""
        spread, ramp, last = (technology.number(each) for each in _LIMITS)
        if last is not None and self.case.years[y] > last:
            return 0.0
        room = np.inf
        if ramp is not None:
            room = ramp * float(self.gaps[y]) - self.added.get((technology.key, y), 0.0)
        if spread is not None:
            capacity = self.case.capacity[:, y]
            own = self.case.product == self.case.products.index(technology.product)
            has = np.array([t == after for t, after in enumerate(becomes)])
            room = min(room, spread / 100 * float(capacity[own].sum()) - float(now[:, has].sum(1) @ capacity))
        return room


def _moved(case: Case, now: Floats, lines: Bools, becomes: list[int], reached: float) -> _Moves:
    """What moves so that the share of the technology is reached in each chosen line, in proportion from all states of it that can."""
    target = np.array(becomes)
    index = np.arange(len(becomes))
    has, can = target == index, (target >= 0) & (target != index)
    # A state whose values nobody knows for a line would count as nothing: the line cannot come to it.
    free = np.where(case.allowed[:, np.where(can, target, 0)] & can, now, 0.0)
    missing = np.where(lines, np.maximum(reached * now.sum(1) - now[:, has].sum(1), 0), 0)
    able = free.sum(1)
    part = np.divide(np.minimum(missing, able), able, out=np.zeros_like(able), where=able > 0)
    return [
        (int(t), int(target[t]), free[:, t] * part) for t in np.flatnonzero(can) if (free[:, t] * part).any()
    ]


def unreached(given: Compiled, plan: Plan) -> tuple[Text, ...]:
    """Rules of the scenario that the projection could not follow to their share, since others of them or limits of the catalogue stand in the way."""
    years = given.case.years
    found = []
    for each in given.scenario.adoptions:
        lines = chosen_lines(given.register, each.chosen)
        has = np.array([t == after for t, after in enumerate(_becomes(given, each))])
        y = int(np.searchsorted(years, min(each.until, int(years[-1]))))
        stands = plan.standing[lines][:, :, y]
        if (total := stands.sum()) > 0 and stands[:, has].sum() < (
            _reached(each, int(years[y])) - _SHORT
        ) * total:
            said = f"{stands[:, has].sum() / total:.0%}", f"{each.share:.0%}"
            limit = _limited(given, plan, each, has, y)
            name = keyed(given.catalogue[each.technology].name, each.technology)
            found.append(
                Text(
                    f"{name.zh}至{years[y]}年只达到{said[0]}，规则要求{said[1]}（{each.where}）：有的产线不能采用，或与其他措施互斥{limit.zh}",
                    f"{name.en} reaches {said[0]} by {years[y]}, the rule asks for {said[1]} ({each.where}): "
                    f"lines cannot have it, or other measures exclude it{limit.en}",
                )
            )
    return tuple(found)


def _limited(given: Compiled, plan: Plan, each: Adoption, has: Bools, y: int) -> Text:
    """What the catalogue says of how much, how fast and until when, where that stopped a rule by year number y."""
    case, technology = given.case, given.catalogue[each.technology]
    own = case.product == case.products.index(technology.product)
    new = has[case.after] & ~has[case.before]
    added = (plan.changed[:, new].sum((0, 1)) + plan.built[:, has].sum((0, 1)))[: y + 1]
    stands, room = (of.sum(0)[: y + 1] for of in (plan.standing[:, has].sum(1), case.capacity[own]))
    gaps = np.diff(case.years[: y + 1], prepend=case.years[0] - 1)
    reached = {
        "spread": lambda most: (stands >= most / 100 * room * _ALMOST).any(),
        "ramp": lambda most: (added >= most * gaps * _ALMOST).any(),
        "last_year": lambda last: case.years[y] > last,
    }
    stated = [value for name in _LIMITS if (value := technology.value(name)) is not None]
    said = ", ".join(f"{one.parameter} = {one.printed} {one.unit}".strip() for one in stated if reached[one.parameter](one.value))  # fmt: skip
    return Text(f"；技术目录的限制：{said}", f"; limits of the catalogue: {said}") if said else Text("", "")
