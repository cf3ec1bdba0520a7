"""A document as read: its bytes' hash, its text, and its blocks with exact offsets.

Every reader returns a `Document`; every later step (figures, audit, console) works on it
and never on the file. All offsets are characters of `Document.text`.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.errors import UnreadableFile

BLOCK_KINDS = ("heading", "paragraph", "list", "table", "caption")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    `hash` is the SHA-256 of the bytes (hexadecimal); `name` the path as given, relative to
    the folder read; `media` the media type found by looking at the bytes, not the name;
    `published` the day the document says it was published, or None.
    """

    hash: str
    name: str
    media: str
    size: int
    title: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell. `text[start:end]` is its text; merged cells appear once, with spans."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    raw: str | None = None
    """For spreadsheets: the stored value, where it is not what is shown (number format)."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table or caption.

    `level` is the heading or list depth (0 where it has no sense); `where` names the place in
    the user's terms (`page 3`, `价格!B2:F9`). `spans` is False for a table whose merged cells
    were lost on the way (one cell a line in plain text): header cells may then cover more
    columns than they say.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    where: str = ""
    cells: tuple[Cell, ...] = ()
    spans: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A read document: `blocks` in reading order, not overlapping, all inside `text`.

    `left_out` says which parts could not be read (a sheet too wide, a scanned page); the rest is here.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    left_out: tuple[UnreadableFile, ...] = ()
