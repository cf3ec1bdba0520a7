"""What stands before a total: open errors of its data with the tonnes that rest on them, what is missing, months without data."""

import json
import re
import shutil
import time
from decimal import Decimal
from pathlib import Path

from typer.testing import Result

import touchstone
from touchstone.calc.carbon.inventory.coverage import missing_for
from touchstone.errors import UnreadableFile, UnusableQuote
from touchstone.flow import Workspace
from touchstone.publish.carbon.blocks import tonnes
from touchstone.publish.carbon.labelled import both
from touchstone.publish.report.report import Table
from touchstone.serve.inventory_paper import checked_report

from .smelter import GROUP, asked

HEAD = "unit,month,item,value,measured_in,evidence\n"


def test_an_open_error_stands_before_the_total_with_the_tonnes_that_rest_on_it_and_whole_in_the_report(
    tmp_path: Path,
) -> None:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    rows = ["unit,month,item,parameter,value,measured_in,evidence"]
    for month in range(1, 13):
        power = 135000000 if month == 5 else 135000 + month
        rows += [
            f"line-1,2023-{month:02d},electricity.grid,,{power},MWh,meter",
            f"line-1,2023-{month:02d},aluminium.liquid,,10000,t,meter",
        ]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    assert workspace.import_activity(tmp_path / "a.csv").problems == ()

    def said(*words: str, lang: str = "en") -> Result:
        return asked(workspace, "inventory", *words, lang=lang)

    told = said("--year", "2023").stdout
    assert (
        "DATA QUALITY: 2 errors stand open" in told
        and "【数据质量】2处" in said("--year", "2023", lang="zh").stdout
    )
    caution = json.loads(said("--year", "2023", "--json").stdout)["caution"]
    account = workspace.account(year="2023")
    slip = next(line for line in account.lines if line.month == "2023-05" and line.item == "electricity.grid")
    assert Decimal(caution["doubtful_tco2e"]) >= Decimal(slip.mass) / 10**9
    report = checked_report(workspace, account, None).report
    [table] = [
        x for x in report.blocks if isinstance(x, Table) and x.caption == both("inventory_report.suspects")
    ]
    months, words = {row[2].text.en for row in table.body}, [row[4].text for row in table.body]
    assert len(table.body) == 2 and "2023-05" in months and any("135,000,000" in each.zh for each in words)
    assert any(row[4].facts and row[5].text == tonnes(account.weighed(slip)) for row in table.body)
    assert not any("inventory checks" in each.text.en + each.text.zh for each in report.sentences())
    listed = said("checks", "--year", "2023")
    assert listed.exit_code == 1 and "135,000,000" in listed.stdout and "score" in listed.stdout
    errors = [x for x in json.loads(said("checks", "--json").stdout)["findings"] if x["severity"] == "error"]
    for each in errors:
        workspace.accept(each["id"], "the meter was read twice", by="Li")
    assert "DATA QUALITY" not in said("--year", "2023").stdout and said("checks").exit_code == 0


def test_a_row_with_something_missing_and_months_without_data_say_so(smelter: Workspace) -> None:
    told = asked(smelter, "inventory", "--year", "2023", "--by", "unit").stdout
    assert "INCOMPLETE" in told and "line 1 lacks 11 (from 2023-02)" in told


def test_an_intensity_without_some_emissions_of_its_units_says_so(tmp_path: Path) -> None:
    """Zinc stood at 0.48 t per tonne, unmarked, while the factor of its electricity was missing; it was 2.32."""
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    rows = (
        f"line-1,2023-{month:02d},{what},meter"
        for month in range(1, 13)
        for what in ("aluminium.liquid,10000,t", "diesel,10,t")
    )
    whole = "\n".join(("unit,month,item,value,measured_in,evidence", *rows))
    for name, text, marked in (
        ("whole", whole, False),
        ("part", whole + "\nline-1,2023-03,soda-ash,5,t,invoice", True),
    ):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        assert workspace.import_activity(tmp_path / f"{name}.csv").problems == ()
        lacking = len(missing_for(workspace.account(year="2023"), "aluminium.liquid"))
        said = asked(workspace, "inventory", "--year", "2023").stdout
        data = json.loads(asked(workspace, "inventory", "--year", "2023", "--json").stdout)["performance"]
        [line] = [each for each in said.splitlines() if each.startswith("intensity, ")]
        assert ("[incomplete: " in line) == bool(lacking) and data["intensities"][0]["missing"] == lacking
        assert lacking or not marked
    report = checked_report(workspace, workspace.account(year="2023"), None).report
    [table] = [
        x for x in report.blocks if isinstance(x, Table) and x.caption == both("inventory_report.intensities")
    ]
    assert table.body[0][0].note and any("incomplete" in each.text.en for _, each in table.notes)


def test_the_plan_of_an_enterprise_is_written_in_every_form(smelter: Workspace, tmp_path: Path) -> None:
    done = asked(smelter, "inventory", "plan", "works", "2023", "--out", str(tmp_path / "plan"))
    assert done.exit_code == 0 and len(list((tmp_path / "plan").iterdir())) == 8
    odd = asked(smelter, "inventory", "plan", "works", "20233", "--out", str(tmp_path / "plan"))
    assert isinstance(odd.exception, UnreadableFile) and odd.exception.code == "COMMAND-033"


def test_a_report_that_was_signed_today_is_had_again_as_of_its_moment(
    smelter: Workspace, tmp_path: Path
) -> None:
    """Two reports of one day, with different totals, said the same of the ledger they were made from."""
    smelter = touchstone.open(shutil.copytree(smelter.folder, tmp_path / "own"))
    account = smelter.account(year="2023")
    signed = checked_report(smelter, account, None).report
    moment = re.search(r"ledger as of (\S+) UTC", signed.byline.en)
    assert moment
    time.sleep(1.1)
    (tmp_path / "more.csv").write_text(f"{HEAD}line-1,2023-05,diesel,500,t,invoice\n", encoding="utf-8")
    assert smelter.import_activity(tmp_path / "more.csv").problems == ()
    said = [
        json.loads(asked(smelter, "inventory", "--year", "2023", "--json", *words).stdout)["total"]
        for words in ((), ("--as-of", moment[1]))
    ]
    assert said[0] != said[1] and Decimal(said[1]) == Decimal(f"{float(account.total):.9f}").normalize()
    odd = asked(smelter, "inventory", "--as-of", "2023-01-01T25:00")
    assert isinstance(odd.exception, UnusableQuote) and odd.exception.code == "DESK-023"
