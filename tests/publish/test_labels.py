"""Figures in the schema of label files."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact, Locator
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.labels import label_measure, labels

FIELDS = ["id", "quote", "subject", "measure", "period", "value", "value_high", "unit", "market", "region",
          "line", "start", "end", "form", "approx", "base"]  # fmt: skip
CALLED = {
    "price.low": "price_low", "price.high": "price_high", "output.cumulative": "cumulative_output",
    "output.cumulative.yoy": "yoy", "price.mom": "mom", "price.change": "change", "band.low": "band_low",
    "band.high": "band_high", "index": "index", "count": "count", "import": "volume", "profit": "money",
    "duration": "other", "rank": "other", "price.mean": "price",
}  # fmt: skip


@pytest.mark.parametrize(("measure", "label"), CALLED.items())
def test_measures_are_called_as_in_label_files(measure: str, label: str) -> None:
    assert label_measure(measure) == label


def test_a_target_is_labelled_so_whatever_it_measures() -> None:
    assert label_measure("share", "target") == "target"


def test_every_measure_of_the_vocabulary_has_a_label_of_the_schema() -> None:
    known = {
        *CALLED.values(),
        "target",
        "capacity",
        "share",
        "money",
        "output",
        "area",
        "energy",
        "intensity",
    }
    assert {label_measure(term.code) for term in vocabulary().terms("measure")} <= known


def test_a_label_has_the_fields_of_the_schema_in_order_and_the_line_from_one(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    text = document("第一行", "铟锭1300-1400元/公斤")
    low, high = (
        fact(v, "元/公斤", start=6, quote="1300-1400元/公斤", measure=m, place="market.domestic")
        for v, m in (("1300", "price.low"), ("1400", "price.high"))
    )
    found = list(labels(text, [low, high]))
    assert [list(label) for label in found] == [FIELDS, FIELDS]
    assert [(x["value"], x["measure"], x["line"], x["market"], x["region"]) for x in found] == [
        (1300, "price_low", 2, "domestic", None),
        (1400, "price_high", 2, "domestic", None),
    ]
    assert all(text.text[int(str(x["start"])) : int(str(x["end"]))] == x["quote"] for x in found)
    json.dumps(found)


def test_a_table_cell_names_its_table(fact: Callable[..., Fact], document: Callable[..., Document]) -> None:
    table = document([["锗", "997.5"]])
    cell = fact("997.5", "", locator=Locator(0, 2, 7, 0, 1))
    [label] = labels(table, [cell])
    assert label["table"] == ""
    assert label["unit"] is None
    assert label["value"] == 997.5


def test_a_whole_number_is_an_integer_and_a_range_has_both_ends(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    [label] = labels(document("18GW-20GW"), [fact("18", "GW", quote="18GW-20GW", value_high=Decimal(20))])
    assert (label["value"], label["value_high"]) == (18, 20)
    assert isinstance(label["value"], int)


def test_offsets_are_those_of_the_file_as_decoded(sample_folder: Path) -> None:
    from touchstone.read.figures import read_figures
    from touchstone.read.read import read_document

    file = sample_folder / "copper-note-2022-09.txt"
    text = file.read_text(encoding="utf-8")
    document = read_document(file, file.name)
    found = list(labels(document, read_figures(document)))
    assert len(found) > 10
    for label in found:
        start, end = int(str(label["start"])), int(str(label["end"]))
        assert text[start:end] == label["quote"]
        assert text.count("\n", 0, start) + 1 == label["line"]
