"""Layout of tables: merged cells, unit rows, numbers; and no table, name or text that takes for ever."""

from itertools import combinations, pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.document import Block, Cell
from touchstone.read.figures import read_figures
from touchstone.read.layout import Layout, is_number, lay_out, number_in
from touchstone.read.read import read_bytes
from touchstone.read.subject import code_of, is_measure_only
from touchstone.read.unitrow import best_cuts

from .conftest import phrases


def laid_out(page: str) -> Layout:
    document = read_bytes(page.encode(), "a.html")
    return lay_out(document.blocks[0], document.text)


def places(layout: Layout) -> int:
    """How many places the heads and rows of a table take."""
    return sum(
        sum(map(len, section.heads.values())) + sum(map(len, section.rows)) for section in layout.sections
    )


def test_merged_cells_do_not_make_a_table_larger_than_its_cells() -> None:
    cells = "".join(f"<td colspan=1000 rowspan=400>{n}" for n in range(20))
    assert 20 <= places(laid_out(f"<table><tr>{cells}{'<tr>' * 400}</table>")) <= 1000


def test_a_merged_range_of_a_sheet_takes_only_rows_and_columns_that_hold_cells() -> None:
    """A1:ZZ8000 is one cell, and AAA8001 is another."""
    cells = (Cell(0, 0, 0, 1, 8000, 702), Cell(8000, 702, 2, 3))
    assert places(lay_out(Block("table", 0, 3, cells=cells), "铜\t5")) <= 2


def test_cells_that_merge_across_each_other_are_not_laid_out() -> None:
    cells = tuple(Cell(n, n, 0, 1, 300 - n, 300 - n) for n in range(300))
    assert places(lay_out(Block("table", 0, 1, cells=cells), "1")) == 0


@pytest.mark.parametrize("width", [2, 100, 1000])
def test_a_title_is_one_however_many_columns_it_claims(width: int) -> None:
    page = f"<table><tr><td colspan={width}>价格（元/吨）<tr><td>品种<td>均价<tr><td>铜<td>68000<tr><td>锌<td>24000</table>"
    layout = laid_out(page)
    assert len(layout.titles) == 1 and places(layout) == 6
    facts = read_figures(read_bytes(page.encode(), "a.html"))
    assert [(f.subject, f"{f.value:f}", f.unit) for f in facts] == [
        ("cu", "68000", "元/吨"),
        ("zn", "24000", "元/吨"),
    ]


def test_a_head_that_lies_over_many_columns_heads_them_all() -> None:
    heads = "<td>品种<td colspan=60>产量（吨）"
    page = f"<table><tr>{heads}<tr><td>铜{''.join(f'<td>{n}' for n in range(60))}</table>"
    [section] = laid_out(page).sections
    assert {section.head_words[column][0] for column in range(1, 61)} == {"产量（吨）"}


def exhaustive_cuts(printed: list[list[bool]], sizes: list[int]) -> list[int]:
    """The best cuts, found by trying all of them in order."""
    groups, units = len(printed), len(printed[0])

    def merit(cuts: tuple[int, ...]) -> tuple[int, int]:
        runs = enumerate(pairwise([0, *cuts, groups]))
        agreed = sum(printed[g][k] for k, (a, b) in runs for g in range(a, b))
        return agreed, sum(abs(sizes[cut] - sizes[cut - 1]) for cut in cuts)

    return list(max(combinations(range(1, groups), units - 1), key=merit))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[bool]], list[int]]:
    groups = draw(st.integers(1, 8))
    units = draw(st.integers(1, groups))
    agreeing = st.lists(st.booleans(), min_size=units, max_size=units)
    return (
        draw(st.lists(agreeing, min_size=groups, max_size=groups)),
        draw(st.lists(st.integers(-5, 5), min_size=groups, max_size=groups)),
    )


@given(tables())
def test_units_are_laid_over_columns_as_if_every_way_had_been_tried(
    table: tuple[list[list[bool]], list[int]],
) -> None:
    assert best_cuts(*table) == exhaustive_cuts(*table)


def stacked(heads: int, units: int) -> str:
    """A table one cell a line, with its unit row below the values."""
    rows = (
        ["日期", *(f"铜{n}" for n in range(heads))],
        ["10月7日", *(str(10 ** (n * units // heads % 2 + 2)) for n in range(heads))],
        ["单位", *(("元/吨", "元/公斤")[n % 2] for n in range(units))],
    )
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in (["价格"], *rows)) + "\n"


def test_a_unit_row_of_fifteen_units_under_thirty_heads_is_read() -> None:
    assert phrases(stacked(30, 15))[:6] == ["100 元/吨"] * 2 + ["1000 元/公斤"] * 2 + ["100 元/吨"] * 2


def test_a_unit_row_too_long_to_be_laid_out_gives_no_unit() -> None:
    assert set(phrases(stacked(200, 100))) == {"100", "1000"}


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234,567.8", "1,234,567.8"),
        ("1 234 567", "1 234 567"),
        ("12，345", "12，345"),
        ("1234567", "1234567"),
        ("(3.2)%", "3.2"),
        ("-(3.2)", "3.2"),
        ("↑ 1,234.5 %", "1,234.5"),
        ("10 20", None),
        ("1，2", None),
        ("1,2345", None),
        ("1 234,567", None),
        ("12,", None),
    ],
)
def test_blanks_and_commas_in_a_number_are_marks_of_thousands(cell: str, number: str | None) -> None:
    found = number_in(cell)
    assert (found and found["number"]) == number and is_number(cell) == (number is not None)


def test_two_numbers_in_one_cell_are_not_one() -> None:
    assert "1020 吨" not in phrases("品种\t产量（吨）\n铜\t10 20\n锌\t30\n")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("甲矿总产量", "甲矿"),
        ("甲矿 最低价 (国内", "甲矿"),
        ("甲矿当月占比", "甲矿"),
        ("甲矿价格表", "甲矿价格表"),
        ("产量", "产量"),
    ],
)
def test_a_name_ends_before_the_measures_that_close_it(words: str, name: str) -> None:
    assert code_of(words) == name


def test_measures_that_can_be_cut_in_many_ways_are_looked_at_once() -> None:
    assert code_of("甲" + "最低价" * 40) == "甲"
    assert code_of("最低价" * 40 + "甲") == "最低价" * 40 + "甲"


def test_a_name_is_read_up_to_two_hundred_characters() -> None:
    assert code_of("甲" * 20_000 + "产量") == "甲" * 200


@pytest.mark.parametrize(
    ("name", "head", "line"),
    [
        ("words.txt", "", "张三 李四  冶炼 车间  工程 师\n"),
        ("cells.txt", "", "\t张三\n\n"),
        ("ruler.txt", "甲|乙\n|", "-" * 10),
        ("rows.csv", "年,产量\n", "2020,5\n\n"),
    ],
)
def test_four_times_the_lines_take_less_than_nine_times_as_long(name: str, head: str, line: str) -> None:
    """Twice the lines are allowed three times the time; what goes back over all of them takes four."""
    tail = "x\n" if name == "ruler.txt" else ""
    texts = [(head + line * n + tail).encode() for n in (500, 2000)]
    seconds = [min(seconds_to_read(text, name) for _ in range(3)) for text in texts]
    assert seconds[1] < 9 * seconds[0]


def seconds_to_read(data: bytes, name: str) -> float:
    start = process_time()
    read_bytes(data, name)
    return process_time() - start


def test_a_name_of_many_measure_words_is_read_at_once() -> None:
    assert not is_measure_only("最低价" * 40 + "x")
    assert is_measure_only("同比最低价")
