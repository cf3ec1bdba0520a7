"""What a report says in one language."""

import io
import zipfile
from datetime import date

import pytest

from touchstone.facts.text import Text
from touchstone.publish.report.archive import dated
from touchstone.publish.report.report import Cell, Report, Sentence
from touchstone.publish.report.said import change, said, stated

WORDS = Text("价格将走弱。", "Prices will weaken.")


@pytest.mark.parametrize(
    ("sentence", "zh", "en"),
    [
        (Sentence(WORDS), "", ""),
        (Sentence(WORDS, "rule"), "〔规则〕", "[rule]"),
        (Sentence(WORDS, "written"), "〔编辑〕", "[editor]"),
        (Sentence(WORDS, "written", by="李某"), "〔编辑：李某〕", "[editor: 李某]"),
        (Sentence(WORDS, "quoted", by="统计局"), "〔来源统计局〕", "[source 统计局]"),
        (Sentence(WORDS, "quoted"), "", ""),
        (Sentence(Text("走弱。", ""), "written"), "〔编辑〕", "[editor, in Chinese]"),
        (Sentence(Text("", "Weaker."), "rule"), "〔规则，英文原文〕", "[rule]"),
    ],
)
def test_a_mark_says_where_a_sentence_comes_from(sentence: Sentence, zh: str, en: str) -> None:
    assert (said(sentence, "zh").mark, said(sentence, "en").mark) == (zh, en)


def test_a_sentence_in_one_language_is_in_both_papers() -> None:
    told = said(Sentence(Text("走弱。", ""), "written"), "en")
    assert (told.text, told.lang) == ("走弱。", "zh")


@pytest.mark.parametrize(
    ("printed", "number", "moved"),
    [("+0.5", True, "up"), ("▲3", True, "up"), ("−0.5", True, "down"), ("-2%", True, "down"), ("↓1", True, "down"),
     ("0.5", True, ""), ("—", True, ""), ("-", True, ""), ("+0.5", False, "")],
)  # fmt: skip
def test_a_figure_with_a_sign_is_a_change(printed: str, number: bool, moved: str) -> None:
    assert change(Cell(Text(printed, printed), number=number), "zh") == moved


def test_everything_that_stands_on_facts_is_named_with_its_place(weekly: Report) -> None:
    listed = list(stated(weekly, "en"))
    assert [id for each in listed for id in each.facts if id] and {i for e in listed for i in e.facts} == set(
        weekly.facts()
    )
    assert listed[0].where == "Paragraph 1"
    assert next(each.where for each in listed if each.text == "997.5") == "Table 2, row 2, cell 6"


def test_an_archive_is_dated_by_its_report_and_never_before_there_were_archives() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("b.txt", "two")
        archive.writestr("a.txt", "one")
    for day, stamp in ((date(2020, 10, 9), (2020, 10, 9)), (date(1975, 1, 2), (1980, 1, 1))):
        with zipfile.ZipFile(io.BytesIO(dated(out.getvalue(), day))) as read:
            assert [(e.filename, e.date_time[:3]) for e in read.infolist()] == [
                ("b.txt", stamp),
                ("a.txt", stamp),
            ]
            assert read.read("a.txt") == b"one"
