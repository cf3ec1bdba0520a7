"""The price tables carry every day of the week that was really quoted, and the cells of the source."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from touchstone.publish.bulletin.issue import Issue, Known, NoQuotes, issue_of
from touchstone.publish.bulletin.week import Week
from touchstone.read.read import read_bytes

from .conftest import FRIDAY, cells, known_of, tables

Make = Callable[..., Issue]
SOURCE = Path(__file__).parents[3] / "tools" / "samples" / "weekly.toml"
WEEK = date(2020, 10, 9)


def printed_rows() -> list[list[list[str]]]:
    """The rows of the sample's tables as declared: international, Rotterdam, both halves of the domestic one."""
    sections = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["section"]
    declared = next(section["table"] for section in sections if "table" in section)
    return [*(table["rows"] for table in declared), declared[-1]["below"]["rows"]]


def test_the_tables_of_the_sample_have_the_cells_of_its_source(sample: Known) -> None:
    made = tables(issue_of(WEEK, sample, ("zh", "en")).report)
    assert [[row for row in cells(table) if row[0] != "单位"] for table in made] == printed_rows()


def test_the_tables_of_the_real_bulletin_have_its_days_and_cells(corpus: Known) -> None:
    international, rotterdam, *domestic = tables(issue_of(WEEK, corpus, ("zh", "en")).report)
    assert [[row for row in cells(t) if row[0] != "单位"] for t in (international, rotterdam, *domestic)] == (
        printed_rows()
    )


def test_units_stand_in_the_head_or_in_a_row_over_all_neighbours_that_share_them(sample: Known) -> None:
    international, _, first, second = tables(issue_of(WEEK, sample, ("zh",)).report)
    assert [cell.text.zh for cell in international.head[0]][:4] == [
        "日期", "硒（美元/磅）", "铋（美元/磅）", "镉99.95%（美分/磅）",
    ]  # fmt: skip
    assert [(cell.text.zh, cell.columns) for cell in first.body[-1]] == [("单位", 1), ("元/公斤", 10)]
    assert [(c.text.zh, c.columns) for c in second.body[-1]] == [("单位", 1), ("元/公斤", 6), ("元/吨", 4)]


def test_low_and_high_stand_under_one_head_and_each_cell_on_its_fact(sample: Known) -> None:
    issue = issue_of(WEEK, sample, ("zh",))
    international = tables(issue.report)[0]
    assert [cell.columns for cell in international.head[0]] == [1, *[2] * 7]
    low, high = international.body[0][1:3]
    assert [issue.week.facts[cell.facts[0]].measure for cell in (low, high)] == ["price.low", "price.high"]
    assert low.number and high.number


def test_a_price_in_a_unit_that_cannot_be_keeps_it_and_gets_a_note_with_the_arithmetic(sample: Known) -> None:
    issue = issue_of(WEEK, sample, ("zh", "en"))
    rotterdam = tables(issue.report)[1]
    [(mark, note)] = rotterdam.notes
    assert [cell.text.zh for cell in rotterdam.head[0] if cell.note == mark] == ["锗（元/公斤）"]
    assert [cell.text.en for cell in rotterdam.head[0] if cell.note == mark] == ["Germanium (yuan/kg)"]
    assert "997.5元/公斤 / 6900-7300元/公斤" in note.text.zh and "美元" in note.text.zh
    assert "997.5 yuan/kg" in note.text.en and "US dollars" in note.text.en
    assert note.kind == "rule" and note.rule == "unit_sanity"
    assert [cell.text.zh for cell in rotterdam.body[0]][6] == "997.5"


def test_a_quotation_without_a_quote_has_no_column_and_is_named_at_the_end(
    make: Callable[..., Issue],
) -> None:
    issue = make(
        {
            "2020-10-09": "国内铋锭报41000-42000元/吨，粗铟报1250-1330元/公斤。",
            "2020-10-16": "国内铋锭报41500-42500元/吨。",
        }
    )
    [table] = tables(issue.report)
    assert [cell.text.zh for cell in table.head[0]] == ["日期", "铋锭"]
    said = [sentence.text.zh for sentence in issue.report.sentences()]
    assert any("国内粗铟（最近报价：10月9日，已陈旧）" in text for text in said)
    assert any(text.startswith("迄今没有报价：") and "国内精铟" in text for text in said)


def test_a_quote_is_stale_after_more_than_five_trading_days(gather: Callable[..., Week]) -> None:
    texts = {"2020-09-17": "国内粗铟报1250-1330元/公斤。", "2020-09-18": "国内精铟报1300-1400元/公斤。"}
    week = gather(texts, date(2020, 9, 25))
    assert {each.quotation.code: each.is_stale for each in week.absent if each.last} == {
        "in.crude@market.domestic": True, "in.refined@market.domestic": False,
    }  # fmt: skip


def test_a_day_on_which_one_metal_was_not_quoted_has_a_dash_never_a_number(
    make: Callable[..., Issue],
) -> None:
    text = "国内铋锭10月14日报41500-42500元/吨。国内镉锭10月15日报16000-16500元/吨。"
    [table] = tables(make({FRIDAY.isoformat(): text}).report)
    assert cells(table) == [
        ["10月14日", "41500", "42500", "—"],
        ["10月15日", "—", "16000", "16500"],
        ["单位", "元/吨"],
    ]
    assert [cell.columns for cell in table.body[0]] == [1, 1, 1, 2]


def test_a_price_restated_in_the_text_is_no_quoted_day(sample: Known) -> None:
    """The text repeats the international prices of 7 October on the 9th."""
    issue = issue_of(WEEK, sample, ("zh",))
    assert [row[0] for row in cells(tables(issue.report)[0])] == ["10月7日"]


def test_a_single_price_among_pairs_takes_both_cells(make: Callable[..., Issue]) -> None:
    text = "国内铋锭报41500-42500元/吨。国内镉锭报16000元/吨。"
    [table] = tables(make({FRIDAY.isoformat(): text}).report)
    assert [(cell.text.zh, cell.columns) for cell in table.body[0]] == [
        ("10月16日", 1), ("41500", 1), ("42500", 1), ("16000", 2),
    ]  # fmt: skip


def test_over_the_turn_of_a_year_every_day_says_its_year(make: Callable[..., Issue]) -> None:
    """January's first issue is compared with December, and its table may begin there."""
    text = "国内铋锭2020年12月31日报41000-42000元/吨，2021年1月8日报41500-42500元/吨。"
    issue = make({"2021-01-08": text}, date(2021, 1, 8))
    [table] = tables(issue.report)
    assert [row[0] for row in cells(table)] == ["2020年12月31日", "2021年1月8日", "单位"]
    said = next(issue.report.sentences()).text
    assert "上周五2021年1月1日休市，与2020年12月31日比较" in said.zh and "8 January 2021" in said.en


def test_prices_that_only_the_bulletin_puts_side_by_side_are_compared_too(make: Callable[..., Issue]) -> None:
    """The home price stands in a document of another day; Rotterdam's other quotation is in dollars."""
    texts = {
        "2020-10-13": "国内铋锭报41000-42000元/吨。",
        "2020-10-16": "鹿特丹市场铋锭报6.1-6.3元/公斤。鹿特丹市场镓报180-190美元/公斤。",
    }
    rotterdam = tables(make(texts, FRIDAY).report)[0]
    [(mark, note)] = rotterdam.notes
    assert mark in [cell.note for cell in rotterdam.head[0]] and "货币可能是美元" in note.text.zh
    assert len(note.facts) == 4


def test_a_price_in_another_size_of_the_unit_is_brought_to_it_with_a_note(make: Callable[..., Issue]) -> None:
    issue = make({FRIDAY.isoformat(): "国内铋锭报4.55-4.65万元/吨。"})
    [table] = tables(issue.report)
    assert cells(table) == [["10月16日", "45500", "46500"], ["单位", "元/吨"]]
    [(_, note)] = table.notes
    assert note.text.zh == "国内铋锭10月16日原文为4.55—4.65万元/吨，按元/吨刊出。"
    assert "4.55\N{EN DASH}4.65" in note.text.en and "yuan/t" in note.text.en


def test_a_unit_of_which_only_the_currency_is_printed_gets_a_note(tmp_path: Path) -> None:
    head = "<tr><td>日期</td><td>硒（美元）</td><td>铋（美元）</td></tr>"
    row = "<tr><td>10月16日</td><td>6.5</td><td>2.3</td></tr>"
    page = f"<h2>欧洲鹿特丹小金属价格</h2><table>{head}{row}</table>"
    known = known_of([read_bytes(page.encode(), "prices-2020-10-16.html")], tmp_path)
    issue = issue_of(FRIDAY, known, ("zh", "en"))
    [table] = tables(issue.report)
    [(mark, note)] = table.notes
    assert note.text.zh == "原文单位只有“美元”，数量单位按报价规格补足。"
    assert [cell.note for cell in table.head[0]] == ["", mark, mark] and len(note.facts) == 2


def test_a_day_that_stood_in_the_issue_before_a_holiday_is_not_printed_again(make: Make) -> None:
    texts = {
        "2023-09-28": "国内铋锭9月27日报54000-55000元/吨，9月28日报54500-55500元/吨。",
        "2023-10-13": "国内铋锭10月12日报54500-55500元/吨，10月13日报54800-55800元/吨。",
    }
    before, after = (make(texts, date.fromisoformat(day)) for day in texts)
    days = [[row[0] for row in cells(tables(issue.report)[0])][:-1] for issue in (before, after)]
    assert days == [["9月27日", "9月28日"], ["10月12日", "10月13日"]]
    assert not any("当时尚未公布" in sentence.text.zh for sentence in after.report.sentences())


def test_a_day_before_a_holiday_that_nobody_had_published_is_printed_after_it_and_said_so(make: Make) -> None:
    text = "国内铋锭9月29日报41000-42000元/吨，9月30日报41000-42000元/吨，10月9日报41500-42500元/吨。"
    issue = make({"2020-10-09": text}, date(2020, 10, 9))
    assert [row[0] for row in cells(tables(issue.report)[0])][:-1] == ["9月29日", "9月30日", "10月9日"]
    [said] = [s.text for s in issue.report.sentences() if "当时尚未公布" in s.text.zh]
    assert said.zh == "上周五（10月2日）休市；9月29日、9月30日的报价当时尚未公布，在本期刊出。"
    assert said.en.startswith(
        "Last Friday, 2 October, was a holiday; quotes of 29 September, 30 September had not"
    )


def test_a_week_of_which_every_quote_stood_in_the_issue_before_has_no_issue(make: Make) -> None:
    with pytest.raises(NoQuotes):
        make({"2023-09-28": "国内铋锭9月28日报54500-55500元/吨。"}, date(2023, 10, 6))


def test_a_market_closed_all_week_is_said_to_be_so_with_its_holiday(make: Make) -> None:
    texts = {
        "2024-02-09": "国内铋锭报54800-55800元/吨。",
        "2024-02-16": "鹿特丹铋锭报3.80-4.05美元/磅。",
    }
    said = [s.text for s in make(texts, date(2024, 2, 16)).report.sentences()]
    [closed] = [text for text in said if "没有报价" in text.zh and "铋锭（最近" in text.zh]
    assert closed.zh == "本周春节休市，没有报价：国内铋锭（最近报价：2月9日）。"
    assert closed.en.startswith("No quote this week (Spring Festival, market closed): domestic bismuth ingot")
