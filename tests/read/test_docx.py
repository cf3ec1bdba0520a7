"""Word documents, written with python-docx and by hand where it cannot write what Word writes."""

import zipfile
from io import BytesIO

import docx
import pytest

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.read.read import read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def written(body: str) -> bytes:
    """A docx with this XML inside its body."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
        )
    return out.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def grid(document: Document, block: int = 0) -> list[tuple[str, int, int, int, int]]:
    table = [b for b in document.blocks if b.kind == "table"][block]
    return [(document.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span) for c in table.cells]


def test_headings_lists_and_paragraphs_keep_their_kind_and_level() -> None:
    file = docx.Document()
    file.add_heading("有色金属一周评述", 0)
    file.add_heading("一、铟", 1)
    file.add_heading("1. 国内市场", 2)
    file.add_paragraph("精铟报价 1,200 元/公斤。")
    file.add_paragraph("粗铟成交清淡", style="List Bullet")
    document = read_bytes(saved(file), "周报.docx")
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("heading", 1), ("heading", 1), ("heading", 2), ("paragraph", 0), ("list", 1),
    ]  # fmt: skip
    assert document.source.title == "有色金属一周评述"


def test_headings_are_found_by_outline_level_when_the_style_has_a_name_of_its_own() -> None:
    body = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>二、市场</w:t></w:r></w:p>' + paragraph(
        "正文"
    )
    assert [(b.kind, b.level) for b in read_bytes(written(body), "a.docx").blocks] == [
        ("heading", 2), ("paragraph", 0),
    ]  # fmt: skip


def test_merged_heads_and_a_spanned_unit_row_keep_their_spans() -> None:
    file = docx.Document()
    table = file.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "品种"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "市场价格"
    table.cell(0, 3).merge(table.cell(1, 3)).text = "涨跌"
    table.cell(1, 1).text, table.cell(1, 2).text = "最低", "最高"
    table.cell(2, 0).merge(table.cell(2, 3)).text = "单位：元/公斤"
    for column, text in enumerate(("精铟", "1200", "1230", "0")):
        table.cell(3, column).text = text
    assert grid(read_bytes(saved(file), "a.docx")) == [
        ("品种", 0, 0, 2, 1), ("市场价格", 0, 1, 1, 2), ("涨跌", 0, 3, 2, 1),
        ("最低", 1, 1, 1, 1), ("最高", 1, 2, 1, 1),
        ("单位：元/公斤", 2, 0, 1, 4),
        ("精铟", 3, 0, 1, 1), ("1200", 3, 1, 1, 1), ("1230", 3, 2, 1, 1), ("0", 3, 3, 1, 1),
    ]  # fmt: skip


def test_a_cell_is_one_line_even_where_word_breaks_it() -> None:
    file = docx.Document()
    cell = file.add_table(1, 2).cell(0, 0)
    cell.text = "现货均价\n（元/吨）\t含税"
    document = read_bytes(saved(file), "a.docx")
    assert grid(document)[0][0] == "现货均价 （元/吨） 含税"


def test_a_raised_three_is_a_cubic_metre_and_a_lowered_two_stays_a_digit() -> None:
    file = docx.Document()
    text = file.add_paragraph("用气 1.2 万m")
    text.add_run("3").font.superscript = True
    text.add_run("，排放CO")
    text.add_run("2").font.subscript = True
    text.add_run(" 74.0")
    text.add_run("1").font.superscript = True
    assert texts(read_bytes(saved(file), "a.docx")) == ["用气 1.2 万m³，排放CO2 74.0¹"]


def test_tracked_insertions_are_kept_and_deletions_dropped() -> None:
    body = (
        "<w:p><w:r><w:t>产量</w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText>93.2</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>95.2</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3"><w:r><w:t>（初值）</w:t></w:r></w:moveFrom><w:r><w:t>万吨</w:t></w:r></w:p>'
    )
    assert texts(read_bytes(written(body), "a.docx")) == ["产量95.2万吨"]


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('摘要：同比增长 2.4%')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read_bytes(written(body), "a.docx")) == ["正文", "摘要：同比增长 2.4%"]


def test_a_nested_table_is_a_block_of_its_own_and_its_text_is_not_repeated() -> None:
    file = docx.Document()
    outer = file.add_table(1, 2)
    outer.cell(0, 0).text = "外"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "铜", "95.2"
    document = read_bytes(saved(file), "a.docx")
    assert [c[0] for c in grid(document, 0)] == ["外", ""]
    assert [c[0] for c in grid(document, 1)] == ["铜", "95.2"]
    assert document.text.count("95.2") == 1


def test_tabs_and_line_breaks_of_running_text_are_kept() -> None:
    body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>"
    assert texts(read_bytes(written(body), "a.docx")) == ["甲\t乙\n丙"]


def test_footnotes_come_last_and_say_so() -> None:
    out = BytesIO(written(paragraph("产量 95.2 万吨")))
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/footnotes" '
            'Target="footnotes.xml"/></Relationships>',
        )
        archive.writestr(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{W}">'
            f'<w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote>'
            f'<w:footnote w:id="1">{paragraph("含重复统计")}</w:footnote></w:footnotes>',
        )
    document = read_bytes(out.getvalue(), "a.docx")
    assert [(document.text[b.start : b.end], b.where) for b in document.blocks][1:] == [
        ("含重复统计", "footnote 1")
    ]


def test_a_row_deleted_under_tracked_changes_is_gone() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc>{paragraph(text)}</w:tc><w:tc>{paragraph('1')}</w:tc></w:tr>"

    deleted = '<w:trPr><w:del w:id="1"/></w:trPr>'
    body = f"<w:tbl>{row('甲')}{row('乙', deleted)}{row('丙')}</w:tbl>"
    assert [c[0] for c in grid(read_bytes(written(body), "a.docx"))] == ["甲", "1", "丙", "1"]


def test_a_long_document_is_whole_and_in_order_whatever_stands_between_its_paragraphs() -> None:
    """Long enough to be parsed in many pieces."""
    expected, body = [], []
    for number in range(3_000):
        body.append(paragraph(f"第{number}段") + '<w:bookmarkEnd w:id="1"/>\n')
        body.append(f"<w:sdt><w:sdtContent>{paragraph(f'控件{number}')}</w:sdtContent></w:sdt>  ")
        expected += [f"第{number}段", f"控件{number}"]
        if number % 100 == 0:
            body.append(f"<w:tbl><w:tr><w:tc>{paragraph(f'表{number}')}</w:tc></w:tr></w:tbl>")
            expected.append(f"表{number}")
    assert texts(read_bytes(written("".join(body) + "<w:sectPr/>"), "a.docx")) == expected


def test_a_document_without_text_is_refused_not_read_as_nothing() -> None:
    with pytest.raises(UnreadableFile, match="READ-019"):
        read_bytes(written("<w:p/>"), "a.docx")
