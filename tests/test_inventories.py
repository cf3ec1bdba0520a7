"""An inventory in its workspace: as it stood on a day, by the organisation of then; its sums are facts that open to their cells."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import touchstone
from touchstone.calc.carbon.inventory.recorded import RULE
from touchstone.facts.fact import Fact
from touchstone.flow import Workspace

from .calc.carbon.made import GROUP

HEAD = "unit,month,item,parameter,value,measured_in,evidence\n"
MARCH = "line-1,2022-03,limestone,,5,t,stock\nline-1,2022-03,electricity.grid,,1000,MWh,meter\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = touchstone.open(tmp_path / "workspace")
    (opened.folder / "carbon").mkdir()
    organised(opened, GROUP)
    stated(opened, MARCH + "line-1,2022-04,limestone,,7,t,stock\n")
    return opened


def organised(opened: Workspace, text: str) -> None:
    (opened.folder / "carbon" / "organisation.toml").write_text(text, encoding="utf-8")


def stated(opened: Workspace, rows: str) -> None:
    path = opened.folder.parent / "sent.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    assert opened.import_activity(path).problems == ()


def total(opened: Workspace, as_of: datetime | None = None, group: str = "", approach: str = "") -> Fraction:
    return opened.account(as_of, group=group, approach=approach).total


def kept(opened: Workspace) -> dict[tuple[str, str, str], Fact]:
    facts = opened.facts(status="derived", rule=RULE)
    return {(each.subject, each.measure, each.period or ""): each for each in facts}


def test_a_sale_recorded_later_changes_no_inventory_of_before(workspace: Workspace) -> None:
    before = total(workspace, group="north", approach="equity")
    then = datetime.now(UTC)
    organised(workspace, GROUP.replace('share = "60 %"', 'share = "50 %"'))
    assert total(workspace, group="north", approach="equity") == before * 5 / 6
    old = workspace.account(then, group="north", approach="equity")
    assert old.total == before
    assert ["现行的已不同" in note.zh for note in old.inventory.notes] == [True]
    assert workspace.account(None, group="north", approach="equity").inventory.notes == ()


def test_an_own_method_of_before_is_that_of_before(workspace: Workspace) -> None:
    before, then = total(workspace), datetime.now(UTC)
    folder = workspace.folder / "carbon" / "methods"
    folder.mkdir()
    (folder / "cn-ndrc-2013-al.toml").write_text("no method", encoding="utf-8")
    organised(workspace, GROUP.replace('cn-ndrc-2013-al = "always", ', ""))
    assert total(workspace) < before
    assert total(workspace, then) == before
    assert len(list((workspace.folder / "carbon" / "editions").glob("*Z"))) == 2


def test_before_anything_was_kept_the_first_organisation_counts_and_that_is_said(
    workspace: Workspace,
) -> None:
    early = datetime(2020, 1, 1, tzinfo=UTC)
    total(workspace)
    old = workspace.account(early)
    assert old.total == 0 and "早于首次留存" in old.inventory.notes[0].zh


def test_an_edition_that_was_not_finished_is_none(workspace: Workspace) -> None:
    before, then = total(workspace), datetime.now(UTC)
    broken = workspace.folder / "carbon" / "editions" / ".20990101T000000.000000Z"
    broken.mkdir()
    (broken / "organisation.toml").write_text("", encoding="utf-8")
    assert total(workspace, then) == before == total(workspace)


def test_what_an_enterprise_emitted_in_a_year_opens_to_the_months_and_these_to_the_cells(
    workspace: Workspace,
) -> None:
    made = workspace.inventory()
    assert workspace.record_inventory(made) == 5
    year = kept(workspace)["org.mine", "emission.co2.scope1", "2022"]
    month = kept(workspace)["org.line-1", "emission.co2.scope1", "2022-03"]
    assert (year.value, month.value) == (12 * Decimal("0.405"), 5 * Decimal("0.405"))
    assert month.id in year.parents
    explained = workspace.explain(year.id)
    [stone] = next(each for each in explained.parents if each.fact.id == month.id).parents
    assert (stone.quote, stone.document) == ("5", "activity/sent.csv")
    assert workspace.record_inventory(workspace.inventory()) == 0, "the same inventory gives nothing new"


def test_a_corrected_amount_takes_the_place_of_the_sum_and_what_is_no_longer_stated_is_nothing(
    workspace: Workspace,
) -> None:
    workspace.record_inventory(workspace.inventory())
    before = kept(workspace)["org.line-1", "emission.co2.scope1", "2022-03"]
    stated(workspace, MARCH.replace(",5,", ",6,"))
    workspace.record_inventory(workspace.inventory())
    now = kept(workspace)
    after = now["org.line-1", "emission.co2.scope1", "2022-03"]
    assert (after.value, after.replaces) == (6 * Decimal("0.405"), before.id)
    assert now["org.line-1", "emission.co2.scope1", "2022-04"].value == 0
    assert now["org.mine", "emission.co2.scope1", "2022"].value == after.value
    assert workspace.record_inventory(workspace.inventory()) == 0


FIGURE = """
[[figure]]
unit = "line-1"
item = "aluminium.liquid"
subject = "al.primary"
measure = "output"
until = 2024-03-31
"""


def read_in_print(opened: Workspace) -> None:
    """A report that prints the output of a month."""
    folder = opened.folder.parent / "printed"
    folder.mkdir()
    (folder / "月报.md").write_text(
        "# 月报\n\n2024年3月，原铝产量1.25万吨。2024年4月，原铝产量1.3万吨。\n", encoding="utf-8"
    )
    opened.read(folder)


def test_a_figure_of_a_document_stands_for_activity_data_and_opens_to_its_sentence(
    workspace: Workspace,
) -> None:
    read_in_print(workspace)
    organised(workspace, FIGURE + GROUP)
    stood = [each for each in workspace.activity() if each.item == "aluminium.liquid"]
    assert [(x.month, x.value, x.unit_of, x.evidence) for x in stood] == [
        ("2024-03", Decimal("1.25"), "万吨", "document")
    ]
    assert workspace.explain(stood[0].fact).quote == "1.25万吨"
    made = workspace.inventory()
    assert any(each.fact == stood[0].fact for line in made.lines for each in line.inputs)


def test_a_meter_goes_before_what_a_document_prints(workspace: Workspace) -> None:
    read_in_print(workspace)
    organised(workspace, FIGURE + GROUP)
    stated(workspace, MARCH + "line-1,2024-03,aluminium.liquid,,12480,t,meter\n")
    [used] = [each for each in workspace.activity() if each.item == "aluminium.liquid"]
    assert (used.value, used.evidence) == (12480, "meter")
    assert len([x for x in workspace.activity_statements() if x.item == "aluminium.liquid"]) == 2


def test_one_series_cannot_stand_for_two_units_in_the_same_month(workspace: Workspace) -> None:
    organised(workspace, FIGURE + FIGURE.replace('"line-1"', '"line-2"') + GROUP)
    assert [each.code for each in workspace.organisation_problems()] == ["ORG-007"]
    later = FIGURE.replace('"line-1"', '"line-2"').replace("until = 2024-03-31", "since = 2024-04-01")
    organised(workspace, FIGURE + later + GROUP)
    assert workspace.organisation_problems() == ()


def test_lines_remembered_by_an_older_touchstone_are_worked_out_by_the_newer_one(tmp_path: Path) -> None:
    code, root = tmp_path / "code" / "touchstone", Path(touchstone.__file__).parent
    shutil.copytree(root, code, ignore=shutil.ignore_patterns("__pycache__"))
    opened = touchstone.open(tmp_path / "workspace")
    (opened.folder / "carbon").mkdir()
    organised(opened, GROUP)
    stated(opened, "line-2,2023-03,electricity.grid,,1000,MWh,meter\n")
    asked = f"import touchstone; print(touchstone.open({str(opened.folder)!r}).account().total)"

    def total_of(folder: Path) -> Fraction:
        run = subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        return Fraction(run.stdout.strip())

    assert total_of(code.parent) == Fraction("554.3"), "Gansu, in the northwest"
    grids = code / "data" / "carbon" / "grids.toml"
    before = grids.read_text(encoding="utf-8")
    moved = before.replace('"CN-62", ', "").replace('"CN-21", ', '"CN-21", "CN-62", ')
    grids.write_text(moved, encoding="utf-8")
    assert total_of(code.parent) == Fraction("512.2")
    grids.write_text(before, encoding="utf-8")
    assert total_of(code.parent) == Fraction("554.3")
