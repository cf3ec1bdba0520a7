"""Pages and the command say one number: weighed by the set of the year's methods, and by the factors accepted by now."""

from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.desk.factor_proposals import Draft
from touchstone.flow import Workspace
from touchstone.serve.web import console

from .smelter import GROUP, stated


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    path = tmp_path / "activity.csv"
    path.write_text(stated(), encoding="utf-8")
    assert workspace.import_activity(path).problems == ()
    return workspace


def asked(opened: Workspace) -> TestClient:
    return TestClient(console(opened), base_url="http://127.0.0.1:8000")


def test_a_page_weighs_a_year_by_the_set_that_its_guideline_prescribes(opened: Workspace) -> None:
    account = opened.account(year="2023", node="works")
    assert account.set == "SAR"
    page = asked(opened).get("/inventory/works.json?year=2023").json()
    assert page["set"] == "SAR" and Decimal(str(page["total"])) == pytest.approx(
        Decimal(account.total.numerator) / account.total.denominator, abs=1
    )


def test_an_accepted_factor_is_on_the_page_at_once(opened: Workspace) -> None:
    with asked(opened) as client:
        before = client.get("/inventory/works.json?year=2023").json()["total"]
        desk = opened.factor_proposals()
        draft = Draft("ncv", "natural-gas", Decimal("350"), "GJ/1e4 Nm3", "measured", "works")
        made = desk.propose(draft, opened.factors(), ("works",), "Li", evidence="report 7")
        desk.accept(made.id, "checked", "Wang")
        after = client.get("/inventory/works.json?year=2023").json()["total"]
    assert float(after) < float(before)
