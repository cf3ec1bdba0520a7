"""The page of a region: a provincial officer chooses place and year, and opens every number to the units and lines it was added from."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.calc.carbon.inventory.regional import FIGURES, PARTS
from touchstone.flow import Workspace
from touchstone.serve.web import console


@pytest.fixture(scope="module")
def asking(accounted: Workspace) -> Iterator[TestClient]:
    with TestClient(console(accounted), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def added(client: TestClient, row: str, query: str) -> Decimal:
    answer = client.get(f"/inventory/region/{row}.csv?{query}")
    assert answer.status_code == 200
    rows = csv.DictReader(io.StringIO(answer.text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")))
    return sum((Decimal(row["counted"]) for row in rows), Decimal(0))


def test_the_officer_of_a_province_finds_the_page_and_chooses_among_the_places_there_are(
    asking: TestClient,
) -> None:
    assert 'href="/inventory/region?' in asking.get("/inventory").text
    whole = asking.get("/inventory/region?lang=en").text
    assert "place=CN-37" in whole and "place=CN-65" in whole and "place=CN-11" not in whole
    assert 'aria-current="true">China</a>' in whole
    assert "山东" in asking.get("/inventory/region?place=CN-37&lang=zh").text


@pytest.mark.parametrize("query", ["year=2023", "year=2023&place=CN-37", "year=2022&place=CN-65&set=AR6"])
def test_every_number_is_the_sum_of_what_it_opens_to(asking: TestClient, query: str) -> None:
    told = asking.get(f"/inventory/region.json?{query}").json()
    for figure in FIGURES:
        assert abs(added(asking, figure, query) - Decimal(told[figure])) < Decimal("0.000001")
    assert told["balance"]
    for row in told["balance"]:
        for part in PARTS:
            assert abs(added(asking, f"{part}/{row['item']}", query) - Decimal(row[part])) < Decimal(
                "0.000001"
            )
        if row["tce"] is not None:
            assert abs(added(asking, f"coal/{row['item']}", query) - Decimal(row["tce"])) < Decimal(
                "0.000001"
            )


ACROSS = """
[[node]]
key = "g"
kind = "group"
name = { zh = "集团", en = "Group" }
methods = { cn-ndrc-2013-al = "always" }
[[node]]
key = "boiler"
kind = "unit"
parent = "g"
name = { zh = "锅炉", en = "boiler" }
place = "CN-37"
sector = "power"
[[node]]
key = "press"
kind = "unit"
parent = "g"
name = { zh = "压机", en = "press" }
place = "CN-62"
[[transfer]]
item = "heat"
maker = "boiler"
user = "press"
[[transfer]]
item = "electricity.own"
maker = "boiler"
user = "press"
"""
TAKEN = """unit,month,item,parameter,value,measured_in,evidence
boiler,2022-03,anthracite,,100,t,invoice
boiler,2022-03,power,,300,MWh,meter
boiler,2022-03,electricity.sold,,200,MWh,meter
press,2022-03,heat,,500,GJ,meter
press,2022-03,electricity.own,,200,MWh,meter
press,2022-03,limestone,,10,t,stock
"""


@pytest.fixture(scope="module")
def across(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    workspace = touchstone.open(tmp_path_factory.mktemp("across") / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(ACROSS, encoding="utf-8")
    path = workspace.folder.parent / "activity.csv"
    path.write_text(TAKEN, encoding="utf-8")
    assert workspace.import_activity(path).problems == ()
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def linked(page: str) -> list[tuple[str, str]]:
    """The rows that numbers of a region open to, each with the number that is shown."""
    return re.findall(r'href="/inventory/region/([a-z./%0-9-]+)\?[^"]*">([^<]*)</a>', page)


@pytest.mark.parametrize("place", ["CN-37", "CN-62", "CN"])
def test_numbers_that_cross_a_border_open_to_what_they_were_added_from(
    across: TestClient, place: str
) -> None:
    """A press in Gansu takes 500 GJ and 200 MWh of a boiler in Shandong, which sold 100 of its 300 MWh, and says 200."""
    query = f"place={place}&year=2022&lang=en"
    page = across.get(f"/inventory/region?{query}").text
    rows = linked(page)
    assert {"production", "consumption", "coal"} <= {row for row, _ in rows}
    for row, shown in rows:
        total = added(across, row, query)
        assert abs(total - Decimal(shown.replace(",", "").replace("\N{MINUS SIGN}", "-"))) <= Decimal(
            "0.5"
        ), row
    told = across.get(f"/inventory/region.json?{query}").json()
    heat = {"CN-37": -55, "CN-62": 55, "CN": 0}[place]
    assert Decimal(told["heat"]) == heat and added(across, "heat", query) == heat
    assert ("stands elsewhere" in page) == (place == "CN-37")
    sold = {row["item"]: Decimal(row["sold"]) for row in told["balance"]}
    if place == "CN-37":
        assert (sold["heat"], sold["electricity.direct"], sold["electricity.sold"]) == (500, 200, 100)


def test_provinces_add_up_to_the_country(asking: TestClient) -> None:
    whole, *parts = (
        asking.get(f"/inventory/region.json?year=2023&place={place}").json()
        for place in ("CN", "CN-37", "CN-65")
    )
    for figure in FIGURES:
        assert sum(Decimal(part[figure]) for part in parts) == Decimal(whole[figure])


def test_a_number_opens_to_units_and_lines_and_these_to_their_facts(asking: TestClient) -> None:
    page = asking.get("/inventory/region?year=2023&place=CN-37").text
    for address in re.findall(r'href="(/inventory/region/[^"]+)"', page):
        records = asking.get(address.replace("&amp;", "&"))
        assert records.status_code == 200
        opened = re.search(r'class="f" href="(/inventory/east-1/2023[^"]+|/figure/[^"]+)"', records.text)
        assert opened and asking.get(opened[1]).status_code == 200


def test_a_place_nobody_stands_in_and_a_number_there_is_not_are_404(asking: TestClient) -> None:
    assert asking.get("/inventory/region?place=CN-11").status_code == 404
    for row in ("nothing", "final/nothing", "nothing/diesel", "production/diesel"):
        assert asking.get(f"/inventory/region/{row}").status_code == 404
