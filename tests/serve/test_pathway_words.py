"""How the command line words what models found: missed targets, works, the tonnes of a line and a year too few."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from touchstone.calc.pathway.works import Taken, Work
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.pathway_works import _outcome

from .planned import SMALL, run, smelters


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two smelters of the province and a scenario of seven years, solved in no time."""
    return smelters(tmp_path_factory.mktemp("small"))


def test_a_target_that_is_missed_says_whether_it_cannot_be_met_or_is_dearer_than_its_penalty(
    small: Workspace, tmp_path: Path
) -> None:
    """A floor no line can reach; a cap that is worth less than the cheapest measure; each of them alone."""
    scenarios = small.pathways().folder / "scenarios"
    floor = SMALL.replace('"emissions"', '"output"').replace(
        'most = { unit = "t CO2e", 2028 = 165000 }', 'least = { unit = "t", 2028 = 900000 }'
    )
    (scenarios / "high.toml").write_text(floor, "utf-8")
    (scenarios / "cheap.toml").write_text(SMALL.replace("165000 }", "160000 }\nprice = 1"), "utf-8")
    try:
        high, cheap = (run(small, "solve", key) for key in ("high", "cheap"))
        assert "cap on emissions cannot be met: even if nothing else were asked for" in high
        assert "in 2028" in high and "price   2028" not in high
        line = 2 + (scenarios / "cheap.toml").read_text("utf-8").splitlines().index("[[rule]]")
        assert f"counts 1 yuan per t CO₂e (price at pathway/scenarios/cheap.toml:{line})" in cheap
        assert (
            "could be met, if need be with metal bought outside, but that costs more than missing it" in cheap
        )
        run(small, "report", "cheap", "--out", str(tmp_path / "cheap.html"))
        assert "costs more than missing it" in (tmp_path / "cheap.html").read_text("utf-8")
    finally:
        for key in ("high", "cheap"):
            (scenarios / f"{key}.toml").unlink(missing_ok=True)


def test_a_work_that_emits_more_says_so_and_one_without_a_cost_of_a_tonne_says_why(small: Workspace) -> None:
    """A line that goes back to older cells; one built where nothing stood; one whose investment nobody stated."""
    given = small.pathways().compiled("small")
    line = given.register.lines[0]
    work = Work(
        line,
        2025,
        2025,
        "a",
        "b",
        (Taken("cu.waste-heat", 1.0, 2025, 2025),),
        1000.0,
        1.0,
        -1733.0,
        -7484.0,
        12.6e7,
        -1e4,
        np.nan,
    )

    def said(**parts: float) -> str:
        return _outcome(replace(work, **parts), "en")

    assert said() == (
        "emits 1,733 t CO₂e a year more, uses 7,484 MWh more; invests 12,600 ×10,000 yuan, running −1 ×10,000 yuan a year; "
        "avoids nothing, so no cost of a tonne"
    )
    assert "每年增排 1,733 t CO₂e、多用电 7,484 MWh" in _outcome(work, "zh")
    assert "nobody can say what it saves" in said(emissions=np.nan, power=np.nan, running=np.nan)
    assert said(emissions=10.0, investment=np.nan).endswith(
        "its investment is not stated, running −1 ×10,000 yuan a year; so no cost of a tonne"
    )
    assert "saves 10 t CO₂e a year" in said(emissions=10.0, each=5.0) and said(
        emissions=10.0, each=5.0
    ).endswith("5 yuan/t")


def test_the_tonnes_of_a_line_are_worked_out_from_demand_with_its_line_and_shares_are_in_percent(
    small: Workspace,
) -> None:
    """150,000 t by two smelters that can make 210,000 and 40,000 t: the larger one has 84 % of them."""
    said = run(small, "explain", "small", "cu-sh-1", "2030").splitlines()
    process = small.pathways().catalogue()["cu.converter"].name.en
    assert said[0].startswith(f"{process} (cu.converter): 126,000 t × ")
    line = 1 + SMALL.splitlines().index('demand."copper.cathode" = { unit = "t", 2024 = 150000 }')
    assert f"  demand for copper cathode 150,000 t  pathway/scenarios/small.toml:{line}  synthetic" in said
    [part] = [each for each in said if "part of what all lines can make" in each]
    assert "210,000 t/a at a load of 1, of 250,000 t) 84%  pathway/register.csv:2" in part
    assert any(each.startswith("  share of grid 100%") for each in said)


def test_one_year_without_another_is_told_with_how_it_is_asked(small: Workspace) -> None:
    with pytest.raises(Refusal) as refused:
        run(small, "why", "small", "2030")
    assert "touchstone pathway why small 2030 LAST" in refused.value.expected
    assert "why small 2030 --against SCENARIO" in refused.value.expected and "None" not in str(refused.value)


def test_it_is_told_which_of_the_plans_that_are_kept_is_taken(small: Workspace, tmp_path: Path) -> None:
    """Solved as whole lines and in full: the full model costs less, and is the one that leaves."""
    for level in ("whole", "exact"):
        run(small, "solve", "small", "--level", level)
    words = [
        "pathway",
        "export",
        "small",
        "--out",
        str(tmp_path / "out.csv"),
        "-w",
        str(small.folder),
        "--lang",
        "en",
    ]
    told = CliRunner().invoke(app, words).stderr
    assert "the least-cost plan kept of small: the full model, " in told and "Proven optimal" in told
