"""The performance table of a group: every number opens to the records it was added from, and what is empty says why."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.inventory.yearly import yearly
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.web import console

from .small_group import opened

STATED = [
    "east-1,2022-01,pollutant.so2,,2,t,meter", "east-1,2022-02,pollutant.so2,,500,kg,meter", "west-1,2022-01,pollutant.so2,,1,t,meter",
    "east-1,2023-01,pollutant.so2,,1.5,t,meter", "west-1,2023-02,pollutant.so2,,4,t,meter",
    "east-1,2023-01,water.fresh,,100,m3,meter", "east-1,2023-01,water.reused,,300,m3,meter",
    "east,2023-12,land.reclaimed,,3.5,ha,document", "east,2023-12,money.output,,2000,1e4 CNY,document",
]  # fmt: skip
"""Two years of what the environment got; no land and no output in 2022."""


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("performing"), "\n".join(STATED) + "\n")


@pytest.fixture(scope="module")
def asking(works: Workspace) -> Iterator[TestClient]:
    with TestClient(console(works), base_url="http://127.0.0.1:8000") as client:
        yield client


def values(
    client: TestClient, address: str = "/inventory/performance.json"
) -> dict[str, dict[str, str | None]]:
    return {
        row["row"]: {year: cell["value"] for year, cell in row["values"].items()}
        for row in client.get(address).json()
    }


def note(client: TestClient, row: str, year: str) -> str:
    rows = {each["row"]: each for each in client.get("/inventory/performance.json").json()}
    return str(rows[row]["values"][year]["note_zh"])


def test_years_stand_beside_each_other_and_kilograms_are_tonnes(asking: TestClient) -> None:
    node = values(asking, "/inventory/performance.json?node=east")["so2"]
    assert {year: Decimal(value or 0) for year, value in node.items()} == {
        "2022": Decimal("2.5"),
        "2023": Decimal("1.5"),
    }


def test_a_works_counts_from_when_it_was_bought(asking: TestClient) -> None:
    so2 = values(asking)["so2"]
    assert Decimal(so2["2022"] or 0) == Decimal("2.5")
    assert Decimal(so2["2023"] or 0) == Decimal("5.5")


def test_shares_are_of_what_was_added_and_not_means_of_shares(asking: TestClient) -> None:
    found = values(asking)
    assert Decimal(found["water-reuse-rate"]["2023"] or 0) == 75
    assert found["per-output"]["2023"] is None
    assert "东厂 · 03–12" in note(asking, "per-output", "2023"), (
        "money of a year, and emissions of two months"
    )


def test_every_number_opens_to_the_records_it_was_added_from(asking: TestClient) -> None:
    page = asking.get("/inventory/performance?lang=en").text
    addresses = {
        each.replace("&amp;", "&") for each in re.findall(r'href="(/inventory/performance/[^"]+)"', page)
    }
    assert len(addresses) > 15
    for address in addresses:
        assert asking.get(address).status_code == 200
    twin = asking.get("/inventory/performance/so2/2023.csv").text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    records = list(csv.DictReader(io.StringIO(twin)))
    assert sum(Decimal(each["counted"]) for each in records) == Decimal("5.5")
    for each in records:
        assert asking.get(f"/figure/{each['fact']}").status_code == 200


def test_the_records_of_emissions_open_to_their_formulas(asking: TestClient) -> None:
    page = asking.get("/inventory/performance/indirect/2023?lang=en").text
    lines = re.findall(r'class="f" href="(/inventory/[^"]+)"', page)
    assert lines and all(asking.get(line).status_code == 200 for line in lines)


def test_an_empty_cell_says_why(asking: TestClient) -> None:
    [land] = [row for row in asking.get("/inventory/performance.json").json() if row["row"] == "reclaimed"]
    assert land["values"]["2022"]["value"] is None
    assert land["values"]["2022"]["note"] == "the ledger has no record of reclaimed land in this year"
    for lang, said in (("en", "no record of reclaimed land"), ("zh", "没有复垦土地的记录")):
        assert said in asking.get(f"/inventory/performance?lang={lang}").text


def test_rows_of_which_nobody_states_anything_are_one_line_and_no_notes(
    works: Workspace, asking: TestClient, tmp_path: Path
) -> None:
    """Nothing of NOx or solid waste is stated in any year; land of 2023 is, so its empty 2022 keeps its row and its note."""
    words = ["inventory", "performance", "group", "--lang", "en", "-w", str(works.folder)]
    said = CliRunner().invoke(app, words).stdout
    [folded] = [line for line in said.splitlines() if line.startswith("no data in any year: ")]
    assert "nitrogen oxides" in folded and "solid waste" in folded and "land reclaimed" not in folded
    assert "no record of nitrogen oxides" not in said and "no record of reclaimed land" in said
    page = asking.get("/inventory/performance?lang=zh").text
    assert "各年均无数据：" in page and "没有氮氧化物的记录" not in page
    rows = {row["row"]: row for row in asking.get("/inventory/performance.json").json()}
    assert rows["nox"]["values"]["2023"]["value"] is None, "the twin has every row"
    paper = ["inventory", "group", "--year", "2023", "--out", str(tmp_path), "-w", str(works.folder)]
    assert CliRunner().invoke(app, paper).exit_code == 0
    [report] = tmp_path.glob("*.en.html")
    assert "no data in any year: " in report.read_text("utf-8")


def test_energy_says_what_it_is_without_and_why(asking: TestClient) -> None:
    rows = {row["row"]: row for row in asking.get("/inventory/performance.json").json()}
    assert rows["energy"]["values"]["2023"]["note"] is None
    equal = rows["energy-equal"]["values"]["2023"]
    assert equal["value"] is None and "electricity from the grid (" in equal["note"]


def test_the_table_says_of_a_product_what_the_performance_of_the_year_says(works: Workspace) -> None:
    account = works.account(group="group", approach="control", asked_set="AR5")
    table = yearly(account)
    for year in table.years:
        for each in performed(replace(account, year=year)).intensities:
            row = table.row(f"product.{each.item}")
            if row:
                assert row.cells[year].value == each.value
    for year in table.years:
        parts = [table.row(key) for key in ("direct", "indirect", "emissions")]
        direct, indirect, whole = (row.cells[year].value or Fraction(0) for row in parts if row)
        assert direct + indirect == whole


def test_there_is_no_page_of_a_row_or_year_that_is_not_there(asking: TestClient) -> None:
    for path in ("performance/colour/2023", "performance/so2/1066", "performance?node=nobody"):
        assert asking.get(f"/inventory/{path}").status_code == 404


def test_the_command_prints_the_table_and_its_notes(works: Workspace) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, ["inventory", "performance", *words, "-w", str(works.folder)])
        assert result.exit_code == 0, result.output
        return result.stdout

    said = run("group", "--lang", "zh")
    assert "二氧化硫" in said and "账本中这一年没有复垦土地的记录" in said
    told = json.loads(run("group", "--json", "--gwp", "AR5"))
    [so2] = [row for row in told["rows"] if row["row"] == "so2"]
    assert Decimal(so2["values"]["2023"]) == Decimal("5.5")


def test_the_report_has_the_table_in_every_form(works: Workspace, tmp_path: Path) -> None:
    words = ["inventory", "group", "--year", "2023", "--out", str(tmp_path), "-w", str(works.folder)]
    assert CliRunner().invoke(app, words).exit_code == 0
    [page] = tmp_path.glob("*.zh.html")
    assert "绩效表" in page.read_text("utf-8") and "新增复垦面积" in page.read_text("utf-8")
    for form, part in (("docx", "word/document.xml"), ("xlsx", "xl/sharedStrings.xml")):
        [path] = tmp_path.glob(f"*.en.{form}")
        assert "land reclaimed" in zipfile.ZipFile(path).read(part).decode()
