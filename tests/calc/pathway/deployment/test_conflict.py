"""Targets that cannot hold together are named: the smallest set, and by how much each would have to give way."""

from dataclasses import replace

import numpy as np
import pytest

from touchstone.calc.pathway.deployment.conflict import conflict, explained, judged
from touchstone.calc.pathway.deployment.result import Options
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.scenario import Scenario
from touchstone.facts.text import Text

from .cases import by_hand, drawn, rule

STATED = Scenario("hand", Text("手算", "by hand"), "scenarios/hand.toml")


def test_a_cap_and_the_demand_it_leaves_no_room_for_are_named_and_nothing_else() -> None:
    """80 t in 2020, 50 of them the new way: 50 + 60 = 110 t CO2e against 90. The cap gives 20 t, or demand 10 t of the old way."""
    case = by_hand()
    cap = rule(case, "emissions", "most", np.array([90.0, np.nan]), gases="direct")
    idle = rule(case, "energy", "most", 1e6)
    case = replace(case, rules=(idle, cap))
    first, second = conflict(case)
    assert (first.rule, second.product) == (1, 0)
    assert first.gives == pytest.approx([20, 0])
    assert second.gives == pytest.approx([10, 0])
    told = explained(case, (first, second), STATED)
    assert told.code == "PLAN-001"
    assert "energy" not in told.found
    assert "20 t CO2e" in told.so and "20 t CO2e" in told.text("zh")


def test_demand_above_all_capacity_is_told_with_its_years() -> None:
    case = by_hand(demand=np.array([[80.0, 120.0]]))
    told = explained(case, conflict(case), STATED)
    assert told.code == "PLAN-002"
    assert "2021" in told.found and "20 t" in told.found


def test_a_target_nobody_could_meet_stands_alone() -> None:
    """A line of 100 t/a cannot make 150 t; scrap could meet demand, and nothing else is asked for."""
    case = by_hand()
    lone = rule(case, "output", "least", 150.0)
    case = replace(case, rules=(lone,), demand=np.full((1, 2), 200.0), capacity=np.full((1, 2), 100.0))
    case = replace(case, recycled_limit=np.full((1, 2), 500.0))
    wishes = conflict(case)
    assert [each.rule for each in wishes] == [0]
    assert explained(case, wishes, STATED).code == "PLAN-004"


def test_where_all_can_hold_there_is_no_conflict() -> None:
    case = by_hand()
    assert conflict(replace(case, rules=(rule(case, "emissions", "most", 1e6),))) == ()


def test_without_time_nothing_is_said_of_a_conflict() -> None:
    case = by_hand(demand=np.array([[80.0, 120.0]]))
    options = Options(seconds=0.0)
    assert conflict(case, seconds=0.0) is None
    capped = replace(case, rules=(rule(case, "emissions", "most", 1.0),))
    assert judged(capped, deploy(capped, options), options).wishes is None


@pytest.mark.parametrize("seed", range(8))
def test_without_any_one_of_the_set_the_others_hold(seed: int) -> None:
    case = drawn(seed, 5, apart=True)
    wishes = conflict(case)
    for each in wishes:
        if each.rule is not None:
            others = [other.rule for other in wishes if other.rule not in (None, each.rule)]
            rest = conflict(replace(case, rules=tuple(case.rules[number] for number in others)))
            demands = {other.product for other in wishes if other.product is not None}
            assert (
                not rest or {one.product for one in rest if one.product is not None} - demands or not demands
            )
        assert each.gives.max() > 0
