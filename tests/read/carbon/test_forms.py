"""What people do to a form: formats, merged cells, other units, months as they write them; read rightly or refused with the cell."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import xlwt

from touchstone.read.carbon.activity import read_activity

from .made import GOOD, codes, filled, known_units, made_template, row_of, table, write


def _cell(value: object, number_format: str) -> Callable[[Any], None]:
    """The amount of natural gas of January, as somebody formats it."""

    def change(book: Any) -> None:
        cell = book["amounts"].cell(row_of(book["amounts"], "natural gas"), 6)
        cell.value, cell.number_format = value, number_format

    return change


def _read(change: Callable[[Any], None], lang: str = "en") -> Any:
    return read_activity(filled(made_template(lang), change), "t.xlsx", known_units())


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1234.5678, "0", "1235"),
        (1234.5678, "#,##0.00", "1,234.57"),
        (1234.5678, "0.00E+00", "1.23E+03"),
        (123456.123456789, "General", "123456.1235"),
        (0.1 + 0.2, "General", "0.3"),
        (0, '#,##0;-#,##0;"-"', "-"),
    ],
)
def test_the_number_in_a_cell_counts_and_not_how_its_format_rounds_it(
    value: float, number_format: str, shown: str
) -> None:
    [fact] = _read(_cell(value, number_format)).facts
    assert (fact.value, fact.quote) == (Decimal(f"{value:.15g}"), shown)


def test_a_share_shown_as_2_percent_is_the_2_1_percent_that_the_cell_holds() -> None:
    def change(book: Any) -> None:
        page = book["measured properties"]
        row = next(r for r in range(5, 40) if page.cell(r, 4).value == "sulphur content of the anodes")
        page.cell(row, 7).value, page.cell(row, 7).number_format = 0.021, "0%"

    [fact] = _read(change).facts
    assert (fact.value, fact.unit, fact.quote) == (Decimal("2.1"), "%", "2%")


@pytest.mark.parametrize(
    ("value", "number_format"), [(1234567.8, "#,##0,"), (77, ";;;"), (-5, "0;0"), (1234567.8, "0.0,,")]
)
def test_a_format_that_scales_or_hides_is_refused_with_what_the_cell_holds(
    value: float, number_format: str
) -> None:
    [problem] = _read(_cell(value, number_format)).problems
    assert problem.code == "ACTIVITY-018" and problem.where.startswith("amounts!F")
    assert str(value) in problem.found


def test_merged_cells_are_refused_with_their_range() -> None:
    def change(book: Any) -> None:
        write("amounts", "natural gas", {"2024-01": 30})(book)
        row = row_of(book["amounts"], "natural gas")
        book["amounts"].merge_cells(f"F{row}:H{row}")
        change.range = f"F{row}:H{row}"  # type: ignore[attr-defined]

    reading = _read(change)
    assert codes(reading) == ["ACTIVITY-019"]
    assert change.range in reading.problems[0].found  # type: ignore[attr-defined]


def test_a_total_that_was_written_over_is_refused_unless_the_months_make_it() -> None:
    months: dict[str, object] = {"2024-01": 30, "2024-02": 32.5}
    wrong = _read(write("amounts", "natural gas", {**months, "total of the year": 5}))
    assert codes(wrong) == ["ACTIVITY-021"] and "62.5" in wrong.problems[0].found
    assert len(_read(write("amounts", "natural gas", {**months, "total of the year": 62.5})).facts) == 2


def test_a_template_of_another_edition_a_lost_row_of_ids_and_a_wrong_file_are_three_things() -> None:
    def another(book: Any) -> None:
        for page in book.worksheets[1:4]:
            page["A4"] = str(page["A4"].value).replace("activity/1", "activity/9")

    def lost(book: Any) -> None:
        for page in book.worksheets[1:4]:
            page.delete_rows(4)

    def other(book: Any) -> None:
        for page in book.worksheets[1:]:
            page.delete_rows(1, 200)

    said = [_read(change).problems[0] for change in (another, lost, other)]
    assert [each.code for each in said] == ["ACTIVITY-001"] * 3
    assert "edition 9, not 1" in said[0].found
    assert "hidden row of ids is gone" in said[1].found and "no template" in said[2].found


@pytest.mark.parametrize("month", ["0000-01", "0001-01", "1500-01", "2400-01", "9999-12", "2024-00"])
def test_a_month_of_no_year_one_accounts_for_is_refused_with_its_cell(month: str) -> None:
    reading = table(GOOD.replace("2024-03", month))
    assert codes(reading) == ["ACTIVITY-010"]
    assert reading.problems[0].where == "B2" and "1990" in reading.problems[0].expected


@pytest.mark.parametrize(
    "month", ["2024-03", "2024/3", "202403", "2024年3月", "2024年03月", "２０２４-０３", "２０２４年３月"]
)
def test_a_month_is_the_same_however_it_is_written(month: str) -> None:
    [fact] = table(GOOD.replace("2024-03", month)).facts
    assert fact.period == "2024-03"


def test_months_as_columns_may_be_written_so_too() -> None:
    text = "核算单元,物项,计量单位,凭证,2024年1月,202402\n一系列,天然气,万标准立方米,计量器具,1.5,2\n"
    reading = read_activity(text.encode(), "sent.csv", known_units())
    assert [fact.period for fact in reading.facts] == ["2024-01", "2024-02"]


def test_a_wrong_month_does_not_hide_the_wrong_number_beside_it() -> None:
    assert sorted(codes(table("line-1,2024-13,natural-gas,,-1,1e4 Nm3,meter,\n"))) == [
        "ACTIVITY-007",
        "ACTIVITY-010",
    ]


def test_every_cell_of_a_wrong_word_is_told() -> None:
    lines = "".join(f"line-1,2024-{m:02d},natural-gas,,1,1e4 Nm3,hearsay,\n" for m in (1, 2, 3, 5))
    good = GOOD.replace("2024-03", "2024-04")
    [problem] = table(lines.replace("line-1,2024-05", good + "line-1,2024-05")).problems
    assert (problem.code, problem.where) == ("ACTIVITY-012", "G2:G4, G6")


def test_evidence_and_quantities_are_named_in_the_language_of_the_reader() -> None:
    [problem] = table(GOOD.replace("meter", "hearsay")).problems
    assert "laboratory" in problem.expected and "计量器具" in problem.text("zh")
    [problem] = table("line-1,2024-03,natural-gas,colour,1,t,lab,\n").problems
    assert "低位发热量" in problem.text("zh") and "天然气" in problem.text("zh")
    [problem] = table("line-1,2024-03,natural-gas,ncv,3893.1,GJ/1e4 Nm3,lab,\n").problems
    assert "天然气" in problem.text("zh") and "natural-gas" not in problem.text("zh")


@pytest.mark.parametrize("unit", ["万立方米", "万m³", "1e4 m3"])
def test_cubic_metres_of_gas_are_refused_with_the_reason_and_the_unit_to_choose(unit: str) -> None:
    [problem] = table(GOOD.replace("1e4 Nm3", unit)).problems
    assert problem.code == "ACTIVITY-009"
    assert "万标准立方米" in problem.text("zh") and "0 °C" in problem.text("zh")


def test_standard_coal_is_refused_with_what_to_state_instead() -> None:
    [problem] = table("line-1,2024-03,bituminous-coal,,1,吨标煤,meter,\n").problems
    assert problem.code == "ACTIVITY-009" and "实物量" in problem.text("zh")


def test_an_old_workbook_is_told_to_be_saved_as_a_new_one() -> None:
    book, out = xlwt.Workbook(), BytesIO()
    book.add_sheet("amounts").write(0, 0, "unit")
    book.save(out)
    old = out.getvalue()
    for name in ("sent.xls", "sent.xlsx"):
        [problem] = read_activity(old, name, known_units()).problems
        assert problem.code == "ACTIVITY-022" and "另存为.xlsx" in problem.text("zh")


def test_a_template_without_its_evidence_is_warned_about_where_a_method_asks_for_it() -> None:
    reading = _read(write("amounts", "natural gas", {"2024-01": 30}))
    assert [warning.code for warning in reading.warnings] == ["ACTIVITY-020"]
    assert "天然气" in reading.warnings[0].text("zh") and reading.facts
