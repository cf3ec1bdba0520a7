"""The formulas that results name: what they are called and what must hold, from data/methods."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.facts.text import Text

_FOLDER = files("touchstone") / "data" / "methods"


@cache
def declared(file: str) -> dict[str, Any]:
    """The contents of a file of data/methods.

    >>> sorted(declared("spillover"))
    ['method', 'preset']
    """
    return tomllib.loads((_FOLDER / f"{file}.toml").read_text(encoding="utf-8"))


def name_of(method: str) -> Text:
    """What a formula is called.

    Raises:
        ValueError: no formula has this key.

    >>> name_of("linkage.changepoint").en
    'change points of the level'
    """
    row = _row(method)
    return Text(row["zh"], row["en"])


def assumptions(*methods: str) -> tuple[Text, ...]:
    """What must hold for results of these formulas, each said once. Raises ValueError: as `name_of`."""
    stated = [Text(**each) for method in methods for each in _row(method).get("assumption", ())]
    return tuple(dict.fromkeys(stated))


def _row(method: str) -> dict[str, Any]:
    rows = _rows()
    if method not in rows:
        raise ValueError(f"no formula {method!r}; there are {', '.join(rows)}")
    return rows[method]


@cache
def _rows() -> dict[str, dict[str, Any]]:
    every = sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir())
    return {row["key"]: row for file in every for row in declared(file).get("method", ())}
