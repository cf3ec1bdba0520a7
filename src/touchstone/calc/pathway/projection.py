"""The accounting projection: what happens if the scenario's own rules are followed, without any optimum; transparent, and at once.

Lines take up technologies as the rules say (`adopting`), metal from scrap comes first, what remains is made by all lines in proportion to what they can make,
contracts deliver the share that is stated and the first one the rest. What cannot be made is bought outside.
"""

import numpy as np

from touchstone.calc.pathway.adopting import taken_up
from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.pools import within
from touchstone.facts.text import Text

_SHORT = 0.005


def projection(given: Compiled) -> Plan:
    """The plan that follows from the rules of a scenario; axes as in `Case`."""
    case = given.case
    parts, moved, built = taken_up(given)
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
    """(G, C, Y) MWh: each contract but the first delivers its share within its limit, the first one the rest."""
    need = np.zeros((len(case.supplies), len(case.years)))
    np.add.at(need, case.supply, np.einsum("pty,pt->py", output, np.nan_to_num(case.electricity)))
    part = share.copy()
    part[:, 0] = 0
    power = np.minimum(within(case.pools, part * need[:, None]), case.contract_limit)
    power[:, 0] = need - power[:, 1:].sum(1)
    return power


def undelivered(given: Compiled, plan: Plan) -> tuple[Text, ...]:
    """Contracts that deliver less than their share, since their limit stands in the way."""
    case, found = given.case, []
    for c, contract in enumerate(case.contracts[1:], 1):
        wanted = (given.share[:, c] * plan.power.sum(1)).sum(0)
        got = plan.power[:, c].sum(0)
        short = np.flatnonzero(wanted - got > _SHORT * wanted)
        if short.size:
            y = short[int((wanted - got)[short].argmax())]
            name, first = given.scenario.contracts[contract], given.scenario.contracts[case.contracts[0]]
            size = f"{wanted[y] / 1e3:,.0f}", f"{got[y] / 1e3:,.0f}"
            found.append(
                Text(
                    f"“{name.zh}”自{case.years[short[0]]}年起按份额应供的电量超过其上限，{case.years[y]}年差得最多：应供{size[0]} GWh，只供{size[1]} GWh，其余由{first.zh}供给",
                    f"{name.en}: its share is more than its limit from {case.years[short[0]]} on, most in {case.years[y]}: {size[0]} GWh asked, {size[1]} GWh "
                    f"delivered; {first.en} delivers the rest",
                )
            )
    return tuple(found)
