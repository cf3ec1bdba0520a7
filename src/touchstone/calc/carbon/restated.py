"""What a file of activity data states anew against what counted before: new values, other values, the same again."""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.calc.carbon.activity import Entry
from touchstone.facts.unit import convert, same_kind


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that is another one now; both entries are of one unit, month, item, parameter and evidence."""

    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class Restated:
    """How the values of a file stand to those that counted before.

    Attributes:
        new: of what had no value on this evidence; changed: of what had another; same: how many say the same.
        gone: that the last version of the file stated and this one does not.
    """

    new: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    same: int
    gone: tuple[Entry, ...]

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.new or self.changed or self.gone)


def restated(before: Iterable[Entry], after: Iterable[Entry], replaced: Iterable[str] = ()) -> Restated:
    """Hold the values of a file against those that counted.

    Args:
        before, after: statements, each with its evidence; a value in another unit of the same size is the same value.
        replaced: ids of the facts that the file takes the place of.
    """
    known = {(*each.key, each.evidence): each for each in before}
    stated = {(*each.key, each.evidence): each for each in after}
    changed = tuple(
        Changed(known[key], each) for key, each in stated.items() if key in known and not _same(known[key], each)
    )  # fmt: skip
    new = tuple(each for key, each in stated.items() if key not in known)
    ended = set(replaced)
    gone = tuple(each for key, each in known.items() if key not in stated and each.fact in ended)
    return Restated(new, changed, len(stated) - len(new) - len(changed), gone)


def _same(one: Entry, other: Entry) -> bool:
    if one.unit_of == other.unit_of:
        return one.value == other.value
    return same_kind(one.unit_of, other.unit_of) and convert(
        one.value, one.unit_of, other.unit_of
    ) == convert(other.value, other.unit_of, other.unit_of)
