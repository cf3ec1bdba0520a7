"""Tables: the bytes of a csv, tsv, xlsx or xls file → rows of cells, one after the other.

A text file is read line by line, so that a file of any length needs little more memory than its text.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
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
        UnreadableFile: the bytes are of another kind, or broken (READ-...).
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
        text = decode(data, name, by.encoding).replace("\0", "")
        lines = StringIO(text, newline=None).readlines()
        return sniff.CSV, [Table("", delimited_rows(lines, by.delimiter), len(lines))]
    else:
        raise refusal("READ-007", name, kind=(media, media))
    return media, [_sheet(sheet, name) for sheet in found]


def delimited_rows(lines: list[str], delimiter: str) -> Iterator[Row]:
    """The rows of delimited lines; a quotation mark out of place breaks its own line and no other."""
    done = number = 0
    while done < len(lines):
        reader = csv.reader((lines[at] for at in range(done, len(lines))), delimiter=delimiter, strict=True)
        start = done
        try:
            for fields in reader:
                yield Row(number, {column: words for column, words in enumerate(fields) if words})
                number, done = number + 1, start + reader.line_num
        except csv.Error:
            yield Row(number, {0: lines[done].rstrip("\n")}, broken=True)
            number, done = number + 1, done + 1


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
