"""What the desk knows by declaration: kinds of input, columns of files, conditions, causes of corrections."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.facts.text import Text


@cache
def declared(name: str) -> dict[str, Any]:
    """The contents of `data/assessment/<name>.toml`."""
    return tomllib.loads(files("touchstone").joinpath(f"data/assessment/{name}.toml").read_text("utf-8"))


@cache
def named(name: str, group: str) -> dict[str, Text]:
    """The rows of a group of a file: id → name in both languages, in the order of the file.

    >>> named("columns", "kind")["deal"].zh
    '成交'
    """
    return {row["id"]: Text(row["zh"], row["en"]) for row in declared(name)[group]}


@cache
def name_folds() -> dict[int, str]:
    """Traditional characters of personal names, by code point, with their simplified form."""
    return str.maketrans({pair[0]: pair[1] for pair in declared("names")["pairs"].split()})


def kinds() -> dict[str, Text]:
    """The kinds of input: deal, bid, offer, indication."""
    return named("columns", "kind")


def conditions() -> dict[str, Text]:
    """The conditions of a method that are tested by calculation."""
    return named("conditions", "condition")


def causes() -> dict[str, Text]:
    """The causes a correction notice may name."""
    return named("causes", "cause")
