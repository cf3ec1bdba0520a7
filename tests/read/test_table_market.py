"""Which market a price in a table is of: its row's, its head's, that of the heading above; none is said."""

from io import BytesIO

import openpyxl
import pytest

from touchstone.facts.quotation import quotations
from touchstone.facts.quoted import Quoted, quotes_of
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

HEAD = ("日期", "品种", "规格", "市场", "最低", "最高", "单位")
DAY = "2023-10-13"


def sheet(*rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Quoted:
    """The quotes of a worksheet."""
    book, out = openpyxl.Workbook(), BytesIO()
    page = book.active
    assert page
    for row in (("小金属报价表",), head, *rows):
        page.append(row)
    book.save(out)
    return quotes_of(read_figures(read_bytes(out.getvalue(), f"报价表-{DAY}.xlsx")), quotations())


def page(body: str, title: str = "Prices") -> Quoted:
    """The quotes of a web page."""
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return quotes_of(read_figures(read_bytes(html.encode(), f"prices-{DAY}.html")), quotations())


def table(*heads: str, caption: str = "") -> str:
    """A table of one day, 240-255 in every column."""
    cells = "".join(f"<th>{head}</th>" for head in heads)
    values = "<td>240-255</td>" * len(heads)
    above = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{above}<tr><th>Date</th>{cells}</tr><tr><td>13 October 2023</td>{values}</tr></table>"


def markets(found: Quoted) -> list[str]:
    return [f"{q.quotation.commodity}@{q.quotation.market}" for q in found.quotes]


def codes(found: Quoted) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_row_whose_market_column_says_rotterdam_is_a_quote_of_rotterdam() -> None:
    found = sheet(
        (DAY, "铋锭", "99.99%", "国内", 54500, 55500, "元/吨"),
        (DAY, "钴", "99.8%", "鹿特丹", 15.5, 17, "美元/磅"),
    )
    assert [(q.quotation.market, str(q.low)) for q in found.quotes] == [
        ("market.domestic", "54500"), ("market.rotterdam", "15.5"),
    ]  # fmt: skip
    assert not found.problems


def test_two_quotes_for_one_day_in_a_price_list_with_a_market_column_are_told() -> None:
    found = sheet(
        (DAY, "铋锭", "99.99%", "国内", 54500, 55500, "元/吨"),
        (DAY, "铋锭", "99.99%", "国内", 54800, 55800, "元/吨"),
    )
    assert codes(found) == ["QUOTE-006"] and not found.quotes


def test_a_missing_unit_in_a_price_list_with_a_market_column_is_told() -> None:
    found = sheet(
        (DAY, "碲锭", "99.99%", "国内", 570, 590, None),
        (DAY, "铋锭", "99.99%", "国内", 54500, 55500, "元/吨"),
    )
    assert codes(found) == ["QUOTE-004"] and len(found.quotes) == 1


@pytest.mark.parametrize("head", ["market", "Region", "地区", "报价市场"])
def test_a_column_of_markets_may_be_headed_otherwise_and_stand_before_the_prices(head: str) -> None:
    found = sheet((DAY, "欧洲", "铋锭", 3, 4, "美元/磅"), head=("日期", head, "品种", "最低", "最高", "单位"))
    assert [q.quotation.commodity for q in found.quotes] == ["bi.ingot"]
    assert found.quotes[0].quotation.market == "region.europe"


def test_a_cell_that_is_a_market_names_it_without_a_head() -> None:
    found = sheet(
        (DAY, "铋锭", "鹿特丹", 3, 4, "美元/磅"), head=("日期", "品种", "备注", "最低", "最高", "单位")
    )
    assert [q.quotation.market for q in found.quotes] == ["market.rotterdam"]


@pytest.mark.parametrize(
    "above",
    [
        "<h1>Rotterdam minor metals prices, week ending 13 October 2023</h1><p>Published: 13 October 2023</p><p>x</p>",
        "<h1>Minor metals</h1><h2>Rotterdam</h2><p>Prices of the week.</p><p>In dollars.</p>",
        "<h1>Rotterdam</h1><p>One.</p><p>Two.</p><h2>Minor metals</h2><p>Three.</p><p>Four.</p>",
    ],
)
def test_the_heading_above_a_table_names_its_market(above: str) -> None:
    assert markets(page(above + table("Indium ($/kg)"))) == ["in.ingot@market.rotterdam"]


def test_the_title_of_a_page_with_one_table_names_its_market() -> None:
    found = page(table("Indium ($/kg)"), title="Rotterdam minor metals prices")
    assert markets(found) == ["in.ingot@market.rotterdam"]


def test_the_caption_of_a_table_names_its_market() -> None:
    assert markets(page(table("Indium ($/kg)", caption="Rotterdam"))) == ["in.ingot@market.rotterdam"]


def test_a_heading_is_no_market_of_the_table_in_another_section() -> None:
    rotterdam, other = f"<h2>Rotterdam</h2>{table('Indium ($/kg)')}", "<h2>Notes</h2><p>One.</p><p>Two.</p>"
    found = page(rotterdam + other + table("Gallium ($/kg)"))
    assert markets(found) == ["in.ingot@market.rotterdam"] and codes(found) == ["QUOTE-009"]


def test_a_heading_of_two_markets_names_neither() -> None:
    found = page(
        f"<h1>Rotterdam and Chinese domestic prices</h1><p>One.</p><p>Two.</p>{table('Indium ($/kg)')}"
    )
    assert not found.quotes and codes(found) == ["QUOTE-009"]


def test_apt_in_europe_is_a_quote_of_europe_also_under_a_heading_that_says_rotterdam() -> None:
    found = page(f"<h1>Minor metals in Rotterdam</h1>{table('Indium ($/kg)', 'Europe APT ($/mtu)')}")
    assert markets(found) == ["in.ingot@market.rotterdam", "w.apt@market.europe"]
    assert found.quotes[1].unit == "USD/mtu"


def test_prices_without_a_market_are_told_once_a_document_and_commodity() -> None:
    found = page(table("Indium ($/kg)", "APT ($/mtu)"))
    assert codes(found) == ["QUOTE-009", "QUOTE-009"] and not found.quotes
    assert "APT found without a market: 2 figures" in found.problems[1].found and found.problems[1].zh


def test_a_cost_or_an_amount_without_a_market_is_no_price_that_is_missed() -> None:
    text = "铜加工费为80美元/吨。每吨冶炼成本1500元。净利润20亿元。"
    found = quotes_of(read_figures(read_bytes(text.encode(), f"note-{DAY}.txt")), quotations())
    assert codes(found) == []
