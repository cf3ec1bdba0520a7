"""The page of a factor and its command: an own value says who proposed and who reviewed it; a row without a value is nobody's citation."""

import json
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

import touchstone
from touchstone.desk.factor_proposals import Draft
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.command import app
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


def run(workspace: Workspace, *words: str, lang: str = "en") -> Result:
    return CliRunner().invoke(app, [*words, "--workspace", str(workspace.folder), "--lang", lang])


def refused(result: Result) -> Refusal:
    assert isinstance(result.exception, Refusal), result.output
    return result.exception


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


def test_a_row_without_a_value_never_looks_like_a_cited_one(opened: Workspace) -> None:
    said = run(opened, "factors", "emission.electricity.grid@cn-grid-2023/CN-53/2023/grid-average").stdout
    assert "no value was found" in said and "publicly transcribed" not in said
    assert "未见数值" in run(opened, "factors", "云南", "2023", lang="zh").stdout


def test_an_own_factor_says_from_when_to_when_it_holds_and_how_sure_it_is(opened: Workspace) -> None:
    asked = (
        "--kind", "emission", "--of", "electricity.grid", "--value", "0.2", "--basis", "measured", "--unit", "tCO2/MWh", "--gas", "CO2", "--family",
        "grid-average", "--valid-from", "2024-07-01", "--valid-to", "2024-12-31", "--low", "0.19", "--high", "0.21",
        "--evidence", "supplier", "--by", "Li",
    )  # fmt: skip
    [made] = json.loads(run(opened, "factors", "propose", *asked, "--node", "line-1", "--json").stdout)
    own = made["factor"]
    assert (own["valid_from"], own["valid_to"], own["low"]) == ("2024-07-01", "2024-12-31", "0.19")
    assert refused(run(opened, "factors", "propose", *asked, "--node", "line-x")).code == "FACTOR-020"
    unsaid = [each for each in asked if each not in ("--basis", "measured")]
    silent = refused(run(opened, "factors", "propose", *unsaid, "--node", "line-1"))
    assert (
        silent.code == "FACTOR-020" and "measured" in silent.expected
    )  # what nobody says was measured is not called so
    wrong = refused(run(opened, "factors", "propose", *asked, "--node", "line-1", "--valid-from", "July"))
    assert wrong.code == "COMMAND-033" and wrong.where == "--valid-from"
    for written in ("1e999999999", "44,1"):
        huge = refused(run(opened, "factors", "propose", *asked, "--node", "line-1", "--high", written))
        assert huge.where == "--high" and "1,234.5" in huge.expected
