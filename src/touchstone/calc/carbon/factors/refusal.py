"""Refusals of the factor library, in five parts and two languages; the words are data (`data/carbon/refusals.toml`)."""

from typing import TypeVar

from touchstone.errors import Refusal
from touchstone.facts.refusing import refused

_R = TypeVar("_R", bound=Refusal)


class UnusableFactor(Refusal):
    """A row of factors, limits or documents cannot be used as it is; the place is its file and row."""


class NoFactor(Refusal):
    """No factor can be taken for what was asked, or several could: the message says what was passed over and why."""


class MixedFactors(Refusal):
    """Factors that answer different questions were asked for, or stand, in one account."""


def refusal(kind: type[_R], code: str, where: str, **values: object) -> _R:
    """The error to raise for `code` about `where`; see `refused`."""
    return refused(("carbon/refusals.toml",), kind, code, where, values)
