"""What stands in a table becomes facts; what is faulty is told with its cell and left out, and the rest goes on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from touchstone.errors import UnreadableFile
from touchstone.facts.columns import facts_of
from touchstone.facts.fact import Fact
from touchstone.read.sources.grammar import declared
from touchstone.read.sources.series import Imported, read_series

from .conftest import PRICES, QUOTES

HEAD = "month,Copper ($/mt),Tin ($/mt)\n"
QUOTED = "day,metal,market,unit,low,high\n"


def read(text: str, own: str = PRICES) -> Imported:
    return read_series(text.encode(), "p.csv", declared(own, "own.yaml"))


def facts(text: str, own: str = PRICES) -> list[Fact]:
    return list(facts_of(read(text, own).facts))


def told(text: str, own: str = PRICES) -> list[tuple[str, str, str]]:
    """Code, place and consequence of each problem."""
    return [(p.code, p.where, p.so) for p in read(text, own).document.left_out]


def test_a_column_is_a_series_and_its_head_says_the_unit() -> None:
    """
    month     Copper ($/mt)   Tin ($/mt)
    2020-01   6,031.21        ..
    """
    [fact] = facts(HEAD + '2020-01,"6,031.21",..\n')
    assert (fact.subject, fact.measure, fact.place) == ("cu.cathode", "price", "market.lme")
    assert (fact.value, fact.half_width, fact.unit) == (Decimal("6031.21"), Decimal("0.005"), "$/mt")
    assert (fact.period, fact.quote, fact.subject_words) == ("2020-01", "6,031.21", "Copper")
    assert (fact.rule, fact.status) == ("declared:prices", "reported")
    assert fact.locator and (fact.locator.row, fact.locator.column) == (1, 1)


def test_a_value_that_is_missing_is_absent_and_counted() -> None:
    found = read(HEAD + "2020-01,..,\n2020-02,5700,16500\n")
    assert (found.facts.num_rows, found.missing, found.rows, found.series) == (2, 2, 2, 2)
    assert found.document.left_out == ()


def test_heads_are_found_whatever_their_case_width_and_blanks() -> None:
    assert len(facts("Ｍonth , COPPER   ($/mt),tin ($/mt)\n2020-01,1,2\n")) == 2


def test_a_row_names_its_series() -> None:
    low, high = facts(QUOTED + "2020-10-09,锗锭,鹿特丹,美元/公斤,997.5,1042.5\n", QUOTES)
    assert (low.subject, low.measure, low.place) == ("ge.ingot", "price.low", "market.rotterdam")
    assert (high.measure, high.value, high.unit) == ("price.high", Decimal("1042.5"), "美元/公斤")


def test_words_that_are_declared_stand_for_a_code() -> None:
    own = f"{QUOTES}names: {{99 铟: in.refined}}\n"
    low, _ = facts(QUOTED + "2020-10-09,99 铟,,元/公斤,1100,1200\n", own)
    assert (low.subject, low.place, low.subject_words) == ("in.refined", None, "99 铟")


def test_a_letter_in_a_number_leaves_that_value_out_and_no_other() -> None:
    text = HEAD + '2020-01,6031,17030\n2020-02,"66,o00",16480\n'
    assert told(text) == [("SOURCE-020", "p.csv!B3", "this value was left out: 1 of 4")]
    assert [fact.value for fact in facts(text)] == [6031, 17030, 16480]


@pytest.mark.parametrize("words", ["2020-13", "January", "", "2020-01-31"])
def test_a_day_that_does_not_exist_leaves_its_row_out(words: str) -> None:
    text = HEAD + f"2020-01,6031,17030\n{words},5700,16500\n2020-03,5180,15300\n"
    assert told(text) == [("SOURCE-021", "p.csv!A3", "this row was left out: 1 of 3")]
    assert len(facts(text)) == 4


def test_two_rows_that_differ_for_one_period_are_both_left_out_and_told_once() -> None:
    found = read(HEAD + "2020-01,6031,17030\n2020-02,5700,16500\n2020-01,6100,17100\n")
    problems = found.document.left_out
    assert [(p.code, p.where) for p in problems] == [("SOURCE-022", "p.csv!B4")]
    assert "rows 2 and 4" in problems[0].found and "6031 / 6100, 17030 / 17100" in problems[0].found
    assert "4 of 6" in problems[0].so
    assert found.facts.column("period").to_pylist() == ["2020-02", "2020-02"]


def test_a_column_that_agrees_is_kept_where_another_of_the_two_rows_differs() -> None:
    found = read(HEAD + "2020-01,6031,17030\n2020-01,6031,17100\n")
    assert [p.code for p in found.document.left_out] == ["SOURCE-022"]
    assert [str(value) for value in found.facts.column("quote").to_pylist()] == ["6031"]


def test_a_quote_whose_high_end_differs_in_a_second_row_is_left_out_with_its_low_end() -> None:
    row = "2020-10-09,锗锭,鹿特丹,美元/公斤,997.5,{}\n"
    text = QUOTED + row.format(1042.5) + row.format(1050) + row.format(1042.5)
    [first, second] = read(text, QUOTES).document.left_out
    assert (first.code, "rows 2 and 3" in first.found) == ("SOURCE-022", True)
    assert (second.code, "rows 2 and 4" in second.found) == ("SOURCE-022", True)
    assert not facts(text, QUOTES)


def test_a_quote_printed_twice_alike_counts_once_and_is_noted_once_a_row() -> None:
    row = "2020-10-09,锗锭,鹿特丹,美元/公斤,997.5,1042.5\n"
    [note] = read(QUOTED + row + row, QUOTES).document.left_out
    assert note.code == "SOURCE-028" and "row 3" in note.found and "row 2" in note.found
    assert len(facts(QUOTED + row + row, QUOTES)) == 2


def test_a_contradiction_far_below_the_first_row_is_still_found() -> None:
    days = [date(2000, 1, 1) + timedelta(days=n) for n in range(4200)]
    row = "{},锗锭,鹿特丹,美元/公斤,997.5,{}\n"
    text = QUOTED + "".join(row.format(day, 1042.5) for day in days) + row.format("2000-01-02", 1050)
    found = read(text, QUOTES)
    assert [p.code for p in found.document.left_out] == ["SOURCE-022"]
    assert found.facts.num_rows == 2 * len(days) - 2


def test_low_and_high_of_a_price_are_one_series() -> None:
    rows = "2020-10-09,锗锭,鹿特丹,美元/公斤,997.5,1042.5\n2020-10-09,铟锭,鹿特丹,美元/公斤,160,165\n"
    assert read(QUOTED + rows, QUOTES).series == 2


def test_a_low_price_above_the_high_one_leaves_both_out() -> None:
    text = (
        QUOTED + "2020-10-09,锗锭,鹿特丹,美元/公斤,1042.5,997.5\n2020-10-09,铟锭,鹿特丹,美元/公斤,160,165\n"
    )
    assert told(text, QUOTES) == [("SOURCE-023", "p.csv!E2", "both values were left out: 2 of 4")]
    assert len(facts(text, QUOTES)) == 2


@pytest.mark.parametrize("words", ["-5", "0", "0.00"])
def test_a_price_is_above_zero_unless_it_is_declared_signed(words: str) -> None:
    text = HEAD + f"2020-01,{words},17030\n"
    assert [code for code, _, _ in told(text)] == ["SOURCE-024"] and len(facts(text)) == 1
    assert told(text, f"{PRICES}signed: yes\n") == [] and len(facts(text, f"{PRICES}signed: yes\n")) == 2


def test_a_change_of_a_price_may_be_negative() -> None:
    own = PRICES.replace("measure: price", "measure: price.yoy")
    assert len(facts("month,Copper (%)\n2020-01,-5.5%\n", own)) == 1


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("2020-10-09,unobtainium,鹿特丹,美元/公斤,1,2", "SOURCE-025", "B2"),
        ("2020-10-09,锗锭,Atlantis,美元/公斤,1,2", "SOURCE-025", "C2"),
        ("2020-10-09,锗锭,鹿特丹,美元/框,1,2", "SOURCE-026", "D2"),
        ("2020-10-09,锗锭,鹿特丹,,1,2", "SOURCE-026", "D2"),
    ],
)
def test_a_row_that_names_what_nobody_knows_is_left_out(row: str, code: str, cell: str) -> None:
    text = f"{QUOTED}{row}\n2020-10-09,铟锭,鹿特丹,美元/公斤,160,165\n"
    assert told(text, QUOTES) == [(code, f"p.csv!{cell}", "this row was left out: 1 of 2")]
    assert len(facts(text, QUOTES)) == 2


def test_a_row_without_a_value_need_not_say_what_it_would_be_of() -> None:
    assert told(QUOTED + "2020-10-09,unobtainium,,,,\nSource: the desk,,,,,\n", QUOTES) == []


def test_a_broken_line_is_told_and_the_rest_goes_on() -> None:
    text = HEAD + '2020-01,"60"31,17030\n2020-02,5700,16500\n'
    assert told(text) == [("SOURCE-027", "p.csv!A2", "this row was left out: 1 of 2")]
    assert len(facts(text)) == 2


def test_a_head_with_an_unknown_unit_leaves_its_column_out() -> None:
    text = "month,Copper ($/mt),Tin ($/basket)\n2020-01,6031,17030\n"
    [problem] = read(text).document.left_out
    assert problem.code == "SOURCE-013" and "$/basket" in problem.found and len(facts(text)) == 1


def test_columns_that_are_absent_or_not_declared_are_said() -> None:
    found = read("month,Copper ($/mt),Zinc ($/mt)\n2020-01,6031,2354\n")
    assert (found.absent, found.unread) == (("Tin",), ("Zinc ($/mt)",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "READ-001"),
        ("\n\n", "SOURCE-010"),
        ("date,Copper ($/mt)\n2020-01,1\n", "SOURCE-010"),
        ("month,Zinc ($/mt)\n2020-01,1\n", "SOURCE-010"),
        ("month,Copper ($/mt),copper ($/kg)\n2020-01,1,2\n", "SOURCE-012"),
    ],
)
def test_a_table_of_another_source_is_refused_and_its_heads_are_shown(text: str, code: str) -> None:
    with pytest.raises(UnreadableFile, match=code) as found:
        read(text)
    assert found.value.zh


def test_a_thousand_faults_are_told_in_some_lines_and_counted() -> None:
    rows = "".join(f"{1900 + n // 12}-{n % 12 + 1:02},x,{n + 1}\n" for n in range(1000))
    problems = read(HEAD + rows).document.left_out
    assert [p.code for p in problems] == ["SOURCE-020"] * 20 + ["SOURCE-029"]
    assert "980" in problems[-1].found and "p.csv!B1001" in problems[-1].found
    assert "1000 of 2000" in problems[0].so


def test_places_that_mean_nothing_are_rounded_off_with_a_reason_and_the_words_stay() -> None:
    own = f"{PRICES}precision: {{decimals: 2, because: single precision}}\n"
    [fact] = facts("month,Copper ($/mt)\n1980-01,2054.86010742188\n", own)
    assert (str(fact.value), str(fact.half_width)) == ("2054.86", "0.005")
    assert fact.quote == "2054.86010742188"
    [whole] = facts("month,Copper ($/mt)\n1980-01,2054.86010742188\n")
    assert str(whole.value) == "2054.86010742188"


def test_rows_that_each_say_something_else_are_still_one_series(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchstone.read.sources.layout._REMEMBERED", 3)
    monkeypatch.setattr("touchstone.read.sources.figures._AT_ONCE", 5)
    own = f'{QUOTES}words: "{{metal}} {{remark}}"\n'
    head = QUOTED.replace("low", "remark,low")
    found = facts(
        head + "".join(f"2020-10-{n:02},锗锭,鹿特丹,美元/公斤,lot {n},{n},{n}\n" for n in range(1, 31)), own
    )
    assert len(found) == 60 and len({fact.id for fact in found}) == 60
    assert [fact.subject_words for fact in found[::2]] == [f"锗锭 lot {n}" for n in range(1, 31)]
    assert [int(fact.value) for fact in found[::2]] == list(range(1, 31))
