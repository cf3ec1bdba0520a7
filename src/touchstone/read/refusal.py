"""Refusals: why a file is not read, in five parts and two languages.

The words are data (`data/refusals.toml`); a reader only names the code and fills the gaps.
"""

import tomllib
from functools import cache
from importlib.resources import files

from touchstone.errors import UnreadableFile

_PARTS = ("found", "expected", "so", "fix")


def refusal(code: str, where: str, **values: object) -> UnreadableFile:
    """The error to raise for `code` about `where` (file, or file!sheet).

    A value may be a pair (English, Chinese); any other value is written alike in both languages.

    Raises:
        KeyError: the catalogue has no such code, or a gap was not filled.
    """
    parts = catalogue()[code]
    english, chinese = (
        [parts[part][language].format(**_gaps(values, language)) for part in _PARTS] for language in (0, 1)
    )
    return UnreadableFile(code, where, *english, zh=(chinese[0], chinese[1], chinese[2], chinese[3]))


@cache
def catalogue() -> dict[str, dict[str, list[str]]]:
    """All refusals: code → part → [English, Chinese]."""
    return tomllib.loads(files("touchstone").joinpath("data/refusals.toml").read_text("utf-8"))


def _gaps(values: dict[str, object], language: int) -> dict[str, object]:
    return {name: value[language] if isinstance(value, tuple) else value for name, value in values.items()}
