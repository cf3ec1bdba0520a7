"""Refusals of pathways and targets, in five parts and two languages; the words are data (`data/pathway/refusals/*.toml`)."""

from touchstone.errors import Refusal
from touchstone.facts.refusing import refused

_ROOMS = tuple(
    f"pathway/refusals/{room}.toml" for room in ("register", "scenario", "plan", "chance", "target", "pages")
)


class UnusablePathway(Refusal):
    """A register, a catalogue, a scenario, a target or a plan cannot be used as it is; the place is its file and line."""


def refusal(code: str, where: str, **values: object) -> UnusablePathway:
    """The error to raise for `code` about `where`; see `refused`."""
    return refused(_ROOMS, UnusablePathway, code, where, values)
