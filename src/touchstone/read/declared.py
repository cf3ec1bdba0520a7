"""The declared rules of reading: word lists and patterns as data, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def declared(name: str) -> dict[str, Any]:
    """The rules of `data/rules/<name>.toml`."""
    return tomllib.loads((files("touchstone") / f"data/rules/{name}.toml").read_text("utf-8"))
