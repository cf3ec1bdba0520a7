"""A filled-in template → rows. A column that was moved or renamed is noticed by its hidden id and refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from touchstone.facts.activity import AMOUNT
from touchstone.facts.document import Document
from touchstone.read.carbon.cells import Grid, Said
from touchstone.read.carbon.layout import AMOUNTS, EDITION, EVIDENCES, SHEETS, SheetLayout
from touchstone.read.carbon.row import Row, Stated, Tell, no_table
from touchstone.read.grid import cell_address
from touchstone.read.refusal import refusal
from touchstone.read.sheet import MAX_CELLS, MAX_COLUMNS
from touchstone.read.sources.number import number
from touchstone.read.workbook import sheets

_LOOK_DOWN = 20
"""Rows in which the hidden ids are sought: somebody may have put lines above the table."""
_SIGNATURE = re.compile(re.escape(EDITION) + r" (\w+) ([A-Za-z0-9-]+) (\d{4}) (zh|en) node")
_OTHER = re.compile(re.escape(EDITION.partition("/")[0]) + r"/(\S{1,20}) .*")
_NEAR = Decimal("1e-9")
"""How far a sum may lie from that of a spreadsheet, as a share of it: it adds binary numbers."""
_COLUMNS = "unit, item, measured in, 2024-01 …", "核算单元、物项、计量单位、2024-01 …"
"""Heads that a template cannot lack, in English and Chinese."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """A sheet of a template: the row of its hidden ids, the cell that says what it is, and what that says."""

    grid: Grid
    row: int
    said: Said
    key: str
    enterprise: str
    year: int
    lang: str

    @property
    def of(self) -> tuple[str, int, str]:
        """Whose template it is, which all its sheets say."""
        return self.enterprise, self.year, self.lang


@dataclass(frozen=True, slots=True)
class _Cells:
    """What the blocks of a document do not tell of the cells of its workbook, by address (`amounts!F9`).

    Attributes:
        stored: numbers that are shown otherwise; hidden: those that are not shown.
        merged: the whole range, by its first cell.
        formulas: cells that are worked out; empty: those of them that never were.
    """

    stored: dict[str, str]
    hidden: dict[str, str]
    merged: dict[str, str]
    formulas: frozenset[str]
    empty: frozenset[str]


def stated_in_template(document: Document, data: bytes, grids: dict[str, Grid], tell: Tell) -> Stated:
    """The rows of a workbook that Touchstone wrote.

    Args:
        data: the bytes of the workbook: formulas that were never calculated are only seen there.
        tell: takes ACTIVITY-001 (no template), ACTIVITY-002 (columns), ACTIVITY-016 (sheets of two templates),
            ACTIVITY-018 (numbers that are not shown), ACTIVITY-019 (merged cells), ACTIVITY-021 (a total that was written over)
            and READ-022 (a formula without a value where one is due).
    """
    name = document.source.name
    signed = {sheet.key: sheet for grid in grids.values() if (sheet := _signed(grid))}
    rows: list[Row] = []
    evidence: list[tuple[Said, ...]] = []
    if AMOUNTS.key not in signed:
        tell(no_table(name, _unsigned(grids), _COLUMNS))
        return Stated((), ())
    cells = _cells(data, name)
    for layout in SHEETS:
        sheet = signed.get(layout.key)
        if sheet is None:
            reason = (f"the sheet {layout.name.en} is gone", f"缺少工作表“{layout.name.zh}”")
            tell(no_table(name, reason, _COLUMNS))
        elif sheet.of != signed[AMOUNTS.key].of:
            found, due = (f"{each.enterprise} {each.year}" for each in (sheet, signed[AMOUNTS.key]))
            tell(refusal("ACTIVITY-016", sheet.said.where, found=found, expected=due))
        elif _is_whole(sheet, layout, tell):
            _tell_cells(sheet, layout, cells, tell)
            if layout is EVIDENCES:
                evidence.extend(_evidence(line) for line in _lines(sheet, layout))
            else:
                heads = {said.text: said for _, said in sheet.grid.row(sheet.row)}
                for line in _lines(sheet, layout):
                    rows.append(_row(line, heads, cells.stored))
                    _tell_total(line, rows[-1], cells, tell)
    return Stated(tuple(rows), tuple(evidence))


def _lines(sheet: _Signed, layout: SheetLayout) -> Iterator[dict[str, Said]]:
    """The cells of each row below the heads by the ids of their columns."""
    ids = [column.id for column in layout.columns(sheet.year)]
    for row in range(sheet.row + 1, sheet.grid.rows):
        yield {id: sheet.grid.at(row, column) for column, id in enumerate(ids)}


def _row(cells: dict[str, Said], heads: dict[str, Said], stored: dict[str, str]) -> Row:
    months = tuple(
        (heads[id], replace(said, stored=stored.get(said.where, "")))
        for id, said in cells.items()
        if id[:1].isdigit()
    )
    amount = Said(AMOUNT, cells["item"].where, None)
    return Row(
        cells["node"],
        cells["item"],
        cells.get("parameter", amount),
        cells["measured-in"],
        cells["evidence"],
        months,
    )


def _evidence(cells: dict[str, Said]) -> tuple[Said, ...]:
    return tuple(cells[id] for id in ("node", "item", "parameter", "evidence", "month", "reference", "day"))


def _signed(grid: Grid) -> _Signed | None:
    """What the first cell of the hidden row says, None where there is no such cell."""
    for row in range(min(_LOOK_DOWN, grid.rows)):
        for _, said in grid.row(row):
            if found := _SIGNATURE.fullmatch(said.text):
                return _Signed(grid, row, said, found[1], found[2], int(found[3]), found[4])
    return None


def _is_whole(sheet: _Signed, layout: SheetLayout, tell: Tell) -> bool:
    """Whether each column has its id and its head; the first that has not is told."""
    grid, row = sheet.grid, sheet.row
    ids = layout.ids(*sheet.of)
    heads = [column.head for column in layout.columns(sheet.year)]
    width = max(len(ids), *(column + 1 for at in (row - 1, row) for column, _ in grid.row(at)))
    for column in range(width):
        id, head = grid.at(row, column), grid.at(row - 1, column)
        if column >= len(ids):
            tell(refusal("ACTIVITY-002", head.where, found=head.text or id.text, expected="-"))
            return False
        if id.text != ids[column] or head.text not in (heads[column].zh, heads[column].en):
            expected = (heads[column].en, heads[column].zh)
            tell(refusal("ACTIVITY-002", head.where, found=head.text or "-", expected=expected))
            return False
    return True


def _unsigned(grids: dict[str, Grid]) -> tuple[str, str]:
    """Why no sheet is that of a template: another edition, its hidden row is gone, or it never was one."""
    heads = {AMOUNTS.before[0].head.zh, AMOUNTS.before[0].head.en}
    texts = [
        said.text for grid in grids.values() for row in range(min(_LOOK_DOWN, grid.rows)) for _, said in grid.row(row)
    ]  # fmt: skip
    if other := next((found for text in texts if (found := _OTHER.fullmatch(text))), None):
        due = EDITION.partition("/")[2]
        return f"a template of edition {other[1]}, not {due}", f"模板版本为{other[1]}，本软件的版本为{due}"
    if heads & set(texts):
        return "its hidden row of ids is gone", "隐藏的标识行已不在"
    return "it is no template", "它不是模板"


def _cells(data: bytes, name: str) -> _Cells:
    found = _Cells({}, {}, {}, frozenset(), frozenset())
    formulas, empty = set[str](), set[str]()
    for sheet in sheets(data, name, MAX_COLUMNS, MAX_CELLS):
        mark = f"{sheet.title}!"
        for cell in sheet.cells:
            first = cell_address(cell.row, cell.column)
            if cell.raw is not None:
                found.stored[mark + first] = cell.raw
            if (cell.row_span, cell.column_span) != (1, 1):
                last = cell_address(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
                found.merged[mark + first] = f"{first}:{last}"
        found.hidden.update({mark + where: stored for where, stored in sheet.hidden.items()})
        formulas.update(mark + where for where in sheet.formulas)
        empty.update(mark + where for where in sheet.uncalculated)
    return replace(found, formulas=frozenset(formulas), empty=frozenset(empty))


def _tell_cells(sheet: _Signed, layout: SheetLayout, cells: _Cells, tell: Tell) -> None:
    """Tell of the cells of a sheet, below its heads, that do not hold one value for all to see."""
    for column, each in enumerate(layout.columns(sheet.year)):
        for row in range(sheet.row + 1, sheet.grid.rows):
            at = sheet.grid.at(row, column).where
            if at in cells.merged:
                tell(refusal("ACTIVITY-019", at, range=cells.merged[at]))
            if each.open and at in cells.hidden:
                tell(refusal("ACTIVITY-018", at, shown=("nothing", "空白"), held=cells.hidden[at]))
            if each.open and at in cells.empty:
                tell(refusal("READ-022", sheet.grid.name.rstrip("!"), count=1, cells=at))


def _tell_total(line: dict[str, Said], row: Row, cells: _Cells, tell: Tell) -> None:
    """Tell of a locked total that is another than its months make; one that a formula works out is right by itself."""
    said = line.get("total") or line["mean"]
    stated = _number(replace(said, stored=cells.stored.get(said.where, "")))
    months = [_number(each) for _, each in row.values if each.text.strip()]
    known = [each for each in months if each is not None]
    if stated is None or said.where in cells.formulas or not months or len(known) < len(months):
        return
    due = sum(known, Decimal(0)) / (1 if "total" in line else len(known))
    if abs(stated - due) > _NEAR * max(abs(stated), abs(due)):
        tell(refusal("ACTIVITY-021", said.where, found=said.text, due=f"{due:.12g}"))


def _number(said: Said) -> Decimal | None:
    found = number(said.stored) if said.stored else number(said.text)
    return found.value if found else None
