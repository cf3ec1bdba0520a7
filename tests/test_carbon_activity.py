"""Activity data end to end: a folder, its organisation, a template out and in, and the made-up group that comes along."""

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

import touchstone
from touchstone.calc.carbon.consolidation import perimeter
from touchstone.calc.carbon.organisation_checks import active
from touchstone.errors import UnusableDeclaration
from touchstone.facts.period import span
from touchstone.flow import Workspace

from .calc.carbon.made import GROUP

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src" / "touchstone" / "data" / "carbon" / "sample"
HEAD = "unit,month,item,parameter,value,measured_in,evidence\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    return workspace


def test_a_template_that_is_filled_in_becomes_entries_that_open_to_their_cells(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = workspace.write_template("mine", 2024, tmp_path / "mine-2024.xlsx")
    book = load_workbook(path)
    book["活动量"]["F5"], book["活动量"]["E5"] = 12345.6, "计量器具"
    book.save(path)
    report = workspace.import_activity(path)
    assert (report.added, report.units, report.first, report.last) == (1, ("line-1",), "2024-01", "2024-01")
    [entry] = workspace.activity()
    assert (entry.unit, entry.item, entry.value, entry.evidence) == (
        "line-1",
        "aluminium.liquid",
        Decimal("12345.6"),
        "meter",
    )
    explained = workspace.explain(entry.fact)
    assert (explained.quote, explained.document) == ("12345.6", "activity/mine-2024.xlsx")


def test_a_file_with_one_fault_posts_nothing(workspace: Workspace, tmp_path: Path) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\nline-1,2024-02,limestone,,-5,t,stock\n")
    report = workspace.import_activity(sent)
    assert [problem.code for problem in report.problems] == ["ACTIVITY-007"]
    assert report.added == 0 and workspace.activity() == [] and workspace.documents() == []


def test_a_file_sent_again_adds_nothing_and_a_changed_one_takes_its_place(
    workspace: Workspace, tmp_path: Path
) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\n")
    assert workspace.import_activity(sent).added == 1
    before = max(entry.recorded for entry in workspace.documents())
    again = workspace.import_activity(sent)
    assert (again.added, again.same, again.changed) == (0, 1, ())
    sent.write_text(HEAD + "line-1,2024-01,limestone,,6,t,stock\n")
    report = workspace.import_activity(sent)
    [change] = report.changed
    assert (report.added, report.same, change.before.value, change.after.value) == (0, 0, Decimal(5), Decimal(6))  # fmt: skip
    assert [entry.value for entry in workspace.activity()] == [Decimal(6)]
    assert [entry.value for entry in workspace.activity(as_of=before)] == [Decimal(5)]


def test_a_workbook_saved_again_with_the_same_values_adds_nothing_new(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = workspace.write_template("mine", 2024, tmp_path / "mine-2024.xlsx")
    book = load_workbook(path)
    book["活动量"]["F5"], book["活动量"]["E5"] = 12345.6, "计量器具"
    book.save(path)
    assert workspace.import_activity(path).added == 1
    written, facts = workspace.ledger.last_write(), len(workspace.ledger.stated())
    book["活动量"]["F5"].font = Font(bold=True)
    book.save(path)
    report = workspace.import_activity(path)
    assert (report.added, report.same, report.changed, report.gone) == (0, 1, (), ())
    assert (workspace.ledger.last_write(), len(workspace.ledger.stated())) == (written, facts)


def test_a_value_of_another_file_that_is_written_over_is_told_with_the_old_and_the_new(
    workspace: Workspace, tmp_path: Path
) -> None:
    first, other = tmp_path / "first.csv", tmp_path / "other.csv"
    first.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\nline-1,2024-02,limestone,,7,t,stock\n")
    workspace.import_activity(first)
    other.write_text(
        HEAD + "line-1,2024-01,limestone,,5000,t,stock\nline-1,2024-02,limestone,,7000,kg,stock\n"
        "line-1,2024-03,limestone,,9,t,stock\n"
    )
    report = workspace.import_activity(other)
    assert (report.added, report.same) == (1, 1)
    assert [(each.before.value, each.after.value) for each in report.changed] == [(Decimal(5), Decimal(5000))]


def test_a_value_that_a_new_version_no_longer_states_is_told(workspace: Workspace, tmp_path: Path) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\nline-1,2024-02,limestone,,7,t,stock\n")
    workspace.import_activity(sent)
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\n")
    report = workspace.import_activity(sent)
    assert (report.added, report.same, [each.month for each in report.gone]) == (0, 1, ["2024-02"])
    assert len(workspace.activity()) == 1


def test_a_correction_by_hand_outlives_the_same_file_sent_again(workspace: Workspace, tmp_path: Path) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5000,t,stock\n")
    workspace.import_activity(sent)
    workspace.correct(workspace.activity()[0].fact, Decimal(5), "kilograms were stated as tonnes")
    assert (workspace.import_activity(sent).same, workspace.activity()[0].value) == (1, Decimal(5))


@pytest.mark.parametrize("year", [0, 1850, 20244])
def test_a_template_of_no_year_one_accounts_for_is_refused(
    workspace: Workspace, tmp_path: Path, year: int
) -> None:
    with pytest.raises(UnusableDeclaration, match="ORG-015"):
        workspace.write_template("mine", year, tmp_path / "t.xlsx")
    assert not (tmp_path / "t.xlsx").exists()


def test_months_of_no_year_leave_the_inventory_and_its_checks_standing(
    workspace: Workspace, tmp_path: Path
) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\nline-1,0000-01,limestone,,5,t,stock\n")
    assert [each.code for each in workspace.import_activity(sent).problems] == ["ACTIVITY-010"]
    assert (workspace.activity(), workspace.quality().findings) == ([], ())


def test_a_spoilt_new_version_leaves_the_good_one_standing(workspace: Workspace, tmp_path: Path) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\n")
    workspace.import_activity(sent)
    sent.write_text(HEAD + "line-1,2024-01,limestone,,x,t,stock\n")
    assert workspace.import_activity(sent).problems
    assert [entry.value for entry in workspace.activity()] == [Decimal(5)]


def test_a_correction_by_hand_is_what_is_accounted_with(workspace: Workspace, tmp_path: Path) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5000,t,stock\n")
    workspace.import_activity(sent)
    [entry] = workspace.activity()
    workspace.correct(entry.fact, Decimal(5), "kilograms were stated as tonnes")
    [mended] = workspace.activity()
    assert (mended.value, mended.evidence) == (Decimal(5), "stock")


def test_the_next_template_has_the_rows_of_the_last_ready(workspace: Workspace, tmp_path: Path) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text(HEAD + "line-1,2024-01,diesel,,5,t,invoice\n")
    workspace.import_activity(sent)
    page = load_workbook(workspace.write_template("mine", 2025, tmp_path / "t.xlsx", "en"))["amounts"]
    assert "diesel" in {page.cell(row, 3).value for row in range(5, 60)}


def test_a_folder_that_is_read_leaves_imported_files_as_they_are(
    workspace: Workspace, tmp_path: Path
) -> None:
    sent = tmp_path / "inbox" / "sent.csv"
    sent.parent.mkdir()
    sent.write_text(HEAD + "line-1,2024-01,limestone,,5,t,stock\n")
    workspace.import_activity(sent)
    workspace.read(sent.parent)
    assert [entry.value for entry in workspace.activity()] == [Decimal(5)]


def test_a_folder_without_organisation_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnusableDeclaration, match="ORG-016"):
        touchstone.open(tmp_path / "workspace").organisation()


def test_the_made_up_group_is_large_enough_and_all_of_it_is_synthetic(group: Workspace) -> None:
    nodes = group.organisation().nodes.values()
    kinds = [node.kind for node in nodes]
    assert kinds.count("enterprise") >= 12 and kinds.count("unit") >= 40
    facts = group.facts(rule=["activity.meter", "activity.stock", "activity.lab"])
    assert {fact.status for fact in facts} == {"synthetic"}
    months = {entry.month for entry in group.activity()}
    assert (min(months), max(months), len(months)) == ("2022-01", "2024-12", 36)


def test_the_made_up_group_grows_by_the_works_it_bought(group: Workspace) -> None:
    organisation = group.organisation()
    shares = [
        perimeter(organisation, "sample", month, "equity")["re-south-metal"]
        for month in ("2023-06", "2023-07")
    ]
    assert [float(share) for share in shares] == [0.3, 0.7]
    assert "re-south-metal" not in perimeter(organisation, "sample", "2023-06", "control")


def test_what_own_power_plants_supply_is_what_potlines_take_but_for_the_planted_fault(
    group: Workspace,
) -> None:
    organisation, entries = group.organisation(), group.activity()
    amounts = {(e.unit, e.month, e.item): e.value for e in entries if e.parameter == "amount"}
    wrong = set[tuple[str, str]]()
    for power in ("al-north-power", "al-east-power"):
        for month in sorted({entry.month for entry in entries}):
            users = [t.user for t in organisation.transfers if t.maker == power and active(t, span(month)[1])]
            taken = sum(
                (amounts.get((user, month, "electricity.own"), Decimal(0)) for user in users), Decimal(0)
            )
            if taken != amounts[power, month, "power"]:
                wrong.add((power, month))
    assert wrong == {("al-east-power", "2023-12")}


def test_the_faults_that_are_listed_are_there(group: Workspace) -> None:
    of = {(e.unit, e.month, e.item, e.parameter, e.evidence): e.value for e in group.activity_statements()}
    grid = "electricity.grid", "amount"
    assert of["al-west-p2", "2023-05", *grid, "meter"] > 900 * of["al-west-p2", "2023-04", *grid, "meter"]
    assert ("copper-mid-smelting", "2022-11", "natural-gas", "amount", "meter") not in of
    invoice, meter = (of["al-south-p1", "2023-09", *grid, kind] for kind in ("invoice", "meter"))
    assert Decimal("1.06") < invoice / meter < Decimal("1.07")
    assert of["al-east-power", "2024-02", "bituminous-coal", "ncv", "lab"] == Decimal("29.271")
    assert ("zinc-west-electrolysis", "2024-10", *grid, "none") in of


def test_a_potline_takes_about_13400_kilowatt_hours_for_a_tonne(group: Workspace) -> None:
    amounts = {(e.unit, e.month, e.item): e.value for e in group.activity() if e.parameter == "amount"}
    power = sum(
        value
        for (unit, month, item), value in amounts.items()
        if (unit, month) == ("al-north-p1", "2023-03") and item.startswith("electricity")
    )
    assert 13_200 < 1000 * power / amounts["al-north-p1", "2023-03", "aluminium.liquid"] < 13_600


def test_the_made_up_group_is_what_its_script_makes(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "README.md", tmp_path)
    subprocess.run([sys.executable, ROOT / "tools" / "make_carbon_sample.py", tmp_path], check=True)
    for name in ("activity.csv", "README.md"):
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes()
