"""Quality end to end: the faults planted in the made-up group are found, the rest is left alone, and the plan is written."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

import touchstone
from touchstone.calc.carbon.inventory.inventory import plant_of
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.quality.case import case_of
from touchstone.calc.carbon.quality.quality import Quality, quality
from touchstone.flow import Workspace
from touchstone.publish.report.page import page
from touchstone.publish.report.pdf import pdf
from touchstone.publish.report.word import word

from .calc.carbon.made import GROUP

SAMPLE = Path(__file__).resolve().parent.parent / "src" / "touchstone" / "data" / "carbon" / "sample"
EXPECTED = {
    ("al-west-p2", "2023-05"): "unit-slip",
    ("copper-mid-smelting", "2022-11"): "missing-month",
    ("alumina-mid-l2", "2024-03"): "outlier-history",
    ("al-south-p1", "2023-09"): "meter-invoice",
    ("al-east-power", "2024-02"): "suspicious-constant",
    ("al-west-p1", "2022-08"): "electricity-per-tonne",
    ("al-east-p2", "2023-12"): "transfer-balance",
    ("zinc-west-electrolysis", "2024-10"): "no-evidence",
    ("al-north-p2", "2022-04"): "zero-effect",
}
"""Which check is to find each planted fault."""


@pytest.fixture(scope="module")
def found(group: Workspace) -> Quality:
    """What the checks find in it."""
    return group.quality()


def test_every_planted_fault_is_found_by_the_check_meant_for_it(found: Quality) -> None:
    planted = re.findall(
        r"^\| `([\w-]+)` \| (\d{4}-\d{2}) \|", (SAMPLE / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert set(planted) == EXPECTED.keys()
    assert EXPECTED.items() <= {((each.unit, each.month), each.check) for each in found.findings}


def test_the_clean_rest_of_twenty_four_thousand_values_raises_one_false_alarm(found: Quality) -> None:
    assert found.values > 23_000
    rest = [
        each
        for each in found.findings
        if (each.unit, each.month) not in EXPECTED and each.severity != "notice"
    ]
    assert len(rest) <= 2, [(each.check, each.unit, each.month, each.said.en) for each in rest]
    assert not [each for each in found.findings if each.severity == "notice"], (
        "no potline is above level 3 in a year"
    )


def test_the_check_and_the_inventory_hold_one_number_against_one_limit(group: Workspace) -> None:
    """Power of every potline 4 % up: what the check tells is what the inventory shows as above every level."""
    account = group.account(year="2024", asked_set="AR5")
    held = {each.unit: each.standing for each in performed(account).levels}
    dear = [replace(each, value=each.value * Decimal("1.04")) if each.item.startswith("electricity") else each
            for each in account.entries]  # fmt: skip
    organisation = account.organisation
    case = case_of(organisation, dear, {unit: plant_of(organisation, unit) for unit in held}, account.methods)
    told = {each.unit: each.said.en for each in quality(case, ["electricity-limit"]).findings}
    lines = [unit for unit in held if organisation.nodes[unit].product == "aluminium.liquid"]
    assert told.keys() == {unit for unit in lines if float(held[unit].value) * 1.04 > 13700}
    assert told and all(f"{float(held[unit].value) * 1.04:,.0f} kWh" in said for unit, said in told.items())
    assert all("13,700" in said for said in told.values())


def test_lines_of_alumina_say_why_they_have_no_level(group: Workspace) -> None:
    found = performed(group.account(node="seg-alumina", year="2024", asked_set="AR5"))
    assert not found.levels
    assert len(found.notes) == 4 and all(
        "product = alumina.bayer" in each.en and "未写明" in each.zh for each in found.notes
    )


def test_a_finding_opens_to_the_cells_it_rests_on(group: Workspace, found: Quality) -> None:
    for each in found.findings:
        assert each.facts and all(text.zh and text.en for text in (each.said, each.expected, each.remedy))
    slip = next(each for each in found.findings if each.check == "unit-slip")
    assert group.explain(slip.facts[0]).quote == "219236800"
    assert len({each.id for each in found.findings}) == len(found.findings)


def test_scores_say_which_enterprise_to_look_at_first(group: Workspace, found: Quality) -> None:
    scores = {each.key: each for each in group.quality_scores(found)}
    assert len(scores) == 15
    assert min(scores.values(), key=lambda each: each.points).key == "al-west"
    assert scores["alumina-south"].points == 100
    west = [each.id for each in found.findings if each.unit.startswith("al-west")]
    assert {each.key: each for each in group.quality_scores(found, west)}["al-west"].points == 100


def test_the_plan_says_of_every_parameter_how_it_is_measured_and_is_written_in_three_forms(
    group: Workspace,
) -> None:
    report = group.quality_plan("al-north", 2024, date(2024, 1, 5))
    for lang in ("zh", "en"):
        told = page(report, lang)
        text = "\n".join(
            cell.text
            for table in Document(BytesIO(word(report, lang))).tables
            for row in table.rows
            for cell in row.cells
        )
        for asked in (
            ("低位发热量", "每批次", "化验岗")
            if lang == "zh"
            else ("net calorific value", "every batch", "laboratory")
        ):
            assert asked in told and asked in text
    assert len(pypdfium2.PdfDocument(pdf(report, "zh"))) > 1


def test_a_plan_without_data_proposes_what_the_methods_ask_for(tmp_path: Path) -> None:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    told = page(workspace.quality_plan("mine", 2024, date(2024, 1, 5)), "en")
    assert "anode-effect minutes per cell-day" in told and "no data yet: proposed" in told
    assert "within 40 natural days" in told, "its method is one of emissions trading"


def test_evidence_of_a_template_that_is_late_is_told(tmp_path: Path) -> None:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    path = workspace.write_template("mine", 2025, tmp_path / "mine.xlsx")
    book = load_workbook(path)
    book["活动量"]["L5"], book["活动量"]["E5"] = 12345.6, "计量器具"  # July
    page = book["凭证"]
    columns = {str(page.cell(row, column).value): column for row in (3, 4) for column in range(1, 12)}
    for name, value in (("month", "2025-07"), ("reference", "M-7"), ("day", "2025-09-20")):
        page.cell(5, columns[name]).value = value
    book.save(path)
    report = workspace.import_activity(path)
    assert report.problems == () and report.first == "2025-07"
    late = [each for each in workspace.quality().findings if each.check == "evidence-late"]
    assert [(each.unit, each.month) for each in late] == [("line-1", "2025-07")]
    assert "2025-09-09" in late[0].expected.en
