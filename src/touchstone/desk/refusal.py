"""Refusals of the desk: what may not be done, in five parts and two languages.

The words are data (`refusals.toml` of data/assessment, data/dispatch, data/carbon and data/carbon/assets); who refuses only names the code and fills the gaps.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

from touchstone.errors import Refusal
from touchstone.facts.text import Text

_PARTS = ("found", "expected", "so", "fix")
_R = TypeVar("_R", bound=Refusal)


class UnusableMethod(Refusal):
    """A method is missing, contradicts itself, or was changed after it was used."""


class UnknownAssessment(Refusal):
    """No assessment has this id."""


class UnknownMatter(Refusal):
    """No matter of dispatch has this id."""


class UnknownProposal(Refusal):
    """No proposal of a factor has this id."""


class UnusableList(Refusal):
    """A white list, or a row of it, cannot be used as it is."""


class NotAllowed(Refusal):
    """An act at the desk is not allowed as things stand: wrong state, no reason, no second person, a failing test."""


class DamagedTrail(Refusal):
    """The trail is not as it was written: an entry was changed, taken out or put in."""


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
    rooms = (
        files("touchstone").joinpath(f"data/{room}/refusals.toml")
        for room in ("assessment", "dispatch", "carbon", "carbon/assets")
    )
    return {code: parts for room in rooms for code, parts in tomllib.loads(room.read_text("utf-8")).items()}


def _gaps(values: dict[str, object], lang: str) -> dict[str, object]:
    return {
        name: getattr(value, lang) if isinstance(value, Text) else value for name, value in values.items()
    }
