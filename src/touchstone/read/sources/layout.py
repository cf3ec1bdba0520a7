"""Layouts: what stands in a cell of a row, by the two ways a table may name its series."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from touchstone.errors import UnknownUnit, UnreadableFile
from touchstone.facts.fact import STATUSES
from touchstone.facts.specification import MARK, marked, stated_in
from touchstone.facts.unit import unit
from touchstone.facts.vocabulary import vocabulary
from touchstone.read.refusal import refusal
from touchstone.read.sources.declaration import PLACES, SUBJECTS, Column, Declaration, Rows
from touchstone.read.sources.fault import Faults
from touchstone.read.sources.heads import Heads
from touchstone.read.sources.template import Template
from touchstone.read.sources.transcript import Line

_REMEMBERED = 10_000
"""Different rows of a long table whose meaning is remembered: most tables name the same series again and again."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is a value of: all that makes a series, and the words of the table that say so."""

    subject: str
    measure: str
    place: str | None
    unit: str
    status: str
    words: str
    decimals: int | None

    @property
    def series(self) -> tuple[str, ...]:
        """What values must share to be of one series; the measure stands last."""
        return (self.subject, self.place or "", self.unit, stated_in(self.words), self.measure)


class Layout(Protocol):
    """Which cells of a row hold values, and of what.

    `columns` are those that may hold values; `absent` are declared columns that the table does not have, `unread`
    columns that are not declared, and `left_out` columns that could not be read.
    """

    columns: tuple[int, ...]
    absent: tuple[str, ...]
    unread: tuple[str, ...]
    left_out: tuple[UnreadableFile, ...]

    def kinds(self, line: Line) -> Sequence[Kind] | None:
        """What the columns of a row hold values of, in their order; None where the row is a fault, which is told."""
        ...


class Wide:
    """Each column is a series; its head may print the unit."""

    def __init__(self, heads: Heads, columns: tuple[Column, ...], dates: Sequence[int], where: str) -> None:
        found = [(heads.find(column.head), column) for column in columns]
        self.absent = tuple(column.head for at, column in found if at is None)
        if len(self.absent) == len(columns):
            raise heads.lacking(" / ".join(self.absent[:3]))
        known = [(at, column) for at, column in found if at is not None]
        units = {at: column.unit or heads.units[at] for at, column in known}
        self.columns = tuple(at for at, _ in known if _is_unit(units[at]))
        self._kinds = [
            _kind(column, heads.names[at], units[at]) for at, column in known if at in self.columns
        ]
        self.left_out = tuple(
            refusal("SOURCE-013", f"{where} {heads.names[at]}", unit=units[at] or ("(none)", "（无）"))
            for at, _ in known
            if at not in self.columns
        )
        self.unread = heads.others([*dates, *(at for at, _ in known)])

    def kinds(self, line: Line) -> Sequence[Kind]:
        """See `Layout`."""
        return self._kinds


class Long:
    """Each row names its series in its cells."""

    absent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    left_out: tuple[UnreadableFile, ...] = ()

    def __init__(self, heads: Heads, rows: Rows, by: Declaration, faults: Faults) -> None:
        self._rows, self._by, self._faults = rows, by, faults
        templates = (rows.subject, rows.place, rows.unit, rows.status)
        self._cells = {gap: heads.need(gap) for made in templates for gap in made.gaps}
        more = ((gap, heads.find(gap)) for gap in rows.words.gaps)
        self._cells |= {gap: column for gap, column in more if column is not None}
        self._empty = dict.fromkeys(rows.words.gaps, "")
        self.columns = tuple(heads.need(head) for head, _ in rows.values)
        self._known: dict[tuple[str, ...], tuple[Kind, ...] | None] = {}

    def kinds(self, line: Line) -> Sequence[Kind] | None:
        """See `Layout`."""
        words = self._empty | {gap: line.words.get(column, "") for gap, column in self._cells.items()}
        key = tuple(words.values())
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._kinds(words)
        if self._known[key] is None:
            self._tell(line, words)
        return self._known[key]

    def _kinds(self, words: dict[str, str]) -> tuple[Kind, ...] | None:
        """What the values of such a row are; None where a word of it is not known."""
        subject, place = self._code(self._rows.subject, words, SUBJECTS), self._place(words)
        printed, status = self._rows.unit.filled(words), self._status(words)
        if not subject or place is None or status not in STATUSES or not _is_unit(printed):
            return None
        said = marked(self._rows.words.filled(words).split(MARK)) or self._rows.subject.filled(words)
        places = self._by.precision and self._by.precision.decimals
        return tuple(
            Kind(subject, measure, place or None, printed, status, said, places)
            for _, measure in self._rows.values
        )

    def _place(self, words: dict[str, str]) -> str | None:
        """The code of the place, "" where the row names none, None where nobody knows it."""
        return self._code(self._rows.place, words, PLACES) if self._rows.place.filled(words) else ""

    def _status(self, words: dict[str, str]) -> str:
        said = self._rows.status.filled(words)
        return self._by.names.get(said, said)

    def _code(self, made: Template, words: dict[str, str], kinds: tuple[str, ...]) -> str | None:
        said = made.filled(words)
        if named := self._by.names.get(said):
            return named
        return next(filter(None, (vocabulary().resolve(said, kind) for kind in kinds)), None)

    def _tell(self, line: Line, words: dict[str, str]) -> None:
        """Say which word of a row is not known: of the first that is not."""
        rows = self._rows
        if not self._code(rows.subject, words, SUBJECTS):
            self._unknown(line, rows.subject, words, ("commodity", "品种"))
        elif self._place(words) is None:
            self._unknown(line, rows.place, words, ("market or place", "市场或地点"))
        elif self._status(words) not in STATUSES:
            self._unknown(line, rows.status, words, ("status", "数据状态"))
        else:
            column = self._column(rows.unit)
            self._faults.add("SOURCE-026", line, column, words=rows.unit.filled(words))

    def _unknown(self, line: Line, made: Template, words: dict[str, str], what: tuple[str, str]) -> None:
        self._faults.add("SOURCE-025", line, self._column(made), words=made.filled(words), what=what)

    def _column(self, made: Template) -> int:
        return self._cells[made.gaps[0]] if made.gaps else 0


def _kind(column: Column, name: str, printed: str) -> Kind:
    return Kind(column.subject, column.measure, column.place, printed, column.status, name, column.decimals)


def _is_unit(words: str) -> bool:
    try:
        return bool(words and unit(words))
    except UnknownUnit:
        return False
