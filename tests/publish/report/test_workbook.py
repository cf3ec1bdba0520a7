"""Reports as workbooks."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from touchstone.errors import UnwritableReport
from touchstone.facts.text import Text
from touchstone.publish.heatmap import HeatMap
from touchstone.publish.network import network
from touchstone.publish.report.report import Cell, Figure, Paragraph, Report, Sentence, Table
from touchstone.publish.report.said import bracketed, words
from touchstone.publish.report.workbook import workbook
from touchstone.read.read import read_bytes

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def written(weekly: Report) -> dict[str, bytes]:
    """The bulletin in both languages."""
    return {lang: workbook(weekly, lang) for lang in LANGUAGES}


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reader_reads_every_cell_as_it_is_printed(written: dict, weekly: Report, lang: str) -> None:
    document = read_bytes(written[lang], "weekly.xlsx")
    printed = [document.text[c.start : c.end] for b in document.blocks if b.kind == "table" for c in b.cells]
    for table in (block for block in weekly.blocks if isinstance(block, Table)):
        for cell in (cell for row in (*table.head, *table.body) for cell in row):
            assert words(cell.text, lang) + bracketed(cell.note) in printed


def test_figures_are_numbers_and_changes_keep_their_sign(written: dict) -> None:
    sheet = opened(written["en"])["Table 4"]
    assert (sheet["C7"].value, sheet["C7"].number_format) == (42000, "#,##0")
    assert (sheet["D5"].value, sheet["D5"].number_format) == (-0.25, '"-"0.00;"-"0.00')
    assert (sheet["D6"].value, sheet["D6"].number_format) == (1.5, '"+"0.00"①"')
    assert (sheet["E5"].value, sheet["E5"].number_format) == (-0.037, '"−"0.0%;"−"0.0%')
    assert sheet["E7"].value == "—"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_cell_with_a_note_is_not_taken_for_a_number_below_zero(weekly: Report, lang: str) -> None:
    """A dash with note 5 was printed as –5, and 2.50 with note 2 as 2.502."""
    both = Text("说明", "note")
    body = (
        (Cell(Text("–", "–"), note="5", facts=("a",)), Cell(Text("2.50", "2.50"), number=True, note="2")),
    )
    noted = Table(both, ((Cell(both), Cell(both)),), body, (("5", Sentence(both)),))
    book = opened(workbook(replace(weekly, blocks=(noted,)), lang))
    sheet, sources = book.worksheets[1:]
    assert sheet["A4"].value == "– [5]"
    assert (sheet["B4"].value, sheet["B4"].number_format) == (2.5, '0.00" [2]"')
    assert str(sheet["A6"].value).startswith("[5] ")
    assert sources["C2"].value == "– [5]"


def test_heads_are_merged_over_their_pairs_and_stay_in_view(written: dict) -> None:
    sheet = opened(written["zh"])["表3"]
    assert {"B3:C3", "J3:K3", "B7:K7", "B12:G12", "H12:K12"} <= {
        str(area) for area in sheet.merged_cells.ranges
    }
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.paperSize == 9


def test_every_chart_is_a_chart_of_the_workbook_with_its_sentence(written: dict, weekly: Report) -> None:
    book = opened(written["zh"])
    assert [len(sheet._charts) for sheet in book if sheet.title.startswith("图")] == [1] * 6
    with zipfile.ZipFile(io.BytesIO(written["zh"])) as package:
        drawings = "".join(package.read(n).decode() for n in package.namelist() if "drawings/drawing" in n)
    assert all(block.alt.zh in drawings for block in weekly.blocks if isinstance(block, Figure))


def test_the_last_sheet_names_the_facts_of_every_cell(written: dict, weekly: Report) -> None:
    book = opened(written["zh"])
    rows = [[cell.value for cell in row] for row in book["来源"].iter_rows(min_row=2)]
    assert {row[3] for row in rows} == set(weekly.facts())
    for sheet, address, printed, _ in rows:
        value = book[sheet][address].value
        assert value is not None
        assert str(value) == printed or isinstance(value, int | float)


def test_the_same_report_gives_the_same_bytes(written: dict, weekly: Report) -> None:
    assert workbook(weekly, "zh") == written["zh"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-cmd", "@sum(a1)", "=cmd|' /C calc'!A0", "https://a.example"]
)
def test_text_that_looks_like_a_formula_stays_text(weekly: Report, text: str) -> None:
    both = Text(text, text)
    chart = next(block for block in weekly.blocks if isinstance(block, Figure))
    titled = replace(chart, zh=replace(chart.zh, title=text, note=text), alt=both)
    table = Table(both, ((Cell(both, columns=2),),), ((Cell(both), Cell(both, rows=1)),))
    report = replace(
        weekly,
        title=both,
        byline=both,
        footer=both,
        blocks=(Paragraph((Sentence(both),), both), table, titled),
    )
    data = workbook(report, "zh")
    cells = [
        cell for sheet in opened(data) for row in sheet.iter_rows() for cell in row if cell.value == text
    ]
    assert len(cells) > 8
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells) is (text[0] in "=+-@")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets" in name)


def test_a_text_too_long_for_a_cell_is_refused(weekly: Report) -> None:
    long = Text("很" * 32_768, "long")
    with pytest.raises(UnwritableReport) as refused:
        workbook(replace(weekly, blocks=(Paragraph((Sentence(long),)),)), "zh")
    assert refused.value.code == "REPORT-004"


def test_a_heat_map_is_a_table_and_a_network_a_picture(weekly: Report) -> None:
    shares = ((Decimal("61.5"), Decimal("38.5")), (Decimal("20.0"), Decimal("80.0")))
    heat = HeatMap("谁影响谁", ("铜", "铝"), ("铜", "铝"), shares, "热力图")
    net = network("网络", ("铜", "铝"), (38.5, 20.0), ((0, 18.5), (-18.5, 0)), "网络图")
    alt = Text("铜向铝传导。", "Copper gives to aluminium.")
    book = opened(workbook(replace(weekly, blocks=(Figure(heat, heat, alt), Figure(net, net, alt))), "zh"))
    assert (book["图1"]["B5"].value, book["图1"]["B5"].number_format) == (61.5, "0.0")
    assert len(book["图2"]._images) == 1


def test_a_row_is_as_high_as_its_wrapped_text(weekly: Report) -> None:
    long = Text("国内硒粉、国内二氧化硒、国内粗硒，" * 20, "domestic selenium powder, " * 20)
    noted = replace(
        next(block for block in weekly.blocks if isinstance(block, Table)),
        notes=(("*", Sentence(long)),),
    )
    report = replace(weekly, blocks=(Paragraph((Sentence(Text("短。", "Short.")), Sentence(long))), noted))
    book = opened(workbook(report, "zh"))
    text, table = book.worksheets[:2]
    rows = {cell.value: cell.row for column in text.columns for cell in column if cell.value}
    assert text.row_dimensions[rows["短。"]].height is None
    assert text.row_dimensions[rows[long.zh]].height > 60
    below = table.max_row
    assert table.row_dimensions[below].height > 60
    assert any(area.min_row == below and area.min_col == 1 for area in table.merged_cells.ranges)
