"""Reports as Word documents: what an editor sees, and what the reader makes of them."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn

from touchstone.facts.fact import Fact
from touchstone.publish.report.report import Figure, Report, Table
from touchstone.publish.report.said import words
from touchstone.publish.report.word import word
from touchstone.publish.report.wordfacts import NAMESPACE
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def written(weekly: Report) -> dict[str, bytes]:
    """The bulletin in both languages."""
    return {lang: word(weekly, lang) for lang in LANGUAGES}


def opened(data: bytes) -> "docx.document.Document":
    return docx.Document(io.BytesIO(data))


def figures_of_tables(data: bytes) -> list[list[Fact]]:
    """What the reader reads in each table, in order."""
    document = read_bytes(data, "weekly.docx")
    facts = read_figures(document)
    tables = [i for i, block in enumerate(document.blocks) if block.kind == "table"]
    return [[f for f in facts if f.locator.block == i] for i in tables]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_every_table_is_read_back(written: dict, weekly: Report, lang: str) -> None:
    tables = [block for block in weekly.blocks if isinstance(block, Table)]
    for table, facts in zip(tables, figures_of_tables(written[lang]), strict=True):
        printed = [
            words(c.text, lang) for row in table.body for c in row if c.number and words(c.text, lang) != "—"
        ]
        assert [f.quote.rstrip("①") for f in facts] == printed


def test_the_field_s_tables_are_read_back_with_metal_market_day_side_and_unit(written: dict) -> None:
    abroad, rotterdam, home, _ = figures_of_tables(written["zh"])
    said = [
        f"{f.subject} {f.measure} {f.place} {f.period} {f.value} {f.unit}" for f in abroad + rotterdam + home
    ]
    assert "bi price.high market.international 2020-10-07 3.1 美元/磅" in said
    assert "ge price market.rotterdam 2020-10-08 997.5 美元/公斤" in said
    assert "ge.ingot price.low market.domestic 2020-09-29 6900 元/公斤" in said
    assert "cd.ingot price.high market.domestic 2020-10-09 16500 元/吨" in said
    assert {f.measure for f in abroad + home} == {"price.low", "price.high"}
    assert all(f.unit and f.period for f in abroad + rotterdam + home)


def test_both_languages_state_the_same_quotes(written: dict) -> None:
    zh, en = ([(f.subject, f.measure, f.period, f.value) for t in figures_of_tables(written[lang])[:3] for f in t
               if not f.subject.startswith(("镉", "Cadmium"))] for lang in LANGUAGES)  # fmt: skip
    assert zh == en


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reader_finds_title_headings_captions_and_day(written: dict, weekly: Report, lang: str) -> None:
    document = read_bytes(written[lang], "weekly.docx")
    assert document.source.title == words(weekly.title, lang)
    assert document.source.published == weekly.day
    kinds = [block.kind for block in document.blocks]
    assert (kinds.count("table"), kinds.count("caption")) == (4, 4)
    assert [block.level for block in document.blocks if block.kind == "heading"] == [1, 1, 2, 2, 2, 2, 1, 1]


def test_the_same_report_gives_the_same_bytes(written: dict, weekly: Report) -> None:
    assert word(weekly, "zh") == written["zh"]


def test_nothing_of_the_japanese_template_is_left(written: dict) -> None:
    with zipfile.ZipFile(io.BytesIO(written["zh"])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert not [name for name in parts if "thumbnail" in name or "Effects" in name or "numbering" in name]
    told = parts["word/styles.xml"] + parts["word/settings.xml"] + parts["word/document.xml"]
    assert b"ja-JP" not in told
    assert "宋体".encode() in parts["word/styles.xml"]


def test_the_paper_is_a4_and_a_wide_table_turns_it(weekly: Report) -> None:
    wide = tuple(replace(b, wide=isinstance(b, Table) and b.caption.zh.startswith("表2")) if isinstance(b, Table) else b
                 for b in weekly.blocks)  # fmt: skip
    sections = opened(word(replace(weekly, blocks=wide), "zh")).sections
    sides = [
        (round(s.page_width.cm, 1), round(s.page_height.cm, 1))
        for s in sections
        if s.page_width and s.page_height
    ]
    assert sides == [(21.0, 29.7), (29.7, 21.0), (21.0, 29.7)]


def test_the_head_of_a_table_is_repeated_and_its_rows_are_not_broken(written: dict) -> None:
    change = opened(written["zh"]).tables[3]._tbl
    heads = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in change.tr_lst]
    assert heads == [True, True, False, False, False]
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in change.tr_lst)


def test_a_rise_is_red_a_fall_is_green_and_both_have_their_sign(written: dict) -> None:
    change = opened(written["zh"]).tables[3]
    runs = {
        run.text: run.style.name
        for row in change.rows
        for cell in row.cells
        for p in cell.paragraphs
        for run in p.runs
    }
    assert (runs["+1.50"], runs["-0.25"], runs["0"]) == ("Rose", "Fell", "Default Paragraph Font")


@pytest.mark.parametrize(("lang", "mark"), [("zh", "〔规则〕"), ("en", "[rule]")])
def test_a_sentence_of_a_rule_and_one_of_an_editor_carry_their_marks(
    written: dict, lang: str, mark: str
) -> None:
    text = "\n".join(p.text for p in opened(written[lang]).paragraphs)
    assert text.count(mark) == 4
    assert ("〔编辑：王编辑〕" if lang == "zh" else "[editor: 王编辑]") in text
    assert (
        "卖方也不急于出货。〔编辑：王编辑〕"
        if lang == "zh"
        else "卖方也不急于出货。 [editor: 王编辑, in Chinese]"
    ) in text


def test_every_picture_has_its_sentence(written: dict, weekly: Report) -> None:
    shapes = opened(written["en"]).inline_shapes
    told = [shape._inline.docPr.get("descr") for shape in shapes]
    assert told == [block.alt.en for block in weekly.blocks if isinstance(block, Figure)]


def test_hidden_bookmarks_lead_from_a_figure_back_to_its_facts(written: dict, weekly: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(written["zh"])) as package:
        listed = ElementTree.fromstring(package.read("customXml/facts.xml"))
        body = ElementTree.fromstring(package.read("word/document.xml"))
    entries = {e.get("bookmark"): e for e in listed.iter(f"{{{NAMESPACE}}}at")}
    assert {e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))} == set(entries)
    assert {id for e in entries.values() for id in (e.get("facts") or "").split()} == set(weekly.facts())
    germanium = next(
        block for block in weekly.blocks if isinstance(block, Table) and block.caption.zh.startswith("表2")
    )
    cell = next(c for c in germanium.body[0] if c.text.zh == "997.5")
    [entry] = [e for e in entries.values() if e.get("facts") == cell.facts[0]]
    assert entry.get("text") == "997.5"
