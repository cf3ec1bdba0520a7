"""The editor's sentences: signed, kept apart from computed ones, their numbers looked up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from touchstone.errors import UnreadableFile, UnwritableReport
from touchstone.facts.quotation import quotations
from touchstone.publish.bulletin.files import write_issue
from touchstone.publish.bulletin.issue import Issue
from touchstone.publish.bulletin.judgement import UnverifiedFigure, judgement
from touchstone.publish.bulletin.layout import layout
from touchstone.publish.report.report import Paragraph

from .conftest import BEFORE, FRIDAY

TEXTS = {
    BEFORE.isoformat(): "国内铋锭报41000-42000元/吨。",
    FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def file(text: str) -> Path:
        path = tmp_path / "judgement.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return file


def written(sentence: str, head: str = 'week = 2020-10-16\nby = "编者"') -> str:
    return f'{head}\n[metal.bi]\nzh = "{sentence}"\n'


def test_what_the_editor_writes_stands_apart_under_the_name(
    make: Callable[..., Issue], write: Callable[[str], Path]
) -> None:
    text = written("买方观望，成交清淡。") + '[outlook]\nzh = "预计持稳。"\nen = "Steady."\n'
    issue = make(TEXTS, written=write(text))
    said = [sentence for sentence in issue.report.sentences() if sentence.kind == "written"]
    assert [(s.text.zh, s.text.en, s.by, s.facts) for s in said] == [
        ("买方观望，成交清淡。", "", "编者", ()), ("预计持稳。", "Steady.", "编者", ()),
    ]  # fmt: skip
    labels = [b.label.zh for b in issue.report.blocks if isinstance(b, Paragraph) and b.label]
    assert labels == ["分析评述：", "分析评述："]
    assert issue.notices == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "报价在41500-42500元/吨之间的货源不多。",
        "均价上涨500元/吨后买方止步。",
        "铋锭均价上涨1.2%。",
        "均价42000元/吨。",
        "均价4.2万元/吨。",
        "均价上涨0.05万元/吨。",
    ],
)
def test_a_figure_of_the_week_is_borne_out(
    make: Callable[..., Issue], write: Callable[[str], Path], sentence: str
) -> None:
    assert make(TEXTS, written=write(written(sentence))).notices == ()


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("有厂家报43000元/吨。", "43000元/吨"),
        ("均价上涨500元/公斤。", "500元/公斤"),
        ("铋锭均价下跌500元/吨。", "500元/吨"),
        ("铋锭均价下跌1.2%。", "1.2%"),
        ("有厂家报39000-43000元/吨。", "39000-43000元/吨"),
        ("社会库存约20吨。", "20吨"),
        ("In the market 43,000 yuan/t was asked.", "43,000 yuan/t"),
    ],
)
def test_a_figure_that_no_quote_bears_out_is_told_to_the_editor_and_printed(
    make: Callable[..., Issue], write: Callable[[str], Path], sentence: str, quote: str
) -> None:
    issue = make(TEXTS, written=write(written(sentence)))
    [notice] = issue.notices
    assert isinstance(notice, UnverifiedFigure) and notice.code == "BULLETIN-004"
    assert quote in notice.found and sentence in notice.found
    assert any(s.kind == "written" and s.text.zh == sentence for s in issue.report.sentences())


@pytest.mark.parametrize(
    "texts",
    ['zh = "国内铋锭成交价多为39000元/吨。"', 'en = "Domestic bismuth ingot was sold at 39,000 yuan/t."',
     'zh = "国内铋锭成交价多为39000元/吨。"\nen = "Domestic bismuth ingot was sold at 39,000 yuan/t."'],
)  # fmt: skip
def test_a_price_in_the_words_of_the_editor_is_no_quote_of_the_bulletin(
    make: Callable[..., Issue], write: Callable[[str], Path], tmp_path: Path, texts: str
) -> None:
    issue = make(TEXTS, written=write(f'by = "编者"\n[metal.bi]\n{texts}\n'))
    files = write_issue(issue, quotations(), tmp_path / "out", ("zh", "en"), ("docx",))
    assert len(files) == 2


def test_a_character_that_cannot_be_printed_is_told_with_the_heading_above_it(
    make: Callable[..., Issue], write: Callable[[str], Path], tmp_path: Path
) -> None:
    issue = make(TEXTS, written=write(written("成交清淡\N{PILE OF POO}。")))
    with pytest.raises(UnwritableReport) as caught:
        write_issue(issue, quotations(), tmp_path / "out", ("zh",), ("pdf",))
    assert caught.value.code == "REPORT-002" and "“1、铋" in caught.value.where.replace("一", "1")


def test_a_figure_of_another_metal_is_not_borne_out(
    make: Callable[..., Issue], write: Callable[[str], Path]
) -> None:
    texts = TEXTS | {FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。国内精铟报1300-1400元/公斤。"}
    assert len(make(texts, written=write(written("1300元/公斤的成交不多。"))).notices) == 1


def test_a_metal_without_a_quote_may_still_be_written_of(
    make: Callable[..., Issue], write: Callable[[str], Path]
) -> None:
    issue = make(TEXTS, written=write('by = "编者"\n[metal.ga]\nzh = "镓市无成交。"\n'))
    assert "镓市无成交。" in [sentence.text.zh for sentence in issue.report.sentences()]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[metal.bi]\nzh = "平稳。"\n', "by"),
        (written("平稳。", 'by = " "'), "signed"),
        (written("平稳。", 'week = 2020-10-09\nby = "编者"'), "2020-10-09"),
        (written("平稳。", 'week = "2020-W41"\nby = "编者"'), "2020-10-09"),
        (written("平稳。", 'week = "autumn"\nby = "编者"'), "autumn"),
        ('by = "编者"\n[metal.xx]\nzh = "平稳。"\n', "xx"),
        ('by = "编者"\n[metal.bi]\n', "zh, en or both"),
        ('by = "编者"\n[metal.bi]\nfr = "calme"\n', "zh, en or both"),
        ('by = "编者"\nmetals = 1\n', "metals"),
        ('by = "编者"\n[metal]\nbi = "平稳。"\n', "expected a table"),
        ('by = "编者"\nmetal = ["平稳。"]\n', "expected a table"),
        ('by = "编者"\noutlook = "平稳。"\n', "expected a table"),
        ('by = "编者"\n[outlook]\nzh = 5\n', "texts"),
        ('by = "编者\n', "Illegal character"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(write: Callable[[str], Path], text: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        judgement(write(text), FRIDAY, layout())
    assert caught.value.code == "BULLETIN-003"
    assert reason in caught.value.found
    assert caught.value.zh


def test_a_week_may_be_named_by_its_number(write: Callable[[str], Path]) -> None:
    found = judgement(write(written("平稳。", 'week = "2020-W42"\nby = "编者"')), FRIDAY, layout())
    assert found.week == FRIDAY
