"""A small made-up group: two smelters, one of which is bought within the second year; its activity data, two months of two years."""

from pathlib import Path

import touchstone
from touchstone.flow import Workspace

ORGANISATION = """
# source: synthetic; made up for tests
[[node]]
key = "group"
kind = "group"
name = { zh = "小集团", en = "Small Group" }

[[node]]
key = "east"
kind = "enterprise"
parent = "group"
name = { zh = "东厂", en = "East works" }
place = "CN-37"
sector = "aluminium"
methods = { cn-ndrc-2013-al = "always" }
options = { pfc = "slope" }

[[node]]
key = "east-1"
kind = "unit"
parent = "east"
name = { zh = "一系列", en = "potline 1" }
product = "aluminium.liquid"

[[node]]
key = "west"
kind = "enterprise"
name = { zh = "西厂", en = "West works" }
parent = "group"
place = "CN-65"
sector = "aluminium"
methods = { cn-ndrc-2013-al = "always" }
options = { pfc = "slope" }

[[node]]
key = "west-1"
kind = "unit"
parent = "west"
name = { zh = "一系列", en = "potline 1" }
product = "aluminium.liquid"

[[node]]
key = "other"
kind = "group"
name = { zh = "别家", en = "Somebody else" }

[[holding]]
owner = "other"
owned = "west"
share = "100 %"
controls = true
until = 2023-01-31

[[holding]]
owner = "group"
owned = "west"
share = "100 %"
controls = true
since = 2023-02-01
"""
"""The group; the west works are bought on the first of February 2023."""


def activity() -> str:
    """The activity data as csv: metal, power and coal, and soda ash, of which no verified factor is known."""
    rows = ["unit,month,item,parameter,value,measured_in,evidence"]
    for unit in ("east-1", "west-1"):
        for month in ("2022-01", "2022-02", "2023-01", "2023-02"):
            rows += [
                f"{unit},{month},aluminium.liquid,,1000,t,meter",
                f"{unit},{month},electricity.grid,,13400,MWh,invoice",
                f"{unit},{month},anthracite,,120.5,t,stock",
                f"{unit},{month},soda-ash,,3,t,stock",
            ]
    return "\n".join(rows) + "\n"


def opened(folder: Path, more: str = "") -> Workspace:
    """The group in a workspace of its own. Args: more: rows of activity data beside the usual ones."""
    workspace = touchstone.open(folder / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(ORGANISATION, encoding="utf-8")
    sent = folder / "small.csv"
    sent.write_text(activity() + more, encoding="utf-8")
    assert workspace.import_activity(sent, "synthetic").problems == ()
    return workspace


SPOILT = "east-1,2023-01,anthracite,ncv,29.271,GJ/t,lab\n" + "west-1,2023-02,anthracite,oxidation,98,%,none\n"
"""The calorific value of standard coal, which is an error; and a value without evidence, which is a warning."""
