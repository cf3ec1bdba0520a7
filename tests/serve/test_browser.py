"""The console in a real browser: with and without script, on a desk and on a phone, for everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from touchstone.flow import Workspace
from touchstone.serve.series import address

from .everybody import AXE, DESK, PHONE, fits, needs_chromium, served, window

pytestmark = needs_chromium

WEEKLY = "小金属周报-2020-10-09.docx"


@pytest.fixture(scope="module")
def site(sampled: Workspace) -> Iterator[str]:
    """The console of the sample behind a real server."""
    with served(sampled) as address:
        yield address


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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_accessible_quiet_and_no_wider_than_the_screen_by_day_and_by_night(
    browser: Any, site: str, sampled: Workspace, lang: str
) -> None:
    page = window(browser, DESK)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for each in pages(site, sampled):
        page.goto(each + ("&" if "?" in each else "?") + f"lang={lang}")
        page.add_script_tag(path=AXE)
        for size in (DESK, PHONE):
            for scheme in ("light", "dark"):
                fits(page, size, scheme)
    assert said == []
    page.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_header_is_one_row_on_a_desk_and_inside_the_screen_of_a_phone(
    browser: Any, site: str, lang: str
) -> None:
    page = window(browser, DESK)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/audit?lang={lang}")
    tops = [page.locator(each).bounding_box() for each in (".brand", ".stone nav", ".find", ".tongue")]
    assert max(box["y"] for box in tops) < min(box["y"] + box["height"] for box in tops)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("header.stone").bounding_box()["height"] < 200
    page.context.close()


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
