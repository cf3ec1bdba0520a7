"""What there is to plan for: the made-up province with measured values of its own and a line built by replacing another; two smelters of it."""

from pathlib import Path

from typer.testing import CliRunner

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.command import app

MEASURED = """
[[measured]]
indicator = "renewable.share"
place = "CN-35"
products = ["aluminium.liquid"]
values = { 2020 = "8 %", 2022 = "14 %", 2024 = "19 %" }
document = "own"
tag = "synthetic"
"""


def province(folder: Path) -> Workspace:
    """A workspace with all of it; the potline al-2 is said to be unit line-2 of the inventory."""
    workspace = touchstone.open(folder / "workspace")
    workspace.pathways().take_sample("province")
    own = workspace.folder / "pathway"
    register = (own / "register.csv").read_text("utf-8").splitlines()
    changed = [
        line.replace(",28,,,synthetic", ",28,al-old:30000,line-2,synthetic")
        if line.startswith("al-2,")
        else line
        for line in register
    ]
    (own / "register.csv").write_text("\n".join(changed) + "\n", "utf-8")
    (own / "measured.toml").write_text(MEASURED, "utf-8")
    return workspace


SMALL = """
name = { zh = "小情景", en = "small" }
source = "synthetic"
years = [2024, 2030]
demand."copper.cathode" = { unit = "t", 2024 = 150000 }
outside."copper.cathode" = { cost = { unit = "CNY/t", 2024 = 30000 } }
power.grid = { price = { unit = "CNY/kWh", 2024 = 0.5 }, factor = { unit = "tCO2/MWh", 2024 = 0.5 } }
carbon = { price = { unit = "CNY/t", 2024 = 90 }, power = true }

[[rule]]
key = "cap"
name = { zh = "排放上限", en = "cap on emissions" }
indicator = "emissions"
most = { unit = "t CO2e", 2028 = 165000 }
"""
"""Seven years of two smelters under a cap that costs them something."""


def smelters(
    folder: Path, lines: tuple[str, str] = ("cu-sh-1", "cu-sm-1"), name: str = "small", text: str = SMALL
) -> Workspace:
    """A workspace of two smelters of the province and a scenario of its own, solved in no time."""
    workspace = touchstone.open(folder)
    files = workspace.pathways()
    files.take_sample("province")
    head, *rows = (files.folder / "register.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.startswith(tuple(f"{line}," for line in lines))]
    (files.folder / "register.csv").write_text(head + "".join(kept), "utf-8")
    for path in (files.folder / "scenarios").iterdir():
        path.unlink()
    (files.folder / "scenarios" / f"{name}.toml").write_text(text, "utf-8")
    return workspace


def run(workspace: Workspace, *words: str, lang: str = "en") -> str:
    """What `touchstone pathway` prints; a refusal is raised as it is."""
    done = CliRunner().invoke(app, ["pathway", *words, "-w", str(workspace.folder), "--lang", lang])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout
