"""Tables are read row by row, whatever the file they come in; a broken line breaks itself alone."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import UnreadableFile
from touchstone.flow import Workspace
from touchstone.read.sources.grammar import declared
from touchstone.read.sources.series import read_series
from touchstone.read.sources.table import Row, delimited_rows
from touchstone.read.sources.transcript import Transcript

from .conftest import PRICES

FIELD = st.text(st.characters(exclude_categories=("C",), exclude_characters="\x85\u2028\u2029"), max_size=6)
CSV = "month,Copper ($/mt),Tin ($/mt)\n2020-01,6000,17000\n2020-02,5700,16500.5\n"


@given(st.lists(st.lists(FIELD, min_size=1, max_size=4), max_size=8), st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    read = [row.cells for row in delimited_rows(out.getvalue(), delimiter)]
    assert read == [{at: words for at, words in enumerate(row) if words} for row in rows]


@given(st.lists(st.lists(FIELD, max_size=4), max_size=30))
def test_every_cell_stands_where_the_transcript_says(rows: list[list[str]]) -> None:
    transcript = Transcript()
    lines = [transcript.line(Row(number, dict(enumerate(row)))) for number, row in enumerate(rows)]
    text, blocks = transcript.text(), transcript.blocks()
    for line in lines:
        for column, words in line.words.items():
            start = line.starts[column]
            assert text[start : start + len(words)] == words
            assert blocks[line.block].start <= start < blocks[line.block].end
    assert [line.number for line in lines] == list(range(len(rows)))


@pytest.mark.parametrize("line", ['2020-02,"57"00,16500', '2020-02,"5700,16500'])
def test_a_quotation_mark_out_of_place_breaks_its_own_line(line: str) -> None:
    text = CSV.replace("2020-02,5700,16500.5", line) + "2020-03,5180,15300\n"
    rows = list(delimited_rows(text, ","))
    assert [row.broken for row in rows] == [False, False, True, False]
    assert rows[3].cells == {0: "2020-03", 1: "5180", 2: "15300"}


def test_a_line_end_inside_quotation_marks_is_part_of_the_cell() -> None:
    rows = list(delimited_rows('month,"Copper\n($/mt)"\n2020-01,6000\n', ","))
    assert rows[0].cells[1] == "Copper\n($/mt)" and rows[1].cells == {0: "2020-01", 1: "6000"}


def test_a_file_in_gb18030_with_windows_line_ends_says_the_same() -> None:
    own = PRICES.replace("Copper:", "铜:").replace("Tin:", "锡:").replace("column: month", "column: 月份")
    text = CSV.replace("Copper", "铜").replace("Tin", "锡").replace("month", "月份")
    by = declared(own, "own.yaml")
    plain = read_series(text.encode(), "a.csv", by)
    there = read_series(text.replace("\n", "\r\n").encode("gb18030"), "b.csv", by)
    assert there.document.text == plain.document.text
    assert there.facts.column("value").to_pylist() == ["6000", "17000", "5700", "16500.5"]


def test_semicolons_and_tabs_are_declared() -> None:
    for name, mark in (("semicolon", ";"), ("tab", "\t")):
        by = declared(f"{PRICES}delimiter: {name}\n", "own.yaml")
        assert read_series(CSV.replace(",", mark).encode(), "a.csv", by).facts.num_rows == 4


def _workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


ROWS: list[list[object]] = [["month", "Copper ($/mt)", "Tin ($/mt)"], ["2020-01", 6000, 17000.5]]


def test_a_workbook_says_what_its_cells_show_and_the_cell_has_its_address() -> None:
    data = _workbook(("Monthly", [["World prices"], [], *ROWS]))
    read = read_series(data, "p.xlsx", declared(f"{PRICES}header: 3\n", "own.yaml"))
    [block] = read.document.blocks
    assert block.where == "Monthly!A1:C4" and read.facts.column("value").to_pylist() == ["6000", "17000.5"]
    assert list(zip(*(read.facts.column(name).to_pylist() for name in ("row", "column")), strict=True)) == [
        (3, 1),
        (3, 2),
    ]


def test_which_sheet_is_meant_must_be_said_where_there_are_several() -> None:
    data = _workbook(("Prices", ROWS), ("Notes", [["a note"]]))
    with pytest.raises(UnreadableFile, match="SOURCE-011") as found:
        read_series(data, "p.xlsx", declared(PRICES, "own.yaml"))
    assert "Prices, Notes" in found.value.found
    read = read_series(data, "p.xlsx", declared(f"{PRICES}sheet: Prices\n", "own.yaml"))
    assert read.facts.num_rows == 2
    assert [block.where for block in read.document.blocks] == ["Prices!A1:C2", "Notes!A1:A1"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "READ-001"),
        (b"%PDF-1.4", "READ-007"),
        (b"PK\x03\x04", "READ-008"),
        (b"\xff\xfe\xff", "READ-016"),
    ],
)
def test_bytes_that_are_no_table_are_refused_as_everywhere(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile, match=code):
        read_series(data, "p.csv", declared(PRICES, "own.yaml"))


def test_more_cells_than_the_memory_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchstone.read.sources.table._MAX_TEXT_CELLS", 8)
    with pytest.raises(UnreadableFile, match="READ-018"):
        read_series(CSV.encode(), "p.csv", declared(PRICES, "own.yaml"))


def test_a_long_table_is_kept_as_text_and_its_figures_still_stand_in_their_cells(
    workspace: Workspace, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchstone.read.sources.transcript._CELLS", 30)
    monkeypatch.setattr("touchstone.read.sources.transcript._LINES", 7)
    rows = [f"{1900 + n // 12}-{n % 12 + 1:02},{1000 + n},{2000 + n}" for n in range(100)]
    file = given("long.csv", "\n".join(["month,Copper ($/mt),Tin ($/mt)", *rows]))
    report = workspace.import_series(file, given("own.yaml", PRICES))
    document = workspace.document(report.hash)
    assert len(document.blocks) == 1 + 90 // 7 + 1 and sum(len(b.cells) for b in document.blocks) == 30
    for fact in workspace.facts():
        at = fact.locator
        assert at and document.text[at.start : at.end] == fact.quote
        assert document.blocks[at.block].start <= at.start < document.blocks[at.block].end
    last = workspace.series("sn.refined", "price", "market.lme")[-1]
    tree = workspace.explain(last.id)
    assert tree.where == "A95:C101" and tree.quote == "2099"
