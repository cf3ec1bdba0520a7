"""The inside of an xls workbook (Excel 97 to 2003) → sheets of cells as they are shown.

xlrd gives the number formats, which the faster readers do not; without them 74.0 would be 74.
"""

from collections.abc import Iterator
from io import StringIO

import xlrd
from xlrd.biffh import XLRDError

from touchstone.read.builder import GridCell
from touchstone.read.grid import cell_address
from touchstone.read.numberformat import shown
from touchstone.read.refusal import refusal
from touchstone.read.workbook import Sheet


def old_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """The sheets of a workbook in order; rows and columns from 0.

    Raises:
        UnreadableFile: READ-012 password, READ-021 broken.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=StringIO(), ignore_workbook_corruption=True
        )
        found = [_sheet(book, sheet) for sheet in book.sheets()]
    except XLRDError as error:
        if "encrypted" in str(error):
            raise refusal("READ-012", name) from error
        raise refusal("READ-021", name, reason=str(error)[:120]) from error
    # On damaged files xlrd fails in the middle of decoding, with whatever Python raises there.
    except Exception as error:
        raise refusal("READ-021", name, reason=type(error).__name__) from error
    yield from found


def _sheet(book: xlrd.Book, source: xlrd.sheet.Sheet) -> Sheet:
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in source.merged_cells}
    sheet = Sheet(source.name)
    for row in range(source.nrows):
        for column, cell in enumerate(source.row(row)):
            text, raw = _shown(book, cell)
            if cell.ctype == xlrd.XL_CELL_ERROR:
                sheet.errors.append(cell_address(row, column))
            if text.strip():
                sheet.cells.append(GridCell(row, column, text, *spans.get((row, column), (1, 1)), raw))
    return sheet


def _shown(book: xlrd.Book, cell: xlrd.sheet.Cell) -> tuple[str, str | None]:
    """The text of a cell, and the stored value where that is something else."""
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        stored = repr(cell.value).removesuffix(".0")
        number_format = book.format_map[book.xf_list[cell.xf_index or 0].format_key].format_str
        text = shown(stored, number_format, bool(book.datemode))
        return text, stored if text != stored else None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return ("TRUE" if cell.value else "FALSE"), None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(int(cell.value), "#N/A"), None
    return str(cell.value), None
