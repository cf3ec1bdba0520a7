"""What a model takes where a scenario says nothing; conventions, kept as data (`data/pathway/presets.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def presets() -> dict[str, dict[str, float]]:
    """All presets: table → name → value."""
    return tomllib.loads(files("touchstone").joinpath("data/pathway/presets.toml").read_text("utf-8"))
