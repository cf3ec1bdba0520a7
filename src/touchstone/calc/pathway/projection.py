"""The accounting projection: what happens if the scenario's own rules are followed, without any optimum; transparent, and at once.

Lines take up technologies as the rules say, metal from scrap comes first, what remains is made by all lines in proportion to what they can make,
contracts deliver the share that is stated and the first one the rest. What cannot be made is bought outside.
"""

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.pools import within
from touchstone.calc.pathway.scenario import Adoption
from touchstone.calc.pathway.selection import chosen_lines
from touchstone.facts.text import Text

_NOTHING = 1e-12
_SHORT = 0.005


def projection(given: Compiled) -> Plan:
    """The plan that follows from the rules of a scenario; axes as in `Case`."""
    case = given.case
    parts, moved, built = _taken_up(given)
    standing = parts * case.capacity[:, None, :]
    output, recycled, outside = dispatched(case, standing, np.minimum(given.used, case.demand))
    return Plan(
        standing,
        built * case.capacity[:, None, :],
        moved * case.capacity[:, None, :],
        output,
        recycled,
        outside,
        powered(case, output, given.share),
    )


def dispatched(case: Case, standing: Floats, recycled: Floats) -> tuple[Floats, Floats, Floats]:
    """(P, T, Y) output, (K, Y) scrap and (K, Y) bought outside: lines share what is left to make in proportion to what they can."""
    able = standing * case.load[:, None, :]
    most = np.zeros_like(case.demand)
    np.add.at(most, case.product, able.sum(1))
    made = np.minimum(case.demand - recycled, most)
    used = np.divide(made, most, out=np.zeros_like(made), where=most > 0)
    return able * used[case.product][:, None, :], recycled, case.demand - recycled - made


def powered(case: Case, output: Floats, share: Floats) -> Floats:
    """(G, C, Y) MWh: each contract but the first delivers its share within its limit; where shares exceed all power, each gives way alike."""
    need = np.zeros((len(case.supplies), len(case.years)))
    np.add.at(need, case.supply, np.einsum("pty,pt->py", output, np.nan_to_num(case.electricity)))
    part = share.copy()
    part[:, 0] = 0
    part /= np.maximum(part.sum(1), 1)[:, None]
    power = np.minimum(within(case.pools, part * need[:, None]), case.contract_limit)
    power[:, 0] = need - power[:, 1:].sum(1)
    return power


def _taken_up(given: Compiled) -> tuple[Floats, Floats, Floats]:
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
    now = np.zeros(shape[:2])
    for y, year in enumerate(case.years):
        begins = (case.capacity[:, y] > 0) & (now.sum(1) == 0)
        now[begins, first[begins]] = 1
        built[begins & (case.initial < 0), first[begins & (case.initial < 0)], y] = 1
        for adoption, lines, becomes in steps:
            move = _moved(
                case, now, lines & (case.capacity[:, y] > 0), becomes, _reached(adoption, int(year))
            )
            for t, after, part in move:
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


def _moved(
    case: Case, now: Floats, lines: Bools, becomes: list[int], reached: float
) -> list[tuple[int, int, Floats]]:
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
    """Rules of the scenario that the projection could not follow to their share, since others of them stand in the way."""
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
            found.append(
                Text(
                    f"“{each.technology}”至{years[y]}年只达到{said[0]}，规则要求{said[1]}（{each.where}）：有的产线不能采用，或与其他措施互斥",
                    f"{each.technology} reaches {said[0]} by {years[y]}, the rule asks for {said[1]} ({each.where}): "
                    "lines cannot have it, or other measures exclude it",
                )
            )
    return tuple(found)
