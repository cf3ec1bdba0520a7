"""Where the cells of a table stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import UnwritableReport
from touchstone.facts.text import Text
from touchstone.publish.report.grid import lay_out
from touchstone.publish.report.report import Cell, Report, Table

CAPTION = Text("表", "Table")


def cell(text: str = "x", columns: int = 1, rows: int = 1, number: bool = False) -> Cell:
    return Cell(Text(text, text), columns=columns, rows=rows, number=number)


def test_a_name_over_two_rows_moves_the_cells_beside_it() -> None:
    table = Table(
        CAPTION, ((cell("a"), cell("b"), cell("c")),), ((cell(rows=2), cell(), cell()), (cell(), cell()))
    )
    assert [[p.column for p in row] for row in lay_out(table, "here").rows] == [[0, 1, 2], [0, 1, 2], [1, 2]]


def test_a_second_half_has_a_head_of_its_own(weekly: Report) -> None:
    home = next(b for b in weekly.blocks if isinstance(b, Table) and b.caption.zh.startswith("表3"))
    grid = lay_out(home, "here")
    assert [row[0].heads for row in grid.rows] == [
        True,
        False,
        False,
        False,
        False,
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ((), ()),
        (((),), ()),
        (((cell(), cell()),), ((cell(),),)),
        (((cell(), cell()),), ((cell(columns=3),),)),
        (((cell(), cell()),), ((cell(rows=2), cell()),)),
        (((cell(rows=2), cell()),), ((cell(),),)),
        (((cell(), cell(), cell()),), ((cell(), cell(rows=2), cell()), (cell(columns=2), cell()))),
        (((cell(columns=0), cell()),), ()),
    ],
)
def test_a_table_with_a_hole_or_an_overlap_is_refused(head: tuple, body: tuple) -> None:
    with pytest.raises(UnwritableReport) as refused:
        lay_out(Table(CAPTION, head, body), "block 3")
    assert (refused.value.code, refused.value.where) == ("REPORT-003", "block 3")


@given(
    st.lists(st.text("硒锗ab 1,.5", max_size=20), min_size=1, max_size=24),
    st.sampled_from(["zh", "en"]),
    st.floats(100, 800),
)
def test_columns_fill_the_room_whatever_stands_in_them(texts: list[str], lang: str, room: float) -> None:
    row = tuple(cell(text, number=i % 2 == 1) for i, text in enumerate(texts))
    size, widths = lay_out(Table(CAPTION, (row,), (row,)), "here").fit(lang, room)
    assert sum(widths) == pytest.approx(room, abs=0.5)
    assert min(widths) > 0
    assert 5 <= size <= 9


def test_a_unit_in_brackets_has_room_on_one_line_of_its_head() -> None:
    heads = tuple(cell(text) for text in ("日期", "硒（美元/磅）"))
    table = Table(CAPTION, (heads,), ((cell("10月7日"), cell("6", number=True)),))
    size, widths = lay_out(table, "here").fit("zh", 60.0)
    assert widths[1] >= 6 * size
