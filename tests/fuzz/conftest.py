"""Small valid documents of every kind, from which the fuzz tests make broken ones."""

from io import BytesIO

import docx
import openpyxl
import pytest
import xlwt
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

collect_ignore = ["fuzz_readers.py"]  # needs atheris, which is installed only to run it

SENTENCE = "2022年6月份，精炼铜产量95.2万吨，同比增长2.4%；1-6月累计533.3万吨。"
ROWS = [["品种", "最低", "最高"], ["精铟", "1200", "1230"], ["硒粉", "90.5", "110.0"]]


@pytest.fixture(scope="session")
def seeds() -> dict[str, bytes]:
    """File name → bytes, one document a format."""
    return make_seeds()


def make_seeds() -> dict[str, bytes]:
    """One small document for each format that is read."""
    page = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return {
        "a.docx": _docx(),
        "a.pdf": _pdf(),
        "a.xlsx": _xlsx(),
        "a.xls": _xls(),
        "a.html": f"<!DOCTYPE html><meta charset=utf-8><h1>周报</h1><p>{SENTENCE}{page}".encode(),
        "a.csv": "\n".join(",".join(row) for row in ROWS).encode("gb18030"),
        "a.txt": f"一、铜\n{SENTENCE}\n".encode("utf-16"),
        "a.md": f"# 周报\n\n{SENTENCE}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
    }


def _docx() -> bytes:
    file = docx.Document()
    file.add_heading("周报", 1)
    file.add_paragraph(SENTENCE)
    table = file.add_table(3, 3)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    return _saved(file.save)


def _pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    table = Table(ROWS)
    table.setStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
    )
    story = [Paragraph(SENTENCE, ParagraphStyle("p", fontName="STSong-Light")), table]
    return _saved(lambda out: SimpleDocTemplate(out, pageCompression=0).build(story))


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in [*ROWS, ["合计", 74, 0.123]]:
        book.active.append(row)
    book.active["B4"].number_format, book.active["C4"].number_format = "0.0", "0.00%"
    book.active.merge_cells("B1:C1")
    return _saved(book.save)


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 1, "价格")
    sheet.write(1, 0, 1.5)
    return _saved(book.save)


def _saved(save) -> bytes:
    out = BytesIO()
    save(out)
    return out.getvalue()
