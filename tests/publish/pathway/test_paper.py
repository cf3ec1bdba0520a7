"""The report of a scenario says what was assumed, what comes of it, which chance is meant, what is missing, and how to make it again."""

import io
from dataclasses import replace

import pytest
from docx import Document
from lxml import html

from touchstone.publish.pathway.paper import SECTIONS, scenario_report
from touchstone.publish.pathway.target import score_sheet, targets_table
from touchstone.publish.report.page import page
from touchstone.publish.report.pdf import pdf
from touchstone.publish.report.report import Figure, Heading, Report, Table
from touchstone.publish.report.word import word
from touchstone.publish.report.workbook import workbook

from .samples import KIND, paper, targets


@pytest.fixture(scope="module")
def report() -> Report:
    return scenario_report(paper())


@pytest.mark.parametrize("lang", ("zh", "en"))
def test_it_is_written_as_a_page_in_either_language_with_a_drawing_for_a_phone_and_for_a_desk(
    report: Report, lang: str
) -> None:
    made = html.fromstring(page(report, lang))
    figures = made.xpath("//figure")
    assert len(figures) == sum(isinstance(block, Figure) for block in report.blocks) == 10
    assert all(len(f.xpath(".//*[local-name()='svg']")) == 2 and f.get("aria-label") for f in figures)
    text = made.text_content()
    assert (KIND.zh if lang == "zh" else KIND.en) in text and "9f2c" in text


def test_it_is_written_as_pdf_word_and_workbook(report: Report) -> None:
    assert pdf(report, "en").startswith(b"%PDF")
    made = Document(io.BytesIO(word(report, "zh")))
    assert len(made.inline_shapes) == 10
    assert workbook(report, "zh").startswith(b"PK")


def test_made_up_inputs_are_said_in_title_and_first_sentence(report: Report) -> None:
    assert "示例数据" in report.title.zh and "made up" in next(report.sentences()).text.en
    honest = scenario_report(paper(synthetic=False))
    assert "示例" not in honest.title.zh


def test_a_target_is_told_in_words_with_its_number_and_why_nothing_is_known() -> None:
    body = targets_table(targets(), KIND).body
    assert body[0][3].text.zh == "达到" and body[0][5].text.zh == "84%，可能"
    assert body[1][3].text.en == "missed" and body[1][5].text.en == "3.5%, very unlikely"
    assert body[2][3].text.zh == "无法判断：没有产值" and body[2][5].text.en == "no value added is known"
    assert [each.lamp() for each in targets()] == ["blue", "red", "unknown"]


def test_a_score_that_cannot_be_given_counts_neither_in_the_sum_nor_in_what_it_is_of() -> None:
    last = score_sheet(paper().scores).body[-1]
    assert (last[1].text.en, last[2].text.en) == ("10", "10") and "1 of 2" in last[0].text.en


def test_what_was_not_worked_out_is_said_to_be_missing() -> None:
    bare = scenario_report(paper(targets=(), scores=(), optimum=(), works=(), compared=(), drawings={}))
    told = " ".join(sentence.text.en for sentence in bare.sentences())
    assert "no targets" in told and "No least-cost plan" in told and "changes no line" in told
    assert not any(isinstance(block, Figure) for block in bare.blocks)
    assert "There are none" in " ".join(s.text.en for s in scenario_report(paper(conflicts=())).sentences())


def test_every_section_of_drawings_is_in_the_report(report: Report) -> None:
    assert set(paper().drawings) == set(SECTIONS)
    captions = [block.caption.en for block in report.blocks if isinstance(block, Table)]
    assert len(captions) == 10


def test_results_come_first_and_assumptions_last(report: Report) -> None:
    heads = [block.text.en for block in report.blocks if isinstance(block, Heading)]
    wanted = [
        "Summary",
        "Targets and chances",
        "Results",
        "What is to be done",
        "The least-cost plan",
        "Method",
    ]
    assert [each for each in heads if each in wanted] == wanted
    assert heads[-2:] == ["How to make it again", "Annex: assumptions and where they are from"]


def test_every_number_of_the_page_leads_to_its_arithmetic_and_from_there_to_file_and_line(
    report: Report,
) -> None:
    """Emissions of 2030 → how they are worked out → the assumption → the line of the file, on the page of a console."""
    made = html.fromstring(page(report, "en", "http://127.0.0.1:8000"))
    anchors = set(made.xpath("//@id"))
    [number, *_] = made.xpath("//td[normalize-space()='3,200']//a")
    assert number.get("href") == "#how-emissions" and "how-emissions" in anchors
    [cited] = made.xpath("//th[@id='how-emissions']/..//sup/a")
    assert cited.get("href") == "#source-1" and "source-1" in anchors
    stated = made.xpath("//*[@id='source-1']/..//a/@href")
    assert set(stated) == {"http://127.0.0.1:8000/pathway/stated?at=pathway/scenarios/plan.toml:9"}
    assert {href[1:] for href in made.xpath("//a/@href") if href[0] == "#"} <= anchors


def test_a_target_met_only_as_assumed_is_not_called_met_without_a_word(report: Report) -> None:
    shaky = replace(targets()[0], chance=0.13)
    assert shaky.verdict("en") == "met only if all is as assumed" and shaky.likely("zh") == "13%，不太可能"
    assert targets()[0].verdict("en") == "met"
