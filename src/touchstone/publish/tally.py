"""Which findings count: the one place from which every tally is made."""

from collections.abc import Iterable

from touchstone.audit.finding import Finding

_GROUPING = "joint"
"""The rule that says of identities together what others say of each."""


def counted(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of an audit without those that repeat others, in their order.

    A group of identities that cannot hold together repeats them where each of its figures stands in a
    finding of its own that fails; where one does not, the group says something new and counts.
    """
    every = list(findings)
    alone = {fact for f in every if f.verdict == "fails" and f.rule != _GROUPING for fact in f.facts}
    return [f for f in every if f.verdict != "fails" or f.rule != _GROUPING or not alone.issuperset(f.facts)]
