"""Drivers as planners write them in a scenario."""

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.pathway import projected
from touchstone.calc.pathway.refusal import UnusablePathway

HISTORY = """
[[driver]]
key = "metal"
of = "demand"
product = "copper.cathode"
history = { 2014 = 180000, 2015 = 195000, 2016 = 190000, 2017 = 214000, 2018 = 221000, 2019 = 228000, 2020 = 240000 }
"""


def test_a_driver_learns_how_far_it_may_stray_from_its_own_past() -> None:
    """Seven years whose growth varies: nothing strays until the last of them, and then ever further, around what the scenario says."""
    found = projected(made.case(HISTORY))
    drivers, together = drivers_of(found.given.scenario)
    [driver] = drivers
    assert driver.since == 2020 and driver.grows
    of = design(drivers, found.given.case.years, together, 0)
    outcome = simulate(found.given.case, found.plan, sample(of, 2000, 1))
    low, middle, high = outcome.fan("supply", (0.1, 0.5, 0.9))
    spread = np.diff([low, high], axis=0)[0]
    assert spread[0] == pytest.approx(0, abs=1e-6) and (np.diff(spread[:4]) > 0).all()
    assert middle[1] == pytest.approx(found.plan.output[:, :, 1].sum(), rel=0.02)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('spread = "5 %"', "SCENARIO-001"),
        ('process = "magic"', "SCENARIO-001"),
        ("", "CHANCE-016"),
    ],
)
def test_a_history_that_tells_nothing_is_refused_where_it_stands(more: str, code: str) -> None:
    text = (
        HISTORY + more
        if more
        else HISTORY.replace(
            ", 2015 = 195000, 2016 = 190000, 2017 = 214000, 2018 = 221000, 2019 = 228000", ""
        )
    )
    with pytest.raises(UnusablePathway) as caught:
        drivers_of(made.case(text + "\n").scenario)
    assert caught.value.code == code and "reference.toml:" in caught.value.where


def test_a_share_is_written_in_percent() -> None:
    driver = '[[driver]]\nkey = "x"\nof = "saving"\ndistribution = "triangular"\nlow = 60\nmode = "95 %"\nhigh = "110 %"\n'
    with pytest.raises(UnusablePathway) as caught:
        drivers_of(made.case(driver).scenario)
    assert caught.value.code == "SCENARIO-001"
