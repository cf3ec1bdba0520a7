"""Sheets filled from what is known: measured before foreseen, a change by values of one kind, and what is not known with its reason."""

import numpy as np
import pytest

from touchstone.calc.pathway.pathway import Pathway, projected
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.budget import budget, read_paths
from touchstone.calc.target.filled import Filled, Sources, filled
from touchstone.calc.target.sheet import read_sheet
from touchstone.calc.target.target import targets
from touchstone.calc.target.tracked import read_series
from touchstone.flow.pathways import Pathways

SHEET = """key = "s"
name = { zh = "表", en = "sheet" }
[[item]]
key = "green"
name = { zh = "绿电", en = "renewable power" }
indicator = "renewable.share"
products = ["aluminium.liquid"]
unit = "%"
weight = 10
full = 30
zero = 0
"""
MEASURED = """
[[measured]]
indicator = "renewable.share"
place = "CN-35"
products = ["aluminium.liquid"]
values = { 2022 = "14 %", 2024 = "21 %" }
document = "own"
tag = "own"
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Pathways:
    found = Pathways(tmp_path_factory.mktemp("filled"))
    found.take_sample("province")
    return found


@pytest.fixture(scope="module")
def plan(files: Pathways) -> Pathway:
    return projected(files.compiled("plan"))


@pytest.fixture
def sources(files: Pathways, plan: Pathway) -> Sources:
    paths, _ = read_paths((files.folder / "budgets.toml").read_text("utf-8"))
    known = {each.key: each for each in targets().targets}
    return Sources(
        "CN-35", read_series(MEASURED)[0], None, {each.key: budget(each) for each in paths}, known, plan
    )


def green(sources: Sources, year: int, **changed: str) -> Filled:
    text = SHEET
    for before, after in changed.items():
        text = text.replace(
            {"indicator": 'indicator = "renewable.share"', "unit": 'unit = "%"'}[before], after
        )
    return filled(read_sheet(text), year, sources)["green"]


def test_what_was_measured_goes_before_the_scenario_and_names_its_row(sources: Sources) -> None:
    then, later = green(sources, 2024), green(sources, 2030)
    assert (then.value, then.kind, then.where) == (21, "measured", "measured.toml:2")
    assert later.kind == "scenario" and later.value and later.value > 30 and later.lines == ("al-1", "al-2")


def test_the_lines_a_value_is_of_are_those_that_stand_in_the_year(sources: Sources, plan: Pathway) -> None:
    """al-old was retired before the plan; two copper lines are begun after 2024."""
    whole = 'indicator = "emissions"\nplace = "CN"'
    stands = plan.plan.standing.sum(1)
    counts = []
    for year in (2024, 2030):
        text = SHEET.replace(
            'indicator = "renewable.share"\nproducts = ["aluminium.liquid"]\nunit = "%"',
            f'{whole}\nunit = "t CO2e"',
        )
        found = filled(read_sheet(text), year, sources)["green"]
        standing = stands[:, plan.years.index(year)] > 0
        assert found.lines == tuple(np.array(plan.given.case.lines)[standing])
        assert "al-old" not in found.lines
        counts.append(len(found.lines))
    assert counts[0] < counts[1]


def test_a_change_is_by_two_values_of_one_kind(sources: Sources) -> None:
    own = green(sources, 2024, indicator='indicator = "renewable.share"\nbase = 2022')
    assert own.value == 50 and own.written == "21 ÷ 14 − 1"
    mixed = green(sources, 2030, indicator='indicator = "renewable.share"\nbase = 2022')
    assert mixed.kind == "scenario"


def test_a_target_lends_its_indicator_place_and_products(sources: Sources) -> None:
    assert green(sources, 2024, indicator='target = "fj-al-renewable-2030"').value == 21
    none = green(sources, 2024, indicator='target = "nix"')
    assert none.value is None and none.why and "nix" in none.why.en


def test_a_budget_is_filled_with_what_was_used_of_it(sources: Sources, plan: Pathway) -> None:
    used = green(sources, 2030, indicator='budget = "total"')
    limit = sources.budgets["total"].of(2030)
    assert used.value and limit and used.limit.startswith("budgets.toml:")
    emitted = float(plan.accounts.emissions[plan.years.index(2030)])
    assert float(used.value) == pytest.approx(100 * emitted / float(limit.value))
    assert green(sources, 1999, indicator='budget = "total"').why


def test_without_a_scenario_what_was_not_measured_is_not_known(sources: Sources) -> None:
    bare = Sources("", (), None, {}, {}, None)
    assert green(bare, 2030).why and green(bare, 2030).value is None
    assert green(sources, 2070).why, "the scenario does not have that year"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('indicator = "renewable.share"', 'indicator = "shine"', "TARGET-003"),
        ('indicator = "renewable.share"', 'indicator = "renewable.share"\nbudget = "total"', "TARGET-003"),
        ('unit = "%"', 'unit = "t"', "TARGET-006"),
        ('key = "green"', 'key = "year"', "TARGET-003"),
    ],
)
def test_a_source_that_is_none_is_refused_with_its_line(before: str, after: str, code: str) -> None:
    with pytest.raises(UnusablePathway, match=rf"{code}  score\.toml:\d"):
        read_sheet(SHEET.replace(before, after))
