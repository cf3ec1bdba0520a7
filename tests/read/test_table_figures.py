"""Figures of tables: what a cell says comes from its heads, its unit row, its caption and its row."""

from io import BytesIO

import docx
import pytest

from touchstone.facts.fact import Fact
from touchstone.publish.labels import label_measure
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

from .conftest import DAY, phrases, read_words, said


def tabbed(*rows: str) -> str:
    """Rows with their cells between bars, as lines with their cells between tabs."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n"


def stacked(title: str, *rows: str) -> str:
    """The way Word writes a table as text: one cell a line behind a tab, a blank line between rows."""
    return (
        "\n\n".join("\n".join(f"\t{cell.strip()}" for cell in row.split("|")) for row in (title, *rows))
        + "\n"
    )


def lines(facts: list[Fact]) -> list[str]:
    """Each figure as `subject measure period value unit`."""
    return [
        f"{f.subject_words} {label_measure(f.measure, f.status)} {f.period} {f.value:f} {f.unit}".strip()
        for f in facts
    ]


def test_years_as_heads_are_the_periods_of_their_columns() -> None:
    facts = read_words(
        tabbed(
            "指标|单位|2019|2020|2021",
            "二氧化硫排放量|吨|69025.41|45335.12|38120",
            "工业用水量|亿吨|32.19|43.31|53.49",
        )
    )
    assert [(f.period, f"{f.value:f}", f.unit) for f in facts] == [
        ("2019", "69025.41", "吨"), ("2020", "45335.12", "吨"), ("2021", "38120", "吨"),
        ("2019", "32.19", "亿吨"), ("2020", "43.31", "亿吨"), ("2021", "53.49", "亿吨"),
    ]  # fmt: skip


def test_a_unit_column_is_the_unit_of_its_row() -> None:
    facts = read_words(
        tabbed("指标|单位|2021", "环保投入|亿元|35.06", "培训人数|人次|12438", "综合利用率|%|31.82")
    )
    assert [f"{f.value:f} {f.unit}" for f in facts] == ["35.06 亿元", "12438 人次", "31.82 %"]


def test_a_unit_in_a_head_is_the_unit_of_its_column() -> None:
    facts = read_words(tabbed("品种|产量（万吨）|同比（%）", "铜材|201.9|5.2", "精炼铜|93.2|-10.3"))
    assert lines(facts) == [
        f"铜材 output {facts[0].period} 201.9 万吨", f"铜材 yoy {facts[0].period} 5.2 %",
        f"精炼铜 output {facts[0].period} 93.2 万吨", f"精炼铜 yoy {facts[0].period} -10.3 %",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "caption", ["单位：元/公斤", "（单位：元/公斤）", "计量单位: 元/公斤", "单位 元/公斤"]
)
def test_a_unit_in_the_line_above_is_the_unit_of_all_cells(caption: str) -> None:
    facts = read_words(
        f"国内小金属价格\n{caption}\n" + tabbed("日期|精铟|镓", "10月7日|1300|1250", "10月8日|1320|1260")
    )
    assert [(f.period, f"{f.value:f}", f.unit) for f in facts] == [
        ("2022-10-07", "1300", "元/公斤"), ("2022-10-07", "1250", "元/公斤"),
        ("2022-10-08", "1320", "元/公斤"), ("2022-10-08", "1260", "元/公斤"),
    ]  # fmt: skip


def test_a_unit_in_the_title_of_a_table_is_the_unit_of_all_cells() -> None:
    facts = read_words(
        stacked("鹿特丹市场报价（单位：美元/公斤）", "日期|铟|锗", "10月7日|155|997.5", "10月8日|155|1,005")
    )
    assert [(f"{f.value:f}", f.unit) for f in facts] == [
        ("155", "美元/公斤"), ("997.5", "美元/公斤"), ("155", "美元/公斤"), ("1005", "美元/公斤"),
    ]  # fmt: skip


PRICES = ("日期|硒粉|二氧化硒|精铟", "9月29日|90|110|59|62|1300|1400", "9月30日|90|112|60|62|1310|1400")


def test_twice_as_many_values_as_heads_are_low_and_high() -> None:
    facts = read_words(stacked("国内小金属价格一周汇总", *PRICES, "单位|元/公斤"))
    assert lines(facts)[:6] == [
        "硒粉 price_low 2022-09-29 90 元/公斤", "硒粉 price_high 2022-09-29 110 元/公斤",
        "二氧化硒 price_low 2022-09-29 59 元/公斤", "二氧化硒 price_high 2022-09-29 62 元/公斤",
        "精铟 price_low 2022-09-29 1300 元/公斤", "精铟 price_high 2022-09-29 1400 元/公斤",
    ]  # fmt: skip
    assert len(facts) == 12


def test_a_unit_row_spans_the_columns_of_one_size() -> None:
    """元/公斤 stands over the first columns and 元/吨 over the last; the spans were lost on the way."""
    facts = read_words(
        stacked(
            "国内价格", "日期|碲锭|铋锭|镉锭", "9月29日|420|430|41500|42500|16000|16500", "单位|元/公斤|元/吨"
        )
    )
    assert [f.unit for f in facts] == ["元/公斤"] * 2 + ["元/吨"] * 4


def test_cumulative_columns_are_cumulative() -> None:
    facts = read_words(
        tabbed(
            "品种|8月产量（万吨）|同比（%）|1-8月累计（万吨）|累计同比（%）",
            "精炼铜|91.7|3.9|711.8|2.6",
            "铜材|196.5|7.3|1418.4|4.3",
        )
    )
    assert lines(facts)[:4] == [
        "精炼铜 output 2022-08 91.7 万吨", "精炼铜 yoy 2022-08 3.9 %",
        "精炼铜 cumulative_output 2022-01/2022-08 711.8 万吨", "精炼铜 yoy 2022-01/2022-08 2.6 %",
    ]  # fmt: skip


def test_a_sentence_in_a_cell_is_read_as_a_sentence() -> None:
    facts = read_words(
        tabbed(
            "领域|政策|重点内容",
            "新能源|城镇化方案|到2025年城市新能源公交车辆占比提高到72%；新建厂房屋顶光伏覆盖率力争达到50%。",
            "金融|再贷款|利率1.75%，期限1年，可展期2次。",
        )
    )
    assert [(f.quote, f.period) for f in facts][:2] == [("72%", "2025"), ("50%", "2025")]
    assert [f"{f.value:f} {f.unit}" for f in facts][2:] == ["1.75 %", "1 年", "2 次"]


@pytest.mark.parametrize("nothing", ["-", "—", "——", "", "/", "n/a", "暂无", "…"])
def test_a_cell_that_says_nothing_is_no_zero(nothing: str) -> None:
    facts = read_words(tabbed("品种|8月（万吨）|9月（万吨）", f"精炼铜|{nothing}|91.7", "铜材|196.5|201.9"))
    assert [f"{f.value:f}" for f in facts] == ["91.7", "196.5", "201.9"]


def test_row_numbers_are_no_figures() -> None:
    facts = read_words(tabbed("序号|企业|产能（万吨）", "1|云铜|15", "2|金川|20", "3|铜陵|30"))
    assert [f"{f.value:f}" for f in facts] == ["15", "20", "30"]


def test_a_range_in_a_price_cell_is_low_and_high() -> None:
    facts = read_words(
        tabbed("品种|价格（元/吨）|涨跌（元/吨）", "铋锭|41500-42500|-100", "锑锭|75000～76000|+500")
    )
    assert [f"{label_measure(f.measure)} {f.value:f}" for f in facts] == [
        "price_low 41500", "price_high 42500", "change -100", "price_low 75000", "price_high 76000", "change 500",
    ]  # fmt: skip


def test_a_markdown_table_is_read_as_a_table() -> None:
    facts = read_words("| 品种 | 产量（万吨） |\n|---|---:|\n| 铜材 | 201.9 |\n| 精炼铜 | 93.2 |\n")
    assert [(f.subject_words, f"{f.value:f}", f.unit) for f in facts] == [
        ("铜材", "201.9", "万吨"),
        ("精炼铜", "93.2", "万吨"),
    ]


def _docx(rows: tuple[str, ...], merges: list[tuple[tuple[int, int], tuple[int, int]]], width: int) -> bytes:
    """A Word table from rows of cells between bars (`` repeats the merged cell before)."""
    file = docx.Document()
    table = file.add_table(len(rows), width)
    for first, last in merges:
        table.cell(*first).merge(table.cell(*last))
    for r, row in enumerate(rows):
        for c, words in enumerate(row.split("|")):
            if words:
                table.cell(r, c).text = words
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def test_word_and_plain_text_of_one_table_give_the_same_figures() -> None:
    plain = read_words(stacked("国内小金属价格一周汇总", *PRICES, "单位|元/公斤"))
    rows = (
        "国内小金属价格一周汇总||||||", "日期|硒粉||二氧化硒||精铟|", "9月29日|90|110|59|62|1300|1400",
        "9月30日|90|112|60|62|1310|1400", "单位|元/公斤|||||",
    )  # fmt: skip
    merges = [((0, 0), (0, 6)), ((1, 1), (1, 2)), ((1, 3), (1, 4)), ((1, 5), (1, 6)), ((4, 1), (4, 6))]
    word = read_figures(read_bytes(_docx(rows, merges, 7), f"周报 {DAY}.docx"))
    assert [f.quote for f in word] == [f.quote for f in plain]
    assert lines(word) == lines(plain)


def test_heads_in_two_rows_are_read_together() -> None:
    rows = ("品种|8月||1-8月|", "|产量（万吨）|同比（%）|产量（万吨）|同比（%）", "精炼铜|91.7|3.9|711.8|2.6")
    merges = [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))]
    facts = read_figures(read_bytes(_docx(rows, merges, 5), f"月报 {DAY}.docx"))
    assert [(f.period, f"{f.value:f}", f.unit) for f in facts] == [
        ("2022-08", "91.7", "万吨"), ("2022-08", "3.9", "%"),
        ("2022-01/2022-08", "711.8", "万吨"), ("2022-01/2022-08", "2.6", "%"),
    ]  # fmt: skip


def test_a_figure_of_a_cell_knows_its_row_and_column() -> None:
    [first, *_] = read_words(tabbed("品种|产量（万吨）", "铜材|201.9", "精炼铜|93.2"))
    assert first.locator is not None
    assert (first.locator.row, first.locator.column) == (1, 1)


def test_accountants_write_losses_in_brackets() -> None:
    text = "2024年利润\n\n项目\t2024年\t同比\n甲公司（万元）\t(120)\t(3.2)%\n乙公司（万元）\t-35\t(4.1%)\n"
    assert phrases(text, "2025-03-01") == ["-120 万元", "-3.2 %", "-35 万元", "-4.1 %"]


def test_a_sign_of_thousandths_is_kept() -> None:
    assert "5 ‰" in phrases("负债\n\n项目\t2024年\n费率\t5‰\n", "2025-03-01")


def test_a_cell_merged_over_rows_of_one_name_is_one_figure() -> None:
    html = "<table><tr><th>品种</th><th>等级</th><th>价格（元/吨）</th></tr><tr><td rowspan=2>铅</td><td rowspan=2>1#</td><td rowspan=2>15000</td></tr><tr></tr></table>"
    facts = read_figures(read_bytes(html.encode(), "a-2025-03-01.html"))
    assert [said(fact) for fact in facts] == ["15000 元/吨"]


@pytest.mark.parametrize("mark", ["①", " ①", "*", "**", "†"])
def test_the_mark_of_a_note_is_no_part_of_a_figure(mark: str) -> None:
    facts = read_words(tabbed("品种|产量（万吨）|同比", f"铜材|201.9{mark}|5.2%{mark}", "精炼铜|93.2|-10.3%"))
    assert [f"{f.value:f} {f.unit}" for f in facts] == ["201.9 万吨", "5.2 %", "93.2 万吨", "-10.3 %"]
