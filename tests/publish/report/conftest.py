"""A weekly price bulletin as a report: the three tables of the field, paragraphs of every kind, charts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.serve.everybody import chromium

from touchstone.facts.fact import fact_id
from touchstone.facts.text import Text
from touchstone.publish.chart import Chart, Trace
from touchstone.publish.report.report import (
    Cell,
    Figure,
    Heading,
    Paragraph,
    Report,
    Sentence,
    Table,
)

ABROAD = {
    "硒（美元/磅）": ("Selenium (USD/lb)", "6 7"),
    "铋（美元/磅）": ("Bismuth (USD/lb)", "2.85 3.1"),
    "镉99.95%（美分/磅）": ("Cadmium 99.95% (US cent/lb)", "85 95"),
    "镉99.99%（美分/磅）": ("Cadmium 99.99% (US cent/lb)", "86 100"),
    "铟（美元/公斤）": ("Indium (USD/kg)", "170 185"),
    "碲锭（美元/公斤）": ("Tellurium ingot (USD/kg)", "50 64"),
    "二氧化锗（美元/公斤）": ("Germanium dioxide (USD/kg)", "900 1100"),
}
ROTTERDAM = {
    "硒（美元/磅）": ("Selenium (USD/lb)", "6.55"),
    "铋（美元/磅）": ("Bismuth (USD/lb)", "2.8"),
    "镉99.95%（美元/磅）": ("Cadmium 99.95% (USD/lb)", "0.95"),
    "铟（美元/公斤）": ("Indium (USD/kg)", "155"),
    "锗（美元/公斤）": ("Germanium (USD/kg)", "997.5"),
    "二氧化锗（美元/公斤）": ("Germanium dioxide (USD/kg)", "925"),
    "镓（美元/公斤）": ("Gallium (USD/kg)", "185"),
}
UPPER = {
    "硒粉99.9%": ("Selenium powder 99.9%", "90 110"),
    "二氧化硒": ("Selenium dioxide", "59 62"),
    "精铟": ("Refined indium", "1300 1400"),
    "粗铟": ("Crude indium", "1250 1330"),
    "锗锭": ("Germanium ingot", "6900 7300"),
}
LOWER = {
    "二氧化锗": ("Germanium dioxide", "4200 4500"),
    "镓锭": ("Gallium ingot", "1250 1300"),
    "碲锭": ("Tellurium ingot", "420 430"),
    "铋锭": ("Bismuth ingot", "41500 42500"),
    "镉锭": ("Cadmium ingot", "16000 16500"),
}
DAYS = {"9月29日": "29 Sep", "9月30日": "30 Sep", "10月9日": "9 Oct"}
Part = dict[str, tuple[str, str]]


def same(text: str) -> Text:
    """A text that both languages write alike."""
    return Text(text, text)


def figure(text: str, place: str, lang_en: str = "", **given: str) -> Cell:
    """A cell with a figure, standing on a fact of its own."""
    return Cell(Text(text, lang_en or text), (fact_id(place, text),), number=True, **given)


def head(part: Part, pair: bool) -> tuple[Cell, ...]:
    """日期 and the names of the metals, each over a low and a high price where there are pairs."""
    names = (Cell(Text(zh, en), columns=2 if pair else 1) for zh, (en, _) in part.items())
    return (Cell(Text("日期", "Date")), *names)


def quoted(part: Part, days: dict[str, str], place: str) -> tuple[tuple[Cell, ...], ...]:
    """A row of prices for each day."""
    return tuple(
        (
            Cell(Text(zh, en)),
            *(figure(price, f"{place}{name}{zh}{n}") for name, (_, prices) in part.items() for n, price in enumerate(prices.split())),
        )
        for zh, en in days.items()
    )  # fmt: skip


def units(*given: tuple[str, str, int]) -> tuple[Cell, ...]:
    """A row of units, each over some columns."""
    return (Cell(Text("单位", "Unit")), *(Cell(Text(zh, en), columns=over) for zh, en, over in given))


def price_tables() -> tuple[Table, Table, Table]:
    """The international, the Rotterdam and the domestic table."""
    note = Sentence(
        Text("国庆假期，9月30日之后无报价。", "No quotes after 30 Sep for the holiday."), facts=("a1",)
    )
    per_kg = ("元/公斤", "CNY/kg")
    return (
        Table(
            Text("表1 国际市场小金属价格", "Table 1. Minor metals, international"),
            (head(ABROAD, pair=True),),
            quoted(ABROAD, {"10月7日": "7 Oct"}, "abroad"),
        ),
        Table(
            Text("表2 鹿特丹仓库小金属价格", "Table 2. Minor metals, Rotterdam warehouse"),
            (head(ROTTERDAM, pair=False),),
            quoted(ROTTERDAM, {"10月7日": "7 Oct", "10月8日": "8 Oct"}, "rotterdam"),
        ),
        Table(
            Text("表3 国内市场小金属价格", "Table 3. Minor metals, domestic"),
            (head(UPPER, pair=True),),
            (
                *quoted(UPPER, DAYS, "home"),
                units((*per_kg, 10)),
                head(LOWER, pair=True),
                *quoted(LOWER, DAYS, "home"),
                units((*per_kg, 6), ("元/吨", "CNY/t", 4)),
            ),
            notes=(("①", note),),
        ),
    )


def change_table() -> Table:
    """Two rows of head, a name over two rows, changes with signs, a figure with a note, one missing."""
    rows = (
        ("硒粉", "Selenium powder", "国际", "International", "6.5", "-0.25", "−3.7%", "", ""),
        ("", "", "国内", "Domestic", "100", "+1.50", "+1.5%", "①", ""),
        ("铋锭", "Bismuth ingot", "国内", "Domestic", "42000", "0", "—", "", "42,000"),
    )
    body = []
    for metal, metal_en, market, market_en, mean, moved, share, note, mean_en in rows:
        name = (Cell(Text(metal, metal_en), rows=2 if metal == "硒粉" else 1),) if metal else ()
        figures = (
            figure(mean, f"mean{market}", mean_en),
            figure(moved, "moved", note=note),
            figure(share, "share"),
        )
        body.append((*name, Cell(Text(market, market_en)), *figures))
    return Table(
        Text("表4 较上周五的变动", "Table 4. Against last Friday"),
        (
            (Cell(Text("品种", "Metal"), rows=2), Cell(Text("市场", "Market"), rows=2),
             Cell(Text("均价", "Mean"), rows=2), Cell(Text("较上周五", "Against last Friday"), columns=2)),
            (Cell(Text("变动", "Change")), Cell(Text("幅度", "In percent"))),
        ),
        tuple(body),
        notes=(("①", Sentence(Text("较9月30日。", "Against 30 Sep."))),),
    )  # fmt: skip


def charts() -> list[Figure]:
    """Six charts of three kinds."""
    days = tuple((date(2020, 8, 3) + timedelta(days=7 * n)).isoformat() for n in range(10))
    made = []
    for n, (zh, en) in enumerate(
        [
            ("硒粉", "Selenium"),
            ("铋锭", "Bismuth"),
            ("铟", "Indium"),
            ("锗锭", "Germanium"),
            ("镓锭", "Gallium"),
            ("碲锭", "Tellurium"),
        ]
    ):
        low = tuple(Decimal(90 + (i * 7 + n * 5) % 11) for i in range(10))
        high = tuple(value + 12 for value in low)
        kind = ("range", "line", "bar")[n % 3]
        drawn = {}
        for lang, name in (("zh", zh), ("en", en)):
            title = f"{name}价格" if lang == "zh" else f"{name} price"
            ends = (Trace(name, low, high),) if kind == "range" else (Trace(name, low),)
            if n == 1:
                ends += (Trace("鹿特丹" if lang == "zh" else "Rotterdam", (None, None, *high[2:])),)
            drawn[lang] = Chart(kind, title, days, ends, "元/公斤", sources=("小金属周报",) if n == 0 else ())
        alt = Text(f"{zh}价格，2020年8月至10月。", f"{en} price from August to October 2020.")
        made.append(Figure(drawn["zh"], drawn["en"], alt))
    return made


def comments() -> list[Heading | Paragraph]:
    """A heading and a paragraph for each of several metals, sentences of every kind among them."""
    made: list[Heading | Paragraph] = []
    for n, (zh, en) in enumerate(
        [("硒", "Selenium"), ("铋", "Bismuth"), ("铟", "Indium"), ("锗", "Germanium")], 1
    ):
        made.append(Heading(Text(f"{n}、{zh}：报价平稳", f"{n}. {en}: quotes steady"), 2))
        computed = Text(
            f"国内{zh}本周报90-110元/公斤，均价较上周五下跌1.5元/公斤。",
            f"Domestic {en.lower()} was quoted at CNY 90\N{EN DASH}110/kg, the mean CNY 1.5/kg below last Friday.",
        )
        written = Text(
            "节后询盘的买家不多，卖方也不急于出货。", "" if n == 2 else "Few buyers asked after the holiday."
        )
        follows = Text("按规则，趋势为横盘。", "By the rule, the trend is sideways.")
        told = Text("冶炼厂9月产量3.2万吨。", "Smelters made 32,000 t in September.")
        made += [
            Paragraph(
                (
                    Sentence(computed, facts=(fact_id(zh, 1), fact_id(zh, 2)), rule="price.week"),
                    Sentence(written, kind="written", by="王编辑" if n < 3 else ""),
                )
            ),
            Paragraph(
                (Sentence(follows, kind="rule", rule="outlook.trend"),), label=Text("展望：", "Outlook:")
            ),
            Paragraph((Sentence(told, kind="quoted", facts=(fact_id(zh, 3),), by="统计局"),)),
        ]
    return made


def weekly_report() -> Report:
    """The bulletin: paragraphs, tables, charts."""
    return Report(
        Text("小金属市场周报", "Minor Metals Weekly"),
        Text("2020年第41周 · 发布日期：2020年10月9日", "Week 41 of 2020 · published on 9 Oct 2020"),
        date(2020, 10, 9),
        (
            Heading(Text("一、本周述评", "1. The week")),
            *comments(),
            Heading(Text("二、价格表", "2. Prices")),
            *price_tables(),
            change_table(),
            Heading(Text("三、走势图", "3. Charts")),
            *charts(),
        ),
        Text(
            "数字由账本计算；标“规则”“编辑”的句子除外。CO₂ 等符号照印。",
            "Figures are computed from the ledger; sentences marked [rule] or [editor] are not. CO₂ as printed.",
        ),
    )


@pytest.fixture(scope="session")
def weekly() -> Report:
    """A weekly bulletin."""
    return weekly_report()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a file."""
    with chromium() as opened:
        yield opened
