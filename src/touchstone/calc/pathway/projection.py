"""The accounting projection: what happens if the scenario's own rules are followed, without any optimum; transparent, and at once.

Lines take up technologies as the rules say (`adopting`), metal from scrap comes first, what remains is made by all lines in proportion to what they can make,
contracts deliver the share that is stated and the first one the rest. What cannot be made is bought outside.
"""

import numpy as np

from touchstone.calc.pathway.adopting import taken_up
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.first_year import dispatched, powered
from touchstone.calc.pathway.plan import Plan
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
