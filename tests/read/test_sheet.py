"""Spreadsheets: xlsx by openpyxl and xlsxwriter, xls by xlwt."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
import xlwt

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Block, Document
from touchstone.read.grid import address_in, cell_address
from touchstone.read.read import read_bytes


def book(
    rows: list[list[object]], formats: dict[str, str] | None = None, merged: tuple[str, ...] = ()
) -> bytes:
    """An xlsx with one sheet, 价格."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "价格"
    for row in rows:
        sheet.append(row)
    for address, code in (formats or {}).items():
        sheet[address].number_format = code
    for area in merged:
        sheet.merge_cells(area)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def cells(document: Document, block: Block) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return list(rows.values())


def test_a_cell_shows_what_the_sheet_shows_and_keeps_what_is_stored() -> None:
    data = book([["指标", "值"], ["产量", 74], ["占比", 0.123], ["总计", 1234567.891]],
                {"B2": "0.0", "B3": "0.00%", "B4": "#,##0.00"})  # fmt: skip
    document = read_bytes(data, "a.xlsx")
    [table] = document.blocks
    assert cells(document, table) == [
        ["指标", "值"],
        ["产量", "74.0"],
        ["占比", "12.30%"],
        ["总计", "1,234,567.89"],
    ]
    assert [c.raw for c in table.cells if c.column == 1] == [None, "74", "0.123", "1234567.891"]


def test_merged_ranges_become_spans() -> None:
    data = book([["品种", "价格", None], [None, "最低", "最高"], ["锌", 1, 2]], merged=("A1:A2", "B1:C1"))
    [table] = read_bytes(data, "a.xlsx").blocks
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells}
    assert spans[0, 0] == (2, 1) and spans[0, 1] == (1, 2) and spans[1, 1] == (1, 1) and (1, 0) not in spans


def test_tables_separated_by_blank_rows_or_columns_are_separate_and_say_where_they_stand() -> None:
    data = book(
        [
            ["年", "产量", None, "月", "价格"],
            [2020, 40.9, None, 1, 23.5],
            [None] * 5,
            [None] * 5,
            ["地区", "产能"],
            ["福建", 7.5],
        ]
    )
    document = read_bytes(data, "a.xlsx")
    assert [b.where for b in document.blocks] == ["价格!A1:B2", "价格!D1:E2", "价格!A5:B6"]
    assert cells(document, document.blocks[1]) == [["月", "价格"], ["1", "23.5"]]


def test_rows_after_one_blank_row_without_a_head_belong_to_the_table_above() -> None:
    document = read_bytes(book([["年", "产量"], [2019, 1.5], [None, None], [2020, 2.5]]), "a.xlsx")
    [table] = document.blocks
    assert table.where == "价格!A1:B4" and {c.row for c in table.cells} == {0, 1, 3}


def test_a_title_and_a_unit_above_a_table_are_captions() -> None:
    rows = [
        ["表1 碳排放", None, None],
        ["单位：万吨", None, None],
        ["年", "直接", "间接"],
        [2019, 1, 2],
        [2020, 3, 4],
    ]
    document = read_bytes(book(rows, merged=("A1:C1",)), "a.xlsx")
    assert [(b.kind, b.where) for b in document.blocks] == [
        ("caption", "价格!A1"), ("caption", "价格!A2"), ("table", "价格!A3:C5"),
    ]  # fmt: skip
    assert document.source.title == "表1 碳排放"


def test_the_address_of_every_cell_can_be_told_from_its_block() -> None:
    assert cell_address(6, 1) == "B7" and cell_address(0, 701) == "ZZ1" and cell_address(0, 702) == "AAA1"
    document = read_bytes(book([[None], [None, "甲", "乙"], [None, 1, 2]]), "a.xlsx")
    [table] = document.blocks
    assert [address_in(table.where, c.row, c.column) for c in table.cells] == [
        "价格!B2",
        "价格!C2",
        "价格!B3",
        "价格!C3",
    ]


def test_formula_errors_stay_as_text_and_are_reported() -> None:
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out)
    sheet = workbook.add_worksheet("碳")
    sheet.write_row("A1", ["甲", "乙"])
    sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("B2", "=40+2", None, 42)
    workbook.close()
    document = read_bytes(out.getvalue(), "碳.xlsx")
    assert cells(document, document.blocks[0])[1] == ["#DIV/0!", "42"]
    [left_out] = document.left_out
    assert left_out.code == "READ-020" and left_out.where == "碳.xlsx!碳" and "A2" in left_out.found


def test_formulas_that_were_never_calculated_are_reported() -> None:
    document = read_bytes(book([["甲", "乙"], [1, "=A2*2"]]), "a.xlsx")
    assert [e.code for e in document.left_out] == ["READ-022"]


def test_days_are_shown_by_their_format_in_both_epochs() -> None:
    rows: list[list[object]] = [["日期", "价"], [datetime(2022, 9, 3), 1], [date(2020, 10, 9), 2]]
    data = book(rows, {"A2": 'yyyy"年"m"月"d"日"', "A3": "yyyy-mm-dd"})
    document = read_bytes(data, "a.xlsx")
    assert [row[0] for row in cells(document, document.blocks[0])] == ["日期", "2022年9月3日", "2020-10-09"]
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"date_1904": True})
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["日期", "价"])
    sheet.write_datetime(1, 0, datetime(2022, 9, 3), workbook.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write(1, 1, 5)
    workbook.close()
    document = read_bytes(out.getvalue(), "a.xlsx")
    assert cells(document, document.blocks[0])[1] == ["2022-09-03", "5"]


def test_a_sheet_of_ten_thousand_columns_is_left_out_and_the_rest_is_read() -> None:
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out)
    workbook.add_worksheet("宽").write_row(0, 0, range(10_000))
    workbook.add_worksheet("好").write_row(0, 0, ["铜", 95.2])
    workbook.close()
    document = read_bytes(out.getvalue(), "a.xlsx")
    assert [b.where for b in document.blocks] == ["好!A1:B1"]
    [left_out] = document.left_out
    assert left_out.code == "READ-017" and "10000" in left_out.found and left_out.where == "a.xlsx!宽"


def test_a_workbook_with_nothing_but_a_sheet_too_wide_is_refused() -> None:
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out)
    workbook.add_worksheet().write_row(0, 0, range(10_000))
    workbook.close()
    with pytest.raises(UnreadableFile, match="READ-017"):
        read_bytes(out.getvalue(), "a.xlsx")


def test_old_workbooks_are_read_with_merged_cells_and_number_formats() -> None:
    old = xlwt.Workbook()
    sheet = old.add_sheet("表")
    sheet.write_merge(0, 0, 0, 1, "价格")
    sheet.write(0, 2, "日期")
    for column, (value, code) in enumerate([(74, "0.0"), (0.123, "0.00%"), (date(2022, 1, 2), "yyyy-mm-dd")]):
        sheet.write(1, column, value, xlwt.easyxf(num_format_str=code))
    out = BytesIO()
    old.save(out)
    document = read_bytes(out.getvalue(), "旧.xls")
    [table] = document.blocks
    assert cells(document, table) == [["价格", "日期"], ["74.0", "12.30%", "2022-01-02"]]
    assert table.cells[0].column_span == 2 and table.where == "表!A1:C2"


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with one of its XML parts changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return out.getvalue()


def test_a_cell_that_is_stored_twice_is_read_once() -> None:
    data = replaced(book([["甲", "乙"], [1, 2]]), "xl/worksheets/sheet1.xml", 'r="B2"', 'r="A2"')
    document = read_bytes(data, "a.xlsx")
    assert cells(document, document.blocks[0]) == [["甲", "乙"], ["2"]]


def test_merged_ranges_that_cover_each_other_do_not_take_for_ever() -> None:
    rows: list[list[object]] = [list(range(40)) for _ in range(100)]
    ranges = '<mergeCells count="1">' + '<mergeCell ref="A1:XFD1048576"/>' * 60_000 + "</mergeCells>"
    data = replaced(book(rows), "xl/worksheets/sheet1.xml", "</sheetData>", "</sheetData>" + ranges)
    document = read_bytes(data, "a.xlsx")
    assert document.text == "0"


def test_a_cell_is_one_line() -> None:
    document = read_bytes(book([["现货\n均价\t元", "x"], ["1", "2"]]), "a.xlsx")
    assert cells(document, document.blocks[0])[0][0] == "现货 均价 元"


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "7"])
def test_a_cell_that_names_no_string_or_format_of_the_book_does_not_stop_the_file(number: str) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    data = book([["品种", "价"], ["铜", 68000], ["锌", 24000]], {"B2": "#,##0"})
    strange = replaced(data, sheet, 't="n"><v>24000', f't="s"><v>{number}')
    document = read_bytes(strange, "a.xlsx")
    assert cells(document, document.blocks[0]) == [["品种", "价"], ["铜", "68,000"], ["锌"]]
    strange = replaced(data, sheet, 's="1"', f's="{number}"')
    document = read_bytes(strange, "a.xlsx")
    assert cells(document, document.blocks[0]) == [["品种", "价"], ["铜", "68000"], ["锌", "24000"]]
