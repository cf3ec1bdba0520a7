"""What a scenario supplies and asks for, against what there can be: power by contract, and metal."""

from collections.abc import Iterator

import numpy as np

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.naming import keyed, product_name
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import Register
from touchstone.calc.pathway.scenario import Scenario
from touchstone.calc.pathway.supply_arrays import Supplied


def shares(scenario: Scenario, given: Supplied) -> Iterator[UnusablePathway]:
    """Contracts beside the first deliver no more than all power."""
    total = given.share[:, 1:].sum(1)
    if (total > 1 + 1e-9).any():
        y = int(np.argmax(total.max(0)))
        stated = [
            course for path, course in scenario.courses.items() if path[0] == "power" and path[2] == "share"
        ]
        where = ", ".join(dict.fromkeys(course.where for course in stated))
        yield refusal("SCENARIO-021", where, year=scenario.years[y], total=f"{total[:, y].max():.0%}")


def demand(
    register: Register, scenario: Scenario, given: Supplied, able: Floats, products: tuple[str, ...]
) -> Iterator[UnusablePathway]:
    """No year asks for more than all lines and scrap can give, unless what is bought outside has a cost."""
    for k, product in enumerate(products):
        course = scenario.course("demand", product)
        if course is None or scenario.course("outside", product, "cost"):
            continue
        lines = [p for p, line in enumerate(register.lines) if line.product == product]
        most = able[lines].sum(0) + given.recycled["recycled_limit"][k]
        short = given.demand[k] - most
        # The rounding of a utilisation worked out from a printed output is no shortage.
        if (short > 1e-6 * np.maximum(most, 1)).any():
            y = int(np.argmax(short))
            yield refusal(
                "SCENARIO-008",
                course.where,
                year=scenario.years[y],
                product=product,
                name=keyed(product_name(product), product),
                demand=f"{given.demand[k, y]:,.0f}",
                able=f"{most[y]:,.0f}",
                short=f"{short[y]:,.0f}",
            )
