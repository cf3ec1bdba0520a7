"""What was worked out before is shown again only of the plan it was worked out of; a file of a plan that nobody can read is no plan."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from touchstone.calc.pathway.deployment.result import Deployed, Options
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.flow.pathway_plans import Plans
from touchstone.publish.pathway.target import both
from touchstone.publish.pathway.tornado import Tornado
from touchstone.publish.report.report import Figure
from touchstone.serve.pathway_chances_page import Question, chances_page, planned
from touchstone.serve.pathway_known import _key
from touchstone.serve.pathway_papers import Wanted, report_of
from touchstone.serve.pathway_plans_page import plan_name
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.shelf import Shelf, Stock

from .planned import SMALL, smelters

DRIVEN = (
    SMALL
    + """
[[driver]]
key = "carbon-price"
name = { zh = "碳价", en = "carbon price" }
of = "carbon.price"
kind = "level"
distribution = "lognormal"
spread = "20 %"
source = "synthetic"

[[driver]]
key = "power-price"
name = { zh = "电价", en = "power price" }
of = "power.price"
kind = "level"
distribution = "lognormal"
spread = "10 %"
source = "synthetic"
"""
)
ADOPTED = """
name = { zh = "改造", en = "adopts" }
base = "small"
source = "synthetic"

[[adopt]]
technology = "cu.waste-heat"
product = "copper.cathode"
share = "90 %"
from = 2025
until = 2027
"""
QUESTION = Question("small", "optimum", 100, 1, 2030)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two smelters, a scenario with a driver, and one that differs in what it adopts alone."""
    workspace = smelters(tmp_path_factory.mktemp("kept"))
    scenarios = workspace.pathways().folder / "scenarios"
    (scenarios / "small.toml").write_text(DRIVEN, "utf-8")
    (scenarios / "adopts.toml").write_text(ADOPTED, "utf-8")
    return workspace


@pytest.fixture(scope="module")
def best(small: Workspace) -> Deployed:
    """The plan of least cost."""
    return deploy(small.pathways().compiled("small").case, Options())


def plans_of(workspace: Workspace) -> Plans:
    return Plans(workspace.pathways().folder / "plans")


def told_otherwise(raw: bytes, change: Callable[[dict[str, Any]], Any]) -> bytes:
    """A file that tells something else of its plan, as one of another version does."""
    with np.load(io.BytesIO(raw)) as held:
        arrays = {name: held[name] for name in held.files}
    arrays["told"] = np.array(json.dumps(change(json.loads(str(arrays["told"])))))
    into = io.BytesIO()
    np.savez_compressed(into, **arrays)
    return into.getvalue()


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "half of it": lambda raw: raw[: len(raw) // 2],
    "another file": lambda raw: b"PK\x03\x04 no plan at all",
    "bytes turned over": lambda raw: raw[:400] + bytes(each ^ 0xFF for each in raw[400:900]) + raw[900:],
    "a newer version": lambda raw: told_otherwise(raw, lambda told: told | {"newly_told": 1}),
    "an older version": lambda raw: told_otherwise(
        raw, lambda told: {name: value for name, value in told.items() if name != "steps"}
    ),
    "a cost of nothing": lambda raw: told_otherwise(raw, lambda told: told | {"cost": None, "steps": 0}),
    "a list": lambda raw: told_otherwise(raw, lambda told: [1]),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_plan_file_that_cannot_be_read_is_no_plan_and_the_next_solve_takes_its_place(
    small: Workspace, best: Deployed, spoilt: str
) -> None:
    plans, case = plans_of(small), small.pathways().compiled("small").case
    path = plans.folder / "spoilt.npz"
    path.unlink(missing_ok=True)
    assert plans.keep("spoilt", best)
    path.write_bytes(SPOILT[spoilt](path.read_bytes()))
    if spoilt != "a cost of nothing":
        assert plans.kept("spoilt", case) is None
    newer = "version" in spoilt  # of the very same cost: the one that is there stays or goes, nothing is lost
    assert plans.keep("spoilt", replace(best, cost=best.cost * (1 - 1e-6)) if newer else best)
    kept = plans.kept("spoilt", case)
    assert kept is not None and (kept.plan.standing == best.plan.standing).all()


def test_chances_importance_and_report_are_of_the_plan_that_is_kept_now(
    small: Workspace, best: Deployed
) -> None:
    """A first plan, asked about; then a better one is kept, and nothing else changes."""
    plans, served = plans_of(small), Stock(small)
    case = small.pathways().compiled("small").case
    first = deploy(case, Options(seconds=0.0))

    def said(stock: Stock) -> tuple[object, ...]:
        asked = {"plan": "optimum", "draws": "100", "result": "cost"}
        page = chances_page(Shelf(stock), ["small"], asked, "en")
        paper = report_of(stock.pathways(), ["small"], Wanted("optimum", draws=100), date(2026, 1, 1))
        of_paper = re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d UTC", "", repr(paper))
        return json.dumps(page.data()), page.shown["importance"], page.shown["fans"], of_paper

    assert plans.keep(plan_name("small", "exact"), first)
    before = said(served)
    assert plans.keep(plan_name("small", "auto"), replace(best, level=first.level, seconds=first.seconds))
    now = said(served)
    assert now == said(Stock(small))
    assert all(new != old for new, old in zip(now, before, strict=True))


def test_chances_of_years_that_lack_the_one_that_is_asked_about_are_of_the_next_year_there_is(
    small: Workspace,
) -> None:
    """A plan of 2024, 2027 and 2034, asked about 2030: what emissions hang on is told of 2034, in the report and on the page."""
    sparse = (
        'name = { zh = "里程", en = "miles" }\nbase = "small"\nsource = "synthetic"\nmilestones = [2024, 2027, 2034]\n'
        '[[driver]]\nkey = "grid"\nof = "grid.factor"\ndistribution = "uniform"\nrange = ["80 %", "120 %"]\n'
    )
    file = small.pathways().folder / "scenarios" / "sparse.toml"
    file.write_text(sparse, "utf-8")
    try:
        served = Stock(small)
        paper = report_of(
            served.pathways(), ["sparse"], Wanted("projection", draws=100, before=2030), date(2026, 1, 1)
        )
        swings = [
            block.zh for block in paper.blocks if isinstance(block, Figure) and isinstance(block.zh, Tornado)
        ]
        assert [each.title.en for each in swings] == [both("pathway_tornado.title", year=2034).en]
        asked = {"plan": "projection", "draws": "100", "result": "emissions"}
        assert chances_page(Shelf(served), ["sparse"], asked, "en").shown["importance"]
    finally:
        file.unlink()


def test_a_plan_made_anew_stands_beside_the_projection_it_was_drawn_with(small: Workspace) -> None:
    """Two scenarios of one case, whose projections differ since one adopts a technology."""
    stock = PathwayStock(small.pathways())
    small_one, adopts = (stock.projected(key) for key in ("small", "adopts"))
    assert small_one.accounts.emissions[-1] != adopts.accounts.emissions[-1]
    asked = [replace(QUESTION, key=key, plan="anew") for key in ("small", "adopts")]
    assert _key(stock, asked[0]) != _key(stock, asked[1])
    assert _key(stock, asked[0]) == _key(PathwayStock(small.pathways()), asked[0])


def test_a_plan_of_a_case_that_changed_since_is_told_apart_from_none(
    small: Workspace, best: Deployed
) -> None:
    """The register changes behind a solve: the plan is there, and is of what was."""
    plans, register = plans_of(small), small.pathways().folder / "register.csv"
    before = register.read_text("utf-8")
    plans.keep(plan_name("small", "auto"), best)
    register.write_text(before.replace(",210000,", ",220000,"), "utf-8")
    try:
        for key, code in (("small", "PATHWAY-023"), ("adopts", "PATHWAY-019")):
            with pytest.raises(Refusal) as refused:
                planned(PathwayStock(small.pathways()), replace(QUESTION, key=key))
            assert refused.value.code == code and f"touchstone pathway solve {key}" in refused.value.fix
            if code == "PATHWAY-023":
                assert "pathway/plans/small.auto.npz" in refused.value.where
    finally:
        register.write_text(before, "utf-8")
