"""With the address of a console the figures of every file lead there, and read back they are the same."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from touchstone.publish.bulletin.files import FORMATS, write_issue
from touchstone.publish.bulletin.issue import Known, issue_of
from touchstone.publish.bulletin.recheck import round_trip

WEEK = date(2020, 10, 9)
CONSOLE = "https://prices.example.org/desk"


def links_of_pdf(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    try:
        pages = (document[n] for n in range(len(document)))
        notes = (
            raw.FPDFPage_GetAnnot(page, n) for page in pages for n in range(raw.FPDFPage_GetAnnotCount(page))
        )
        return sum(raw.FPDFAnnot_GetSubtype(each) == raw.FPDF_ANNOT_LINK for each in notes)
    finally:
        document.close()


def links(path: Path) -> int:
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return links_of_pdf(data)
    if path.suffix == ".html":
        return data.decode().count(f'href="{CONSOLE}/figure/')
    with ZipFile(BytesIO(data)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".rels")]
    return sum(part.count(f'"{CONSOLE}/figure/') for part in parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_file_leads_to_the_console_and_reads_back_the_same(
    sample: Known, tmp_path: Path, lang: str
) -> None:
    issue = issue_of(WEEK, sample, (lang,))
    files = write_issue(issue, sample.quotations, tmp_path, (lang,), FORMATS, console=CONSOLE + "/")
    for path in files:
        assert links(path) > 50, path.name
        assert round_trip(path.read_bytes(), issue.report, issue.week, sample.quotations, lang) == [], (
            path.name
        )


def test_without_a_console_nothing_is_a_link(sample: Known, tmp_path: Path) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    files = write_issue(issue, sample.quotations, tmp_path, ("zh",), FORMATS)
    assert {path.suffix: links(path) for path in files} == dict.fromkeys(
        (".docx", ".xlsx", ".pdf", ".html"), 0
    )
