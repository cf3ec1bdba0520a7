"""Revisions: a value that a later publication states differently, beyond what rounding explains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.conversion import rounded
from touchstone.facts.fact import Fact
from touchstone.facts.series import by_vintage
from touchstone.facts.unit import convert


@dataclass(frozen=True, slots=True)
class Revision:
    """One value changed by a later publication.

    Attributes:
        before, after: the two values as printed, in `unit_before` and `unit_after`.
        share: the change in per cent of the earlier one, two decimals; None where that is zero or cannot be compared.
        facts: ids of the two.
    """

    subject: str
    measure: str
    place: str
    period: str
    before: Decimal
    after: Decimal
    unit_before: str
    unit_after: str
    share: Decimal | None
    facts: tuple[str, str]


def revision(facts: Sequence[Fact]) -> Iterator[Revision]:
    """The revisions among the vintages of one series and period, oldest first.

    Of one document only its last reading counts: that a reader read it anew is no revision of the issuer's.
    Two roundings of one value (93.2 and 93) are none either.
    """
    last = {fact.source: fact for fact in by_vintage(facts)}
    for before, after in pairwise(by_vintage(list(last.values()))):
        now = _in_unit(after, before.unit)
        if now is None or _apart(before, now, after):
            share = None
            if now is not None and before.value:
                share = rounded((now - Fraction(before.value)) / abs(Fraction(before.value)) * 100, 2)
            yield Revision(
                after.subject, after.measure, after.place or "", after.period or "", before.value, after.value,
                before.unit, after.unit, share, (before.id, after.id),
            )  # fmt: skip


def _in_unit(fact: Fact, unit: str) -> Fraction | None:
    """A value in another unit; None where it measures something else."""
    if fact.unit == unit:
        return Fraction(fact.value)
    try:
        return convert(fact.value, fact.unit, unit)
    except (UnitMismatch, UnknownUnit):
        return None


def _apart(before: Fact, now: Fraction, after: Fact) -> bool:
    """Whether the rounding intervals of two values do not touch."""
    size = abs(now / Fraction(after.value)) if after.value else Fraction(1)
    return abs(now - Fraction(before.value)) > Fraction(before.half_width) + Fraction(after.half_width) * size
