"""What a plan never uses changes nothing of it."""

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.accounts import accounts, held, objective
from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.pathway import projected
from touchstone.calc.pathway.slim import slimmed


@pytest.mark.parametrize(
    "more", ["", '\n[[adopt]]\ntechnology = "shell"\nlines = ["old"]\nfrom = 2024\nuntil = 2027\n']
)
def test_accounts_rules_and_cost_are_those_of_the_whole_case(more: str) -> None:
    found = projected(made.case(more))
    case, plan = slimmed(found.given.case, found.plan)
    assert len(case.technologies) < len(found.given.case.technologies)
    assert accounts(case, plan).emissions == pytest.approx(found.accounts.emissions)
    assert objective(case, plan) == pytest.approx(objective(found.given.case, found.plan))
    for mine, whole in zip(held(case, plan, accounts(case, plan)), found.held, strict=True):
        assert np.nan_to_num(mine.value) == pytest.approx(np.nan_to_num(whole.value))


TWO = (
    made.STRUCTURE
    + """
[technology.lining]
name = { zh = "内衬", en = "lining" }
kind = "measure"
product = "aluminium.liquid"
applies_to = ["cell"]
"""
)
VALUES = (
    made.VALUES
    + """lining,saving.electricity,300,,,kWh/t,synthetic,,synthetic,,,,
lining,investment,100,,,CNY/(t/a),synthetic,,synthetic,2020,,,
lining,lifetime,10,,,a,synthetic,,synthetic,,,,
lining,first_year,2022,,,,synthetic,,synthetic,,,,
"""
)
BOTH = """
[[adopt]]
technology = "shell"
lines = ["old"]
from = 2024
until = 2024
[[adopt]]
technology = "lining"
lines = ["old"]
from = 2025
until = 2025
"""


@pytest.mark.parametrize("technology", ["shell", "lining", "inert"])
def test_futures_in_which_a_measure_saves_less_are_those_of_the_whole_case(technology: str) -> None:
    """One measure, then another: what the first saves is told against the second alone, which never stands; inert anodes are never taken."""
    driver = (
        f'\n[[driver]]\nkey = "saved"\nof = "saving"\ntechnology = "{technology}"\n'
        'distribution = "uniform"\nlow = "20 %"\nhigh = "90 %"\n'
    )
    found = projected(
        compiled(made.register(), made.catalogue(VALUES, TWO), made.scenario(made.SCENARIO + BOTH + driver))
    )
    drivers, together = drivers_of(found.given.scenario)
    drawn = sample(design(drivers, found.given.case.years, together, 9), 50, 1)
    case, plan = slimmed(found.given.case, found.plan, (each.technology for each in drivers))
    assert len(case.technologies) < len(found.given.case.technologies)
    whole = simulate(found.given.case, found.plan, drawn)
    assert simulate(case, plan, drawn).emissions == pytest.approx(whole.emissions)
    assert (np.ptp(whole.emissions[:, -1]) > 0) == (technology != "inert")
