"""The first page of a report answers what the boss asks: what does it cost, and what a tonne avoided."""

import pytest

from touchstone.calc.pathway.pathway import Pathway, projected
from touchstone.publish.pathway.priced import costs_of
from touchstone.publish.pathway.summed import spent

from ...calc.pathway.made import SCENARIO, case

ADOPT = '[[adopt]]\ntechnology = "shell"\nlines = ["old"]\nfrom = 2022\nuntil = 2022\n'


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


def test_a_scenario_compared_with_none_tells_its_cost_alone(plan: Pathway) -> None:
    assert len(said(plan)) == 1
