"""A filled-in template → rows. A column that was moved or renamed is noticed by its hidden id and refused."""

from collections.abc import Iterator

from touchstone.facts.document import Document
from touchstone.read.carbon.cells import Grid, Said
from touchstone.read.carbon.layout import AMOUNTS, EDITION, EVIDENCES, SHEETS, SheetLayout
from touchstone.read.carbon.row import Row, Stated, Tell, no_table
from touchstone.read.refusal import refusal
from touchstone.read.sheet import MAX_CELLS, MAX_COLUMNS
from touchstone.read.workbook import sheets

_LOOK_DOWN = 20
"""Rows in which the hidden ids are sought: somebody may have put lines above the table."""
_COLUMNS = "unit, item, measured in, 2024-01 …"


def stated_in_template(document: Document, data: bytes, grids: dict[str, Grid], tell: Tell) -> Stated:
    """The rows of a workbook that Touchstone wrote.

    Args:
        data: the bytes of the workbook: formulas that were never calculated are only seen there.
        tell: takes ACTIVITY-001 (no template), ACTIVITY-002 (columns), ACTIVITY-016 (sheets of two templates) and
            READ-022 (a formula without a value where one is due).
    """
    found = [(grid, *signed) for grid in grids.values() if (signed := _signed(grid))]
    name = document.source.name
    others = [said for _, _, said in found if not said.text.startswith(f"{EDITION} ")]
    if others:
        tell(
            no_table(
                others[0].where,
                (
                    f"a template of another edition, {others[0].text[:40]}",
                    f"模板版本不同：{others[0].text[:40]}",
                ),
                _COLUMNS,
            )
        )
        return Stated((), ())
    by_key = {said.text.split(" ")[1]: (grid, row, said) for grid, row, said in found}
    if AMOUNTS.key not in by_key:
        tell(
            no_table(
                name,
                ("its hidden row of ids is gone, or it is no template", "隐藏的标识行已不在，或不是模板"),
                _COLUMNS,
            )
        )
        return Stated((), ())
    of = by_key[AMOUNTS.key][2].text.split(" ")[2:5]
    rows: list[Row] = []
    evidence: list[tuple[Said, ...]] = []
    empty = _never_calculated(data, name)
    for layout in SHEETS:
        if layout.key not in by_key:
            tell(
                no_table(
                    name, (f"the sheet {layout.name.en} is gone", f"缺少工作表“{layout.name.zh}”"), _COLUMNS
                )
            )
            continue
        grid, row, said = by_key[layout.key]
        if said.text.split(" ")[2:5] != of:
            tell(
                refusal(
                    "ACTIVITY-016",
                    said.where,
                    found=" ".join(said.text.split(" ")[2:4]),
                    expected=" ".join(of[:2]),
                )
            )
        elif _is_whole(grid, layout, row, of, tell):
            year = int(of[1])
            ids = [column.id for column in layout.columns(year)]
            for at in _wanting(grid, layout, row, year, empty):
                tell(refusal("READ-022", grid.name.rstrip("!"), count=1, cells=at))
            every = (
                {id: grid.at(at, column) for column, id in enumerate(ids)} for at in range(row + 1, grid.rows)
            )
            if layout is EVIDENCES:
                evidence.extend(_evidence(each) for each in every)
            else:
                rows.extend(_row(each, at) for at, each in ((grid.at(0, 0), each) for each in every))
    return Stated(tuple(rows), tuple(evidence))


def _row(cells: dict[str, Said], nowhere: Said) -> Row:
    months = tuple((id, said) for id, said in cells.items() if id[:1].isdigit())
    return Row(
        cells["node"], cells["item"], cells.get("parameter") or Said("", nowhere.where, None), cells["measured-in"],
        cells["evidence"], months,
    )  # fmt: skip


def _evidence(cells: dict[str, Said]) -> tuple[Said, ...]:
    return tuple(cells[id] for id in ("node", "item", "parameter", "evidence", "month", "reference", "day"))


def _signed(grid: Grid) -> tuple[int, Said] | None:
    """The row of the hidden ids, and the cell that says what the file is."""
    for row in range(min(_LOOK_DOWN, grid.rows)):
        for _, said in grid.row(row):
            if said.text.startswith("touchstone-activity/"):
                return row, said
    return None


def _is_whole(grid: Grid, layout: SheetLayout, row: int, of: list[str], tell: Tell) -> bool:
    """Whether each column has its id and its head; the first that has not is told."""
    enterprise, year, lang = of
    ids = layout.ids(enterprise, int(year), lang)
    heads = [column.head for column in layout.columns(int(year))]
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


def _wanting(grid: Grid, layout: SheetLayout, row: int, year: int, empty: set[str]) -> Iterator[str]:
    """Cells to be filled in that hold a formula without a value."""
    for column, each in enumerate(layout.columns(year)):
        if each.open:
            for at in range(row + 1, grid.rows):
                if grid.at(at, column).where in empty:
                    yield grid.at(at, column).where
