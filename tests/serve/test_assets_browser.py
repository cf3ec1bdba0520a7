"""Carbon assets in a real browser: a round without script, for everybody, on desk and phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import touchstone

from .everybody import DESK, PHONE, Size, looked_at, needs_chromium, served, window

pytestmark = needs_chromium


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The console of an empty workspace behind a real server."""
    with served(touchstone.open(tmp_path / "w")) as address:
        yield address


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_from_an_account_to_a_surrender_and_a_correction_without_script(
    browser: Any,
    site: str,
    size: Size,
) -> None:
    page, look = window(browser, size, script=False), window(browser, size)

    def check() -> None:
        looked_at(look, f"{site}/assets", [size])

    def fill(act: str, chosen: dict[str, str] | None = None, **fields: str) -> None:
        form = page.locator(f'form[action="/assets/{act}"]')
        if not form.locator("button").is_visible():
            page.locator("details", has=form).locator("summary").click()
        for name, value in (chosen or {}).items():
            form.locator(f'[name="{name}"]').select_option(value)
        for name, text in fields.items():
            form.locator(f'[name="{name}"]').fill(text)
        form.locator("button").click()

    check()
    page.goto(f"{site}/assets?lang=zh")
    for key, zh, en in (("smelter-1", "一厂", "Smelter One"), ("smelter-2", "二厂", "Smelter Two")):
        fill("open", key=key, zh=zh, en=en, by="李")
    fill("verify", year="2024", amount="1000", low="950", high="1050", words="核查报告", by="李")
    fill("allocate", {"rule": "cn-al-2024"}, day="2025-11-20", by="李")
    sold = {"vintage": "2024", "day": "2025-12-01", "price": "57.97"}
    fill("book", {"act": "sell", "asset": "cea"}, amount="10", by="李", **sold)
    fill("book", {"act": "surrender", "asset": "cea"}, amount="990", year="2024", by="李", **sold)
    page.goto(f"{site}/assets?year=2024&lang=zh")
    assert "−10" in page.locator("#position").inner_text()
    id = page.locator("#bookings tbody tr", has_text="卖出").get_attribute("id")
    fill("correct", id=str(id), words="数量有误", by="李")
    assert "已由" in page.locator(f"tr#{id}").inner_text()
    check()
    page.context.close()
    look.context.close()
