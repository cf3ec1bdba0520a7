"""Own factors from the page: one person proposes with evidence, another reviews; what cannot be used is refused and nothing typed is lost."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.web import console

from ..calc.carbon.made import GROUP

PAGE = "/factors/proposals"
COAL = {
    "kind": "ncv", "of": "anthracite", "node": "line-1", "value": "21.35", "unit": "GJ/t", "basis": "measured", "data_year": "2024",
    "evidence": "laboratory report 7 of 2024-05-02", "by": "Zhou",
}  # fmt: skip


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    return workspace


@pytest.fixture
def asking(opened: Workspace) -> Iterator[TestClient]:
    with TestClient(console(opened), base_url="http://127.0.0.1:8000", follow_redirects=True) as client:
        yield client


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(PAGE).text)
    assert found
    return found[1]


def proposed(client: TestClient, **changed: str) -> str:
    """The page after a value was proposed."""
    answer = client.post(PAGE + "?lang=en", data=COAL | changed | {"token": token(client)})
    assert answer.status_code == (200 if "problem" not in answer.text else 409)
    return answer.text


def only(client: TestClient) -> dict[str, str]:
    [row] = client.get(PAGE + ".json").json()
    return dict(row)


def test_one_proposes_another_accepts_and_the_factor_says_who_reviewed_it_when_and_why(
    asking: TestClient, opened: Workspace
) -> None:
    shown = proposed(asking)
    assert "laboratory report 7" in shown and "Zhou" in shown and "21.35" in shown
    mine = only(asking)
    assert mine["state"] == "proposed" and "1 waiting for review" in asking.get("/factors?lang=en").text
    review = {"words": "agrees with the report", "token": token(asking)}
    own = asking.post(f"{PAGE}/{mine['proposal']}/accept", data=review | {"by": "Zhou"})
    assert own.status_code == 409 and "FACTOR-022" in own.text, "nobody accepts what is theirs"
    assert asking.post(f"{PAGE}/{mine['proposal']}/accept", data=review | {"by": "Wu"}).status_code == 200
    assert only(asking)["state"] == "accepted" and only(asking)["reviewed_by"] == "Wu"
    factor = asking.get(f"/factors/{quote(mine['factor'])}?lang=en").text
    assert "accepted by Wu on" in factor and "agrees with the report" in factor
    assert mine["factor"] in opened.factors()


def test_an_accepted_value_is_withdrawn_with_a_reason_and_gone_from_the_library(
    asking: TestClient, opened: Workspace
) -> None:
    proposed(asking)
    mine = only(asking)
    for act, by in (("accept", "Wu"), ("withdraw", "Li")):
        done = asking.post(
            f"{PAGE}/{mine['proposal']}/{act}", data={"words": "as found", "by": by, "token": token(asking)}
        )
        assert done.status_code == 200
    assert only(asking)["state"] == "withdrawn" and mine["factor"] not in opened.factors()
    assert "Li" in asking.get(PAGE + "?state=withdrawn").text


def test_a_value_is_called_measured_only_where_somebody_said_so(asking: TestClient) -> None:
    basis = re.search(r'<select name="basis".*?</select>', asking.get(PAGE).text)
    assert basis and '<option value="">' in basis[0] and "selected" not in basis[0]
    answer = asking.post(PAGE, data=COAL | {"basis": "", "token": token(asking)})
    assert answer.status_code >= 400 and asking.get(f"{PAGE}.json").json() == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("value", "213.5", "five times"), ("value", "many", "a number"), ("value", "44,1", "groups of three"),
        ("value", "1,2,3", "groups of three"),
        ("value", "1e999999999", "1e12"), ("low", "1e999999999", "1e12"), ("high", "4_4", "a number"),
        ("unit", "kg", "GJ/t"), ("data_year", "24", "four digits"),
        ("valid_from", "July", "a day"), ("file", "lost.pdf", "document of the workspace"), ("node", "line-9", "key of a node"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_at_its_field_and_everything_typed_is_still_there(
    asking: TestClient, field: str, value: str, said: str
) -> None:
    shown = proposed(asking, **{field: value})
    assert "FACTOR-020" in shown and said in shown
    assert "laboratory report 7 of 2024-05-02</textarea>" in shown and 'value="Zhou"' in shown
    assert f'value="{value}"' in shown or field == "node"
    assert asking.get(PAGE + ".json").json() == []


def test_thousands_in_groups_of_three_are_taken_as_written(asking: TestClient) -> None:
    proposed(asking, value="21,350", unit="kJ/kg")
    assert Decimal(only(asking)["value"]) == 21350


def test_without_evidence_or_name_nothing_is_proposed(asking: TestClient) -> None:
    assert "FACTOR-020" in proposed(asking, evidence="")
    assert 'id="problem"' in proposed(asking, by=" ")
    assert asking.get(PAGE + ".json").json() == []


def test_another_site_and_an_old_form_propose_nothing(asking: TestClient) -> None:
    assert asking.post(PAGE, data=COAL | {"token": "old"}).status_code == 403
    mine = COAL | {"token": token(asking)}
    assert asking.post(PAGE, data=mine, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert (
        asking.post(
            f"{PAGE}/factor-0/accept", data={"words": "x", "by": "Wu", "token": mine["token"]}
        ).status_code
        == 404
    )
    assert (
        asking.post(
            f"{PAGE}/factor-0/burn", data={"words": "x", "by": "Wu", "token": mine["token"]}
        ).status_code
        == 404
    )


def test_evidence_may_be_a_document_that_the_workspace_keeps(
    asking: TestClient, opened: Workspace, tmp_path: Path
) -> None:
    paper = tmp_path / "report.txt"
    paper.write_text("NCV 21.35 GJ/t", "utf-8")
    opened.read(paper)
    [entry] = opened.documents()
    proposed(asking, evidence="", file=entry.name)
    assert only(asking)["document"] == entry.hash
    assert f'href="/document/{entry.hash}"' in asking.get(PAGE).text
