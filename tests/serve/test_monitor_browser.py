"""The release calendar and the dispatch register in a real browser: a round without script, for everybody, on desk and phone."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
import uvicorn

import touchstone
from touchstone.serve.web import console

from .test_assessment_browser import browser, looked_at  # noqa: F401
from .test_browser import CHROMIUM, DESK, PHONE
from .test_monitor import LIST, PAGE

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs the browser Chromium (apt-get install chromium)"
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The console of a workspace with a white list behind a real server."""
    workspace = touchstone.open(tmp_path / "w")
    (tmp_path / "名单.csv").write_text(LIST, encoding="utf-8")
    workspace.import_white_list(tmp_path / "名单.csv", "周")
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
def test_a_matter_from_open_to_closed_without_script_every_page_for_everybody(
    browser: Any,  # noqa: F811
    site: str,
    size: tuple[int, int],
) -> None:
    plain = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    seen = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page, look = plain.new_page(), seen.new_page()

    def check(path: str) -> None:
        look.goto(site + path)
        looked_at(look, size)

    def fill(form: Any, **fields: str) -> None:
        for name, text in fields.items():
            form.locator(f'[name="{name}"]').fill(text)
        form.locator("button").click()

    check("/releases")
    page.goto(f"{site}/dispatch?lang=zh")
    opening = page.locator('form[action="/dispatch/open"]')
    opening.locator('[name="after"]').select_option("red")
    fill(opening, material="精炼铜", period="2022-08", reason="库存天数低于下限", by="李")
    assert "样例企业甲" in page.locator("main").inner_text()
    asking = page.locator("form", has=page.locator("fieldset.pick"))
    assert asking.locator('[name="ask-1"]').is_checked(), "key contacts are asked first"
    fill(asking, words="产量为何下降？", by="李")
    check(PAGE)
    fill(page.locator('form[action$="/answer"]'), words="检修十天", by="王")
    page.locator("summary", has_text="办结").click()
    fill(page.locator('form[action$="/close"]'), words="属短期检修", by="王")
    assert "已办结" in page.locator(".stage").inner_text()
    check(PAGE)
    check("/dispatch")
    plain.close()
    seen.close()
