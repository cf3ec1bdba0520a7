"""The tests before publication: which there are, what they are called, and running them.

What a test is called, what it means, its parameters and where the error was seen are data
(`data/assessment/detectors.toml`); a method may set parameters of its own (`desk/parameters.py`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from touchstone.desk.declared import declared
from touchstone.desk.detectors.case import Case
from touchstone.desk.detectors.change_as_level import change_as_level
from touchstone.desk.detectors.departs import departs
from touchstone.desk.detectors.missed_deal import missed_deal
from touchstone.desk.detectors.off_level import off_level
from touchstone.desk.detectors.reversed_ends import reversed_ends
from touchstone.desk.detectors.second_person import second_person
from touchstone.desk.detectors.stale import stale
from touchstone.desk.detectors.unchanged import unchanged
from touchstone.desk.detectors.wide_range import wide_range
from touchstone.desk.detectors.wrong_currency import wrong_currency
from touchstone.desk.detectors.wrong_day import wrong_day
from touchstone.desk.detectors.wrong_unit import wrong_unit
from touchstone.desk.result import Result
from touchstone.facts.text import Text

TESTS: dict[str, Callable[[Case], Iterator[Result]]] = {
    "wrong_day": wrong_day,
    "wrong_currency": wrong_currency,
    "missed_deal": missed_deal,
    "wrong_unit": wrong_unit,
    "off_level": off_level,
    "departs": departs,
    "unchanged": unchanged,
    "change_as_level": change_as_level,
    "stale": stale,
    "reversed_ends": reversed_ends,
    "wide_range": wide_range,
    "second_person": second_person,
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is declared of a test: its name and meaning, and whether the second person may let it pass."""

    id: str
    name: Text
    meaning: Text
    may_pass: bool
    source: str


def results(case: Case) -> tuple[Result, ...]:
    """What every test says of a case, in the order of the declarations."""
    return tuple(result for name in declarations() for result in TESTS[name](case))


@cache
def declarations() -> dict[str, Declaration]:
    """The declared tests by id, in the order of the file."""
    return {row["id"]: _declaration(row) for row in declared("detectors")["detector"]}


def _declaration(row: Mapping[str, Any]) -> Declaration:
    return Declaration(
        row["id"], Text(row["zh"], row["en"]), Text(row["meaning_zh"], row["meaning_en"]), row["may_pass"],
        row["source"],
    )  # fmt: skip
