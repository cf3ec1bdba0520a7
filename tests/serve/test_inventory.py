"""`touchstone inventory`, `factors` and `methods` on a small smelter: totals, explanations, comparisons, papers, refusals."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import touchstone
from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.publish.carbon.recheck import UnsoundInventory, check_report
from touchstone.publish.carbon.report import inventory_report
from touchstone.publish.report.report import Cell, Table
from touchstone.serve.command import app

from .smelter import ANODE_2022, GROUP, asked, stated

Run = Callable[..., Result]


@pytest.fixture
def run(smelter: Workspace) -> Run:
    return partial(asked, smelter)


def refused(result: Result) -> Refusal:
    assert isinstance(result.exception, Refusal), result.output
    return result.exception


def test_totals_by_any_part_add_up_to_the_same(run: Run) -> None:
    found = [
        json.loads(run("inventory", "--year", "2023", "--by", by, "--json").stdout)
        for by in ("unit", "gas", "scope", "term,month")
    ]
    assert len({each["total"] for each in found}) == 1
    for each in found:
        assert sum(Decimal(row["tco2e"]) for row in each["rows"]) == pytest.approx(
            Decimal(each["total"]), abs=Decimal("1e-8")
        )
    assert found[0]["gwp"] == "SAR"


def test_made_up_data_say_so_in_both_languages(run: Run) -> None:
    assert "SYNTHETIC" in run("inventory").stderr
    assert "合成数据" in run("inventory", lang="zh").stderr


def test_direct_emissions_are_without_electricity(run: Run) -> None:
    data = json.loads(run("inventory", "--by", "term", "--boundary", "direct", "--json").stdout)
    assert "electricity" not in {row["term"] for row in data["rows"]}
    whole = json.loads(run("inventory", "--by", "term", "--json").stdout)
    assert Decimal(data["total"]) < Decimal(whole["total"])


def test_the_trading_boundary_counts_what_its_own_guidelines_account_for(run: Run) -> None:
    """Both Januaries are by the guideline of 2013: nothing of them is surrendered for."""
    assert refused(run("inventory", "--boundary", "trading", "--json")).code == "INVENTORY-006"


def test_by_equity_a_group_has_its_share_and_by_control_all(run: Run) -> None:
    equity, control = (
        Decimal(json.loads(run("inventory", "north", "--approach", each, "--json").stdout)["total"])
        for each in ("equity", "control")
    )
    assert equity == pytest.approx(control * Decimal("0.6"), abs=Decimal("1e-6"))


def test_a_line_is_explained_down_to_cell_document_and_clause(run: Run) -> None:
    said = run("inventory", "explain", "line-1", "2022-01").stdout
    assert f"{ANODE_2022:,.6f}".rstrip("0")[:9] in said
    assert "10000 t × 0.41 t/t × (1 − 0.02 − 0.004) × 44 ÷ 12" in said
    assert "activity/activity.csv E2" in said
    assert "slope.anode-effect.cf4@cn-ndrc-2013-al" in said
    assert len(run("inventory", "explain", "line-1", "2022-01", "natural-gas").stdout) < len(said)


def test_a_line_that_started_is_perimeter_and_never_performance(run: Run) -> None:
    data = json.loads(run("inventory", "compare", "2022", "2023", "--json").stdout)
    effects = data["effects"]
    assert sum(effects.values()) == pytest.approx(data["after"] - data["before"])
    assert effects["perimeter"] == pytest.approx(data["after"] / 2)
    assert data["comparable_before"] == pytest.approx(data["before"])
    assert effects["intensity"] < 0
    assert "comparable" in run("inventory", "compare", "2022", "2023").stdout


def test_both_approaches_to_uncertainty_stand_side_by_side(run: Run) -> None:
    data = json.loads(run("inventory", "--year", "2022", "--uncertainty", "--json").stdout)["uncertainty"]
    first, second = data["approach_1"], data["approach_2"]
    assert first["low"] < first["mean"] < first["high"]
    assert second["low"] == pytest.approx(first["low"], rel=0.01)
    assert sum(first["shares"].values()) == pytest.approx(1)
    assert {"metal", "slope", "ash"} <= {each["parameter"] for each in data["exact"]}
    assert all(each["why"] and each["inputs"] for each in data["exact"])


def test_the_cited_five_percent_holds_for_fuel_and_nothing_unverified_is_used(smelter: Workspace) -> None:
    account = smelter.account(year="2022")
    found = doubted(account, draws=200)
    fuel = "line-1 natural-gas amount meter"
    assert account.library.get(found.sources[fuel]).document == "uncertainty-practice"
    assert all(account.library.get(id).tag != "unverified" for id in found.sources.values())


def test_energy_names_what_has_no_coefficient(run: Run) -> None:
    said = run("inventory", "--year", "2023").stdout
    assert "electricity by calorific value" in said
    assert "(electricity by equivalent value): not added up, without electricity from the grid" in said
    assert "parts in tce: natural gas 1,214.30" in said, "two lines of 50 × 10⁴ Nm3 at 12.143"
    assert "t CO2e per 10,000 yuan" in said
    assert "1e4" not in said


def test_where_methods_prescribe_different_sets_one_must_be_named(smelter: Workspace, tmp_path: Path) -> None:
    other = touchstone.open(tmp_path / "workspace")
    (other.folder / "carbon").mkdir()
    (other.folder / "carbon" / "organisation.toml").write_text(
        GROUP.replace("[[holding]]", "", 1)
        .split('owner = "north"')[0]
        .replace("[[node]]", "data_years = { 2024 = 2023 }\n\n[[node]]", 1),
        encoding="utf-8",
    )
    path = tmp_path / "activity.csv"
    path.write_text(
        stated().replace("2022-01", "2024-01").replace("line-2,2023-01", "line-2,2024-01"), encoding="utf-8"
    )
    assert other.import_activity(path).problems == ()
    result = CliRunner().invoke(app, ["inventory", "-w", str(other.folder)])
    assert refused(result).code == "INVENTORY-002"
    assert CliRunner().invoke(app, ["inventory", "--gwp", "AR6", "-w", str(other.folder)]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("inventory", "nobody"), "ORG-013"),
        (("inventory", "--by", "colour"), "INVENTORY-001"),
        (("inventory", "--gwp", "AR7"), "INVENTORY-001"),
        (("inventory", "--year", "23"), "COMMAND-033"),
        (("inventory", "--year", "1999"), "INVENTORY-004"),
        (("inventory", "compare", "1999", "2023"), "INVENTORY-004"),
        (("inventory", "compare", "２０２２", "２０２３"), "COMMAND-033"),
        (("inventory", "works", "2023"), "COMMAND-033"),
        (("inventory", "explain", "line-1"), "COMMAND-033"),
        (("inventory", "explain", "line-1", "2021-13"), "COMMAND-033"),
        (("inventory", "template", "works", "2023"), "COMMAND-033"),
        (("inventory", "--sample"), "COMMAND-034"),
        (("inventory", "--out", "papers"), "COMMAND-033"),
        (("inventory", "--approach", "luck"), "COMMAND-033"),
        (("inventory", "region", "CN-53", "--year", "2023", "--out", "papers"), "COMMAND-033"),
        (("inventory", "performance", "--out", "papers"), "COMMAND-033"),
        (("inventory", "compare", "2022", "2023", "--out", "papers"), "COMMAND-033"),
        (("inventory", "checks", "--out", "papers"), "COMMAND-033"),
        (("methods", "no-such"), "COMMAND-033"),
        (("factors", "--export", "pdf"), "COMMAND-033"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_both_languages(
    run: Run, words: tuple[str, ...], code: str
) -> None:
    problem = refused(run(*words))
    assert problem.code == code
    assert problem.zh


def test_without_an_organisation_it_says_how(tmp_path: Path) -> None:
    touchstone.open(tmp_path / "workspace")
    result = CliRunner().invoke(app, ["inventory", "-w", str(tmp_path / "workspace")])
    assert refused(result).code == "ORG-016"
    assert "--sample" in refused(result).fix


def test_a_folder_with_nothing_but_an_organisation_becomes_a_workspace(tmp_path: Path) -> None:
    nowhere = CliRunner().invoke(app, ["inventory", "-w", str(tmp_path / "none")])
    assert refused(nowhere).code == "ORG-016"
    assert not (tmp_path / "none").exists()
    (tmp_path / "carbon").mkdir()
    (tmp_path / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    file = tmp_path.parent / f"{tmp_path.name}.csv"
    file.write_text(stated(), encoding="utf-8")
    assert CliRunner().invoke(app, ["inventory", "import", str(file), "-w", str(tmp_path)]).exit_code == 0
    assert CliRunner().invoke(app, ["inventory", "-w", str(tmp_path)]).exit_code == 0


def test_every_command_opens_a_folder_with_nothing_but_an_organisation(tmp_path: Path) -> None:
    """factors propose, inventory template, methods and assets, each in a folder of its own."""
    value = (
        "--kind",
        "ncv",
        "--of",
        "natural-gas",
        "--value",
        "350",
        "--unit",
        "GJ/1e4 Nm3",
        "--node",
        "works",
        "--evidence",
        "lab 7",
        "--basis",
        "measured",
    )
    for number, words in enumerate(
        (
            ("factors", "propose", *value, "--by", "ann"),
            ("factors", "review"),
            ("inventory", "template", "works", "2023", "--out", str(tmp_path / "works.xlsx")),
            ("methods",),
            ("assets", "list"),
        )
    ):
        folder = tmp_path / str(number)
        (folder / "carbon").mkdir(parents=True)
        (folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
        result = CliRunner().invoke(app, [*words, "-w", str(folder)])
        assert result.exit_code == 0, (words, result.output, result.exception)


def test_explaining_what_is_not_there_names_the_items_or_months_that_are(run: Run) -> None:
    item = refused(run("inventory", "explain", "line-1", "2022-01", "zzz"))
    assert (
        "liquid aluminium (aluminium.liquid)" in item.expected
        and "natural gas (natural-gas)" in item.expected
    )
    assert item.zh and "天然气（" not in item.zh[1] and "天然气 (natural-gas)" in item.zh[1]
    month = refused(run("inventory", "explain", "line-1", "2022-07"))
    assert "2022-01, 2023-01" in month.expected


@pytest.mark.parametrize("words", [("火星", "--year", "2023"), ("火星",)])
def test_an_unknown_place_is_said_to_be_one_with_the_places_there_are(
    run: Run, words: tuple[str, ...]
) -> None:
    problem = refused(run("inventory", "region", *words))
    assert (problem.code, problem.found) == ("INVENTORY-001", "火星")
    assert "CN-5301 Kunming" in problem.expected and problem.zh and "CN-5301 昆明市" in problem.zh[1]


def test_a_template_of_a_group_is_refused_with_its_enterprises(run: Run, tmp_path: Path) -> None:
    problem = refused(run("inventory", "template", "north", "2023", "--out", str(tmp_path / "north.xlsx")))
    assert problem.code == "COMMAND-033" and "works (works)" in problem.expected
    assert not (tmp_path / "north.xlsx").exists()


def test_a_template_goes_out_and_a_file_comes_in(run: Run, smelter: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "works.xlsx"
    assert run("inventory", "template", "works", "2023", "--out", str(out)).exit_code == 0
    assert out.stat().st_size
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "unit,month,item,parameter,value,measured_in,evidence\nline-1,2023-13,anode,,1,t,meter\n",
        encoding="utf-8",
    )
    result = run("inventory", "import", str(bad))
    assert result.exit_code == 3
    assert "nothing was imported" in result.stdout


def test_the_report_is_written_in_every_form_and_language(run: Run, tmp_path: Path) -> None:
    result = run("inventory", "works", "--year", "2023", "--out", str(tmp_path / "papers"))
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "papers").iterdir()}
    assert names == {
        f"inventory-works-2023.{lang}.{form}"
        for lang in ("zh", "en")
        for form in ("docx", "xlsx", "pdf", "html")
    }
    page = (tmp_path / "papers" / "inventory-works-2023.zh.html").read_text("utf-8")
    assert "合成数据" in page
    assert "十四、依据文件" in page


def test_a_report_that_says_another_number_is_not_written(smelter: Workspace) -> None:
    account = smelter.account(year="2023")
    report = inventory_report(
        account,
        performed(account),
        doubted(account, 200),
        smelter.inventory_caution(account),
        date(2024, 3, 1),
        date(2024, 3, 1),
        True,
    )
    check_report(report, account, "zh")

    def wrong(table: Table) -> Table:
        *rest, last = table.body[0]
        return replace(table, body=((*rest, replace(last, text=Text("1.00", "1.00"))), *table.body[1:]))

    table = next(
        each
        for each in report.blocks
        if isinstance(each, Table) and isinstance(each.body[0][-1], Cell) and each.body[0][-1].number
    )
    spoiled = replace(report, blocks=tuple(wrong(each) if each is table else each for each in report.blocks))
    with pytest.raises(UnsoundInventory) as caught:
        check_report(spoiled, account, "en")
    assert caught.value.code == "INVENTORY-003"


def test_a_factor_is_found_by_words_and_opened_by_id(run: Run) -> None:
    assert "ncv.anthracite@cn-ndrc-2013-al" in run("factors", "无烟煤", "--kind", "ncv").stdout
    grid = "emission.electricity.grid@cn-grid-2023/CN-53/2023/grid-average"
    assert (
        "2023年数据" in run("factors", grid, lang="zh").stdout
        and "data of 2023" in run("factors", grid).stdout
    )
    card = run("factors", "slope.anode-effect.cf4@cn-ndrc-2013-al").stdout
    assert "0.143" in card
    assert "clause" in card


@pytest.mark.parametrize(
    ("form", "sign"),
    [("csv", "supersedes"), ("efdb", "EF ID"), ("pact", '"version"'), ("openlca", "olca-schema")],
)
def test_factors_are_handed_on_in_other_forms(run: Run, form: str, sign: str) -> None:
    assert sign in run("factors", "--document", "cn-ndrc-2013-al", "--export", form).stdout


def test_an_own_factor_is_proposed_by_one_and_accepted_by_another(run: Run) -> None:
    asked = (
        "--kind",
        "ncv",
        "--of",
        "natural-gas",
        "--value",
        "350.1",
        "--unit",
        "GJ/1e4 Nm3",
        "--node",
        "line-1",
    )
    said = run(
        "factors", "propose", *asked, "--basis", "measured", "--evidence", "report 7", "--by", "Li", "--json"
    ).stdout
    [made] = json.loads(said)
    assert (
        refused(run("factors", "review", made["id"], "accept", "--reason", "seen", "--by", "Li")).code
        == "FACTOR-022"
    )
    assert run("factors", "review", made["id"], "accept", "--reason", "seen", "--by", "Wang").exit_code == 0
    assert "accepted" in run("factors", "review").stdout
    assert "350.1" in run("factors", "--tag", "user").stdout
    assert (
        run("factors", "review", made["id"], "withdraw", "--reason", "wrong lab", "--by", "Wang").exit_code
        == 0
    )
    assert "wrong lab" in run("factors", "review").stdout
    assert "350.1" not in run("factors", "--tag", "user").stdout


def test_two_editions_are_compared_in_words_and_on_a_plants_own_data(run: Run) -> None:
    assert "GWP set: SAR → AR5" in run("methods", "cn-ndrc-2013-al", "--against", "cn-cets-2024-al").stdout
    said = run(
        "methods", "cn-ndrc-2013-al", "--against", "cn-cets-2024-al", "--unit", "line-1", "--month", "2022-01"
    ).stdout
    assert f"{ANODE_2022:,.6f}" in said
    assert "CF4" in said


def test_a_method_prints_its_formulas_in_words(run: Run) -> None:
    said = run("methods", "cn-ndrc-2013-al", lang="zh").stdout
    assert "铝液产量 × 吨铝炭阳极净耗" in said
    assert "待定" in said


def test_the_sample_comes_in_with_a_loud_word_and_shows_its_last_year_when_none_is_asked_for(
    tmp_path: Path,
) -> None:
    def told(*words: str) -> Result:
        found = CliRunner().invoke(app, ["inventory", *words, "-w", str(tmp_path / "w")])
        assert found.exit_code == 0, found.output
        return found

    first = told("--sample", "--lang", "zh")
    assert "【合成数据】" in first.stderr and "2024" in first.stdout and "合计" in first.stdout
    one = told("sample", "--year", "2023", "--json", "--lang", "en")
    assert len(json.loads(one.stdout)["rows"]) > 10
