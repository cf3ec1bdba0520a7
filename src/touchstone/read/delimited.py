"""Delimited text (csv, tsv) → tables. Encoding and separator are found from the file itself."""

import csv
from collections.abc import Iterable
from io import StringIO

from touchstone.read.builder import Builder, GridCell, Reading
from touchstone.read.encoding import decode
from touchstone.read.grid import add_sheet
from touchstone.read.refusal import refusal
from touchstone.read.sheet import MAX_CELLS, MAX_COLUMNS

_SEPARATORS = ",\t;|，"
_SAMPLE_LINES = 40
_MAX_FIELD = 1_000_000


def read_delimited(data: bytes, name: str) -> Reading:
    """Read a csv or tsv file; fields may be quoted, with line ends inside.

    Args:
        data: the bytes, in UTF-8 (with or without mark), UTF-16 or GB18030.
        name: shown in errors.

    Raises:
        UnreadableFile: READ-016 encoding, READ-017 too wide, READ-018 too many cells, READ-019 no text.
    """
    text = decode(data, name).replace("\0", "")
    separator = _separator(text)
    csv.field_size_limit(_MAX_FIELD)
    try:
        cells = _cells(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), name)
    except csv.Error:  # a quote out of place spoils its own line and no other
        cells = _cells((_fields(line, separator) for line in text.splitlines()), name)
    out = Builder()
    add_sheet(out, cells)
    reading = out.reading()
    if not reading.blocks:
        raise refusal("READ-019", name)
    return reading


def _fields(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _cells(records: Iterable[list[str]], name: str) -> list[GridCell]:
    cells: list[GridCell] = []
    for row, fields in enumerate(records):
        if len(fields) > MAX_COLUMNS:
            raise refusal("READ-017", name, columns=len(fields), limit=MAX_COLUMNS)
        cells.extend(GridCell(row, column, field) for column, field in enumerate(fields) if field.strip())
        if len(cells) > MAX_CELLS:
            raise refusal("READ-018", name, limit=MAX_CELLS)
    return cells


def _separator(text: str) -> str:
    """The separator that cuts the first lines into the most equal fields."""
    lines = [line for line in text[:100_000].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def agreement(mark: str) -> tuple[int, int]:
        counts = [next(csv.reader([line], delimiter=mark), []) for line in lines]
        widths = [len(fields) for fields in counts if len(fields) > 1]
        usual = max(set(widths), key=widths.count, default=1)
        return widths.count(usual), usual

    return max(_SEPARATORS, key=agreement, default=",")
