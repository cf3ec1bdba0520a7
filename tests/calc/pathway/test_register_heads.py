"""Registers as spreadsheets save them: heads, separators and cells that are wrong are told in the words and units of the table."""

import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.pathway.register_file import read_register


def first_fault(text: str) -> UnusablePathway:
    """The first thing wrong with a register."""
    register, wrong = read_register(text, "register.csv")
    assert register is None
    return wrong[0]


HEAD, ROW = "line,place,product,technology,capacity [t/a]", "a,CN-35,aluminium.liquid,cell,100"


def test_every_head_that_is_wrong_is_told_at_once_with_the_nearest() -> None:
    """Two heads in Chinese, one misspelled, one without its unit."""
    head, rest = made.REGISTER.split("\n", 1)
    wrong = head.replace("capacity [", "产能 [").replace("place", "palce").replace("technology", "工艺")
    _, problems = read_register(wrong.replace("direct [t CO2e/t]", "direct") + "\n" + rest, "register.csv")
    assert [each.code for each in problems] == ["PATHWAY-001", "PATHWAY-002"]
    assert all(each in problems[0].found for each in ("产能", "工艺", "'palce' (nearest: place)"))
    assert "no column place, technology, capacity" in problems[0].found and "direct" in problems[1].found


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs"), ("，", "full-width commas")])
def test_a_table_without_commas_is_told_as_that_and_not_as_one_unknown_column(sign: str, name: str) -> None:
    problem = first_fault(made.REGISTER.replace(",", sign))
    assert problem.code == "PATHWAY-025" and name in problem.found and "comma" in problem.fix


@pytest.mark.parametrize(
    ("head", "cell", "read"),
    [("since [年]", "2010", 2010), ("since [year]", "2010", 2010), ("latitude [°]", "25.5", 25.5)],
)
def test_a_year_and_a_degree_may_bear_their_sign(head: str, cell: str, read: float) -> None:
    found, wrong = read_register(f"{HEAD},{head}\n{ROW},{cell}\n", "register.csv")
    assert found is not None and wrong == ()
    assert getattr(found.lines[0], head.partition(" ")[0]) == read
    found, [problem] = read_register(f"{HEAD},{head.partition(' ')[0]} [t]\n{ROW},{cell}\n", "register.csv")
    assert found is None and problem.code == "PATHWAY-001" and "nearest" in problem.text("en")


def test_units_in_full_width_brackets_are_read_as_they_are_meant() -> None:
    for pair in ("［］", "（）", "()"):
        text = made.REGISTER.translate(str.maketrans("[]", pair))
        assert made.register(text).lines == made.register().lines


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("operating,10,1998", "operating,-10,1998", "above 0 to 100,000 1e4 t/yr"),
        ("operating,10,1998", "operating,10,98", "a year from 1900"),
        ("operating,10,1998", "在产,10,1998", "operating, idle"),
        ("CN-35,copper.cathode", "云南文山,copper.cathode", "CN-5326 (Wenshan)"),
        ("CN-35,copper.cathode", "Fujian,copper.cathode", "nearest: CN-35 (Fujian)"),
        ("CN-35,copper.cathode", "CN-35,铜", "copper.cathode (copper cathode)"),
    ],
)
def test_what_a_cell_must_be_is_said_in_the_words_and_units_of_the_table(
    before: str, after: str, said: str
) -> None:
    problem = first_fault(made.REGISTER.replace(before, after))
    assert problem.code == "PATHWAY-003" and said in problem.expected and "e-09" not in problem.expected
    assert "items.toml" not in problem.text("zh") + problem.text("en")
