"""PDF documents, printed with reportlab's Chinese standard font (no font files needed)."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from touchstone.facts.document import Block, Document
from touchstone.read.pdfflow import Margins
from touchstone.read.pdfline import Line
from touchstone.read.read import read_bytes

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=17, firstLineIndent=21, wordWrap="CJK")
HEAD = ParagraphStyle("head", fontName=FONT, fontSize=16, leading=24, wordWrap="CJK")
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK")
RULED = [("FONT", (0, 0), (-1, -1), FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]


def printed(story: list[Flowable], on_page: Callable[[Canvas, object], None] | None = None) -> bytes:
    out = BytesIO()
    template = SimpleDocTemplate(out, pagesize=A4, leftMargin=60, rightMargin=60)
    template.build(story, **({"onFirstPage": on_page, "onLaterPages": on_page} if on_page else {}))
    return out.getvalue()


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(FONT, 10.5)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def read(data: bytes) -> Document:
    return read_bytes(data, "报告.pdf")


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def grid(document: Document, block: Block) -> list[tuple[str, int, int, int, int]]:
    return [(document.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span) for c in block.cells]


def table_of(document: Document) -> Block:
    [table] = [block for block in document.blocks if block.kind == "table"]
    return table


SENTENCE = "2022年6月份，我国精炼铜产量为95.2万吨，同比增长2.4%；1-6月累计产量533.3万吨，RE100企业达到382家。"


@pytest.mark.parametrize("lead", range(12))
def test_figures_cut_at_a_line_end_are_whole_again(lead: int) -> None:
    """A lead of 0 to 11 characters moves the line end through the sentence, so that it cuts everywhere."""
    text = "铜" * lead + SENTENCE * 3
    assert shown(read(printed([Paragraph(text, BODY)]))) == [("paragraph", text)]


def test_paragraphs_and_headings_stay_apart() -> None:
    story = [
        Paragraph("二、精炼铜产量", HEAD),
        Paragraph(SENTENCE * 2, BODY),
        Paragraph("短句。", BODY),
        Paragraph(SENTENCE, BODY),
    ]
    document = read(printed(story))
    assert shown(document) == [
        ("heading", "二、精炼铜产量"), ("paragraph", SENTENCE * 2), ("paragraph", "短句。"), ("paragraph", SENTENCE),
    ]  # fmt: skip
    assert document.source.title == "二、精炼铜产量"


def test_a_paragraph_goes_on_over_the_page_end() -> None:
    text = SENTENCE * 6
    document = read(printed([Spacer(1, 640), Paragraph(text, BODY)]))
    assert shown(document) == [("paragraph", text)]


def test_english_lines_are_joined_with_a_space() -> None:
    style = ParagraphStyle("en", fontName="Helvetica", fontSize=10, leading=14)
    text = (
        "Output of refined copper reached 952 thousand tonnes in June, up 2.4 percent from a year earlier. "
        * 4
    )
    assert shown(read(printed([Paragraph(text, style)]))) == [("paragraph", text.strip())]


def test_merged_cells_of_a_ruled_table_keep_their_spans_and_are_read_once() -> None:
    rows = [["品种", "价格", "", "单位"], ["", "最低", "最高", ""], ["锌", "23500", "23600", "元/吨"]]
    table = Table(rows, colWidths=[60, 60, 60, 60])
    table.setStyle([*RULED, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (3, 1))])
    document = read(printed([Paragraph(SENTENCE, BODY), table, Paragraph(SENTENCE, BODY)]))
    assert [kind for kind, _ in shown(document)] == ["paragraph", "table", "paragraph"]
    assert grid(document, document.blocks[1]) == [
        ("品种", 0, 0, 2, 1), ("价格", 0, 1, 1, 2), ("单位", 0, 3, 2, 1),
        ("最低", 1, 1, 1, 1), ("最高", 1, 2, 1, 1),
        ("锌", 2, 0, 1, 1), ("23500", 2, 1, 1, 1), ("23600", 2, 2, 1, 1), ("元/吨", 2, 3, 1, 1),
    ]  # fmt: skip
    assert document.text.count("23500") == 1


def test_a_figure_wrapped_in_a_narrow_cell_is_one_figure() -> None:
    rows = [["品种", "价"], ["电解铜", Paragraph("41500", CELL)], ["锗锭", Paragraph("2.85", CELL)]]
    table = Table(rows, colWidths=[60, 31])
    table.setStyle(RULED)
    narrow = Table(rows, colWidths=[60, 26])
    narrow.setStyle(RULED)
    for made in (table, narrow):
        document = read(printed([made]))
        assert [c[0] for c in grid(document, table_of(document))] == [
            "品种",
            "价",
            "电解铜",
            "41500",
            "锗锭",
            "2.85",
        ]


def test_words_of_an_english_head_stay_apart() -> None:
    """A line that is full ends between words there, whatever stands on both sides: Cadmium | 99.95% | (USD/lb)."""
    style = ParagraphStyle("latin", fontName="Helvetica", fontSize=9, leading=11)
    heads = [Paragraph(text, style) for text in ("Date", "Cadmium 99.95% (USD/lb)", "Selenium (USD/lb)")]
    table = Table([heads, ["8 October", Paragraph("41500", CELL), "6.55"]], colWidths=[60, 52, 56])
    table.setStyle(RULED)
    document = read(printed([table]))
    assert [c[0] for c in grid(document, table_of(document))][:3] == [
        "Date", "Cadmium 99.95% (USD/lb)", "Selenium (USD/lb)",
    ]  # fmt: skip


def test_two_figures_in_one_cell_stay_two() -> None:
    table = Table([["品种", "价格"], ["铜", "41500\n41800"], ["锌", "23500\n23600"]], colWidths=[60, 80])
    table.setStyle(RULED)
    document = read(printed([table]))
    assert [c[0] for c in grid(document, table_of(document))][3] == "41500 41800"


def test_a_table_without_outer_borders_is_a_table() -> None:
    table = Table([["品种", "最低", "最高"], ["铜", "1", "2"], ["锌", "3", "4"]], colWidths=[60, 60, 60])
    lines = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ]
    table.setStyle([RULED[0], ("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black), *lines])
    document = read(printed([table]))
    assert [c[0] for c in grid(document, table_of(document))] == [
        "品种",
        "最低",
        "最高",
        "铜",
        "1",
        "2",
        "锌",
        "3",
        "4",
    ]


def test_a_table_with_three_level_rules_is_a_table() -> None:
    rows = [["品种", "产量（万吨）", "", "均价"], ["", "当月", "累计", "元/吨"], ["精炼铜", "95.2", "533.3", "69 800"],
            ["铜材", "202", "1023.1", "71200"]]  # fmt: skip
    table = Table(rows, colWidths=[70, 80, 80, 70])
    table.setStyle([RULED[0], ("SPAN", (1, 0), (2, 0)), ("ALIGN", (1, 0), (-1, -1), "CENTER"),
                    *(("LINEABOVE", (0, row), (-1, row), 1, colors.black) for row in (0, 2)),
                    ("LINEBELOW", (0, 3), (-1, 3), 1, colors.black)])  # fmt: skip
    document = read(
        printed([Paragraph(SENTENCE, BODY), Spacer(1, 9), table, Spacer(1, 9), Paragraph(SENTENCE, BODY)])
    )
    assert [kind for kind, _ in shown(document)] == ["paragraph", "table", "paragraph"]
    assert [c for c in grid(document, document.blocks[1]) if c[0]] == [
        ("品种", 0, 0, 1, 1), ("产量（万吨）", 0, 1, 1, 2), ("均价", 0, 3, 1, 1),
        ("当月", 1, 1, 1, 1), ("累计", 1, 2, 1, 1), ("元/吨", 1, 3, 1, 1),
        ("精炼铜", 2, 0, 1, 1), ("95.2", 2, 1, 1, 1), ("533.3", 2, 2, 1, 1), ("69 800", 2, 3, 1, 1),
        ("铜材", 3, 0, 1, 1), ("202", 3, 1, 1, 1), ("1023.1", 3, 2, 1, 1), ("71200", 3, 3, 1, 1),
    ]  # fmt: skip


def test_rules_over_and_under_running_text_make_no_table() -> None:
    def decorate(canvas: Canvas, template: object) -> None:
        for y in (60, 400, 790):
            canvas.line(60, y, 535, y)

    document = read(printed([Paragraph(SENTENCE * 3, BODY), Paragraph(SENTENCE * 20, BODY)], decorate))
    assert [kind for kind, _ in shown(document)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("repeated", [0, 1])
def test_a_table_that_goes_on_overleaf_is_one_table(repeated: int) -> None:
    rows = [["品种", "价格"], *([f"金属{n}", str(1000 + n)] for n in range(60))]
    table = Table(rows, colWidths=[80, 80], repeatRows=repeated)
    table.setStyle(RULED)

    def number(canvas: Canvas, template: object) -> None:
        canvas.drawCentredString(297, 30, f"- {canvas.getPageNumber()} -")

    document = read(printed([table], number))
    assert [c[0] for c in grid(document, table_of(document))] == [text for row in rows for text in row]
    assert table_of(document).where == "pages 1-2" and len(document.blocks) == 1


def test_another_table_on_the_next_page_stays_another_table() -> None:
    def made(head: str) -> Table:
        table = Table([["品种", head], ["铜", "1"], ["锌", "2"]], colWidths=[80, 80])
        table.setStyle(RULED)
        return table

    document = read(printed([made("价格"), PageBreak(), made("产量")]))
    assert [kind for kind, _ in shown(document)] == ["table", "table"]


def test_running_heads_are_kept_once_and_page_numbers_never() -> None:
    def decorate(canvas: Canvas, template: object) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(60, 810, "洞察简报 2022年第三季度")
        canvas.drawCentredString(297, 30, f"第 {canvas.getPageNumber()} 页 共 3 页")

    story = [item for metal in "铜铝锌" for item in (Paragraph(metal * 3 + SENTENCE, BODY), PageBreak())]
    document = read(printed(story, decorate))
    assert shown(document) == [
        ("caption", "洞察简报 2022年第三季度"),
        *[("paragraph", m * 3 + SENTENCE) for m in "铜铝锌"],
    ]


def test_a_sentence_at_the_foot_of_every_page_does_not_cut_the_paragraph_that_goes_on_overleaf() -> None:
    foot = "Prices, changes and comparisons are worked out from quotes; sentences of others are marked."

    def decorate(canvas: Canvas, template: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 40, foot)
        canvas.drawString(480, 40, f"Page {canvas.getPageNumber()} of 2")

    english = ParagraphStyle("latin", fontName="Helvetica", fontSize=10.5, leading=17)
    words = " ".join(f"On day {day} of the month the price was unchanged." for day in range(120))
    [(kind, head), *rest] = shown(read(printed([Paragraph(words, english)], decorate)))
    assert (kind, head.partition("\t")[0]) == ("caption", foot) and rest == [("paragraph", words)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_shown(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(297, 421)
        canvas.rotate(turn)
        for step in range(3):
            canvas.line(-100 + 80 * step, 0, -100 + 80 * step, 60)
            canvas.line(-100, 30 * step, 60, 30 * step)
        for number, text in enumerate(("品种", "价格", "铜", "41500")):
            canvas.drawString(-90 + 80 * (number % 2), 40 - 30 * (number // 2), text)
        canvas.drawString(-100, 80, "表题在上。")

    document = read(drawn(draw))
    assert shown(document) == [("paragraph", "表题在上。"), ("table", "品种\t价格\n铜\t41500")]


def test_text_scaled_by_its_matrix_is_read_by_the_size_it_is_shown_in() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setFont(FONT, 1)
        for step, line in enumerate(("精炼铜产量95.2万吨。", "铜材产量202万吨。")):
            text.setTextTransform(12, 0, 0, 12, 60, 700 - 60 * step)
            text.textOut(line)
        canvas.drawText(text)

    assert shown(read(drawn(draw))) == [
        ("paragraph", "精炼铜产量95.2万吨。"),
        ("paragraph", "铜材产量202万吨。"),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 680, 400, 60)
        canvas.drawString(60, 720, "摘要：同比增长2.4%。")
        canvas.drawString(60, 700, "环比下降1.1%。")

    assert [kind for kind, _ in shown(read(drawn(draw)))] == ["paragraph", "paragraph"]


def test_the_grid_of_a_chart_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid(range(100, 401, 50), range(400, 601, 40))
        for step in range(6):
            canvas.drawString(70, 400 + 40 * step, str(100 + step))

    assert "table" not in [kind for kind, _ in shown(read(drawn(draw)))]


def test_columns_set_by_spaces_alone_do_not_run_together() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (name, low, high) in enumerate(
            [("品种", "最低", "最高"), ("铜", "41500", "41800"), ("锌", "23500", "23600")]
        ):
            for x, text in ((60, name), (200, low), (340, high)):
                canvas.drawString(x, 700 - 16 * row, text)

    document = read(drawn(draw))
    assert "铜\t41500\t41800\n锌\t23500\t23600" in document.text


def test_a_small_raised_three_is_a_cubic_metre() -> None:
    style = ParagraphStyle("s", parent=BODY, firstLineIndent=0)
    document = read(
        printed([Paragraph("用气1.2万m<super size=6>3</super>，排放CO<sub size=6>2</sub>减少", style)])
    )
    assert shown(document) == [("paragraph", "用气1.2万m³，排放CO2减少")]


HEAD_AND_ROWS = [
    ["指标名称", "单位", "2017", "2018"],
    ["环保总投入", "亿元", "23.97", "30.09"],
    ["环保培训人数", "人次", "12438", "10178"],
    ["工业用水量", "亿吨", "", "43.31"],
]
HEAD_RULED = [
    ("FONT", (0, 0), (-1, -1), FONT, 9), ("GRID", (0, 0), (-1, 1), 0.5, colors.black), ("SPAN", (0, 0), (-1, 0)),
    ("ALIGN", (2, 0), (-1, -1), "RIGHT"),
]  # fmt: skip


def test_aligned_rows_below_a_ruled_head_belong_to_its_table() -> None:
    """A title row and a head with rules, the body without: how spreadsheets are printed."""
    rows = [["集团降碳绩效指标", "", "", ""], *HEAD_AND_ROWS]
    table = Table(rows, colWidths=[120, 60, 60, 60], style=HEAD_RULED)
    document = read(
        printed([table, Paragraph("注：数据来自集团年度报告，2018年口径有调整，共覆盖12家企业。", BODY)])
    )
    assert [kind for kind, _ in shown(document)] == ["table", "paragraph"]
    cells = {(r, c): text for text, r, c, _, _ in grid(document, table_of(document))}
    assert [[cells[r + 1, c] for c in range(4)] for r in range(4)] == HEAD_AND_ROWS


def test_running_text_right_below_a_ruled_table_stays_running_text() -> None:
    table = Table(HEAD_AND_ROWS, colWidths=[150, 100, 100, 100], style=RULED)
    english = ParagraphStyle("english", fontName="Helvetica", fontSize=10, leading=12, alignment=4)
    words = "In 2018 the group spent 30.09 and in 2017 it spent 23.97 on 12 plants of 43 lines in all. " * 4
    document = read(printed([table, Paragraph(words, english)]))
    assert [kind for kind, _ in shown(document)] == ["table", "paragraph"]
    assert len({cell.row for cell in table_of(document).cells}) == 4


def test_a_line_of_dots_without_end_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFontSize(0.2)
        canvas.drawString(50, 700, "." * 40_000 + "x")

    assert len(read(drawn(draw)).text) > 1_000


def test_a_line_without_width_has_margins_too() -> None:
    """Damaged files hold letters that are no wider than nothing."""
    line = Line("1", x0=50, x1=50, top=10, bottom=20, size=10, page=1)
    margins = Margins.of([line], width=600)
    assert (margins.left[id(line)], margins.right[id(line)]) == (50, 550)
