"""What changed between two documents or editions: factor by factor, and by how much."""

from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.context import level_of
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.refusal import NoFactor, refusal
from touchstone.facts.unit import convert, unit

_Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One factor in two documents.

    Attributes:
        before, after: None where one of the two has none; a factor without a value counts as stated and unknown.
        change: after less before, in the unit of before; relative: as a share of before. None where a value is missing, the
            units do not measure one thing, or before is 0.
    """

    kind: str
    of: str
    before: Factor | None
    after: Factor | None
    change: Fraction | None
    relative: Fraction | None

    @property
    def what(self) -> str:
        """new, gone, same, changed or unknown."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        if self.change is None:
            return "unknown"
        return "changed" if self.change else "same"


def difference(library: Library, before: str, after: str) -> tuple[Change, ...]:
    """All factors of two documents side by side, in the order of the first, what is new behind.

    Args:
        before, after: keys of documents.

    Raises:
        NoFactor: FACTOR-017, there is no such document.
    """
    for key in (before, after):
        if key not in library.documents:
            near = ", ".join(get_close_matches(key, library.documents, 3, 0.3)) or "-"
            raise refusal(NoFactor, "FACTOR-017", key, found=key, near=near)
    old, new = (_by_key(library, key) for key in (before, after))
    return tuple(_change(old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new)))


def _by_key(library: Library, document: str) -> dict[_Key, Factor]:
    """The last stated of a thing where a document has several years of it; a country's value is set beside an international one."""
    found = sorted(library.browse(document=document), key=lambda each: each.data_year or 0)
    return {(each.kind, each.of, each.gas, _place(each), each.family): each for each in found}


def _place(factor: Factor) -> str:
    return "" if level_of(factor) in ("national", "international") else factor.region


def _change(before: Factor | None, after: Factor | None) -> Change:
    one = before or after
    assert one
    change = _less(before, after) if before and after else None
    base = before.value if before else None
    relative = change / Fraction(base) if change is not None and base else None
    return Change(one.kind, one.of, before, after, change, relative)


def _less(before: Factor, after: Factor) -> Fraction | None:
    """After less before in the unit of before; None where that has no sense."""
    if before.value is None or after.value is None:
        return None
    if unit(before.unit).dimension != unit(after.unit).dimension:
        return None
    return convert(after.value, after.unit, before.unit) - Fraction(before.value)
