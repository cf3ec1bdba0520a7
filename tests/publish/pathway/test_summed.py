"""The first page of a report answers what the boss asks: what does it cost, and what a tonne avoided."""

import pytest

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.deployment.result import Deployed, Options
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.dials import Dials, dialled
from touchstone.calc.pathway.pathway import Pathway, pathway, projected
from touchstone.publish.format import chance
from touchstone.publish.pathway.priced import costs_of
from touchstone.publish.pathway.summed import cheapest, peaked, spent

from ...calc.pathway.made import SCENARIO, case

ADOPT = '[[adopt]]\ntechnology = "shell"\nlines = ["old"]\nfrom = 2022\nuntil = 2022\n'
DRIVER = '[[driver]]\nkey = "hydro"\nof = "delivery"\nkind = "level"\ndistribution = "triangular"\nlow = "60 %"\nmode = "95 %"\nhigh = "100 %"\n'


@pytest.fixture(scope="module")
def reference() -> Pathway:
    """Nothing is done."""
    return projected(case())


@pytest.fixture(scope="module")
def plan() -> Pathway:
    """Insulation of one line, which pays for itself."""
    return projected(case(ADOPT))


def said(found: Pathway, *against: Pathway) -> list[str]:
    return [each.text.en for each in spent(found, against, ()).sentences]


def test_the_cost_of_a_tonne_avoided_is_told_against_the_reference_with_both_costs(
    plan: Pathway, reference: Pathway
) -> None:
    [own, beside] = said(plan, reference)
    costs = [sum(costs_of(each).values()) for each in (plan, reference)]
    avoided = float((reference.accounts.emissions - plan.accounts.emissions).sum())
    each = f"{(costs[0] - costs[1]) / avoided:,.0f}".replace("-", "−")
    assert f"{costs[0] / 1e8:.4g}" in own and f"{costs[1] / 1e8:.4g}" in beside
    assert each in beside and "less and avoids" in beside and "without the price of carbon" in beside


def test_what_avoids_nothing_has_no_cost_of_a_tonne(plan: Pathway, reference: Pathway) -> None:
    [_, beside] = said(reference, plan)
    assert "no emissions are avoided" in beside and "yuan/t" not in beside


def test_costs_at_another_rate_of_discount_are_not_compared(plan: Pathway) -> None:
    other = projected(case(text=SCENARIO.replace('"0 %"', '"6 %"')))
    assert "not compared" in said(plan, other)[1]


def test_metal_bought_outside_is_told_where_the_peak_is() -> None:
    """A smelter closes and what it made is bought: emissions fall, and nobody counts those of the metal."""
    outside = '[outside."aluminium.liquid"]\ncost = { unit = "CNY/t", 2020 = 20000 }\n'
    found = projected(case(outside + '[[retire]]\nline = "old"\nyear = 2024\n'))
    [told] = [
        each.text.en for each in peaked(found, (), None, 2030, ()).sentences if "outside" in each.text.en
    ]
    assert "emissions are not counted" in told and told.endswith(".") and "(aluminium.liquid)" not in told
    assert "no price of it is stated" not in told


def test_a_price_that_stands_in_for_one_nobody_stated_is_told() -> None:
    """The dial of demand asks for more than all lines can make; the scenario says nothing of metal from outside."""
    found = projected(dialled(case(), Dials(demand=60)))
    assert any("no price of it is stated" in each.en and "500,000" in each.en for each in found.told)


def test_a_scenario_compared_with_none_tells_its_cost_alone(plan: Pathway) -> None:
    assert len(said(plan)) == 1


@pytest.fixture(scope="module")
def solved() -> tuple[Pathway, Deployed]:
    """The least-cost plan of a scenario whose green power is uncertain."""
    given = case(DRIVER)
    found = deploy(given.case, Options())
    return pathway(given, "optimum", found.plan), found


def least(solved: tuple[Pathway, Deployed], outcome: Outcomes | None) -> str:
    optimum, found = solved
    own = projected(optimum.given)
    return " ".join(each.text.en for each in cheapest(own, optimum, found, outcome, 2030).sentences)


def test_the_cost_of_the_optimum_stands_beside_how_likely_it_meets_each_target(
    solved: tuple[Pathway, Deployed],
) -> None:
    optimum, _ = solved
    drivers, together = drivers_of(optimum.given.scenario)
    given = optimum.given.case
    drawn = sample(design(drivers, given.years, together, len(projects(given, optimum.plan))), 100, 1)
    outcome = simulate(given, optimum.plan, drawn)
    said = least(solved, outcome)
    assert f"green-2030 {chance(outcome.met('green-2030').share, 'en')}" in said
    assert "1 of 1 targets" in said and "100 draws" in said


def test_where_no_chance_was_asked_for_the_summary_says_so(solved: tuple[Pathway, Deployed]) -> None:
    assert "was not asked for" in least(solved, None)
