"""The pages of pathways in a real browser: for everybody, on desk and phone, in both languages; and the dials."""

from collections.abc import Iterator
from typing import Any

import pytest

import touchstone

from .everybody import DESK, PHONE, looked_at, needs_chromium, served, window

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The console of the sample province, behind a real server."""
    opened = touchstone.open(tmp_path_factory.mktemp("province"))
    opened.pathways().take_sample("province")
    with served(opened) as address:
        yield address


def test_every_page_of_pathways_is_for_everybody(browser: Any, site: str) -> None:
    look = window(browser, DESK)
    for path in ("/pathway", "/pathway/plans", "/pathway/chances", "/pathway/costs", "/pathway/why"):
        looked_at(look, site + path, [DESK, PHONE])
    look.context.close()


def test_a_dial_that_is_turned_answers_without_leaving_the_page_and_the_address_is_the_permalink(
    browser: Any, site: str
) -> None:
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    page.goto(site + "/pathway?s=plan&s=reference&lang=en")
    before = page.locator(".peaks").inner_text()
    dial = page.locator("#dial-demand")
    dial.fill("40")
    page.wait_for_function("before => document.querySelector('.peaks').innerText !== before", arg=before)
    assert "demand=40" in page.url and page.locator("output[for=dial-demand]").inner_text() == "+40"
    after = page.locator(".peaks").inner_text()
    page.goto(page.url)
    assert page.locator(".peaks").inner_text() == after
    assert page.locator("select[name=dial]").input_value() == "plan"
    page.locator("select[name=dial]").select_option("delayed")
    page.wait_for_function("() => document.querySelectorAll('.peaks li').length === 3")
    assert page.locator("input[name=s][value=delayed]").is_checked() and "dial=delayed" in page.url
    page.close()
