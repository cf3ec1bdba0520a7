"""Reading factors: a row that cannot be used is left out by its file and row, and the rest of the file goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.carbon.factors.export import csv_text
from touchstone.calc.carbon.factors.factor_file import COLUMNS, read_factors, shipped
from touchstone.calc.carbon.factors.refusal import UnusableFactor
from touchstone.facts.refusing import catalogue

HEAD = ",".join(COLUMNS)
GOOD = "ncv,coke,28.447,GJ/t,,cn-ndrc-2013-al,table,,,,CN,,C,,,,,,"


def changed(**cells: str) -> str:
    row = dict(zip(COLUMNS, GOOD.split(","), strict=True))
    return ",".join({**row, **cells}.values())


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"value": "28.4x"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e999999999999"}, "value"),
        ({"unit": "kWh"}, "unit"),
        ({"unit": "GJ/stone"}, "unit"),
        ({"kind": "warmth"}, "kind"),
        ({"of": "unobtainium"}, "of"),
        ({"gas": "CO"}, "gas"),
        ({"document": "hearsay"}, "document"),
        ({"data_year": "20x3"}, "data_year"),
        ({"valid_from": "2024-13-01"}, "valid_from"),
        ({"valid_from": "2024-02-01", "valid_to": "2024-01-01"}, "valid_to"),
        ({"region": "CN-99"}, "region"),
        ({"tag": "R"}, "tag"),
        ({"low": "30", "high": "31"}, "value"),
        ({"low": "31", "high": "30"}, "low"),
        ({"distribution": "cauchy"}, "distribution"),
        ({"note_zh": "只有中文"}, "note"),
        ({"kind": "emission", "of": "electricity.grid", "unit": "tCO2/MWh"}, "family"),
    ],
)
def test_a_wrong_cell_is_told_with_file_and_row_and_the_others_are_read(
    cells: dict[str, str], column: str
) -> None:
    text = "\n".join([HEAD, changed(of="diesel"), changed(**cells), changed(of="gasoline")])
    factors, [problem] = read_factors(text, "own.csv")
    assert [each.of for each in factors] == ["diesel", "gasoline"]
    assert (problem.code, problem.where) == ("FACTOR-002", "own.csv:3")
    assert problem.found.startswith(column) and problem.zh


def test_no_value_without_a_reason_is_refused_and_with_one_it_is_kept() -> None:
    text = "\n".join([HEAD, changed(value=""), changed(value="", note_zh="未见", note_en="not found")])
    [kept], [problem] = read_factors(text, "own.csv")
    assert (problem.code, problem.where) == ("FACTOR-004", "own.csv:2")
    assert kept.value is None


def test_the_same_thing_twice_in_one_document_is_refused() -> None:
    factors, [problem] = read_factors(f"{HEAD}\n{GOOD}\n{changed(value='28.5')}\n", "own.csv")
    assert problem.code == "FACTOR-003" and "own.csv:2" in problem.found
    assert str(factors[0].value) == "28.447"


def test_a_row_with_a_cell_too_many_or_too_few_is_refused() -> None:
    _, problems = read_factors(f"{HEAD}\n{GOOD},more\n{GOOD[:-3]}\n", "own.csv")
    assert [each.code for each in problems] == ["FACTOR-002", "FACTOR-002"]


@pytest.mark.parametrize("text", ["", "kind,of\n", HEAD.replace("unit", "units") + "\n"])
def test_a_file_with_another_head_is_refused_whole(text: str) -> None:
    with pytest.raises(UnusableFactor, match="FACTOR-001"):
        read_factors(text, "own.csv")


def test_what_is_exported_reads_back_to_the_same() -> None:
    factors, problems = read_factors(csv_text(shipped()), "out.csv")
    assert factors == shipped() and not problems


def test_ids_are_stable_and_say_what_they_are() -> None:
    ids = {each.id for each in shipped()}
    assert len(ids) == len(shipped())
    assert {
        "ncv.coke@cn-ndrc-2013-al",
        "emission.electricity.grid@cn-grid-2022/CN-53/2022/grid-average",
        "emission.anode-effect.c2f6@cn-cets-2024-al",
        "price.allowance.cea@cea-price/2021/2021-12-31",
    } <= ids


@given(st.text(max_size=60))
def test_any_text_in_a_cell_is_a_value_or_a_refusal(text: str) -> None:
    row = GOOD.replace("28.447", '"' + text.replace('"', '""') + '"')
    factors, problems = read_factors(f"{HEAD}\n{row}\n", "fuzz.csv")
    assert len(factors) + len(problems) == 1
    assert all(each.zh for each in problems)


def test_every_refusal_has_four_parts_in_both_languages() -> None:
    for parts in catalogue(("carbon/refusals.toml",)).values():
        assert [*parts] == ["found", "expected", "so", "fix"]
        assert all(part["zh"] and part["en"] for part in parts.values())
