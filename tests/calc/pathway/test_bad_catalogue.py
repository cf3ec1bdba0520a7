"""Catalogues that cannot be used: keys, values and references of technologies are named with file, row and remedy."""

import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.refusal import UnusablePathway


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


@pytest.mark.parametrize("key", ["al.slots+pumps", "+", ""])
def test_a_technology_whose_key_would_be_taken_for_several_is_refused_at_its_line(key: str) -> None:
    """Parts of a state are joined by a plus: `al.small+al.slots` is a process with a measure."""
    own = f"""[technology."{key}"]
name = {{ zh = "改造", en = "retrofit" }}
kind = "measure"
product = "copper.cathode"
"""
    with pytest.raises(UnusablePathway) as caught:
        made.catalogue(structure=own)
    assert caught.value.code == "TECH-001" and caught.value.where.startswith("technologies.toml:1 ")
    assert "letters, digits" in caught.value.text("en")


def test_a_process_is_not_changed_from_itself() -> None:
    own = (
        made.STRUCTURE
        + """
[technology."cu.own"]
name = { zh = "自建", en = "own" }
kind = "process"
product = "copper.cathode"
from = ["cu.own"]
"""
    )
    with pytest.raises(UnusablePathway) as caught:
        made.catalogue(structure=own)
    assert caught.value.code == "TECH-001" and caught.value.where.endswith("technology.cu.own.from")
    assert "another process" in caught.value.text("en")


def test_a_row_of_values_with_a_comma_too_many_is_refused() -> None:
    values = made.VALUES.replace(
        "cell,electricity,13500,,,kWh/t,synthetic,,synthetic,,,,",
        "cell,electricity,13500,,,kWh/t,synthetic,,synthetic,,,,,7",
    )
    with pytest.raises(UnusablePathway) as caught:
        made.catalogue(values)
    assert caught.value.code == "TECH-004" and caught.value.where == "technology_values.csv:2"
