"""A real browser, and whether a page in it is for everybody: what the tests of pages in a browser share."""

import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
import uvicorn

from touchstone.flow import Workspace
from touchstone.serve.web import console

# The shell is the same engine without windows: it draws the same and is a fifth faster.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
_WITHOUT = "needs the browser Chromium (apt-get install chromium-headless-shell)"
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=_WITHOUT)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
Size = tuple[int, int]
DESK, PHONE = (1280, 900), (390, 844)
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    if CHROMIUM is None:
        pytest.skip(_WITHOUT)
    with playwright.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def served(workspace: Workspace) -> Iterator[str]:
    """The address of the console of a workspace behind a real server."""
    listening = create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(console(workspace), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


def window(browser: Any, size: Size, script: bool = True) -> Any:
    """A page of this size; where script runs, also one that the policy of the page would forbid: that of the check."""
    viewport = {"width": size[0], "height": size[1]}
    return browser.new_context(viewport=viewport, java_script_enabled=script, bypass_csp=script).new_page()


def looked_at(page: Any, address: str, sizes: Sequence[Size]) -> None:
    """The page is for everybody and no wider than the screen: in both languages, with all it folds away, at these sizes."""
    for lang in ("en", "zh"):
        answer = page.goto(f"{address}?lang={lang}")
        assert answer.status == 200, address
        page.evaluate(
            "document.querySelectorAll('details:not([open]) > summary').forEach(each => each.click())"
        )
        page.add_script_tag(path=AXE)
        for size in sizes:
            fits(page, size)


def unfolded(page: Any) -> None:
    """All that the page folds away is opened, and `AXE` added."""
    page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(each => each.click())")
    page.add_script_tag(path=AXE)


def fits(page: Any, size: Size, scheme: str = "light") -> None:
    """
    The page as it is, to which `AXE` was added, on a screen of this size: nothing that axe objects to, and no wider. By night
    only colours are another (`test_the_night_changes_colours_and_nothing_else`), so only the rules of colour are asked again.
    """
    rules = {"resultTypes": ["violations"]} | (
        {"runOnly": ["color-contrast", "link-in-text-block"]} if scheme == "dark" else {}
    )
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    where = (page.url, size, scheme)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], where
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], where
