"""Before it is written a bulletin is read back: a wrong number, a contradiction or an altered quote stops it."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from touchstone.facts.text import Text
from touchstone.publish.bulletin.issue import Issue, Known, issue_of
from touchstone.publish.bulletin.recheck import UnsoundBulletin, check_bulletin, round_trip
from touchstone.publish.report.report import Block, Heading, Paragraph, Report, Sentence, Table

from .conftest import BEFORE, FRIDAY

TEXTS = {
    BEFORE.isoformat(): "国内铋锭报41000-42000元/吨。",
    FRIDAY.isoformat(): "国内铋锭10月15日报41200-42200元/吨，10月16日报41500-42500元/吨。",
}
WEEK = date(2020, 10, 9)


def altered(report: Report, change: Callable[[Block], Block]) -> Report:
    return replace(report, blocks=tuple(change(block) for block in report.blocks))


def reworded(report: Report, old: str, new: str) -> Report:
    """The report with a word of its first paragraph changed, in both languages."""

    def change(block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        said = (
            replace(s, text=Text(s.text.zh.replace(old, new), s.text.en.replace(old, new)))
            for s in block.sentences
        )
        return replace(block, sentences=tuple(said))

    return altered(report, change)


def refusal(issue: Issue, report: Report, known: Known, lang: str = "zh") -> UnsoundBulletin:
    with pytest.raises(UnsoundBulletin) as caught:
        check_bulletin(report, issue.week, known.quotations, lang)
    return caught.value


@pytest.mark.parametrize(
    ("lang", "old", "new"),
    [
        ("zh", "500元/吨", "600元/吨"), ("en", "500 yuan/t", "600 yuan/t"), ("zh", "500元/吨", "500元/公斤"),
        ("zh", "1.20", "1.30"), ("en", "1.20", "1.30"), ("zh", "上涨", "下跌"), ("en", "mean up", "mean down"),
    ],
)  # fmt: skip
def test_a_sentence_that_says_another_number_unit_or_direction_stops_the_bulletin(
    make: Callable[..., Issue], sample: Known, lang: str, old: str, new: str
) -> None:
    issue = make(TEXTS)
    found = refusal(issue, reworded(issue.report, old, new), sample, lang)
    assert found.code == "BULLETIN-005"
    assert new in found.found and found.zh


def test_a_sentence_that_leaves_out_a_number_it_claims_stops_the_bulletin(
    make: Callable[..., Issue], sample: Known
) -> None:
    issue = make(TEXTS)
    found = refusal(issue, reworded(issue.report, "（涨幅1.20%）", ""), sample)
    assert found.code == "BULLETIN-005" and "1.20" in found.found


def test_a_sentence_that_calls_unchanged_what_moved_stops_the_bulletin(
    make: Callable[..., Issue], sample: Known
) -> None:
    issue = make(TEXTS)
    old = "均价较上周五上涨500元/吨（涨幅1.20%）"
    assert refusal(issue, reworded(issue.report, old, "均价较上周五持平"), sample).code == "BULLETIN-005"


def test_a_table_that_says_another_price_than_the_sentence_stops_the_bulletin(
    make: Callable[..., Issue], sample: Known
) -> None:
    issue = make(TEXTS)

    def change(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        rows = (tuple(replace(c, text=_swap(c.text)) for c in row) for row in block.body)
        return replace(block, body=tuple(rows))

    found = refusal(issue, altered(issue.report, change), sample)
    assert found.code == "BULLETIN-006"
    assert "41800" in found.found and "10月16日国内市场铋锭报41500—42500元/吨" in found.found


def _swap(text: Text) -> Text:
    return Text(text.zh.replace("41500", "41800"), text.en.replace("41,500", "41,800"))


def test_figures_of_the_words_of_others_do_not_stop_a_bulletin(
    make: Callable[..., Issue], sample: Known
) -> None:
    issue = make(TEXTS)
    said = Sentence(Text("有厂家称铋锭成交价为39000元/吨。", ""), "written", by="编者")
    report = replace(issue.report, blocks=(*issue.report.blocks, Paragraph((said,))))
    for lang in ("zh", "en"):
        check_bulletin(report, issue.week, sample.quotations, lang)


def test_the_wrong_unit_of_the_source_is_known_because_a_note_tells_it(sample: Known) -> None:
    issue = issue_of(WEEK, sample, ("zh",))

    def without_notes(block: Block) -> Block:
        return replace(block, notes=()) if isinstance(block, Table) else block

    found = refusal(issue, altered(issue.report, without_notes), sample)
    assert found.code == "BULLETIN-006" and "997.5" in found.found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_bulletin_as_a_word_file_gives_back_the_quotes_it_was_made_from(sample: Known, lang: str) -> None:
    issue = issue_of(WEEK, sample, (lang,))
    assert (
        round_trip(_plain_word(issue.report, lang), issue.report, issue.week, sample.quotations, lang) == []
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_real_bulletin_as_a_word_file_gives_back_its_quotes(corpus: Known, lang: str) -> None:
    issue = issue_of(WEEK, corpus, (lang,))
    assert (
        round_trip(_plain_word(issue.report, lang), issue.report, issue.week, corpus.quotations, lang) == []
    )


def test_a_word_file_in_which_a_price_was_changed_is_told_with_the_quote(sample: Known) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    changed = altered(issue.report, _other_selenium)
    data = _plain_word(changed, "zh")
    [difference] = round_trip(data, issue.report, issue.week, sample.quotations, "zh")
    assert difference == "ga.ingot@market.rotterdam 2020-10-07: 185-185 USD/kg → 186-186 USD/kg"


def _other_selenium(block: Block) -> Block:
    if not isinstance(block, Table) or "鹿特丹" not in block.caption.zh:
        return block
    first, *rest = block.body
    return replace(block, body=((*first[:-1], replace(first[-1], text=Text("186", "186"))), *rest))


def _plain_word(report: Report, lang: str) -> bytes:
    """The report as a plain Word file: headings, paragraphs, ruled tables with merged heads."""
    document = Document()
    document.add_heading(getattr(report.title, lang), 0)
    document.add_paragraph(getattr(report.byline, lang))
    for block in report.blocks:
        if isinstance(block, Heading):
            document.add_heading(getattr(block.text, lang), block.level)
        elif isinstance(block, Paragraph):
            document.add_paragraph(" ".join(getattr(s.text, lang) for s in block.sentences))
        elif isinstance(block, Table):
            document.add_paragraph(getattr(block.caption, lang))
            _plain_table(document, block, lang)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _plain_table(document: "Document", table: Table, lang: str) -> None:  # pyright: ignore[reportInvalidTypeForm]
    width = sum(cell.columns for cell in table.head[0])
    made = document.add_table(rows=0, cols=width)
    for row in (*table.head, *table.body):
        cells, column = made.add_row().cells, 0
        for cell in row:
            place = (
                cells[column].merge(cells[column + cell.columns - 1]) if cell.columns > 1 else cells[column]
            )
            place.text = getattr(cell.text, lang) + cell.note
            column += cell.columns
    for mark, sentence in table.notes:
        document.add_paragraph(f"{mark} {getattr(sentence.text, lang)}")
