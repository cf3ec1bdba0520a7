"""Refusals whose words are data: five parts in two languages, kept as TOML by code, filled where something is refused."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

from touchstone.errors import Refusal
from touchstone.facts.text import Text

_PARTS = ("found", "expected", "so", "fix")
_R = TypeVar("_R", bound=Refusal)


def refused(
    rooms: tuple[str, ...], kind: type[_R], code: str, where: str, values: Mapping[str, object]
) -> _R:
    """The error to raise for `code` about `where`, in the words of the files `rooms`; a `Text` fills its gap in each language.

    Args:
        rooms: paths of TOML files inside the package's data.

    Raises:
        KeyError: no file has such a code, or a gap was not filled.
    """
    parts = catalogue(rooms)[code]
    zh, en = ([parts[part][lang].format(**_gaps(values, lang)) for part in _PARTS] for lang in ("zh", "en"))
    return kind(code, where, en[0], en[1], en[2], en[3], (zh[0], zh[1], zh[2], zh[3]))


@cache
def catalogue(rooms: tuple[str, ...]) -> dict[str, dict[str, dict[str, str]]]:
    """All refusals of these files: code → part → language → words."""
    read = (files("touchstone").joinpath(f"data/{room}").read_text("utf-8") for room in rooms)
    return {code: parts for text in read for code, parts in tomllib.loads(text).items()}


def _gaps(values: Mapping[str, object], lang: str) -> dict[str, object]:
    return {
        name: getattr(value, lang) if isinstance(value, Text) else value for name, value in values.items()
    }
