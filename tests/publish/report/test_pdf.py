"""Reports as PDF."""

import ctypes
import json
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from touchstone.errors import UnwritableReport
from touchstone.facts.text import Text
from touchstone.publish.report.pdf import ATTACHED, pdf
from touchstone.publish.report.report import Paragraph, Report, Sentence, Table
from touchstone.publish.report.said import words
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def written(weekly: Report) -> dict[str, bytes]:
    """The bulletin in both languages."""
    return {lang: pdf(weekly, lang) for lang in LANGUAGES}


def text_of(data: bytes) -> str:
    """What a PDF says, without blanks."""
    pages = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_every_sentence_and_every_cell(written: dict, weekly: Report, lang: str) -> None:
    text = text_of(written[lang])
    for sentence in weekly.sentences():
        assert "".join(words(sentence.text, lang).split()) in text
    cells = [c for b in weekly.blocks if isinstance(b, Table) for row in (*b.head, *b.body) for c in row]
    for cell in cells:
        assert "".join(words(cell.text, lang).split()) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_every_table_is_read_back(written: dict, weekly: Report, lang: str) -> None:
    document = read_bytes(written[lang], "weekly.pdf")
    facts = [f for f in read_figures(document) if document.blocks[f.locator.block].kind == "table"]
    cells = [c for b in weekly.blocks if isinstance(b, Table) for row in b.body for c in row if c.number]
    assert [f.quote.rstrip("①") for f in facts] == [
        words(c.text, lang) for c in cells if words(c.text, lang) != "—"
    ]


def test_the_same_report_gives_the_same_bytes(written: dict, weekly: Report) -> None:
    assert pdf(weekly, "en") == written["en"]


def test_it_is_tagged_in_its_language_and_dated_by_the_report(written: dict) -> None:
    data = written["zh"]
    document = pypdfium2.PdfDocument(data)
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_value("CreationDate").startswith("D:20201009")
    assert document.get_metadata_value("Title") == "小金属市场周报"
    assert b"pdfuaid:part>1<" in data
    assert b"pdfaid:part>3<" in data


def test_it_embeds_our_fonts_and_needs_no_other(written: dict) -> None:
    for data in written.values():
        document = read_bytes(data, "weekly.pdf")
        assert "CO₂" in document.text
        fonts = {name for name in fonts_of(data) if name}
        assert fonts
        assert all(name.startswith("TouchstoneSansSC") for name in fonts)


def fonts_of(data: bytes) -> set[str]:
    """Names of the fonts that text of a PDF is set in, without the mark of a subset."""
    names = set()
    for page in pypdfium2.PdfDocument(data):
        for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            buffer = (ctypes.c_char * 200)()
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
            names.add(buffer.value.decode().rpartition("+")[2])
    return names


def test_the_facts_of_every_figure_are_attached(written: dict, weekly: Report) -> None:
    document = pypdfium2.PdfDocument(written["zh"])
    [attachment] = [document.get_attachment(i) for i in range(document.count_attachments())]
    assert attachment.get_name() == ATTACHED
    listed = json.loads(bytes(attachment.get_data()))
    assert {id for entry in listed for id in entry["facts"]} == set(weekly.facts())
    assert {"where": "表2第2行第6格", "text": "997.5"}.items() <= next(
        e for e in listed if e["text"] == "997.5"
    ).items()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lowered_figure_is_drawn(weekly: Report, lang: str) -> None:
    told = Text("每吨排放CO₂ 1.5吨，Al₂O₃含量10⁻⁶。", "1.5 t CO₂ a tonne, 10⁻⁶ Al₂O₃.")
    one = replace(weekly, blocks=(Paragraph((Sentence(told),)),))
    assert "CO₂" in text_of(pdf(one, lang))
    assert "10⁻⁶" in text_of(pdf(one, lang))


def test_a_character_the_font_lacks_is_refused_by_name_and_place(weekly: Report) -> None:
    one = replace(weekly, blocks=(Paragraph((Sentence(Text("价格看涨👍。", "Up.")),)),))
    with pytest.raises(UnwritableReport) as refused:
        pdf(one, "zh")
    assert refused.value.code == "REPORT-002"
    assert refused.value.where == "block 1"
    assert "👍 U+1F44D THUMBS UP SIGN" in refused.value.found
    assert pdf(one, "en")


def test_a_long_word_and_a_large_table_stay_on_the_page(weekly: Report) -> None:
    table = next(block for block in weekly.blocks if isinstance(block, Table))
    long = replace(table, body=table.body * 80)
    word = Paragraph((Sentence(Text("A" * 400, "A" * 400)),))
    document = pypdfium2.PdfDocument(pdf(replace(weekly, blocks=(word, long)), "en"))
    assert len(document) > 2
    assert document[1].get_textpage().get_text_range().count("Selenium") == 1
    for page in document:
        width = page.get_width()
        assert all(
            item.get_bounds()[2] <= width - 40
            for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5)
        )


def test_no_range_and_no_unit_is_broken_over_two_lines_and_no_word_is_cut(weekly: Report) -> None:
    """However long the lines before are, the paragraph is read back as it was written."""
    for blank in range(1, 40, 3):
        lead = "Selenium " + "x" * blank
        text = " ".join(
            f"{lead} was quoted at 41,500–42,500 yuan/kg considerably unchanged." for _ in range(4)
        )
        said = Paragraph((Sentence(Text(text, text)),))
        document = read_bytes(pdf(replace(weekly, blocks=(said,)), "en"), "p.pdf")
        assert text in document.text
