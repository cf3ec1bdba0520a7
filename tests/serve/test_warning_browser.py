"""The wall in a real browser: every page for everybody, on desk and phone, and a light set by hand without script."""

import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
import uvicorn

import touchstone
from touchstone.serve.web import console

from .test_assessment_browser import browser, looked_at  # noqa: F401
from .test_browser import CHROMIUM, DESK, PHONE
from .test_warning import calm, leap

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs the browser Chromium (apt-get install chromium)"
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The console of a workspace with a copper price that leapt, behind a real server."""
    workspace = touchstone.open(tmp_path / "w")
    workspace.ledger.append([*calm(), *leap()])
    workspace.backtest()
    workspace.warnings()
    listening = create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(console(workspace), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_wall_and_a_material_for_everybody_and_a_light_set_by_hand_without_script(
    browser: Any,  # noqa: F811
    site: str,
    size: tuple[int, int],
) -> None:
    plain = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    seen = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page, look = plain.new_page(), seen.new_page()
    for path in ("/warning?lang=en", "/warning/cu?lang=zh"):
        look.goto(site + path)
        looked_at(look, size)
    page.goto(f"{site}/warning?lang=zh")
    page.locator('th[scope="row"] a', has_text="铜").click()
    page.locator("summary", has_text="人工调整").click()
    form = page.locator('form[action="/warning/override"]')
    form.locator('[name="side"]').select_option("demand")
    form.locator('[name="light"]').select_option("yellow")
    for name, text in {"until": str(date.today()), "reason": "需求调查", "by": "李"}.items():
        form.locator(f'[name="{name}"]').fill(text)
    form.locator("button").click()
    assert "需求调查" in page.locator("#M-demand").inner_text()
