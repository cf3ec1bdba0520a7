"""Series out of a file: its bytes and a declaration → a document and facts."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from touchstone.facts.document import Document, Source
from touchstone.facts.rate_size import KnownRates
from touchstone.read.refusal import refusal
from touchstone.read.sources.declaration import Declaration
from touchstone.read.sources.rows import RowReader
from touchstone.read.sources.table import Row, Table, tables
from touchstone.read.sources.transcript import Transcript

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[int, int, str], None]
"""Told how many rows are done, of how many, and the name of the file."""
_OFTEN = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of series says.

    Attributes:
        document: all its sheets, and in `left_out` what could not be read of the one that was read.
        facts: its figures as columns, in the order of the rows.
        rows: rows that hold data; series: how many series they tell of.
        missing: cells that say that there is no value.
        absent: declared columns the table does not have.
        unread: heads of columns that are not declared.
    """

    document: Document
    facts: "pa.Table"
    rows: int
    series: int
    missing: int
    absent: tuple[str, ...]
    unread: tuple[str, ...]


def read_series(
    data: bytes, name: str, by: Declaration, published: date | None = None, tell: Progress | None = None,
    rates: KnownRates | None = None,
) -> Imported:  # fmt: skip
    """Read the series of a file as its declaration says.

    Args:
        data: the bytes of a csv, tsv, xlsx or xls file, or of an SDMX message.
        name: shown in messages.
        published: the day the file was published, where that is known.
        tell: told how far the rows are.
        rates: rates of exchange known before, beside which those of the file are held.

    Raises:
        UnreadableFile: nothing could be read: the bytes are of another kind, or the heads are not as declared.
    """
    media, sheets = tables(data, name, by)
    chosen = _chosen(sheets, name, by)
    where = f"{name}!{chosen.title}" if chosen.title else name
    source = Source(sha256(data).hexdigest(), name, media, len(data), published=published)
    reader, transcript = RowReader(source, by, where, rates or KnownRates()), Transcript()
    for sheet in sheets:
        transcript.sheet(sheet.title)
        if sheet is chosen:
            reader.read(map(transcript.line, _told(sheet, name, tell)))
        else:
            deque(map(transcript.line, sheet.rows), maxlen=0)
    left_out = (*chosen.left_out, *reader.left_out())
    document = Document(source, transcript.text(), transcript.blocks(), left_out)
    layout = reader.layout
    return Imported(
        document, reader.table(), reader.rows, reader.series, reader.missing, layout.absent, layout.unread
    )


def _chosen(sheets: list[Table], name: str, by: Declaration) -> Table:
    """The sheet that is declared; the only one that holds anything where none is."""
    found = [sheet for sheet in sheets if (sheet.title == by.sheet if by.sheet else sheet.length)]
    if len(found) == 1:
        return found[0]
    titles = ", ".join(sheet.title for sheet in sheets) or ("nothing", "空")
    expected = (f"the sheet {by.sheet}", f"工作表 {by.sheet}") if by.sheet else ("one sheet", "一张工作表")
    raise refusal("SOURCE-011", name, sheets=titles, expected=expected)


def _told(sheet: Table, name: str, tell: Progress | None) -> Iterator[Row]:
    for row in sheet.rows:
        yield row
        if tell and row.number % _OFTEN == 0:
            tell(row.number, sheet.length, name)
