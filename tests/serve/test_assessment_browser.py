"""The desk in a real browser, without script: a round by its forms, on a desk and on a phone, for everybody."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

import touchstone
from touchstone.serve.web import console

from .test_browser import AXE, CHROMIUM, DESK, FLAGS, PHONE

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs the browser Chromium (apt-get install chromium)"
)
PAGE = "/assessments/ge.ingot@market.rotterdam/2020-10-09"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The console of an empty workspace behind a real server."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = console(touchstone.open(tmp_path / "w"))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    with playwright.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def type_input(page: Any, kind: str, low: str, parties: str) -> None:
    """Type one input into the form of a draft."""
    page.locator("summary", has_text="录入一条输入").click()
    form = page.locator('form[action="/assessments/input"]')
    form.locator('[name="kind"]').select_option(kind)
    for name, text in (("low", low), ("parties", parties), ("by", "赵")):
        form.locator(f'[name="{name}"]').fill(text)
    form.locator("button").click()


def looked_at(page: Any, size: tuple[int, int]) -> None:
    """The page is for everybody and no wider than the screen, in both languages."""
    address = page.url.partition("#")[0].partition("?")[0]
    for lang in ("en", "zh"):
        page.goto(f"{address}?lang={lang}")
        for summary in page.locator("details > summary").all():
            summary.click()
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.goto(f"{address}?lang=zh")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_round_without_script_every_state_of_it_for_everybody(
    browser: Any, site: str, size: tuple[int, int]
) -> None:
    plain = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    seen = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page, look = plain.new_page(), seen.new_page()

    def check(path: str = PAGE) -> None:
        look.goto(site + path)
        looked_at(look, size)

    page.goto(f"{site}/assessments?lang=zh")
    form = page.locator('form[action="/assessments/open"]')
    form.locator('[name="day"]').fill("2020-10-09")
    form.locator('[name="by"]').fill("李")
    form.locator("button").click()
    type_input(page, "deal", "985", "P07/B12")
    type_input(page, "deal", "1005", "P03/B02")
    check()
    judge = page.locator(f'form[action="{PAGE}/judge"]')
    assert judge.locator('[name="low"]').input_value() == "985.0", (
        "the form starts from what the method gives"
    )
    judge.locator('[name="by"]').fill("李")
    judge.locator('button[value="submit"]').click()
    check()
    approve = page.locator(f'form[action="{PAGE}/approve"]')
    approve.locator('[name="by"]').fill("王")
    approve.locator("button").click()
    page.locator(f'form[action="{PAGE}/publish"] button').click()
    check()
    assert "已发布" in page.locator(".stage").inner_text()
    page.locator(".stage a").first.click()
    assert "985.0" in page.locator("h1.amount").inner_text()
    check("/assessments")
    check("/assessments/trail")
    plain.close()
    seen.close()
