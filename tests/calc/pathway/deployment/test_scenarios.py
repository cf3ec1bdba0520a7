"""Many optimised scenarios: each is proven, agrees with the full model, and does not depend on the order or the processes."""

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.deployment.exact import exact
from touchstone.calc.pathway.deployment.narrowed import learned
from touchstone.calc.pathway.deployment.scenarios import scenarios
from touchstone.calc.pathway.plan import Stopped

from .cases import drawn


def draw(case: Case, number: int) -> Case:
    """Demand, prices and costs of one draw."""
    dice = np.random.default_rng([3, number])
    return replace(
        case,
        demand=case.demand * dice.lognormal(0, 0.1, (2, 1)),
        contract_price=case.contract_price * dice.lognormal(0, 0.2),
        change=case.change * dice.lognormal(0, 0.2),
        carbon_price=case.carbon_price * dice.lognormal(0, 0.5),
    )


def test_every_scenario_is_the_least_cost_one_within_the_gap_it_states() -> None:
    case = drawn(2, 8, apart=True)
    for outcome in scenarios(case, draw, 25, gap=1e-4, processes=1):
        best = exact(draw(case, outcome.draw))
        optimum = best.found.objective * best.model.yuan
        assert outcome.gap <= 1.1e-4
        assert optimum * (1 - 1e-7) <= outcome.cost + outcome.missed <= optimum * (1 + outcome.gap + 1e-7)


def test_two_processes_find_what_one_finds() -> None:
    case = drawn(2, 8, apart=True)
    one = list(scenarios(case, draw, 24, processes=1))
    two = list(scenarios(case, draw, 24, processes=2))
    assert [each.draw for each in two] == list(range(24))
    assert [each.cost for each in one] == [each.cost for each in two]


def test_who_stops_it_while_it_learns_waits_for_no_further_solve() -> None:
    """Stopped in the first of four, it solves none of the others, and what it learned makes no plan any more."""
    case, stop, solved = drawn(2, 6, apart=True), Event(), list[int]()

    def told() -> bool:
        solved.append(1)
        stop.set()
        return True

    made = learned(case, [draw(case, number) for number in range(3)], told=told, stop=stop)
    assert len(solved) == 1
    with pytest.raises(Stopped):
        made(case)
