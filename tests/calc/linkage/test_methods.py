"""Every formula that a result names is written down once, with a name in both languages and a source."""

import re
import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from touchstone.calc.linkage.causality import Variant
from touchstone.calc.linkage.changepoint import Algorithm
from touchstone.calc.linkage.convention import Decomposition, Normalisation
from touchstone.calc.linkage.critical_values import Deterministic, Table
from touchstone.calc.linkage.lag_choice import Criterion
from touchstone.calc.linkage.methods import assumptions, formula, parameter
from touchstone.calc.linkage.reduced_rank import Specification
from touchstone.calc.linkage.unitroot import Trend
from touchstone.calc.linkage.var import Divisor
from touchstone.facts.text import Text

FILES = [
    tomllib.loads(file.read_text(encoding="utf-8"))
    for file in (files("touchstone") / "data" / "methods").iterdir()
]
ROWS = [row for file in FILES for row in file.get("method", ())]
CHOICES = [row for file in FILES for row in file.get("parameter", ())]
KEYS = [row["key"] for row in ROWS]


def _named(folder: str, pattern: str) -> set[str]:
    """What a pattern finds in the code of a folder of the package."""
    code = (files("touchstone") / folder).iterdir()
    return {
        key
        for file in code
        if file.name.endswith(".py")
        for key in re.findall(pattern, file.read_text(encoding="utf-8"))
    }


def test_all_rows_have_one_shape_and_each_key_is_there_once() -> None:
    assert len(set(KEYS)) == len(KEYS)
    for row in ROWS:
        assert set(row) - {"assumption"} == {"key", "zh", "en", "formula", "source"} and all(row.values())
        assert all(set(each) == {"zh", "en"} and all(each.values()) for each in row.get("assumption", ()))


def test_every_formula_that_a_linkage_names_is_written_down_and_none_is_written_down_for_nothing() -> None:
    named = _named("calc/linkage", r'"((?:linkage|spillover)\.[a-z_]+)"')
    named |= {f"spillover.{how}" for how in get_args(Decomposition)}
    assert named == {key for key in KEYS if key.startswith(("linkage.", "spillover."))}
    assert _named("publish/linkage", r'rule="([a-z_.]+)"') <= named


def test_every_formula_that_a_derived_price_names_is_written_down() -> None:
    named = _named("calc", r'(?:_derived|_fact)\(\s*"([a-z_.]+)"')
    assert {"price.mean", "outlook.trend"} <= named <= set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_formula_is_called_by_its_name(key: str) -> None:
    name = formula(key).name
    assert name.zh and name.en and key not in (name.zh, name.en)


def test_assumptions_of_several_formulas_are_said_once_in_order() -> None:
    alone, both = (
        assumptions("spillover.cholesky"),
        assumptions("spillover.cholesky", "spillover.generalised"),
    )
    assert both[: len(alone)] == alone and len(both) == len(set(both)) == len(alone) + 1


def test_a_formula_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no formula 'spillover\.magic'; there are .*spillover\.alert"):
        formula("spillover.magic")


def test_all_parameters_have_one_shape_and_each_key_is_there_once() -> None:
    keys = [row["key"] for row in CHOICES]
    assert len(set(keys)) == len(keys)
    for row in CHOICES:
        assert set(row) - {"value"} == {"key", "zh", "en"} and all(row.values())
        assert all(set(each) == {"zh", "en"} and all(each.values()) for each in row.get("value", {}).values())


def test_no_parameter_is_written_down_that_no_statement_carries() -> None:
    written = _named("calc/linkage", r'\(\s*"([a-z_0-9]+)",\s')
    assert {row["key"] for row in CHOICES} <= written


@pytest.mark.parametrize(
    ("key", "chosen"),
    [
        ("decomposition", Decomposition), ("normalisation", Normalisation), ("divisor", Divisor), ("variant", Variant),
        ("deterministic", Deterministic), ("critical_values", Table), ("specification", Specification),
        ("algorithm", Algorithm), ("trend", Trend), ("lag_by", Criterion),
    ],
)  # fmt: skip
def test_every_word_that_can_be_chosen_is_said_in_both_languages(key: str, chosen: object) -> None:
    [row] = [row for row in CHOICES if row["key"] == key]
    assert set(get_args(chosen)) <= set(row["value"])


def test_an_interval_is_called_by_its_formula_and_a_number_stays_a_number() -> None:
    assert parameter("interval", "spillover.bootstrap")[1] == formula("spillover.bootstrap").name
    assert parameter("window", "96")[1] == Text("96", "96")


def test_a_parameter_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no parameter 'magic'; there are .*horizon"):
        parameter("magic", "1")
