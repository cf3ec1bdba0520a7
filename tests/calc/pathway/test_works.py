"""The works of a plan in the order in which a group would do them, with what each saves and costs."""

from dataclasses import replace

import numpy as np
import pytest

from touchstone.calc.pathway.pathway import pathway, projected
from touchstone.calc.pathway.projection import projection
from touchstone.calc.pathway.works import Taken, purchases, works

from .made import case

ADOPT = """
[[adopt]]
technology = "{technology}"
lines = ["{line}"]
from = {first}
until = {last}
"""


def adopted(*rows: tuple[str, str, int, int]) -> str:
    names = ("technology", "line", "first", "last")
    return "".join(ADOPT.format(**dict(zip(names, row, strict=True))) for row in rows)


def test_a_work_says_what_it_saves_and_what_a_tonne_costs() -> None:
    """100,000 t a year save 500 kWh each at 0.85 x 0.45 t/MWh and 0.85 x 400 + 0.15 x 500 yuan/MWh; 600 yuan/(t/a) over ten years."""
    [work] = works(projected(case(adopted(("shell", "old", 2025, 2025)))))
    assert (work.number, work.line.key, work.year, work.until) == (1, "old", 2025, 2025)
    assert (work.before, work.after, work.taken, work.whole) == (
        "cell",
        "cell+shell",
        (Taken("shell", 1.0, 2025, 2025),),
        True,
    )
    assert work.power == pytest.approx(50_000)
    assert work.emissions == pytest.approx(50_000 * 0.85 * 0.45)
    assert work.investment == pytest.approx(60e6)
    assert work.each == pytest.approx((6e6 - 50_000 * 415) / 19_125)


def test_a_line_that_becomes_another_process_is_one_work() -> None:
    """A process takes the place of the cells with their insulation: that is one work too, and says what stood before."""
    [first, second] = works(
        projected(case(adopted(("shell", "old", 2024, 2024), ("inert", "old", 2028, 2028))))
    )
    assert [first.after, second.before, second.after] == ["cell+shell", "cell+shell", "inert"]
    assert second.taken == (Taken("inert", pytest.approx(1.0), 2028, 2028),)


def test_slivers_of_one_line_are_one_work_from_the_first_year_to_the_last() -> None:
    [work] = works(projected(case(adopted(("shell", "old", 2022, 2030)))))
    assert (work.year, work.until) == (2022, 2030)
    assert work.whole and work.capacity == pytest.approx(100_000)


def test_each_thing_of_a_work_has_its_own_years_and_not_those_of_what_it_is_done_together_with() -> None:
    """Insulation from 2022 to 2024 and inert anodes from 2028 to 2030, less than five years apart, are one work from 2022 to 2030."""
    [work] = works(projected(case(adopted(("shell", "old", 2022, 2024), ("inert", "old", 2028, 2030)))))
    assert (work.year, work.until) == (2022, 2030)
    assert {each.key: (each.since, each.until) for each in work.taken} == {
        "shell": (2022, 2024),
        "inert": (2028, 2030),
    }


def test_a_sliver_before_its_first_year_does_not_make_a_work_begin_there() -> None:
    """What a solver leaves a thousandth of a line years before is nothing that anybody would order."""
    found = projected(case(adopted(("shell", "old", 2025, 2027))))
    changed = found.plan.changed.copy()
    changed[:, :, 3] = changed[:, :, 5] * 3e-3
    [work] = works(replace(found, plan=replace(found.plan, changed=changed)))
    assert (work.year, work.until) == (work.taken[0].since, work.taken[0].until) == (2025, 2027)


def test_works_go_by_year_then_by_the_cost_of_a_tonne() -> None:
    """Inert anodes avoid 1.4 t of process emissions besides 800 kWh and cost 5,000 yuan; insulation pays for itself."""
    found = works(
        projected(
            case(
                adopted(
                    ("inert", "new", 2028, 2028), ("shell", "old", 2028, 2028), ("shell", "new", 2022, 2022)
                )
            )
        )
    )
    assert [(each.number, each.year, each.line.key) for each in found] == [(1, 2022, "new"), (2, 2028, "old"), (3, 2028, "new")]  # fmt: skip
    assert found[1].each < 0 < found[2].each


def test_power_of_a_contract_is_listed_with_what_it_costs_more_than_the_grid() -> None:
    last = next(each for each in purchases(projected(case())) if each.year == 2030)
    used = 100_000 * 14 + 200_000 * 13 + 240_000 * 1
    assert last.contract == "green"
    assert last.power == pytest.approx(0.3 * used)
    assert last.dearer == pytest.approx(100)
    assert last.each == pytest.approx(100 / 0.4)


def test_the_dust_of_a_solver_is_nothing_in_every_result() -> None:
    """A billionth of what a line makes, in another state, is no state of it, and a difference of sums that is as small is none."""
    given = case('\n[[rule]]\nkey = "no-rise"\nindicator = "decline"\nmost = { unit = "t CO2e", 2021 = 0 }\n')
    plan = projection(given)
    dusty = replace(plan, output=plan.output + 1e-9 * plan.output.max(), outside=plan.outside + 1e-5)
    found = pathway(given, "optimum", dusty)
    assert (found.plan.output == np.where(plan.output > 0, dusty.output, 0)).all()
    assert not found.plan.outside.any()
    rule = next(each for each in found.held if each.rule.key == "no-rise")
    assert rule.met and not rule.missed[1:].any()


def test_a_line_built_anew_in_the_place_of_what_stood_saves_what_a_change_would() -> None:
    """Building and changing may cost the same; which of them a solver takes says nothing of what is saved."""
    found = projected(case(adopted(("inert", "old", 2028, 2028))))
    [changed] = works(found)
    built = found.plan.built.copy()
    for edge, after in enumerate(found.given.case.after):
        built[:, after] += found.plan.changed[:, edge]
    anew = replace(found, plan=replace(found.plan, built=built, changed=np.zeros_like(found.plan.changed)))
    [work] = works(anew)
    assert (work.emissions, work.power) == pytest.approx((changed.emissions, changed.power))
    assert work.emissions > 0


def test_a_line_that_begins_saves_nothing_that_anybody_knows() -> None:
    found = projected(case(adopted(("inert", "old", 2028, 2028))))
    built, standing = found.plan.built.copy(), found.plan.standing.copy()
    built[0, 0, 5], standing[0, 0, :5] = 100_000, 0
    first = works(replace(found, plan=replace(found.plan, built=built, standing=standing)))[0]
    assert first.year == 2025 and np.isnan(first.emissions)
