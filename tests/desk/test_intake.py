"""Files of inputs: spreadsheets and csv as desks keep them; faulty rows are told with their place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from touchstone.errors import UnreadableFile, UnusableQuote
from touchstone.flow import Workspace

from .conftest import FRIDAY, GE, Work

HEAD = ["日期", "时间", "类型", "最低", "最高", "单位", "数量", "数量单位", "税", "对手方代码"]


def sheet(path: Path, *rows: list, title: str = "询价") -> Path:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page
    page.title = title
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def taken(work: Work) -> list[tuple]:
    """What the desk has, in the order it came in."""
    found = work.desk.inputs(GE).values()
    return [(g.kind, str(g.low), str(g.high), g.unit, g.day, g.parties) for g in found]


@pytest.fixture
def workspace(work: Work) -> Workspace:
    return work.workspace


def test_a_spreadsheet_of_the_desk_is_taken_in_with_the_row_and_the_hash(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "询价.xlsx", HEAD,
        [date(2020, 10, 9), "15:10", "成交", 985, 990.5, "美元/公斤", 100, "公斤", "不含税", "P07/B12"],
        [date(2020, 10, 9), "", "买盘", 975, "", "美元/公斤", "", "", "", "B09"],
    )  # fmt: skip
    report = workspace.import_inputs(path, "Zhao", GE)
    assert (report.added, report.known, report.problems) == (2, 0, ())
    assert taken(work) == [
        ("deal", "985", "990.5", "美元/公斤", FRIDAY, ("P07", "B12")),
        ("bid", "975", "975", "美元/公斤", FRIDAY, ("B09",)),
    ]
    first = next(iter(work.desk.inputs(GE).values()))
    assert (first.origin.file, first.origin.place) == ("询价.xlsx", "询价!2")
    assert workspace.ledger.library.raw(first.origin.hash) == path.read_bytes()
    assert "985 │ 990.5" in first.origin.quote
    assert work.desk.trail.entries()[0].who == "Zhao"


def test_the_same_file_again_adds_nothing_and_its_figures_stay_at_the_desk(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "a.xlsx", HEAD, [date(2020, 10, 9), "", "成交", 985, 985, "美元/公斤", "", "", "", "P07"]
    )
    workspace.import_inputs(path, "Zhao", GE)
    again = workspace.import_inputs(path, "Li", GE)
    assert (again.added, again.known) == (0, 1)
    assert len(workspace.facts()) == 0
    assert workspace.documents() == []


def test_a_file_that_grows_is_imported_again_and_again(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    """A desk keeps one workbook a week, and adds to it; two equal deals are two, whatever moves in between."""
    deal = [date(2020, 10, 9), "10:00", "成交", 985, 985, "美元/公斤", "", "", "", "P07"]
    offer = [date(2020, 10, 9), "11:00", "卖盘", 1005, 1005, "美元/公斤", "", "", "", "P01"]
    path = tmp_path / "week.xlsx"
    for rows, added in (([deal, offer], 2), ([offer, deal, deal], 1), ([["", ""], deal, deal, offer], 0)):
        assert workspace.import_inputs(sheet(path, HEAD, *rows), "Zhao", GE).added == added
    assert sorted(each[0] for each in taken(work)) == ["deal", "deal", "offer"]


def test_a_csv_with_english_heads_units_in_brackets_and_a_quotation_column(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    path = tmp_path / "inputs.csv"
    path.write_text(
        "Inputs of the week,,,,\nDate,Type,Price (USD/kg),Series,Party\n"
        f"2020-10-09,transaction,985-990,{GE},P01\n2020/10/08,Offer,1010,{GE},P02\n",
        encoding="gb18030",
    )
    assert workspace.import_inputs(path, "Zhao").added == 2
    assert taken(work) == [
        ("deal", "985", "990", "USD/kg", FRIDAY, ("P01",)),
        ("offer", "1010", "1010", "USD/kg", date(2020, 10, 8), ("P02",)),
    ]


def test_faulty_rows_are_told_with_their_place_and_the_rest_goes_on(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    rows = [
        [date(2020, 10, 9), "", "成交", "66,o00", "", "美元/公斤", "", "", "", "P01"],
        [date(2020, 10, 9), "", "成交", 985, 990, "", "", "", "", "P01"],
        [date(2020, 10, 9), "", "成交", 1000, 990, "美元/公斤", "", "", "", "P01"],
        [date(2020, 10, 9), "", "成交", 985, 990, "美元/公斤", "", "", "", "鑫鑫金属"],
        [date(2020, 10, 9), "", "成交", 985, 990, "美元/公斤", "", "", "", "P02"],
    ]
    report = workspace.import_inputs(sheet(tmp_path / "a.xlsx", HEAD, *rows), "Zhao", GE)
    assert report.added == 1
    told = [(problem.code, problem.where) for problem in report.problems]
    assert told == [
        ("DESK-020", "a.xlsx!询价!2"), ("DESK-025", "a.xlsx!询价!3"), ("DESK-024", "a.xlsx!询价!4"),
        ("DESK-028", "a.xlsx!询价!5"),
    ]  # fmt: skip
    assert len(taken(work)) == 1


def test_a_day_merged_over_its_rows_is_the_day_of_each(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page
    for row in (
        ["日期", "类型", "价格", "单位"],
        ["2020-10-09", "成交", 985, "美元/公斤"],
        ["", "买盘", 975, "美元/公斤"],
    ):
        page.append(row)
    page.merge_cells("A2:A3")
    book.save(path)
    assert workspace.import_inputs(path, "Zhao", GE).added == 2
    assert {day for *_, day, _ in taken(work)} == {FRIDAY}


def test_a_file_without_the_columns_or_without_a_series_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(UnusableQuote, match="DESK-030"):
        workspace.import_inputs(
            sheet(tmp_path / "a.xlsx", ["日期", "铜价"], ["2020-10-09", 66000]), "Zhao", GE
        )
    path = sheet(
        tmp_path / "b.xlsx", HEAD, [date(2020, 10, 9), "", "成交", 985, 985, "美元/公斤", "", "", "", "P07"]
    )
    assert [problem.code for problem in workspace.import_inputs(path, "Zhao").problems] == ["DESK-029"]
    with pytest.raises(UnreadableFile):
        workspace.import_inputs(tmp_path / "absent.xlsx", "Zhao", GE)


def test_numbers_keep_the_digits_the_sheet_shows(workspace: Workspace, work: Work, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page
    page.append(HEAD[:6])
    page.append([date(2020, 10, 9), "", "成交", 985.0, 1005.25, "美元/公斤"])
    page["D2"].number_format = page["E2"].number_format = "0.0"
    book.save(path)
    workspace.import_inputs(path, "Zhao", GE)
    assert Decimal(taken(work)[0][1]) == Decimal("985.0")
    assert taken(work)[0][1:3] == ("985.0", "1005.3")


def deal(day: date, price: float, parties: str = "P07") -> list:
    """A row."""
    return [day, "10:00", "成交", price, price, "美元/公斤", "", "", "", parties]


def test_a_mended_file_takes_the_place_of_the_older_one(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    """Two deals reach the minimum; mended from 985 to 986 they are still one and one, never three."""
    path = tmp_path / "week.xlsx"
    workspace.import_inputs(sheet(path, HEAD, deal(FRIDAY, 985)), "Zhao", GE, work.now(FRIDAY))
    report = workspace.import_inputs(sheet(path, HEAD, deal(FRIDAY, 986)), "Zhao", GE, work.now())
    assert (report.added, report.known, report.replaced) == (1, 0, 1)
    assert [each[1] for each in taken(work)] == ["986"]
    draft = work.desk.open(GE, FRIDAY, "Li", work.now())
    assert not work.desk.proposal(draft, work.desk.reported(draft)).met
    assert [entry.what for entry in work.desk.trail.entries()] == ["input", "replace", "input", "open"]
    back = workspace.import_inputs(sheet(path, HEAD, deal(FRIDAY, 985)), "Zhao", GE, work.now())
    assert (back.added, back.replaced) == (1, 1)
    assert [each[1] for each in taken(work)] == ["985"]


def test_another_day_s_file_of_the_same_name_replaces_nothing(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    path = tmp_path / "today.xlsx"
    workspace.import_inputs(sheet(path, HEAD, deal(date(2020, 10, 8), 985)), "Zhao", GE)
    report = workspace.import_inputs(sheet(path, HEAD, deal(FRIDAY, 990)), "Zhao", GE)
    assert (report.added, report.replaced, len(taken(work))) == (1, 0, 2)


def test_what_was_submitted_keeps_its_inputs_and_a_mended_deal_is_missed(
    workspace: Workspace, work: Work, tmp_path: Path
) -> None:
    path = tmp_path / "week.xlsx"
    rows = [deal(FRIDAY, 985, "P01"), deal(FRIDAY, 1005, "P02")]
    workspace.import_inputs(sheet(path, HEAD, *rows), "Zhao", GE, work.now(FRIDAY))
    given = work.submitted(FRIDAY, "985", "1005")
    rows[1] = deal(FRIDAY, 1050, "P02")
    workspace.import_inputs(sheet(path, HEAD, *rows), "Zhao", GE, work.now())
    assert [each.test for each in work.failing(given, "Wang")] == ["missed_deal"]
    [missed] = work.failing(given, "Wang")
    work.desk.approve(given.id, {missed.id: "the mended row is next week's"}, "Wang", work.now())
    assert work.desk.publish(given.id, "Li", work.now()).state == "published"
    assert "1005" in workspace.document(work.desk.assessment(given.id).record).text


def test_a_quotation_nobody_declared_is_told_with_the_nearest(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "inputs.csv"
    path.write_text(
        f"date,kind,price,unit,series\n{FRIDAY},deal,985,USD/kg,ge.ingot@market.roterdam\n"
        f"{FRIDAY},deal,990,USD/kg,{GE}\n",
        encoding="utf-8",
    )
    report = workspace.import_inputs(path, "Zhao")
    assert report.added == 1
    assert [(problem.code, problem.where) for problem in report.problems] == [("DESK-041", "inputs.csv!2")]
    assert GE in report.problems[0].expected
    with pytest.raises(UnusableQuote, match="DESK-041"):
        workspace.import_inputs(path, "Zhao", "ge@nowhere")
