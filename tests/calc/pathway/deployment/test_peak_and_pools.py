"""A peak as a target, a limit of power that supplies share, and metal made of scrap."""

from dataclasses import replace

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.accounts import accounts, held
from touchstone.calc.pathway.case import Case, Pool
from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.deployment.result import Options
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.pathway import pathway, projected

PEAK = '\n[[rule]]\nkey = "peak"\nindicator = "peak"\nmost = { unit = "t CO2e", 2026 = 0 }\n'
GROWING = made.SCENARIO.replace("2020 = 300000\n2030 = 300000", "2020 = 200000\n2030 = 300000").replace(
    ", 2030 = 0.4 }", " }"
)


@pytest.mark.parametrize("level", ["exact", "paths"])
def test_with_the_peak_as_a_target_the_least_cost_plan_peaks_in_time(level: str) -> None:
    free, asked = made.case(text=GROWING), made.case(PEAK, GROWING)
    without = pathway(free, "optimum", deploy(free.case).plan)
    found = deploy(asked.case, Options(level=level))
    kept = pathway(asked, "optimum", found.plan)
    assert (
        without.peak.year >= 2026 > kept.peak.year
        and next(each for each in kept.held if each.rule.key == "peak").met
    )
    assert found.cost >= deploy(free.case).cost and found.gap < 0.01


def test_a_plan_whose_emissions_swing_below_its_peak_has_peaked() -> None:
    """Demand falls, rises again and never comes back to where it was: no rise from 2026 on would be too much to ask."""
    text = GROWING.replace(
        "2020 = 200000\n2030 = 300000", "2020 = 200000\n2023 = 300000\n2026 = 200000\n2029 = 250000"
    )
    given = made.case(PEAK + PEAK.replace('"peak"', '"decline"'), text)
    met = {each.rule.key: each.met for each in projected(given).held}
    assert met["peak"] and not met["decline"]


def _pooled(limit: float) -> Case:
    """Green power dearer than the grid, which a target of half of all power asks for; both supplies share what there is of it."""
    case = made.case(
        '\n[[rule]]\nkey = "half"\nindicator = "renewable.share"\nleast = { unit = "%", 2020 = 50 }\n'
    ).case
    most = np.full(len(case.years), limit)
    own = case.contract_limit.copy()
    own[:, 1] = most
    return replace(
        case, begun=None, contract_limit=own, pools=(Pool(1, np.ones(len(case.supplies), bool), most),)
    )


@pytest.mark.parametrize("level", ["exact", "paths", "whole"])
def test_supplies_together_take_no_more_than_the_limit_they_share(level: str) -> None:
    case = _pooled(1e6)
    found = deploy(case, Options(level=level))
    assert (found.plan.power[:, 1].sum(0) <= 1e6 * (1 + 1e-6)).all() and found.plan.power[:, 1].sum(
        0
    ) == pytest.approx(1e6, rel=1e-4)
    missed = next(
        each for each in held(case, found.plan, accounts(case, found.plan)) if each.rule.key == "half"
    )
    assert not missed.met and (np.isinf(found.gap) or found.gap < 0.01)


def test_a_shared_limit_that_is_no_limit_changes_nothing() -> None:
    case = _pooled(1e9)
    assert deploy(case).cost == pytest.approx(deploy(replace(case, pools=())).cost, rel=1e-9)


def test_what_is_made_of_scrap_is_recycled_metal() -> None:
    structure = made.STRUCTURE.replace("[technology.furnace]", "[technology.furnace]\nscrap = true")
    rule = '\n[[rule]]\nkey = "scrap"\nindicator = "recycled.share"\nleast = { unit = "%", 2020 = 44 }\n'
    given = compiled(
        made.register(), made.catalogue(structure=structure), made.scenario(made.SCENARIO + rule)
    )
    value = next(each for each in projected(given).held if each.rule.key == "scrap").value
    assert value[0] == pytest.approx(240 / 540)
