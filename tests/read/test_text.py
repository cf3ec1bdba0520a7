"""Plain text and Markdown: lines become headings, lists, tables and paragraphs at their own offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.document import BLOCK_KINDS, Document
from touchstone.read.read import read_bytes


def document(text: str) -> Document:
    return read_bytes(text.encode(), "a.txt")


def kinds(text: str) -> list[str]:
    return [block.kind for block in document(text).blocks]


def words(text: str) -> list[str]:
    return [text[block.start : block.end] for block in document(text).blocks]


def test_headings_above_paragraphs_are_headings() -> None:
    text = "一、生产保持增长\n5月份，我国十种有色金属产量为608.4万吨，同比增长5.1%，增速较上月回落。\n"
    assert kinds(text) == ["heading", "paragraph"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("# 周报", 1),
        ("## 铟", 2),
        ("### 国内", 3),
        ("第一章 总则", 1),
        ("一、摘要", 1),
        ("1、硒评论", 2),
        ("（一）总体要求", 2),
    ],
)
def test_headings_have_a_level(line: str, level: int) -> None:
    [block, *_] = document(
        f"{line}\n本周国内市场整体运行平稳，下游需求有限，供应商多数观望后市，成交清淡。\n"
    ).blocks
    assert (block.kind, block.level) == ("heading", level)


def test_list_items_start_behind_their_mark() -> None:
    assert words("- 到2025年占比提高到72%；\n- 可展期2次。\n") == ["到2025年占比提高到72%；", "可展期2次。"]
    assert set(kinds("- 一\n* 二\n• 三\n")) == {"list"}


@pytest.mark.parametrize("line", ["一、摘要\t4", "附录........32", "董事长致辞	03", "未来展望……35"])
def test_lines_of_contents_are_told_apart(line: str) -> None:
    [block] = document(line + "\n").blocks
    assert block.where == "contents"


def test_cells_between_tabs_are_a_table() -> None:
    [table] = document("品种\t最低\t最高\n精铟\t1200\t1230\n").blocks
    assert [(c.row, c.column) for c in table.cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert table.spans


def test_one_cell_a_line_behind_a_tab_is_a_table_that_lost_its_spans() -> None:
    text = "\t价格表\n\n\t日期\n\t硒\n\n\t10月7日\n\t6\n\t7\n"
    [table] = document(text).blocks
    assert [text[c.start : c.end] for c in table.cells] == ["价格表", "日期", "硒", "10月7日", "6", "7"]
    assert not table.spans


def test_a_markdown_table_leaves_its_ruler_out() -> None:
    text = "| a | b |\n|---|:-:|\n| 1 | 2 |\n"
    [table] = document(text).blocks
    assert [text[c.start : c.end] for c in table.cells] == ["a", "b", "1", "2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_text_is_the_same_in_every_encoding(encoding: str) -> None:
    text = "精铟报价1300元/公斤，均价较上周五保持不变。\n"
    assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_line_ends_of_every_system_are_one() -> None:
    assert document("产量\r\n93.2万吨\r同比").text == "产量\n93.2万吨\n同比"


@given(st.text(alphabet=st.sampled_from("铜铟价12,.%|-#*\t\n 、（）一：。-·"), min_size=1, max_size=200))
def test_blocks_of_any_text_are_in_order_and_do_not_overlap(text: str) -> None:
    read = document(text + "。")
    ends = [0]
    for block in read.blocks:
        assert block.kind in BLOCK_KINDS
        assert ends[-1] <= block.start <= block.end <= len(read.text)
        assert all(block.start <= cell.start <= cell.end <= block.end for cell in block.cells)
        ends.append(block.end)


def test_cells_between_bars_are_a_table_with_or_without_a_ruler() -> None:
    ruled = document("品种|低价|高价\n---|---|---\n铅|15000|15100\n").blocks
    plain = document("品种|低价|高价\n铅|15000|15100\n").blocks
    assert [[(c.row, c.column) for c in b.cells] for b in ruled] == [
        [(c.row, c.column) for c in b.cells] for b in plain
    ]
    assert kinds("首页|关于|联系\n铅价本周上涨，成交转好，持货商惜售。\n") == ["heading", "paragraph"]


def test_columns_set_apart_by_gaps_are_a_table() -> None:
    text = "品种      最低    最高\n1#铅锭    15000   15100\n0#锌锭    24000   24100\n"
    [table] = document(text).blocks
    assert [text[c.start : c.end] for c in table.cells if c.row == 1] == ["1#铅锭", "15000", "15100"]
    assert kinds("本周  铅价  上涨\n下周  锌价  下跌\n其后  铜价  平稳\n") != ["table"]


def test_numbers_below_lines_of_words_with_as_many_columns_are_a_table() -> None:
    words = "张三 李四  冶炼 车间  工程 师\n" * 6
    text = words + "1#铅锭    15000   15100\n0#锌锭    24000   24100\n铜        68000   68100\n"
    *lines, table = document(text).blocks
    assert [block.kind for block in lines].count("table") == 0 and len(lines) == 3
    assert [text[c.start : c.end] for c in table.cells if c.column == 1][-3:] == ["15000", "24000", "68000"]


def test_a_line_of_hyphens_with_words_in_it_is_no_ruler() -> None:
    assert kinds("甲|乙\n|-x-|\n") == kinds("甲|乙\n|   |\n") != ["table"]
    assert kinds("甲|乙\n-|-\n") == kinds("甲|乙\n:-: | --\n") == ["table"]
