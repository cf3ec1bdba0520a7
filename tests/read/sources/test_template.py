"""Templates: what is filled reads back, and braces that make no sense are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.read.sources.template import Unfit, template

WORDS = st.text(st.characters(exclude_characters="{}()", exclude_categories=("C",)), min_size=1)


@given(WORDS, WORDS)
def test_what_is_filled_in_is_read_back(name: str, unit: str) -> None:
    made = template("{name} ({unit})")
    found = made.pattern({}).fullmatch(made.filled({"name": name, "unit": unit}))
    assert found and (found["name"], found["unit"]) == (name, unit)


@given(WORDS)
def test_words_without_gaps_stand_for_themselves(words: str) -> None:
    assert template(words).filled({}) == words and template(words).gaps == ()


def test_marks_of_regular_expressions_are_only_marks() -> None:
    assert template("{name} [a.b]").pattern({}).fullmatch("Copper [a.b]")
    assert not template("{name} [a.b]").pattern({}).fullmatch("Copper a")


@pytest.mark.parametrize("text", ["{name", "name}", "{}", "{ }", "{a} {a}", "{a{b}}"])
def test_braces_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(Unfit):
        template(text)
