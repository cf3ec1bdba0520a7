"""The inside of an xlsx workbook: its XML parts → sheets of cells as they are shown.

The sheet is streamed row by row, so memory grows with the cells that hold something, not with the XML.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import lxml.etree as etree

from touchstone.read.builder import GridCell
from touchstone.read.grid import cell_address
from touchstone.read.numberformat import BUILT_IN, shown
from touchstone.read.package import Package
from touchstone.read.refusal import refusal

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_C, _V, _F, _IS, _ROW, _MERGE = (_S + tag for tag in ("c", "v", "f", "is", "row", "mergeCell"))
_DATA, _MERGES, _STRINGS, _STRING = (_S + tag for tag in ("sheetData", "mergeCells", "sst", "si"))
_MAX_MERGING = 4_000_000


@dataclass(slots=True)
class Sheet:
    """One sheet: its cells that hold something, rows and columns from 0.

    `errors` and `uncalculated` are addresses of cells without a value, `formulas` of those that are worked out; `hidden` are
    numbers that their format does not show, by address; `columns` is set where the sheet is too wide to be read.
    """

    title: str
    cells: list[GridCell] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)
    formulas: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict)
    columns: int = 0


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets share: strings, the number format of each cell style, the epoch of dates."""

    strings: list[str]
    formats: list[str]
    date1904: bool


def sheets(data: bytes, name: str, max_columns: int, max_cells: int) -> Iterator[Sheet]:
    """The sheets of a workbook in order. See `touchstone.read.sheet.read_xlsx` for errors."""
    package = Package(data, name)
    main = package.main_part() or "xl/workbook.xml"
    workbook = package.xml(main)
    relations = package.relations(main)
    parts = {kind: target for kind, target in relations.values() if target in package.names}
    properties = workbook.find(_S + "workbookPr")
    book = _Book(
        _strings(package, parts.get("sharedStrings")),
        _formats(package, parts.get("styles")),
        properties is not None and properties.get("date1904") in ("1", "true"),
    )
    total = 0
    for item in workbook.iterfind(f"{_S}sheets/{_S}sheet"):
        kind, target = relations.get(item.get(_ID, ""), ("", ""))
        if kind == "worksheet":
            sheet = _sheet(package, target, name, item.get("name", ""), book, max_columns, max_cells - total)
            total += len(sheet.cells)
            yield sheet


def _sheet(
    package: Package, part: str, name: str, title: str, book: _Book, max_columns: int, max_cells: int
) -> Sheet:
    sheet, merged, row = Sheet(title), [], -1
    for element in package.stream(part, inside=(_DATA, _MERGES), ends=(_ROW, _MERGE)):
        if element.tag == _MERGE:
            merged.append(element.get("ref", ""))
        elif element.tag == _ROW:
            row = _row_number(element, row)
            _row(sheet, element, row, book, max_columns)
        if sheet.columns:
            return Sheet(title, columns=sheet.columns)
        if len(sheet.cells) > max_cells:
            raise refusal("READ-018", name, limit=max_cells)
    _merge(sheet, merged)
    return sheet


def _row(sheet: Sheet, element: etree._Element, row: int, book: _Book, max_columns: int) -> None:
    """Add the cells of one row; where they reach too far to the right, `sheet.columns` says how far."""
    column = -1
    for item in element.iterchildren(_C):
        here, column = _place(item.get("r"), row, column + 1)
        if _cell(sheet, item, here, column, book) and column >= max_columns:
            sheet.columns = column + 1


def _row_number(element: etree._Element, before: int) -> int:
    stated = element.get("r", "")
    return int(stated) - 1 if stated.isascii() and stated.isdigit() and len(stated) < 8 else before + 1


def _cell(sheet: Sheet, element: etree._Element, row: int, column: int, book: _Book) -> bool:
    """Add one cell to the sheet; False where it holds nothing."""
    kind = element.get("t", "n")
    inside = {child.tag: child for child in element}
    value, formula, inline = inside.get(_V), inside.get(_F), inside.get(_IS)
    stored = (value.text or "") if value is not None else ""
    text, raw = stored, None
    if kind == "s":
        text = _numbered(stored, book.strings)
    elif kind == "inlineStr":
        text = _rich(inline) if inline is not None else ""
    elif kind == "b":
        text = "TRUE" if stored == "1" else "FALSE"
    elif kind == "e":
        sheet.errors.append(cell_address(row, column))
    elif kind == "n" and stored:
        text = shown(stored, _format(element, book), book.date1904)
        raw = stored if text != stored else None
    if formula is not None:
        sheet.formulas.add(cell_address(row, column))
        if not stored and kind != "inlineStr":
            sheet.uncalculated.append(cell_address(row, column))
    if not text.strip():
        if kind == "n" and stored:
            sheet.hidden[cell_address(row, column)] = stored
        return False
    sheet.cells.append(GridCell(row, column, text, raw=raw))
    return True


def _format(element: etree._Element, book: _Book) -> str:
    return _numbered(element.get("s", "0"), book.formats) or "General"


def _numbered(number: str, shared: list[str]) -> str:
    """What a cell names by its number in a list all sheets share; nothing where it names nothing."""
    whole = number.isascii() and number.isdigit() and len(number) < 10
    return shared[int(number)] if whole and int(number) < len(shared) else ""


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column from 0 of an address such as B7; the running place where none is stated."""
    if not address:
        return row, column
    letters = address.rstrip("0123456789")
    digits = address[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and 0 < len(digits) < 8):
        return row, column
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return max(int(digits) - 1, 0), column - 1


def _merge(sheet: Sheet, merged: list[str]) -> None:
    """Give the first cell of each merged range its spans, and drop what is hidden beneath it."""
    by_place = {(cell.row, cell.column): cell for cell in sheet.cells}
    last_row = max((cell.row for cell in sheet.cells), default=0)
    last_column = max((cell.column for cell in sheet.cells), default=0)
    hidden: set[tuple[int, int]] = set()
    work = 0
    for ref in merged:
        first, _, last = ref.partition(":")
        top, left = _place(first, 0, 0)
        bottom, right = _place(last, top, left)
        cell = by_place.get((top, left))
        if cell is None or bottom < top or right < left:
            continue
        bottom, right = min(bottom, last_row), min(right, last_column)
        cell.row_span, cell.column_span = bottom - top + 1, right - left + 1
        work += min(cell.row_span * cell.column_span, len(by_place))
        if work > _MAX_MERGING:  # ranges that cover each other many times over, which no spreadsheet writes
            break
        hidden.update(_beneath(cell, by_place))
    sheet.cells = [cell for place, cell in by_place.items() if place not in hidden]


def _beneath(cell: GridCell, by_place: dict[tuple[int, int], GridCell]) -> Iterator[tuple[int, int]]:
    """Places of other cells inside the spans of `cell`; the shorter of the two ways to look is taken."""
    rows = range(cell.row, cell.row + cell.row_span)
    columns = range(cell.column, cell.column + cell.column_span)
    if cell.row_span * cell.column_span <= len(by_place):
        inside = (place for place in product(rows, columns) if place in by_place)
    else:
        inside = (place for place in by_place if place[0] in rows and place[1] in columns)
    return (place for place in inside if place != (cell.row, cell.column))


def _strings(package: Package, part: str | None) -> list[str]:
    if part is None:
        return []
    items = package.stream(part, inside=(_STRINGS,), ends=(_STRING,))
    return [_rich(item) for item in items if item.tag == _STRING]


def _rich(item: etree._Element) -> str:
    """Text of a string with its formatted runs, without the phonetic guides."""
    pieces = [item.findtext(_S + "t", "")]
    for run in item.iterfind(_S + "r"):
        pieces.append(run.findtext(_S + "t", ""))
    return "".join(pieces)


def _formats(package: Package, part: str | None) -> list[str]:
    """The number format of each cell style, in the order cells refer to them."""
    if part is None:
        return []
    root = package.xml(part)
    own = {
        f.get("numFmtId", ""): f.get("formatCode", "General")
        for f in root.iterfind(f"{_S}numFmts/{_S}numFmt")
    }
    styles = root.iterfind(f"{_S}cellXfs/{_S}xf")
    ids = (style.get("numFmtId", "0") for style in styles)
    return [own.get(key) or BUILT_IN.get(key, "General") for key in ids]
