"""Refusals of the desk: what may not be done, in five parts and two languages.

The words are data (`refusals.toml` of data/assessment, data/dispatch, data/carbon and data/carbon/assets); who refuses only names the code and fills the gaps.
"""

from typing import TypeVar

from touchstone.errors import Refusal
from touchstone.facts.refusing import refused

_R = TypeVar("_R", bound=Refusal)
_ROOMS = tuple(f"{room}/refusals.toml" for room in ("assessment", "dispatch", "carbon", "carbon/assets"))


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
    """The error to raise for `code` about `where`; see `refused`."""
    return refused(_ROOMS, kind, code, where, values)
