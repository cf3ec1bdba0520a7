"""A province to plan for: the made-up sample, with measured values of its own, and one line built by replacing another."""

from pathlib import Path

import touchstone
from touchstone.flow import Workspace

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
