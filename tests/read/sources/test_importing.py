"""An import is kept like every reading: once, with vintages, and beside what else is read."""

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from touchstone.errors import LedgerError, UnreadableFile
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.quotation import quotations
from touchstone.facts.quoted import quotes_of
from touchstone.flow import Workspace
from touchstone.read.sources.declaration import declaration, shipped

from .conftest import PRICES, QUOTES

Given = Callable[[str, str], Path]
CSV = "month,Copper ($/mt),Tin ($/mt)\n2020-01,6031,17030\n2020-02,5700,16500\n"


def copper(workspace: Workspace) -> list[tuple[str | None, int]]:
    return [(f.period, int(f.value)) for f in workspace.series("cu.cathode", "price", "market.lme")]


def test_one_import_is_one_commit_and_the_second_adds_nothing(workspace: Workspace, given: Given) -> None:
    file, own = given("p.csv", CSV), given("own.yaml", PRICES)
    first = workspace.import_series(file, own)
    assert (first.added, first.figures, first.series, first.unchanged) == (4, 4, 2, False)
    assert (first.first, first.last, first.name) == ("2020-01", "2020-02", "prices/p.csv")
    assert len({fact.recorded for fact in workspace.facts()}) == 1
    again = workspace.import_series(file, own)
    assert (again.added, again.figures, again.unchanged) == (0, 4, True)
    assert [entry.name for entry in workspace.documents()] == ["prices/p.csv"]


def test_a_changed_file_makes_vintages_and_the_day_before_reads_as_it_stood(
    workspace: Workspace, given: Given
) -> None:
    own = given("own.yaml", PRICES)
    workspace.import_series(given("p.csv", CSV), own, date(2020, 3, 1))
    before = datetime.now(UTC)
    changed = given("p.csv", CSV.replace("5700", "5688") + "2020-03,5180,15300\n")
    report = workspace.import_series(changed, own, date(2020, 4, 1))
    assert (report.added, report.unchanged) == (6, False)
    assert copper(workspace) == [("2020-01", 6031), ("2020-02", 5688), ("2020-03", 5180)]
    [first, second] = workspace.vintages("cu.cathode", "price", "market.lme", "2020-02")
    assert (first.value, second.value) == (5700, 5688)
    assert (first.published, second.published) == (date(2020, 3, 1), date(2020, 4, 1))
    stood = workspace.series("cu.cathode", "price", "market.lme", as_of=before)
    assert [int(f.value) for f in stood] == [6031, 5700]


def test_a_corrected_declaration_reads_the_same_file_anew(workspace: Workspace, given: Given) -> None:
    file = given("p.csv", CSV)
    workspace.import_series(file, given("own.yaml", PRICES))
    other = PRICES.replace("cu.cathode", "cu.refined")
    report = workspace.import_series(file, given("own.yaml", other))
    assert not report.unchanged
    assert {fact.subject for fact in workspace.facts()} == {"cu.refined", "sn.refined"}
    workspace.import_series(file, given("own.yaml", PRICES))
    assert {fact.subject for fact in workspace.facts()} == {"cu.cathode", "sn.refined"}


def test_two_declarations_may_read_two_sheets_of_one_file(
    workspace: Workspace, given: Given, tmp_path: Path
) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "both.xlsx"
    for title, value in (("A", 6000), ("B", 7000)):
        sheet = book.create_sheet(title)
        sheet.append(["month", "Copper ($/mt)"])
        sheet.append(["2020-01", value])
    book.save(path)
    for title, place in (("A", "market.lme"), ("B", "market.comex")):
        own = f"{PRICES}sheet: {title}\n".replace("market.lme", place).replace(
            "id: prices", f"id: {title.lower()}"
        )
        workspace.import_series(path, given(f"{title}.yaml", own))
    found = {(fact.place, int(fact.value), fact.rule) for fact in workspace.facts()}
    assert found == {("market.lme", 6000, "declared:a"), ("market.comex", 7000, "declared:b")}
    for fact in workspace.facts():
        document, at = workspace.document(fact.source), fact.locator
        assert at and document.text[at.start : at.end] == fact.quote


def test_two_files_of_one_name_are_two_documents(workspace: Workspace, given: Given) -> None:
    own = given("own.yaml", QUOTES)
    head = "day,metal,market,unit,low,high\n"
    for week, day in (("w1", "2020-10-02"), ("w2", "2020-10-09")):
        workspace.import_series(given(f"{week}/quotes.csv", f"{head}{day},锗锭,鹿特丹,美元/公斤,1,2\n"), own)
    assert [entry.name for entry in workspace.documents()] == ["quotes/quotes.csv", "quotes/w2/quotes.csv"]
    assert len(workspace.series("ge.ingot", "price.low", "market.rotterdam")) == 2


def test_reading_the_folder_leaves_an_imported_file_as_it_was_read(
    workspace: Workspace, given: Given
) -> None:
    file, own = given("p.csv", CSV), given("own.yaml", PRICES)
    workspace.import_series(file, own)
    before = list(workspace.facts())
    own.unlink()
    report = workspace.read(file.parent)
    assert (report.added, report.unchanged, report.problems, report.withdrawn) == (0, 1, [], ())
    assert list(workspace.facts()) == before


def test_an_imported_file_that_has_changed_is_not_read_without_its_declaration(
    workspace: Workspace, given: Given
) -> None:
    own = given("own.yaml", PRICES)
    workspace.import_series(given("p.csv", CSV), own)
    own.unlink()
    report = workspace.read(given("p.csv", CSV.replace("6031", "6032")).parent)
    [problem] = report.problems
    assert problem.code == "READ-026" and "prices" in problem.found
    assert copper(workspace)[0] == ("2020-01", 6031)


def test_an_imported_file_that_is_gone_stays_in_the_ledger(workspace: Workspace, given: Given) -> None:
    file, own = given("p.csv", CSV), given("own.yaml", PRICES)
    workspace.import_series(file, own)
    file.unlink()
    own.unlink()
    assert workspace.read(file.parent).withdrawn == () and len(workspace.facts()) == 4


def test_an_import_takes_the_place_of_what_was_read_without_a_declaration(
    workspace: Workspace, given: Given
) -> None:
    file = given("p.csv", CSV)
    workspace.read(file)
    assert {fact.rule.partition(":")[0] for fact in workspace.facts()} != {"declared"}
    workspace.import_series(file, given("own.yaml", PRICES))
    assert {fact.rule for fact in workspace.facts()} == {"declared:prices"}
    assert [entry.name for entry in workspace.documents()] == ["prices/p.csv"]


def test_a_correction_by_hand_survives_another_import_of_the_same_file(
    workspace: Workspace, given: Given
) -> None:
    file = given("p.csv", CSV)
    workspace.import_series(file, given("own.yaml", PRICES))
    wrong = workspace.series("cu.cathode", "price", "market.lme")[0]
    workspace.correct(wrong.id, Decimal("6030"), "misprint, confirmed by phone")
    workspace.import_series(file, given("own.yaml", PRICES.replace("made up", "made up by us")))
    assert copper(workspace)[0] == ("2020-01", 6030)


def test_problems_are_kept_with_the_document(workspace: Workspace, given: Given) -> None:
    report = workspace.import_series(given("p.csv", CSV.replace("5700", "57oo")), given("own.yaml", PRICES))
    [problem] = workspace.document(report.hash).left_out
    assert (problem.code, problem.where) == ("SOURCE-020", "p.csv!B3")
    assert str(problem) == str(report.problems[0])


def test_progress_is_told_row_by_row(workspace: Workspace, given: Given) -> None:
    rows = "".join(f"{1990 + n // 12}-{n % 12 + 1:02},{n + 1},{n + 1}\n" for n in range(2500))
    told: list[tuple[int, int, str]] = []
    head = CSV.partition("\n")[0] + "\n"
    workspace.import_series(
        given("p.csv", head + rows), given("own.yaml", PRICES), progress=lambda *s: told.append(s)
    )
    assert told == [(0, 2502, "p.csv"), (1000, 2502, "p.csv"), (2000, 2502, "p.csv")]


def test_a_file_that_is_not_there_is_told(workspace: Workspace, given: Given, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="READ-003"):
        workspace.import_series(tmp_path / "none.csv", given("own.yaml", PRICES))
    with pytest.raises(UnreadableFile, match="SOURCE-043"):
        workspace.import_series(None, given("own.yaml", PRICES))
    assert workspace.documents() == []
    with pytest.raises(LedgerError):
        workspace.raw("0" * 64)


def test_the_shipped_history_of_the_world_bank_needs_no_file(workspace: Workspace) -> None:
    report = workspace.import_series(None, "worldbank-pinksheet")
    assert (report.series, report.rows, report.figures, report.missing) == (20, 551, 10791, 229)
    assert (report.first, report.last, report.problems) == ("1980-01", "2025-11", ())
    series = workspace.series("cu.cathode", "price", "market.lme")
    assert (len(series), str(series[-1].value), series[-1].unit) == (551, "10812.03", "$/mt")
    assert len(workspace.series("rubber.natural", "price", "market.sgx")) == 551 - 228
    quoted = quotes_of(workspace.facts(), quotations())
    assert len(quoted.quotes) == 10791 and quoted.problems == ()
    assert workspace.audit() == ()


def test_a_central_parity_per_hundred_converts_exactly(workspace: Workspace, given: Given) -> None:
    """
    日期         美元     日元     林吉特     (made up; yuan for 100 units, ringgits for 100 yuan)
    2001-01-02   717.86   4.9064   65.432
    """
    workspace.import_series(
        given("p.csv", "日期,美元,日元,林吉特\n2001-01-02,717.86,4.9064,65.432\n"), "fx-central-parity"
    )
    rates = ExchangeRates(workspace.facts(measure="exchange_rate"))
    day = date(2001, 1, 2)
    assert rates.on(day, "USD", "CNY").value == Fraction("7.1786")
    assert rates.on(day, "JPY", "CNY").value == Fraction("0.049064")
    assert rates.on(day, "MYR", "CNY").value == 1 / Fraction("0.65432")
    [dollar] = workspace.series("currency.usd", "exchange_rate")
    assert (dollar.unit, str(dollar.half_width)) == ("元/百美元", "0.005")


def parity(workspace: Workspace, given: Given, name: str, text: str) -> list[str]:
    """The refusals of an import of central parity rates, declared for 100 units."""
    report = workspace.import_series(given(name, text), "fx-central-parity")
    return [str(problem) + problem.text("zh") for problem in report.problems]


def test_a_rate_for_one_dollar_where_that_for_a_hundred_is_declared_is_refused(
    workspace: Workspace, given: Given
) -> None:
    [refused] = parity(workspace, given, "p.csv", "日期,美元\n2024-01-02,7.17\n2024-01-03,717.02\n")
    assert "RATE-005  p.csv!B2" in refused
    assert "0.0717 CNY for 1 USD" in refused and "1.241–10.91 CNY for 1 USD" in refused
    assert "1USD合0.0717CNY" in refused and "元/百美元" in refused
    rates = ExchangeRates(workspace.facts(measure="exchange_rate"))
    assert rates.on(date(2024, 1, 3), "USD", "CNY").value == Fraction("7.1702")


YUAN = """
id: own-rates
name: own
issuer: own
licence: own
address: own
date: {column: day, form: "{year}-{month}-{day}"}
measure: exchange_rate
columns: {rate: {subject: currency.usd, unit: 元/美元}}
"""


@pytest.mark.parametrize(("unit", "rate"), [("元/美元", "717"), ("美元/元", "7.17"), ("美元/元", "13.95")])
def test_a_rate_of_a_hundred_units_or_turned_over_is_refused(
    workspace: Workspace, given: Given, unit: str, rate: str
) -> None:
    own = given("own.yaml", YUAN.replace("元/美元", unit))
    report = workspace.import_series(given("p.csv", f"day,rate\n2024-01-02,{rate}\n"), own)
    assert [problem.code for problem in report.problems] == ["RATE-005"] and report.figures == 0


def test_a_pair_without_history_is_held_against_its_own_days(workspace: Workspace, given: Given) -> None:
    assert parity(workspace, given, "a.csv", "日期,欧元\n2024-01-02,781.5\n2010-01-04,977\n") == []
    [refused] = parity(workspace, given, "b.csv", "日期,欧元\n2024-01-03,7.82\n2024-01-04,780.9\n")
    assert "RATE-005  b.csv!B2" in refused and "7.815 CNY for 1 EUR on 2024-01-02" in refused
    assert parity(workspace, given, "b.csv", "日期,日元\n2024-01-03,5.0\n") == []


def test_a_file_that_was_wrong_throughout_can_be_imported_corrected(
    workspace: Workspace, given: Given
) -> None:
    assert parity(workspace, given, "a.csv", "日期,欧元\n2024-01-02,7.815\n") == []
    assert parity(workspace, given, "a.csv", "日期,欧元\n2024-01-02,781.5\n") == []


def test_the_band_of_the_dollar_is_that_of_the_history_that_comes_along(workspace: Workspace) -> None:
    report = workspace.import_series(None, "fed-h10-cny-monthly")
    assert report.problems == ()
    rates = [fact.value for fact in workspace.facts(measure="exchange_rate")]
    declared = tomllib.loads(files("touchstone").joinpath("data/rates.toml").read_text("utf-8"))["pair"][0]
    assert (min(rates), max(rates)) == (Decimal(declared["low"]), Decimal(declared["high"]))


def test_the_desks_quotes_come_out_as_quotes_with_their_words(workspace: Workspace, tmp_path: Path) -> None:
    book, out = openpyxl.Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["day", "commodity", "grade", "market", "delivery", "tax", "unit", "low", "high", "remark"])
    sheet.append(
        [
            date(2020, 10, 9),
            "锗锭",
            "50 ohm cm",
            "鹿特丹",
            "仓库",
            "不含税",
            "美元/公斤",
            997.5,
            1042.5,
            "quiet",
        ]
    )
    book.save(out)
    (tmp_path / "week.xlsx").write_bytes(out.getvalue())
    workspace.import_series(tmp_path / "week.xlsx", "quotes-long")
    [quote] = quotes_of(workspace.facts(), quotations()).quotes
    assert (quote.quotation.commodity, quote.period) == ("ge.ingot", "2020-10-09")
    assert (quote.low, quote.high, quote.unit) == (Decimal("997.5"), Decimal("1042.5"), "USD/kg")
    assert {fact.subject_words for fact in workspace.facts()} == {"锗锭 · 50 ohm cm · 仓库 · 不含税"}


def test_a_table_of_quotes_loses_nothing_that_its_rows_state(workspace: Workspace, given: Given) -> None:
    head = "日期,品种,规格,市场,交货,税,单位,最低,最高\n"
    rows = (
        "2020-10-09,镉锭,99.95%,国内市场,,,元/吨,17000,18000\n2020-10-09,镉锭,99.99%,国内市场,,,元/吨,19000,20000\n"
        "2020-10-09,锗锭,,国内市场,,含税,元/公斤,6800,7000\n2020-10-09,锗锭,,国内市场,,不含税,元/公斤,6000,6200\n"
    )
    report = workspace.import_series(given("q.csv", head + rows), "quotes-long")
    assert (report.figures, report.series, report.problems) == (8, 4, ())
    found = workspace.quotes()
    assert not found.problems
    assert {(q.quotation.code, q.quotation.tax, q.quotation.tax_basis, int(q.low)) for q in found.quotes} == {
        ("cd.ingot.99.95@market.domestic", "included", "assumed", 17000),
        ("cd.ingot.99.99@market.domestic", "included", "assumed", 19000),
        ("ge.ingot@market.domestic", "included", "stated", 6800),
        ("ge.ingot.ex-vat@market.domestic", "excluded", "stated", 6000),
    }


def test_a_shorter_file_says_how_many_figures_stopped_counting(workspace: Workspace, given: Given) -> None:
    own = given("own.yaml", PRICES)
    assert workspace.import_series(given("p.csv", CSV), own).dropped == 0
    report = workspace.import_series(given("p.csv", CSV.replace("2020-01,6031,17030\n", "")), own)
    assert (report.dropped, report.figures) == (2, 2)
    assert copper(workspace) == [("2020-02", 5700)]
    assert workspace.import_series(given("p.csv", CSV), own).dropped == 0
    without_tin = given("own.yaml", PRICES.partition("  Tin")[0])
    assert workspace.import_series(given("p.csv", CSV), without_tin).dropped == 2


def test_a_window_supersedes_what_it_states_anew_and_no_more(workspace: Workspace, given: Given) -> None:
    own = given("own.yaml", f"{PRICES}window: yes\n")
    first = workspace.import_series(given("p.csv", CSV), own)
    before = datetime.now(UTC)
    later = "month,Copper ($/mt),Tin ($/mt)\n2020-02,5688,16500\n2020-03,5180,15300\n"
    report = workspace.import_series(given("p.csv", later), own)
    assert (report.dropped, report.added, report.unchanged) == (0, 4, False) and report.name != first.name
    assert copper(workspace) == [("2020-01", 6031), ("2020-02", 5688), ("2020-03", 5180)]
    assert len(workspace.facts()) == 6
    stood = workspace.series("cu.cathode", "price", "market.lme", as_of=before)
    assert [int(f.value) for f in stood] == [6031, 5700]
    assert [int(f.value) for f in workspace.vintages("cu.cathode", "price", "market.lme", "2020-02")] == [
        5700,
        5688,
    ]
    assert workspace.import_series(given("p.csv", later), own).unchanged
    whole = workspace.import_series(given("p.csv", CSV + later.partition("\n")[2].partition("\n")[2]), own)
    assert whole.name == first.name and len(workspace.facts()) == 6
    assert copper(workspace) == [("2020-01", 6031), ("2020-02", 5700), ("2020-03", 5180)]


def test_a_window_published_before_does_not_supersede_a_later_one(workspace: Workspace, given: Given) -> None:
    own = given("own.yaml", f"{PRICES}window: yes\n")
    head = "month,Copper ($/mt)\n"
    workspace.import_series(given("b.csv", f"{head}2020-02,5688\n2020-03,5180\n"), own, date(2020, 4, 1))
    workspace.import_series(given("a.csv", f"{head}2020-01,6031\n2020-02,5700\n"), own, date(2020, 3, 1))
    assert copper(workspace) == [("2020-01", 6031), ("2020-02", 5688), ("2020-03", 5180)]


def test_what_a_connector_fetches_is_a_window() -> None:
    for by in map(declaration, shipped()):
        assert by.window == (by.call is not None), by.id
