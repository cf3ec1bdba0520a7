"""The formulas that results name, and their parameters: what they are called, what is computed, after whom, and what must hold.

The rows are data/methods.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.facts.text import Text

_FOLDER = files("touchstone") / "data" / "methods"


@dataclass(frozen=True, slots=True)
class Formula:
    """What is computed, and after whom.

    Attributes:
        key: as results name it.
        name: what it is called.
        formula: in plain characters.
        source: author, work, edition and clause.
        assumptions: what must hold for its results to mean what they say.
    """

    key: str
    name: Text
    formula: str
    source: str
    assumptions: tuple[Text, ...]


@cache
def declared(file: str) -> dict[str, Any]:
    """The contents of a file of data/methods.

    >>> sorted(declared("spillover"))
    ['method', 'preset']
    """
    return tomllib.loads((_FOLDER / f"{file}.toml").read_text(encoding="utf-8"))


def formula(key: str) -> Formula:
    """The formula of a key.

    Raises:
        ValueError: no formula has this key.

    >>> formula("linkage.changepoint").name.en
    'change points of the level'
    """
    rows = _formulas()
    if key not in rows:
        raise ValueError(f"no formula {key!r}; there are {', '.join(rows)}")
    return rows[key]


def assumptions(*methods: str) -> tuple[Text, ...]:
    """What must hold for results of these formulas, each said once. Raises ValueError: as `formula`."""
    return tuple(dict.fromkeys(each for method in methods for each in formula(method).assumptions))


def parameter(key: str, value: str) -> tuple[Text, Text]:
    """A choice in words: what the parameter is called, and its value; numbers and codes of series stay as they are.

    Raises:
        ValueError: no parameter has this key.

    >>> [text.en for text in parameter("lag_by", "bic")], [text.zh for text in parameter("window", "96")]
    (['lag chosen by', 'BIC'], ['窗口期数', '96'])
    """
    rows = _parameters()
    if key not in rows:
        raise ValueError(f"no parameter {key!r}; there are {', '.join(rows)}")
    row = rows[key]
    if value in _formulas():
        return Text(row["zh"], row["en"]), _formulas()[value].name
    said = row.get("value", {}).get(value)
    return Text(row["zh"], row["en"]), Text(**said) if said else Text(value, value)


@cache
def _formulas() -> dict[str, Formula]:
    return {
        row["key"]: Formula(
            row["key"], Text(row["zh"], row["en"]), row["formula"], row["source"],
            tuple(Text(**each) for each in row.get("assumption", ())),
        )
        for row in _rows("method")
    }  # fmt: skip


@cache
def _parameters() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in _rows("parameter")}


def _rows(kind: str) -> list[dict[str, Any]]:
    every = sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir())
    return [row for file in every for row in declared(file).get(kind, ())]
