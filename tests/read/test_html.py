"""Web pages."""

import pytest

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.read.read import read_bytes


def read(page: str, encoding: str = "utf-8") -> Document:
    return read_bytes(f"<!DOCTYPE html>{page}".encode(encoding), "页.html")


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_only_what_a_browser_shows_is_read() -> None:
    document = read(
        "<title>原材料</title><nav>首页 1</nav><script>var a = 2</script><style>p {width: 3px}</style>"
        "<h1>一、产量</h1><div hidden>4</div><p style='display: none'>5</p><p>产量<b>95.2</b>&nbsp;万吨</p>"
        "<noscript>6</noscript><!-- 7 --><template>8</template>"
    )
    assert shown(document) == [("heading", "一、产量"), ("paragraph", "产量95.2 万吨")]
    assert document.source.title == "原材料"


def test_text_between_blocks_is_a_paragraph_of_its_own() -> None:
    assert shown(read("<div>前<p>中</p>后</div><ul><li>甲<ul><li>乙</ul></ul>")) == [
        ("paragraph", "前"), ("paragraph", "中"), ("paragraph", "后"), ("list", "甲"), ("list", "乙"),
    ]  # fmt: skip


def test_a_forced_line_break_is_kept_and_other_white_space_collapses() -> None:
    assert shown(read("<p>一行\n  还是一行<br>两行</p>")) == [("paragraph", "一行 还是一行\n两行")]


def test_spans_are_laid_out_as_a_browser_does() -> None:
    document = read(
        "<table><caption>表1</caption><tr><th rowspan=2>品种<th colspan=2>价格<br>（元/吨）"
        "<tr><th>最低<th>最高<tr><td>锌<td>23500<td>23600</table>"
    )
    assert shown(document)[0] == ("caption", "表1")
    cells = document.blocks[1].cells
    assert [(document.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span) for c in cells] == [
        ("品种", 0, 0, 2, 1), ("价格 （元/吨）", 0, 1, 1, 2), ("最低", 1, 1, 1, 1), ("最高", 1, 2, 1, 1),
        ("锌", 2, 0, 1, 1), ("23500", 2, 1, 1, 1), ("23600", 2, 2, 1, 1),
    ]  # fmt: skip


def test_a_table_used_for_layout_is_page_and_the_table_inside_is_table() -> None:
    document = read("<table><tr><td><h2>行情</h2><table><tr><td>铜<td>1</table><td>侧栏</table>")
    assert [kind for kind, _ in shown(document)] == ["heading", "table", "paragraph"]


def test_raised_figures_become_superscripts() -> None:
    page = "<p>1.2 万m<sup>3</sup>，CO<sub>2</sub></p><table><tr><td>m<sup>2</sup><td>5</table>"
    assert [text for _, text in shown(read(page))] == ["1.2 万m³，CO2", "m²\t5"]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8"])
def test_the_declared_encoding_is_believed_where_it_fits(charset: str) -> None:
    data = f'<html><meta charset="{charset}"><p>镓锗铟：1,200 元/公斤</p>'.encode(charset)
    assert shown(read_bytes(data, "a.html")) == [("paragraph", "镓锗铟：1,200 元/公斤")]


def test_a_wrong_declaration_does_not_spoil_the_text() -> None:
    data = '<html><meta charset="utf-8"><p>氧化铝</p>'.encode("gb18030")
    assert shown(read_bytes(data, "a.html")) == [("paragraph", "氧化铝")]


def test_markup_inside_text_stays_text() -> None:
    assert shown(read("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")) == [
        ("paragraph", "<script>alert(1)</script>")
    ]


def test_a_page_without_visible_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="READ-019"):
        read("<script>1</script>")


@pytest.mark.parametrize("tag", ["div", "font", "span", "ul"])
def test_markup_nested_a_thousand_deep_is_read(tag: str) -> None:
    page = f"<p>前</p>{f'<{tag}>' * 1000}产量 95.2 万吨{f'</{tag}>' * 1000}<p>后</p>"
    assert [text for _, text in shown(read(page))] == ["前", "产量 95.2 万吨", "后"]


def test_cells_and_layout_tables_nested_deeply_are_read() -> None:
    cell = "<b>" * 1000 + "95.2" + "</b>" * 1000
    layout = "<table><tr><td>" * 300 + "<h2>深</h2>" + "</table>" * 300
    assert [text for _, text in shown(read(f"<table><tr><td>铜<td>{cell}</table>{layout}"))] == [
        "铜\t95.2", "深",
    ]  # fmt: skip


def test_markup_nested_beyond_reason_is_refused_as_such() -> None:
    depth = 50_000
    with pytest.raises(UnreadableFile, match="READ-023") as refused:
        read("<p>前</p>" + "<div>" * depth + "深" + "</div>" * depth)
    assert "nested too deeply" in refused.value.found and "嵌套" in refused.value.text("zh")


def test_text_after_a_hidden_element_a_break_and_a_raised_figure_is_kept() -> None:
    page = "甲<i hidden>乙</i>丙<sup>2</sup>丁<br>戊<script>己</script>庚"
    assert [text for _, text in shown(read(f"<p>{page}</p><table><tr><td>{page}<td>1</table>"))] == [
        "甲丙²丁\n戊庚", "甲丙²丁 戊庚\t1",
    ]  # fmt: skip


def test_cells_merged_over_rows_without_end_do_not_push_the_rest_away_for_ever() -> None:
    rows = "<tr><td rowspan=0 colspan=1000>铜<td>1" * 3000
    cells = read(f"<table>{rows}</table>").blocks[0].cells
    assert len(cells) == 6000 and max(cell.column for cell in cells) < 700_000


def test_a_name_merged_over_all_rows_of_a_long_table_stays_merged() -> None:
    rows = "<tr><td rowspan=2000>华东<td rowspan=2000>铜<td>1" + "<tr><td>2" * 1999
    cells = read(f"<table>{rows}</table>").blocks[0].cells
    assert cells[0].row_span == cells[1].row_span == 2000 and {c.column for c in cells[2:]} == {2}
