"""Of what a least-cost plan is proven: said by the command, the page, the report and as data."""

import json
import re
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.calc.pathway.deployment.result import Options, totals
from touchstone.calc.pathway.pathway import projected
from touchstone.flow import Workspace
from touchstone.serve.pathway_plans_page import solved
from touchstone.serve.web import console

from .planned import run, smelters

SHARED = """
name = { zh = "共用", en = "shared" }
source = "synthetic"
years = [2024, 2030]
demand."copper.cathode" = { unit = "t", 2024 = 300000, 2025 = 260000 }
outside."copper.cathode" = { cost = { unit = "CNY/t", 2024 = 30000 } }
power.grid = { price = { unit = "CNY/kWh", 2024 = 0.5 }, factor = { unit = "tCO2/MWh", 2024 = 0.5 } }
power.green = { price = { unit = "CNY/kWh", 2024 = 0.6 }, factor = { unit = "tCO2/MWh", 2024 = 0 }, renewable = { unit = "%", 2024 = 100 } }

[[rule]]
key = "own"
name = { zh = "自己的绿电", en = "green power of its own" }
indicator = "renewable.share"
lines = ["cu-nd-1"]
least = { unit = "%", 2028 = 60 }

[[rule]]
key = "peak"
name = { zh = "按时达峰", en = "peak in time" }
indicator = "peak"
most = { unit = "t CO2e", 2028 = 0 }
"""


def test_in_no_time_the_plan_is_no_dearer_than_what_the_scenarios_own_rules_give(tmp_path: Path) -> None:
    files = touchstone.open(tmp_path / "group").pathways()
    files.take_sample("group")
    projection = projected(files.compiled("steady"))
    found = solved(projection, Options(level="exact", seconds=0.0), lambda _: None, Event())
    assert found.status == "stopped"
    assert found.cost + found.missed <= sum(totals(projection.given.case, projection.plan))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two smelters in one place, of which one alone must have green power; emissions must not rise at the end."""
    return smelters(tmp_path_factory.mktemp("shared"), ("cu-nd-1", "cu-nd-2"), "shared", SHARED)


def test_a_plan_that_is_the_best_of_some_mixes_alone_is_not_called_proven(
    shared: Workspace, tmp_path: Path
) -> None:
    """Command, data, page and report say that it is a local optimum, how far above the least cost it can be, and of which peak that is."""
    words = run(shared, "solve", "shared", "--lang", "en")
    assert "A local optimum" in words and "Proven optimal" not in words and "PLAN-003" not in words
    said = re.search(r"Before “peak in time” the highest year is (202[4-7])", words)
    assert said is not None
    plan = json.loads(run(shared, "solve", "shared", "--json"))["plan"]
    assert plan["status"] == "local" and plan["gap"] > 1e-3
    assert plan["bound"] < plan["cost"] + plan["missed"]
    assert any(said[0] in each["en"] for each in plan["provisos"])
    page = TestClient(console(shared), base_url="http://127.0.0.1").get("/pathway/plans?s=shared&lang=zh")
    assert "局部最优" in page.text and f"“按时达峰”之前的最高年按{said[1]}年计" in page.text
    run(shared, "report", "shared", "--plan", "optimum", "--out", str(tmp_path / "r.html"), "--lang", "en")
    report = (tmp_path / "r.html").read_text("utf-8")
    assert "A local optimum" in report and said[0] in report
