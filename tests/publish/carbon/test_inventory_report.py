"""The inventory report as a verifier takes it: who reports, what each figure stands on, and printed figures that multiply out."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import touchstone
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import read_organisation
from touchstone.calc.carbon.particulars import check_character
from touchstone.flow import Workspace
from touchstone.publish.carbon.blocks import places_of
from touchstone.publish.carbon.labelled import both, held
from touchstone.publish.carbon.method_said import method_said
from touchstone.publish.carbon.recheck import check_report
from touchstone.publish.carbon.report import inventory_report
from touchstone.publish.carbon.report_lines import SHORT, with_months
from touchstone.publish.explained import explained
from touchstone.publish.report.report import Report, Table
from touchstone.publish.report.workbook import workbook
from touchstone.publish.words import word

from .report_rows import assert_multiplies_out, cents, figure, product_of, table, texts

CODE = "91000000MADEUP00X" + check_character("91000000MADEUP00X")
"""Of nobody: a district and an office that there are not."""
WORKS = """
[[node]]
key = "north"
kind = "group"
name = {{ zh = "北方集团", en = "North Group" }}

[[node]]
key = "works"
kind = "enterprise"
parent = "north"
name = {{ zh = "铝厂", en = "works" }}
place = "CN-5301"
sector = "aluminium"
methods = {{ cn-ndrc-2013-al = "always" }}
options = {{ pfc = "slope" }}
{particulars}

[[node]]
key = "line-1"
kind = "unit"
parent = "works"
name = {{ zh = "一系列", en = "line 1" }}
product = "aluminium.liquid"
"""
STATED = """unit,month,item,parameter,value,measured_in,evidence,reference,day
line-1,2023-01,aluminium.liquid,,10000,t,meter,DB-0317,2023-02-03
line-1,2023-01,anode,consumption,0.41,t/t,stock,PK-01,2023-02-01
line-1,2023-01,anode,sulphur,2,%,lab,HY-11,
line-1,2023-01,anode,ash,0.4,%,lab,HY-11,
line-1,2023-01,anode-effect,aem,0.3,min,meter,,
line-1,2023-01,electricity.grid,,135000,MWh,invoice,FP-88,2023-02-05
"""


def written(workspace: Workspace, year: str = "2023", **asked: str) -> tuple[Report, Account]:
    account = workspace.account(year=year, **asked)
    evidence = workspace.activity_evidence()
    report = inventory_report(
        account, performed(account), doubted(account, 200), workspace.inventory_caution(account), date(2024, 3, 1), date(2024, 3, 1), True, evidence,
    )  # fmt: skip
    for lang in ("zh", "en"):
        check_report(report, account, lang)
    return with_months(report, account, evidence), account


def opened(folder: Path, organisation: str, stated: str) -> Workspace:
    workspace = touchstone.open(folder / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(organisation, encoding="utf-8")
    path = folder / "activity.csv"
    path.write_text(stated, encoding="utf-8")
    assert workspace.import_activity(path, "synthetic").problems == ()
    return workspace


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    own = (
        f'particulars = {{ credit_code = "{CODE}", industry = "3216", contact = "synthetic", phone = "000" }}'
    )
    return opened(tmp_path_factory.mktemp("works"), WORKS.format(particulars=own), STATED)


@pytest.fixture(scope="module")
def sampled(group: Workspace) -> tuple[Report, Account]:
    """The report of the made-up group, with the months of its workbook."""
    return written(group, group="sample", approach="control")


def calculated(formula: str) -> Fraction:
    """What a formula in numbers comes to, its units left out."""
    bare = re.sub(
        r"(?<=[\d.]) (?![×÷−+])[^\s×÷−+()]*(?:（[^）]*）[^\s×÷−+()]*)*(?: [^\d\s×÷−+()]\S*)*", "", formula
    )
    signs = bare.replace("×", "*").replace("÷", "/").replace("−", "-")
    numbers = re.sub(r"\d+(?:\.\d+)?", lambda found: f"Fraction('{found[0]}')", signs)
    return Fraction(eval(numbers, {"Fraction": Fraction}))


def test_every_printed_mass_times_its_gwp_is_the_printed_equivalent(sampled: tuple[Report, Account]) -> None:
    report, account = sampled
    rows = [row for row in texts(table(report, "by_source", set=account.set)) if len(row) == 5]
    assert {"CF4", "C2F6"} <= {row[1] for row in rows}
    for _, gas, mass, gwp, equivalent in rows:
        assert cents(Fraction(figure(mass)) * Fraction(figure(gwp))) == figure(equivalent), gas


def test_every_month_of_a_unit_can_be_worked_out_again_from_what_is_printed(
    sampled: tuple[Report, Account],
) -> None:
    report, account = sampled
    rows = texts(table(report, "months"))
    assert len(rows) == len([each for each in account.every_line if account.share(each.unit, each.month)])
    for *_, formula, _, mass, part, gwp, equivalent, _, _, _ in rows:
        assert abs(calculated(formula) - Fraction(figure(mass))) <= Fraction(1, 10**9), formula
        assert cents(product_of(mass, part, gwp)) == figure(equivalent)


def test_the_year_of_a_unit_is_the_sum_of_its_months_and_multiplies_out(
    sampled: tuple[Report, Account],
) -> None:
    report, _ = sampled
    months: dict[tuple[str, str], Decimal] = {}
    for row in texts(table(report, "months")):
        months[row[1], row[6]] = months.get((row[1], row[6]), Decimal(0)) + figure(row[7])
    years: dict[tuple[str, str], Decimal] = {}
    unit = ""
    for row in texts(table(report, "lines")):
        if len(row) == 1 and (found := re.search(r"（([a-z0-9-]+)）：", row[0])):
            unit = found[1]
        elif len(row) > 1 and row[0].startswith("排放量"):
            gas = row[0].split("　")[1]
            assert_multiplies_out(row)
            years[unit, gas] = years.get((unit, gas), Decimal(0)) + figure(row[1])
    assert years.keys() == months.keys()
    assert all(abs(years[key] - months[key]) < Decimal("0.1") for key in years)


def test_a_source_multiplies_out_as_it_stands_with_the_means_of_parameters_that_vary(
    sampled: tuple[Report, Account],
) -> None:
    """Of a heat value only 20.98–21.90 was printed, from which nobody works out the year on paper."""
    report, _ = sampled
    tried = averaged = 0
    formula, values = "", dict[str, str]()
    for row in texts(table(report, "lines")):
        if len(row) == 1:
            formula, values = row[0].partition(" ＝ ")[2], {}
        elif not row[0].startswith("排放量"):
            mean = row[1].partition("（")[0]
            averaged += mean != row[1]
            values[row[0]] = "" if "–" in mean or row[0] in values else mean.replace(",", "")
        elif formula and all(values.values()):
            numbers = formula
            for name in sorted(values, key=len, reverse=True):
                numbers = numbers.replace(name, values[name])
            half = Fraction(1, 2 * 10 ** len(row[1].partition(".")[2]))
            assert abs(calculated(numbers) - Fraction(figure(row[1]))) <= half, formula
            tried += 1
    assert tried > 40 and averaged > 10


def test_own_electricity_and_who_supplied_whom_are_printed(sampled: tuple[Report, Account]) -> None:
    """The electricity of the captive plant stood in no table, so that the intensity with transfers could not be worked out again."""
    report, account = sampled
    own = [row for row in texts(table(report, "activity")) if row[1] == "自发电"]
    given = [row for row in texts(table(report, "transfers")) if row[2] == "自发电"]
    stated = sum(x.value for x in account.entries if x.item == "electricity.own" and x.parameter == "amount")
    assert own and given and sum(figure(row[2]) for row in own) == stated
    assert sum(figure(row[3]) for row in given) <= stated


def test_emissions_for_a_unit_are_the_printed_emissions_over_the_printed_output(
    sampled: tuple[Report, Account],
) -> None:
    report, _ = sampled
    rows = texts(table(report, "intensities"))
    assert any(row[3] == "万元" for row in rows)
    for _, emissions, amount, _, value, _ in rows:
        quotient = figure(emissions) / figure(amount)
        assert quotient.quantize(Decimal("0.0001"), ROUND_HALF_EVEN) == figure(value)


def test_no_figure_runs_into_a_power_of_ten(sampled: tuple[Report, Account]) -> None:
    report, _ = sampled
    every = [
        cell.text
        for block in report.blocks
        if isinstance(block, Table)
        for cells in block.body
        for cell in cells
    ]
    said = [*every, *(each.text for each in report.sentences())]
    assert not [each for each in said if "1e4 CNY" in each.zh + each.en]
    assert any(re.search(r"\d,\d{3},\d{3}", each.zh) for each in said), "thousands are grouped in Chinese too"


def test_the_year_before_is_split_into_effects_that_lead_to_this_one(sampled: tuple[Report, Account]) -> None:
    report, account = sampled
    first, *rows = texts(table(report, "effects"))
    last = next(place for place, row in enumerate(rows) if row[0].startswith("2023年排放量"))
    steps = sum(figure(row[1].replace("+", "")) for row in rows[:last])
    assert figure(rows[last][1]) == held(account.total, 2)
    assert abs(figure(first[1]) + steps - figure(rows[last][1])) <= Decimal("0.05")
    enterprises = texts(table(report, "effects_of_enterprises"))
    assert enterprises[-1][1] == first[1]


def test_without_a_year_before_the_report_says_so(works: Workspace) -> None:
    report, _ = written(works)
    assert any(
        word("inventory_report.no_year_before", "zh", year="2022") == each.text.zh
        for each in report.sentences()
    )


def test_particulars_are_printed_and_what_nobody_declared_is_a_line_to_fill_in(works: Workspace) -> None:
    report, _ = written(works, node="works")
    said = dict(texts(table(report, "identity")))
    assert said["统一社会信用代码"] == CODE
    assert said["所属行业及代码（GB/T 4754）"] == "电解铝 3216"
    assert said["法定代表人"].strip("_") == ""
    assert said["报告期"] == "2023-01-01至2023-12-31"
    found = table(report, "identity")
    assert (
        next(cells[1].note for cells in found.body if cells[0].text.zh == "法定代表人") == found.notes[0][0]
    )
    assert next(row[0] for row in texts(table(report, "signatures"), "en")) == "filled in by"


def test_the_made_up_group_has_no_particulars_that_look_like_those_of_a_company(
    sampled: tuple[Report, Account],
) -> None:
    _, account = sampled
    assert not [key for key, node in account.organisation.nodes.items() if node.particulars.credit_code]


@pytest.mark.parametrize(
    "own",
    [
        f'credit_code = "{CODE[:-1]}{"1" if CODE[-1] != "1" else "2"}"', 'credit_code = "9111"', 'industry = "aluminium"',
        'tax = "1"', f'credit_code = "{CODE.lower()}"',
    ],
)  # fmt: skip
def test_particulars_that_cannot_be_are_refused_with_their_place(own: str) -> None:
    found, wrong = read_organisation(
        WORKS.format(particulars=f"particulars = {{ {own} }}"), "organisation.toml", methods()
    )
    assert found is None
    assert wrong[0].code == "ORG-001"
    assert "particulars" in wrong[0].where


@given(
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17),
    st.integers(0, 16),
    st.integers(1, 30),
)
def test_one_wrong_character_is_always_noticed(first: str, at: int, by: int) -> None:
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    other = first[:at] + signs[(signs.index(first[at]) + by) % 31] + first[at + 1 :]
    assert check_character(other) != check_character(first)


def test_a_works_bought_within_the_year_says_from_which_day_and_which_of_its_months_are_outside(
    tmp_path: Path,
) -> None:
    """The months before it was bought were read as missing, or not noticed at all."""
    bought = """
[[holding]]
owner = "north"
owned = "works"
share = "51 %"
controls = true
since = 2023-03-01
"""
    later = "".join(
        STATED.partition("\n")[2].replace("2023-01", f"2023-{month:02d}") for month in range(2, 13)
    )
    workspace = opened(tmp_path, WORKS.format(particulars="") + bought, STATED + later)
    for approach, share in (("control", "100"), ("equity", "51")):
        report, _ = written(workspace, group="north", approach=approach)
        [[unit, event, inside, outside, values]] = texts(table(report, "perimeter", year="2023"))
        assert unit.endswith("一系列") and event == "2023-03-01起北方集团持有铝厂51%，控制其经营"
        assert (inside, outside, values) == (f"03–12月按{share}%计入", "01–02", "12")
        assert texts(table(report, "facilities"))[0][-1] == event
    whole, _ = written(workspace)
    assert not any(isinstance(x, Table) and "合并范围" in x.caption.zh for x in whole.blocks)


def test_numbers_and_days_of_evidence_stand_with_the_values(works: Workspace) -> None:
    report, account = written(works)
    lines = [
        block
        for block in report.blocks
        if isinstance(block, Table) and block.caption == both("inventory_report.lines")
    ]
    said = {row[0]: row[3] for row in texts(lines[0]) if len(row) == 4}
    assert said["铝液产量"] == "计量器具，1个月；凭证：DB-0317（2023-02-03）"
    assert said["电量"] == "结算发票，1个月；凭证：FP-88（2023-02-05）"
    months = texts(table(report, "months"))
    assert "DB-0317（2023-02-03）、PK-01（2023-02-01）、HY-11" in {row[-2] for row in months}
    ids = {id for row in months for id in row[-1].split()}
    assert all(len(id) == SHORT and works.explain(id) for id in ids), "the printed number opens"
    assert ids == {each.fact[:SHORT] for each in account.entries}


def test_a_figure_that_is_explained_names_its_evidence(works: Workspace) -> None:
    [metal] = [each for each in works.activity() if each.item == "aluminium.liquid"]
    tree = works.explain(metal.fact)
    assert tree.evidence == (("DB-0317", date(2023, 2, 3)),)
    assert "DB-0317（2023-02-03）" in explained(tree, works.document, "zh")
    assert tree.to_dict()["evidence"] == [{"number": "DB-0317", "day": "2023-02-03"}]


def cells_of(data: bytes) -> Iterator[tuple[str, str, object, bool]]:
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            yield from (
                (sheet.title, cell.coordinate, cell.value, bool(cell.alignment.wrap_text)) for cell in row
            )


def test_no_text_of_the_workbook_is_cut_at_the_edge_of_its_cell(works: Workspace) -> None:
    report, _ = written(works)
    data = workbook(report, "zh")
    book = load_workbook(io.BytesIO(data))
    assert all(
        sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book
    )
    tables = [sheet for sheet in book if sheet.title.startswith("表")]
    assert tables
    for title, at, value, wrapped in cells_of(data):
        if title.startswith("表") and isinstance(value, str) and len(value) > 30 and not at.endswith("1"):
            assert wrapped, f"{title}!{at}: {value}"


@given(st.fractions(0, 10**6), st.sampled_from([1, 21, 273, 6500, 9200, 12400]))
def test_so_many_places_as_it_takes(mass: Fraction, weight: int) -> None:
    kept = Fraction(held(mass, 9))
    places = places_of(kept, Fraction(weight))
    assert cents(Fraction(held(kept, places)) * weight) == cents(kept * weight)


def test_a_method_in_words_gives_its_defaults_with_document_and_clause() -> None:
    known = methods()
    said = "\n".join(method_said(known["cn-ndrc-2013-al"], library(), "zh"))
    assert re.search(r"吨铝炭阳极净耗.*\n +.*0\.42吨/吨（.+、见公开转录 \[", said)
    assert "0.034千克/吨" in said
    assert "{item}" not in said
    assert all(list(method_said(each, library(), lang)) for each in known.values() for lang in ("zh", "en"))


def test_the_particulars_are_not_part_of_what_units_inherit(works: Workspace) -> None:
    nodes = works.organisation().nodes
    assert nodes["works"].particulars.credit_code == CODE
    assert nodes["line-1"] == replace(nodes["line-1"], particulars=nodes["line-1"].particulars)
    assert not nodes["line-1"].particulars.credit_code
