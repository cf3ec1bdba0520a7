"""The wall in a real browser: every page for everybody, on desk and phone, and a light set by hand without script."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import touchstone

from .everybody import DESK, PHONE, Size, looked_at, needs_chromium, served, window
from .test_warning import calm, leap

pytestmark = needs_chromium


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The console of a workspace with a copper price that leapt, behind a real server."""
    workspace = touchstone.open(tmp_path / "w")
    workspace.ledger.append([*calm(), *leap()])
    workspace.backtest()
    workspace.warnings()
    with served(workspace) as address:
        yield address


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_wall_and_a_material_for_everybody_and_a_light_set_by_hand_without_script(
    browser: Any,
    site: str,
    size: Size,
) -> None:
    page, look = window(browser, size, script=False), window(browser, size)
    for path in ("/warning", "/warning/cu"):
        looked_at(look, site + path, [size])
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
