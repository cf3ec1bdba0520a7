"""What planners get wrong is named with file, line and remedy, all of it at once."""

from pathlib import Path

import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.pathway.register_file import read_register
from touchstone.calc.pathway.scenario_file import base_of
from touchstone.flow.pathways import Pathways


def refused(more: str, text: str = made.SCENARIO) -> UnusablePathway:
    """The first refusal of a scenario."""
    with pytest.raises(UnusablePathway) as caught:
        made.case(more, text)
    return caught.value


def line_of(words: str, text: str) -> int:
    """The line that has these words."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_line_that_retires_twice_is_named_with_both_places() -> None:
    more = '\n[[retire]]\nline = "old"\nyear = 2024\n\n[[retire]]\nline = "old"\nyear = 2026\n'
    problem = refused(more)
    last = len((made.SCENARIO + more).splitlines())
    assert problem.code == "SCENARIO-006" and problem.where == f"scenarios/reference.toml:{last - 1}"
    assert f"reference.toml:{last - 5}" in problem.found


def test_a_rule_whose_key_stands_twice_is_named_with_the_lines_of_both() -> None:
    more = '\n[[rule]]\nkey = "green-2030"\nindicator = "emissions"\nmost = { unit = "t CO2e", 2030 = 1 }\n'
    problem, text = refused(more), made.SCENARIO + more
    first, second = (n for n, line in enumerate(text.splitlines(), 1) if 'key = "green-2030"' in line)
    assert problem.where.startswith(f"scenarios/reference.toml:{second}")
    assert f"reference.toml:{first}" in problem.found


def test_a_line_that_the_register_retires_in_another_year_is_refused() -> None:
    text = made.REGISTER.replace("10,1998,,10", "10,1998,2025,10")
    with pytest.raises(UnusablePathway) as caught:
        compiled(
            made.register(text),
            made.catalogue(),
            made.scenario(made.SCENARIO + '\n[[retire]]\nline = "old"\nyear = 2024\n'),
        )
    assert caught.value.code == "SCENARIO-006" and "register.csv:2" in caught.value.found


@pytest.mark.parametrize("said", ["-10", "0", "ten", "nan", "1e99", "1e9999", "1e999999999"])
def test_a_capacity_that_is_no_capacity_is_named_with_its_cell(said: str) -> None:
    register, [problem] = read_register(
        made.REGISTER.replace("operating,10,1998", f"operating,{said},1998"), "register.csv"
    )
    assert (
        register is None
        and problem.code == "PATHWAY-003"
        and problem.where == "register.csv:2"
        and "capacity" in problem.found
    )


def test_every_row_that_is_wrong_is_told() -> None:
    text = made.REGISTER.replace("operating,10,", "operating,-10,").replace("CN-35,copper", "CN-99,copper")
    _, wrong = read_register(text, "register.csv")
    assert [each.where for each in wrong] == ["register.csv:2", "register.csv:4"]


def test_a_technology_before_its_first_year_is_refused() -> None:
    problem = refused('\n[[adopt]]\ntechnology = "inert"\nlines = ["new"]\nfrom = 2026\n')
    assert problem.code == "SCENARIO-007" and "2028" in problem.expected


EARLY = made.VALUES + "cell,first_year,2024,,,,synthetic,,synthetic,,,,\n"


@pytest.mark.parametrize("status", ["planned", "operating"])
def test_a_line_that_begins_in_the_plan_before_its_technology_is_there_is_refused(status: str) -> None:
    more = f"third,三线,third line,CN-35,aluminium.liquid,cell,{status},5,2022,,,,,,synthetic\n"
    with pytest.raises(UnusablePathway) as caught:
        compiled(made.register(made.REGISTER + more), made.catalogue(EARLY), made.scenario())
    assert caught.value.code == "SCENARIO-007" and caught.value.where == "register.csv:5"
    row = EARLY[: EARLY.index("cell,first_year")].count("\n") + 1
    assert f"technology_values.csv:{row}" in caught.value.fix, "where the first year is stated"


def test_a_line_that_stands_already_may_stay_whatever_year_the_catalogue_has() -> None:
    """Lines since 1998 and 2015 stand in cells that the catalogue says are there from 2024 on."""
    case = compiled(made.register(), made.catalogue(EARLY), made.scenario()).case
    assert (case.initial >= 0).all()
    due = made.REGISTER.replace("cell,operating,10,1998", "cell,planned,10,1998")
    with pytest.raises(UnusablePathway, match="SCENARIO-007"):
        compiled(made.register(due), made.catalogue(EARLY), made.scenario())


def test_demand_above_all_capacity_is_refused_with_the_shortage_and_its_year() -> None:
    text = made.SCENARIO.replace("2030 = 300000", "2030 = 350000")
    problem = refused("", text)
    assert problem.code == "SCENARIO-008" and "2030" in problem.found and "50,000" in problem.so
    assert problem.where == f"scenarios/reference.toml:{line_of('[demand.', text) + 1}"


def test_a_target_without_indicator_is_refused_at_its_line() -> None:
    more = '\n[[rule]]\nkey = "aim"\nleast = { unit = "%", 2030 = 30 }\n'
    problem = refused(more)
    assert (
        problem.code == "SCENARIO-005"
        and problem.where == f"scenarios/reference.toml:{line_of('aim', made.SCENARIO + more)}"
    )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('\n[[rule]]\nkey = "a"\nindicator = "happiness"\nleast = { unit = "%", 2030 = 30 }\n', "SCENARIO-001"),
        ('\n[[rule]]\nkey = "a"\nindicator = "renewable.share"\nleast = { unit = "%", 2030 = 130 }\n', "SCENARIO-001"),
        ('\n[[rule]]\nkey = "a"\nindicator = "emissions"\nmost = { unit = "kWh", 2030 = 1 }\n', "SCENARIO-001"),
        ('\n[[rule]]\nkey = "a"\nindicator = "emissions"\nmost = { unit = "t CO2e", 2030 = -1 }\n', "SCENARIO-001"),
        ('\n[[rule]]\nkey = "a"\nindicator = "emissions"\n', "SCENARIO-001"),
        ('\n[[rule]]\nkey = "a"\nindicator = "emissions"\nlines = ["odl"]\nmost = { unit = "t CO2e", 2030 = 1 }\n', "SCENARIO-009"),
        ('\n[[rule]]\nkey = "a"\nindicator = "emissions"\nplace = "CN-11"\nmost = { unit = "t CO2e", 2030 = 1 }\n', "SCENARIO-010"),
        ('\n[[rule]]\nkey = "a"\nindicator = "benchmark.share"\nproduct = "copper.cathode"\nleast = { unit = "%", 2030 = 1 }\n', "SCENARIO-012"),
        ('\n[[adopt]]\ntechnology = "shell"\nproduct = "copper.cathode"\nfrom = 2024\n', "SCENARIO-011"),
        ('\n[[adopt]]\ntechnology = "shel"\nfrom = 2024\n', "SCENARIO-009"),
        ('\n[[adopt]]\ntechnology = "shell"\nfrom = 2024\nuntil = 2023\n', "SCENARIO-001"),
        ('\n[demnd]\n', "SCENARIO-001"),
        ('\n[load."aluminium.liquid"]\n2020 = 95\ngrowth = "5 %"\n', "SCENARIO-001"),
        ('\n[carbon.free."aluminum.liquid"]\nunit = "t CO2e/t"\n2020 = 1\n', "SCENARIO-001"),
        ('\n[demand."zinc.refined"]\nunit = "t"\n2020 = 1\n', "SCENARIO-018"),
        ('\n[[rule]]\nkey = "a"\nindicator = "emissions"\nmost = { unit = "t CO2e", 2045 = 1 }\n', "SCENARIO-016"),
        ('\n[[rule]]\nkey = "a"\nindicator = "recycled.share"\nplace = "CN-35"\nleast = { unit = "%", 2030 = 1 }\n', "SCENARIO-001"),
        ('\n[[driver]]\nof = "demand"\n', "SCENARIO-001"),
        ('\n[benchmark."copper.cathode"]\nelectricity = 1\nenergy = 1\nunit = "kWh/t"\nsource = "x"\n', "SCENARIO-001"),
        ('\n[recycled."aluminium.liquid"]\nlimt = { unit = "t", 2020 = 1 }\n', "SCENARIO-001"),
        ('\n[load."aluminium.liqid"]\n', "SCENARIO-001"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_line(more: str, code: str) -> None:
    problem = refused(more)
    assert problem.code == code and problem.where.partition(":")[2].split()[0].isdecimal()
    assert all(problem.zh or ())


def test_a_year_in_full_width_digits_is_no_year() -> None:
    """Somebody who types １ for 1 sees the same number; what compares texts does not."""
    assert refused("", made.SCENARIO.replace("2020 = 24", '"２０２０" = 24')).code == "SCENARIO-001"
    assert first_fault(made.REGISTER.replace("1998", "１９９８")).code == "PATHWAY-003"
    history = (
        '\n[[driver]]\nkey = "x"\nof = "demand"\nkind = "growth"\nhistory = { "２０１９" = 1, 2020 = 2 }\n'
    )
    assert refused(history).code == "SCENARIO-001"
    for before, after in ((",2020,,,\n", ",２０２０,,,\n"), ("first_year,2022", "first_year,２０２２")):
        with pytest.raises(UnusablePathway) as caught:
            made.catalogue(made.VALUES.replace(before, after))
        assert caught.value.code == "TECH-002"


def test_everything_wrong_is_told_at_once() -> None:
    more = '\n[[adopt]]\ntechnology = "shel"\nfrom = 2024\n\n[[retire]]\nline = "odl"\nyear = 2025\n'
    problem = refused(more)
    assert problem.code == "SCENARIO-009" and [each.code for each in problem.also] == ["SCENARIO-009"]


def test_a_scenario_says_what_differs_from_its_base() -> None:
    base = made.scenario()
    own = made.scenario(
        'name = { zh = "快", en = "fast" }\nbase = "reference"\n[power.green]\nshare = { unit = "%", 2020 = 0, 2025 = 60 }\n',
        base,
        "fast",
    )
    assert own.line == ("reference", "fast")
    case = compiled(made.register(), made.catalogue(), own)
    assert case.share[0, 1, 5] == pytest.approx(0.6) and case.case.demand[0, 0] == 300_000


def test_a_space_behind_a_key_is_no_other_technology() -> None:
    assert (
        made.catalogue(made.VALUES.replace("shell,lifetime", "shell ,lifetime"))["shell"].number("lifetime")
        == 10
    )


def test_an_output_far_beyond_the_capacity_is_a_slip_of_units() -> None:
    _, [problem] = read_register(made.REGISTER.replace("1998,,10,", "1998,,1000,"), "register.csv")
    assert problem.code == "PATHWAY-007" and problem.where == "register.csv:2"


def test_a_planned_line_says_when_it_begins() -> None:
    _, [problem] = read_register(
        made.REGISTER.replace("operating,10,1998,,10", "planned,10,,,"), "register.csv"
    )
    assert problem.code == "PATHWAY-003" and "since" in problem.found


def test_the_first_contract_takes_the_rest_and_has_no_limit() -> None:
    problem = refused(
        "",
        made.SCENARIO.replace(
            'price = { unit = "CNY/kWh", 2020 = 0.4 }',
            'price = { unit = "CNY/kWh", 2020 = 0.4 }\nlimit = { unit = "MWh", 2020 = 10 }',
        ),
    )
    assert problem.code == "SCENARIO-017"


def test_text_that_is_no_toml_is_refused_at_its_line() -> None:
    problem = refused("\n= 3\n")
    assert (
        problem.code == "SCENARIO-002"
        and problem.where == f"scenarios/reference.toml:{len(made.SCENARIO.splitlines()) + 2}"
    )


def test_a_course_for_everywhere_takes_the_place_of_one_of_the_base_for_a_place() -> None:
    text = made.SCENARIO + '\n[power.grid.places.CN-35]\nfactor = { unit = "kgCO2/kWh", 2020 = 0.9 }\n'
    base = made.scenario(text)
    own = made.scenario(
        'name = { zh = "快", en = "fast" }\nbase = "reference"\n[power.grid]\nfactor = { unit = "kgCO2/kWh", 2020 = 0.1 }\n',
        base,
        "fast",
    )
    assert compiled(made.register(), made.catalogue(), base).case.contract_factor[0, 0, 0] == pytest.approx(
        0.9
    )
    assert compiled(made.register(), made.catalogue(), own).case.contract_factor[0, 0, 0] == pytest.approx(
        0.1
    )


def test_what_is_used_of_scrap_is_there() -> None:
    given = made.case('\n[recycled."aluminium.liquid"]\nuse = { unit = "t", 2020 = 500 }\n')
    assert given.used[0, 0] == 500 and given.case.recycled_limit[0, 0] == 500


def test_shares_of_contracts_above_all_power_are_refused_at_their_lines() -> None:
    more = """
[power.hydro]
price = { unit = "CNY/kWh", 2020 = 0.3 }
factor = { unit = "kgCO2/kWh", 2020 = 0 }
share = { unit = "%", 2020 = 0, 2030 = 80 }
"""
    problem = refused(more)
    assert problem.code == "SCENARIO-021" and "110%" in problem.found and "2030" in problem.found
    assert f"reference.toml:{line_of('2030 = 30 }', made.SCENARIO)}" in problem.where
    assert f"reference.toml:{len((made.SCENARIO + more).splitlines())}" in problem.where


def first_fault(text: str) -> UnusablePathway:
    """The first thing wrong with a register."""
    register, wrong = read_register(text, "register.csv")
    assert register is None
    return wrong[0]


def test_a_table_of_an_old_mac_or_with_commas_behind_its_last_column_is_read() -> None:
    for text in (
        made.REGISTER.replace("\n", "\r"),
        "\n".join(f"{line},,," for line in made.REGISTER.splitlines()),
    ):
        assert len(made.register(text).lines) == 3


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("老线", '"老线', "PATHWAY-008", "quotation mark"),
        ("老线", "x" * 140_000, "PATHWAY-008", "131,072"),
        ("synthetic\nnew", "synthetic,1\nnew", "PATHWAY-003", "16: '1'"),
        ("operating,10,1998", 'operating,"1,5",1998', "PATHWAY-003", "1,5"),
        ("14000,1.6", "14000000,1.6", "PATHWAY-003", "electricity"),
        ("electricity [kWh/t]", "electricity", "PATHWAY-002", "electricity"),
    ],
)
def test_a_row_that_says_something_else_than_was_meant_is_named(
    before: str, after: str, code: str, said: str
) -> None:
    problem = first_fault(made.REGISTER.replace(before, after))
    assert problem.code == code and said in problem.found
    assert problem.where == f"register.csv:{1 if code == 'PATHWAY-002' else 2}"


def test_commas_between_thousands_are_read() -> None:
    text = made.REGISTER.replace("capacity [1e4 t/yr]", "capacity [t/yr]").replace(
        "operating,10,", 'operating,"100,000",'
    )
    text = text.replace("operating,20,", "operating,200000,").replace("operating,30,", "operating,300000,")
    assert made.register(text).lines[0].capacity == 100_000


def test_no_line_is_built_by_its_own_quota() -> None:
    text = made.REGISTER.replace(",source\n", ",source,quota\n").replace(
        "20,synthetic\nnew", "20,synthetic,old:5\nnew"
    )
    assert "old" in first_fault(text).found


@pytest.mark.parametrize("written", ["a = " + "[" * 3000, "a = " + "1" * 5000, "\n[oops"])
def test_text_that_no_parser_takes_is_refused_at_its_line(written: str) -> None:
    text = made.SCENARIO + written
    with pytest.raises(UnusablePathway) as caught:
        made.scenario(text)
    assert caught.value.code == "SCENARIO-002" and caught.value.where.endswith(f":{len(text.splitlines())}")
    with pytest.raises(UnusablePathway) as caught:
        made.catalogue(structure=written)
    assert caught.value.code == "TECH-001" and "technologies.toml:" in caught.value.where
    assert base_of(text) == ""


def test_power_that_nobody_offers_in_a_place_of_a_line_is_no_free_power() -> None:
    """The grid has a price and a factor in one province alone, and a line stands in another."""
    grid = 'price = { unit = "CNY/kWh", 2020 = 0.4 }\nfactor = { unit = "kgCO2/kWh", 2020 = 0.5, 2030 = 0.4 }'
    assert grid in made.SCENARIO
    text = made.SCENARIO.replace(grid, "[power.grid.places.CN-35]\n" + grid)
    register = made.REGISTER.replace("new line,CN-35", "new line,CN-53")
    with pytest.raises(UnusablePathway) as caught:
        compiled(made.register(register), made.catalogue(), made.scenario(text))
    assert caught.value.code == "SCENARIO-013" and "CN-53" in caught.value.text("en")
    assert "reference.toml:" in caught.value.where


@pytest.mark.parametrize(
    ("without", "near"),
    [
        ('[demand."copper.cathode"]\nunit = "1e4 t"\n2020 = 24\n', "[demand."),
        ('factor = { unit = "kgCO2/kWh", 2020 = 0 }\n', "[power.green]"),
        ("years = [2020, 2030]\n", "name = "),
    ],
)
def test_what_is_not_there_is_refused_at_the_line_it_should_stand_near(without: str, near: str) -> None:
    text = made.SCENARIO.replace(without, "")
    problem = refused("", text)
    assert problem.code == "SCENARIO-013"
    assert problem.where == f"scenarios/reference.toml:{line_of(near, text)}"


def test_a_file_in_gbk_says_how_to_save_it(tmp_path: Path) -> None:
    files = Pathways(tmp_path)
    files.take_sample("province")
    path = files.folder / "scenarios" / "plan.toml"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    every = files.scenarios()
    problem = every["plan"]
    assert isinstance(problem, UnusablePathway)
    assert problem.code == "PATHWAY-013" and problem.where.endswith("plan.toml:3")
    assert "CSV UTF-8" in problem.fix and "另存为" in problem.text("zh")
    built_on = every["ambitious"]
    assert isinstance(built_on, UnusablePathway) and not isinstance(every["reference"], UnusablePathway)
    assert (
        built_on.code == "SCENARIO-004"
        and "plan.toml:3" in built_on.found
        and "plan.toml:3" in built_on.text("zh")
    )
