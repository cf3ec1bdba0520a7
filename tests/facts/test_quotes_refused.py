"""Bad prices are told and left out: ends the wrong way round, no unit, one end, another day, another market."""

from io import BytesIO

import openpyxl
import pytest

from touchstone.facts.quotation import quotations
from touchstone.facts.quoted import Quoted, quotes_of
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes


def read_quotes(text: str) -> Quoted:
    """The quotes of a text published on 9 October 2020."""
    return quotes_of(read_figures(read_bytes(text.encode(), "note-2020-10-09.txt")), quotations())


def sheet_quotes(*rows: tuple[object, ...], merged: str) -> Quoted:
    """The quotes of a worksheet of domestic prices, one merged range in it."""
    book, out = openpyxl.Workbook(), BytesIO()
    page = book.active
    assert page
    page.append(("国内市场价格", None, None))
    for row in rows:
        page.append(row)
    for cells in merged.split():
        page.merge_cells(cells)
    book.save(out)
    return quotes_of(read_figures(read_bytes(out.getvalue(), "prices-2020-10-09.xlsx")), quotations())


def codes(found: Quoted) -> list[str]:
    return [problem.code for problem in found.problems]


def ends(found: Quoted) -> list[str]:
    return [f"{q.quotation.code} {q.period} {q.low}-{q.high}" for q in found.quotes]


@pytest.mark.parametrize(
    "text",
    [
        "国内精铟报1500-1400元/公斤",
        "国内精铟报1500～1400元/公斤。",
        "国内精铟报1500至1400元/公斤，均价持平。",
        "国内精铟报1500元/公斤至1400元/公斤",
        "Domestic indium ingot was quoted at 1500-1400 yuan/kg.",
        "Domestic indium ingot was quoted at 1500 to 1400 yuan/kg.",
    ],
)
def test_a_range_in_a_sentence_that_is_the_wrong_way_round_is_told_with_both_ends(text: str) -> None:
    found = read_quotes(text)
    [problem] = found.problems
    assert problem.code == "QUOTE-002" and "1500" in problem.found and "1400" in problem.found
    assert not found.quotes


@pytest.mark.parametrize(
    "text",
    [
        "国内精铟价格由1500元/公斤降至1400元/公斤",
        "Domestic indium ingot fell from 1500 to 1400 yuan/kg.",
    ],
)
def test_a_price_that_fell_from_one_to_another_is_the_second(text: str) -> None:
    assert ends(read_quotes(text)) == ["in.refined@market.domestic 2020-10-09 1400-1400"]


@pytest.mark.parametrize(
    "text",
    [
        "国内镉锭报16000",
        "国内镉锭报16000-17000，均价持平。",
        "Domestic cadmium ingot was quoted at 16000.",
        "国内市场价格\n日期\t镉锭\n10月9日\t16000\n",
    ],
)
def test_a_price_without_a_unit_is_told(text: str) -> None:
    found = read_quotes(text)
    assert codes(found) == ["QUOTE-004"] and not found.quotes


def test_a_number_without_a_unit_that_is_no_price_is_no_problem() -> None:
    assert read_quotes("国内市场价格指数\n日期\t镉锭\n10月9日\t160\n").problems == ()
    assert read_quotes("国内镉锭产量\n日期\t镉锭\n10月9日\t160\n").problems == ()


@pytest.mark.parametrize(
    ("row", "end"), [(("10月9日", 45500, None), "low"), (("10月9日", None, 45500), "high")]
)
def test_one_end_under_a_head_over_two_columns_is_no_single_price(row: tuple[object, ...], end: str) -> None:
    found = sheet_quotes(
        ("日期", "铋锭（元/吨）", None), ("10月8日", 45000, 46000), row, merged="A1:C1 B2:C2"
    )
    [problem] = found.problems
    assert problem.code == "QUOTE-005" and f"only the {end} end" in problem.found
    assert ends(found) == ["bi.ingot@market.domestic 2020-10-08 45000-46000"]


def test_a_cell_over_both_columns_is_a_single_price() -> None:
    found = sheet_quotes(
        ("日期", "铋锭（元/吨）", None), ("10月9日", 45500, None), merged="A1:C1 B2:C2 B3:C3"
    )
    assert ends(found) == ["bi.ingot@market.domestic 2020-10-09 45500-45500"] and not found.problems


@pytest.mark.parametrize(
    "text",
    [
        "去年同期铋锭价格为40000元/吨",
        "上周国内铋锭报45000-46000元/吨。",
        "上周（9月28日至10月2日）国内铋锭均价为45000元/吨。",
        "下周国内铋锭价格将涨至47000元/吨",
        "国内铋锭价格将涨至47000元/吨",
        "预计国内铋锭价格在47000元/吨左右",
        "Domestic bismuth ingot will rise to 47000 yuan/t next week.",
        "Last week domestic bismuth ingot was quoted at 45000-46000 yuan/t.",
    ],
)
def test_a_price_of_last_year_last_week_or_next_week_is_no_quote_of_today(text: str) -> None:
    found = read_quotes(text)
    assert not found.quotes and not found.problems


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("国内铋锭报45500元/吨。去年同期国内铋锭价格为40000元/吨。", "45500-45500"),
        ("上周国内铋锭报45000-46000元/吨，本周报45500-46500元/吨", "45500-46500"),
        ("本周国内铋锭报45500元/吨，较上周上涨500元/吨，较去年同期上涨10%。", "45500-45500"),
        ("国内铋锭报45500元/吨。进口铋锭报45000元/吨。", "45500-45500"),
    ],
)
def test_the_quote_of_today_beside_another_price_is_kept(text: str, quoted: str) -> None:
    found = read_quotes(text)
    assert ends(found) == [f"bi.ingot@market.domestic 2020-10-09 {quoted}"] and not found.problems


@pytest.mark.parametrize("text", ["进口铋锭报45000元/吨", "越南铋锭价格为45000元/吨"])
def test_the_price_of_imported_goods_or_another_country_is_not_that_of_the_home_market(text: str) -> None:
    assert not read_quotes(text).quotes


def documents(*texts: str) -> Quoted:
    """The quotes of several documents published on 9 October 2020, named a, b, ..."""
    read = [
        read_bytes(text.encode(), f"{name}-2020-10-09.txt") for name, text in zip("abc", texts, strict=False)
    ]
    facts = [fact for document in read for fact in read_figures(document)]
    return quotes_of(facts, quotations(), {document.source.hash: document.source.name for document in read})


def test_two_documents_of_one_day_that_disagree_are_no_quote_and_both_are_named() -> None:
    texts = ("国内铋锭报45000-46000元/吨。国内精铟报1400元/公斤。", "国内铋锭报45500-46500元/吨。")
    for given in (texts, texts[::-1]):
        found = documents(*given)
        [problem] = found.problems
        assert problem.code == "QUOTE-006"
        assert "a-2020-10-09.txt" in problem.where and "b-2020-10-09.txt" in problem.where
        assert ends(found) == ["in.refined@market.domestic 2020-10-09 1400-1400"]


def test_two_documents_of_one_day_that_say_the_same_in_other_units_are_one_quote() -> None:
    found = documents("国内铋锭报45000元/吨。", "国内铋锭报45元/公斤。")
    assert len(found.quotes) == 1 and not found.problems


def test_a_rate_of_exchange_is_no_price() -> None:
    found = read_quotes("国内铋锭报6.8元/美元。")
    assert not found.quotes


def test_a_price_of_nothing_the_vocabulary_knows_is_no_quotation() -> None:
    found = read_quotes("国内厂家报45500元/吨。")
    assert not found.quotes and not found.problems
