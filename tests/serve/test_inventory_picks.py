"""What one chooses on a page of an inventory: a GWP set nobody chose is said, and every group that owns something can be asked for."""

from pathlib import Path

from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.web import console

from .small_group import ORGANISATION

TWO_GUIDELINES = (
    ORGANISATION.replace('pfc = "slope"', 'pfc = "default", anode = "net-per-tonne"', 1)
    .replace('methods = { cn-ndrc-2013-al = "always" }', 'methods = { cn-cets-2024-al = "always" }', 1)
    .replace('pfc = "slope"', 'pfc = "default"')
)


def client(workspace: Workspace) -> TestClient:
    return TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False)


def two_guidelines(folder: Path) -> Workspace:
    """East by the guideline of the trading scheme, west by that of 2013, in one year."""
    workspace = touchstone.open(folder / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(TWO_GUIDELINES, encoding="utf-8")
    sent = folder / "two.csv"
    rows = [f"{unit},2024-01,aluminium.liquid,,1000,t,meter" for unit in ("east-1", "west-1")]
    sent.write_text(
        "\n".join(["unit,month,item,parameter,value,measured_in,evidence", *rows]) + "\n", encoding="utf-8"
    )
    assert workspace.import_activity(sent, "synthetic").problems == ()
    return workspace


def test_a_year_of_two_guidelines_says_which_gwp_set_the_page_took_and_why(tmp_path: Path) -> None:
    with client(two_guidelines(tmp_path)) as asking:
        said = "the methods of 2024 prescribe different ones: SAR, AR5; the latest, AR5, is taken unless you choose; weighed here by "
        assert said + "AR5" in asking.get("/inventory?year=2024&lang=en").text
        assert said + "SAR" in asking.get("/inventory?year=2024&set=SAR&lang=en").text
        assert "2024年各方法规定的不同" in asking.get("/inventory?year=2024&lang=zh").text


def test_the_twin_says_which_gwp_set_was_taken_and_that_the_methods_differ(tmp_path: Path) -> None:
    with client(two_guidelines(tmp_path)) as asking:
        for page in ("/inventory", "/inventory/east"):
            found = asking.get(f"{page}.json?year=2024").json()["gwp"]
            assert (found["set"], found["sets_of_methods"], found["differ"]) == ("AR5", ["SAR", "AR5"], True)
            assert asking.get(f"{page}.json?year=2024&set=SAR").json()["gwp"]["set"] == "SAR"


def test_a_year_of_one_guideline_says_nothing_of_it(accounted: Workspace) -> None:
    with client(accounted) as asking:
        assert "prescribe different" not in asking.get("/inventory?year=2023&lang=en").text
        assert not asking.get("/inventory.json?year=2023").json()["gwp"]["differ"]


def test_a_group_that_owns_a_works_can_be_asked_for_though_nothing_stands_below_it(
    accounted: Workspace,
) -> None:
    """Somebody else holds the west works until the end of January 2023."""
    with client(accounted) as asking:
        usual = asking.get("/inventory?year=2022&lang=en").text
        assert "Somebody else" in usual and "group=other" in usual
        other = asking.get("/inventory.json?year=2022&group=other").json()
        assert [row["enterprise"] for row in other["enterprises"] if row["2022"] not in ("", None, "0")] == [
            "west"
        ]
