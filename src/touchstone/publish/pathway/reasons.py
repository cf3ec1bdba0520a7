"""What takes the emissions of one pathway to those of another, drawn as wedges."""

import numpy as np

from touchstone.calc.pathway.lmdi import EFFECTS, between, of_plan
from touchstone.calc.pathway.pathway import Pathway
from touchstone.publish.pathway.areas import Areas, Layer, wedges
from touchstone.publish.pathway.shown import EMISSIONS, TONNES, course_name, scaled
from touchstone.publish.pathway.target import both


def wedged(reference: Pathway, found: Pathway) -> Areas:
    """What takes emissions of the reference to those of the scenario, in each year: effects of the same decomposition."""
    one, two = (of_plan(each.given.case, each.plan, "product") for each in (reference, found))
    parts = np.array([list(between(one, two, year).effects.values()) for year in found.years])
    levers = tuple(
        Layer(both(f"why.effect_{name}"), (parts[:, n] / TONNES).tolist())
        for n, name in enumerate(EFFECTS)
        if parts[:, n].any() or not parts.any()
    )
    mixed = reference.kind != found.kind
    names = course_name(reference, mixed), course_name(found, mixed)
    return wedges(
        both("why.wedges", reference=names[0], scenario=names[1]), EMISSIONS, found.years, Layer(names[0], scaled(reference)), levers,
        Layer(names[1], scaled(found)), zero=True,
    )  # fmt: skip
