"""Activity data: what enterprises send is read wholly, or refused with every reason, each with its sheet and cell."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.needs import quantities
from touchstone.errors import UnreadableFile
from touchstone.facts.activity import AMOUNT, item_and_parameter, measure_of
from touchstone.read.carbon.activity import read_activity
from touchstone.read.carbon.expected import Expected

from .made import GOOD, HEAD, codes, filled, known_units, made_template, table, write


@pytest.fixture(scope="module")
def known() -> Expected:
    return known_units()


@pytest.fixture(scope="module")
def template() -> bytes:
    return made_template()


def test_a_filled_template_gives_facts_that_open_to_their_cells(template: bytes, known: Expected) -> None:
    change = write("amounts", "natural gas", {"evidence": "meter", "2024-01": 12.5, "2024-12": "1,234.50"})
    reading = read_activity(filled(template, change), "t.xlsx", known)
    assert reading.problems == ()
    assert [(f.subject, f.measure, f.period, f.value, f.unit, f.rule) for f in reading.facts] == [
        ("org.line-1", "activity.natural-gas", "2024-01", Decimal("12.5"), "1e4 Nm3", "activity.meter"),
        ("org.line-1", "activity.natural-gas", "2024-12", Decimal("1234.50"), "1e4 Nm3", "activity.meter"),
    ]
    for fact in reading.facts:
        assert fact.locator and reading.document.text[fact.locator.start : fact.locator.end] == fact.quote
        assert fact.source == reading.document.source.hash
        assert fact.half_width == Decimal("0.05") if fact.period == "2024-01" else Decimal("0.005")


def test_measured_properties_and_evidence_are_read_from_their_sheets(
    template: bytes, known: Expected
) -> None:
    def change(book: Any) -> None:
        write("measured properties", "natural gas", {"evidence": "laboratory", "2024-02": 389.3})(book)
        write("evidence", "natural gas", {"reference": "L-7", "day": "2024-02-28", "month": "2024-02"})(book)

    reading = read_activity(filled(template, change), "t.xlsx", known)
    [fact] = reading.facts
    assert (fact.measure, fact.rule, fact.unit) == ("activity.natural-gas.ncv", "activity.lab", "GJ/1e4 Nm3")
    [reference] = reading.references
    assert (reference.reference, str(reference.day), reference.month) == ("L-7", "2024-02-28", "2024-02")


def test_a_share_may_be_written_as_a_percentage_format(template: bytes, known: Expected) -> None:
    def change(book: Any) -> None:
        page = book["measured properties"]
        row = next(r for r in range(5, 40) if page.cell(r, 4).value == "sulphur content of the anodes")
        page.cell(row, 7).value, page.cell(row, 7).number_format = 0.021, "0.0%"

    [fact] = read_activity(filled(template, change), "t.xlsx", known).facts
    assert (fact.value, fact.unit) == (Decimal("2.1"), "%")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (write("amounts", "natural gas", {"2024-05": -3}), "ACTIVITY-007", "amounts!J"),
        (write("amounts", "natural gas", {"2024-05": "12,o0"}), "ACTIVITY-006", "amounts!J"),
        (write("amounts", "natural gas", {"2024-05": 3, "measured in": "t"}), "ACTIVITY-009", "amounts!D"),
        (write("amounts", "natural gas", {"2024-05": 3, "measured in": None}), "ACTIVITY-014", "amounts!A"),
        (write("amounts", "natural gas", {"2024-05": 3, "item": "natural gaz"}), "ACTIVITY-004", "amounts!C"),
        (write("amounts", "natural gas", {"2024-05": 3, "unit": "line-9"}), "ACTIVITY-003", "amounts!A"),
        (write("amounts", "natural gas", {"2024-05": 3, "evidence": "hearsay"}), "ACTIVITY-012", "amounts!E"),
        (write("amounts", "natural gas", {"2024-05": "=1+1"}), "READ-022", "amounts"),
        (write("measured properties", "natural gas", {"2024-05": 389, "quantity": None}), "ACTIVITY-014", "measured properties!A"),
        (write("measured properties", "natural gas", {"2024-05": 38930}), "ACTIVITY-008", "measured properties!K"),
        (write("measured properties", "natural gas", {"2024-05": 389, "measured in": "GJ/t"}), "ACTIVITY-009", "measured properties!E"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_template_is_told_with_its_sheet_and_cell(
    template: bytes, known: Expected, change: Callable[[Any], None], code: str, where: str
) -> None:
    def spoilt(book: Any) -> None:
        write("amounts", "liquid aluminium", {"2024-01": 100})(book)
        change(book)

    reading = read_activity(filled(template, spoilt), "t.xlsx", known)
    assert codes(reading) == [code]
    assert reading.problems[0].where.startswith(where)


def test_a_unit_that_is_closed_has_no_data_after_it(known: Expected) -> None:
    assert codes(table("line-2,2024-07,limestone,,1,t,stock,\n")) == ["ACTIVITY-013"]
    assert len(table("line-2,2024-06,limestone,,1,t,stock,\n").facts) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.move_range("F3:F60", cols=20),
        lambda page: page.delete_cols(7),
        lambda page: page.insert_cols(6),
        lambda page: page.__setitem__("F3", "2024-02"),
        lambda page: (page.__setitem__("F4", "2024-02"), page.__setitem__("G4", "2024-01")),
        lambda page: page.__setitem__("U3", "remarks"),
    ],
)
def test_a_moved_or_renamed_column_is_refused(
    template: bytes, known: Expected, change: Callable[[Any], object]
) -> None:
    def spoilt(book: Any) -> None:
        write("amounts", "natural gas", {"2024-02": 3})(book)
        change(book["amounts"])

    reading = read_activity(filled(template, spoilt), "t.xlsx", known)
    assert codes(reading) == ["ACTIVITY-002"]
    assert reading.problems[0].where.startswith("amounts!")


def test_lines_above_the_heads_and_another_name_of_the_sheet_do_no_harm(
    template: bytes, known: Expected
) -> None:
    def change(book: Any) -> None:
        write("amounts", "natural gas", {"2024-02": 3})(book)
        book["amounts"].insert_rows(1, 2)
        book["amounts"].title = "sent in March"

    assert len(read_activity(filled(template, change), "t.xlsx", known).facts) == 1


def test_a_workbook_that_is_no_template_is_refused(template: bytes, known: Expected) -> None:
    def unsigned(book: Any) -> None:
        for page in book.worksheets[1:4]:
            page.delete_rows(4)

    assert codes(read_activity(filled(template, unsigned), "t.xlsx", known)) == ["ACTIVITY-001"]

    def another(book: Any) -> None:
        book["evidence"]["A4"] = "touchstone-activity/1 evidence mine 2023 en node"

    assert "ACTIVITY-016" in codes(read_activity(filled(template, another), "t.xlsx", known))


def test_an_empty_template_posts_nothing_and_says_so(template: bytes, known: Expected) -> None:
    assert codes(read_activity(template, "t.xlsx", known)) == ["ACTIVITY-017"]


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("line-1,2024-13,natural-gas,,1,1e4 Nm3,meter,", "ACTIVITY-010", "B2"),
        ("line-1,2024-03,natural-gas,,-1,1e4 Nm3,meter,", "ACTIVITY-007", "E2"),
        ("line-1,2024-03,natural-gas,,1,furlong,meter,", "ACTIVITY-009", "F2"),
        ("line-1,2024-03,natural-gas,ncv,389.31,GJ/t,lab,", "ACTIVITY-009", "F2"),
        ("line-1,2024-03,natural-gas,ncv,389310,GJ/1e4 Nm3,lab,", "ACTIVITY-008", "E2"),
        ("line-1,2024-03,natural-gas,ncv,0.38931,GJ/1e4 Nm3,lab,", "ACTIVITY-008", "E2"),
        ("line-1,2024-03,natural-gas,colour,1,t,lab,", "ACTIVITY-005", "D2"),
        ("line-1,2024-03,anode,sulphur,102,%,lab,", "ACTIVITY-008", "E2"),
        ("line-1,2024-03,diesel,oxidation,0.98,%,lab,", "ACTIVITY-008", "E2"),
        ("line-1,2024-03,moonshine,,1,t,meter,", "ACTIVITY-004", "C2"),
        ("nobody,2024-03,natural-gas,,1,1e4 Nm3,meter,", "ACTIVITY-003", "A2"),
        ("line-1,2024-03,natural-gas,,many,1e4 Nm3,meter,", "ACTIVITY-006", "E2"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_cell(line: str, code: str, cell: str) -> None:
    reading = table(f"{line}\n" + GOOD.replace("2024-03", "2024-04"))
    assert codes(reading) == [code]
    assert reading.problems[0].where == cell


def test_an_unknown_fuel_is_answered_with_the_nearest(known: Expected) -> None:
    [problem] = table("line-1,2024-03,natural-gass,,1,1e4 Nm3,meter,\n").problems
    assert "natural-gas" in problem.expected


def test_a_second_value_for_one_month_is_refused_unless_it_stands_on_other_evidence(known: Expected) -> None:
    assert codes(table(GOOD + GOOD.replace("12.50", "13"))) == ["ACTIVITY-011"]
    assert len(table(GOOD + GOOD.replace("meter", "invoice")).facts) == 2


def test_a_refused_value_names_unit_item_and_evidence_in_words_and_the_key_in_brackets(
    known: Expected,
) -> None:
    [problem] = table(GOOD + GOOD.replace("12.50", "13")).problems
    assert problem.zh
    assert (
        "一系列（line-1）" in problem.zh[0]
        and "天然气" in problem.zh[0]
        and "natural-gas" not in problem.zh[0]
    )
    assert "line 1 (line-1)" in problem.found


def test_all_that_is_wrong_is_told_at_once_and_one_wrong_word_once(known: Expected) -> None:
    lines = "".join(f"nobody,2024-{month:02d},moonshine,,x,t,meter,\n" for month in range(1, 13))
    told = codes(table(lines))
    assert (told.count("ACTIVITY-003"), told.count("ACTIVITY-004"), told.count("ACTIVITY-006")) == (
        1,
        1,
        12,
    )


def test_missing_evidence_is_a_warning_and_no_refusal(known: Expected) -> None:
    reading = table("line-1,2024-03,natural-gas,,1,1e4 Nm3,,\n")
    assert [fact.rule for fact in reading.facts] == ["activity.none"]
    assert [warning.code for warning in reading.warnings] == ["ACTIVITY-020"]


def test_months_may_be_columns(known: Expected) -> None:
    text = "核算单元,物项,计量单位,凭证,2024-01,2024-02\n一系列,天然气,万标准立方米,计量器具,1.5,\n"
    [fact] = read_activity(text.encode(), "sent.csv", known).facts
    assert (fact.measure, fact.period, fact.rule) == ("activity.natural-gas", "2024-01", "activity.meter")


@pytest.mark.parametrize("head", ["unit,item,value\n", "unit,item,measured_in,colour,2024-01\n", "a,b\n"])
def test_a_table_of_other_columns_is_refused(known: Expected, head: str) -> None:
    assert set(codes(read_activity((head + "x,y,z\n").encode(), "s.csv", known))) & {
        "ACTIVITY-001",
        "ACTIVITY-002",
    }


@pytest.mark.parametrize("head", ["核算单元,物项,凭证,2024-01\n", "核算单元,物项,计量单位,颜色,2024-01\n"])
def test_a_refusal_in_chinese_names_the_heads_in_chinese(known: Expected, head: str) -> None:
    [problem] = read_activity((head + "一系列,天然气,1,2\n").encode(), "sent.csv", known).problems
    assert problem.zh and all(
        each in problem.zh[1] for each in ("核算单元", "物项", "计量单位", "月份", "数值")
    )
    assert "measured_in" not in "".join(problem.zh[:2]) and "measured_in" in problem.expected


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_quantity_of_a_table_is_the_same_in_any_unit_of_its_kind(data: st.DataObject) -> None:
    """What is stated in one of the units that plants print lies between the same bounds as in another."""
    every = quantities(methods().values(), library())
    key = data.draw(st.sampled_from(sorted(every)))
    value = data.draw(st.decimals("0.01", "100", places=2))
    found = set[tuple[str, ...]]()
    for unit in (every[key].unit, "%") if every[key].unit == "times" else (every[key].unit,):
        number = value * 100 if unit == "%" else value
        reading = table(
            f"line-1,2024-03,{key[0]},{'' if key[1] == AMOUNT else key[1]},{number},{unit},lab,\n"
        )
        found.add(tuple(problem.code for problem in reading.problems))
    assert len(found) == 1


def test_no_item_is_called_like_a_quantity_of_another() -> None:
    """So that the measure of a fact says its item without doubt."""
    every = quantities(methods().values(), library())
    for item, parameter in every:
        assert item_and_parameter(measure_of(item, parameter), items()) == (item, parameter)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(alphabet="unitemaoj,\n\"'0123-é中%.", max_size=200).map(lambda words: (HEAD + words).encode())
)
def test_no_table_makes_the_reader_fail(noise: bytes) -> None:
    try:
        reading = read_activity(noise, "noise.csv", known_units())
    except UnreadableFile:
        return
    assert bool(reading.facts) != bool(reading.problems)
