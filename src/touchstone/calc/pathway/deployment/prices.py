"""Shadow prices: what a target, a tonne of demand or a limit costs, in money of its own year.

The duals of the model are of the discounted sum; divided by what a yuan of the year counts in it they are yuan of that year, for each
year the plan's year stands for.
"""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.deployment.build import MONEY, Model
from touchstone.calc.pathway.deployment.reading import signed


@dataclass(frozen=True, slots=True)
class Prices:
    """What the optimum would cost more, yuan a year, undiscounted.

    Attributes:
        rules: (R, Y) for each unit of the numerator by which a rule were tighter; at least 0, at most the rule's own price.
        demand: (K, Y) for another tonne of metal.
        contracts: (G, C, Y) less for another MWh a contract could give. recycled: (K, Y) less for another tonne of scrap.
        spread, ramp: (N, Y) less for another t/a that may have a part of states, to which it may be added.
        power: (G, Y) for another MWh used. capacity: (P, Y) less for another t/a a line may have; NaN where
            lines were priced one by one (level "paths").
    """

    rules: Floats
    demand: Floats
    contracts: Floats
    recycled: Floats
    spread: Floats
    ramp: Floats
    power: Floats
    capacity: Floats


def prices_of(model: Model, duals: Floats, local: bool = True) -> Prices:
    """The prices that the duals of a model's rows say; without `local` those of the lines' own rows are not known."""
    counts, rows, at = model.case.discounted() / MONEY, model.rows, model.at
    reduced = np.minimum(model.cost - model.matrix.T @ duals, 0.0)

    def told(values: Floats) -> Floats:
        return values / counts + 0.0

    return Prices(
        told(np.maximum(-signed(rows.rules, duals), 0)),
        told(signed(rows.demand, duals)),
        told(-signed(at.power, reduced)),
        told(-signed(at.recycled, reduced)),
        told(np.maximum(-signed(rows.spread, duals), 0)),
        told(np.maximum(-signed(rows.ramp, duals), 0)),
        told(-signed(rows.power, duals)),
        told(np.maximum(-signed(rows.capacity, duals), 0)) if local else np.full(rows.capacity.shape, np.nan),
    )


def worth(case: Case, prices: Prices, under: Floats) -> Floats:
    """(R, Y): yuan a year for a unit of the limit itself, of a ratio; `under` (R, Y) is its denominator, 1 where it has none."""
    return prices.rules * under
