"""Messages in the words of who plans: names with their keys, what a thing is instead of that it is none, what a number may have meant."""

import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.pathway.register_file import read_register
from touchstone.errors import Refusal


def refused(more: str, text: str = made.SCENARIO) -> UnusablePathway:
    """Why a scenario cannot be used."""
    with pytest.raises(UnusablePathway) as caught:
        compiled(made.register(), made.catalogue(), made.scenario(text + more))
    return caught.value


def test_messages_name_products_technologies_and_lines_in_words_with_the_key_to_look_for() -> None:
    """A person who plans does not know what `aluminium.liquid` is called in the files; whoever mends a file needs it."""
    dear = made.SCENARIO.replace("2030 = 300000", "2030 = 350000")
    problem = refused("", dear)
    assert (
        problem.zh
        and "“铝液”（aluminium.liquid）" in problem.zh[0]
        and "liquid aluminium (aluminium.liquid)" in problem.found
    )
    early = refused('\n[[adopt]]\ntechnology = "inert"\nlines = ["new"]\nfrom = 2026\n')
    name = made.catalogue()["inert"].name
    assert early.zh and f"“{name.zh}”（inert）" in early.zh[0]
    first = made.catalogue()["inert"].value("first_year")
    assert first and first.where in early.expected and first.where in early.fix


def test_a_technology_of_another_product_is_told_as_that_and_not_as_unknown() -> None:
    register, _ = read_register(
        made.REGISTER.replace("copper.cathode,furnace", "copper.cathode,cell"), "register.csv"
    )
    assert register is not None
    with pytest.raises(UnusablePathway) as caught:
        compiled(register, made.catalogue(), made.scenario())
    problem = caught.value
    assert problem.code == "SCENARIO-009" and "furnace" in problem.expected
    assert problem.zh and "阴极铜的工艺（不是铝液的）“cell”" in problem.zh[0]
    assert "process of copper cathode, not of liquid aluminium" in problem.found


@pytest.mark.parametrize(
    ("said", "taken"), [("2030 = 0.3", False), ('unit = "%", 2030 = 0.3', True), ("2030 = 30", True)]
)
def test_a_share_as_a_table_keeps_it_is_refused_where_no_unit_says_what_is_meant(
    said: str, taken: bool
) -> None:
    """30 % is 0.3 in Excel; read as 0.3 % the target would be met by anybody."""
    more = f'\n[[rule]]\nkey = "green"\nindicator = "renewable.share"\nleast = {{ {said} }}\n'
    if taken:
        assert made.scenario(made.SCENARIO + more).aims
        return
    with pytest.raises(Refusal) as caught:
        made.scenario(made.SCENARIO + more)
    assert "30 where 30 % is meant" in str(caught.value) and "写30" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("line", "sign", "instead"), [("source = “own”", "“", '"'), ("discount ＝ 5", "＝", "=")]
)
def test_signs_of_a_chinese_keyboard_are_told_with_what_to_write(line: str, sign: str, instead: str) -> None:
    problem = refused("", line + "  # “a remark” may have them\n" + made.SCENARIO)
    assert problem.code == "SCENARIO-002" and problem.where.endswith(":1")
    assert f"write {instead} for {sign}" in problem.found
    assert problem.zh and f"{sign}改为{instead}" in problem.zh[0]


@pytest.mark.parametrize(
    ("more", "found", "expected"),
    [
        (
            '[[rule]]\nkey = "a"\nindicator = "capacity"\nmost = "130 万t/a"\n',
            '"130 万t/a"',
            'most = { unit = "t/yr", 2030 = 30 }',
        ),
        ('[[rule]]\nkey = "a"\nindicator = "capacities"\n', '"capacities"', "one of emissions"),
        ('[[adopt]]\ntechnology = "inert"\nfrom = 2026\nshare = 80\n', "80", 'in quotes, "6 %"'),
        (
            '[[rule]]\nkey = "a"\nindicator = "capacity"\nmost = { unit = "万t/a", 2030 = "130万" }\n',
            '"130万"',
            "without quotes",
        ),
        ('[[rule]]\nkey = "a"\nindicator = "emissions"\nplace = "文山"\nmost = { unit = "t CO2e", 2030 = 1 }\n',
         '"文山"', "CN-5326 (Wenshan)"),
        ('[demand."电解铝"]\nunit = "t"\n2020 = 1\n', '"电解铝"', "aluminium.liquid (liquid aluminium)"),
    ],
)  # fmt: skip
def test_a_field_is_told_as_it_is_written_with_what_would_do(more: str, found: str, expected: str) -> None:
    """No words of a programming language, and no range in powers of ten."""
    problem = refused(f"\n{more}")
    assert problem.code == "SCENARIO-001" and problem.found == found and expected in problem.expected
    assert problem.zh and "'" not in problem.zh[0] and "e+" not in problem.text("zh")


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ('distribution = "triangular"\nlow = "99 %"\nmode = "95 %"\nhigh = "100 %"', "low not above mode"),
        (
            'distribution = "discrete"\nvalues = ["90 %", "100 %", "110 %"]\nweights = [0.5, 0.3]',
            "one weight for each value",
        ),
        ('distribution = "uniform"\nlow = "99 %"\nhigh = "95 %"', "low not above high"),
    ],
)
def test_a_distribution_that_cannot_be_is_told_in_words(law: str, expected: str) -> None:
    with pytest.raises(UnusablePathway) as caught:
        text = f'{made.SCENARIO}\n[[driver]]\nkey = "d"\nof = "demand"\nkind = "level"\n{law}\n'
        drivers_of(made.scenario(text))
    assert caught.value.code == "CHANCE-002" and expected in caught.value.expected
    assert not any(sign in caught.value.text("zh") + caught.value.text("en") for sign in ("<=", "len(", "(0"))
