"""Every formula that a result names is written down once, with a name in both languages and a source."""

import re
import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from touchstone.calc.linkage.convention import Decomposition
from touchstone.calc.linkage.methods import assumptions, name_of

ROWS = [
    row
    for file in (files("touchstone") / "data" / "methods").iterdir()
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["method"]
]
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
    name = name_of(key)
    assert name.zh and name.en and key not in (name.zh, name.en)


def test_assumptions_of_several_formulas_are_said_once_in_order() -> None:
    alone, both = (
        assumptions("spillover.cholesky"),
        assumptions("spillover.cholesky", "spillover.generalised"),
    )
    assert both[: len(alone)] == alone and len(both) == len(set(both)) == len(alone) + 1


def test_a_formula_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no formula 'spillover\.magic'; there are .*spillover\.alert"):
        name_of("spillover.magic")
