"""A region: what is emitted on its ground, what its electricity brings with it, and what energy it used, each tonne once."""

import json
from fractions import Fraction

import pytest
from typer.testing import CliRunner

import touchstone
from touchstone.calc.carbon.inventory.regional import Regional, regional
from touchstone.errors import UnusableDeclaration
from touchstone.flow import Workspace
from touchstone.serve.command import app

GROUP = """
[[node]]
key = "g"
kind = "group"
name = { zh = "集团", en = "Group" }
methods = { cn-ndrc-2013-al = "always" }

[[node]]
key = "smelter"
kind = "unit"
parent = "g"
name = { zh = "铝厂", en = "smelter" }
place = "CN-5301"
sector = "aluminium"

[[node]]
key = "plant"
kind = "unit"
parent = "g"
name = { zh = "电厂", en = "power plant" }
place = "CN-53"
sector = "power"

[[node]]
key = "far"
kind = "unit"
parent = "g"
name = { zh = "外地厂", en = "far works" }
place = "CN-62"
sector = "aluminium"
"""
ROWS = """unit,month,item,parameter,value,measured_in,evidence
smelter,2022-03,limestone,,100,t,stock
smelter,2022-03,electricity.grid,,3000,MWh,meter
smelter,2022-03,electricity.own,,500,MWh,meter
smelter,2022-04,heat.steam,,20,t,meter
smelter,2022-04,heat.steam,enthalpy,2783.74,kJ/kg,lab
plant,2022-03,anthracite,,400,t,invoice
plant,2022-03,anthracite,ncv,25,GJ/t,lab
plant,2022-03,electricity.sold,,1000,MWh,meter
far,2022-03,limestone,,10,t,stock
"""
STONE = Fraction("0.405")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = touchstone.open(tmp_path_factory.mktemp("region") / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    path = workspace.folder.parent / "activity.csv"
    path.write_text(ROWS, encoding="utf-8")
    assert workspace.import_activity(path).problems == ()
    return workspace


def of(opened: Workspace, place: str) -> Regional:
    return regional(opened.account(year="2022"), place)


def test_a_province_counts_what_is_emitted_on_its_ground_and_the_electricity_it_buys_less_what_it_sells(
    opened: Workspace,
) -> None:
    yunnan = of(opened, "CN-53")
    coal = 400 * 25 * Fraction("0.02749") * Fraction("0.94") * Fraction(44, 12)
    assert set(yunnan.units) == {"smelter", "plant"}
    assert yunnan.production == pytest.approx(float(100 * STONE + coal))
    account = opened.account(year="2022")
    grid = {line.item: line for line in account.lines if line.item.startswith("electricity")}
    rate = next(each.value for each in grid["electricity.grid"].inputs if each.parameter == "grid")
    assert yunnan.electricity == pytest.approx(float((3000 - 1000) * Fraction(rate)))
    assert yunnan.consumption == yunnan.production + yunnan.electricity + yunnan.heat


def test_provinces_add_up_to_the_country_and_the_country_to_the_inventory(opened: Workspace) -> None:
    country, parts = of(opened, "CN"), [of(opened, each) for each in ("CN-53", "CN-62")]
    for name in ("production", "electricity", "heat", "consumption"):
        assert getattr(country, name) == sum(getattr(each, name) for each in parts)
    assert country.consumption == opened.account(year="2022").total
    assert country.energy.total == sum(each.energy.total for each in parts)


def test_the_balance_says_what_was_transformed_used_and_sold_and_counts_own_electricity_with_its_fuel(
    opened: Workspace,
) -> None:
    rows = {each.item: each for each in of(opened, "CN-53").balance}
    assert (rows["anthracite"].transformed, rows["anthracite"].final) == (400, 0)
    assert rows["anthracite"].coal == Fraction(400 * 25) / Fraction("29.307")
    assert (rows["electricity.grid"].final, rows["electricity.sold"].sold) == (3000, 1000)
    assert rows["electricity.own"].final == 500 and rows["electricity.own"].coal is None
    assert rows["heat.steam"].coal == 20 * (Fraction("2783.74") - Fraction("83.74")) / 1000 / Fraction(
        "29.307"
    )
    coal = sum(each.coal or 0 for each in rows.values())
    assert coal == of(opened, "CN-53").energy.total and not of(opened, "CN-53").energy.lacking


def test_a_place_where_nothing_stands_is_refused_with_those_where_something_does(opened: Workspace) -> None:
    with pytest.raises(UnusableDeclaration, match="CN-62"):
        of(opened, "CN-11")


@pytest.mark.parametrize(
    ("place", "lang", "said"), [("云南", "zh", "按生产地"), ("CN-53", "en", "production-based")]
)
def test_the_command_tells_a_region_by_name_or_code(
    opened: Workspace, place: str, lang: str, said: str
) -> None:
    asked = ["inventory", "region", place, "--year", "2022", "-w", str(opened.folder)]
    assert said in CliRunner().invoke(app, [*asked, "--lang", lang]).stdout
    data = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert data["place"] == "CN-53" and len(data["balance"]) == 5
