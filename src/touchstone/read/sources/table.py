"""Tables: the bytes of a csv, tsv, xlsx or xls file → rows of cells, one after the other.

A text file is read line by line, so that a file of any length needs little more memory than its text.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from touchstone.errors import UnreadableFile
from touchstone.read import sniff
from touchstone.read.encoding import decode
from touchstone.read.refusal import refusal
from touchstone.read.sheet import MAX_CELLS, MAX_COLUMNS, valueless
from touchstone.read.sources.declaration import Declaration
from touchstone.read.workbook import Sheet

_TEXTS = (sniff.CSV, sniff.PLAIN, sniff.MARKDOWN)
_MAX_TEXT_CELLS = 5_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 0, the words of its cells by column from 0, and stored values that differ from them.

    `broken` says that a text line could not be cut into cells.
    """

    number: int
    cells: dict[int, str]
    raw: dict[int, str] = field(default_factory=dict)
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its title ("" in a text file), its rows, about how many there are, and what could not be read."""

    title: str
    rows: Iterator[Row]
    length: int
    left_out: tuple[UnreadableFile, ...] = ()


def tables(data: bytes, name: str, by: Declaration) -> tuple[str, list[Table]]:
    """The media type of a file, and its sheets in order; a text file has one.

    Raises:
        UnreadableFile: the bytes are of another kind, broken, or too many (READ-...).
    """
    if by.call and by.call.library == "sdmx":
        from touchstone.read.connectors.sdmx import MEDIA, is_message, message_rows

        if is_message(data):
            rows = message_rows(data, name, by)
            return MEDIA, [Table("", iter(rows), len(rows))]
    if not data:
        raise refusal("READ-001", name)
    media = sniff.media_type(data, name)
    if media == sniff.XLSX:
        from touchstone.read.workbook import sheets

        found = sheets(data, name, MAX_COLUMNS, MAX_CELLS)
    elif media == sniff.XLS:
        from touchstone.read.oldworkbook import old_sheets

        found = old_sheets(data, name)
    elif media in _TEXTS:
        text = decode(data, name, by.encoding).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        rows = _within(delimited_rows(text, by.delimiter), name)
        return sniff.CSV, [Table("", rows, text.count("\n") + 1)]
    else:
        raise refusal("READ-007", name, kind=(media, media))
    return media, [_sheet(sheet, name) for sheet in found]


def delimited_rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a delimited text; a quotation mark out of place breaks its own line and no other."""
    lines, number = _Lines(text), 0
    while lines.at < len(text):
        reader, whole = csv.reader(lines, delimiter=delimiter, strict=True), lines.at
        try:
            for fields in reader:
                yield Row(number, {column: words for column, words in enumerate(fields) if words})
                number, whole = number + 1, lines.at
        except csv.Error:
            lines.at = whole
            yield Row(number, {0: next(lines).rstrip("\n")}, broken=True)
            number += 1


def _within(rows: Iterator[Row], name: str) -> Iterator[Row]:
    """The rows, as long as the memory holds what they say. Raises UnreadableFile: READ-018, too many cells."""
    cells = 0
    for row in rows:
        cells += len(row.cells)
        if cells > _MAX_TEXT_CELLS:
            raise refusal("READ-018", name, limit=_MAX_TEXT_CELLS)
        yield row


class _Lines:
    """The lines of a text from the character `at` on, cut one by one: a list of them would be a second text."""

    def __init__(self, text: str) -> None:
        self._text, self.at = text, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.at >= len(self._text):
            raise StopIteration
        end = self._text.find("\n", self.at) + 1 or len(self._text)
        line, self.at = self._text[self.at : end], end
        return line


def _sheet(sheet: Sheet, name: str) -> Table:
    where = f"{name}!{sheet.title}"
    if sheet.columns > MAX_COLUMNS:
        return Table(
            sheet.title,
            iter(()),
            0,
            (refusal("READ-017", where, columns=sheet.columns, limit=MAX_COLUMNS),),
        )
    cells = sorted(sheet.cells, key=attrgetter("row", "column"))
    rows = (
        Row(number, {c.column: c.text for c in members}, {c.column: c.raw for c in members if c.raw})
        for number, members in ((number, list(found)) for number, found in groupby(cells, attrgetter("row")))
    )
    return Table(sheet.title, rows, cells[-1].row + 1 if cells else 0, tuple(valueless(sheet, where)))
