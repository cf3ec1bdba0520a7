"""The deployment costs the least there is: against cases worked by hand, an independent formulation, and finite differences."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calc.pathway.made import REGISTER, SCENARIO, catalogue, register, scenario

from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.deployment.exact import exact
from touchstone.calc.pathway.deployment.result import Options, digest, misses, totals
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.deployment.still import still
from touchstone.calc.pathway.projection import projection

from .cases import by_hand, drawn, rule
from .twin import least_cost


def test_the_optimum_of_a_case_worked_by_hand() -> None:
    """
    A tonne made the new way saves 5 MWh x 400 + 1 t x 100 = 2,100 yuan a year. Changed in 2020 a t/a costs 3,000 (both years' annuities),
    in 2021 1,500: both pay (4,200 > 3,000; 2,100 > 1,500), 50 t/a can be changed in 2020, the other 30 follow in 2021.
    2020: 50 new, 30 old: power (500 + 450) x 400 = 380,000; carbon (50 + 60) x 100 = 11,000; 2021: 80 new: 320,000 and 8,000.
    Changes: 50 x 3,000 + 30 x 1,500 = 195,000. Together 914,000.
    """
    case = by_hand()
    found = exact(case)
    assert found.plan is not None
    assert totals(case, found.plan) == (pytest.approx(914_000, rel=1e-9), 0)
    assert found.plan.changed[0, 0] == pytest.approx([50, 30])
    assert found.plan.output[0] == pytest.approx(np.array([[30, 0], [50, 80]]))
    assert found.plan.power[0, 0] == pytest.approx([950, 800])


def test_what_a_tonne_and_a_pace_are_worth_in_that_case() -> None:
    """
    One tonne more in 2020 is made the old way: 15 x 400 + 2 x 100 = 6,200. In 2021 it is changed for: 1,500 + 4,000 + 100 = 5,600.
    One t/a more pace in 2020 changes it a year earlier: 3,000 - 1,500 against 2,100 saved, 600.
    """
    prices = exact(by_hand()).prices
    assert prices is not None
    assert prices.demand[0] == pytest.approx([6200, 5600])
    assert prices.ramp[1] == pytest.approx([600, 0])


def test_a_target_that_is_too_strict_is_missed_at_its_price_and_told() -> None:
    """At most 90 t CO2e of its own in 2020: 80 t make at least 110 t at that pace, of which scrap and purchases could take away some, but
    not for 1,000 yuan a tonne of CO2e: metal bought outside costs 23,800 more and saves 2 t."""
    case = by_hand()
    limit = np.array([90.0, np.nan])
    case = replace(case, rules=(rule(case, "emissions", "most", limit, gases="direct"),))
    found = exact(case)
    assert found.plan is not None and found.prices is not None
    [miss] = misses(case, found.plan)
    assert (miss.year, miss.missed, miss.cost) == (2020, pytest.approx(20), pytest.approx(20_000))
    assert found.prices.rules[0, 0] == pytest.approx(1000)
    assert totals(case, found.plan) == (pytest.approx(914_000), pytest.approx(20_000))


@given(st.integers(0, 10**6), st.sampled_from(["ipm", "simplex"]))
@settings(max_examples=25, deadline=None)
def test_the_optimum_is_that_of_an_independent_formulation(seed: int, method: str) -> None:
    case = drawn(seed, apart=True)
    found = exact(case, method)
    assert found.plan is not None
    assert found.found.objective * found.model.yuan == pytest.approx(least_cost(case), rel=1e-6)


BASE = (
    SCENARIO.replace("2020 = 300000\n2030", "2020 = 240000\n2030")
    .replace("2020 = 0, 2030 = 30 }", "2020 = 3, 2030 = 30 }")
    .replace('price = { unit = "CNY/kWh", 2020 = 0.5 }', 'price = { unit = "CNY/kWh", 2020 = 0.2 }')
    + """
[recycled."aluminium.liquid"]
limit = { unit = "t", 2020 = 40000 }
use = { unit = "t", 2020 = 20000 }
cost = { unit = "CNY/t", 2020 = 100 }
"""
)
"""Demand below what the lines made, a contract cheaper than the grid of which 3 % were taken, and cheap scrap of which half was used."""


@pytest.mark.parametrize("level", ["exact", "paths", "whole"])
def test_the_first_year_of_the_optimum_is_that_of_the_projection(level: str) -> None:
    """Lines make alike less, an idle one and one that was planned for that very year stand, contracts deliver 3 %: nothing of it is decided."""
    idle = "idle,闲线,idle line,CN-35,aluminium.liquid,cell,idle,5,1998,,,14500,1.6,20,synthetic\n"
    due = "due,新投,due line,CN-36,aluminium.liquid,cell,planned,5,2020,,,,,,synthetic\n"
    given = compiled(register(REGISTER + idle + due), catalogue(), scenario(BASE))
    expected, found = projection(given), deploy(given.case, Options(level=level)).plan
    for part in ("standing", "built", "changed", "output", "recycled", "outside", "power"):
        own, theirs = getattr(found, part)[..., 0], getattr(expected, part)[..., 0]
        assert own == pytest.approx(theirs, rel=1e-6, abs=1e-3), part
    assert found.recycled[0, 1] > 39_999 and found.power[0, 1, 1] > 1e5, (
        "from the second year on they are decided"
    )


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_the_accounts_of_the_plan_give_what_the_solver_minimised(seed: int) -> None:
    case = drawn(seed, lines=6, apart=True)
    found = exact(case)
    assert found.plan is not None
    assert sum(totals(case, found.plan)) == pytest.approx(found.found.objective * found.model.yuan, rel=1e-6)


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_rules_on_part_of_a_supply_hold_in_the_accounts_too(seed: int) -> None:
    case = drawn(seed, lines=6)
    found = exact(case)
    assert found.plan is not None
    if found.settled:
        assert sum(totals(case, found.plan)) == pytest.approx(
            found.found.objective * found.model.yuan, rel=1e-3
        )
    assert sum(totals(case, found.plan)) <= sum(totals(case, still(case))) * (1 + 1e-9)


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_every_plan_keeps_within_what_the_case_allows(seed: int) -> None:
    case = drawn(seed, lines=6)
    found = exact(case)
    assert found.plan is not None
    for plan in (found.plan, still(case)):
        assert (plan.standing.sum(1) <= case.capacity + 1e-5).all()
        assert (plan.output <= case.load[:, None, :] * plan.standing + 1e-5).all()
        assert (plan.power <= case.contract_limit + 1e-5).all()
        used = np.zeros((4, 4))
        np.add.at(used, case.supply, np.einsum("pty,pt->py", plan.output, np.nan_to_num(case.electricity)))
        assert plan.power.sum(1) == pytest.approx(used, abs=1e-5)
        made = np.zeros((2, 4))
        np.add.at(made, case.product, plan.output.sum(1))
        assert made + plan.recycled + plan.outside == pytest.approx(case.demand, abs=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_prices_are_what_a_small_change_costs(seed: int) -> None:
    """A shadow price lies between what one more and one less of the thing costs."""
    case = replace(drawn(seed, lines=5, apart=True), begun=None)
    prices, counts = exact(case, "simplex").prices, case.discounted()
    assert prices is not None

    def cost(changed: object) -> float:
        return exact(changed, "simplex").found.objective * exact(changed).model.yuan  # type: ignore[arg-type]

    base, step = cost(case), 1e-3
    for k, y in ((0, 0), (1, 3)):
        bump = np.zeros_like(case.demand)
        bump[k, y] = step
        less, more = (cost(replace(case, demand=case.demand + sign * bump)) for sign in (-1, 1))
        slopes = sorted(((base - less) / step / counts[y], (more - base) / step / counts[y]))
        assert slopes[0] - 1 <= prices.demand[k, y] <= slopes[1] + 1
    for number, one in enumerate(case.rules):
        if one.indicator in ("emissions", "energy", "capacity", "output"):
            y = int(np.argmax(~np.isnan(one.limit)))
            bump = (np.arange(4) == y) * step * (-1 if one.sense == "most" else 1)
            rules = list(case.rules)
            rules[number] = replace(one, limit=one.limit + bump)
            tighter = cost(replace(case, rules=tuple(rules)))
            rules[number] = replace(one, limit=one.limit - bump)
            looser = cost(replace(case, rules=tuple(rules)))
            slopes = sorted(((base - looser) / step / counts[y], (tighter - base) / step / counts[y]))
            assert slopes[0] - 1 <= prices.rules[number, y] <= slopes[1] + 1


def test_a_case_is_known_by_all_it_says() -> None:
    case = by_hand()
    assert digest(case) == digest(by_hand())
    assert digest(case) != digest(replace(case, discount=0.01))
    assert digest(replace(case, rules=(rule(case, "output", "most", 5.0),))) != digest(case)


@given(st.floats(1e-18, 1e-6))
def test_next_to_no_discount_costs_what_none_costs(rate: float) -> None:
    none, hardly = by_hand(), replace(by_hand(), discount=rate)
    assert hardly.change_payment == pytest.approx(none.change_payment, rel=1e-4)
    assert hardly.built_payment == pytest.approx(none.built_payment, rel=1e-4)
