"""A declaration that is wrong says what, on which line, and what to do, in both languages."""

import pytest

from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.read.sources.declaration import Rows, declaration, shipped
from touchstone.read.sources.grammar import declared

from .conftest import PRICES, QUOTES


def refused(text: str) -> UnusableDeclaration:
    with pytest.raises(UnusableDeclaration) as found:
        declared(text, "my.yaml")
    return found.value


def line_of(text: str, beginning: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith(beginning))


@pytest.mark.parametrize("id", shipped())
def test_every_shipped_declaration_is_understood(id: str) -> None:
    assert declaration(id).id == id


def test_words_are_said_in_both_languages_or_once_for_both() -> None:
    by = declared(PRICES, "my.yaml")
    assert (by.name, by.licence) == (Text("价格", "prices"), Text("made up", "made up"))


def test_a_column_may_be_a_subject_and_nothing_else() -> None:
    short = PRICES.replace("{subject: cu.cathode, place: market.lme}", "cu.cathode")
    by = declared(short, "my.yaml")
    assert not isinstance(by.layout, Rows) and by.layout[0].subject == "cu.cathode"
    assert by.layout[0].place is None


def test_what_a_column_does_not_say_the_top_says_for_all() -> None:
    shared = PRICES.replace("measure: price\n", "measure: price\nplace: market.lme\n").replace(
        ", place: market.lme", ""
    )
    by = declared(shared, "my.yaml")
    assert not isinstance(by.layout, Rows) and {column.place for column in by.layout} == {"market.lme"}


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("measure: price", "mesure: price", "SOURCE-002", "mesure"),
        ("place: market.lme}\n  Tin", "plaice: market.lme}\n  Tin", "SOURCE-002", "Copper"),
        ("licence: made up", "licence: made up\nlicence: CC BY", "SOURCE-003", "licence: CC"),
        ("address: nowhere\n", "", "SOURCE-004", "id"),
        ("id: prices", "id:", "SOURCE-004", "id"),
        ("id: prices", "id: My Prices", "SOURCE-005", "id"),
        ("{year}-{month}", "{year}-{moon}", "SOURCE-005", "date"),
        ("{name} ({unit})", "{name} ({u)", "SOURCE-005", "heads"),
        ("{name} ({unit})", "({unit})", "SOURCE-005", "heads"),
        ("measure: price", "measure: price\nheader: first", "SOURCE-005", "header"),
        ("measure: price", "measure: price\nencoding: gbq", "SOURCE-005", "encoding"),
        ("measure: price", "measure: price\nsigned: perhaps", "SOURCE-005", "signed"),
        ("measure: price", "measure: price\nwindow: perhaps", "SOURCE-005", "window"),
        ("measure: price", "measure: price\nhistory: ../sources/sge-gold.yaml", "SOURCE-005", "history"),
        ("measure: price", "measure: price\nhistory: /etc/hostname", "SOURCE-005", "history"),
        ("measure: price", "measure: price\nhistory: none.csv", "SOURCE-005", "history"),
        ('form: "{year}-{month}"', 'form: ["{month}/{day}/{year}", "{day}/{month}/{year}"]', "SOURCE-005", "date"),
        ("measure: price", "measure: price\nunit: USD/t", "SOURCE-005", "unit"),
        ("measure: price", "measure: price\nwords: \"{a}\"", "SOURCE-002", "words"),
        ("columns:", "values: {a: price}\ncolumns:", "SOURCE-005", "id"),
        ("sn.refined,", "sn.refined, decimals: 2,", "SOURCE-005", "Tin"),
        ("sn.refined", "sn.refnd", "SOURCE-007", "Tin"),
        ("market.lme}\n  Tin", "market.lmee}\n  Tin", "SOURCE-007", "Copper"),
        ("measure: price", "measure: prices", "SOURCE-007", "measure"),
        ("measure: price", "measure: cu.cathode", "SOURCE-007", "measure"),
        ('missing: [".."]', "missing: [..", "SOURCE-001", "columns"),
        ('missing: [".."]', "missing: &m [..]\nnote: *m", "SOURCE-001", "note"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(before: str, after: str, code: str, line: str) -> None:
    text = PRICES.replace(before, after, 1)
    assert text != PRICES
    error = refused(text)
    assert (error.code, error.where) == (code, f"my.yaml:{line_of(text, line)}")
    assert error.zh and all(error.zh) and error.fix


def test_a_unit_that_is_not_known_is_told_with_its_line() -> None:
    error = refused(QUOTES.replace('unit: "{unit}"', "unit: USD/tt"))
    assert (error.code, error.where) == ("SOURCE-006", f"my.yaml:{line_of(QUOTES, 'unit')}")
    assert "USD/tt" in error.found and error.zh and "USD/tt" in error.zh[0]


def test_the_nearest_code_is_named_and_so_is_the_code_of_a_name() -> None:
    assert "sn.refined" in refused(PRICES.replace("sn.refined", "sn.refnd")).expected
    assert "cu.cathode" in refused(PRICES.replace("cu.cathode", "电解铜")).expected


def test_words_that_yaml_would_take_for_something_else_stay_words() -> None:
    text = PRICES.replace('missing: [".."]', "missing: [NO, 1e3, 2020-01-02, ~, true]")
    assert declared(text, "my.yaml").missing == {"", "NO", "1e3", "2020-01-02", "~", "true"}


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "just words", "? [a]\n: b\n", "\t", "a: b: c", "[" * 5000]
)
def test_what_is_no_declaration_is_told_as_such(text: str) -> None:
    assert refused(text).code == "SOURCE-001"


def test_a_name_nobody_ships_lists_those_there_are() -> None:
    with pytest.raises(UnusableDeclaration, match="SOURCE-008") as found:
        declaration("nothing")
    assert "worldbank-pinksheet" in found.value.expected


def test_a_file_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(UnusableDeclaration, match="SOURCE-009"):
        declaration(tmp_path / "none.yaml")
