"""The heads of a table: which column is which."""

import unicodedata
from collections.abc import Iterable

from touchstone.errors import UnreadableFile
from touchstone.read.refusal import refusal
from touchstone.read.sources.declaration import Declaration
from touchstone.read.sources.transcript import Line

_SHOWN = 12


class Heads:
    """The row of heads of a table; a head is found whatever its case, width and blanks."""

    def __init__(self, line: Line, by: Declaration, where: str) -> None:
        self._line, self._by, self._where = line, by, where
        pattern = by.heads.pattern({}) if by.heads else None
        self._columns: dict[str, list[int]] = {}
        self.names: dict[int, str] = {}
        self.units: dict[int, str] = {}
        for column, words in line.words.items():
            found = pattern.fullmatch(words) if pattern else None
            self.names[column] = found["name"] if found else words
            self.units[column] = found["unit"] if found and "unit" in found.groupdict() else ""
            self._columns.setdefault(_plain(self.names[column]), []).append(column)

    def find(self, head: str) -> int | None:
        """The column under a head, any of whose alternatives ("日期|date") may stand there; None where there is none.

        Raises:
            UnreadableFile: SOURCE-012, two columns are headed so.
        """
        found = [column for each in head.split("|") for column in self._columns.get(_plain(each), ())]
        if len(found) > 1:
            raise refusal("SOURCE-012", self._where, head=head)
        return found[0] if found else None

    def need(self, head: str) -> int:
        """The column under a head that must be there. Raises UnreadableFile: SOURCE-010, SOURCE-012."""
        found = self.find(head)
        if found is None:
            raise self.lacking(head)
        return found

    def lacking(self, head: str) -> UnreadableFile:
        """That no column is headed so, and which heads there are."""
        shown = list(self._line.words.values())
        listed = " | ".join(shown[:_SHOWN]) + (" | …" if len(shown) > _SHOWN else "")
        nothing = ("nothing", "空")
        return refusal(
            "SOURCE-010", self._where, row=self._line.number + 1, heads=listed or nothing, column=head, id=self._by.id
        )  # fmt: skip

    def others(self, read: Iterable[int]) -> tuple[str, ...]:
        """The heads of the columns that are not among those read."""
        known = set(read)
        return tuple(words for column, words in self._line.words.items() if column not in known)


def _plain(head: str) -> str:
    return "".join(unicodedata.normalize("NFKC", head).casefold().split())
