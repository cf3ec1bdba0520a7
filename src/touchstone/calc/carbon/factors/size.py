"""How large a value of a property can be: one written in another unit lies far from every published one."""

from collections.abc import Sequence
from fractions import Fraction

from touchstone.calc.carbon.factors.library import Library
from touchstone.facts.unit import convert, same_kind

_SIZED = ("ncv", "carbon-content")
"""Properties that a slip of a unit shows in: of one item they lie within a small range."""
_LEAST, _MOST = Fraction(1, 5), Fraction(5)
"""How far from the library's values a measured property may lie, as times of the least and the greatest."""


def published(library: Library, kind: str, of: str, unit: str) -> tuple[Fraction, ...]:
    """The published values of a kind for a thing, in `unit`; none that is unverified, a user's own, or of another dimension."""
    return tuple(
        convert(each.value, each.unit, unit)
        for each in library.of(kind, of)
        if each.value is not None and each.tag not in ("unverified", "user") and same_kind(each.unit, unit)
    )


def limits(kind: str, known: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    """What a measured value may lie between, by the published ones; None where they do not bound it."""
    return (min(known) * _LEAST, max(known) * _MOST) if known and kind in _SIZED else None
