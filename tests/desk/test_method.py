"""Methods: declared, dated, announced, and never changed once used."""

import tomllib
from datetime import date

import pytest

from touchstone.desk.method import method
from touchstone.desk.parameters import parameters
from touchstone.desk.refusal import UnusableMethod

from .conftest import EXAMPLE, FRIDAY, GE, Work

_PAIRS = parameters()["wrong_unit"]["pairs"].value


def test_the_example_says_that_it_is_one_and_names_the_order_of_inputs(work: Work) -> None:
    shipped = work.desk.methods().on(GE, FRIDAY)
    assert shipped.example
    assert shipped.order == (("deal",), ("bid", "offer"), ("indication",))
    assert "IOSCO" in shipped.source


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"unit": "kg"}, "money per quantity"),
        ({"unit": "USD/blob"}, "not a unit"),
        ({"order": [["deal"], ["deal"]]}, "at most once"),
        ({"order": [["rumour"]]}, "at most once"),
        ({"low": {"of": ["deal"], "take": "median"}}, "low must take"),
        ({"rounding": {"step": "0", "rule": "half-up"}}, "step above 0"),
        ({"minimum": {"inputs": 0, "parties": 0}}, "at least 1"),
        ({"tax": "maybe"}, "tax must be"),
        ({"calendar": "NL.spot"}, "calendar must be one of"),
        ({"quotation": "ge.ingot/rotterdam"}, "commodity@market"),
        ({"valid_to": date(2001, 1, 1)}, "before valid_from"),
        ({"announced": date(2030, 1, 1)}, "announced before"),
        ({"window": {}}, "days is missing"),
        ({"quantity": {"least": "5", "unit": "USD"}}, "not a mass"),
        ({"name": "锗"}, "another shape"),
        ({"commodity": "ge.blob", "quotation": "ge.blob@market.rotterdam"}, "not in the vocabulary"),
        ({"market": "market.atlantis", "quotation": "ge.ingot@market.atlantis"}, "not in the vocabulary"),
        ({"commodity": "cu"}, "must be cu@market.rotterdam"),
        ({"quotation": "ge.ingot@market.lme"}, "must be ge.ingot@market.rotterdam"),
        ({"test": {"wide_rnage": {}}}, "is no test"),
        ({"test": {"stale": {"days": 3}}}, "has no days"),
        ({"test": {"wrong_unit": {"pairs": []}}}, "pairs must be"),
        ({"test": {"wrong_unit": {"pairs": [*_PAIRS, ["kg", "kg"]]}}}, "pairs must be"),
        ({"test": {"wrong_unit": {"pairs": [*_PAIRS, ["kg", "USD"]]}}}, "pairs must be"),
        ({"test": {"wide_range": {"at_least": 1000000}}}, "from 1 to 4"),
        ({"test": {"wide_range": {"lately": "x"}}}, "whole number"),
        ({"test": {"wrong_day": {"inputs": True}}}, "whole number"),
        ({"test": {"wrong_currency": {"days": 0}}}, "from 7 to 60"),
        ({"test": "none"}, "another shape"),
    ],
)
def test_a_method_that_contradicts_itself_is_refused_in_words(change: dict, says: str) -> None:
    declared = tomllib.loads(EXAMPLE.read_text(encoding="utf-8")) | change
    with pytest.raises(ValueError, match=says):
        method(declared)


def test_a_file_that_cannot_be_used_is_told_and_the_others_go_on(work: Work) -> None:
    good = work.declare(edition='"2020"')
    good.with_name("bad.toml").write_text("quotation = ", encoding="utf-8")
    found = work.desk.methods()
    assert [problem.where for problem in found.problems] == ["bad.toml"]
    assert found.on(GE, FRIDAY).edition == "2020"


def test_an_edition_holds_from_its_first_to_its_last_day(work: Work) -> None:
    work.declare(edition='"old"\nvalid_to = 2020-10-08')
    work.declare(edition='"new"', valid_from="2020-10-09", announced="2020-09-11")
    found = work.desk.methods()
    assert [found.on(GE, date(2020, 10, day)).edition for day in (8, 9)] == ["old", "new"]


def test_two_editions_of_one_day_and_none_are_both_refused(work: Work) -> None:
    work.declare(edition='"a"')
    work.declare(edition='"b"')
    with pytest.raises(UnusableMethod, match="2 editions"):
        work.desk.methods().on(GE, FRIDAY)
    with pytest.raises(UnusableMethod, match="0 editions"):
        work.desk.methods().on("cu@market.lme", FRIDAY)


def test_an_edition_that_was_used_is_not_changed_in_place(work: Work) -> None:
    path = work.declare(edition='"2020"')
    work.desk.open(GE, FRIDAY, "Li", work.now(FRIDAY))
    path.write_text(path.read_text(encoding="utf-8").replace('step = "0.5"', 'step = "5"'), encoding="utf-8")
    with pytest.raises(UnusableMethod, match="DESK-031"):
        work.desk.open(GE, date(2020, 10, 16), "Li", work.now(date(2020, 10, 16)))


def test_an_assessment_keeps_the_method_it_was_opened_under(work: Work) -> None:
    path = work.declare(edition='"2020"')
    given = work.desk.open(GE, FRIDAY, "Li", work.now(FRIDAY))
    path.unlink()
    work.declare(edition='"2021"', valid_from="2020-10-01", announced="2020-09-01")
    assert work.desk.assessment(given.id).method.edition == "2020"


def test_a_method_may_add_pairs_of_units_and_name_a_grade() -> None:
    declared = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    test = {"wrong_unit": {"pairs": [*_PAIRS, ["kg", "g"]], "why": "small lots are quoted per gram"}}
    assert method(declared | {"test": test, "quotation": "ge.ingot.9999@market.rotterdam"})
