"""A filled-in template → rows. A column that was moved or renamed is noticed by its hidden id and refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.facts.activity import AMOUNT
from touchstone.facts.document import Document
from touchstone.read.carbon.cells import Grid, Said
from touchstone.read.carbon.layout import AMOUNTS, EDITION, EVIDENCES, SHEETS, SheetLayout
from touchstone.read.carbon.row import Row, Stated, Tell, no_table
from touchstone.read.refusal import refusal
from touchstone.read.sheet import MAX_CELLS, MAX_COLUMNS
from touchstone.read.workbook import sheets

_LOOK_DOWN = 20
"""Rows in which the hidden ids are sought: somebody may have put lines above the table."""
_SIGNATURE = re.compile(re.escape(EDITION) + r" (\w+) ([A-Za-z0-9-]+) (\d{4}) (zh|en) node")
_COLUMNS = "unit, item, measured in, 2024-01 …"


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


def stated_in_template(document: Document, data: bytes, grids: dict[str, Grid], tell: Tell) -> Stated:
    """The rows of a workbook that Touchstone wrote.

    Args:
        data: the bytes of the workbook: formulas that were never calculated are only seen there.
        tell: takes ACTIVITY-001 (no template), ACTIVITY-002 (columns), ACTIVITY-016 (sheets of two templates) and
            READ-022 (a formula without a value where one is due).
    """
    name = document.source.name
    signed = {sheet.key: sheet for grid in grids.values() if (sheet := _signed(grid))}
    rows: list[Row] = []
    evidence: list[tuple[Said, ...]] = []
    if AMOUNTS.key not in signed:
        reason = (
            "its hidden row of ids is gone, it is of another edition, or no template",
            "隐藏的标识行已不在、版本不同，或不是模板",
        )
        tell(no_table(name, reason, _COLUMNS))
        return Stated((), ())
    empty = _never_calculated(data, name)
    for layout in SHEETS:
        sheet = signed.get(layout.key)
        if sheet is None:
            reason = (f"the sheet {layout.name.en} is gone", f"缺少工作表“{layout.name.zh}”")
            tell(no_table(name, reason, _COLUMNS))
        elif sheet.of != signed[AMOUNTS.key].of:
            found, due = (f"{each.enterprise} {each.year}" for each in (sheet, signed[AMOUNTS.key]))
            tell(refusal("ACTIVITY-016", sheet.said.where, found=found, expected=due))
        elif _is_whole(sheet, layout, tell):
            for at in _wanting(sheet, layout, empty):
                tell(refusal("READ-022", sheet.grid.name.rstrip("!"), count=1, cells=at))
            if layout is EVIDENCES:
                evidence.extend(_evidence(cells) for cells in _lines(sheet, layout))
            else:
                heads = {said.text: said for _, said in sheet.grid.row(sheet.row)}
                rows.extend(_row(cells, heads) for cells in _lines(sheet, layout))
    return Stated(tuple(rows), tuple(evidence))


def _lines(sheet: _Signed, layout: SheetLayout) -> Iterator[dict[str, Said]]:
    """The cells of each row below the heads by the ids of their columns."""
    ids = [column.id for column in layout.columns(sheet.year)]
    for row in range(sheet.row + 1, sheet.grid.rows):
        yield {id: sheet.grid.at(row, column) for column, id in enumerate(ids)}


def _row(cells: dict[str, Said], heads: dict[str, Said]) -> Row:
    months = tuple((heads[id], said) for id, said in cells.items() if id[:1].isdigit())
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


def _never_calculated(data: bytes, name: str) -> set[str]:
    return {
        f"{sheet.title}!{address}"
        for sheet in sheets(data, name, MAX_COLUMNS, MAX_CELLS)
        for address in sheet.uncalculated
    }


def _wanting(sheet: _Signed, layout: SheetLayout, empty: set[str]) -> Iterator[str]:
    """Cells to be filled in that hold a formula without a value."""
    for column, each in enumerate(layout.columns(sheet.year)):
        if each.open:
            for row in range(sheet.row + 1, sheet.grid.rows):
                if (at := sheet.grid.at(row, column).where) in empty:
                    yield at
