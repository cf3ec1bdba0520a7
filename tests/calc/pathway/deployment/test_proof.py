"""What is proven of a plan is proven of the case: where rules make a model linear only about one mix of power, or one peak, that is said."""

from dataclasses import replace

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.deployment.exact import exact
from touchstone.calc.pathway.deployment.result import Deployed, Options, cut_short, proven, totals
from touchstone.calc.pathway.deployment.rules import extremes, mix_of
from touchstone.calc.pathway.deployment.solve import _no_dearer, deploy

from .cases import by_hand, drawn, rule


def shared(green: float) -> Case:
    """Two lines of 100 t/a share a supply and make 80 t together, 10 MWh a tonne; `green` MWh a year are to be had 30 yuan dearer than 300.

    Line b costs 450 yuan a tonne more to run. Of line a's power at most 320 t CO2e may come, of the grid at 1 t/MWh.
    """
    two = {
        name: np.repeat(getattr(by_hand(), name), 2, 0)
        for name in ("direct", "energy", "benchmark", "capacity", "load")
    }
    case = by_hand(
        lines=("a", "b"), product=np.zeros(2, int), supply=np.zeros(2, int), initial=np.zeros(2, int), change=np.full((2, 1), np.nan),
        electricity=np.array([[10.0, np.nan]] * 2), running=np.array([[0.0, 0.0], [450.0, 0.0]]), investment=np.full((2, 2), np.nan),
        contracts=("grid", "green"), contract_limit=np.array([[[np.inf] * 2, [green] * 2]]),
        contract_price=np.array([[[300.0] * 2, [330.0] * 2]]), contract_factor=np.array([[[1.0] * 2, [0.0] * 2]]),
        contract_renewable=np.array([[[0.0] * 2, [1.0] * 2]]), carbon_price=np.zeros(2), **two,
    )  # fmt: skip
    own = np.array([True, False])
    return replace(case, rules=(rule(case, "emissions", "most", 320.0, 1e4, lines=own, gases="power"),))


def test_what_saves_most_is_found_though_the_mix_nothing_is_done_with_does_not_show_it() -> None:
    """
    All 80 t on line a: 800 MWh at 300, 240,000 a year. To keep 320 t, either 48 t move to b at 450 (21,600), or 480 MWh are green at 30
    (14,400). Where half of the power is line a's, as when nothing is done, a green MWh seems to help it by half: 60 yuan against 45.
    """
    found = deploy(shared(np.inf), Options(level="exact"))
    assert found.cost + found.missed == pytest.approx(2 * 254_400, rel=1e-6)
    assert (found.status, found.gap) == ("optimal", pytest.approx(0, abs=1e-6))


@pytest.mark.parametrize("level", ["exact", "paths", "whole"])
def test_no_bound_lies_above_a_plan_that_there_is(level: str) -> None:
    found = deploy(shared(np.inf), Options(level=level))
    assert found.bound <= 2 * 254_400 * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_of_cases_drawn_at_random_neither(seed: int) -> None:
    case = drawn(seed, 6)
    some = np.arange(6) % 2 == 0
    case = replace(
        case,
        supply=case.product * 2,
        rules=(
            rule(case, "emissions", "most", np.array([np.nan, 250, 250, 250]), 2000.0, lines=some),
            rule(case, "renewable.share", "least", np.array([np.nan, 0.6, 0.6, 0.6]), 400.0, lines=some),
            rule(case, "decline", "most", np.array([np.nan, 0, 0, 0]), 300.0, lines=~some),
        ),
    )
    found = [deploy(case, Options(level=level)) for level in ("exact", "paths")]
    others = (exact(case, mix=mix).plan for mix in extremes(case, mix_of(case, found[0].plan)))
    costs = [sum(totals(case, plan)) for plan in others if plan is not None]
    least = min(*costs, *(each.cost + each.missed for each in found))
    assert all(np.isfinite(each.bound) and each.bound <= least * (1 + 1e-6) for each in found)


def test_a_plan_that_is_the_best_of_some_mixes_only_is_called_so() -> None:
    """With 300 MWh of green alone the best is to move 48 t (21,600 a year), which nothing linear proves: 30 t for 9,000 and 18 t moved
    would cost 17,100 if green power were as good for line a as for all."""
    found = deploy(shared(300.0), Options(level="exact"))
    assert found.cost + found.missed == pytest.approx(2 * 261_600, rel=1e-6)
    assert found.status == "local"
    assert found.gap == pytest.approx(261_600 / 257_100 - 1, rel=1e-6)
    assert cut_short(found, 1e-3, "plan") is None


def test_a_peak_may_be_held_against_an_early_year() -> None:
    """Demand falls after 2020 and comes back to less than it was: the peak of 2020 costs nothing, that of 2025 would."""
    text = made.SCENARIO.replace(
        "2020 = 300000\n2030 = 300000", "2020 = 300000\n2024 = 150000\n2026 = 280000"
    )
    text = text.replace(", 2030 = 0.4 }", " }")
    peak = '\n[[rule]]\nkey = "peak"\nindicator = "peak"\nmost = { unit = "t CO2e", 2026 = 0 }\n'
    free, asked = (deploy(made.case(more, text).case) for more in ("", peak))
    assert asked.cost + asked.missed == pytest.approx(free.cost, rel=1e-6)
    assert (asked.status, asked.settled) == ("optimal", True)
    ways = deploy(made.case(peak, text).case, Options(level="paths"))
    assert ways.cost + ways.missed == pytest.approx(asked.cost + asked.missed, rel=1e-3)


def test_ways_begin_from_the_peak_of_standing_still_too() -> None:
    """Where nothing is done emissions are highest in the first year; held against the last year before the rule, ways cost 1.5 % more."""
    case = drawn(525, 4, rules=False)
    peak = rule(case, "peak", "most", np.array([np.nan, np.nan, 0.0, 0.0]), 1500.0)
    ways, whole = (deploy(replace(case, rules=(peak,)), Options(level=level)) for level in ("paths", "exact"))
    assert ways.cost + ways.missed == pytest.approx(whole.cost + whole.missed, rel=2e-3)


def test_a_plan_known_before_is_taken_where_it_costs_less_though_another_is_proven_of_its_own_peak() -> None:
    """Proven is a plan among those that are highest in the same year; what is known peaks in another and is not proven."""
    case = by_hand()
    known, dearer = deploy(case), deploy(replace(case, change=case.change * 3))
    found = _no_dearer(case, Options(), replace(dearer, status="optimal", cost=1.2 * known.cost), known.plan)
    assert (found.plan, found.method) == (known.plan, "known")
    assert found.cost == pytest.approx(known.cost)


def test_a_bound_above_the_plan_is_no_proof() -> None:
    found = deploy(by_hand())
    assert found.gap == 0
    wrong: Deployed = replace(found, bound=found.cost * 1.02)
    assert wrong.gap == np.inf and proven(100.0, 100.0 + 1e-7) == 0
