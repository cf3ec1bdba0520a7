"""A scenario report on paper: no page stands empty for a small table, file names stay whole, what leads somewhere leads there in every format."""

import ctypes
import io
import zipfile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from openpyxl import load_workbook

from touchstone.calc.pathway.pathway import projected
from touchstone.publish.pathway.paper import scenario_report
from touchstone.publish.pathway.reasons import wedged
from touchstone.publish.pathway.target import Shadow, shadows_table
from touchstone.publish.report.pdf import pdf
from touchstone.publish.report.report import Cell, Paragraph, Report, Table
from touchstone.publish.report.word import word
from touchstone.publish.report.workbook import workbook

from ...calc.pathway.made import case
from .samples import paper, text


@pytest.fixture(scope="module")
def report() -> Report:
    return scenario_report(paper(limits=(text("只计入产线。"), text("价格为同一年。"))))


def test_prices_of_targets_over_seventeen_years_stand_upright_and_say_yuan_for_what() -> None:
    capacity = [Shadow(text("benchmark"), year, 30.0, text("t/a")) for year in range(2024, 2041)]
    table = shadows_table([*capacity, Shadow(text("total"), 2030, 66.7, text("t CO₂e"))])
    widths = {sum(cell.columns for cell in row) for row in (*table.head, *table.body)}
    assert not table.wide and widths == {8}
    assert {row[1].text.en for row in table.body} == {"unit", "yuan/(t/a)", "yuan/t CO₂e"}
    years = [cell.text.en for row in (*table.head, *table.body) for cell in row if cell.text.en[:2] == "20"]
    assert years == [str(year) for year in range(2024, 2041)], "each year once, in order"
    assert "yuan" in table.caption.en and "元" in table.caption.zh


def test_limits_are_a_numbered_list_not_one_paragraph(report: Report) -> None:
    said = {block.label.zh: block.sentences for block in report.blocks if isinstance(block, Paragraph) and block.label}  # fmt: skip
    assert [said[f"（{n}）"][0].text.zh for n in (1, 2)] == ["只计入产线。", "价格为同一年。"]


def test_a_table_of_tall_rows_begins_where_the_page_has_room(report: Report) -> None:
    flowing = {block.caption.zh for block in report.blocks if isinstance(block, Table) and block.flows}
    assert {"目标与方案", "工程：哪条产线、何时、做什么"} <= flowing


def test_a_file_is_named_in_pieces_that_end_behind_a_slash_or_an_underscore() -> None:
    name = "pathway/technology_values.csv:108"
    rows = tuple(
        (Cell(text("值" * 40)), Cell(text("三" * 30)), Cell(text(f"{'研' * n}[user]；{name}")))
        for n in range(9)
    )
    made = pdf(Report(text("表"), text("今日"), paper().day, (Table(text("表"), rows[:1], rows),), text("脚")), "zh")  # fmt: skip
    said = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range().replace("\u200b", "")
    pieces = [line.rpartition("；")[2] for line in said.splitlines() if "值" not in line and "三" not in line]
    cut = [each for each in pieces if each and each in name and not each.endswith(("/", "_", ".csv:108"))]
    assert name in "".join(pieces) and cut == []


def test_numbers_lead_to_their_arithmetic_in_pdf_and_word_as_on_the_page(report: Report) -> None:
    document = pypdfium2.PdfDocument(pdf(report, "en"))
    assert sum(map(_links, document)) >= 4
    with zipfile.ZipFile(io.BytesIO(word(report, "en"))) as package:
        xml = package.read("word/document.xml").decode()
    asked = {part.split('"')[0] for part in xml.split('w:anchor="')[1:]}
    given = {part.split('"')[0] for part in xml.split('w:name="')[1:]}
    assert asked and asked <= given


def test_a_workbook_without_facts_has_no_empty_list_of_them(report: Report) -> None:
    sheets = load_workbook(io.BytesIO(workbook(report, "zh"))).sheetnames
    assert "来源" not in sheets and len(sheets) > 10


def test_the_title_of_what_levers_contribute_has_no_quotation_marks_in_english() -> None:
    found = projected(case())
    assert wedged(found, found).title.en == "From reference to reference"


def _links(page: pypdfium2.PdfPage) -> int:
    place, link, count = ctypes.c_int(0), pdfium.FPDF_LINK(), 0
    while pdfium.FPDFLink_Enumerate(page, place, link):
        count += 1
    return count
