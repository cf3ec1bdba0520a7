"""What changed between two documents or editions: factor by factor, and by how much."""

from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from touchstone.calc.carbon.factor import Factor
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
    """The last stated of a thing where a document has several years of it."""
    found = sorted(library.browse(document=document), key=lambda each: each.data_year or 0)
    return {(each.kind, each.of, each.gas, each.region, each.family): each for each in found}


def _change(before: Factor | None, after: Factor | None) -> Change:
    one = before or after
    assert one
    change = relative = None
    if before and after and before.value is not None and after.value is not None:
        if unit(before.unit).dimension == unit(after.unit).dimension:
            old = Fraction(before.value)
            change = convert(Fraction(after.value), after.unit, before.unit) - old
            relative = change / old if old else None
    return Change(one.kind, one.of, before, after, change, relative)
