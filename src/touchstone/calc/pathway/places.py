"""The places a line, a contract or a target can be in."""

from functools import cache

from touchstone.facts.vocabulary import vocabulary


@cache
def places() -> frozenset[str]:
    """Codes of all places of the vocabulary: CN, CN-35, CN-3501."""
    return frozenset(term.code for term in vocabulary().terms("place"))
