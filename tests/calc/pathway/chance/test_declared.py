"""Drivers as planners write them in a scenario."""

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.reoptimised import drawn
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.first_year import as_begun
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


EVERY = "".join(
    f'[[driver]]\nkey = "{of.replace(".", "-")}"\nof = "{of}"\ndistribution = "uniform"\nlow = "60 %"\nhigh = "90 %"\n'
    for of in ("delivery", "demand", "recycled", "load", "power.factor", "power.price", "saving", "carbon.price")
)  # fmt: skip


def test_the_first_year_of_every_future_is_that_of_the_projection() -> None:
    """Contracts, demand, scrap, lines and prices turn out otherwise, but not in a year that was: of a fixed plan and of plans made anew."""
    found = projected(made.case(EVERY))
    case, (drivers, together) = found.given.case, drivers_of(found.given.scenario)
    draws = sample(design(drivers, case.years, together), 20, 1)
    outcome = simulate(case, found.plan, draws)
    for told, own in ((outcome.emissions, found.accounts.emissions), (outcome.spending, found.accounts.cost)):
        assert told[:, 0] == pytest.approx(np.full(20, own[0]), rel=1e-9)
        assert told[:, 1].std() > 1e-3 * own[1]
    now, outside = as_begun(case)
    for row in range(0, 20, 7):
        future, bought = as_begun(drawn(case, draws, row))
        for name in (
            "load",
            "demand",
            "recycled_limit",
            "contract_limit",
            "contract_factor",
            "contract_price",
        ):
            assert getattr(future, name)[..., 0] == pytest.approx(getattr(now, name)[..., 0]), name
        assert future.carbon_price[0] == now.carbon_price[0] and bought[:, 0] == pytest.approx(outside[:, 0])


def test_a_first_year_that_is_not_known_is_said_by_the_year_before_it() -> None:
    open_ = EVERY.replace('"demand"\ndist', '"demand"\nsince = 2019\ndist')
    found = projected(made.case(open_))
    drivers, together = drivers_of(found.given.scenario)
    outcome = simulate(
        found.given.case, found.plan, sample(design(drivers, found.given.case.years, together), 20, 1)
    )
    assert (outcome.supply[:, 0] < 0.95 * found.plan.output[:, :, 0].sum()).all()


LAW = '[[driver]]\nkey = "x"\nof = "demand"\nkind = "growth"\ndistribution = "normal"\n'
LATE = HISTORY.replace("2014 =", "2025 =").replace("2015 =", "2026 =").replace("2016 =", "2027 =")
SHORT = HISTORY + HISTORY.replace('"metal"', '"other"').replace("copper.cathode", "aluminium.liquid")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LAW + 'spread = "200 %"\n', "CHANCE-020"),
        (LAW + 'mean = "500 %"\nspread = "1 %"\n', "CHANCE-020"),
        (LAW.replace("growth", "level").replace("normal", "lognormal") + 'range = ["50 %", "20000 %"]\n', "CHANCE-020"),
        (LAW + 'spread = "2 %"\nsince = 2031\n', "CHANCE-021"),
        (LAW + 'spread = "2 %"\nsince = 2010\n', "CHANCE-021"),
        (LAW + 'spread = "2 %"\nsince = 2018\n', "CHANCE-021"),
        (HISTORY + "since = 2022\n", "SCENARIO-001"),
        (LAW + 'spread = "2 %"\nproduct = "tin.ingot"\n', "CHANCE-011"),
        (LATE.replace("2017 =", "2028 =").replace("2018 =", "2029 =").replace("2020 =", "2030 =").replace("2019 =", "2031 ="), "CHANCE-021"),
        (SHORT, "CHANCE-024"),
    ],
)  # fmt: skip
def test_a_driver_that_makes_no_sense_is_refused_when_the_scenario_is_checked(text: str, code: str) -> None:
    """Nothing has to be simulated for it: the file and the line are told at once."""
    with pytest.raises(UnusablePathway) as caught:
        made.case("\n" + text)
    line = next(
        n for n, each in enumerate((made.SCENARIO + "\n" + text).splitlines(), 1) if each == "[[driver]]"
    )
    assert caught.value.code == code
    assert caught.value.where.split()[0] in {f"scenarios/reference.toml:{line + n}" for n in (0, 1)}


def test_a_negative_spread_is_refused_in_the_word_it_was_written_with() -> None:
    with pytest.raises(UnusablePathway) as caught:
        made.case("\n" + LAW + 'spread = "-10 %"\n')
    problem = caught.value
    assert problem.code == "SCENARIO-001" and problem.where.endswith("spread")
    assert problem.found == '"-10 %"' and problem.expected == "0 or more" and "不小于0" in problem.text("zh")


def test_every_driver_that_is_wrong_is_told_at_once() -> None:
    two = LAW + 'spread = "200 %"\n' + LAW.replace('"x"', '"y"') + 'spread = "oops"\n'
    with pytest.raises(UnusablePathway) as caught:
        made.case("\n" + two)
    assert {each.code for each in (caught.value, *caught.value.also)} >= {"SCENARIO-001"}
    with pytest.raises(UnusablePathway) as caught:
        made.case(
            "\n"
            + (LAW + 'spread = "2 %"\nproduct = "tin"\n')
            + (LAW.replace('"x"', '"y"') + 'spread = "2 %"\nproduct = "zinc"\n')
        )
    assert [each.code for each in (caught.value, *caught.value.also)] == ["CHANCE-011"] * 2


def test_a_short_history_that_would_multiply_by_thousands_is_not_simulated() -> None:
    """Five years that double and halve: fifteen years on, one future in a hundred is beyond all sense."""
    wild = (
        HISTORY.split("history")[0]
        + "history = { 2016 = 100, 2017 = 200, 2018 = 90, 2019 = 210, 2020 = 100 }\n"
    )
    drivers, together = drivers_of(made.case(wild).scenario)
    with pytest.raises(UnusablePathway, match="CHANCE-022"):
        sample(design(drivers, np.arange(2020, 2036), together), 2000, 1)
