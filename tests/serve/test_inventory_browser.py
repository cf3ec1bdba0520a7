"""The pages of carbon in a real browser: for everybody, on desk and phone, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest

from .everybody import DESK, PHONE, looked_at, needs_chromium, served, window
from .small_group import SPOILT, opened

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The console of a small group with something wrong in its data, behind a real server."""
    with served(opened(tmp_path_factory.mktemp("spoilt"), SPOILT)) as address:
        yield address


def test_every_page_of_carbon_is_for_everybody(browser: Any, site: str) -> None:
    look = window(browser, DESK)
    for path in (
        "/inventory",
        "/inventory/east",
        "/inventory/performance",
        "/inventory/region",
        "/inventory/region/production",
        "/inventory/performance/emissions/2023",
        "/inventory/east-1/2023-01/electricity/electricity.grid",
        "/inventory/report",
        "/factors",
        "/factors/proposals",
        "/factors/ncv.anthracite@cn-ndrc-2013-al",
        "/methods",
        "/methods/cn-ndrc-2013-al",
    ):
        looked_at(look, site + path, [DESK, PHONE])
    look.context.close()


def test_an_area_of_the_treemap_leads_to_its_enterprise(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    page.goto(site + "/inventory?year=2022&lang=en")
    page.locator(".large svg a", has_text="East works").first.click()
    assert page.url.startswith(site + "/inventory/east?")
    page.close()


def test_a_finding_is_accepted_in_the_browser_and_the_page_opens_where_it_is(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(site + "/inventory/east?lang=en")
    own = page.locator("article.finding").first
    mark = own.get_attribute("id")
    own.locator("summary").click()
    own.get_by_label("Reason").fill("seen on the spot")
    own.get_by_label("By").fill("Li")
    own.get_by_role("button").click()
    assert page.url.endswith(f"#{mark}")
    assert "seen on the spot (Li" in page.locator(f"#{mark}").inner_text()
    page.close()
