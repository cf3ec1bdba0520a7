"""Spreadsheets (xlsx, xls) → blocks: one table block for every table on every sheet.

A cell's text is what the sheet shows (74.0 where the number format has one decimal), because the shown
digits carry the precision; the stored value is kept in `raw`. Formula cells show their stored result.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO

from touchstone.errors import UnreadableFile
from touchstone.read.builder import Builder, GridCell, Reading
from touchstone.read.grid import add_sheet, cell_address
from touchstone.read.numberformat import shown
from touchstone.read.refusal import refusal
from touchstone.read.workbook import Sheet, sheets

MAX_COLUMNS = 4096
MAX_CELLS = 2_000_000
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
    """Read an Excel workbook of the old kind (xls). It does not give number formats: values show as stored.

    Raises:
        UnreadableFile: READ-012 password, READ-021 broken; READ-017 to READ-019 as for xlsx.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return _reading([_old_sheet(book, title, name) for title in book.sheet_names], name)
    except PasswordError as error:
        raise refusal("READ-012", name) from error
    except (CalamineError, ValueError, OSError) as error:
        raise refusal("READ-021", name, reason=str(error)[:120]) from error


def _reading(found: Iterable[Sheet], name: str) -> Reading:
    out, left_out = Builder(), []
    for sheet in found:
        where = f"{name}!{sheet.title}"
        if sheet.columns > MAX_COLUMNS:
            left_out.append(refusal("READ-017", where, columns=sheet.columns, limit=MAX_COLUMNS))
            continue
        left_out.extend(_notes(sheet, where))
        add_sheet(out, sheet.cells, sheet.title)
    reading = out.reading(left_out=left_out)
    if not reading.blocks:
        raise left_out[0] if left_out else refusal("READ-019", name)
    first = reading.blocks[0]
    return (
        replace(reading, title=reading.text[first.start : first.end]) if first.kind == "caption" else reading
    )


def _notes(sheet: Sheet, where: str) -> Iterable[UnreadableFile]:
    for code, places in (("READ-020", sheet.errors), ("READ-022", sheet.uncalculated)):
        if places:
            more = ", …" if len(places) > _LISTED else ""
            yield refusal(code, where, count=len(places), cells=", ".join(places[:_LISTED]) + more)


def _old_sheet(book: object, title: str, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(title)  # type: ignore[attr-defined]
    if sheet.total_width > MAX_COLUMNS:
        return Sheet(title, columns=sheet.total_width)
    if sheet.total_width * sheet.total_height > MAX_CELLS * 8:
        raise refusal("READ-018", name, limit=MAX_CELLS)
    spans = {
        start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in sheet.merged_cell_ranges or ()
    }
    result = Sheet(title)
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            text = _stored(value)
            if text:
                if text.startswith("#") and text.rstrip("!?").isupper():
                    result.errors.append(cell_address(row, column))
                result.cells.append(GridCell(row, column, text, *spans.get((row, column), (1, 1))))
    return result


def _stored(value: object) -> str:
    """A value of an old workbook as text; whole numbers without a decimal point, days in ISO form."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return shown(repr(value), "General")
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value or "").strip()
