"""What planners get wrong is named with file, line and remedy, all of it at once."""

import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.pathway.register import read_register


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


def test_a_line_older_than_its_technology_is_refused() -> None:
    values = made.VALUES + "cell,first_year,2000,,,,synthetic,,synthetic,,,,\n"
    with pytest.raises(UnusablePathway) as caught:
        compiled(made.register(), made.catalogue(values), made.scenario())
    assert caught.value.code == "SCENARIO-007" and caught.value.where == "register.csv:2"


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


@pytest.mark.parametrize(
    "row",
    ["shell,lifetime,-10,,,a", "shell,investment,-800,,,CNY/(t/a)", "shell,saving.electricity,1e30,,,kWh/t", "shell,spread,300,,,%",
     "shell,first_year,2020.7,,,", "shell,lifetime,1e9999,,,a"],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_its_row(row: str) -> None:
    values = made.VALUES + row + ",synthetic,,synthetic,,,,\n"
    with pytest.raises(UnusablePathway) as caught:
        made.catalogue(values)
    assert (
        caught.value.code == "TECH-002"
        and caught.value.where == f"technology_values.csv:{len(values.splitlines())}"
    )


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
