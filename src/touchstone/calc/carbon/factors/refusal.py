"""Refusals of the factor library, in five parts and two languages; the words are data (`data/carbon/refusals.toml`)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

from touchstone.errors import Refusal
from touchstone.facts.text import Text

_PARTS = ("found", "expected", "so", "fix")
_R = TypeVar("_R", bound=Refusal)


class UnusableFactor(Refusal):
    """A row of factors, limits or documents cannot be used as it is; the place is its file and row."""


class NoFactor(Refusal):
    """No factor can be taken for what was asked, or several could: the message says what was passed over and why."""


class MixedFactors(Refusal):
    """Factors that answer different questions were asked for, or stand, in one account."""


def refusal(kind: type[_R], code: str, where: str, **values: object) -> _R:
    """The error to raise for `code` about `where`; a `Text` fills its gap in each language.

    Raises:
        KeyError: the catalogue has no such code, or a gap was not filled.
    """
    parts = catalogue()[code]
    zh, en = ([parts[part][lang].format(**_gaps(values, lang)) for part in _PARTS] for lang in ("zh", "en"))
    return kind(code, where, en[0], en[1], en[2], en[3], (zh[0], zh[1], zh[2], zh[3]))


@cache
def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """All refusals: code → part → language → words."""
    return tomllib.loads(files("touchstone").joinpath("data/carbon/refusals.toml").read_text("utf-8"))


def _gaps(values: Mapping[str, object], lang: str) -> dict[str, object]:
    return {
        name: getattr(value, lang) if isinstance(value, Text) else value for name, value in values.items()
    }
