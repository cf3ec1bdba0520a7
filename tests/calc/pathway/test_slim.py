"""What a plan never uses changes nothing of it."""

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.accounts import accounts, held, objective
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
