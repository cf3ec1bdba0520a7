"""Parameters of the tests: those declared, those a method sets for its own quotation, and what it may not set.

A test that a method could set beyond all measure would be switched off by it, so every number has a least and a
most (`data/assessment/detectors.toml`), and a list may only grow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from touchstone.desk.declared import declared
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a test: its name in words, its value where a method sets none, and how far one may go.

    `least` and `most` are None for a list.
    """

    name: Text
    value: Any
    least: int | None
    most: int | None


@cache
def parameters() -> dict[str, dict[str, Parameter]]:
    """The declared parameters: test → name → parameter; every test is there."""
    return {
        row["id"]: {each["id"]: _parameter(each) for each in row.get("parameter", ())}
        for row in declared("detectors")["detector"]
    }


def parameter(own: Mapping[str, Mapping[str, Any]], test: str, name: str) -> Any:
    """A parameter of a test: the method's own, else the declared one."""
    return own.get(test, {}).get(name, parameters()[test][name].value)


def wrong_parameters(own: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    """What is wrong with the parameters that a method sets; `why`, a text beside them, is nothing to test."""
    for test, given in own.items():
        if test not in parameters():
            yield f"test.{test} is no test; there are {', '.join(parameters())}"
            continue
        known = parameters()[test]
        for name, value in given.items():
            if name not in known and name != "why":
                yield f"test.{test} has no {name}; it has {', '.join(known) or 'no parameters'}"
            elif name in known and not _is_in_bounds(known[name], value):
                yield f"test.{test}.{name} must be {_bounds(known[name])}"
    lately, few = parameter(own, "wide_range", "lately"), parameter(own, "wide_range", "at_least")
    if isinstance(lately, int) and isinstance(few, int) and few > lately:
        yield "test.wide_range.at_least is more than lately"


def _parameter(row: Mapping[str, Any]) -> Parameter:
    return Parameter(Text(row["zh"], row["en"]), row["value"], row.get("least"), row.get("most"))


def _bounds(known: Parameter) -> str:
    if known.least is not None:
        return f"a whole number from {known.least} to {known.most}"
    return f"{known.value} and, if you like, more pairs of units, as far apart as those at least"


def _is_in_bounds(known: Parameter, value: Any) -> bool:
    if known.least is not None and known.most is not None:
        return type(value) is int and known.least <= value <= known.most
    return isinstance(value, list) and all(each in value for each in known.value) and _are_apart(known, value)


def _are_apart(known: Parameter, pairs: list[Any]) -> bool:
    """Whether all are pairs of units of one kind whose factor is no nearer to 1 than the nearest declared one."""
    try:
        factors = [max(factor := convert(1, one, other), 1 / factor) for one, other in pairs]
        return min(factors) >= min(convert(1, one, other) for one, other in known.value)
    except (UnknownUnit, UnitMismatch, TypeError, ValueError, AttributeError):
        return False
