"""Spreadsheets (xlsx, xls) → blocks: one table block for every table on every sheet.

A cell's text is what the sheet shows (74.0 where the number format has one decimal), because the shown
digits carry the precision; the stored value is kept in `raw`. Formula cells show their stored result.
"""

from collections.abc import Iterable
from dataclasses import replace

from touchstone.errors import UnreadableFile
from touchstone.read.builder import Builder, Reading
from touchstone.read.grid import add_sheet
from touchstone.read.refusal import refusal
from touchstone.read.workbook import Sheet, sheets

MAX_COLUMNS = 4096
MAX_CELLS = 1_000_000
_LISTED = 12


def read_xlsx(data: bytes, name: str) -> Reading:
    """Read an Excel workbook (xlsx).

    Args:
        data: the bytes of the file.
        name: shown in errors.

    Raises:
        UnreadableFile: the workbook is broken or unsafe (READ-008 to READ-012), too large (READ-018), empty
            (READ-019), or its only sheet is too wide (READ-017).
    """
    return _reading(sheets(data, name, MAX_COLUMNS, MAX_CELLS), name)


def read_xls(data: bytes, name: str) -> Reading:
    """Read an Excel workbook of the old kind (xls).

    Raises:
        UnreadableFile: READ-012 password, READ-021 broken, READ-019 empty.
    """
    from touchstone.read.oldworkbook import old_sheets

    return _reading(old_sheets(data, name), name)


def _reading(found: Iterable[Sheet], name: str) -> Reading:
    out, left_out = Builder(), []
    for sheet in found:
        where = f"{name}!{sheet.title}"
        if sheet.columns > MAX_COLUMNS:
            left_out.append(refusal("READ-017", where, columns=sheet.columns, limit=MAX_COLUMNS))
            continue
        left_out.extend(valueless(sheet, where))
        add_sheet(out, sheet.cells, sheet.title)
    reading = out.reading(left_out=left_out)
    if not reading.blocks:
        raise left_out[0] if left_out else refusal("READ-019", name)
    first = reading.blocks[0]
    return (
        replace(reading, title=reading.text[first.start : first.end]) if first.kind == "caption" else reading
    )


def valueless(sheet: Sheet, where: str) -> Iterable[UnreadableFile]:
    """What a sheet holds instead of values: formula errors (READ-020), formulas never calculated (READ-022)."""
    for code, places in (("READ-020", sheet.errors), ("READ-022", sheet.uncalculated)):
        if places:
            more = ", …" if len(places) > _LISTED else ""
            yield refusal(code, where, count=len(places), cells=", ".join(places[:_LISTED]) + more)
