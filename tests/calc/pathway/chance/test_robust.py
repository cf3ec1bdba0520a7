"""Robust choices between plans in the same futures."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.pathway.chance.driver import Driver
from touchstone.calc.pathway.chance.law import law
from touchstone.calc.pathway.chance.outcome import FixedPlan
from touchstone.calc.pathway.chance.reoptimised import reoptimised
from touchstone.calc.pathway.chance.robust import robust, tail
from touchstone.calc.pathway.chance.simulate import futures, simulate
from touchstone.calc.pathway.refusal import UnusablePathway

from .made import case, plan, ruled

DRIVERS = (
    Driver("demand", "demand", "growth", law("normal", "", mean=0.0, sd=0.03)),
    Driver("late", "delay", "level", law("uniform", "", low=0.0, high=3.0)),
)


@pytest.fixture(scope="module")
def compared() -> dict[str, FixedPlan]:
    of = ruled(case(5, 8, 2))
    plans = {"none": plan(of, 2, changes=0), "some": plan(of, 2), "all": plan(of, 2, changes=3)}
    drawn = futures(of, list(plans.values()), DRIVERS, 400, 1)
    return {key: simulate(of, each, drawn) for key, each in plans.items()}


def table(compared: dict[str, FixedPlan], *costs: tuple[float, ...]) -> dict[str, FixedPlan]:
    """The plans with these costs in four futures."""
    found = {}
    for key, row in zip(compared, costs, strict=False):
        found[key] = replace(compared[key], batches=np.array([0, 2, 4]), cost=np.array(row), rules=())
    return found


def test_regret_is_told_as_by_hand_and_measures_need_not_agree(compared: dict[str, FixedPlan]) -> None:
    """
    future   1   2   3   4
    none    10  10  10  50
    some    20  20  20  20
    all     12  12  40  14
    """
    found = robust(table(compared, (10, 10, 10, 50), (20, 20, 20, 20), (12, 12, 40, 14)))
    none, some, every = found.standings
    assert [each.regret_most for each in found.standings] == [36, 10, 30]
    assert [each.regret for each in found.standings] == [9, 9, 8.5]
    assert [each.best.share for each in found.standings] == [0.75, 0, 0.25]
    assert (none.expected, some.tail, every.expected) == (20, 20, 19.5)
    assert found.choice("regret_most") == found.choice("tail") == "some"
    assert found.choice("expected") == "all"
    assert found.choice("best") == "none"


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40), st.floats(0.05, 1))
def test_the_worst_tail_lies_between_the_mean_and_the_worst(values: list[float], share: float) -> None:
    found = tail(np.array(values), share)
    assert np.mean(values) - 1e-6 <= found <= max(values) + 1e-6
    assert tail(np.array(values), 1.0) == pytest.approx(np.mean(values), abs=1e-6)


def test_plans_are_compared_by_what_they_emit_and_how_often_they_meet_targets(compared) -> None:
    found = robust(compared, of="cumulative", targets=("technology.share-1",))
    values = {key: each.cumulative for key, each in compared.items()}
    least = np.minimum.reduce(list(values.values()))
    assert found.choice("expected") == min(values, key=lambda key: values[key].mean())
    assert found.choice("regret_most") == min(values, key=lambda key: (values[key] - least).max())
    met = {key: each.met("technology.share-1").share for key, each in compared.items()}
    assert {each.plan: each.meets.share for each in found.standings} == met
    assert found.choice("meets") == max(met, key=lambda key: met[key])
    assert met["none"] == 0
    assert sum(each.best.share for each in found.standings) == 1


def test_plans_in_other_futures_or_made_anew_for_each_are_no_choice(compared: dict[str, FixedPlan]) -> None:
    of = case(5, 8, 2)
    drawn = futures(of, [plan(of, 2)], DRIVERS, 40, 1)
    anew = reoptimised(of, drawn, lambda each: plan(each, 2))
    other = replace(compared["some"], seed=9)
    for plans in ({"a": compared["none"]}, {"a": compared["none"], "b": other}, {"a": anew, "b": anew}, {}):
        with pytest.raises(UnusablePathway, match="CHANCE-018"):
            robust(plans)
