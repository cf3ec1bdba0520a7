"""The pages of carbon in a real browser: for everybody, on desk and phone, in both languages."""

import threading
import time
from collections.abc import Iterator
from socket import create_server
from typing import Any

import pytest
import uvicorn

from touchstone.serve.web import console

from .small_group import SPOILT, opened
from .test_assessment_browser import browser, looked_at  # noqa: F401
from .test_browser import CHROMIUM, DESK, PHONE

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs the browser Chromium (apt-get install chromium)"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The console of a small group with something wrong in its data, behind a real server."""
    spoilt = opened(tmp_path_factory.mktemp("spoilt"), SPOILT)
    listening = create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(console(spoilt), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_every_page_of_carbon_is_for_everybody(browser: Any, site: str, size: tuple[int, int]) -> None:  # noqa: F811
    seen = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    look = seen.new_page()
    for path in (
        "/inventory",
        "/inventory/east",
        "/inventory/performance",
        "/inventory/performance/emissions/2023",
        "/inventory/east-1/2023-01/electricity/electricity.grid",
        "/factors",
        "/factors/ncv.anthracite@cn-ndrc-2013-al",
        "/methods",
        "/methods/cn-ndrc-2013-al",
    ):
        assert look.goto(site + path).status == 200
        looked_at(look, size)
    seen.close()


def test_an_area_of_the_treemap_leads_to_its_enterprise(browser: Any, site: str) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    page.goto(site + "/inventory?year=2022&lang=en")
    page.locator(".large svg a", has_text="East works").first.click()
    assert page.url.startswith(site + "/inventory/east?")
    page.close()


def test_a_finding_is_accepted_in_the_browser_and_the_page_opens_where_it_is(browser: Any, site: str) -> None:  # noqa: F811
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
