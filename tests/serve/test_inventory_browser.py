"""The pages of carbon in a real browser: for everybody, on desk and phone, in both languages."""

import threading
import time
from collections.abc import Iterator
from socket import create_server
from typing import Any

import pytest
import uvicorn

from touchstone.flow import Workspace
from touchstone.serve.web import console

from .test_assessment_browser import browser, looked_at  # noqa: F401
from .test_browser import CHROMIUM, DESK, PHONE

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs the browser Chromium (apt-get install chromium)"
)


@pytest.fixture(scope="module")
def site(accounted: Workspace) -> Iterator[str]:
    """The console of a small group behind a real server."""
    listening = create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(console(accounted), log_level="warning"))
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
        "/inventory/east-1/2023-01/electricity/electricity.grid",
        "/factors",
        "/factors/ncv.anthracite@cn-ndrc-2013-al",
        "/methods",
        "/methods/cn-ndrc-2013-al",
    ):
        assert look.goto(site + path).status == 200
        looked_at(look, size)
    seen.close()
