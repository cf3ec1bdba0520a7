"""The page of a factor: an own value says who proposed and who reviewed it; a row without a value is nobody's citation."""

from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.desk.factor_proposals import Draft
from touchstone.flow import Workspace
from touchstone.serve.web import console

from ..calc.carbon.made import GROUP


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    return workspace


def page(workspace: Workspace, address: str) -> str:
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_an_own_value_names_its_node_who_proposed_it_and_who_reviewed_it_and_why(opened: Workspace) -> None:
    desk = opened.factor_proposals()
    draft = Draft("ncv", "anthracite", Decimal("21.35"), "GJ/t", "measured", "line-1")
    made = desk.propose(draft, opened.factors(), opened.organisation().nodes, "Zhou", "report 7")
    desk.accept(made.id, "agrees with the report", "Wu")
    shown = page(opened, f"/factors/{quote(made.factor.id)}?lang=en")
    assert "Proposed by</dt><dd>Zhou" in shown and "accepted by Wu" in shown
    assert "agrees with the report" in shown and "line 1 (line-1)" in shown and "org.line-1</dd>" not in shown
    assert "Issuer" not in shown and "<dd>measured</dd>" in shown


def test_a_row_without_a_value_does_not_say_that_it_was_transcribed(opened: Workspace) -> None:
    empty = "emission.electricity.grid@cn-grid-2023/CN-53/2023/grid-average"
    shown = page(opened, f"/factors/{quote(empty)}?lang=en")
    assert "no value was found, never taken" in shown.split('class="fields')[0]
    listed = page(opened, "/factors?q=Yunnan+2023&lang=en")
    assert "no value was found" in listed and "as transcribed in public</span>" not in listed
