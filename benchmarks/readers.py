"""Files to blocks: characters a second on one core for each kind of file, with the same text in all.

The rivals read the same file with the library of that format alone and give plain text, without blocks,
spans, number formats or offsets.
"""

import argparse
import time
from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl
import xlwt
from lxml import html
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from touchstone.read.read import read_bytes

SENTENCE = "2022年6月份，我国精炼铜产量为95.2万吨，同比增长2.4%；1-6月累计产量533.3万吨，其中华东占41.7%。"
DOCX_DUE = 500_000


def rows(count: int) -> list[list[object]]:
    """A table of prices: five columns."""
    return [["品种", "最低", "最高", "均价", "涨跌"]] + [
        [f"金属{n}", 1000 + n, 1030 + n, 1015.5 + n, 0.125] for n in range(count)
    ]


def word(size: int) -> bytes:
    """`size` paragraphs and as many table rows."""
    file = docx.Document()
    for number in range(size):
        file.add_paragraph(f"{number}：{SENTENCE}" * 2)
    body = rows(size // 10)
    table = file.add_table(len(body), 5)
    for line, values in zip(table.rows, body, strict=True):
        for cell, value in zip(line.cells, values, strict=True):
            cell.text = str(value)
    return saved(file.save)


def pdf(size: int) -> bytes:
    """`size` paragraphs and a ruled table on every tenth."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("p", fontName="STSong-Light", wordWrap="CJK", firstLineIndent=20)
    story: list = []
    for number in range(size):
        story.append(Paragraph(f"{number}：{SENTENCE}" * 2, style))
        if number % 10 == 0:
            story.append(Table(rows(5), style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    return saved(lambda out: SimpleDocTemplate(out).build(story))


def page(size: int) -> bytes:
    """`size` paragraphs and a table."""
    paragraphs = "".join(f"<p>{number}：{SENTENCE * 2}</p>" for number in range(size))
    body = "".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in rows(size))
    return f"<!DOCTYPE html><html><meta charset=utf-8>{paragraphs}<table>{body}</table></html>".encode()


def xlsx(size: int) -> bytes:
    """`size` rows, two columns of them with a number format."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("价格")
    for row in rows(size):
        cells = [openpyxl.cell.WriteOnlyCell(sheet, value) for value in row]
        cells[3].number_format, cells[4].number_format = "#,##0.00", "0.00%"
        sheet.append(cells)
    return saved(book.save)


def xls(size: int) -> bytes:
    """`size` rows of the old kind."""
    book = xlwt.Workbook()
    sheet, style = book.add_sheet("价格"), xlwt.easyxf(num_format_str="0.0")
    for number, row in enumerate(rows(min(size, 60_000))):
        for column, value in enumerate(row):
            sheet.write(number, column, value, style)
    return saved(book.save)


def csv(size: int) -> bytes:
    """`size` rows."""
    return "\n".join(",".join(map(str, row)) for row in rows(size)).encode("gb18030")


def saved(save: Callable[[BytesIO], object]) -> bytes:
    """What `save` writes."""
    out = BytesIO()
    save(out)
    return out.getvalue()


def rival_docx(data: bytes) -> int:
    """python-docx: text of all paragraphs and cells."""
    file = docx.Document(BytesIO(data))
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return sum(map(len, cells)) + sum(len(paragraph.text) for paragraph in file.paragraphs)


def rival_pdf(data: bytes) -> int:
    """pdfium's own text of each page: the floor, without tables and joined lines."""
    import pypdfium2

    return sum(len(sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(data))


def rival_html(data: bytes) -> int:
    """lxml's text of the whole page."""
    return len(html.fromstring(data).text_content())


def rival_xlsx(data: bytes) -> int:
    """openpyxl, reading only: stored values."""
    sheet = openpyxl.load_workbook(BytesIO(data), read_only=True)["价格"]
    return sum(len(str(value)) for row in sheet.iter_rows(values_only=True) for value in row)


FORMATS = [
    ("docx", word, 2_000, ("python-docx", rival_docx), DOCX_DUE),
    ("pdf", pdf, 600, ("pdfium, plain text", rival_pdf), None),
    ("html", page, 8_000, ("lxml, plain text", rival_html), None),
    ("xlsx", xlsx, 10_000, ("openpyxl, values", rival_xlsx), None),
    ("xls", xls, 10_000, None, None),
    ("csv", csv, 40_000, None, None),
]


def fastest(run: Callable[[bytes], object], data: bytes) -> float:
    """Seconds of the fastest of three runs."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        run(data)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Print one row a format."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="the smallest size")
    quick = parser.parse_args().quick
    print("| file | characters | characters/s | rival | rival takes | due |\n|---|---|---|---|---|---|")
    for name, make, size, rival, due in FORMATS:
        data = make(20 if quick else size)
        length = len(read_bytes(data, f"a.{name}").text)
        ours = fastest(lambda case, kind=name: read_bytes(case, f"a.{kind}"), data)
        beside = f"{rival[0]} | {fastest(rival[1], data) / ours:.2f} times as long" if rival else "- | -"
        print(f"| {name} | {length:,} | {length / ours:,.0f} | {beside} | {f'≥ {due:,}' if due else '-'} |")


if __name__ == "__main__":
    main()
