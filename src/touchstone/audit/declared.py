"""Declared knowledge of the rules: the files of `data/rules`, read once when first needed."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def declared(name: str) -> dict[str, Any]:
    """The contents of `data/rules/<name>.toml`."""
    path = files("touchstone") / "data" / "rules" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
