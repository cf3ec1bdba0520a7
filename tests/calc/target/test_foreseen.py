"""What scenarios make of targets: of the lines of a place, in the year and unit of the target, or why nothing can be said."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from touchstone.calc.pathway.pathway import Pathway, projected
from touchstone.calc.target.foreseen import by_year, foreseen, lines_of
from touchstone.calc.target.target import Target, targets
from touchstone.flow.pathways import Pathways


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Pathway:
    files = Pathways(tmp_path_factory.mktemp("foreseen"))
    files.take_sample("province")
    return projected(files.compiled("plan"))


def target(key: str) -> Target:
    [found] = [each for each in targets().targets if each.key == key]
    return found


def test_a_share_is_that_of_the_scenarios_own_rule_of_the_same_target(plan: Pathway) -> None:
    found = foreseen(target("fj-al-renewable-2030"), plan)
    [rule] = [each for each in plan.held if each.rule.key == "renewable-2030"]
    assert found.value is not None and found.holds
    assert float(found.value) == pytest.approx(100 * float(rule.value[plan.years.index(2030)]))


def test_a_peak_is_the_year_of_the_pathway_and_too_late_in_the_year_itself(plan: Pathway) -> None:
    found = foreseen(target("fj-peak-2030"), plan)
    assert found.value == plan.peak.year and found.holds is (plan.peak.year < 2030)
    late = replace(target("fj-peak-2030"), year=plan.peak.year)
    assert foreseen(late, plan).holds is False


def test_a_change_is_held_against_the_scenarios_own_base_year(plan: Pathway) -> None:
    less = replace(
        target("fj-al-renewable-2030"), indicator="intensity", sense="most", value=Fraction(-10), unit="%", base=2020, year=2030
    )  # fmt: skip
    found = foreseen(less, plan)
    series = by_year(plan, "intensity", lines_of(plan, "CN-35", ("aluminium.liquid",)))
    assert found.goal is not None and float(found.goal) == pytest.approx(0.9 * float(series[0]))
    assert found.holds is bool(series[10] < 0.9 * series[0])


def test_all_lines_together_emit_what_the_accounts_say(plan: Pathway) -> None:
    assert np.allclose(by_year(plan, "emissions", lines_of(plan, "CN", ())), plan.accounts.emissions)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"place": "CN-53"}, "the register has no such line"),
        ({"year": 2060}, "do not have 2060"),
        ({"indicator": "parks"}, "do not have this indicator"),
        ({"indicator": "benchmark.share", "products": ("lead.refined",)}, "no usable benchmark level"),
    ],
)
def test_what_cannot_be_said_says_why(plan: Pathway, changed: dict[str, object], why: str) -> None:
    found = foreseen(replace(target("fj-al-renewable-2030"), **changed), plan)  # type: ignore[arg-type]
    assert found.value is None and found.holds is None and found.why is not None and why in found.why.en
