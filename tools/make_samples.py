"""Build the Word, PDF and Excel files of the sample folder from what tools/samples declares.

The same declarations give the same bytes, so a changed sample is a change somebody made. The web
page and the English note are their own source and stand in the sample folder as written.
"""

import argparse
import io
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from touchstone.publish.report.archive import dated

ROOT = Path(__file__).resolve().parent.parent
DECLARED = ROOT / "tools" / "samples"
FOLDER = ROOT / "src" / "touchstone" / "data" / "sample"
WEEKLY = "小金属周报-2020-10-09.docx"
QUARTERLY = "铜产量简报-2022Q3.pdf"
EMISSIONS = "降碳绩效-2019.xlsx"
ARCHIVED = date(2020, 1, 1)
"""The day that members of an archive carry, whenever it is built."""


def weekly_bulletin() -> bytes:
    """The price bulletin as a Word file, Chinese fonts in every style."""
    from docx import Document

    declared = _declared("weekly.toml")
    document = Document()
    _chinese_styles(document)
    document.add_heading(declared["title"], level=0)
    document.add_paragraph(declared["byline"])
    for section in declared["section"]:
        document.add_heading(section["heading"], level=1)
        for metal in section.get("metal", ()):
            document.add_heading(metal["heading"], level=2)
            for text in metal["text"]:
                document.add_paragraph(text)
        for table in section.get("table", ()):
            document.add_paragraph(table["caption"], style="Caption")
            _word_table(document, table)
    properties = document.core_properties
    properties.title, properties.author = declared["title"], "Touchstone"
    properties.created = properties.modified = _midnight(declared["produced"])
    out = io.BytesIO()
    document.save(out)
    return dated(out.getvalue(), ARCHIVED)


def _chinese_styles(document: Any) -> None:
    """python-docx starts from a template whose East Asian font and language are Japanese."""
    from docx.oxml.ns import qn

    for style in document.styles:
        if style.type is not None and hasattr(style, "font"):
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            heading = style.name.startswith(("Heading", "Title"))
            fonts.set(qn("w:eastAsia"), "黑体" if heading else "宋体")
            fonts.set(qn("w:ascii"), "Arial")
            fonts.set(qn("w:hAnsi"), "Arial")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _word_table(document: Any, declared: dict[str, Any]) -> None:
    """One table: merged heads over price pairs, rows, a unit row, and what stands below it."""
    parts = [declared, declared["below"]] if "below" in declared else [declared]
    width = len(declared["rows"][0])
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for part in parts:
        pair = 2 if declared["pairs"] else 1
        _spanned_row(table, [(text, pair if i else 1) for i, text in enumerate(part["head"])])
        for row in part["rows"]:
            _spanned_row(table, [(text, 1) for text in row])
        if "units" in part:
            _spanned_row(table, [(text, span) for text, span in part["units"]])


def _spanned_row(table: Any, cells: list[tuple[str, int]]) -> None:
    row, column = table.add_row(), 0
    for text, span in cells:
        cell = row.cells[column]
        if span > 1:
            cell = cell.merge(row.cells[column + span - 1])
        cell.text = text
        column += span


def quarterly_note() -> bytes:
    """The output note as a PDF; needs the font Noto Sans CJK SC, of which it embeds a subset."""
    import typst

    made = typst.compile(str(DECLARED / "quarterly.typ"), timestamp=_midnight(date(2022, 9, 30)))
    assert isinstance(made, bytes)
    return made


def emissions_sheet() -> bytes:
    """The emissions sheet as an Excel file whose number formats keep the printed precision."""
    import xlsxwriter

    declared = _declared("emissions.toml")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"author": "Touchstone", "created": _midnight(declared["produced"])})
        for sheet in declared["sheet"]:
            _excel_sheet(book, sheet)
    return out.getvalue()


def _excel_sheet(book: Any, declared: dict[str, Any]) -> None:
    page = book.add_worksheet(declared["name"])
    bold = book.add_format({"bold": True, "align": "center", "border": 1})
    page.set_column(0, 0, 38)
    page.merge_range(0, 0, 0, len(declared["head"]) - 1, declared["title"], bold)
    page.write_row(1, 0, declared["head"], bold)
    row = 2
    for label, unit, *figures in declared["rows"]:
        page.write_row(row, 0, (label, unit))
        for column, figure in enumerate(figures, start=2):
            page.write_number(row, column, float(figure), book.add_format({"num_format": _format_of(figure)}))
        row += 1
    if formula := declared.get("formula"):
        page.write_row(row, 0, (formula["label"], formula["unit"]))
        shown = book.add_format({"num_format": formula["format"]})
        for column, value in enumerate(formula["values"], start=2):
            text = formula["formula"].format(c="ABCDEFGH"[column])
            page.write_formula(row, column, text, shown, value)


def _format_of(figure: str) -> str:
    """The number format that shows a figure with the decimals it is declared with."""
    decimals = len(figure.partition(".")[2])
    return f"0.{'0' * decimals}" if decimals else "0"


def _declared(name: str) -> dict[str, Any]:
    return tomllib.loads((DECLARED / name).read_text(encoding="utf-8"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


SAMPLES = {WEEKLY: weekly_bulletin, QUARTERLY: quarterly_note, EMISSIONS: emissions_sheet}
"""File name in the sample folder, and the function that builds its bytes."""


def main() -> None:
    """Write the samples into the folder given, by default the bundled one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in SAMPLES.items():
        (folder / name).write_bytes(build())
        print(f"{name}  {(folder / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
