"""The works of a report: the years of each thing are those of the scenario, and those of the page of plans."""

import re

import pytest

import touchstone
from touchstone.calc.pathway.pathway import Pathway, projected
from touchstone.publish.pathway.worked import done, largest, works_table
from touchstone.serve.pathway_works import work_cells

from ...calc.pathway.made import case

WITHIN = re.compile(r"(.*?)(?:（(\d{4}(?:–\d{4})?)?，?(?:[\d.]+%)?）)?")
ADOPT = '[[adopt]]\ntechnology = "{}"\nlines = ["old"]\nfrom = {}\nuntil = {}\n'


@pytest.fixture(scope="module")
def found() -> Pathway:
    """Insulation of the old line from 2022 to 2024, inert anodes in its place from 2028 to 2030."""
    return projected(case(ADOPT.format("shell", 2022, 2024) + ADOPT.format("inert", 2028, 2030)))


@pytest.fixture(scope="module")
def province_plan(tmp_path_factory: pytest.TempPathFactory) -> Pathway:
    """The plan of the sample province, as its rules have it."""
    files = touchstone.open(tmp_path_factory.mktemp("province")).pathways()
    files.take_sample("province")
    return projected(files.compiled("plan"))


def test_a_technology_bears_its_own_years_and_not_the_first_in_which_anything_happens_on_the_line(
    found: Pathway,
) -> None:
    [row] = done(found)
    assert (row.since, row.until) == (2022, 2030)
    assert sorted(each.en for each in row.what) == [
        "changed to inert anodes (2028–2030, 100%)",
        "insulation added (2022–2024, 100%)",
    ]
    table = works_table([row], "caption")
    assert "改为惰性阳极（2028—2030，100%）" in table.body[0][2].text.zh


def test_the_summary_for_the_boss_says_when_each_thing_is_done(found: Pathway) -> None:
    said = largest(done(found))
    assert "2028—2030年惰性阳极" in said.zh and "inert anodes (2028–2030)" in said.en
    assert "2022年惰性阳极" not in said.zh


def test_the_report_and_the_page_of_plans_never_give_different_years_for_one_plan(
    province_plan: Pathway,
) -> None:
    """Each thing that the page lists in a line's works stands in the row of the report with the same years."""
    found = province_plan
    rows = {row.line.zh: row for row in done(found)}
    cells = work_cells(found, "zh")
    assert len(cells) > 5
    for cell in cells:
        for said in cell["what"].zh.split("；"):
            name, years = WITHIN.fullmatch(said).groups()
            named = f"{(years or cell['year']).replace('–', '—')}年{name}"
            assert any(each.zh == named for each in rows[cell["line"].zh].names), (
                named,
                rows[cell["line"].zh],
            )


def test_converting_of_shanghang_begins_in_2030_as_its_scenario_says(
    province_plan: Pathway,
) -> None:
    [row] = [each for each in done(province_plan) if each.key == "cu-sh-1"]
    assert any("铜锍连续吹炼（连续炼铜）（2030—2033，100%）" in each.zh for each in row.what), row.what
