"""Refusals: why a file is not read, in five parts and two languages.

The words are data (`data/refusals.toml`); a reader only names the code and fills the gaps.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

from touchstone.errors import Refusal, UnreadableFile

_PARTS = ("found", "expected", "so", "fix")
_Kind = TypeVar("_Kind", bound=Refusal)


def refusal(code: str, where: str, **values: object) -> UnreadableFile:
    """The error to raise for `code` about `where` (file, or file!sheet). See `refused`."""
    return refused(UnreadableFile, code, where, **values)


def refused(what: type[_Kind], code: str, where: str, /, **values: object) -> _Kind:
    """An error of the kind `what` for `code` about `where`.

    A value may be a pair (English, Chinese); any other value is written alike in both languages.

    Raises:
        KeyError: the catalogue has no such code, or a gap was not filled.
    """
    parts = catalogue()[code]
    english, chinese = (
        [parts[part][language].format(**_gaps(values, language)) for part in _PARTS] for language in (0, 1)
    )
    return what(code, where, *english, zh=(chinese[0], chinese[1], chinese[2], chinese[3]))


@cache
def catalogue() -> dict[str, dict[str, list[str]]]:
    """All refusals: code → part → [English, Chinese]."""
    return tomllib.loads(files("touchstone").joinpath("data/refusals.toml").read_text("utf-8"))


def _gaps(values: dict[str, object], language: int) -> dict[str, object]:
    return {name: value[language] if isinstance(value, tuple) else value for name, value in values.items()}
