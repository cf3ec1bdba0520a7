"""The plant register against the carbon inventory of its units."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import touchstone
from touchstone.calc.pathway.base_year import Base, bases, filled
from touchstone.calc.pathway.register_file import read_register
from touchstone.flow import Workspace
from touchstone.serve.command import app


@pytest.fixture(scope="module")
def opened(group: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample group with its inventory and its plant register."""
    opened = touchstone.open(shutil.copytree(group.folder, tmp_path_factory.mktemp("base") / "workspace"))
    opened.pathways().take_sample("group")
    return opened


@pytest.fixture(scope="module")
def found(opened: Workspace) -> dict[str, Base]:
    """The lines of the sample group beside the units of the sample inventory, 2023."""
    return {each.line.key: each for each in bases(opened.pathways().register(), opened.account(year="2023"))}


def test_a_line_stands_beside_what_its_unit_made_and_used(found: dict[str, Base]) -> None:
    line = found["al-north-1"]
    assert line.months == 12 and line.measured["output"] == pytest.approx(159_005.1)
    assert line.measured["electricity"] == pytest.approx(13_412, abs=1)
    assert abs(line.apart("electricity") or 1) < 0.01


def test_a_month_stated_in_the_wrong_unit_shows_as_a_register_far_from_the_inventory(
    found: dict[str, Base],
) -> None:
    """One month of this potline is stated a thousand times too large in the sample: the register is 98 % below the inventory."""
    assert (found["al-west-2"].apart("electricity") or 0) < -0.9


def test_direct_emissions_of_an_incomplete_year_are_not_divided_by_its_output(found: dict[str, Base]) -> None:
    line = found["al-south-3"]
    assert line.months == 9 and line.measured["direct"] is None


def test_empty_cells_are_filled_in_the_unit_of_their_column_and_stated_ones_are_left_alone(
    found: dict[str, Base], tmp_path: Path
) -> None:
    text = (
        "line,place,product,technology,capacity [t/yr],output [1e4 t],electricity [kWh/t],direct [t CO2e/t],inventory,note\n"
        "al-north-1,CN-15,aluminium.liquid,al.medium,170000,,13500,,al-north-p1,\n"
    )
    [mine] = read_register(text, "register.csv")[0].lines
    made = filled(text, [replace(found["al-north-1"], line=mine)])
    register, wrong = read_register(made, "register.csv")
    assert register is not None and not wrong
    [line] = register.lines
    assert line.output == pytest.approx(159_005, abs=1) and line.electricity == pytest.approx(13.5)
    assert line.direct == pytest.approx(1.7506, abs=1e-4)
    assert line.note == "output, direct: inventory al-north-p1 2023"


def test_what_is_wrong_with_the_inventory_is_told_beside_its_values_and_not_written(
    opened: Workspace, tmp_path: Path
) -> None:
    """A unit nobody knows, a potline with a month a thousand times too large, and a year without data."""
    file, out = opened.pathways().folder / "register.csv", tmp_path / "filled.csv"
    text = file.read_text("utf-8")
    file.write_text(text.replace("al-north-p1", "nosuch").replace(",13350,", ",,"), "utf-8")
    try:
        made, silent = (
            CliRunner().invoke(app, ["pathway", "base", *words, "-w", str(opened.folder), "--lang", "en"])
            for words in (("2023", "--out", str(out)), ("2029",))
        )
    finally:
        file.write_text(text, "utf-8")
    assert made.exit_code == 1 and "PATHWAY-026" in made.stderr and "nosuch" in made.stderr
    doubted = made.stdout.partition(", al-west-p2 (12 months)")[2].partition(" months)")[0]
    assert "10 to the power 3" in doubted and "leaves this line as it is" in doubted
    [line] = [each for each in out.read_text("utf-8").splitlines() if each.startswith("al-west-2,")]
    assert "255443,,1.58" in line, "what the checks doubt fills no cell"
    assert "no output and power of this unit in 2029; years with data: 2022, 2023, 2024" in silent.stdout
