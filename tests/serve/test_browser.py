"""The console in a real browser: with and without script, on a desk and on a phone, for everybody."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from touchstone.flow import Workspace
from touchstone.serve.series import address
from touchstone.serve.web import console

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs the browser Chromium (apt-get install chromium)"
)

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WEEKLY = "小金属周报-2020-10-09.docx"
DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def site(sampled: Workspace) -> Iterator[str]:
    """The console of the sample behind a real server."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(console(sampled), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of this file."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    with playwright.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def document(site: str, sampled: Workspace) -> str:
    """The address of the weekly bulletin."""
    return f"{site}/document/{next(e.hash for e in sampled.documents() if e.name == WEEKLY)}"


def pages(site: str, workspace: Workspace) -> list[str]:
    """An address of every kind of page."""
    hash = next(e.hash for e in workspace.documents() if e.name == WEEKLY)
    fact = next(f for f in workspace.facts(source=hash) if f.quote == "997.5")
    key = next(k for k in workspace.series_keys() if k.n > 2)
    inside = ["/", "/audit", "/series", "/search?q=%E9%93%9F", f"/document/{hash}", f"/figure/{fact.id}"]
    inside += ["/prices", "/prices?unit=USD/lb&tax=excluded&sort=change", "/metal/ge"]
    inside += [f"/document/{hash}?figure={fact.id}", address(key.subject, key.measure, key.place, key.unit)]
    return [site + page for page in inside]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_every_page_is_accessible_quiet_and_no_wider_than_the_screen(
    browser: Any, site: str, sampled: Workspace, size: tuple[int, int], scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for lang, each in ((lang, each) for lang in ("zh", "en") for each in pages(site, sampled)):
        page.goto(each + ("&" if "?" in each else "?") + f"lang={lang}")
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], each
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), each
    assert said == []
    context.close()


def test_nothing_is_fetched_from_elsewhere_and_nothing_breaks_the_policy(
    browser: Any, site: str, sampled: Workspace
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for each in pages(site, sampled):
        page.goto(each)
    assert len(asked) > 8
    assert all(url.startswith((site, "data:")) for url in asked)
    assert said == []
    context.close()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_figure_opens_beside_the_text_with_and_without_script(
    browser: Any, document: str, size: tuple[int, int], script: bool
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=script)
    page = context.new_page()
    page.goto(document + "?lang=zh")
    page.locator("#text a.f.v-fails", has_text="997.5").first.click()
    page.locator("#panel .amount").wait_for()
    assert "997.5" in page.locator("#panel .amount").inner_text()
    assert "不成立" in page.locator("#panel").inner_text()
    assert page.locator("#text .f.here").inner_text() == "997.5"
    mark, panel = page.locator("#text .f.here").bounding_box(), page.locator("#panel").bounding_box()
    assert 0 <= mark["y"] < size[1]
    assert 0 <= panel["y"] < size[1]
    page.locator("#panel .close").click()
    page.locator("#panel .amount").wait_for(state="detached")
    assert page.locator("#text .f.here").count() == 0
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("basis", ["", "&unit=CNY/kg&tax=excluded"])
def test_a_computed_price_opens_to_its_arithmetic_without_script_and_inside_the_screen(
    browser: Any, site: str, size: tuple[int, int], basis: str
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/prices?lang=zh{basis}")
    row = page.locator("tr", has_text="锗锭").first
    drawer = row.locator(".drawer")
    assert not drawer.is_visible()
    row.locator("summary").click()
    box = drawer.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert "÷" in drawer.inner_text()
    drawer.locator("a.f").first.click()
    assert "/figure/" in page.url
    context.close()


def test_going_back_closes_the_figure_opened_last(browser: Any, document: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(document)
    page.locator("#text a.f").nth(3).click()
    page.locator("#panel .amount").wait_for()
    assert "figure=" in page.url
    page.go_back()
    page.locator("#panel .amount").wait_for(state="detached")
    assert page.url == document
    context.close()


def test_the_keyboard_reaches_the_text_and_opens_a_figure(browser: Any, document: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(document)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#main:focus").wait_for(timeout=5000)
    page.locator("#text a.f").first.focus()
    page.keyboard.press("Enter")
    page.locator("#panel .amount").wait_for()
    context.close()


def test_the_briefing_opens_from_a_disk_in_either_language(browser: Any, site: str, tmp_path: Path) -> None:
    import urllib.request

    file = tmp_path / "briefing.html"
    with urllib.request.urlopen(f"{site}/briefing.html") as answer:
        file.write_bytes(answer.read())
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("main.in-zh").is_visible()
    page.get_by_text("English", exact=True).click()
    assert page.locator("main.in-en").is_visible()
    assert not page.locator("main.in-zh").is_visible()
    context.close()
