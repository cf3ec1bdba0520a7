"""A row of activity data as it is written, before anything in it is understood."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from touchstone.errors import UnreadableFile
from touchstone.read.carbon.cells import Said
from touchstone.read.refusal import refusal

Tell = Callable[[UnreadableFile], None]
"""Takes a problem; the work goes on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit, item, quantity and kind of evidence, and the cells of its months with those of their values."""

    unit: Said
    item: Said
    parameter: Said
    measured_in: Said
    evidence: Said
    values: tuple[tuple[Said, Said], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that values stand on; `month` is "" where it is for the whole of the file, `day` None where not stated."""

    unit: str
    item: str
    parameter: str
    evidence: str
    month: str
    reference: str
    day: date | None
    where: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A value that a file takes back; whatever was stated of it on this evidence counts no more."""

    subject: str
    measure: str
    month: str
    rule: str
    where: str


WITHDRAWN = ("撤回", "withdraw")
"""What stands in place of a value that is taken back."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says: rows of values, and rows of evidence as written (unit, item, quantity, evidence, month, reference, day).

    Attributes:
        blank: cells of values that a line was written for and that are empty.
    """

    rows: tuple[Row, ...]
    evidence: tuple[tuple[Said, ...], ...]
    blank: tuple[Said, ...] = ()


def no_table(where: str, reason: tuple[str, str], columns: tuple[str, str]) -> UnreadableFile:
    """ACTIVITY-001: nothing in the file is a table of activity data."""
    return refusal("ACTIVITY-001", where, reason=reason, columns=columns)
