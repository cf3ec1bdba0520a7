"""What a least-cost plan says besides itself: costs by kind, what targets cost, what cannot be had together."""

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING
from touchstone.calc.pathway.case import INDICATORS, MISSED, Floats
from touchstone.calc.pathway.deployment.conflict import LEAST, Wish
from touchstone.calc.pathway.deployment.prices import Prices
from touchstone.calc.pathway.deployment.result import Deployed
from touchstone.calc.pathway.pathway import Pathway
from touchstone.facts.text import Text
from touchstone.publish.pathway.shown import product_name
from touchstone.publish.pathway.target import Conflict, Shadow, both

BINDING = 0.5
"""Yuan below which a price is the solver's rounding."""
_ALL = 1 - 1e-6
"""Part of the price of missing a rule from which on it is that price, but for the solver's rounding."""
_TONNES = Text("t", "t")


def shadows_of(found: Pathway, deployed: Deployed) -> tuple[Shadow, ...]:
    """What each target costs in the years in which it binds and is met, yuan of that year for a unit of its numerator."""
    prices = shadow_prices(found, deployed)
    if prices is None:
        return ()
    names = {aim.key: aim.name for aim in found.given.scenario.aims}
    return tuple(
        Shadow(names[rule.key], found.years[y], float(prices[r, y]), numerator(rule.indicator))
        for r, rule in enumerate(found.given.case.rules)
        for y in np.flatnonzero(np.nan_to_num(prices[r]) > BINDING)
    )


def shadow_prices(found: Pathway, deployed: Deployed) -> Floats | None:
    """(R, Y) yuan a year for a unit by which a rule were tighter; NaN where it is missed: what stands there is the price of missing it, set by
    the scenario, and says nothing of what meeting it would cost. None where no prices are known.
    """
    return None if deployed.prices is None else met_prices(found, deployed.prices)


def met_prices(found: Pathway, prices: Prices) -> Floats:
    """(R, Y): as `shadow_prices`."""
    made = prices.rules.copy()
    for r, held in enumerate(found.held):
        missed = np.nan_to_num(held.missed) > ROUNDING * held.size
        made[r, missed | (made[r] >= held.rule.price * _ALL)] = np.nan
    return made


def conflicts_of(found: Pathway, wishes: tuple[Wish, ...]) -> tuple[Conflict, ...]:
    """What cannot be had together: each wish with the years in which it gives way if all others hold."""
    names = [_wish_name(found, each) for each in wishes]
    return tuple(
        Conflict(
            name,
            found.years[y],
            float(wish.gives[y]),
            _wish_unit(found, wish),
            tuple(each for each in names if each is not name),
        )
        for name, wish in zip(names, wishes, strict=True)
        for y in np.flatnonzero(wish.gives > LEAST * max(float(wish.gives.max()), 1.0))
    )


def costs_of(found: Pathway) -> dict[str, float]:
    """Discounted costs by kind, yuan; what is below a millionth of all of them is the solver's rounding."""
    counts = found.given.case.discounted()
    sums = {name: float((values * counts).sum()) for name, values in found.accounts.costs.items()}
    least = ROUNDING * sum(map(abs, sums.values()))
    return {name: value if abs(value) > least else 0.0 for name, value in sums.items()}


def _wish_name(found: Pathway, wish: Wish) -> Text:
    if wish.rule is None:
        return both(
            "pathway_reported.supplied", product=product_name(found.given.case.products[wish.product or 0])
        )
    key = found.given.case.rules[wish.rule].key
    return next(aim.name for aim in found.given.scenario.aims if aim.key == key)


def _wish_unit(found: Pathway, wish: Wish) -> Text:
    return _TONNES if wish.rule is None else numerator(found.given.case.rules[wish.rule].indicator)


def numerator(indicator: str) -> Text:
    """The unit in which a rule is missed."""
    unit = MISSED.get(indicator, INDICATORS[indicator]).replace("CO2", "CO₂")
    return Text(unit, unit)
