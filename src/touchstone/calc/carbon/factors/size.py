"""How large a value of a property can be: one written in another unit lies far from every published one."""

from collections.abc import Iterable
from fractions import Fraction

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import Library
from touchstone.facts.unit import convert, same_kind

_SIZED = ("ncv", "carbon-content", "oxidation", "purity")
"""Properties that a slip of a unit shows in: of one item they lie within a small range."""
_ALIKE = ("oxidation", "purity")
"""Of these, shares of a whole that are alike for all items: one without a published value is measured by those of the others."""
_LEAST, _MOST = Fraction(1, 5), Fraction(5)
"""How far from the library's values a measured property may lie, as times of the least and the greatest."""


def published(library: Library, kind: str, of: str, unit: str) -> tuple[Fraction, ...]:
    """The published values of a kind for a thing, in `unit`; none that is unverified, a user's own, or of another dimension."""
    return _in_unit(library.of(kind, of), unit)


def limits(library: Library, kind: str, of: str, unit: str) -> tuple[Fraction, Fraction] | None:
    """What a measured value may lie between, by the published ones, in `unit`; None where they do not bound it."""
    known = published(library, kind, of, unit) if kind in _SIZED else ()
    if kind in _ALIKE:
        known = known or _in_unit(library.browse(kind=kind), unit)
        return (min(known) * _LEAST, convert(1, "times", unit)) if known else None
    return (min(known) * _LEAST, max(known) * _MOST) if known else None


def _in_unit(factors: Iterable[Factor], unit: str) -> tuple[Fraction, ...]:
    return tuple(
        convert(each.value, each.unit, unit)
        for each in factors
        if each.value is not None and each.tag not in ("unverified", "user") and same_kind(each.unit, unit)
    )
