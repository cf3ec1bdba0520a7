"""Rows for JSON and CSV."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.fact import Fact
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote
from touchstone.publish.export import fact_row, quote_row, to_csv, to_json


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    [_, [cell]] = csv.reader(io.StringIO(to_csv([{"subject": text}]).removeprefix("\ufeff"), newline=""))
    assert cell == "'" + text


def test_a_formula_behind_a_character_that_spreadsheets_drop_gets_one_too() -> None:
    assert to_csv([{"subject": "\x00=1+1"}]).splitlines()[1] == "'=1+1"


def test_numbers_stay_numbers_with_the_digits_printed(fact: Callable[..., Fact]) -> None:
    table = to_csv([{"value": Decimal("-74.0"), "n": -3, "none": None}])
    assert table.splitlines()[1] == "-74.0,-3,"


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.text()}), min_size=1, max_size=5))
def test_no_cell_of_any_text_begins_like_a_formula(rows: list[dict[str, str]]) -> None:
    clean = to_csv(rows).removeprefix("\ufeff").replace("\x00", "")
    for row in list(csv.reader(io.StringIO(clean, newline="")))[1:]:
        for cell in row:
            number = cell.lstrip("-").replace(".", "", 1)
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or number.isdigit()


def test_a_fact_is_one_flat_row_with_its_place(fact: Callable[..., Fact]) -> None:
    row = json.loads(to_json(fact_row(fact("74.0", "%", start=7))))
    assert (row["value"], row["start"], row["end"], row["published"]) == ("74.0", 7, 11, "2022-09-30")


def test_no_rows_are_an_empty_table() -> None:
    assert to_csv([]) == "\ufeff"


def test_a_quote_is_a_row_behind_its_specification() -> None:
    of = Quotation(
        "bi.ingot@market.rotterdam", "bi.ingot", "market.rotterdam", "USD/lb", "excluded", "assumed"
    )
    row = quote_row(
        Quote(of, "2020-10-08", Decimal("2.80"), Decimal("2.90"), "USD/lb", ("a", "b"), "s"), "a.docx"
    )
    assert (row["quotation"], row["subject_en"], row["place_zh"]) == (of.code, "bismuth ingot", "鹿特丹")
    assert (row["low"], row["mean"], row["facts"], row["document"]) == (
        Decimal("2.80"),
        Decimal("2.85"),
        ["a", "b"],
        "a.docx",
    )
