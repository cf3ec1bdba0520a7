"""A finding: what became of one identity that the figures of the documents should satisfy."""

from dataclasses import dataclass

from touchstone.facts.text import Text

VERDICTS = ("fails", "edge", "revised", "warning", "accepted", "holds")
"""From most to least serious.

holds     the intervals of the printed figures allow the identity.
edge      they allow it only at the limit of rounding; `chance` says how likely that is.
fails     no rounding explains it; `half_units` says by how much.
revised   it fails unless earlier figures were restated; the size of the restatement is in `note`.
warning   words and figures pull apart, or a value is unusual; a careful reader would look.
accepted  it failed, and a person accepted it with a reason and a date of expiry.
"""


@dataclass(frozen=True, slots=True)
class Healing:
    """The single figure that would heal a failed identity, and what it would have to be."""

    fact: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One identity tested.

    Attributes:
        id: hash of rule and facts; stable from run to run.
        rule: id of the rule (`cumulative`, `share_of_total`, ...).
        verdict: one of `VERDICTS`.
        facts: ids of the facts, in the order of the arithmetic.
        title: what was tested, in one line.
        arithmetic: the sum with numbers and intervals, ready to print.
        quotes: the printed words of each fact, in the order of `facts`.
        sources: document hashes concerned.
        chance: probability that rounding explains it (edge), else None.
        half_units: by how many half-units of the stated figure it fails, else None.
        heals: figures any one of which, changed alone, would heal it.
        note: explanation (a revision, an open list, another scope), or None.
        severity: larger is more serious; the order of the audit page.
    """

    id: str
    rule: str
    verdict: str
    facts: tuple[str, ...]
    title: Text
    arithmetic: Text
    quotes: tuple[str, ...]
    sources: tuple[str, ...]
    chance: float | None = None
    half_units: float | None = None
    heals: tuple[Healing, ...] = ()
    note: Text | None = None
    severity: float = 0.0
