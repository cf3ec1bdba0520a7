"""The plant register as quotas, projects, league entries and lines of parks."""

from datetime import date
from fractions import Fraction

from touchstone.calc.pathway.register import Register
from touchstone.calc.pathway.register_file import read_register
from touchstone.calc.target.league import league
from touchstone.calc.target.park import parks
from touchstone.calc.target.park_figures import read_figures
from touchstone.calc.target.registered import entries, park_lines, projects, quotas
from touchstone.calc.target.replacement import replaced
from touchstone.calc.target.system import shipped

F = Fraction
HEAD = "line,name_zh,name_en,place,park,product,technology,status,capacity [t/a],since,until,output [t],"
TABLE = f"""{HEAD}electricity [kWh/t],direct [t CO2e/t],energy [kgce/t],quota,source
old,旧线,old line,CN-35,p,aluminium.liquid,al.prebake,operating,75000,1998,2024,70000,13900,1.8,60,,synthetic
new,新线,new line,CN-35,p,aluminium.liquid,al.prebake,planned,75000,2025,,,12900,1.6,50,old:75000,synthetic
half,半线,half line,CN-35,,aluminium.liquid,al.prebake,operating,40000,,,,,,,,synthetic
"""


def register(text: str = TABLE) -> Register:
    found, wrong = read_register(text, "register.csv")
    assert found is not None, str(wrong[0])
    return found


def test_a_line_built_by_the_quota_of_one_that_retired_the_year_before_is_a_sound_project() -> None:
    made, refused = projects(register())
    [got] = replaced(made, quotas(register()))
    assert not refused and (got.project.start, got.needed, got.short, got.findings) == (
        date(2025, 1, 1),
        75_000,
        0,
        (),
    )


def test_a_line_that_goes_on_beside_the_one_that_replaces_it_is_named_with_its_row() -> None:
    text = TABLE.replace(",2024,", ",2025,")
    [got] = replaced(projects(register(text))[0], quotas(register(text)))
    assert [each.code for each in got.findings] == ["TARGET-043", "TARGET-046"] and got.findings[
        0
    ].where == "register.csv:3"


def test_a_line_built_by_quotas_without_its_first_year_cannot_be_judged() -> None:
    made, [refused] = projects(
        register(TABLE.replace(",2025,,,12900", ",,,,12900").replace("planned", "idle"))
    )
    assert not made and refused.code == "TARGET-002" and refused.where.startswith("register.csv:3")


def test_the_league_has_operating_lines_and_says_what_they_do_not_state() -> None:
    got = league(
        entries(register().lines, "aluminium.liquid", "ac-electricity"),
        "aluminium.liquid",
        "ac-electricity",
        "kWh/t",
        date(2024, 1, 1),
    )
    assert [(each.entry.key, each.value) for each in got.places] == [("old", 13_900), ("half", None)]
    assert got.places[1].why


def test_a_park_is_the_sum_of_its_operating_lines() -> None:
    lines = park_lines(register().lines, F("0.1229"), F("0.5"))
    [park] = parks(lines, shipped().systems["low-carbon-metals"])
    item = park.item("carbon_of_product")
    assert item and item.lines == ("old",) and item.value == F("1.8") + F("13.9") * F("0.5")
    assert "emissions" not in park_lines(register().lines, F("0.1229"))[0].figures


def test_figures_that_lines_state_besides_the_register_are_in_the_account_of_their_park() -> None:
    text = '[[line]]\nkey = "{}"\nfigures = {{ {} }}\ndocument = "own"\ntag = "own"\n'
    given = text.format("old", 'value = "2 亿元", waste = "100 t", waste_used = "80 t"')
    strange = text.format("nix", 'waste = "1 t"') + text.format("old", 'waste = "1 t"')
    wrong = text.format("half", "glory = 1") + text.format("half", 'waste = "-1 t"')
    keys = [line.key for line in register().lines]
    figures, refused = read_figures(given + strange + wrong, shipped().figures, keys)
    assert figures["old"].figures["value"] == 20_000 and figures["old"].where == "parks.toml:1"
    assert sorted(each.code for each in refused) == ["TARGET-003", "TARGET-003", "TARGET-052", "TARGET-052"]
    [park] = parks(
        park_lines(register().lines, F("0.1229"), None, figures), shipped().systems["low-carbon-metals"]
    )
    item = park.item("waste_share")
    assert item and item.value == 80 and item.lines == ("old",)
