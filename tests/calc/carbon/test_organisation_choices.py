"""Choices of an organisation for years and places without a published factor."""

import pytest

from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import read_organisation

from .made import GROUP


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("data_years = { 2023 = 22 }", "data_years"), ("data_years = { 2023 = [] }", "data_years"),
        ("data_years = { 2023 = [2022, 2022] }", "data_years"), ("data_years = { 2023 = 2022.5 }", "data_years"),
        ("data_years = { 23 = 2022 }", "data_years"), ('wider_places = { 2023 = "world" }', "wider_places"),
        ('wider_places = { x = "grid" }', "wider_places"), ('wider_places = "grid"', "wider_places"),
    ],
)  # fmt: skip
def test_a_choice_of_year_or_place_that_is_none_is_refused_with_its_field(written: str, place: str) -> None:
    found, wrong = read_organisation(f"{written}\n{GROUP}", "organisation.toml", methods())
    assert found is None
    assert [(each.code, place in each.where) for each in wrong] == [("ORG-001", True)]


def test_choices_of_years_and_places_are_read_in_their_order() -> None:
    text = 'data_years = { 2024 = [2023, 2022], 2023 = 2022 }\nwider_places = { 2022 = "country" }\n' + GROUP
    found, wrong = read_organisation(text, "organisation.toml", methods())
    assert found and wrong == ()
    assert found.data_years == ((2023, (2022,)), (2024, (2023, 2022)))
    assert found.wider_places == ((2022, "country"),)


def test_a_grid_is_one_of_the_library_and_is_inherited_within_one_place() -> None:
    named = GROUP.replace('place = "CN-15"\n', 'place = "CN-15"\ngrid = "grid.north"\n')
    part = '\n[[node]]\nkey = "joint-{0}"\nkind = "unit"\nparent = "joint"\nname = {{ zh = "甲", en = "a" }}\n{1}'
    text = named + part.format(1, "") + part.format(2, 'place = "CN-21"\n')
    found, _ = read_organisation(text, "organisation.toml", methods())
    assert found and [found.nodes[key].grid for key in ("joint-1", "joint-2")] == ["grid.north", ""]
    _, wrong = read_organisation(named.replace("grid.north", "grid.nort"), "organisation.toml", methods())
    assert [each.code for each in wrong] == ["ORG-003"] and "grid.north" in str(wrong[0])
