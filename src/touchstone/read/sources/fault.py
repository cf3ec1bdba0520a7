"""Faults of a table: what is wrong in which cell, told when the count of what is right is known."""

from collections import Counter, defaultdict
from typing import Any

from touchstone.errors import UnreadableFile
from touchstone.read.grid import cell_address
from touchstone.read.refusal import refusal
from touchstone.read.sources.transcript import Line

_TOLD = 20
"""Faults of one kind that are told one by one; the rest is counted."""


class Faults:
    """Collects faults in the order of the rows; memory does not grow with their number.

    Attributes:
        rows: rows left out.
        values: values left out that stand in rows which were read.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._told: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        self._count: Counter[str] = Counter()
        self._last: dict[str, str] = {}
        self.rows = self.values = 0

    def add(self, code: str, line: Line, column: int, left: int = 1, **values: object) -> None:
        """Note a fault in one cell that leaves out a row or so many values; `values` fill the gaps of the refusal."""
        if code in _OF_ROWS:
            self.rows += 1
        else:
            self.values += left
        at = f"{self._where}!{cell_address(line.number, column)}"
        if self._count[code] < _TOLD:
            self._told[code].append((at, values))
        self._count[code] += 1
        self._last[code] = at

    def refusals(self, rows: int, values: int) -> tuple[UnreadableFile, ...]:
        """The faults as refusals, kind by kind; `rows` and `values` are how many there are in all."""
        told = []
        for code, faults in self._told.items():
            of_rows = code in _OF_ROWS
            left, total = (self.rows, rows) if of_rows else (self.values, values)
            told += [refusal(code, at, left=left, total=total, **found) for at, found in faults]
            if more := self._count[code] - len(faults):
                told.append(refusal("SOURCE-029", self._where, count=more, kind=code, last=self._last[code]))
        return tuple(told)


_OF_ROWS = ("SOURCE-021", "SOURCE-025", "SOURCE-026", "SOURCE-027")
"""Faults that leave out a whole row; all others leave out values."""
