"""Ranges on the pages of an inventory: every total has one or says that none is known, and draws come when they are asked for."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.flow import Workspace
from touchstone.publish.format import Unwritable
from touchstone.publish.sharebars import ShareBars, share_bars_svg
from touchstone.serve.web import console


@pytest.fixture(scope="module")
def asking(accounted: Workspace) -> Iterator[TestClient]:
    with TestClient(console(accounted), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_the_range_of_the_group_is_that_of_its_account(asking: TestClient, accounted: Workspace) -> None:
    told = asking.get("/inventory.json?year=2023&set=AR5").json()["range"]
    account = accounted.account(year="2023", group="group", approach="control", asked_set="AR5")
    found = doubted(account, draws=100).first
    assert Decimal(told["low"]) == pytest.approx(Decimal(found.low), abs=1)
    assert Decimal(told["high"]) == pytest.approx(Decimal(found.high), abs=1)
    assert sum(Decimal(share) for share in told["shares"].values()) == pytest.approx(1, abs=Decimal("0.001"))


def test_what_no_document_gives_a_range_for_says_so_and_not_that_it_is_exact(asking: TestClient) -> None:
    page = asking.get("/inventory?year=2023&lang=en").text
    assert "no range is known" in page, "of purchased electricity"
    assert "95 % range" in page and "rests on an input with a stated range" in page


def test_months_provinces_and_parks_have_ranges_and_so_have_the_sources_of_an_enterprise(
    asking: TestClient,
) -> None:
    group = asking.get("/inventory?year=2023&lang=en").text
    assert all(f"By {each}</caption>" in group for each in ("scope", "gas", "month", "province", "park"))
    east = asking.get("/inventory/east?year=2023&lang=en").text
    assert all(f"By {each}</caption>" in east for each in ("scope", "gas", "month"))


def test_what_makes_a_total_unsure_is_drawn_with_its_share(asking: TestClient) -> None:
    page = asking.get("/inventory/east?year=2023&lang=en").text
    assert "Share of the variance by input" in page and "anthracite" in page


def test_draws_come_when_they_are_asked_for_and_settle(asking: TestClient) -> None:
    plain, drawn = (asking.get(f"/inventory/east?year=2023&lang=en{more}").text for more in ("", "&draws=1"))
    assert 'id="draws"' not in plain and "draws=1#draws" in plain
    assert all(f">{count}</th>" in drawn for count in (500, 1000, 2000, 4000))


def test_bars_say_every_name_and_number_and_refuse_what_is_below_nothing() -> None:
    bars = ShareBars("t", (("coal", Decimal("62.5")), ("all else", Decimal("37.5"))), "alt")
    svg = share_bars_svg(bars, "en", 350)
    assert all(said in svg for said in ("coal", "62.5%", "all else", "37.5%", 'aria-label="alt"'))
    for wrong in ((), (("coal", Decimal(-1)),)):
        with pytest.raises(Unwritable):
            share_bars_svg(ShareBars("t", wrong, "alt"), "en")
