"""Command, table and page say one thing of the made-up group: by the year, and inside the trading boundary only what it counts."""

from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.inventory.yearly import yearly
from touchstone.flow import Workspace
from touchstone.serve.web import console


def test_output_that_is_stated_once_a_year_is_of_the_year_in_the_command_and_in_the_table(
    group: Workspace,
) -> None:
    account = group.account(year="2024", asked_set="AR5")
    of = {each.item: each for each in performed(account).intensities}
    rows = {row.key: row for row in yearly(group.account(asked_set="AR5")).rows}
    output, shown = of["money.output"], rows["per-output"].cells["2024"]
    assert float(output.value) == pytest.approx(float(account.total / output.amount))
    assert shown.value is not None and float(output.value) == pytest.approx(float(shown.value), rel=1e-6)


def test_alumina_has_an_intensity_with_the_heat_that_its_boiler_houses_supply(group: Workspace) -> None:
    """They state what they supply, so what their users took is known as a part of it, and all of it goes with the alumina."""
    found = performed(group.account(year="2024", asked_set="AR5"))
    [alumina] = [each for each in found.intensities if each.item == "alumina"]
    assert alumina.known and alumina.full > alumina.value
    assert not [each for each in found.notes if "states no heat supplied" in each.en]


def test_the_trading_boundary_has_no_intensity_of_what_it_does_not_count(group: Workspace) -> None:
    account = group.account(year="2024", boundary="trading")
    assert {each.item for each in performed(account).intensities} == {"aluminium.liquid", "aluminium.ingot"}
    assert all(each.emissions for each in performed(account).intensities)
    assert {each.method for each in account.missing} <= {"cn-cets-2024-al"}


def test_a_year_before_the_scheme_is_no_year_with_a_total_of_zero(group: Workspace) -> None:
    with TestClient(console(group), base_url="http://127.0.0.1:8000") as client:
        refused = client.get("/inventory.json?boundary=trading&year=2023")
        page = client.get("/inventory.json?boundary=trading&year=2024").json()
        energy = client.get("/inventory?year=2024&lang=en").text
    assert refused.status_code == 404 and "INVENTORY-020" in refused.text and "2024" in refused.text
    assert Decimal(str(page["total"])) > 0 and not page["asked"]["before"]
    assert "no sum without the energy that was bought" in energy
