"""Hostile text: every writer writes it as it is, or refuses it by name; it never becomes markup."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.errors import UnwritableReport
from touchstone.facts.text import Text
from touchstone.publish.report.page import page
from touchstone.publish.report.pdf import pdf
from touchstone.publish.report.report import Cell, Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.report.word import word
from touchstone.publish.report.workbook import workbook

WRITERS: tuple[Callable[[Report, str], bytes | str], ...] = (word, workbook, pdf, page)
SPECIMENS = (
    "<script>alert(1)</script>", "&amp; &lt;b&gt; ]]>", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1-1", "A" * 300, "很" * 120,
    "#panic() #read(\"x\") $x$ *b* _i_ `r` <lab> @ref \\ // c", "{{ 7*7 }} {% if %}", "a\nb", "x\u200by", "e\u0301",
    "\"quoted\" it's", "{page} {0}", "&P&N&G", "\\u0041", "👍", "\x00", "\x1b[31m", "\ud800", "\u202e1.5", "\ufeff",
    "\uffff", "\U000f0000", "1.5", "+0.5%", "<!--", "-->", "%!PS", "{\\rtf1}",
)  # fmt: skip
hostile = st.one_of(
    st.sampled_from(SPECIMENS), st.text(max_size=30), st.text("<>&\"'=+-@#$\\{}[]%|1", max_size=12)
)


def report_of(a: str, b: str, c: str) -> Report:
    """A report that says three texts in every place there is."""
    one, two, three = Text(a, a), Text(b, b), Text(c, c)
    table = Table(
        one,
        ((Cell(two, columns=2), Cell(three)),),
        ((Cell(one), Cell(two, (a,), number=True, note=c[:3]), Cell(three)),),
        notes=((c[:2], Sentence(two, "written", by=a)),),
    )
    told = Paragraph((Sentence(one, facts=(b, c)), Sentence(three, "written", by=b)), label=two)
    return Report(Text(f"T {a}", f"T {a}"), two, date(2020, 10, 9), (Heading(three), told, table), one)


def written(write: Callable[[Report, str], bytes | str], report: Report) -> bytes | None:
    """What a writer makes of it; None where it refuses, which it must do by code and place."""
    try:
        made = write(report, "en")
    except UnwritableReport as refused:
        assert refused.code in ("REPORT-001", "REPORT-002", "REPORT-006")
        assert refused.where
        assert "U+" in refused.found or refused.code == "REPORT-006"
        return None
    return made.encode() if isinstance(made, str) else made


@settings(max_examples=40)
@given(hostile, hostile, hostile)
def test_a_report_is_written_or_refused_and_what_is_written_is_text(a: str, b: str, c: str) -> None:
    report = report_of(a, b, c)
    made = {write.__name__: written(write, report) for write in WRITERS}
    others = {made["word"] is None, made["workbook"] is None, made["page"] is None}
    assert len(others) == 1, "only the PDF, which needs a glyph for each character, may refuse more"
    if (data := made["word"]) is not None:
        told = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
        assert "".join(told).count(b) >= 1
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert b"<script" not in b"".join(package.read(n) for n in package.namelist())
    if (data := made["workbook"]) is not None:
        cells = [
            c for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for c in row
        ]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
    if (data := made["page"]) is not None:
        assert Tags(data.decode()).found <= TAGS
    if (data := made["pdf"]) is not None:
        assert len(pypdfium2.PdfDocument(data)) >= 1


TAGS = set(
    "html head meta title style body main header h1 h2 p strong span div table thead tbody tr th td sup footer".split()
)


class Tags(HTMLParser):
    """The tags of a page, and nothing but known attributes on them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.found.add(tag)
        assert {name for name, _ in attrs} <= {
            "lang", "charset", "name", "content", "http-equiv", "class", "id", "role", "tabindex", "scope",
            "colspan", "rowspan", "data-facts", "aria-labelledby", "aria-label",
        }  # fmt: skip


@pytest.mark.parametrize("text", [s for s in SPECIMENS if s.isprintable() and s.isascii() and len(s) < 40])
def test_what_looks_like_markup_is_printed_as_it_is(text: str) -> None:
    data = written(pdf, report_of(text, text, text))
    assert data is not None
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    assert "".join(text.split()) in re.sub(r"\s", "", printed)
