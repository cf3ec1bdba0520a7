"""A small smelter with two potlines, what it states, and the command asked about it."""

from decimal import Decimal

from typer.testing import CliRunner, Result

from touchstone.flow import Workspace
from touchstone.serve.command import app

GROUP = """
[[node]]
key = "north"
kind = "group"
name = { zh = "北方集团", en = "North Group" }

[[node]]
key = "works"
kind = "enterprise"
parent = "north"
name = { zh = "铝厂", en = "works" }
place = "CN-5301"
sector = "aluminium"
methods = { cn-ndrc-2013-al = "always", cn-cets-2024-al = 2024-01-01 }
options = { pfc = "slope", anode = "net-per-tonne" }

[[node]]
key = "line-1"
kind = "unit"
parent = "works"
name = { zh = "一系列", en = "line 1" }
product = "aluminium.liquid"

[[node]]
key = "line-2"
kind = "unit"
parent = "works"
name = { zh = "二系列", en = "line 2" }
product = "aluminium.liquid"
since = 2023-01-01

[[holding]]
owner = "north"
owned = "works"
share = "60 %"
controls = true
"""
ITEMS = (
    ("aluminium.liquid", "", "t", "10000", "10000"), ("anode", "consumption", "t/t", "0.41", "0.40"), ("anode", "sulphur", "%", "2", "2"),
    ("anode", "ash", "%", "0.4", "0.4"), ("anode-effect", "aem", "min", "0.3", "0.3"), ("electricity.grid", "", "MWh", "135000", "132000"),
    ("natural-gas", "", "1e4 Nm3", "50", "50"), ("money.revenue", "", "1e4 CNY", "18000", "18000"),
)  # fmt: skip
ANODE_2022 = Decimal("10000") * Decimal("0.41") * (1 - Decimal("0.024")) * 44 / 12
"""Tonnes of CO2 of the anodes of line 1 in a month of 2022, by hand."""


def stated() -> str:
    """Line 1 in the first months of 2022 and 2023, line 2 in 2023 only."""
    rows = ["unit,month,item,parameter,value,measured_in,evidence"]
    for item, parameter, unit, before, after in ITEMS:
        rows += [
            f"line-1,2022-01,{item},{parameter},{before},{unit},meter",
            f"line-1,2023-01,{item},{parameter},{after},{unit},meter",
            f"line-2,2023-01,{item},{parameter},{after},{unit},meter",
        ]
    return "\n".join(rows) + "\n"


def asked(workspace: Workspace, *words: str, lang: str = "en") -> Result:
    """What the command says of a workspace."""
    return CliRunner().invoke(app, [*words, "-w", str(workspace.folder), "--lang", lang])
